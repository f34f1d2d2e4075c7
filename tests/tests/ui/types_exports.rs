//! Items that are neither a Python function nor a class, but are exported or wrapped as one.

use pyo3::prelude::*;

fn helper() {}

struct NoClass;

#[pymodule]
fn module(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add_function(wrap_pyfunction!(helper, m)?)?;
    m.add_class::<NoClass>()
}

#[pymodule]
mod inline {
    #[pymodule_export]
    use super::helper;
    #[pymodule_export]
    use super::NoClass;
}

fn later(py: Python<'_>) {
    let _ = wrap_pyfunction!(helper)(py);
}

fn main() {}
