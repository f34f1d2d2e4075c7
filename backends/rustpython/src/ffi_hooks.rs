//! The interpreter for code written against the C API. `pyo3-ffi` uses this to find the one interpreter of the process.

use core::ffi::CStr;

use pyo3_backend::{InterpreterOps, ModuleOps};
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::vm::thread::ThreadedVirtualMachine;
use rustpython_vm::{PyObject, VirtualMachine};

use crate::convert::lend;
use crate::vm::{self, enter};
use crate::{RustPython, indicator, interpreter, section};

/// Whether the interpreter runs.
pub fn is_initialized() -> bool {
    RustPython::interpreter_is_initialized()
}

/// Whether the interpreter is ending or has ended.
pub fn is_finalizing() -> bool {
    interpreter::is_finalized()
}

/// Starts the interpreter unless it runs.
pub fn initialize() {
    RustPython::interpreter_initialize();
}

/// Returns a virtual machine for the calling thread, which is not attached. Returns `None` if no interpreter runs.
///
/// When the interpreter is ending or has ended, this blocks the thread forever, like `PyGILState_Ensure` of CPython
/// 3.14, because the thread could not continue. Only the thread that ended the interpreter gets `None`.
pub fn new_machine() -> Option<ThreadedVirtualMachine> {
    let machine = interpreter::new_machine();
    if machine.is_none() && interpreter::is_finalized() && !interpreter::was_ended_here() {
        loop {
            std::thread::park();
        }
    }
    machine
}

/// To call after code has entered or left a virtual machine of this thread by itself.
pub fn machine_changed() {
    vm::forget();
}

/// Begins a critical section of one or two objects on this attached thread. Sections end in reverse order.
///
/// # Safety
///
/// The objects live until [`end_section`].
pub unsafe fn begin_section(vm: &VirtualMachine, first: &PyObject, second: Option<&PyObject>) {
    enter(vm, |py| section::begin(py, lend(first), second.map(lend)));
}

/// Ends the critical section that this thread began last.
pub fn end_section(vm: &VirtualMachine) {
    enter(vm, section::end);
}

/// Makes `import name` find the module with the given `PyInit_` function. `#[pymodule]` must have exported the
/// function, or it must return null, with or without an exception raised. Null makes the import fail.
pub fn register_module(name: &'static CStr, init: extern "C" fn() -> *mut PyObject) -> bool {
    RustPython::module_register(name, init);
    true
}

/// Returns the exception that is raised on this thread, if any. It stays raised.
pub fn raised(vm: &VirtualMachine) -> Option<PyBaseExceptionRef> {
    indicator::get(vm)
}

/// Takes the exception that is raised on this thread, if any.
pub fn take_raised(vm: &VirtualMachine) -> Option<PyBaseExceptionRef> {
    indicator::take(vm)
}

/// Raises an exception on this thread and replaces any other raised one. `None` clears it.
pub fn set_raised(vm: &VirtualMachine, exception: Option<PyBaseExceptionRef>) {
    indicator::set(vm, exception);
}
