//! A table: columns of the same length, by name.

use std::collections::BTreeMap;
use std::path::PathBuf;

use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::column::{Column, Values};

/// Named columns of the same length. A table never changes: selecting and computing return new tables.
#[pyclass(frozen, mapping)]
#[derive(Debug)]
pub struct Table {
    columns: Vec<(String, Values)>,
}

impl Table {
    fn checked(columns: Vec<(String, Values)>) -> PyResult<Self> {
        let mut lengths = columns.iter().map(|(_, values)| values.len());
        let first = lengths.next();
        match lengths.find(|length| Some(*length) != first) {
            Some(other) => {
                let message = format!("columns differ in length: {} and {other} rows", first.unwrap_or_default());
                Err(PyValueError::new_err(message))
            }
            None => Ok(Table { columns }),
        }
    }

    fn values(&self, name: &str) -> PyResult<&Values> {
        let found = self.columns.iter().find(|(column, _)| column == name);
        found.map(|(_, values)| values).ok_or_else(|| PyKeyError::new_err(name.to_owned()))
    }
}

/// Converts text fields to the most specific type that fits all of them.
fn typed(fields: Vec<String>) -> Values {
    if let Ok(integers) = fields.iter().map(|field| field.parse()).collect() {
        return Values::Integers(integers);
    }
    if let Ok(floats) = fields.iter().map(|field| field.parse()).collect() {
        return Values::Floats(floats);
    }
    Values::Texts(fields)
}

/// Reads the columns of a CSV file.
fn read(path: &PathBuf) -> Result<Vec<(String, Values)>, csv::Error> {
    let mut reader = csv::Reader::from_path(path)?;
    let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let mut columns: Vec<Vec<String>> = vec![Vec::new(); names.len()];
    for record in reader.records() {
        for (column, field) in columns.iter_mut().zip(&record?) {
            column.push(field.to_owned());
        }
    }
    Ok(names.into_iter().zip(columns.into_iter().map(typed)).collect())
}

#[pymethods]
impl Table {
    /// Creates a table from keyword arguments: `Table(name=["a"], size=[1])`.
    #[new]
    #[pyo3(signature = (**columns))]
    fn new(columns: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let columns = columns.into_iter().flatten();
        let columns: PyResult<_> = columns.map(|(name, values)| Ok((name.extract()?, values.extract()?))).collect();
        Table::checked(columns?)
    }

    /// Reads a table from a CSV file with a header. If all fields of a column are numbers, the column holds numbers.
    ///
    /// Other threads can run Python while the file is read.
    #[staticmethod]
    fn read_csv(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let columns = py.detach(|| read(&path));
        Table::checked(columns.map_err(|error| PyValueError::new_err(format!("{}: {error}", path.display())))?)
    }

    /// The names of the columns.
    #[getter]
    fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// Returns the number of rows.
    fn __len__(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    fn __contains__(&self, name: &str) -> bool {
        self.values(name).is_ok()
    }

    fn __getitem__(&self, name: &str) -> PyResult<Column> {
        self.values(name).cloned().map(Column)
    }

    fn __repr__(&self) -> String {
        format!("<Table of {} rows: {}>", self.__len__(), self.names().join(", "))
    }

    /// Returns a copy of the table with one column added or replaced.
    fn with_column(&self, name: String, column: PyRef<'_, Column>) -> PyResult<Self> {
        let mut columns = self.columns.clone();
        columns.retain(|(other, _)| *other != name);
        columns.push((name, column.0.clone()));
        Table::checked(columns)
    }

    /// Returns the rows for which `mask`, a column of booleans, is `True`.
    fn filter(&self, mask: PyRef<'_, Column>) -> PyResult<Self> {
        let Values::Bools(mask) = &mask.0 else {
            return Err(PyTypeError::new_err("a filter is a column of bools, as comparisons give"));
        };
        if mask.len() != self.__len__() {
            return Err(PyValueError::new_err("the filter has another number of rows"));
        }
        let keep = |(name, values): &(String, Values)| (name.clone(), values.filtered(mask));
        Ok(Table { columns: self.columns.iter().map(keep).collect() })
    }

    /// Sums up the column `of` for each value of the column `by`. Returns a dict, sorted by its keys.
    fn sums<'py>(&self, py: Python<'py>, of: &str, by: &str) -> PyResult<Bound<'py, PyDict>> {
        let numbers = self.values(of)?.numbers()?;
        let Values::Texts(keys) = self.values(by)? else {
            return Err(PyTypeError::new_err("rows are grouped by a column of texts"));
        };
        let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
        for (key, number) in keys.iter().zip(numbers) {
            *sums.entry(key).or_default() += number;
        }
        sums.into_pyobject(py)
    }
}
