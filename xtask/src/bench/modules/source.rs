//! The source of the generated modules.

use std::fmt::Write;

/// The number of functions and of classes.
const FUNCTIONS: usize = 50;
const CLASSES: usize = 20;

/// What the module has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Content {
    Nothing,
    Functions,
    Classes,
    All,
}

impl Content {
    pub const EACH: [Content; 4] = [Content::Nothing, Content::Functions, Content::Classes, Content::All];

    /// The name of the module.
    pub fn name(self) -> &'static str {
        match self {
            Content::Nothing => "empty",
            Content::Functions => "functions",
            Content::Classes => "classes",
            Content::All => "all_of_it",
        }
    }

    /// Writes the module. Every fifth function and every class has the same shape, but its own code.
    pub fn source(self) -> String {
        let has = |part| self == part || self == Content::All;
        let functions = if has(Content::Functions) { FUNCTIONS } else { 0 };
        let classes = if has(Content::Classes) { CLASSES } else { 0 };
        let mut text = "#![allow(unused_imports)]\n\nuse pyo3::exceptions::{PyIndexError, PyValueError};\nuse \
                        pyo3::prelude::*;\nuse pyo3::types::{PyDict, PyTuple, PyType};\n"
            .to_owned();
        let mut exports = String::new();
        // Writing to a `String` cannot fail.
        for index in 0..functions {
            text += &FUNCTION_SHAPES[index % FUNCTION_SHAPES.len()].replace("INDEX", &index.to_string());
            let _ = writeln!(exports, "    m.add_function(wrap_pyfunction!(function{index}, m)?)?;");
        }
        for index in 0..classes {
            text += &CLASS.replace("INDEX", &index.to_string());
            let _ = writeln!(exports, "    m.add_class::<Class{index}>()?;");
        }
        let name = self.name();
        let _ = write!(
            text,
            "\n#[pymodule]\nfn {name}(m: &Bound<'_, PyModule>) -> PyResult<()> {{\n    let _ = m;\n{exports}    \
             Ok(())\n}}\n"
        );
        text
    }
}

const FUNCTION_SHAPES: [&str; 5] = [
    "
/// Adds two numbers.
#[pyfunction]
fn functionINDEX(a: i64, b: i64) -> i64 {
    a.wrapping_add(b).wrapping_mul(INDEX)
}
",
    "
/// Repeats a text.
#[pyfunction]
#[pyo3(signature = (text, times = INDEX))]
fn functionINDEX(text: &str, times: usize) -> String {
    text.repeat(times)
}
",
    "
/// Returns the mean of numbers.
#[pyfunction]
fn functionINDEX(numbers: Vec<f64>) -> PyResult<f64> {
    if numbers.len() <= INDEX {
        return Err(PyValueError::new_err(\"not enough numbers\"));
    }
    Ok(numbers.iter().sum::<f64>() / numbers.len() as f64)
}
",
    "
/// Looks something up.
#[pyfunction]
fn functionINDEX<'py>(dict: &Bound<'py, PyDict>, key: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    dict.get_item(format!(\"{key} INDEX\"))
}
",
    "
/// Counts arguments.
#[pyfunction]
#[pyo3(signature = (*args, **kwargs))]
fn functionINDEX(args: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>) -> usize {
    INDEX + args.len() + kwargs.map_or(0, |kwargs| kwargs.len())
}
",
];

const CLASS: &str = "
/// Some values with a name.
#[pyclass]
struct ClassINDEX {
    #[pyo3(get, set)]
    name: String,
    #[pyo3(get)]
    first: i64,
    values: Vec<f64>,
}

#[pymethods]
impl ClassINDEX {
    #[new]
    #[pyo3(signature = (name, first = INDEX, *, values = Vec::new()))]
    fn new(name: String, first: i64, values: Vec<f64>) -> Self {
        ClassINDEX { name, first, values }
    }

    /// Returns an instance without values.
    #[classmethod]
    fn empty(_class: &Bound<'_, PyType>, name: String) -> Self {
        ClassINDEX { name, first: INDEX, values: Vec::new() }
    }

    /// Returns a number.
    #[staticmethod]
    fn number() -> u32 {
        INDEX
    }

    /// The mean of the values.
    #[getter]
    fn mean(&self) -> Option<f64> {
        let count = self.values.len();
        (count > INDEX).then(|| self.values.iter().sum::<f64>() / count as f64)
    }

    /// Adds a value.
    fn push(&mut self, value: f64) {
        self.values.push(value + INDEX as f64);
    }

    /// Returns the sum of the values and a number.
    #[pyo3(signature = (start = INDEX as f64))]
    fn sum(&self, start: f64) -> f64 {
        self.values.iter().fold(start, |sum, value| sum + value)
    }

    fn __len__(&self) -> usize {
        self.values.len()
    }

    fn __getitem__(&self, index: usize) -> PyResult<f64> {
        self.values.get(index).copied().ok_or_else(|| PyIndexError::new_err(\"no value INDEX\"))
    }

    fn __add__(&self, other: PyRef<'_, Self>) -> Self {
        let values = self.values.iter().chain(&other.values).copied().collect();
        ClassINDEX { name: self.name.clone(), first: self.first, values }
    }

    fn __repr__(&self) -> String {
        format!(\"ClassINDEX({:?}, {})\", self.name, self.first)
    }
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_have_what_their_names_say() {
        for (content, functions, classes) in [
            (Content::Nothing, 0, 0),
            (Content::Functions, FUNCTIONS, 0),
            (Content::Classes, 0, CLASSES),
            (Content::All, FUNCTIONS, CLASSES),
        ] {
            let source = content.source();
            syn::parse_file(&source).expect("it is Rust");
            assert_eq!(source.matches("#[pyfunction]").count(), functions);
            assert_eq!(source.matches("#[pyclass]").count(), classes);
            assert!(!source.contains("INDEX"));
        }
    }
}
