//! Mistakes in `#[pymethods]`.

use pyo3::prelude::*;

#[pyclass]
struct Thing;

#[pymethods]
impl Thing {
    fn no_receiver() {}

    #[classmethod]
    fn no_class() {}

    #[classmethod]
    fn with_self(&self) {}

    fn by_value(self) {}

    #[staticmethod]
    #[classmethod]
    fn both() {}

    #[getter]
    fn too_many(&self, index: usize) -> usize {
        index
    }

    fn __len__(&self, extra: usize) -> usize {
        extra
    }

    #[pyo3(signature = (other = 1))]
    fn __add__(&self, other: i32) -> i32 {
        other
    }
}

#[pyclass]
struct Twice;

#[pymethods]
impl Twice {
    #[new]
    fn one() -> Self {
        Twice
    }

    #[new]
    fn two() -> Self {
        Twice
    }
}

#[pyclass]
struct NoPromises;

#[pymethods]
impl NoPromises {
    #[classattr]
    unsafe fn limit() -> i32 {
        3
    }

    unsafe fn __traverse__(&self, _visit: pyo3::gc::PyVisit<'_>) -> Result<(), pyo3::gc::PyTraverseError> {
        Ok(())
    }
}

#[pyclass]
struct AboutNoInstance;

#[pymethods]
impl AboutNoInstance {
    #[staticmethod]
    fn __traverse__(_visit: pyo3::gc::PyVisit<'_>) -> Result<(), pyo3::gc::PyTraverseError> {
        Ok(())
    }

    #[classmethod]
    fn __clear__(_class: &Bound<'_, pyo3::types::PyType>) {}
}

#[pyclass]
struct Options;

#[pymethods]
impl Options {
    #[new]
    #[pyo3(name = "Other")]
    fn new() -> Self {
        Options
    }

    #[getter(one)]
    #[pyo3(name = "two")]
    fn named_twice(&self) -> i32 {
        1
    }

    #[getter]
    #[pyo3(signature = ())]
    fn signed(&self) -> i32 {
        1
    }

    #[setter]
    #[pyo3(text_signature = "(value)")]
    fn set_text(&self, _value: i32) {}

    #[deleter]
    fn delete_more(&self, _more: i32) {}

    #[setter]
    fn set_nothing(&self) {}

    #[pyo3(text_signature = "()")]
    fn __bool__(&self) -> bool {
        true
    }

    #[pyo3(signature = (other, /))]
    fn __eq__(&self, other: i32) -> bool {
        other == 1
    }

    #[classattr]
    #[pyo3(warn(message = "old"))]
    fn warned() -> i32 {
        1
    }

    #[classattr]
    fn takes(_value: i32) -> i32 {
        1
    }

    #[pyo3(pass_module)]
    fn with_module(&self) {}

    #[pyfunction]
    fn function_inside(&self) {}

    #[getter = "name"]
    fn name_as_value(&self) -> i32 {
        1
    }

    #[getter(1)]
    fn name_as_number(&self) -> i32 {
        1
    }

    #[staticmethod(name)]
    fn static_with_options() {}

    #[args(a = 1)]
    fn old_attribute(&self, _a: i32) {}

    #[getter]
    const NUMBER: i32 = 1;

    #[classattr]
    #[pyo3(signature = ())]
    const SIGNED: i32 = 1;

    fn wildcard(&self, _: i32) {}

    fn generic<T>(&self, _value: T) {}

    fn pattern(&self, (_a, _b): (i32, i32)) {}

    fn python_first(_py: Python<'_>, _value: i32) {}

    fn boxed(self: Box<Self>) {}
}

#[pyclass]
struct Names;

#[pymethods]
impl Names {
    fn one(&self) {}

    #[pyo3(name = "one")]
    fn another(&self) {}

    #[getter]
    fn property(&self) -> i32 {
        1
    }

    #[getter(property)]
    fn same_property(&self) -> i32 {
        1
    }

    #[setter]
    fn set_property(&self, _value: i32) {}

    #[setter(property)]
    fn put_property(&self, _value: i32) {}

    fn __richcmp__(&self, _other: &Self, _op: pyo3::pyclass::CompareOp) -> bool {
        true
    }

    fn __lt__(&self, _other: &Self) -> bool {
        true
    }

    #[pyo3(name = "not a name")]
    fn spaced(&self) {}
}

#[pyclass]
struct Protocols;

#[pymethods]
impl Protocols {
    fn __repr__(&self, _more: i32) -> String {
        String::new()
    }

    fn __getitem__(&self) -> i32 {
        1
    }

    fn __setitem__(&self, _key: i32) {}

    fn __delitem__(&self) {}

    fn __contains__(&self) -> bool {
        true
    }

    fn __pow__(&self, _other: i32) -> i32 {
        1
    }

    fn __next__(&self, _more: i32) -> Option<i32> {
        None
    }

    fn __richcmp__(&self, _other: i32) -> bool {
        true
    }

    fn __get__(&self, _instance: i32) -> i32 {
        1
    }

    fn __hash__(&self, #[pyo3(from_py_with = convert)] _more: i32) -> u64 {
        1
    }

    fn __getbuffer__(&self) {}

    fn __len__() -> usize {
        0
    }
}

fn convert(value: &Bound<'_, PyAny>) -> PyResult<i32> {
    value.extract()
}

#[pyclass]
struct Collected;

#[pymethods]
impl Collected {
    fn __traverse__(slf: PyRef<'_, Self>, _visit: pyo3::gc::PyVisit<'_>) -> Result<(), pyo3::gc::PyTraverseError> {
        Ok(())
    }
}

#[pyclass]
struct CollectedWithPython;

#[pymethods]
impl CollectedWithPython {
    fn __traverse__(&self, _py: Python<'_>, _visit: pyo3::gc::PyVisit<'_>) -> Result<(), pyo3::gc::PyTraverseError> {
        Ok(())
    }

    fn __clear__(&self, _more: i32) {}
}

#[pymethods(nmae = "typo")]
impl CollectedWithPython {}

#[pymethods]
impl<T> Wrapper<T> {}

struct Wrapper<T>(T);

#[pymethods]
impl Collected {
    macro_call!();
}

#[pymethods]
struct NoBlock;

trait Trait {}

#[pymethods]
impl Trait for Twice {}

fn main() {}
