//! The interpreter's life for code written against the C API, which `pyo3-ffi` serves: it has to find the one interpreter
//! there is.

use core::ffi::CStr;

use pyo3_backend::{InterpreterOps, ModuleOps};
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::vm::thread::ThreadedVirtualMachine;
use rustpython_vm::{PyObject, VirtualMachine};

use crate::{RustPython, indicator, interpreter};

/// Whether the interpreter runs.
pub fn is_initialized() -> bool {
    RustPython::is_initialized()
}

/// Whether it ran and is ending or gone.
pub fn is_finalizing() -> bool {
    interpreter::is_finalized()
}

/// Starts it, unless it runs.
pub fn initialize() {
    RustPython::initialize();
}

/// A virtual machine for the calling thread, which is not attached; `None` where no interpreter runs.
pub fn new_machine() -> Option<ThreadedVirtualMachine> {
    interpreter::new_machine()
}

/// Makes `import name` find the module whose `PyInit_` function is given. That must be one that `#[pymodule]` exported.
pub fn register_module(name: &'static CStr, init: extern "C" fn() -> *mut PyObject) -> bool {
    RustPython::module_register(name, init);
    true
}

/// The exception that is raised on this thread, if any. It stays raised.
pub fn raised(vm: &VirtualMachine) -> Option<PyBaseExceptionRef> {
    indicator::get(vm)
}

/// Takes the exception that is raised on this thread, if any.
pub fn take_raised(vm: &VirtualMachine) -> Option<PyBaseExceptionRef> {
    indicator::take(vm)
}

/// Raises an exception on this thread in the place of the one that may be; `None` clears it.
pub fn set_raised(vm: &VirtualMachine, exception: Option<PyBaseExceptionRef>) {
    indicator::set(vm, exception);
}
