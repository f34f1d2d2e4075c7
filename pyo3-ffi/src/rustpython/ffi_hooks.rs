//! The connection between the C API and the interpreter of the process.
//!
//! This crate owns no interpreter: the owner installs its functions here, once.

use core::ffi::CStr;
use core::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, OnceLock};

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::vm::thread::ThreadedVirtualMachine;
use rustpython_vm::{Context, PyObject, VirtualMachine};

/// The functions of the interpreter's owner. They must not unwind.
#[derive(Debug)]
pub struct Hooks {
    /// Whether the interpreter is running.
    pub is_initialized: fn() -> bool,
    /// Whether the interpreter is being finalized, or was finalized.
    pub is_finalizing: fn() -> bool,
    /// Starts the interpreter if it is not running. Does not attach the calling thread.
    pub initialize: fn(),
    /// Creates a virtual machine for the calling thread, which is not attached. Returns `None` if no interpreter is
    /// running. If it is being finalized, this may block forever.
    pub new_machine: fn() -> Option<ThreadedVirtualMachine>,
    /// Called after this crate has entered or left a virtual machine of the calling thread.
    pub machine_changed: fn(),
    /// Registers a module's `PyInit_` function, so that `import name` finds the module. Returns false if it is too
    /// late.
    pub register_module: fn(name: &'static CStr, init: extern "C" fn() -> *mut PyObject) -> bool,
    /// Returns the exception that is raised on this thread, if any, and leaves it raised. An exception that Python code
    /// is handling does not count as raised.
    pub raised: fn(vm: &VirtualMachine) -> Option<PyBaseExceptionRef>,
    /// Takes the exception that is raised on this thread, if any.
    pub take_raised: fn(vm: &VirtualMachine) -> Option<PyBaseExceptionRef>,
    /// Sets or clears the exception that is raised on this thread.
    pub set_raised: fn(vm: &VirtualMachine, exception: Option<PyBaseExceptionRef>),
    /// Begins a critical section of one or two objects, which stay alive until it ends.
    pub begin_section: unsafe fn(vm: &VirtualMachine, first: &PyObject, second: Option<&PyObject>),
    /// Ends this thread's latest critical section.
    pub end_section: fn(vm: &VirtualMachine),
}

static HOOKS: OnceLock<&'static Hooks> = OnceLock::new();

/// Whether [`install`] has nothing left to do: since the owner is known, no module waits any more.
static INSTALLED: AtomicBool = AtomicBool::new(false);

/// The `PyInit_` function of a module.
pub(super) type Init = extern "C" fn() -> *mut PyObject;

/// Modules that were registered before the owner was known.
static WAITING: Mutex<Vec<(&'static CStr, Init)>> = Mutex::new(Vec::new());

fn waiting() -> MutexGuard<'static, Vec<(&'static CStr, Init)>> {
    // No statement leaves the list in an inconsistent state, so a poisoned lock is harmless.
    WAITING.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Connects this crate to the owner of the interpreter. Only the first call has an effect.
///
/// Initializes the `PyExc_` variables, and passes on the modules that were registered before.
#[inline]
pub fn install(hooks: &'static Hooks) {
    // Every attachment gets here.
    if !INSTALLED.load(Ordering::Acquire) {
        install_first(hooks);
    }
}

#[cold]
fn install_first(hooks: &'static Hooks) {
    let hooks = HOOKS.get_or_init(|| {
        super::errors::fill_exception_variables(&Context::genesis().exceptions);
        // SAFETY: this runs once. Before there is an owner, no thread has an object to call a function with.
        unsafe { super::varargs::install() };
        hooks
    });
    for (name, init) in core::mem::take(&mut *waiting()) {
        (hooks.register_module)(name, init);
    }
    INSTALLED.store(true, Ordering::Release);
}

/// Registers a module with the owner, or stores it until there is one. Returns false if it is too late.
pub(super) fn register_module(name: &'static CStr, init: Init) -> bool {
    {
        let mut waiting = waiting();
        // Check while holding the lock: `install` empties the list after setting the owner.
        if hooks().is_none() {
            waiting.push((name, init));
            return true;
        }
    }
    hooks().is_some_and(|hooks| (hooks.register_module)(name, init))
}

/// Returns the installed functions.
pub(super) fn hooks() -> Option<&'static Hooks> {
    HOOKS.get().copied()
}
