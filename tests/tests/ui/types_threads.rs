//! Values that a detached thread cannot use, and fields that an instance shared by several threads cannot have.

use std::cell::Cell;
use std::rc::Rc;

use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyList};

fn captured(list: &Bound<'_, PyList>) -> usize {
    list.py().detach(|| list.len())
}

fn returned(py: Python<'_>) {
    py.detach(|| PyList::empty(py));
}

fn other(py: Python<'_>, text: Rc<String>) {
    py.detach(|| drop(text));
}

#[pyclass]
struct Sent {
    text: Rc<String>,
}

#[pyclass]
struct Shared {
    name: String,
    count: Cell<u32>,
}

/// A class may vouch for its fields.
#[pyclass]
struct Vouched {
    pointer: *mut u8,
}

unsafe impl Send for Vouched {}
unsafe impl Sync for Vouched {}

fn closure(py: Python<'_>, count: Cell<u32>) {
    let _ = PyCFunction::new_closure(py, None, None, move |_, _| count.get());
}

fn main() {}
