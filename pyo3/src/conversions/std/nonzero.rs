//! Conversions of integers that are not zero.

use core::convert::Infallible;
use core::num::NonZero;

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyInt};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

macro_rules! nonzero {
    ($($primitive:ty)*) => {
        $(
            impl<'py> IntoPyObject<'py> for NonZero<$primitive> {
                type Target = PyInt;
                type Output = Bound<'py, PyInt>;
                type Error = Infallible;
                output_type!(type Self::Target);

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
                    self.get().into_pyobject(py)
                }
            }

            by_copy! { NonZero<$primitive> => PyInt, Infallible; }

            impl FromPyObject<'_, '_> for NonZero<$primitive> {
                type Error = PyErr;
                input_type!(from $primitive);

                fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
                    let value: $primitive = object.extract()?;
                    NonZero::new(value).ok_or_else(|| PyValueError::new_err("invalid zero value"))
                }
            }
        )*
    };
}

nonzero! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }
