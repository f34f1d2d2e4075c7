//! Conversions of integers up to 64 bits. Sequences of `u8` convert to `bytes`.

use core::convert::Infallible;

use pyo3_backend::{IntOps, ListOps};

use super::list_blocks;
use crate::backend::Active;
use crate::conversion::{FromPyObject, IntoPyObject, private};
use crate::err::ResultExt;
use crate::exceptions::PyOverflowError;
use crate::types::{PyAny, PyByteArray, PyByteArrayMethods, PyBytes, PyInt, PyList};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Returns the error for an `int` that the Rust type cannot hold.
#[cold]
#[inline(never)]
fn out_of_range(error: core::num::TryFromIntError) -> PyErr {
    PyOverflowError::new_err(error.to_string())
}

/// Returns the value of an integer, or the one that `__index__` returns.
#[inline]
fn signed(object: Borrowed<'_, '_, PyAny>) -> PyResult<i64> {
    let py = object.py();
    Active::int_to_i64(py.attached(), object.any_handle()).or_raise(py)
}

/// Does the same as [`signed`], for values that may exceed `i64::MAX`.
#[inline]
fn unsigned(object: Borrowed<'_, '_, PyAny>) -> PyResult<u64> {
    let py = object.py();
    Active::int_to_u64(py.attached(), object.any_handle()).or_raise(py)
}

#[inline]
fn int_from_i64(py: Python<'_>, value: i64) -> Bound<'_, PyInt> {
    Bound::from_handle(Active::int_from_i64(py.attached(), value))
}

#[inline]
fn int_from_u64(py: Python<'_>, value: u64) -> Bound<'_, PyInt> {
    Bound::from_handle(Active::int_from_u64(py.attached(), value))
}

/// Reads the first items of a list, up to one that is no integer or does not fit into `T`.
#[inline]
fn read_ints<T: TryFrom<i64>>(list: Borrowed<'_, '_, PyList>, each: impl FnMut(T)) -> usize {
    list_blocks::read(list, list_blocks::numbers(), Active::list_read_ints, |value| value.try_into().ok(), each)
}

macro_rules! into_int {
    ($($ty:ty: $make:ident($wide:ty);)*) => {
        $(
            impl<'py> IntoPyObject<'py> for $ty {
                type Target = PyInt;
                type Output = Bound<'py, PyInt>;
                type Error = Infallible;
                output_type!(type Self::Target);

                #[inline]
                fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
                    // The cast loses nothing: no integer here is wider than 64 bits.
                    Ok($make(py, self as $wide))
                }
            }

            by_copy! { $ty => PyInt, Infallible; }
        )*
    };
}

macro_rules! from_int {
    ($($ty:ty: $value:ident;)*) => {
        $(
            impl FromPyObject<'_, '_> for $ty {
                type Error = PyErr;
                input_type!("typing" "SupportsIndex");

                #[inline]
                fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
                    <$ty>::try_from($value(object)?).map_err(out_of_range)
                }

                #[inline]
                fn read_list(list: Borrowed<'_, '_, PyList>, each: impl FnMut(Self), _: private::Token) -> usize {
                    read_ints(list, each)
                }
            }
        )*
    };
}

into_int! {
    i8: int_from_i64(i64);
    i16: int_from_i64(i64);
    i32: int_from_i64(i64);
    isize: int_from_i64(i64);
    u16: int_from_i64(i64);
    u32: int_from_i64(i64);
    i64: int_from_i64(i64);
    u64: int_from_u64(u64);
    usize: int_from_u64(u64);
}

from_int! {
    i8: signed;
    i16: signed;
    i32: signed;
    isize: signed;
    u16: signed;
    u32: signed;
    usize: unsigned;
}

impl FromPyObject<'_, '_> for i64 {
    type Error = PyErr;
    input_type!("typing" "SupportsIndex");

    #[inline]
    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        signed(object)
    }

    #[inline]
    fn read_list(list: Borrowed<'_, '_, PyList>, each: impl FnMut(Self), _: private::Token) -> usize {
        read_ints(list, each)
    }
}

impl FromPyObject<'_, '_> for u64 {
    type Error = PyErr;
    input_type!("typing" "SupportsIndex");

    #[inline]
    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        unsigned(object)
    }

    #[inline]
    fn read_list(list: Borrowed<'_, '_, PyList>, each: impl FnMut(Self), _: private::Token) -> usize {
        read_ints(list, each)
    }
}

impl<'py> IntoPyObject<'py> for u8 {
    type Target = PyInt;
    type Output = Bound<'py, PyInt>;
    type Error = Infallible;
    output_type!(type Self::Target);
    #[cfg(feature = "experimental-inspect")]
    const SEQUENCE_OUTPUT_TYPE: crate::inspect::PyStaticExpr = <PyBytes as crate::PyTypeCheck>::TYPE_HINT;

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(int_from_i64(py, self.into()))
    }

    #[inline]
    fn owned_sequence_into_pyobject<I>(iter: I, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>
    where
        I: AsRef<[u8]>,
    {
        Ok(PyBytes::new(py, iter.as_ref()).into_any())
    }
}

impl<'py> IntoPyObject<'py> for &u8 {
    type Target = PyInt;
    type Output = Bound<'py, PyInt>;
    type Error = Infallible;
    output_type!(type Self::Target);
    #[cfg(feature = "experimental-inspect")]
    const SEQUENCE_OUTPUT_TYPE: crate::inspect::PyStaticExpr = <PyBytes as crate::PyTypeCheck>::TYPE_HINT;

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        (*self).into_pyobject(py)
    }

    #[inline]
    fn borrowed_sequence_into_pyobject<I>(iter: I, py: Python<'py>) -> PyResult<Bound<'py, PyAny>>
    where
        I: AsRef<[<Self as private::Reference>::BaseType]>,
    {
        Ok(PyBytes::new(py, iter.as_ref()).into_any())
    }
}

impl<'py> FromPyObject<'_, 'py> for u8 {
    type Error = PyErr;
    input_type!("typing" "SupportsIndex");

    #[inline]
    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        u8::try_from(signed(object)?).map_err(out_of_range)
    }

    #[inline]
    fn read_list(list: Borrowed<'_, '_, PyList>, each: impl FnMut(Self), _: private::Token) -> usize {
        read_ints(list, each)
    }

    fn sequence_extractor(object: Borrowed<'_, 'py, PyAny>) -> Option<Vec<u8>> {
        if let Ok(bytes) = object.cast::<PyBytes>() {
            Some(bytes.as_bytes().to_vec())
        } else if let Ok(bytes) = object.cast::<PyByteArray>() {
            Some(bytes.to_vec())
        } else {
            None
        }
    }

    #[inline]
    fn array_extractor<const N: usize>(object: Borrowed<'_, 'py, PyAny>) -> Option<Result<[u8; N], usize>> {
        if let Ok(bytes) = object.cast::<PyBytes>() {
            let bytes = bytes.as_bytes();
            return Some(bytes.try_into().map_err(|_| bytes.len()));
        }
        // A `bytearray` may change, so it is copied first.
        let bytes = u8::sequence_extractor(object)?;
        Some(bytes.try_into().map_err(|bytes: Vec<u8>| bytes.len()))
    }
}
