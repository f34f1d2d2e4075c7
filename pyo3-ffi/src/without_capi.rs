//! RustPython without functions of the C API: the two types that all declarations need.

use rustpython_vm::Py;
use rustpython_vm::builtins::PyType;

pub use rustpython_vm::PyObject;

/// C API type `PyTypeObject`: the type of the virtual machine.
pub type PyTypeObject = Py<PyType>;
