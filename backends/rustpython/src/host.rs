//! The interpreter's life for code written against the C API, which `pyo3-ffi` serves: it has to find the one interpreter
//! there is.

use core::ffi::CStr;

use pyo3_backend::{InterpreterOps, ModuleOps};
use rustpython_vm::PyObject;
use rustpython_vm::vm::thread::ThreadedVirtualMachine;

use crate::{RustPython, interpreter};

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
