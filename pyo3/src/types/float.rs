//! [`PyFloat`]: Python's `float`.

use core::ffi::c_double;

use pyo3_backend::FloatOps;

use crate::backend::Active;
use crate::{Borrowed, Bound, Python};

native_types! {
    /// Python's `float`. Its methods are in [`PyFloatMethods`].
    ///
    /// `f64` and `f32` convert to it and from it.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyFloat;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let half = PyFloat::new(py, 0.5);
    ///     assert_eq!(half.value(), 0.5);
    ///     assert_eq!(half, 0.5);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyFloat = Float;
}

impl PyFloat {
    /// Creates a `float` with the value `val`.
    #[inline]
    pub fn new(py: Python<'_>, val: c_double) -> Bound<'_, PyFloat> {
        Bound::from_handle(Active::float_from_f64(py.attached(), val))
    }
}

/// Methods of [`PyFloat`].
#[doc(alias = "PyFloat")]
pub trait PyFloatMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the value.
    fn value(&self) -> c_double;
}

impl<'py> PyFloatMethods<'py> for Bound<'py, PyFloat> {
    #[inline]
    fn value(&self) -> c_double {
        Active::float_value(self.py().attached(), self.handle())
    }
}

/// Implements equality of Python's `float` and a Rust type, with either on the left, and through references.
macro_rules! equal_to {
    ($($float:ident)+) => {
        $(
            equal_to!(@one $float, Bound<'_, PyFloat>, $float);
            equal_to!(@one $float, &Bound<'_, PyFloat>, $float);
            equal_to!(@one $float, Borrowed<'_, '_, PyFloat>, $float);

            impl PartialEq<&$float> for Bound<'_, PyFloat> {
                #[inline]
                fn eq(&self, other: &&$float) -> bool {
                    self.value() as $float == **other
                }
            }

            impl PartialEq<&$float> for Borrowed<'_, '_, PyFloat> {
                #[inline]
                fn eq(&self, other: &&$float) -> bool {
                    self.value() as $float == **other
                }
            }

            impl PartialEq<Bound<'_, PyFloat>> for &$float {
                #[inline]
                fn eq(&self, other: &Bound<'_, PyFloat>) -> bool {
                    other == *self
                }
            }

            impl PartialEq<Borrowed<'_, '_, PyFloat>> for &$float {
                #[inline]
                fn eq(&self, other: &Borrowed<'_, '_, PyFloat>) -> bool {
                    other == *self
                }
            }
        )+
    };
    (@one $float:ident, $object:ty, $value:ty) => {
        impl PartialEq<$value> for $object {
            #[inline]
            fn eq(&self, other: &$value) -> bool {
                self.value() as $float == *other
            }
        }

        impl PartialEq<$object> for $value {
            #[inline]
            fn eq(&self, other: &$object) -> bool {
                other.value() as $float == *self
            }
        }
    };
}

equal_to!(f64 f32);
