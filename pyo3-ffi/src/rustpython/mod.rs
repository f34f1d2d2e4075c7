//! The C API's names as Rust functions over RustPython's virtual machine.

pub use rustpython_vm::PyObject;
