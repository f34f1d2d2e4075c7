//! The classes of the module `datetime`, for casts.
//!
//! They are looked up in the module when they are first asked for, on every runtime.

use crate::sync::PyOnceLock;
use crate::types::{DerefToPyAny, PyType};
use crate::{Py, PyTypeInfo, Python, ffi};

macro_rules! imported_types {
    ($($rust:ident $python:literal,)*) => {
        $(
            #[doc = concat!("Python's `datetime.", $python, "`.")]
            pub struct $rust(());

            impl DerefToPyAny for $rust {}

            #[expect(unsafe_code, reason = "the type object is that of the class")]
            // SAFETY: the class is kept by the cell, and the instance check of the trait goes by it.
            unsafe impl PyTypeInfo for $rust {
                /// # Panics
                ///
                /// Where the module `datetime` cannot be imported.
                fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject {
                    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
                    CLASS
                        .import(py, "datetime", $python)
                        .expect("the module datetime can be imported")
                        .as_ptr()
                        .cast()
                }
            }
        )*
    };
}

imported_types! {
    PyDate "date",
    PyDateTime "datetime",
    PyTime "time",
    PyDelta "timedelta",
    PyTzInfo "tzinfo",
}
