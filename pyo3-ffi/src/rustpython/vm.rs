//! From C's conventions to the virtual machine's and back.

use core::ffi::{CStr, c_char, c_int};

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::convert::IntoObject;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::host::hooks;

/// Runs `body` with this thread's virtual machine.
///
/// # Panics
/// If the thread is not attached.
#[inline]
pub(super) fn with<R>(body: impl FnOnce(&VirtualMachine) -> R) -> R {
    rustpython_vm::vm::thread::with_current_vm(body)
}

/// The exception that is raised, if any. It stays raised.
pub(super) fn raised(vm: &VirtualMachine) -> Option<PyBaseExceptionRef> {
    hooks().and_then(|hooks| (hooks.raised)(vm))
}

/// Takes the exception that is raised, if any.
pub(super) fn take_raised(vm: &VirtualMachine) -> Option<PyBaseExceptionRef> {
    hooks().and_then(|hooks| (hooks.take_raised)(vm))
}

/// Raises an exception.
#[cold]
pub(super) fn raise(vm: &VirtualMachine, exception: PyBaseExceptionRef) {
    // Without an owner of the interpreter nobody is attached, so there is one.
    if let Some(hooks) = hooks() {
        (hooks.set_raised)(vm, Some(exception));
    }
}

/// A result of a C function, some of which say that it failed.
pub(super) trait Answer {
    /// Whether it is one that says so and nothing else.
    fn is_failure(&self) -> bool;
}

impl<T> Answer for *mut T {
    fn is_failure(&self) -> bool {
        self.is_null()
    }
}

impl<T> Answer for *const T {
    fn is_failure(&self) -> bool {
        self.is_null()
    }
}

macro_rules! status_answers {
    ($($type:ty)*) => {
        $(impl Answer for $type {
            fn is_failure(&self) -> bool {
                *self == -1
            }
        })*
    };
}
// Those few that may answer an honest -1 are said to be quiet where they are declared.
status_answers! { i32 isize }

macro_rules! unclear_answers {
    ($($type:ty)*) => {
        $(impl Answer for $type {
            fn is_failure(&self) -> bool {
                false
            }
        })*
    };
}
// -1 may be an honest number.
unclear_answers! { () u32 i64 u64 usize f64 }

/// Calls a function of `rustpython-capi`, and raises what it left in the slot of the exception that is handled.
#[inline]
pub(super) fn reporting<R: Answer>(call: impl FnOnce() -> R) -> R {
    reporting_if(call, R::is_failure)
}

/// The same. Where the slot holds the exception that is being handled, before and after, `has_failed` decides whether Python
/// code has raised that very exception again.
#[inline]
pub(super) fn reporting_if<R>(call: impl FnOnce() -> R, has_failed: impl FnOnce(&R) -> bool) -> R {
    with(|vm| {
        let handled = vm.current_exception();
        let result = call();
        let Some(now) = vm.current_exception() else { return result };
        if !handled.as_ref().is_some_and(|handled| handled.as_object().is(now.as_object())) {
            vm.set_exception(handled);
            raise(vm, now);
        } else if has_failed(&result) {
            raise(vm, now);
        }
        result
    })
}

/// Runs `body` and returns its object as a new reference, or null with the error indicator set.
#[inline]
pub(super) fn object<T: IntoObject>(body: impl FnOnce(&VirtualMachine) -> PyResult<T>) -> *mut PyObject {
    with(|vm| match body(vm) {
        Ok(object) => given(object.into_object()),
        Err(raised) => {
            raise(vm, raised);
            core::ptr::null_mut()
        }
    })
}

/// Runs `body` and returns 0, or -1 with the error indicator set.
#[inline]
pub(super) fn status(body: impl FnOnce(&VirtualMachine) -> PyResult<()>) -> c_int {
    with(|vm| match body(vm) {
        Ok(()) => 0,
        Err(raised) => {
            raise(vm, raised);
            -1
        }
    })
}

/// Hands a reference to the caller.
#[inline]
pub(super) fn given(object: PyObjectRef) -> *mut PyObject {
    object.into_raw().as_ptr()
}

/// The pointer of a reference somebody else keeps.
#[inline]
pub(super) fn pointer(object: &PyObject) -> *mut PyObject {
    object.as_raw().cast_mut()
}

/// The object behind a pointer the caller lends.
///
/// # Safety
/// `pointer` points to an object that stays alive for `'a`.
#[inline]
pub(super) unsafe fn lent<'a>(pointer: *mut PyObject) -> &'a PyObject {
    // SAFETY: upheld by the caller.
    unsafe { &*pointer }
}

/// The reference a caller gives away.
///
/// # Safety
/// `pointer` is null or an owned reference that the caller does not use again.
#[inline]
pub(super) unsafe fn taken(pointer: *mut PyObject) -> Option<PyObjectRef> {
    // SAFETY: upheld by the caller.
    core::ptr::NonNull::new(pointer).map(|pointer| unsafe { PyObjectRef::from_raw(pointer) })
}

/// The text of a C string.
///
/// # Safety
/// `text` points to a C string that stays alive and unchanged for `'a`.
///
/// # Errors
/// `UnicodeDecodeError`'s parent `ValueError` if it is not UTF-8.
pub(super) unsafe fn text<'a>(text: *const c_char, vm: &VirtualMachine) -> PyResult<&'a str> {
    // SAFETY: upheld by the caller.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_str().map_err(|error| vm.new_value_error(format!("a name is not UTF-8: {error}")))
}
