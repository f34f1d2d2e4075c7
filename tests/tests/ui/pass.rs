//! Unusual code that must compile.

#![deny(warnings)]
#![no_implicit_prelude]

#[::pyo3::pyclass(crate = "::pyo3")]
struct Hygienic {
    #[pyo3(get, set)]
    value: i32,
}

#[::pyo3::pymethods(crate = "::pyo3")]
impl Hygienic {
    #[new]
    fn new(value: i32) -> Self {
        Hygienic { value }
    }

    fn __repr__(&self) -> ::std::string::String {
        ::std::string::ToString::to_string(&self.value)
    }
}

#[::pyo3::pyfunction]
#[pyo3(crate = "::pyo3", signature = (a, b = 2, *args, **kwargs))]
fn hygienic(
    a: i32,
    b: i32,
    args: &::pyo3::Bound<'_, ::pyo3::types::PyTuple>,
    kwargs: ::std::option::Option<&::pyo3::Bound<'_, ::pyo3::types::PyDict>>,
) -> i32 {
    let _ = (args, kwargs);
    a + b
}

#[::pyo3::pymodule(crate = "::pyo3")]
mod module {
    #[pymodule_export]
    use super::{Hygienic, hygienic};
}

fn main() {}
