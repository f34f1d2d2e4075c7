//! Classes of every kind, for `classes` and `classes_from_python`.

use pyo3::basic::CompareOp;
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

/// An enum without fields.
#[pyclass(eq, eq_int, hash, frozen, from_py_object)]
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Color {
    Red,
    Green,
}

/// An enum with fields.
#[pyclass]
pub enum Shape {
    Circle { radius: f64 },
    Square(f64),
}

/// A frozen class.
#[pyclass(frozen, eq, ord, hash, get_all, from_py_object)]
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fixed {
    pub number: i64,
    pub text: String,
}

#[pymethods]
impl Fixed {
    #[new]
    fn new(number: i64, text: String) -> Fixed {
        Fixed { number, text }
    }

    fn get(&self) -> i64 {
        self.number
    }

    fn me(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn bound(slf: &Bound<'_, Self>) -> i64 {
        slf.get().number
    }
}

/// A class that another one extends.
#[pyclass(subclass)]
pub struct Base {
    pub number: i64,
}

#[pymethods]
impl Base {
    #[new]
    #[pyo3(signature = (number = 1))]
    fn new(number: i64) -> Base {
        Base { number }
    }

    fn number(&self) -> i64 {
        self.number
    }
}

/// A class that extends another one.
#[pyclass(extends = Base)]
pub struct Extended {
    pub more: i64,
}

#[pymethods]
impl Extended {
    #[new]
    fn new() -> PyClassInitializer<Extended> {
        PyClassInitializer::from(Base { number: 1 }).add_subclass(Extended { more: 2 })
    }

    fn sum(slf: PyRef<'_, Self>) -> i64 {
        slf.more + slf.as_super().number
    }
}

/// A class with the protocols that `Vector` lacks.
#[pyclass(dict, weakref)]
pub struct Protocols {
    items: Vec<i64>,
    position: usize,
    #[pyo3(get, set)]
    object: Py<PyAny>,
    #[pyo3(get, set)]
    text: String,
    #[pyo3(get, set)]
    float: f64,
    #[pyo3(get, set)]
    option: Option<i64>,
}

#[pymethods]
impl Protocols {
    #[classattr]
    const ANSWER: i64 = 42;

    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(py: Python<'_>, _args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Protocols {
        let (object, text) = (py.None(), String::from("text"));
        Protocols { items: vec![1, 2, 3], position: 0, object, text, float: 1.5, option: None }
    }

    #[classmethod]
    fn make(cls: &Bound<'_, PyType>) -> bool {
        cls.is_none()
    }

    #[staticmethod]
    fn add(a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }

    fn one_str(&self, text: &str) -> usize {
        text.len()
    }

    #[pyo3(signature = (a, b = 2, *, c = 3))]
    fn keywords(&self, a: i64, b: i64, c: i64) -> i64 {
        a ^ b ^ c
    }

    #[pyo3(signature = (*args))]
    fn variable(&self, args: &Bound<'_, PyTuple>) -> usize {
        args.len()
    }

    fn fails(&self) -> PyResult<()> {
        Err(PyValueError::new_err("no"))
    }

    fn reset(&mut self) {
        self.position = 0;
    }

    fn __repr__(&self) -> &'static str {
        "Protocols"
    }

    fn __str__(&self) -> String {
        String::from("protocols")
    }

    fn __hash__(&self) -> u64 {
        7
    }

    fn __richcmp__(&self, other: &Protocols, op: CompareOp) -> bool {
        op.matches(self.items.len().cmp(&other.items.len()))
    }

    fn __bool__(&self) -> bool {
        !self.items.is_empty()
    }

    fn __contains__(&self, item: i64) -> bool {
        self.items.contains(&item)
    }

    fn __setitem__(&mut self, index: usize, value: i64) -> PyResult<()> {
        let place = self.items.get_mut(index).ok_or_else(|| PyIndexError::new_err("no"))?;
        *place = value;
        Ok(())
    }

    fn __delitem__(&mut self, _index: usize) {}

    fn __getattr__(&self, name: &str) -> PyResult<usize> {
        Ok(name.len())
    }

    fn __neg__(&self) -> i64 {
        -7
    }

    fn __int__(&self) -> i64 {
        7
    }

    fn __float__(&self) -> f64 {
        1.5
    }

    fn __index__(&self) -> usize {
        1
    }

    fn __mul__(&self, by: i64) -> i64 {
        by.wrapping_mul(7)
    }

    fn __rmul__(&self, by: i64) -> i64 {
        by.wrapping_mul(7)
    }

    fn __iadd__(&mut self, by: i64) {
        self.position = self.position.wrapping_add(by as usize);
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self) -> Option<usize> {
        self.position += 1;
        (self.position <= 1000).then_some(self.position)
    }

    fn __enter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    #[pyo3(signature = (*_args))]
    fn __exit__(&self, _args: &Bound<'_, PyTuple>) {}
}

#[pyfunction]
pub fn take_color(color: Color) -> Color {
    color
}

#[pyfunction]
pub fn take_ref(fixed: PyRef<'_, Fixed>) -> i64 {
    fixed.number
}

#[pyfunction]
pub fn take_reference(fixed: &Fixed) -> i64 {
    fixed.number
}

#[pyfunction]
pub fn take_clone(fixed: Fixed) -> i64 {
    fixed.number
}

#[pyfunction]
pub fn take_bound(fixed: &Bound<'_, Fixed>) -> i64 {
    fixed.get().number
}
