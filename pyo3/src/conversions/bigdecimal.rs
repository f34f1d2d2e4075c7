//! Conversions between `bigdecimal::BigDecimal` and `decimal.Decimal`. Feature `bigdecimal`.
//!
//! Any object whose text is a decimal number converts to `BigDecimal`: `decimal.Decimal`, `int`, `float`, `str`. Both
//! directions keep all digits.
//!
//! ```
//! use bigdecimal::BigDecimal;
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let number: BigDecimal = py.import("decimal")?.call_method1("Decimal", ("1e-100",))?.extract()?;
//!     assert_eq!(number.square().into_pyobject(py)?.str()?, "1E-200");
//!     Ok(())
//! })
//! # }
//! ```

use bigdecimal::BigDecimal;
use num_bigint::Sign;

use super::decimal;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::PyValueError;
use crate::sync::PyOnceLock;
use crate::types::{PyAny, PyAnyMethods, PyStringMethods, PyTuple, PyType};
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python};

/// Returns `ValueError` if the object is not a decimal number. Infinity and NaN are not.
impl FromPyObject<'_, '_> for BigDecimal {
    type Error = PyErr;
    input_type!("decimal" "Decimal");

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let text = object.str()?;
        text.to_cow()?
            .parse()
            .map_err(|error: bigdecimal::ParseBigDecimalError| PyValueError::new_err(error.to_string()))
    }
}

/// Returns `decimal.InvalidOperation` if Python's exponent cannot hold the scale.
impl<'py> IntoPyObject<'py> for BigDecimal {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!("decimal" "Decimal");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let class = decimal::class(py)?;
        let (integer, scale) = self.into_bigint_and_exponent();
        if scale == 0 {
            return class.call1((integer,));
        }
        let exponent = scale.checked_neg().ok_or_else(|| invalid_operation(py))?;
        let (sign, digits) = integer.to_radix_be(10);
        let sign = u8::from(sign == Sign::Minus);
        class.call1(((sign, PyTuple::new(py, digits)?, exponent),))
    }
}

/// Returns the exception `decimal.InvalidOperation()`.
#[cold]
fn invalid_operation(py: Python<'_>) -> PyErr {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    match CLASS.import(py, "decimal", "InvalidOperation") {
        Ok(class) => PyErr::from_type(class.clone(), ()),
        Err(error) => error,
    }
}
