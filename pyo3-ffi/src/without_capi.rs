//! RustPython without functions of the C API: the two types that everything else is declared with.

use rustpython_vm::Py;
use rustpython_vm::builtins::PyType;

pub use rustpython_vm::PyObject;

/// C API type `PyTypeObject`: the virtual machine's own.
pub type PyTypeObject = Py<PyType>;
