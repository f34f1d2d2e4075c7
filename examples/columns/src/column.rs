//! One column: values of one type.

use pyo3::exceptions::{PyIndexError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;
use pyo3::types::PyList;

/// The values of a column.
#[derive(Clone, Debug, PartialEq, FromPyObject, IntoPyObjectRef)]
pub enum Values {
    /// One boolean per row.
    Bools(Vec<bool>),
    /// Integers.
    Integers(Vec<i64>),
    /// Numbers with a fraction.
    Floats(Vec<f64>),
    /// Strings.
    Texts(Vec<String>),
}

/// The right-hand side of an operator: one value for all rows, or a column.
#[derive(FromPyObject)]
pub enum Operand<'py> {
    /// A column with the same number of rows.
    Column(PyRef<'py, Column>),
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
}

/// A column of a table. All its values have the same type.
#[pyclass(frozen, sequence)]
#[derive(Debug)]
pub struct Column(pub Values);

impl Values {
    /// Returns the number of rows.
    pub fn len(&self) -> usize {
        match self {
            Values::Bools(values) => values.len(),
            Values::Integers(values) => values.len(),
            Values::Floats(values) => values.len(),
            Values::Texts(values) => values.len(),
        }
    }

    /// Returns the rows for which `mask` is `true`.
    pub fn filtered(&self, mask: &[bool]) -> Values {
        fn keep<T: Clone>(values: &[T], mask: &[bool]) -> Vec<T> {
            values.iter().zip(mask).filter(|(_, keep)| **keep).map(|(value, _)| value.clone()).collect()
        }
        match self {
            Values::Bools(values) => Values::Bools(keep(values, mask)),
            Values::Integers(values) => Values::Integers(keep(values, mask)),
            Values::Floats(values) => Values::Floats(keep(values, mask)),
            Values::Texts(values) => Values::Texts(keep(values, mask)),
        }
    }

    /// Returns the values as numbers. `true` counts as 1, as in Python.
    ///
    /// # Errors
    ///
    /// Returns a `TypeError` for a column of strings.
    pub fn numbers(&self) -> PyResult<Vec<f64>> {
        match self {
            Values::Bools(values) => Ok(values.iter().map(|value| f64::from(u8::from(*value))).collect()),
            Values::Integers(values) => Ok(values.iter().map(|value| *value as f64).collect()),
            Values::Floats(values) => Ok(values.clone()),
            Values::Texts(_) => Err(PyTypeError::new_err("a column of texts has no numbers")),
        }
    }
}

impl Column {
    /// Pairs the numbers of this column with those of `other`, row by row.
    fn beside(&self, other: &Operand<'_>) -> PyResult<Vec<(f64, f64)>> {
        let ours = self.0.numbers()?;
        let theirs = match other {
            Operand::Number(number) => vec![*number; ours.len()],
            Operand::Column(column) if column.0.len() == ours.len() => column.0.numbers()?,
            Operand::Column(column) => {
                let message = format!("the columns have {} and {} rows", ours.len(), column.0.len());
                return Err(PyValueError::new_err(message));
            }
            Operand::Text(_) => return Err(PyTypeError::new_err("a text is no number")),
        };
        Ok(ours.into_iter().zip(theirs).collect())
    }

    fn computed(&self, other: &Operand<'_>, compute: impl Fn(f64, f64) -> f64) -> PyResult<Column> {
        let values = self.beside(other)?.into_iter().map(|(left, right)| compute(left, right)).collect();
        Ok(Column(Values::Floats(values)))
    }
}

#[pymethods]
impl Column {
    #[new]
    fn new(values: Values) -> Self {
        Column(values)
    }

    fn __len__(&self) -> usize {
        self.0.len()
    }

    fn __getitem__<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyAny>> {
        if index >= self.0.len() {
            return Err(PyIndexError::new_err("the column has no such row"));
        }
        self.to_list(py)?.get_item(index)
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Column({})", self.to_list(py)?.repr()?))
    }

    /// Compares row by row and returns a column of booleans.
    fn __richcmp__(&self, other: Operand<'_>, op: CompareOp) -> PyResult<Column> {
        let bools = match (&self.0, &other) {
            (Values::Texts(texts), Operand::Text(text)) => {
                texts.iter().map(|ours| op.matches(ours.cmp(text))).collect()
            }
            _ => {
                let compare = |(left, right): (f64, f64)| match left.partial_cmp(&right) {
                    Some(ordering) => op.matches(ordering),
                    // A NaN is unequal to everything, even itself.
                    None => matches!(op, CompareOp::Ne),
                };
                self.beside(&other)?.into_iter().map(compare).collect()
            }
        };
        Ok(Column(Values::Bools(bools)))
    }

    fn __add__(&self, other: Operand<'_>) -> PyResult<Column> {
        self.computed(&other, |left, right| left + right)
    }

    fn __sub__(&self, other: Operand<'_>) -> PyResult<Column> {
        self.computed(&other, |left, right| left - right)
    }

    fn __mul__(&self, other: Operand<'_>) -> PyResult<Column> {
        self.computed(&other, |left, right| left * right)
    }

    fn __truediv__(&self, other: Operand<'_>) -> PyResult<Column> {
        self.computed(&other, |left, right| left / right)
    }

    /// Returns the sum of all rows.
    fn sum(&self) -> PyResult<f64> {
        Ok(self.0.numbers()?.iter().sum())
    }

    /// Returns the mean of all rows. Raises `ValueError` for an empty column.
    fn mean(&self) -> PyResult<f64> {
        match self.0.len() {
            0 => Err(PyValueError::new_err("an empty column has no mean")),
            count => Ok(self.sum()? / count as f64),
        }
    }

    /// Returns the values as a list.
    fn to_list<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        Ok((&self.0).into_pyobject(py)?.cast_into()?)
    }
}
