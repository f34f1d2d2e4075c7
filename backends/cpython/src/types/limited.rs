//! Types that the limited API does not export: they are imported, once.

use core::ffi::CStr;
use std::collections::HashMap;
use std::sync::Mutex;

use pyo3_ffi as ffi;

use crate::convert::{out_of_memory, raw};
use crate::{At, Outcome, Owned};

/// The addresses of types found so far, by name. Each has a reference that is never given up.
static FOUND: Mutex<Option<HashMap<&'static CStr, usize>>> = Mutex::new(None);

/// `module.name`, which is a type in the standard library's C core and lives as long as the runtime.
pub(super) fn type_pointer(py: At<'_>, module: &'static CStr, name: &'static CStr) -> *mut ffi::PyTypeObject {
    let known = lock().as_ref().and_then(|found| found.get(name).copied());
    let address = known.unwrap_or_else(|| {
        // The lock is free meanwhile: an import runs Python.
        let Ok(class) = import(py, module, name) else { out_of_memory() };
        let address = class.into_ptr().as_ptr().expose_provenance();
        *lock().get_or_insert_default().entry(name).or_insert(address)
    });
    core::ptr::with_exposed_provenance_mut(address)
}

fn lock() -> std::sync::MutexGuard<'static, Option<HashMap<&'static CStr, usize>>> {
    FOUND.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

fn import<'py>(py: At<'py>, module: &CStr, name: &CStr) -> Outcome<'py, Owned<'py>> {
    let module: Owned<'py> = owned!(py, PyImport_ImportModule(module.as_ptr()))?;
    owned!(py, PyObject_GetAttrString(raw(module.as_ref()), name.as_ptr()))
}
