//! Watching the current context. The virtual machine tells nobody when it changes.

use pyo3_backend::ContextOps;

use crate::RustPython;

impl ContextOps for RustPython {}
