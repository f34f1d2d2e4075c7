//! Conversions of tuples with up to twelve items. The unit type `()` converts to the empty tuple.

use core::convert::Infallible;

use pyo3_backend::TupleOps;

use crate::backend::{Active, Owned};
use crate::conversion::{FromPyObject, IntoPyObject, IntoPyObjectExt};
use crate::types::{PyAny, PyTuple};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py> IntoPyObject<'py> for () {
    type Target = PyTuple;
    type Output = Bound<'py, PyTuple>;
    type Error = Infallible;
    output_type!((type PyTuple)[]);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Active::tuple_from(py.attached(), 0, core::iter::empty()).map(Bound::from_handle)
    }
}

/// Converts an item for a tuple under construction.
#[inline]
fn item<'py, T: IntoPyObject<'py>>(value: T, py: Python<'py>) -> PyResult<Owned<'py>> {
    value.into_bound_py_any(py).map(Bound::into_owned)
}

/// Creates a tuple of items that are already Python objects.
#[inline]
fn tuple_from<'py, const N: usize>(py: Python<'py>, items: [Owned<'py>; N]) -> Bound<'py, PyTuple> {
    match Active::tuple_from::<Infallible>(py.attached(), N, items.into_iter().map(Ok)) {
        Ok(tuple) => Bound::from_handle(tuple),
        Err(never) => match never {},
    }
}

macro_rules! tuples {
    ($($T:ident $value:ident),+) => {
        impl<'py, $($T: IntoPyObject<'py>),+> IntoPyObject<'py> for ($($T,)+) {
            type Target = PyTuple;
            type Output = Bound<'py, PyTuple>;
            type Error = PyErr;
            output_type!((type PyTuple)[$((into $T)),+]);

            #[inline]
            fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                let ($($value,)+) = self;
                Ok(tuple_from(py, [$(item($value, py)?),+]))
            }
        }

        impl<'a, 'py, $($T),+> IntoPyObject<'py> for &'a ($($T,)+)
        where
            $(&'a $T: IntoPyObject<'py>,)+
        {
            type Target = PyTuple;
            type Output = Bound<'py, PyTuple>;
            type Error = PyErr;
            output_type!((type PyTuple)[$((into &'a $T)),+]);

            #[inline]
            fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
                let ($($value,)+) = self;
                Ok(tuple_from(py, [$(item($value, py)?),+]))
            }
        }

        impl<'a, 'py, $($T: FromPyObject<'a, 'py>),+> FromPyObject<'a, 'py> for ($($T,)+) {
            type Error = PyErr;
            input_type!((type PyTuple)[$((from $T)),+]);

            #[inline]
            fn extract(object: Borrowed<'a, 'py, PyAny>) -> PyResult<Self> {
                let [$($value),+] = object.cast::<PyTuple>()?.items()?;
                Ok(($($value.extract::<$T>().map_err(Into::into)?,)+))
            }
        }
    };
}

tuples!(A a);
tuples!(A a, B b);
tuples!(A a, B b, C c);
tuples!(A a, B b, C c, D d);
tuples!(A a, B b, C c, D d, E e);
tuples!(A a, B b, C c, D d, E e, F f);
tuples!(A a, B b, C c, D d, E e, F f, G g);
tuples!(A a, B b, C c, D d, E e, F f, G g, H h);
tuples!(A a, B b, C c, D d, E e, F f, G g, H h, I i);
tuples!(A a, B b, C c, D d, E e, F f, G g, H h, I i, J j);
tuples!(A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k);
tuples!(A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l);
