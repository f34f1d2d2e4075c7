//! Conversions of `i128` and `u128`.

use core::convert::Infallible;

use pyo3_backend::IntOps;

use crate::backend::Active;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::err::ResultExt;
use crate::types::{PyAny, PyInt};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

macro_rules! wide {
    ($($ty:ty, $signed:literal, $narrow:ty => $from_narrow:ident;)*) => {
        $(
            impl<'py> IntoPyObject<'py> for $ty {
                type Target = PyInt;
                type Output = Bound<'py, PyInt>;
                type Error = Infallible;
                output_type!(type Self::Target);

                fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
                    let py = py.attached();
                    Ok(Bound::from_handle(match <$narrow>::try_from(self) {
                        Ok(narrow) => Active::$from_narrow(py, narrow),
                        Err(_) => Active::int_from_le_bytes(py, &self.to_le_bytes(), $signed),
                    }))
                }
            }

            by_copy! { $ty => PyInt, Infallible; }

            impl FromPyObject<'_, '_> for $ty {
                type Error = PyErr;
                input_type!("typing" "SupportsIndex");

                fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
                    let py = object.py();
                    let mut bytes = [0; size_of::<$ty>()];
                    Active::int_to_le_bytes(py.attached(), object.any_handle(), &mut bytes, $signed).or_raise(py)?;
                    Ok(<$ty>::from_le_bytes(bytes))
                }
            }
        )*
    };
}

wide! {
    i128, true, i64 => int_from_i64;
    u128, false, u64 => int_from_u64;
}
