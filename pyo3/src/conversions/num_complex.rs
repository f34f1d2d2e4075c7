//! Conversions between `num_complex::Complex` and `complex`. Feature `num-complex`.
//!
//! An object with `__complex__`, `__float__` or `__index__` is converted like the number that the method returns.
//!
//! ```
//! use num_complex::Complex;
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let number: Complex<f64> = py.eval(c"(1 + 2j) ** 2", None, None)?.extract()?;
//!     assert_eq!(number, Complex::new(-3.0, 4.0));
//!     assert_eq!(number.into_pyobject(py)?.repr()?, "(-3+4j)");
//!     Ok(())
//! })
//! # }
//! ```

use core::convert::Infallible;
use core::ffi::c_double;

use num_complex::Complex;
use pyo3_backend::ComplexOps;

use crate::backend::Active;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::err::ResultExt;
use crate::types::{PyAny, PyComplex};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl PyComplex {
    /// Creates a Python `complex` from a `num_complex::Complex`.
    pub fn from_complex_bound<F: Into<c_double>>(py: Python<'_>, complex: Complex<F>) -> Bound<'_, PyComplex> {
        PyComplex::from_doubles(py, complex.re.into(), complex.im.into())
    }
}

macro_rules! complex {
    ($($float:ty),+) => {
        $(
            impl<'py> IntoPyObject<'py> for Complex<$float> {
                type Target = PyComplex;
                type Output = Bound<'py, PyComplex>;
                type Error = Infallible;
                output_type!(type Self::Target);

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
                    Ok(PyComplex::from_complex_bound(py, self))
                }
            }

            by_copy! { Complex<$float> => PyComplex, Infallible; }

            impl FromPyObject<'_, '_> for Complex<$float> {
                type Error = PyErr;
                input_type!(type crate::types::PyComplex);

                fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
                    let py = object.py();
                    let (re, im) = Active::complex_to_f64(py.attached(), object.any_handle()).or_raise(py)?;
                    // The cast rounds to the nearest value, like the conversion of a single float.
                    Ok(Complex::new(re as $float, im as $float))
                }
            }
        )+
    };
}

complex!(f32, f64);
