//! `pylifecycle.h`, `pystate.h`: starting and ending the interpreter, and attaching threads.

use core::ffi::{CStr, c_char, c_int};

use rustpython_vm::vm::thread::{
    CurrentVmAttachState, SavedThreadState, attach_current_thread, current_vm_is_set, release_current_thread,
    restore_current_thread, save_current_thread, try_with_current_vm,
};
use rustpython_vm::{PyObject, VirtualMachine};

use super::ffi_hooks::{hooks, register_module};
use super::vm::with;
use crate::PyGILState_STATE;

opaque! { PyThreadState; PyInterpreterState; }

/// Returns 1 if the interpreter is running, else 0. Needs no attached thread.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe extern "C" fn Py_IsInitialized() -> c_int {
    c_int::from(hooks().is_some_and(|hooks| (hooks.is_initialized)()))
}

/// Returns 1 if the interpreter is being finalized or was finalized, else 0. Needs no attached thread.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe extern "C" fn Py_IsFinalizing() -> c_int {
    c_int::from(hooks().is_some_and(|hooks| (hooks.is_finalizing)()))
}

/// Starts the interpreter if it is not running, and attaches the calling thread, as in C.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
///
/// # Panics
/// Panics if no owner of an interpreter has called [`ffi_hooks::install`](super::ffi_hooks::install).
pub unsafe fn Py_InitializeEx(_install_signal_handlers: c_int) {
    let hooks = hooks().expect("no RustPython backend is linked in that could own an interpreter");
    if (hooks.is_initialized)() {
        return;
    }
    (hooks.initialize)();
    // SAFETY: the interpreter is running. The thread stays attached, as in C.
    unsafe { PyGILState_Ensure() };
}

/// Calls [`Py_InitializeEx`] with the default argument of C.
///
/// # Safety
/// As [`Py_InitializeEx`].
pub unsafe fn Py_Initialize() {
    // SAFETY: upheld by the caller.
    unsafe { Py_InitializeEx(1) }
}

/// Reports success and leaves the interpreter running. It belongs to the backend, whose objects may outlive this call.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe fn Py_FinalizeEx() -> c_int {
    0
}

/// Calls [`Py_FinalizeEx`] without returning its result.
///
/// # Safety
/// As [`Py_FinalizeEx`].
pub unsafe fn Py_Finalize() {}

/// Attaches the calling thread if it is not attached. Pass the result to [`PyGILState_Release`].
///
/// During and after finalization, this blocks forever, as in C from 3.14 on, except on the thread that finalized the
/// interpreter.
///
/// # Safety
/// The interpreter is not finalized while the thread is attached.
///
/// # Panics
/// Panics if no interpreter was started, or if this thread has finalized it.
pub unsafe fn PyGILState_Ensure() -> PyGILState_STATE {
    if current_vm_is_set() {
        return PyGILState_STATE::PyGILState_LOCKED;
    }
    let machine = hooks().and_then(|hooks| (hooks.new_machine)()).expect("no interpreter runs");
    attach_current_thread(|| machine);
    machine_changed();
    PyGILState_STATE::PyGILState_UNLOCKED
}

/// Undoes a call of [`PyGILState_Ensure`].
///
/// # Safety
/// `state` is the result of this thread's latest [`PyGILState_Ensure`] that was not released yet.
pub unsafe fn PyGILState_Release(state: PyGILState_STATE) {
    if state == PyGILState_STATE::PyGILState_UNLOCKED {
        release_current_thread(CurrentVmAttachState::Attached);
        machine_changed();
    }
}

/// Returns 1 if the calling thread is attached, else 0.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe extern "C" fn PyGILState_Check() -> c_int {
    c_int::from(current_vm_is_set())
}

/// Detaches the calling thread. Pass the result to [`PyEval_RestoreThread`] on the same thread.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyEval_SaveThread() -> *mut PyThreadState {
    let saved = Box::new(save_current_thread());
    machine_changed();
    Box::into_raw(saved).cast()
}

/// Attaches the calling thread again.
///
/// # Safety
/// `state` is the result of this thread's latest [`PyEval_SaveThread`], and was not used before.
pub unsafe fn PyEval_RestoreThread(state: *mut PyThreadState) {
    // SAFETY: `PyEval_SaveThread` made the pointer from a box of that type, and the caller uses it only once.
    restore_current_thread(*unsafe { Box::from_raw(state.cast::<SavedThreadState>()) });
    machine_changed();
}

/// Tells the owner of the interpreter that this thread has entered or left a virtual machine.
fn machine_changed() {
    if let Some(hooks) = hooks() {
        (hooks.machine_changed)();
    }
}

/// Returns the identity of the calling thread's state, which is the address of its virtual machine, or null if it is
/// detached.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe extern "C" fn PyThreadState_GetUnchecked() -> *mut PyThreadState {
    try_with_current_vm(|vm| core::ptr::from_ref::<VirtualMachine>(vm).cast_mut().cast()).unwrap_or_default()
}

/// Like [`PyThreadState_GetUnchecked`], for an attached thread.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyThreadState_Get() -> *mut PyThreadState {
    with(|vm| core::ptr::from_ref::<VirtualMachine>(vm).cast_mut().cast())
}

/// Returns the identity of the thread's interpreter, which is the address of the state that its threads share.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyInterpreterState_Get() -> *mut PyInterpreterState {
    with(|vm| core::ptr::from_ref(&*vm.state).cast_mut().cast())
}

/// Returns the id of an interpreter.
///
/// # Safety
/// The thread is attached, and `interpreter` is the one it is attached to.
pub unsafe fn PyInterpreterState_GetID(_interpreter: *mut PyInterpreterState) -> i64 {
    with(|vm| vm.state.interpreter_id)
}

/// Makes `import name` find a module that is linked in. Returns 0, or -1 if it is too late. As in C, call it before the
/// interpreter starts; here, later calls may work too.
///
/// # Safety
/// `name` is a C string that is never freed, and `init` is the module's `PyInit_` function.
pub unsafe fn PyImport_AppendInittab(
    name: *const c_char,
    init: Option<unsafe extern "C" fn() -> *mut PyObject>,
) -> c_int {
    let Some(init) = init else { return -1 };
    // SAFETY: it is the same function. By registering it, the caller guarantees that calling it is sound.
    let init = unsafe {
        core::mem::transmute::<unsafe extern "C" fn() -> *mut PyObject, extern "C" fn() -> *mut PyObject>(init)
    };
    // SAFETY: `name` is a C string that is never freed.
    let name: &'static CStr = unsafe { CStr::from_ptr(name) };
    if register_module(name, init) { 0 } else { -1 }
}
