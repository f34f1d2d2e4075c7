//! Tests capsules: names, contexts, destructors.

use std::ffi::c_void;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3_backend::{CapsuleDropFn, CapsuleOps};
use pyo3_backend_rustpython::RustPython;

use crate::{Py, attached, describe, eval_with, repr};

static DROPPED: AtomicUsize = AtomicUsize::new(0);

/// Drops a boxed number, and adds it to `DROPPED`.
struct DropNumber;

impl CapsuleDropFn<RustPython> for DropNumber {
    unsafe fn call(_py: Py<'_>, pointer: NonNull<c_void>, context: *mut c_void) {
        assert!(!context.is_null());
        let number = unsafe { Box::from_raw(pointer.cast::<usize>().as_ptr()) };
        DROPPED.fetch_add(*number, Ordering::SeqCst);
    }
}

#[test]
fn a_capsule_asks_for_its_name_and_dies_once() {
    attached(|py| {
        let number = NonNull::from(Box::leak(Box::new(7_usize)));
        let destructor = RustPython::capsule_destructor::<DropNumber>();
        let made = unsafe { RustPython::capsule_new(py, number.cast(), Some(c"a.name"), Some(destructor)) };
        let capsule = made.unwrap_or_else(|raised| panic!("{}", describe(py, raised)));
        let of = capsule.as_ref();

        assert_eq!(RustPython::capsule_pointer(py, of, Some(c"a.name")).ok(), Some(number.cast()));
        for name in [Some(c"another"), None] {
            assert!(!RustPython::capsule_is_valid(py, of, name));
            let refused = RustPython::capsule_pointer(py, of, name).unwrap_err();
            assert_eq!(describe(py, refused), "ValueError: PyCapsule_GetPointer called with incorrect name");
        }
        assert_eq!(RustPython::capsule_context(py, of).ok(), Some(std::ptr::null_mut()));
        RustPython::capsule_set_context(py, of, number.as_ptr().cast()).expect("a context");
        assert_eq!(RustPython::capsule_context(py, of).ok(), Some(number.as_ptr().cast()));

        // Python code must not be able to run the destructor through `__del__`.
        let called = eval_with(py, "getattr(c, '__del__', lambda: None)()", &[("c", of.any())]);
        assert_eq!(repr(py, called.expect("a call").as_ref()), "None");
        drop(capsule);
        assert_eq!(DROPPED.load(Ordering::SeqCst), 7);
    });
}
