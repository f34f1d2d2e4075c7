//! Conversions between `num_rational::Ratio` and `fractions.Fraction`. Feature `num-rational`; with `num-bigint`, also
//! for `BigInt`.
//!
//! Any object with a `numerator` and a `denominator` converts to a `Ratio`, including every `int`.
//!
//! ```
//! use num_rational::Ratio;
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let half: Ratio<i32> = py.import("fractions")?.call_method1("Fraction", (1, 2))?.extract()?;
//!     assert_eq!((half + 1).into_pyobject(py)?.str()?, "3/2");
//!     Ok(())
//! })
//! # }
//! ```

#[cfg(feature = "num-bigint")]
use num_bigint::BigInt;
use num_rational::Ratio;

use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject};
use crate::exceptions::{PyOverflowError, PyZeroDivisionError};
use crate::sync::PyOnceLock;
use crate::types::{PyAny, PyAnyMethods, PyInt, PyString, PyType};
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python, intern};

/// Returns the class `fractions.Fraction`.
fn class(py: Python<'_>) -> PyResult<&Bound<'_, PyType>> {
    static CLASS: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    CLASS.import(py, "fractions", "Fraction")
}

/// Returns `int(object.name)`, converted to a Rust integer.
fn part<'py, T>(object: Borrowed<'_, 'py, PyAny>, name: &Bound<'py, PyString>) -> PyResult<T>
where
    T: FromPyObjectOwned<'py>,
{
    let part = object.getattr(name)?;
    if part.is_exact_instance_of::<PyInt>() {
        return part.extract().map_err(Into::into);
    }
    let integer = object.py().get_type::<PyInt>().call1((part,))?;
    integer.extract().map_err(Into::into)
}

macro_rules! ratios {
    ($($integer:ty, $negated:expr;)+) => {
        $(
            /// Returns `ZeroDivisionError` if the denominator is zero.
            impl FromPyObject<'_, '_> for Ratio<$integer> {
                type Error = PyErr;
                input_type!("fractions" "Fraction");

                fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
                    let mut numerator: $integer = part(object, intern!(object.py(), "numerator"))?;
                    let mut denominator: $integer = part(object, intern!(object.py(), "denominator"))?;
                    let zero = <$integer>::from(0_i8);
                    if denominator == zero {
                        return Err(PyZeroDivisionError::new_err(format!("Fraction({numerator}, 0)")));
                    }
                    // A `Fraction` never has a negative denominator, but other objects may. `Ratio` would negate both
                    // parts, and panic for the lowest integer, which has no negation.
                    if denominator < zero {
                        let negated: fn(&$integer) -> Option<$integer> = $negated;
                        let (Some(upper), Some(lower)) = (negated(&numerator), negated(&denominator)) else {
                            return Err(PyOverflowError::new_err(
                                "out of range integral type conversion attempted",
                            ));
                        };
                        (numerator, denominator) = (upper, lower);
                    }
                    Ok(Ratio::new(numerator, denominator))
                }
            }

            impl<'py> IntoPyObject<'py> for Ratio<$integer> {
                type Target = PyAny;
                type Output = Bound<'py, PyAny>;
                type Error = PyErr;
                output_type!("fractions" "Fraction");

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                    (&self).into_pyobject(py)
                }
            }

            impl<'py> IntoPyObject<'py> for &Ratio<$integer> {
                type Target = PyAny;
                type Output = Bound<'py, PyAny>;
                type Error = PyErr;
                output_type!("fractions" "Fraction");

                fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                    class(py)?.call1((self.numer(), self.denom()))
                }
            }
        )+
    };
}

ratios! {
    i8, |integer| integer.checked_neg();
    i16, |integer| integer.checked_neg();
    i32, |integer| integer.checked_neg();
    i64, |integer| integer.checked_neg();
    isize, |integer| integer.checked_neg();
}

#[cfg(feature = "num-bigint")]
ratios! {
    BigInt, |integer| Some(-integer);
}
