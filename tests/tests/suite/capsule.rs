//! `PyCapsule`.

use std::ffi::c_void;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

use pyo3::exceptions::{PyAttributeError, PyImportError, PyValueError};
use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;

use pyo3_tests::eventually;

#[test]
fn values_are_owned() {
    Python::attach(|py| {
        let capsule = PyCapsule::new_with_value(py, [7_u64, 8], c"test.values").unwrap();
        let pointer = capsule.pointer_checked(Some(c"test.values")).unwrap().cast::<[u64; 2]>();
        // SAFETY: the capsule is alive and holds a value of that type.
        assert_eq!(unsafe { pointer.read() }, [7, 8]);
        assert!(capsule.is_valid_checked(Some(c"test.values")));
        assert!(!capsule.is_valid_checked(Some(c"test.others")) && !capsule.is_valid_checked(None));
        let error = capsule.pointer_checked(Some(c"test.others")).unwrap_err();
        assert!(error.is_instance_of::<PyValueError>(py), "{error}");
        // SAFETY: the name is static.
        assert_eq!(unsafe { capsule.name().unwrap().unwrap().as_cstr() }, c"test.values");
    });
}

#[test]
fn destructors_get_value_and_context() {
    let (sender, receiver) = channel();
    Python::attach(|py| {
        let capsule = PyCapsule::new_with_value_and_destructor(py, 42_u8, c"test.value", move |value, context| {
            sender.send((value, context.addr())).unwrap();
        });
        let capsule = capsule.unwrap();
        assert!(capsule.context().unwrap().is_null());
        capsule.set_context(std::ptr::without_provenance_mut(64)).unwrap();
        assert_eq!(capsule.context().unwrap().addr(), 64);
        assert!(receiver.try_recv().is_err());
        drop(capsule);
        assert_eq!(receiver.recv().unwrap(), (42, 64));
    });
}

static DESTROYED: AtomicUsize = AtomicUsize::new(0);

/// Counts.
unsafe extern "C" fn count(_capsule: *mut ffi::PyObject) {
    DESTROYED.fetch_add(1, Ordering::SeqCst);
}

#[test]
fn pointers_are_only_carried() {
    Python::attach(|py| {
        let pointer = NonNull::new(std::ptr::without_provenance_mut::<c_void>(4096)).unwrap();
        // SAFETY: no one reads from the pointer, and the destructor accepts any capsule.
        let capsule = unsafe { PyCapsule::new_with_pointer_and_destructor(py, pointer, c"test.pointer", Some(count)) };
        assert_eq!(capsule.as_ref().unwrap().pointer_checked(Some(c"test.pointer")).unwrap(), pointer);
        drop(capsule);
        // SAFETY: no one reads from the pointer, and there is no destructor.
        drop(unsafe { PyCapsule::new_with_pointer(py, pointer, c"test.pointer") }.unwrap());
    });
    eventually(|| DESTROYED.load(Ordering::SeqCst) == 1);
}

#[test]
fn capsules_are_imported_by_name() {
    Python::attach(|py| {
        let module = PyModule::new(py, "module_with_capsules").unwrap();
        let name = c"module_with_capsules.answer";
        module.add("answer", PyCapsule::new_with_value(py, 42_i32, name).unwrap()).unwrap();
        module.add("other", 3).unwrap();
        py.import("sys").unwrap().getattr("modules").unwrap().set_item("module_with_capsules", &module).unwrap();
        // SAFETY: the capsule with that name holds an `i32`, and `sys.modules` keeps it alive.
        assert_eq!(unsafe { PyCapsule::import::<i32>(py, name) }.unwrap(), &42);
        let missing = PyCapsule::import_pointer(py, c"module_with_capsules.question").unwrap_err();
        assert!(missing.is_instance_of::<PyAttributeError>(py), "{missing}");
        let other = PyCapsule::import_pointer(py, c"module_with_capsules.other").unwrap_err();
        assert!(other.is_instance_of::<PyAttributeError>(py), "{other}");
        let module = PyCapsule::import_pointer(py, c"no_such_module_at_all.answer").unwrap_err();
        assert!(module.is_instance_of::<PyImportError>(py), "{module}");
    });
}
