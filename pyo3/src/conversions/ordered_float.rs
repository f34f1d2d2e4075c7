//! Conversions between `ordered_float::OrderedFloat` or `NotNan` and `float`. Feature `ordered-float`.
//!
//! ```
//! use ordered_float::NotNan;
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let mut numbers: Vec<NotNan<f64>> = py.eval(c"[2.5, -1.0, 0.5]", None, None)?.extract()?;
//!     numbers.sort();
//!     assert_eq!(numbers.into_pyobject(py)?.repr()?, "[-1.0, 0.5, 2.5]");
//!     let error = py.eval(c"float('nan')", None, None)?.extract::<NotNan<f64>>().unwrap_err();
//!     assert_eq!(error.to_string(), "ValueError: NotNan constructed with NaN");
//!     Ok(())
//! })
//! # }
//! ```

use core::convert::Infallible;

use ordered_float::{NotNan, OrderedFloat};

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyFloat};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

macro_rules! floats {
    ($($float:ty),+) => {
        $(
            impl<'a, 'py> FromPyObject<'a, 'py> for OrderedFloat<$float> {
                type Error = <$float as FromPyObject<'a, 'py>>::Error;
                input_type!(from $float);

                #[inline]
                fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
                    object.extract().map(OrderedFloat)
                }
            }

            /// Returns `ValueError` if the `float` is NaN.
            impl FromPyObject<'_, '_> for NotNan<$float> {
                type Error = PyErr;
                input_type!(from $float);

                fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
                    NotNan::new(object.extract::<$float>()?).map_err(|error| PyValueError::new_err(error.to_string()))
                }
            }

            floats!(@into OrderedFloat<$float>);
            floats!(@into NotNan<$float>);
        )+
    };
    (@into $wrapper:ty) => {
        impl<'py> IntoPyObject<'py> for $wrapper {
            type Target = PyFloat;
            type Output = Bound<'py, PyFloat>;
            type Error = Infallible;
            output_type!(type Self::Target);

            #[inline]
            fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
                self.into_inner().into_pyobject(py)
            }
        }

        by_copy! { $wrapper => PyFloat, Infallible; }
    };
}

floats!(f32, f64);
