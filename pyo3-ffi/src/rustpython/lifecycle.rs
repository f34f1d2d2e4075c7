//! `pylifecycle.h`, `pystate.h`: the interpreter's life, and which thread is attached to it.

use core::ffi::{CStr, c_char, c_int};

use rustpython_vm::vm::thread::{
    CurrentVmAttachState, SavedThreadState, attach_current_thread, current_vm_is_set, release_current_thread,
    restore_current_thread, save_current_thread, try_with_current_vm,
};
use rustpython_vm::{PyObject, VirtualMachine};

use super::host::{hooks, register_module};
use super::vm::with;
use crate::PyGILState_STATE;

opaque! { PyThreadState; PyInterpreterState; }

/// 1 if the interpreter runs, else 0. Needs no attached thread.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe extern "C" fn Py_IsInitialized() -> c_int {
    c_int::from(hooks().is_some_and(|hooks| (hooks.is_initialized)()))
}

/// 1 if the interpreter is ending or gone, else 0. Needs no attached thread.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe extern "C" fn Py_IsFinalizing() -> c_int {
    c_int::from(hooks().is_some_and(|hooks| (hooks.is_finalizing)()))
}

/// Starts the interpreter, unless it runs, and attaches the calling thread, as in C.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
///
/// # Panics
/// If no owner of an interpreter has called [`host::install`](super::host::install).
pub unsafe fn Py_InitializeEx(_install_signal_handlers: c_int) {
    let hooks = hooks().expect("no RustPython backend is linked in that could own an interpreter");
    if (hooks.is_initialized)() {
        return;
    }
    (hooks.initialize)();
    // SAFETY: the interpreter runs. The attachment is left open, as C's is.
    unsafe { PyGILState_Ensure() };
}

/// [`Py_InitializeEx`] with C's default.
///
/// # Safety
/// As [`Py_InitializeEx`].
pub unsafe fn Py_Initialize() {
    // SAFETY: upheld by the caller.
    unsafe { Py_InitializeEx(1) }
}

/// Reports success and leaves the interpreter running: it belongs to the backend, whose objects may outlive this call.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe fn Py_FinalizeEx() -> c_int {
    0
}

/// [`Py_FinalizeEx`] without a result.
///
/// # Safety
/// As [`Py_FinalizeEx`].
pub unsafe fn Py_Finalize() {}

/// Attaches the calling thread, unless it is attached. Give the result to [`PyGILState_Release`].
///
/// Where the interpreter is ending or gone this does not return, as in C from 3.14 on; but on the thread that ended it.
///
/// # Safety
/// The interpreter does not end while the thread is attached.
///
/// # Panics
/// If no interpreter has run, or this thread has ended it.
pub unsafe fn PyGILState_Ensure() -> PyGILState_STATE {
    if current_vm_is_set() {
        return PyGILState_STATE::PyGILState_LOCKED;
    }
    let machine = hooks().and_then(|hooks| (hooks.new_machine)()).expect("no interpreter runs");
    attach_current_thread(|| machine);
    PyGILState_STATE::PyGILState_UNLOCKED
}

/// Ends an attachment.
///
/// # Safety
/// `state` is the result of this thread's latest [`PyGILState_Ensure`] that was not released yet.
pub unsafe fn PyGILState_Release(state: PyGILState_STATE) {
    if state == PyGILState_STATE::PyGILState_UNLOCKED {
        release_current_thread(CurrentVmAttachState::Attached);
    }
}

/// 1 if the calling thread is attached, else 0.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe extern "C" fn PyGILState_Check() -> c_int {
    c_int::from(current_vm_is_set())
}

/// Detaches the calling thread. Give the result to [`PyEval_RestoreThread`] on the same thread.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyEval_SaveThread() -> *mut PyThreadState {
    Box::into_raw(Box::new(save_current_thread())).cast()
}

/// Attaches the calling thread again.
///
/// # Safety
/// `state` is the result of this thread's latest [`PyEval_SaveThread`], used for the first time.
pub unsafe fn PyEval_RestoreThread(state: *mut PyThreadState) {
    // SAFETY: made from a box of that type by `PyEval_SaveThread`, and used once: the caller's promise.
    restore_current_thread(*unsafe { Box::from_raw(state.cast::<SavedThreadState>()) });
}

/// The identity of the calling thread's state: the address of its virtual machine. Null if it is not attached.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
pub unsafe extern "C" fn PyThreadState_GetUnchecked() -> *mut PyThreadState {
    try_with_current_vm(|vm| core::ptr::from_ref::<VirtualMachine>(vm).cast_mut().cast()).unwrap_or_default()
}

/// [`PyThreadState_GetUnchecked`] for a thread that is attached.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyThreadState_Get() -> *mut PyThreadState {
    with(|vm| core::ptr::from_ref::<VirtualMachine>(vm).cast_mut().cast())
}

/// The identity of the interpreter the calling thread is attached to: the address of what its threads share.
///
/// # Safety
/// The thread is attached.
pub unsafe fn PyInterpreterState_Get() -> *mut PyInterpreterState {
    with(|vm| core::ptr::from_ref(&*vm.state).cast_mut().cast())
}

/// The number of an interpreter.
///
/// # Safety
/// The thread is attached, and `interpreter` is the one it is attached to.
pub unsafe fn PyInterpreterState_GetID(_interpreter: *mut PyInterpreterState) -> i64 {
    with(|vm| vm.state.interpreter_id)
}

/// Makes `import name` find a module that is linked in: 0, or -1 if that is not possible any more. As in C it is called before
/// the interpreter starts; unlike there it may come later.
///
/// # Safety
/// `name` is a C string that is never freed, and `init` is the module's `PyInit_` function.
pub unsafe fn PyImport_AppendInittab(
    name: *const c_char,
    init: Option<unsafe extern "C" fn() -> *mut PyObject>,
) -> c_int {
    let Some(init) = init else { return -1 };
    // SAFETY: same function; that calling it is sound is what the caller promises by registering it.
    let init = unsafe {
        core::mem::transmute::<unsafe extern "C" fn() -> *mut PyObject, extern "C" fn() -> *mut PyObject>(init)
    };
    // SAFETY: a C string that is never freed.
    let name: &'static CStr = unsafe { CStr::from_ptr(name) };
    if register_module(name, init) { 0 } else { -1 }
}
