//! `pyerrors.h`: the error indicator.

use core::ffi::c_int;

use rustpython_vm::builtins::{PyBaseException, PyBaseExceptionRef, PyTraceback};
use rustpython_vm::exceptions::ExceptionZoo;
use rustpython_vm::{AsObject, PyObject, PyObjectRef};

use super::PyErr_GivenExceptionMatches;
use super::vm::{given, lent, pointer, raise, raised, status, take_raised, taken, with};

macro_rules! exception_variables {
    ($($name:ident = $field:ident;)+) => {
        /// Initializes the `PyExc_` variables.
        pub(super) fn fill_exception_variables(zoo: &'static ExceptionZoo) {
            $(
                // SAFETY: called once, behind a lock, before these functions know the owner of the interpreter, so no
                // thread reads the variables yet.
                unsafe { rustpython_capi::pyerrors::$name = pointer(zoo.$field.as_object()) };
            )+
        }
    };
}
exception_variables! {
    PyExc_BaseException = base_exception_type;
    PyExc_BaseExceptionGroup = base_exception_group;
    PyExc_SystemExit = system_exit;
    PyExc_KeyboardInterrupt = keyboard_interrupt;
    PyExc_GeneratorExit = generator_exit;
    PyExc_Exception = exception_type;
    PyExc_StopIteration = stop_iteration;
    PyExc_StopAsyncIteration = stop_async_iteration;
    PyExc_ArithmeticError = arithmetic_error;
    PyExc_FloatingPointError = floating_point_error;
    PyExc_SystemError = system_error;
    PyExc_TypeError = type_error;
    PyExc_OverflowError = overflow_error;
    PyExc_ZeroDivisionError = zero_division_error;
    PyExc_AssertionError = assertion_error;
    PyExc_IndexError = index_error;
    PyExc_KeyError = key_error;
    PyExc_LookupError = lookup_error;
    PyExc_AttributeError = attribute_error;
    PyExc_BufferError = buffer_error;
    PyExc_EOFError = eof_error;
    PyExc_ImportError = import_error;
    PyExc_ModuleNotFoundError = module_not_found_error;
    PyExc_MemoryError = memory_error;
    PyExc_NameError = name_error;
    PyExc_UnboundLocalError = unbound_local_error;
    PyExc_OSError = os_error;
    PyExc_BlockingIOError = blocking_io_error;
    PyExc_ChildProcessError = child_process_error;
    PyExc_ConnectionError = connection_error;
    PyExc_BrokenPipeError = broken_pipe_error;
    PyExc_ConnectionAbortedError = connection_aborted_error;
    PyExc_ConnectionRefusedError = connection_refused_error;
    PyExc_ConnectionResetError = connection_reset_error;
    PyExc_FileExistsError = file_exists_error;
    PyExc_FileNotFoundError = file_not_found_error;
    PyExc_InterruptedError = interrupted_error;
    PyExc_IsADirectoryError = is_a_directory_error;
    PyExc_NotADirectoryError = not_a_directory_error;
    PyExc_PermissionError = permission_error;
    PyExc_ProcessLookupError = process_lookup_error;
    PyExc_TimeoutError = timeout_error;
    PyExc_ReferenceError = reference_error;
    PyExc_RuntimeError = runtime_error;
    PyExc_NotImplementedError = not_implemented_error;
    PyExc_RecursionError = recursion_error;
    PyExc_SyntaxError = syntax_error;
    PyExc_IndentationError = indentation_error;
    PyExc_TabError = tab_error;
    PyExc_ValueError = value_error;
    PyExc_UnicodeError = unicode_error;
    PyExc_UnicodeDecodeError = unicode_decode_error;
    PyExc_UnicodeEncodeError = unicode_encode_error;
    PyExc_UnicodeTranslateError = unicode_translate_error;
    PyExc_Warning = warning;
    PyExc_DeprecationWarning = deprecation_warning;
    PyExc_PendingDeprecationWarning = pending_deprecation_warning;
    PyExc_RuntimeWarning = runtime_warning;
    PyExc_SyntaxWarning = syntax_warning;
    PyExc_UserWarning = user_warning;
    PyExc_FutureWarning = future_warning;
    PyExc_ImportWarning = import_warning;
    PyExc_UnicodeWarning = unicode_warning;
    PyExc_BytesWarning = bytes_warning;
    PyExc_ResourceWarning = resource_warning;
    PyExc_EncodingWarning = encoding_warning;
}

/// Returns the class of the exception that is set, as a borrowed reference, or null if none is set.
///
/// # Safety
/// The thread is attached.
pub unsafe extern "C" fn PyErr_Occurred() -> *mut PyObject {
    with(|vm| raised(vm).map_or(core::ptr::null_mut(), |raised| pointer(raised.class().as_object())))
}

/// Takes the exception that is set. Returns null if none is set.
///
/// # Safety
/// The thread is attached.
pub unsafe extern "C" fn PyErr_GetRaisedException() -> *mut PyObject {
    with(|vm| take_raised(vm).map_or(core::ptr::null_mut(), |raised| given(raised.into())))
}

