//! How the functions that start, find and end an interpreter reach the one the process has.
//!
//! This crate owns no interpreter: whoever does installs its functions here, once.

use core::ffi::CStr;
use std::sync::{Mutex, MutexGuard, OnceLock};

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::vm::thread::ThreadedVirtualMachine;
use rustpython_vm::{Context, PyObject, VirtualMachine};

/// What the owner of the interpreter provides. None of the functions may unwind.
#[derive(Debug)]
pub struct Hooks {
    /// Whether the interpreter runs.
    pub is_initialized: fn() -> bool,
    /// Whether it ran and is ending or gone.
    pub is_finalizing: fn() -> bool,
    /// Starts it, unless it runs. The calling thread is not attached by this.
    pub initialize: fn(),
    /// A virtual machine for the calling thread, which is not attached; `None` if no interpreter runs. Where it is ending,
    /// this need not return.
    pub new_machine: fn() -> Option<ThreadedVirtualMachine>,
    /// Makes `import name` find the module whose `PyInit_` function is given. False if that cannot be done any more.
    pub register_module: fn(name: &'static CStr, init: extern "C" fn() -> *mut PyObject) -> bool,
    /// The exception that is raised on this thread, if any. It stays raised. What Python code handles is not raised.
    pub raised: fn(vm: &VirtualMachine) -> Option<PyBaseExceptionRef>,
    /// Takes the exception that is raised on this thread, if any.
    pub take_raised: fn(vm: &VirtualMachine) -> Option<PyBaseExceptionRef>,
    /// Raises an exception on this thread in the place of the one that may be; `None` clears it.
    pub set_raised: fn(vm: &VirtualMachine, exception: Option<PyBaseExceptionRef>),
    /// Begins a critical section of one object, or of two, which live until it ends.
    pub begin_section: unsafe fn(vm: &VirtualMachine, first: &PyObject, second: Option<&PyObject>),
    /// Ends the critical section that this thread began last.
    pub end_section: fn(vm: &VirtualMachine),
}

static HOOKS: OnceLock<&'static Hooks> = OnceLock::new();

/// A module's `PyInit_` function.
pub(super) type Init = extern "C" fn() -> *mut PyObject;

/// Modules that were registered before there was an owner to tell.
static WAITING: Mutex<Vec<(&'static CStr, Init)>> = Mutex::new(Vec::new());

fn waiting() -> MutexGuard<'static, Vec<(&'static CStr, Init)>> {
    // The list is whole after every statement.
    WAITING.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Connects this crate with the interpreter's owner. Only the first call counts.
///
/// Also fills the `PyExc_` variables, so that they can be read from then on, and hands over the modules that were registered
/// before.
pub fn install(hooks: &'static Hooks) {
    let hooks = HOOKS.get_or_init(|| {
        super::errors::fill_exception_variables(&Context::genesis().exceptions);
        // SAFETY: this runs once, and nobody has an object to call a function with before there is an owner.
        unsafe { super::varargs::install() };
        hooks
    });
    for (name, init) in core::mem::take(&mut *waiting()) {
        (hooks.register_module)(name, init);
    }
}

/// Registers a module with the owner, or keeps it for the one to come. False if it comes too late.
pub(super) fn register_module(name: &'static CStr, init: Init) -> bool {
    {
        let mut waiting = waiting();
        // Asked under the lock: `install` empties the list after the owner is known.
        if hooks().is_none() {
            waiting.push((name, init));
            return true;
        }
    }
    hooks().is_some_and(|hooks| (hooks.register_module)(name, init))
}

/// The installed functions.
pub(super) fn hooks() -> Option<&'static Hooks> {
    HOOKS.get().copied()
}
