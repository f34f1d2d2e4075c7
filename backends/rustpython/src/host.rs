//! The interpreter's life for code written against the C API, which `pyo3-ffi` serves: it has to find the one interpreter
//! there is.

use core::ffi::CStr;

use pyo3_backend::{InterpreterOps, ModuleOps};
use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::vm::thread::ThreadedVirtualMachine;
use rustpython_vm::{PyObject, VirtualMachine};

use crate::convert::lend;
use crate::vm::attached;
use crate::{RustPython, indicator, interpreter, section};

/// Whether the interpreter runs.
pub fn is_initialized() -> bool {
    RustPython::interpreter_is_initialized()
}

/// Whether it ran and is ending or gone.
pub fn is_finalizing() -> bool {
    interpreter::is_finalized()
}

/// Starts it, unless it runs.
pub fn initialize() {
    RustPython::interpreter_initialize();
}

/// A virtual machine for the calling thread, which is not attached; `None` where no interpreter runs.
///
/// While the interpreter ends, and after that, a thread does not come back from this, as from CPython 3.14's
/// `PyGILState_Ensure`: there is nothing that it could go on with. The thread that ended the interpreter does, with `None`.
pub fn new_machine() -> Option<ThreadedVirtualMachine> {
    let machine = interpreter::new_machine();
    if machine.is_none() && interpreter::is_finalized() && !interpreter::was_ended_here() {
        loop {
            std::thread::park();
        }
    }
    machine
}

/// Begins a critical section of an object, or of two, on this thread, which is attached. Sections end in the reverse order.
///
/// # Safety
///
/// The objects live until [`end_section`].
pub unsafe fn begin_section(vm: &VirtualMachine, first: &PyObject, second: Option<&PyObject>) {
    section::begin(attached(vm), lend(first), second.map(lend));
}

/// Ends the critical section that this thread began last.
pub fn end_section(vm: &VirtualMachine) {
    section::end(attached(vm));
}

/// Makes `import name` find the module whose `PyInit_` function is given. That must be one that `#[pymodule]` exported, or
/// one that returns null, with or without an exception raised: then the import fails.
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
