//! Conversions between `Duration` and `datetime.timedelta`, and between `SystemTime` and `datetime.datetime` in UTC.
//! Parts below a microsecond are truncated.

use core::time::Duration;
use std::time::{SystemTime, UNIX_EPOCH};

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::{PyOverflowError, PyValueError};
use crate::sync::PyOnceLock;
use crate::types::{PyAny, PyAnyMethods, PyDateTime, PyDelta, PyDeltaAccess, PyTzInfo};
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python};

const SECONDS_PER_DAY: u64 = 24 * 60 * 60;

/// Returns midnight of January 1, 1970, in UTC.
fn unix_epoch(py: Python<'_>) -> PyResult<&Bound<'_, PyDateTime>> {
    static EPOCH: PyOnceLock<Py<PyDateTime>> = PyOnceLock::new();
    let epoch = EPOCH.get_or_try_init(py, || {
        let utc = PyTzInfo::utc(py)?;
        PyDateTime::new(py, 1970, 1, 1, 0, 0, 0, 0, Some(&utc)).map(Bound::unbind)
    });
    Ok(epoch?.bind(py))
}

impl<'py> IntoPyObject<'py> for Duration {
    type Target = PyDelta;
    type Output = Bound<'py, PyDelta>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let days = i32::try_from(self.as_secs() / SECONDS_PER_DAY)?;
        // The casts lose nothing: the seconds are less than a day, the microseconds less than a million.
        let (seconds, microseconds) = ((self.as_secs() % SECONDS_PER_DAY) as i32, self.subsec_micros() as i32);
        PyDelta::new(py, days, seconds, microseconds, false)
    }
}

impl<'py> IntoPyObject<'py> for SystemTime {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let time = match self.duration_since(UNIX_EPOCH) {
            Ok(after) => unix_epoch(py)?.add(after)?,
            Err(before) => unix_epoch(py)?.sub(before.duration())?,
        };
        Ok(time.cast_into()?)
    }
}

by_copy! {
    Duration => PyDelta, PyErr;
    SystemTime => PyDateTime, PyErr;
}

impl FromPyObject<'_, '_> for Duration {
    type Error = PyErr;
    input_type!(type crate::types::PyDelta);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let delta = object.cast::<PyDelta>()?;
        // Only the days of a negative timedelta are negative.
        let days = u64::try_from(delta.get_days()).map_err(|_| {
            PyValueError::new_err("It is not possible to convert a negative timedelta to a Rust Duration")
        })?;
        // This cannot overflow: a timedelta has less than a billion days, and less than a million microseconds.
        let (seconds, nanoseconds) = (delta.get_seconds() as u64, delta.get_microseconds() as u32 * 1000);
        Ok(Duration::new(days * SECONDS_PER_DAY + seconds, nanoseconds))
    }
}

/// Accepts a `datetime` with a time zone, from 1970 on.
impl FromPyObject<'_, '_> for SystemTime {
    type Error = PyErr;
    input_type!(type crate::types::PyDateTime);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let since_epoch: Duration = object.sub(unix_epoch(object.py())?)?.extract()?;
        let time = UNIX_EPOCH.checked_add(since_epoch);
        time.ok_or_else(|| PyOverflowError::new_err("Overflow error when converting the time to Rust"))
    }
}
