//! Conversions of integers that are not zero.

use core::convert::Infallible;
use core::num::{
    NonZeroI8, NonZeroI16, NonZeroI32, NonZeroI64, NonZeroI128, NonZeroIsize, NonZeroU8, NonZeroU16, NonZeroU32,
    NonZeroU64, NonZeroU128, NonZeroUsize,
};

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyInt};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

macro_rules! nonzero {
    ($($name:ident: $primitive:ty,)*) => {
        $(
            impl<'py> IntoPyObject<'py> for $name {
                type Target = PyInt;
                type Output = Bound<'py, PyInt>;
                type Error = Infallible;
                output_type!(type Self::Target);

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
                    self.get().into_pyobject(py)
                }
            }

            by_copy! { $name => PyInt, Infallible; }

            impl FromPyObject<'_, '_> for $name {
                type Error = PyErr;
                input_type!(from $primitive);

                fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
                    let value: $primitive = object.extract()?;
                    $name::new(value).ok_or_else(|| PyValueError::new_err("invalid zero value"))
                }
            }
        )*
    };
}

// The aliases are the names that the documentation shows.
nonzero! {
    NonZeroI8: i8,
    NonZeroI16: i16,
    NonZeroI32: i32,
    NonZeroI64: i64,
    NonZeroI128: i128,
    NonZeroIsize: isize,
    NonZeroU8: u8,
    NonZeroU16: u16,
    NonZeroU32: u32,
    NonZeroU64: u64,
    NonZeroU128: u128,
    NonZeroUsize: usize,
}
