//! Conversions of `bool`.

use core::convert::Infallible;

use pyo3_backend::ObjectOps;

use crate::backend::Active;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::PyTypeError;
use crate::types::{PyAny, PyAnyMethods, PyBool, PyString};
use crate::{Borrowed, PyErr, PyResult, Python};

impl<'py> IntoPyObject<'py> for bool {
    type Target = PyBool;
    type Output = Borrowed<'py, 'py, PyBool>;
    type Error = Infallible;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        Ok(Borrowed::from_handle(Active::constant_bool(py.attached(), self)))
    }
}

impl<'py> IntoPyObject<'py> for &bool {
    type Target = PyBool;
    type Output = Borrowed<'py, 'py, PyBool>;
    type Error = Infallible;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> Result<Self::Output, Infallible> {
        (*self).into_pyobject(py)
    }
}

/// Accepts a `bool`, also that of NumPy. Refuses other objects, although they have a truth value.
impl FromPyObject<'_, '_> for bool {
    type Error = PyErr;
    input_type!(type crate::types::PyBool);

    #[inline]
    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        match object.cast::<PyBool>() {
            Ok(value) => Ok(Active::bool_value(object.py().attached(), value.handle())),
            Err(error) if is_numpy_bool(object) => {
                drop(error);
                numpy_bool(object)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// Returns `true` for a scalar of NumPy's boolean type, which does not inherit from `bool`.
#[cold]
fn is_numpy_bool(object: Borrowed<'_, '_, PyAny>) -> bool {
    let py = object.py();
    let class = object.get_type().into_any();
    let is = |attribute, texts: &[&str]| {
        let value = class.getattr(attribute);
        value.is_ok_and(|value| value.cast::<PyString>().is_ok_and(|value| texts.iter().any(|text| value == text)))
    };
    is(crate::intern!(py, "__module__"), &["numpy"])
        // NumPy 2 renamed the type.
        && is(crate::intern!(py, "__name__"), &["bool", "bool_"])
}

/// Returns the result of calling `__bool__` of the object's type.
fn numpy_bool(object: Borrowed<'_, '_, PyAny>) -> PyResult<bool> {
    let class = object.get_type().into_any();
    let Some(method) = class.getattr_opt(crate::intern!(object.py(), "__bool__"))? else {
        let text = format!("object of type '{class}' does not define a '__bool__' conversion");
        return Err(PyTypeError::new_err(text));
    };
    let value = method.call1((object,))?;
    let value = value.cast::<PyBool>()?;
    Ok(Active::bool_value(object.py().attached(), value.handle()))
}
