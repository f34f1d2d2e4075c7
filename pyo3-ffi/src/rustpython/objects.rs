//! `object.h`: singletons, and functions whose types differ from those in `rustpython-capi`.

use core::ffi::{c_char, c_int, c_void};

use rustpython_vm::{AsObject, Context, PyObject};

use super::refcount::Py_DECREF;
use super::vm::{pointer, raise, reporting, with};
use super::{PyObject_CallNoArgs, PyObject_GetAttr};
use crate::{PY_VECTORCALL_ARGUMENTS_OFFSET, Py_hash_t, Py_ssize_t, PySendResult};

macro_rules! singletons {
    ($($name:ident = $field:ident;)+) => {
        $(
            #[doc = concat!("C API macro `", stringify!($name), "`: that object, borrowed. It lives forever.")]
            ///
            /// # Safety
            /// Always safe to call. It is unsafe only because the C function is.
            #[inline]
            pub unsafe fn $name() -> *mut PyObject {
                pointer(Context::genesis().$field.as_object())
            }
        )+
    };
}
singletons! {
    Py_None = none;
    Py_True = true_value;
    Py_False = false_value;
    Py_Ellipsis = ellipsis;
    Py_NotImplemented = not_implemented;
}

macro_rules! identity {
    ($($name:ident = $singleton:ident;)+) => {
        $(
            #[doc = concat!("C API function `", stringify!($name), "`: 1 if `ob` is that object, else 0.")]
            ///
            /// # Safety
            /// Always safe to call. It is unsafe only because the C function is.
            #[inline]
            pub unsafe fn $name(ob: *mut PyObject) -> c_int {
                // SAFETY: the function has no requirements.
                c_int::from(ob == unsafe { $singleton() })
            }
        )+
    };
}
identity! {
    Py_IsNone = Py_None;
    Py_IsTrue = Py_True;
    Py_IsFalse = Py_False;
}

/// Returns 1 if both are the same object, else 0.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
#[inline]
pub unsafe fn Py_Is(x: *mut PyObject, y: *mut PyObject) -> c_int {
    c_int::from(x == y)
}

/// Returns the number of positional arguments in the `nargsf` of a vectorcall.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
#[inline]
pub unsafe fn PyVectorcall_NARGS(nargsf: usize) -> Py_ssize_t {
    (nargsf & !PY_VECTORCALL_ARGUMENTS_OFFSET) as Py_ssize_t
}

/// Creates a `bytes` object of length `len`, with a copy of `data` unless it is null.
///
/// # Safety
/// The thread is attached, and `data` is null or points to `len` bytes.
pub unsafe fn PyBytes_FromStringAndSize(data: *const c_char, len: Py_ssize_t) -> *mut PyObject {
    // SAFETY: upheld by the caller. The function only reads the data, although its type is `*mut`.
    reporting(|| unsafe { rustpython_capi::bytesobject::PyBytes_FromStringAndSize(data.cast_mut(), len) })
}

/// Sends a value into a generator. `*result` is the value that it yields or returns.
///
/// # Safety
/// The thread is attached, the objects are alive, `result` is valid for writes.
pub unsafe fn PyIter_Send(iter: *mut PyObject, value: *mut PyObject, result: *mut *mut PyObject) -> PySendResult {
    // SAFETY: upheld by the caller.
    let call = || unsafe { rustpython_capi::abstract_::PyIter_Send(iter, value, result) };
    match reporting(call) {
        0 => PySendResult::PYGEN_RETURN,
        1 => PySendResult::PYGEN_NEXT,
        _ => PySendResult::PYGEN_ERROR,
    }
}

/// Does nothing, because the virtual machine tracks its objects itself.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe fn PyObject_GC_Track(_op: *mut c_void) {}

/// Does nothing, because the virtual machine tracks its objects itself.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe fn PyObject_GC_UnTrack(_op: *mut c_void) {}

/// Calls a method without arguments.
///
/// # Safety
/// The thread is attached and both point to live objects, `name` to a `str`.
pub unsafe fn PyObject_CallMethodNoArgs(ob: *mut PyObject, name: *mut PyObject) -> *mut PyObject {
    // SAFETY: upheld by the caller; the method is an owned reference that is released here.
    unsafe {
        let method = PyObject_GetAttr(ob, name);
        if method.is_null() {
            return method;
        }
        let result = PyObject_CallNoArgs(method);
        Py_DECREF(method);
        result
    }
}

/// Returns the hash of some bytes, like `hash` of a `bytes` object with them. Returns -1 with an exception on failure.
///
/// # Safety
/// The thread is attached, and `ptr` points to `len` readable bytes.
pub unsafe fn Py_HashBuffer(ptr: *const c_void, len: Py_ssize_t) -> Py_hash_t {
    let bytes = match usize::try_from(len) {
        Ok(0) | Err(_) => &[],
        // SAFETY: upheld by the caller.
        Ok(len) => unsafe { core::slice::from_raw_parts(ptr.cast::<u8>(), len) },
    };
    with(|vm| match vm.ctx.new_bytes(bytes.to_vec()).as_object().hash(vm) {
        Ok(hash) => hash as Py_hash_t,
        Err(raised) => {
            raise(vm, raised);
            -1
        }
    })
}
