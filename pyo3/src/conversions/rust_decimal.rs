//! Conversions between `rust_decimal::Decimal` and `decimal.Decimal`. Feature `rust_decimal`.
//!
//! Integers, and any objects whose text is a decimal number, such as `str` and `float`, also convert to Rust's
//! `Decimal`. It has 96 bits: decimal places beyond that are rounded, and larger numbers are refused.
//!
//! ```
//! use pyo3::prelude::*;
//! use rust_decimal::Decimal;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let price: Decimal = py.import("decimal")?.call_method1("Decimal", ("19.90",))?.extract()?;
//!     assert_eq!((price * Decimal::TEN).into_pyobject(py)?.str()?, "199.00");
//!     Ok(())
//! })
//! # }
//! ```

use rust_decimal::Decimal;

use super::decimal;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyAnyMethods, PyStringMethods};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Returns `ValueError` if the object is not a decimal number, or if it is too large.
impl FromPyObject<'_, '_> for Decimal {
    type Error = PyErr;
    input_type!("decimal" "Decimal");

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if let Ok(integer) = object.extract::<i64>() {
            return Ok(integer.into());
        }
        // The text has all digits. Going through `f64` would lose some.
        let text = object.str()?;
        let text = text.to_cow()?;
        let parsed = text.parse().or_else(|_| Decimal::from_scientific(&text));
        parsed.map_err(|error| PyValueError::new_err(error.to_string()))
    }
}

impl<'py> IntoPyObject<'py> for Decimal {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!("decimal" "Decimal");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        decimal::class(py)?.call1((self.to_string(),))
    }
}

by_copy! { Decimal => PyAny, PyErr; }
