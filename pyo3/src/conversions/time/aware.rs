//! Conversions of dates and times with an offset from UTC, and of the offset.

use time::{OffsetDateTime, UtcDateTime, UtcOffset};

use super::naive::{datetime_from, datetime_into};
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::conversions::datetime;
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyAnyMethods, PyDateTime, PyDelta, PyTzInfo};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Returns `ValueError` if the offset is not shorter than a day.
impl<'py> IntoPyObject<'py> for UtcOffset {
    type Target = PyTzInfo;
    type Output = Bound<'py, PyTzInfo>;
    type Error = PyErr;
    output_type!("datetime" "timezone");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTzInfo::fixed_offset(py, PyDelta::new(py, 0, self.whole_seconds(), 0, true)?)
    }
}

impl<'py> IntoPyObject<'py> for OffsetDateTime {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let zone = self.offset().into_pyobject(py)?;
        datetime_into(py, (self.date(), self.time()), Some(&zone))
    }
}

impl<'py> IntoPyObject<'py> for UtcDateTime {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        datetime_into(py, (self.date(), self.time()), Some(&*PyTzInfo::utc(py)?))
    }
}

by_copy! {
    UtcOffset => PyTzInfo, PyErr;
    OffsetDateTime => PyDateTime, PyErr;
    UtcDateTime => PyDateTime, PyErr;
}

/// Truncates the offset to whole seconds. Returns `TypeError` if the offset of the time zone is not fixed.
impl FromPyObject<'_, '_> for UtcOffset {
    type Error = PyErr;
    input_type!(type crate::types::PyTzInfo);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let offset = UtcOffset::from_whole_seconds(datetime::fixed_offset(object)?);
        offset.map_err(|_| PyValueError::new_err("UTC offset out of bounds"))
    }
}

/// Returns `TypeError` if the `datetime` has no time zone, or one whose offset is not fixed.
impl FromPyObject<'_, '_> for OffsetDateTime {
    type Error = PyErr;
    input_type!(type crate::types::PyDateTime);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let object = &*object.cast::<PyDateTime>()?;
        let offset = datetime::zone_of(object)?.extract()?;
        Ok(datetime_from(object)?.assume_offset(offset))
    }
}

/// Returns `TypeError` if the `datetime` has no time zone, or `ValueError` if that does not equal
/// `datetime.timezone.utc`.
impl FromPyObject<'_, '_> for UtcDateTime {
    type Error = PyErr;
    input_type!(type crate::types::PyDateTime);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let object = &*object.cast::<PyDateTime>()?;
        if !datetime::zone_of(object)?.eq(PyTzInfo::utc(object.py())?)? {
            return Err(PyValueError::new_err("expected a datetime with UTC timezone"));
        }
        let local = datetime_from(object)?;
        Ok(UtcDateTime::new(local.date(), local.time()))
    }
}
