//! Conversions between `num_bigint::BigInt` or `BigUint`, integers of any size, and `int`. Feature `num-bigint`.
//!
//! An object with `__index__` is converted like the integer that the method returns.
//!
//! ```
//! use num_bigint::BigInt;
//! use pyo3::prelude::*;
//!
//! #[pyfunction]
//! fn successor(number: BigInt) -> BigInt {
//!     number + 1
//! }
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let successor = wrap_pyfunction!(successor)(py)?;
//!     pyo3::py_run!(py, successor, "assert successor(10 ** 50) == 10 ** 50 + 1");
//!     Ok(())
//! })
//! # }
//! ```

use num_bigint::{BigInt, BigUint, Sign};
use pyo3_backend::{IntOps, IntValue};

use crate::backend::Active;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::err::ResultExt;
use crate::exceptions::PyOverflowError;
use crate::types::{PyAny, PyInt};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Returns the value of an integer, or the one that `__index__` returns.
fn value(object: Borrowed<'_, '_, PyAny>) -> PyResult<IntValue> {
    let py = object.py();
    Active::int_value(py.attached(), object.any_handle()).or_raise(py)
}

impl FromPyObject<'_, '_> for BigInt {
    type Error = PyErr;
    input_type!("typing" "SupportsIndex");

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Ok(match value(object)? {
            IntValue::Small(small) => small.into(),
            IntValue::Large { negative, digits } => {
                BigInt::new(if negative { Sign::Minus } else { Sign::Plus }, digits)
            }
        })
    }
}

/// Returns `OverflowError` if the integer is negative.
impl FromPyObject<'_, '_> for BigUint {
    type Error = PyErr;
    input_type!("typing" "SupportsIndex");

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        match value(object)? {
            IntValue::Small(small @ 0..) => Ok(small.unsigned_abs().into()),
            IntValue::Large { negative: false, digits } => Ok(BigUint::new(digits)),
            _ => Err(PyOverflowError::new_err("can't convert negative int to unsigned")),
        }
    }
}

impl<'py> IntoPyObject<'py> for &BigInt {
    type Target = PyInt;
    type Output = Bound<'py, PyInt>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(Bound::from_handle(match i64::try_from(self) {
            Ok(small) => Active::int_from_i64(py.attached(), small),
            Err(_) => {
                let digits: Vec<u32> = self.iter_u32_digits().collect();
                Active::int_from_digits(py.attached(), self.sign() == Sign::Minus, &digits)
            }
        }))
    }
}

impl<'py> IntoPyObject<'py> for &BigUint {
    type Target = PyInt;
    type Output = Bound<'py, PyInt>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        Ok(Bound::from_handle(match u64::try_from(self) {
            Ok(small) => Active::int_from_u64(py.attached(), small),
            Err(_) => {
                let digits: Vec<u32> = self.iter_u32_digits().collect();
                Active::int_from_digits(py.attached(), false, &digits)
            }
        }))
    }
}

macro_rules! by_reference {
    ($($number:ty)+) => {
        $(
            impl<'py> IntoPyObject<'py> for $number {
                type Target = PyInt;
                type Output = Bound<'py, PyInt>;
                type Error = PyErr;
                output_type!(type Self::Target);

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                    (&self).into_pyobject(py)
                }
            }
        )+
    };
}

by_reference!(BigInt BigUint);
