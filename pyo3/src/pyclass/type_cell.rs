//! The static that stores the type object of a class, which is made once, on first use. Class attributes are set
//! afterwards.

#![expect(
    unsafe_code,
    reason = "a type object in a static is never released, and is borrowed for as long as the runtime lives"
)]

use std::ffi::{CStr, CString};
use std::ptr::{NonNull, null_mut};
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread::{self, ThreadId};

use pyo3_backend::{BackendTypes, ClassFlags, ClassOps, ClassSpec, kind};

use super::members::{Attribute, Members, Parts};
use crate::backend::{Active, Ref};
use crate::err::ResultExt;
use crate::exceptions::PyRuntimeError;
use crate::sync::MutexExt;
use crate::types::{PyString, PyType};
use crate::{Bound, Py, PyErr, PyResult, Python};

type Object = <Active as BackendTypes>::Object;

/// A static that stores a type object.
pub struct TypeCell {
    class: OnceLock<Py<PyType>>,
    /// The same class once its attributes are set and nothing is left to do; null before.
    ready: AtomicPtr<Object>,
    /// The threads that are computing class attributes. They may need the class, and must not start setting it up
    /// again.
    busy: Mutex<Vec<ThreadId>>,
    /// Held by the one thread that sets the class attributes.
    setting: Mutex<()>,
}

/// Marks a thread as computing class attributes until it has finished or panics.
struct Busy {
    cell: &'static TypeCell,
    thread: ThreadId,
}

impl Busy {
    /// Marks this thread. Returns `None` if it is already marked.
    fn new(cell: &'static TypeCell) -> Option<Busy> {
        let thread = thread::current().id();
        let mut busy = cell.busy.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if busy.contains(&thread) {
            return None;
        }
        busy.push(thread);
        Some(Busy { cell, thread })
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut busy = self.cell.busy.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        busy.retain(|thread| *thread != self.thread);
    }
}

impl TypeCell {
    /// Creates an empty cell.
    #[expect(clippy::new_without_default, reason = "it lives in a static")]
    pub const fn new() -> Self {
        TypeCell {
            class: OnceLock::new(),
            ready: AtomicPtr::new(null_mut()),
            busy: Mutex::new(Vec::new()),
            setting: Mutex::new(()),
        }
    }

    #[inline]
    pub(super) fn finished<'py>(&self, py: Python<'py>) -> Option<Ref<'py, kind::Type>> {
        let _ = py;
        // SAFETY: `ready` only ever stores a type object, which `class` never releases.
        NonNull::new(self.ready.load(Ordering::Acquire)).map(|class| unsafe { Ref::from_ptr(class) })
    }
}

/// Returns a handle for a type object that is never released.
#[inline]
fn handle<'py>(_py: Python<'py>, class: &Py<PyType>) -> Ref<'py, kind::Type> {
    // SAFETY: the object is a type, and the static that holds `class` never releases it.
    unsafe { Ref::from_ptr(class.handle_unattached().as_ptr()) }
}

/// The parts of making a class that differ between classes. The rest is compiled once.
pub(super) struct Recipe {
    pub(super) name: &'static str,
    pub(super) module: Option<&'static str>,
    pub(super) doc: &'static CStr,
    pub(super) flags: ClassFlags,
    pub(super) members: fn() -> Members,
    pub(super) create: for<'py> fn(Python<'py>, ClassSpec<'_, Active>) -> PyResult<Bound<'py, PyType>>,
}

impl Recipe {
    /// Returns the type object in `cell`, making it first if needed.
    ///
    /// # Panics
    ///
    /// If the type cannot be made; the reason is reported as unraisable.
    pub(super) fn prepare<'py>(&self, py: Python<'py>, cell: &'static TypeCell) -> Ref<'py, kind::Type> {
        self.try_prepare(py, cell).unwrap_or_else(|error| failed(py, self.name, error))
    }

    fn try_prepare<'py>(&self, py: Python<'py>, cell: &'static TypeCell) -> PyResult<Ref<'py, kind::Type>> {
        let mut attributes = None;
        let class = match cell.class.get() {
            Some(class) => class,
            None => {
                let (class, found) = self.create(py)?;
                attributes = Some(found);
                // If another thread was faster, its type becomes the class, and this one is dropped.
                cell.class.get_or_init(|| class)
            }
        };
        let class = handle(py, class);
        let Some(_busy) = Busy::new(cell) else { return Ok(class) };
        let attributes = attributes.unwrap_or_else(|| (self.members)().into_parts().attributes);
        set_attributes(py, self.name, class, cell, &attributes).map(|()| class)
    }

    fn create(&self, py: Python<'_>) -> PyResult<(Py<PyType>, Vec<Attribute>)> {
        let Parts { members, attributes, constructor_text } = (self.members)().into_parts();
        let doc = match constructor_text {
            None => self.doc,
            Some(text) => {
                let whole = [self.name.as_bytes(), text.as_bytes(), b"\n--\n\n", self.doc.to_bytes()].concat();
                let whole = CString::new(whole).map_err(PyErr::from)?;
                // A class lives as long as the process, and so does its doc.
                Box::leak(whole.into_boxed_c_str())
            }
        };
        let spec = ClassSpec { name: self.name, module: self.module, doc, flags: self.flags, members };
        Ok(((self.create)(py, spec)?.unbind(), attributes))
    }
}

fn failed(py: Python<'_>, name: &str, error: PyErr) -> ! {
    let outer = PyRuntimeError::new_err(format!("An error occurred while initializing class {name}"));
    outer.set_cause(py, Some(error));
    outer.write_unraisable(py, None);
    panic!("failed to create type object for {name}")
}

fn set_attributes(
    py: Python<'_>,
    class_name: &str,
    class: Ref<'_, kind::Type>,
    cell: &TypeCell,
    attributes: &[Attribute],
) -> PyResult<()> {
    let mut values = Vec::with_capacity(attributes.len());
    for (name, make) in attributes {
        values.push(make(py).map_err(|error| {
            let outer = PyRuntimeError::new_err(format!("An error occurred while initializing `{class_name}.{name}`"));
            outer.set_cause(py, Some(error));
            outer
        })?);
    }
    // Threads that computed the values at the same time have different objects. Only the first thread's are used.
    let _setting = cell.setting.lock_py_attached(py).unwrap_or_else(|poisoned| poisoned.into_inner());
    if cell.finished(py).is_some() {
        return Ok(());
    }
    for ((name, _), value) in attributes.iter().zip(&values) {
        let name = PyString::new(py, name);
        Active::class_set_attribute(py.attached(), class, name.handle(), value.any_handle()).or_raise(py)?;
    }
    cell.ready.store(class.as_ptr().as_ptr(), Ordering::Release);
    Ok(())
}