/// Sets the exception and takes over the reference. Null clears the exception.
///
/// # Safety
/// The thread is attached, and `exception` is null or an owned reference to an instance of an exception.
pub unsafe fn PyErr_SetRaisedException(exception: *mut PyObject) {
    // SAFETY: upheld by the caller.
    let exception = unsafe { taken(exception) };
    with(|vm| match exception.map(PyObjectRef::downcast::<PyBaseException>) {
        None => drop(take_raised(vm)),
        Some(Ok(exception)) => raise(vm, exception),
        Some(Err(_)) => raise(vm, vm.new_system_error("bad argument to internal function")),
    });
}

/// Prints the exception that is set, if any, and clears it.
///
/// # Safety
/// The thread is attached.
pub unsafe extern "C" fn PyErr_PrintEx(_set_sys_last_vars: c_int) {
    with(|vm| {
        if let Some(raised) = take_raised(vm) {
            vm.print_exception(&raised);
        }
    });
}

/// Passes the exception that is set, if any, to `sys.unraisablehook`, and clears it.
///
/// # Safety
/// The thread is attached, and `context` is null or points to a live object.
pub unsafe fn PyErr_WriteUnraisable(context: *mut PyObject) {
    with(|vm| {
        if let Some(raised) = take_raised(vm) {
            // SAFETY: upheld by the caller.
            let context = unsafe { context.as_ref() }.map_or_else(|| vm.ctx.none(), ToOwned::to_owned);
            vm.run_unraisable(raised, None, context);
        }
    });
}

/// Clears the exception that is set, if any.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyErr_Clear() {
    with(|vm| drop(take_raised(vm)));
}

/// Takes the exception that is set, as class, instance and traceback, all owned. The results are null if none is set.
///
/// # Safety
/// The thread is attached, and the three pointers are valid for writes.
pub unsafe fn PyErr_Fetch(class: *mut *mut PyObject, value: *mut *mut PyObject, traceback: *mut *mut PyObject) {
    let (mut parts, raised) = ([core::ptr::null_mut(); 3], with(take_raised));
    if let Some(raised) = raised {
        let traceback = raised.traceback().map_or(core::ptr::null_mut(), |found| given(found.into()));
        parts = [given(raised.class().to_owned().into()), given(raised.into()), traceback];
    }
    // SAFETY: upheld by the caller.
    unsafe {
        *class = parts[0];
        *value = parts[1];
        *traceback = parts[2];
    }
}

/// Sets the exception from class, value and traceback, and takes over the references. Three nulls clear the exception.
///
/// # Safety
/// The thread is attached, and each pointer is null or an owned reference.
pub unsafe fn PyErr_Restore(class: *mut PyObject, value: *mut PyObject, traceback: *mut PyObject) {
    // SAFETY: upheld by the caller.
    let (class, value, traceback) = unsafe { (taken(class), taken(value), taken(traceback)) };
    with(|vm| {
        let Some(class) = class else {
            drop(take_raised(vm));
            return;
        };
        let or_none = |part: Option<PyObjectRef>| part.unwrap_or_else(|| vm.ctx.none());
        let raised = match vm.normalize_exception(class, or_none(value), or_none(traceback.clone())) {
            Ok(raised) | Err(raised) => raised,
        };
        if let Some(Ok(traceback)) = traceback.map(PyObjectRef::downcast::<PyTraceback>) {
            raised.set_traceback(Some(traceback));
        }
        raise(vm, raised);
    });
}

/// Does nothing: the value of [`PyErr_Fetch`] is always an instance here, and needs no normalization.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe fn PyErr_NormalizeException(
    _class: *mut *mut PyObject,
    _value: *mut *mut PyObject,
    _traceback: *mut *mut PyObject,
) {
}

/// Returns 1 if the exception that is set is an instance of that class (or of one in that tuple), else 0.
///
/// # Safety
/// The thread is attached and `class` points to a live object.
pub unsafe fn PyErr_ExceptionMatches(class: *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller; the exception keeps its class alive.
    unsafe {
        let raised = PyErr_Occurred();
        if raised.is_null() { 0 } else { PyErr_GivenExceptionMatches(raised, class) }
    }
}

/// Raises an exception of type `class` without arguments.
///
/// # Safety
/// The thread is attached and `class` points to a live object.
pub unsafe fn PyErr_SetNone(class: *mut PyObject) {
    // SAFETY: upheld by the caller.
    let class = unsafe { lent(class) }.to_owned();
    with(|vm| {
        let raised: PyBaseExceptionRef = match vm.normalize_exception(class, vm.ctx.none(), vm.ctx.none()) {
            Ok(raised) | Err(raised) => raised,
        };
        raise(vm, raised);
    });
}

/// Raises a `MemoryError` and returns null.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyErr_NoMemory() -> *mut PyObject {
    status(|vm| Err(vm.new_memory_error("")));
    core::ptr::null_mut()
}

/// Raises a `TypeError` and returns 0.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyErr_BadArgument() -> c_int {
    status(|vm| Err(vm.new_type_error("bad argument type for built-in operation")));
    0
}

/// Runs the Python handlers of pending signals. Returns 0, or -1 with the exception of a handler.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyErr_CheckSignals() -> c_int {
    status(|vm| vm.check_signals())
}

/// Prints the exception that is set, and clears it.
///
/// # Safety
/// The thread is attached, and an exception is set.
pub unsafe fn PyErr_Print() {
    // SAFETY: upheld by the caller.
    unsafe { PyErr_PrintEx(1) }
}
