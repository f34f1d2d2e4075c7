//! Containers and their views.

use core::ffi::{c_char, c_int};

pub use rustpython_capi::bytearrayobject::*;
pub use rustpython_capi::dictobject::*;
pub use rustpython_capi::iterobject::*;
pub use rustpython_capi::listobject::*;
pub use rustpython_capi::memoryobject::*;
pub use rustpython_capi::setobject::*;
pub use rustpython_capi::sliceobject::*;
pub use rustpython_capi::tupleobject::*;
pub use rustpython_capi::weakrefobject::*;

use super::{Object, reporting};

reporting! { dictobject:
    plain PyDict_New() -> Object;
    PyDict_Clear(a: Object);
    PyDict_SetItem(a: Object, b: Object, c: Object) -> c_int;
    PyDict_SetItemString(a: Object, b: *const c_char, c: Object) -> c_int;
    quiet PyDict_GetItem(a: Object, b: Object) -> Object;
    quiet PyDict_GetItemWithError(a: Object, b: Object) -> Object;
    quiet PyDict_GetItemString(a: Object, b: *const c_char) -> Object;
    PyDict_GetItemStringRef(a: Object, b: *const c_char, c: *mut Object) -> c_int;
    PyDict_GetItemRef(a: Object, b: Object, c: *mut Object) -> c_int;
    PyDict_SetDefaultRef(a: Object, b: Object, c: Object, d: *mut Object) -> c_int;
    PyDict_Size(a: Object) -> isize;
    PyDict_Contains(a: Object, b: Object) -> c_int;
    PyDict_Copy(a: Object) -> Object;
    PyDict_DelItem(a: Object, b: Object) -> c_int;
    PyDict_DelItemString(a: Object, b: *const c_char) -> c_int;
    PyDict_Items(a: Object) -> Object;
    PyDict_Keys(a: Object) -> Object;
    PyDict_Values(a: Object) -> Object;
    PyDict_Merge(a: Object, b: Object, c: c_int) -> c_int;
    PyDict_Update(a: Object, b: Object) -> c_int;
    PyDict_MergeFromSeq2(a: Object, b: Object, c: c_int) -> c_int;
}

reporting! { listobject:
    safe PyList_New(a: isize) -> Object;
    PyList_Size(a: Object) -> isize;
    PyList_SetItem(a: Object, b: isize, c: Object) -> c_int;
    PyList_Append(a: Object, b: Object) -> c_int;
    PyList_Insert(a: Object, b: isize, c: Object) -> c_int;
    PyList_Reverse(a: Object) -> c_int;
    PyList_AsTuple(a: Object) -> Object;
    PyList_GetSlice(a: Object, b: isize, c: isize) -> Object;
    PyList_SetSlice(a: Object, b: isize, c: isize, d: Object) -> c_int;
    PyList_Sort(a: Object) -> c_int;
}

reporting! { setobject:
    PySet_New(a: Object) -> Object;
    PySet_Clear(a: Object) -> c_int;
    PySet_Contains(a: Object, b: Object) -> c_int;
    PySet_Discard(a: Object, b: Object) -> c_int;
    PySet_Pop(a: Object) -> Object;
    PySet_Size(a: Object) -> isize;
}

reporting! { tupleobject:
    PyTuple_FromArray(a: *const Object, b: isize) -> Object;
    PyTuple_Size(a: Object) -> isize;
    PyTuple_GetItem(a: Object, b: isize) -> Object;
    PyTuple_GetSlice(a: Object, b: isize, c: isize) -> Object;
}

reporting! { iterobject:
    PySeqIter_New(a: Object) -> Object;
    PyCallIter_New(a: Object, b: Object) -> Object;
}

reporting! { sliceobject:
    PySlice_New(a: Object, b: Object, c: Object) -> Object;
    PySlice_Unpack(a: Object, b: *mut isize, c: *mut isize, d: *mut isize) -> c_int;
}

reporting! { memoryobject:
    PyMemoryView_FromObject(a: Object) -> Object;
}

reporting! { weakrefobject:
    PyWeakref_GetRef(a: Object, b: *mut Object) -> c_int;
    PyWeakref_NewProxy(a: Object, b: Object) -> Object;
    PyWeakref_NewRef(a: Object, b: Object) -> Object;
}

reporting! { bytearrayobject:
    PyByteArray_FromStringAndSize(a: *const c_char, b: isize) -> Object;
    PyByteArray_FromObject(a: Object) -> Object;
    PyByteArray_Size(a: Object) -> isize;
    PyByteArray_AsString(a: Object) -> *mut c_char;
    PyByteArray_Resize(a: Object, b: isize) -> i32;
}
