//! The C API's names as Rust functions over RustPython's virtual machine.
//!
//! Most come from `rustpython-capi`. What is here replaces those that act on an interpreter of that crate's own, differ
//! from C in a type, or are hot; and adds names that crate does not have. An object is the virtual machine's own object,
//! an error indicator is the slot `rustpython-capi` uses. All functions but those of [`host`] and the life cycle need
//! an attached thread, as in C.

mod buffer;
mod errors;
pub mod host;
mod imports;
mod lifecycle;
mod methods;
mod modules;
mod objects;
mod refcount;
mod sequences;
mod types;
mod varargs;
mod vm;

pub use rustpython_capi::abstract_::*;
pub use rustpython_capi::boolobject::*;
pub use rustpython_capi::bytearrayobject::*;
pub use rustpython_capi::bytesobject::*;
pub use rustpython_capi::ceval::*;
pub use rustpython_capi::codecs::*;
pub use rustpython_capi::complexobject::*;
pub use rustpython_capi::critical_section::*;
pub use rustpython_capi::descrobject::*;
pub use rustpython_capi::dictobject::*;
pub use rustpython_capi::floatobject::*;
pub use rustpython_capi::genericaliasobject::*;
pub use rustpython_capi::import::*;
pub use rustpython_capi::iterobject::*;
pub use rustpython_capi::listobject::*;
pub use rustpython_capi::longobject::*;
pub use rustpython_capi::memoryobject::*;
pub use rustpython_capi::methodobject::*;
pub use rustpython_capi::moduleobject::*;
pub use rustpython_capi::object::*;
pub use rustpython_capi::objimpl::*;
pub use rustpython_capi::osmodule::*;
pub use rustpython_capi::pycapsule::*;
pub use rustpython_capi::pyerrors::*;
pub use rustpython_capi::pyframe::*;
pub use rustpython_capi::pymem::*;
pub use rustpython_capi::pystrcmp::*;
pub use rustpython_capi::setobject::*;
pub use rustpython_capi::sliceobject::*;
pub use rustpython_capi::traceback::*;
pub use rustpython_capi::tupleobject::*;
pub use rustpython_capi::unicodeobject::*;
pub use rustpython_capi::warnings::*;
pub use rustpython_capi::weakrefobject::*;
// Of these modules only what does not start, find or end an interpreter.
pub use rustpython_capi::pylifecycle::{
    Py_GetBuildInfo, Py_GetCompiler, Py_GetCopyright, Py_GetPlatform, Py_GetVersion, Py_Version,
};

pub use self::varargs::{PyArg_ParseTuple, PyArg_ParseTupleAndKeywords, PyArg_UnpackTuple};

// Names given one by one win over those of a glob.
pub use self::buffer::{
    PyBuffer_GetPointer, PyBuffer_IsContiguous, PyBuffer_Release, PyObject_CheckBuffer, PyObject_GetBuffer,
};
pub use self::errors::{
    PyErr_BadArgument, PyErr_CheckSignals, PyErr_Clear, PyErr_ExceptionMatches, PyErr_Fetch, PyErr_NoMemory,
    PyErr_NormalizeException, PyErr_Print, PyErr_Restore, PyErr_SetNone,
};
pub use self::imports::{PyImport_AddModule, PyImport_GetModule, PyImport_GetModuleDict, PyImport_ImportModule};
pub use self::lifecycle::{
    Py_Finalize, Py_FinalizeEx, Py_Initialize, Py_InitializeEx, Py_IsFinalizing, Py_IsInitialized,
    PyEval_RestoreThread, PyEval_SaveThread, PyGILState_Check, PyGILState_Ensure, PyGILState_Release,
    PyImport_AppendInittab, PyInterpreterState, PyInterpreterState_Get, PyInterpreterState_GetID, PyThreadState,
    PyThreadState_Get, PyThreadState_GetUnchecked,
};
pub use self::methods::{
    PyCFunction_GetFlags, PyCFunction_New, PyCFunction_NewEx, PyCMethod_New, PyDescr_NewClassMethod, PyDescr_NewGetSet,
    PyDescr_NewMember, PyDescr_NewMethod,
};
pub use self::modules::{
    PyModule_Add, PyModule_AddIntConstant, PyModule_AddObject, PyModule_AddObjectRef, PyModule_AddStringConstant,
    PyModule_GetDict, PyModule_New,
};
pub use self::objects::{
    Py_Ellipsis, Py_False, Py_HashBuffer, Py_Is, Py_IsFalse, Py_IsNone, Py_IsTrue, Py_None, Py_NotImplemented, Py_True,
    PyBytes_FromStringAndSize, PyIter_Send, PyObject_CallMethodNoArgs, PyObject_GC_Track, PyObject_GC_UnTrack,
    PyVectorcall_NARGS,
};
pub use self::refcount::{
    _Py_DecRef, _Py_IncRef, Py_CLEAR, Py_DECREF, Py_DecRef, Py_INCREF, Py_IncRef, Py_NewRef, Py_REFCNT, Py_XDECREF,
    Py_XINCREF, Py_XNewRef,
};
pub use self::sequences::{PyIter_NextItem, PyList_Clear, PyList_Extend, PyList_GetItem, PyList_GetItemRef};
pub use self::types::{
    Py_IS_TYPE, Py_SIZE, Py_TYPE, PyObject_TypeCheck, PyType_FastSubclass, PyType_GetSlot, PyType_HasFeature,
    PyType_IS_GC,
};
// These are in the shared tables, with more to them.
#[allow(unused_imports, reason = "they hide those of the globs")]
pub use crate::tables::{PyCapsule_Destructor, PyGetSetDef, PyMemberDef, PyMethodDef};
pub use rustpython_capi::object::PyTypeObject;
pub use rustpython_vm::PyObject;
