//! Conversions between the conventions of C and those of the virtual machine.

use core::ffi::{CStr, c_char, c_int};

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::convert::IntoObject;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::ffi_hooks::hooks;

/// Runs `body` with this thread's virtual machine.
///
/// # Panics
/// Panics if the thread is not attached.
#[inline]
pub(super) fn with<R>(body: impl FnOnce(&VirtualMachine) -> R) -> R {
    rustpython_vm::vm::thread::with_current_vm(body)
}

/// Returns the exception that is raised, if any, and leaves it raised.
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
    // A thread is attached only if the interpreter has an owner, so there always is one.
    if let Some(hooks) = hooks() {
        (hooks.set_raised)(vm, Some(exception));
    }
}

/// A result type of C functions, some of whose values mean failure.
pub(super) trait Answer {
    /// Whether the result always means failure.
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
// The few functions whose -1 may be a regular result are declared `quiet`.
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
// For these, -1 may be a regular number.
unclear_answers! { () u32 i64 u64 usize f64 }

/// Calls a function of `rustpython-capi`, and raises the exception that it left in the slot of the handled exception.
#[inline]
pub(super) fn reporting<R: Answer>(call: impl FnOnce() -> R) -> R {
    reporting_if(call, R::is_failure)
}

/// Like [`reporting`]. If the slot holds the same handled exception before and after the call, `has_failed` decides
/// whether the call raised that exception again.
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

/// Passes a reference to the caller.
#[inline]
pub(super) fn given(object: PyObjectRef) -> *mut PyObject {
    object.into_raw().as_ptr()
}

/// Returns a pointer to an object that something else keeps alive.
#[inline]
pub(super) fn pointer(object: &PyObject) -> *mut PyObject {
    object.as_raw().cast_mut()
}

/// Returns the object behind a borrowed pointer.
///
/// # Safety
/// `pointer` points to an object that stays alive for `'a`.
#[inline]
pub(super) unsafe fn lent<'a>(pointer: *mut PyObject) -> &'a PyObject {
    // SAFETY: upheld by the caller.
    unsafe { &*pointer }
}

/// Takes over an owned reference from the caller.
///
/// # Safety
/// `pointer` is null or an owned reference that the caller does not use again.
#[inline]
pub(super) unsafe fn taken(pointer: *mut PyObject) -> Option<PyObjectRef> {
    // SAFETY: upheld by the caller.
    core::ptr::NonNull::new(pointer).map(|pointer| unsafe { PyObjectRef::from_raw(pointer) })
}

/// Returns the text of a C string.
///
/// # Safety
/// `text` points to a C string that stays alive and unchanged for `'a`.
///
/// # Errors
/// Returns a `ValueError` if it is not UTF-8.
pub(super) unsafe fn text<'a>(text: *const c_char, vm: &VirtualMachine) -> PyResult<&'a str> {
    // SAFETY: upheld by the caller.
    let text = unsafe { CStr::from_ptr(text) };
    text.to_str().map_err(|error| vm.new_value_error(format!("a name is not UTF-8: {error}")))
}
