//! Classes: attributes, protocols, inheritance, cycles.

use pyo3::exceptions::PyZeroDivisionError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// A class that Python and Rust extend.
#[pyclass(subclass, dict, weakref, module = "stable_abi_sample")]
pub(crate) struct Account {
    #[pyo3(get, set)]
    owner: String,
    cents: i64,
}

#[pymethods]
impl Account {
    #[classattr]
    const CURRENCY: &'static str = "EUR";

    #[new]
    #[pyo3(signature = (owner, *, cents=0))]
    fn new(owner: String, cents: i64) -> Self {
        Account { owner, cents }
    }

    #[getter]
    fn cents(&self) -> i64 {
        self.cents
    }

    #[setter]
    fn set_cents(&mut self, cents: i64) {
        self.cents = cents;
    }

    #[staticmethod]
    fn empty() -> Account {
        Account::new(String::new(), 0)
    }

    #[classmethod]
    fn named(class: &Bound<'_, pyo3::types::PyType>) -> PyResult<String> {
        Ok(class.name()?.to_string())
    }

    fn __repr__(&self) -> String {
        format!("Account({:?}, {})", self.owner, self.cents)
    }

    fn __add__(&self, other: &Self) -> Account {
        Account::new(format!("{}+{}", self.owner, other.owner), self.cents + other.cents)
    }

    fn __truediv__(&self, parts: i64) -> PyResult<Account> {
        match self.cents.checked_div(parts) {
            Some(cents) => Ok(Account::new(self.owner.clone(), cents)),
            None => Err(PyZeroDivisionError::new_err("no parts")),
        }
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.cents == other.cents
    }

    fn __lt__(&self, other: &Self) -> bool {
        self.cents < other.cents
    }

    fn __hash__(&self) -> u64 {
        self.cents.unsigned_abs()
    }

    fn __bool__(&self) -> bool {
        self.cents != 0
    }

    fn __call__(&mut self, cents: i64) -> i64 {
        self.cents += cents;
        self.cents
    }
}

/// A Rust class that extends a Rust class.
#[pyclass(extends = Account, subclass, module = "stable_abi_sample")]
pub(crate) struct Savings {
    rate: f64,
}

#[pymethods]
impl Savings {
    #[new]
    fn new(owner: String, rate: f64) -> (Self, Account) {
        (Savings { rate }, Account::new(owner, 0))
    }

    fn interest(slf: PyRef<'_, Self>) -> f64 {
        slf.rate * slf.as_super().cents as f64
    }
}

/// An iterator.
#[pyclass(module = "stable_abi_sample")]
pub(crate) struct Countdown(u32);

#[pymethods]
impl Countdown {
    #[new]
    fn new(start: u32) -> Self {
        Countdown(start)
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self) -> Option<u32> {
        self.0 = self.0.checked_sub(1)?;
        Some(self.0)
    }

    fn __len__(&self) -> usize {
        self.0 as usize
    }

    fn __getitem__(&self, index: u32) -> PyResult<u32> {
        let found = self.0.checked_sub(index + 1);
        found.ok_or_else(|| pyo3::exceptions::PyIndexError::new_err("countdown is over"))
    }

    fn __contains__(&self, number: u32) -> bool {
        number < self.0
    }
}

/// An object that may be part of a cycle.
#[pyclass(module = "stable_abi_sample", weakref)]
#[derive(Default)]
pub(crate) struct Link {
    #[pyo3(get, set)]
    to: Option<Py<PyAny>>,
}

#[pymethods]
impl Link {
    #[new]
    fn new() -> Self {
        Link::default()
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.to)
    }

    fn __clear__(&mut self) {
        self.to = None;
    }
}

/// An enumeration.
#[pyclass(eq, eq_int, hash, frozen, module = "stable_abi_sample")]
#[derive(PartialEq, Eq, Hash, Clone, Copy)]
pub(crate) enum Suit {
    Hearts,
    Spades = 7,
}

/// A class with item assignment and deletion, and with an informative error for missing attributes.
#[pyclass(module = "stable_abi_sample")]
pub(crate) struct Diary {
    #[pyo3(get)]
    pages: Py<PyDict>,
}

#[pymethods]
impl Diary {
    #[new]
    fn new(py: Python<'_>) -> Self {
        Diary { pages: PyDict::new(py).unbind() }
    }

    fn __setitem__(&self, py: Python<'_>, day: u32, text: String) -> PyResult<()> {
        self.pages.bind(py).set_item(day, text)
    }

    fn __delitem__(&self, py: Python<'_>, day: u32) -> PyResult<()> {
        self.pages.bind(py).del_item(day)
    }

    fn __getattr__(&self, name: &str) -> PyResult<usize> {
        Err(pyo3::exceptions::PyAttributeError::new_err(format!("a diary has no {name}")))
    }
}
