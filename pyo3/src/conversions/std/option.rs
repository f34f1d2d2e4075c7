//! Conversions of `Option`, whose `None` is Python's `None`.

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::types::{PyAny, PyAnyMethods};
use crate::{Borrowed, Bound, BoundObject, Python};

impl<'py, T: IntoPyObject<'py>> IntoPyObject<'py> for Option<T> {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = T::Error;
    output_type!((into T) | (none));

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        match self {
            Some(value) => value.into_pyobject(py).map(|object| object.into_any().into_bound()),
            None => Ok(py.None().into_bound(py)),
        }
    }
}

impl<'a, 'py, T> IntoPyObject<'py> for &'a Option<T>
where
    &'a T: IntoPyObject<'py>,
{
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = <&'a T as IntoPyObject<'py>>::Error;
    output_type!((into &'a T) | (none));

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Self::Error> {
        self.as_ref().into_pyobject(py)
    }
}

impl<'a, 'py, T: FromPyObject<'a, 'py>> FromPyObject<'a, 'py> for Option<T> {
    type Error = T::Error;
    input_type!((from T) | (none));

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Self::Error> {
        if object.is_none() { Ok(None) } else { object.extract().map(Some) }
    }
}
