//! Newer functions of the C API, for every version.
//!
//! Functions that C got late because the older ones were easy to use wrongly: they return references of one's own, and
//! tell 'not there' from 'failed'. Where the configured C API has a function, this module has that one; where not, one
//! that does the same with what there is. So code that names `compat::PyDict_GetItemRef` needs no `cfg`.
//!
//! `PyThreadState_GetUnchecked` and the `PyBytesWriter` family need more than the limited API has, and are missing there.
//!
//! # Safety
//!
//! As for the functions of the crate: the thread is attached, pointers are to live objects of the type that the name
//! asks for, and results are new references or null with an exception set.

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
#[allow(unused_imports, reason = "nothing is left to define for the newest versions")]
pub use self::{containers::*, objects::*};
