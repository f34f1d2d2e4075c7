//! The types of `dict.keys()`, `dict.values()` and `dict.items()`.

#![expect(unsafe_code, reason = "`PyTypeInfo` is an unsafe trait")]

use crate::sync::PyOnceLock;
use crate::types::{DerefToPyAny, PyAnyMethods, PyDict, PyType, PyTypeMethods};
use crate::{Py, PyAny, PyTypeInfo, Python, ffi};

macro_rules! views {
    ($($(#[$meta:meta])* $name:ident = $method:literal, $hint:literal;)+) => {
        $(
            $(#[$meta])*
            #[repr(transparent)]
            pub struct $name(PyAny);

            impl DerefToPyAny for $name {}

            // SAFETY: the type object is that of the result of this method of a plain dict, and instances are checked
            // against it.
            unsafe impl PyTypeInfo for $name {
                old_names!($name, Some("builtins"));
                type_hint!("_collections_abc" $hint);

                fn type_object_raw(py: Python<'_>) -> *mut ffi::PyTypeObject {
                    static TYPE: PyOnceLock<Py<PyType>> = PyOnceLock::new();
                    let class = TYPE.get_or_init(py, || {
                        let view = PyDict::new(py).call_method0($method).expect("a dict has views");
                        view.get_type().unbind()
                    });
                    class.bind(py).as_type_ptr()
                }
            }
        )+
    };
}

views! {
    /// The type of the result of `dict.keys()`.
    PyDictKeys = "keys", "dict_keys";
    /// The type of the result of `dict.values()`.
    PyDictValues = "values", "dict_values";
    /// The type of the result of `dict.items()`.
    PyDictItems = "items", "dict_items";
}
