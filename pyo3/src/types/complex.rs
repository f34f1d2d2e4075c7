//! [`PyComplex`]: Python's `complex`.

use core::ffi::c_double;
use core::ops::{Add, Div, Mul, Neg, Sub};

use pyo3_backend::{ComplexOp, ComplexOps};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::{Borrowed, Bound, PyResult, Python};

native_types! {
    /// Python's `complex`. Its methods are in [`PyComplexMethods`]. The operators `+`, `-`, `*` and `/` work on it.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyComplex;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let i = PyComplex::from_doubles(py, 0.0, 1.0);
    ///     let square = &i * &i;
    ///     assert_eq!((square.real(), square.imag()), (-1.0, 0.0));
    /// });
    /// ```
    PyComplex = Complex;
}

impl PyComplex {
    /// Creates a complex number from its real and imaginary parts.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyComplex;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(PyComplex::from_doubles(py, 3.0, 4.0).to_string(), "(3+4j)");
    /// });
    /// ```
    pub fn from_doubles(py: Python<'_>, real: c_double, imag: c_double) -> Bound<'_, PyComplex> {
        Bound::from_handle(Active::complex_from_f64(py.attached(), real, imag))
    }
}

/// Methods of [`PyComplex`].
#[doc(alias = "PyComplex")]
pub trait PyComplexMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the real part.
    fn real(&self) -> c_double;

    /// Returns the imaginary part.
    fn imag(&self) -> c_double;

    /// Returns the absolute value.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyComplex;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(PyComplex::from_doubles(py, 3.0, 4.0).abs(), 5.0);
    /// });
    /// ```
    fn abs(&self) -> c_double;

    /// Returns `self ** other`.
    ///
    /// # Panics
    ///
    /// Panics if Python raises an exception, as for zero to a negative power.
    fn pow(&self, other: &Bound<'py, PyComplex>) -> Bound<'py, PyComplex>;
}

impl<'py> PyComplexMethods<'py> for Bound<'py, PyComplex> {
    #[inline]
    fn real(&self) -> c_double {
        Active::complex_value(self.py().attached(), self.handle()).0
    }

    #[inline]
    fn imag(&self) -> c_double {
        Active::complex_value(self.py().attached(), self.handle()).1
    }

    #[inline]
    fn abs(&self) -> c_double {
        let (real, imag) = Active::complex_value(self.py().attached(), self.handle());
        real.hypot(imag)
    }

    #[track_caller]
    fn pow(&self, other: &Bound<'py, PyComplex>) -> Bound<'py, PyComplex> {
        calculated(ComplexOp::Power, self, other)
    }
}

/// Returns the result of an arithmetic operation, and panics if the operation raises an exception.
#[inline]
#[track_caller]
fn calculated<'py>(
    op: ComplexOp,
    left: &Bound<'py, PyComplex>,
    right: &Bound<'py, PyComplex>,
) -> Bound<'py, PyComplex> {
    let py = left.py();
    match Active::complex_arithmetic(py.attached(), op, left.handle(), right.handle()) {
        Ok(number) => Bound::from_handle(number),
        Err(raised) => undefined(op, Err(raised).or_raise(py)),
    }
}

/// Panics with the exception that the operation raised.
#[cold]
#[track_caller]
fn undefined<T>(op: ComplexOp, result: PyResult<T>) -> T {
    let method = match op {
        ComplexOp::Add => "add",
        ComplexOp::Subtract => "sub",
        ComplexOp::Multiply => "mul",
        ComplexOp::Divide => "div",
        ComplexOp::Power => "pow",
    };
    result.unwrap_or_else(|error| panic!("Complex method {method} failed.: {error:?}"))
}

macro_rules! operators {
    ($($operator:ident::$method:ident $apply:ident;)+) => {
        $(
            operators!(@one $method $apply, Borrowed<'_, 'py, PyComplex>, ($operator) for Borrowed<'_, 'py, PyComplex>);
            operators!(@one $method $apply, &Bound<'py, PyComplex>, ($operator) for &Bound<'py, PyComplex>);
            operators!(@one $method $apply, Bound<'py, PyComplex>, ($operator<Bound<'py, PyComplex>>) for &Bound<'py, PyComplex>);
            operators!(@one $method $apply, Bound<'py, PyComplex>, ($operator) for Bound<'py, PyComplex>);
            operators!(@one $method $apply, &Bound<'py, PyComplex>, ($operator<&Bound<'py, PyComplex>>) for Bound<'py, PyComplex>);
        )+
    };
    (@one $method:ident $apply:ident, $right:ty, ($($operator:tt)+) for $left:ty) => {
        /// # Panics
        ///
        /// Panics if Python raises an exception, as for a division by zero.
        impl<'py> $($operator)+ for $left {
            type Output = Bound<'py, PyComplex>;

            #[track_caller]
            fn $method(self, other: $right) -> Self::Output {
                calculated(ComplexOp::$apply, &self, &other)
            }
        }
    };
}

operators! {
    Add::add Add;
    Sub::sub Subtract;
    Mul::mul Multiply;
    Div::div Divide;
}

impl<'py> Neg for Borrowed<'_, 'py, PyComplex> {
    type Output = Bound<'py, PyComplex>;

    fn neg(self) -> Self::Output {
        let (real, imag) = Active::complex_value(self.py().attached(), self.handle());
        PyComplex::from_doubles(self.py(), -real, -imag)
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
