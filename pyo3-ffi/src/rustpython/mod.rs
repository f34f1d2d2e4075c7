//! The names of the C API as Rust functions over RustPython's virtual machine.
//!
//! Most come from `rustpython-capi`. The functions here add missing names, and replace functions that use an
//! interpreter of that crate, have a different type in C, or need to be fast. Objects are those of the virtual machine.
//! `rustpython-capi` leaves exceptions in the slot of the handled exception; they are [moved](reporting) to a separate
//! error indicator. As in C, all functions but those of [`ffi_hooks`] and `lifecycle` need an attached thread.

mod buffer;
mod descriptors;
mod errors;
pub mod ffi_hooks;
mod imports;
mod lifecycle;
mod methods;
mod modules;
mod objects;
mod refcount;
mod reporting;
mod sections;
mod sequences;
mod sets;
mod tuples;
mod type_objects;
mod types;
mod varargs;
mod vm;

pub use self::reporting::{containers::*, numbers::*, objects::*, others::*, text::*};
pub use rustpython_capi::pymem::*;
pub use rustpython_capi::pystrcmp::*;
// Only this item of the module does not start, access or end an interpreter.
pub use rustpython_capi::pylifecycle::Py_Version;

pub use self::varargs::{PyArg_ParseTuple, PyArg_ParseTupleAndKeywords, PyArg_UnpackTuple};

// Names imported explicitly shadow those of a glob.
pub use self::buffer::{
    PyBuffer_FillInfo, PyBuffer_GetPointer, PyBuffer_IsContiguous, PyBuffer_Release, PyObject_CheckBuffer,
    PyObject_GetBuffer,
};
pub use self::descriptors::{PyDescr_NewClassMethod, PyDescr_NewGetSet, PyDescr_NewMember, PyDescr_NewMethod};
pub use self::errors::{
    PyErr_BadArgument, PyErr_CheckSignals, PyErr_Clear, PyErr_ExceptionMatches, PyErr_Fetch, PyErr_GetRaisedException,
    PyErr_NoMemory, PyErr_NormalizeException, PyErr_Occurred, PyErr_Print, PyErr_PrintEx, PyErr_Restore, PyErr_SetNone,
    PyErr_SetRaisedException, PyErr_WriteUnraisable,
};
pub use self::imports::{PyImport_AddModule, PyImport_GetModule, PyImport_GetModuleDict, PyImport_ImportModule};
pub use self::lifecycle::{
    Py_Finalize, Py_FinalizeEx, Py_Initialize, Py_InitializeEx, Py_IsFinalizing, Py_IsInitialized,
    PyEval_RestoreThread, PyEval_SaveThread, PyGILState_Check, PyGILState_Ensure, PyGILState_Release,
    PyImport_AppendInittab, PyInterpreterState, PyInterpreterState_Get, PyInterpreterState_GetID, PyThreadState,
    PyThreadState_Get, PyThreadState_GetUnchecked,
};
pub use self::methods::{PyCFunction_GetFlags, PyCFunction_New, PyCFunction_NewEx, PyCMethod_New};
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
pub use self::sections::{
    PyCriticalSection, PyCriticalSection_Begin, PyCriticalSection_End, PyCriticalSection2, PyCriticalSection2_Begin,
    PyCriticalSection2_End,
};
pub use self::sequences::{PyIter_NextItem, PyList_Clear, PyList_Extend, PyList_GetItem, PyList_GetItemRef};
pub use self::sets::{PyFrozenSet_New, PySet_Add};
pub use self::tuples::{PyTuple_New, PyTuple_SetItem};
pub use self::type_objects::{PyTypeFields, PyTypeObject};
pub use self::types::{
    Py_IS_TYPE, Py_SIZE, Py_TYPE, PyObject_TypeCheck, PyType_FastSubclass, PyType_GetFlags, PyType_GetSlot,
    PyType_HasFeature, PyType_IS_GC, PyType_IsSubtype,
};
// The shared tables have extended versions of these.
#[allow(unused_imports, reason = "these shadow the imports of the globs")]
pub use crate::tables::{PyCapsule_Destructor, PyGetSetDef, PyMemberDef, PyMethodDef};
pub use rustpython_vm::PyObject;
