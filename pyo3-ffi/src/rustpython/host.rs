//! How the functions that start, find and end an interpreter reach the one the process has.
//!
//! This crate owns no interpreter: whoever does installs its functions here, once.

use core::ffi::CStr;
use std::sync::OnceLock;

use rustpython_vm::vm::thread::ThreadedVirtualMachine;
use rustpython_vm::{Context, PyObject};

/// What the owner of the interpreter provides. None of the functions may unwind.
#[derive(Debug)]
pub struct Hooks {
    /// Whether the interpreter runs.
    pub is_initialized: fn() -> bool,
    /// Whether it ran and is ending or gone.
    pub is_finalizing: fn() -> bool,
    /// Starts it, unless it runs. The calling thread is not attached by this.
    pub initialize: fn(),
    /// A virtual machine for the calling thread, which is not attached; `None` if no interpreter runs.
    pub new_machine: fn() -> Option<ThreadedVirtualMachine>,
    /// Makes `import name` find the module whose `PyInit_` function is given. False if that cannot be done any more.
    pub register_module: fn(name: &'static CStr, init: extern "C" fn() -> *mut PyObject) -> bool,
}

static HOOKS: OnceLock<&'static Hooks> = OnceLock::new();

/// Connects this crate with the interpreter's owner. Only the first call counts.
///
/// Also fills the `PyExc_` variables, so that they can be read from then on.
pub fn install(hooks: &'static Hooks) {
    HOOKS.get_or_init(|| {
        super::errors::fill_exception_variables(&Context::genesis().exceptions);
        hooks
    });
}

/// The installed functions.
pub(super) fn hooks() -> Option<&'static Hooks> {
    HOOKS.get().copied()
}
