//! Conversions of time zones with a fixed offset.

use chrono::{FixedOffset, Utc};

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::conversions::datetime;
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyAnyMethods, PyDelta, PyTzInfo};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py> IntoPyObject<'py> for FixedOffset {
    type Target = PyTzInfo;
    type Output = Bound<'py, PyTzInfo>;
    type Error = PyErr;
    output_type!("datetime" "timezone");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTzInfo::fixed_offset(py, PyDelta::new(py, 0, self.local_minus_utc(), 0, true)?)
    }
}

by_copy! { FixedOffset => PyTzInfo, PyErr; }

/// Truncates the offset to whole seconds. Returns `TypeError` if the offset of the time zone is not fixed.
impl FromPyObject<'_, '_> for FixedOffset {
    type Error = PyErr;
    input_type!(type crate::types::PyTzInfo);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let offset = FixedOffset::east_opt(datetime::fixed_offset(object)?);
        offset.ok_or_else(|| PyValueError::new_err("fixed offset out of bounds"))
    }
}

impl<'py> IntoPyObject<'py> for Utc {
    type Target = PyTzInfo;
    type Output = Borrowed<'static, 'py, PyTzInfo>;
    type Error = PyErr;
    output_type!("datetime" "timezone");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTzInfo::utc(py)
    }
}

impl<'py> IntoPyObject<'py> for &Utc {
    type Target = PyTzInfo;
    type Output = Borrowed<'static, 'py, PyTzInfo>;
    type Error = PyErr;
    output_type!("datetime" "timezone");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTzInfo::utc(py)
    }
}

/// Returns `ValueError` if the object does not equal `datetime.timezone.utc`.
impl FromPyObject<'_, '_> for Utc {
    type Error = PyErr;
    input_type!("datetime" "timezone");

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        if object.eq(PyTzInfo::utc(object.py())?)? {
            return Ok(Utc);
        }
        Err(PyValueError::new_err("expected datetime.timezone.utc"))
    }
}
