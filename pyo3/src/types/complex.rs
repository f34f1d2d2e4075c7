//! `complex`.

use core::ffi::c_double;
use core::ops::{Add, Div, Mul, Neg, Sub};

use pyo3_backend::ComplexOps;

use crate::backend::Active;
use crate::types::PyAnyMethods;
use crate::{Borrowed, Bound, PyAny, PyResult, Python, intern};

native_types! {
    /// Python's `complex`. Methods are in [`PyComplexMethods`]; `+`, `-`, `*` and `/` work on it.
    PyComplex = Complex;
}

impl PyComplex {
    /// A complex number of these parts.
    pub fn from_doubles(py: Python<'_>, real: c_double, imag: c_double) -> Bound<'_, PyComplex> {
        Bound::from_handle(Active::complex_from_f64(py.attached(), real, imag))
    }
}

/// Methods of [`PyComplex`].
#[doc(alias = "PyComplex")]
pub trait PyComplexMethods<'py>: crate::types::sealed::Sealed {
    /// The real part.
    fn real(&self) -> c_double;

    /// The imaginary part.
    fn imag(&self) -> c_double;

    /// The absolute value.
    fn abs(&self) -> c_double;

    /// `self ** other`
    ///
    /// # Panics
    ///
    /// Where the result is not defined.
    fn pow(&self, other: &Bound<'py, PyComplex>) -> Bound<'py, PyComplex>;
}

impl<'py> PyComplexMethods<'py> for Bound<'py, PyComplex> {
    fn real(&self) -> c_double {
        double(self.getattr(intern!(self.py(), "real")))
    }

    fn imag(&self) -> c_double {
        double(self.getattr(intern!(self.py(), "imag")))
    }

    fn abs(&self) -> c_double {
        double(self.call_method0(intern!(self.py(), "__abs__")))
    }

    fn pow(&self, other: &Bound<'py, PyComplex>) -> Bound<'py, PyComplex> {
        complex(PyAnyMethods::pow(self.as_any(), other, self.py().None()))
    }
}

/// A part of a complex number.
#[track_caller]
fn double(value: PyResult<Bound<'_, PyAny>>) -> c_double {
    value.and_then(|value| value.extract()).expect("a complex number has it, and it is a float")
}

/// The result of complex arithmetic.
#[track_caller]
fn complex(result: PyResult<Bound<'_, PyAny>>) -> Bound<'_, PyComplex> {
    let result = result.expect("Complex method failed");
    result.cast_into().expect("the result of complex arithmetic is a complex number")
}

macro_rules! operators {
    ($($operator:ident::$method:ident $apply:ident;)+) => {
        $(
            operators!(@one $operator::$method $apply, Borrowed<'_, 'py, PyComplex>, Borrowed<'_, 'py, PyComplex>);
            operators!(@one $operator::$method $apply, &Bound<'py, PyComplex>, &Bound<'py, PyComplex>);
            operators!(@one $operator::$method $apply, &Bound<'py, PyComplex>, Bound<'py, PyComplex>);
            operators!(@one $operator::$method $apply, Bound<'py, PyComplex>, Bound<'py, PyComplex>);
            operators!(@one $operator::$method $apply, Bound<'py, PyComplex>, &Bound<'py, PyComplex>);
        )+
    };
    (@one $operator:ident::$method:ident $apply:ident, $left:ty, $right:ty) => {
        /// # Panics
        ///
        /// Where the result is not defined.
        impl<'py> $operator<$right> for $left {
            type Output = Bound<'py, PyComplex>;

            #[track_caller]
            fn $method(self, other: $right) -> Self::Output {
                complex(PyAnyMethods::$apply(self.as_any(), other.as_any()))
            }
        }
    };
}

operators! {
    Add::add add;
    Sub::sub sub;
    Mul::mul mul;
    Div::div div;
}

impl<'py> Neg for Borrowed<'_, 'py, PyComplex> {
    type Output = Bound<'py, PyComplex>;

    fn neg(self) -> Self::Output {
        complex(PyAnyMethods::neg(self.as_any()))
    }
}

impl<'py> Neg for &Bound<'py, PyComplex> {
    type Output = Bound<'py, PyComplex>;

    fn neg(self) -> Self::Output {
        self.as_borrowed().neg()
    }
}

impl<'py> Neg for Bound<'py, PyComplex> {
    type Output = Bound<'py, PyComplex>;

    fn neg(self) -> Self::Output {
        self.as_borrowed().neg()
    }
}
