//! Newer functions of the C API, for every version.
//!
//! C added these functions because older ones were easy to misuse: they return new references, and distinguish 'not
//! found' from 'failed'. If the configured C API has a function, this module re-exports it. Otherwise, it defines one
//! that does the same. So code that uses `compat::PyDict_GetItemRef` needs no `cfg`.
//!
//! `PyThreadState_GetUnchecked` and the `PyBytesWriter` family need more than the limited API, and are missing there.
//!
//! # Safety
//!
//! The same as for the other functions of the crate: the thread is attached, pointers refer to live objects of the type
//! in the function's name, and results are new references, or null with an exception set.

// Every configuration has these.
pub use crate::{Py_NewRef, Py_XNewRef, PyObject_CallNoArgs};

#[cfg(any(feature = "runtime-rustpython-without-capi", all(Py_3_14, not(Py_LIMITED_API))))]
pub use crate::Py_HashBuffer;
#[cfg(any(feature = "runtime-rustpython-without-capi", Py_3_14))]
pub use crate::PyIter_NextItem;
#[cfg(any(feature = "runtime-rustpython-without-capi", Py_3_10))]
pub use crate::PyModule_AddObjectRef;
#[cfg(any(feature = "runtime-rustpython-without-capi", not(Py_LIMITED_API)))]
pub use crate::PyObject_CallMethodNoArgs;
#[cfg(any(feature = "runtime-rustpython-without-capi", all(Py_3_13, not(Py_LIMITED_API))))]
pub use crate::PyThreadState_GetUnchecked;
#[cfg(any(feature = "runtime-rustpython-without-capi", Py_3_13))]
pub use crate::{
    PyDict_GetItemRef, PyImport_AddModuleRef, PyList_GetItemRef, PyModule_Add, PyObject_GetOptionalAttr,
    PyObject_HasAttrWithError, PyWeakref_GetRef,
};
#[cfg(any(feature = "runtime-rustpython-without-capi", all(Py_3_13, not(Py_LIMITED_API))))]
pub use crate::{PyDict_SetDefaultRef, PyList_Clear, PyList_Extend};

#[cfg(not(feature = "runtime-rustpython-without-capi"))]
mod containers;
#[cfg(not(feature = "runtime-rustpython-without-capi"))]
mod objects;
#[cfg(not(any(feature = "runtime-rustpython-without-capi", Py_LIMITED_API)))]
mod writer;

#[cfg(not(any(feature = "runtime-rustpython-without-capi", Py_LIMITED_API)))]
pub use self::writer::*;
#[cfg(not(feature = "runtime-rustpython-without-capi"))]
#[allow(unused_imports, reason = "empty for the newest versions")]
pub use self::{containers::*, objects::*};
