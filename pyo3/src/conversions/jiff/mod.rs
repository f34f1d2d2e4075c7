//! Conversions between the types of `jiff` 0.2 and those of Python's `datetime`. Feature `jiff-02`.
//!
//! | Rust | Python |
//! |---|---|
//! | `civil::Date`, `civil::ISOWeekDate` | `date` |
//! | `civil::Time` | `time`; its time zone is ignored |
//! | `civil::DateTime` | `datetime` without a time zone |
//! | `Zoned`, `Timestamp` | `datetime` with a time zone |
//! | `SignedDuration` | `timedelta` |
//! | `Span`, from Python only | `timedelta` |
//! | `tz::Offset` | `timezone` |
//! | `tz::TimeZone` | `zoneinfo.ZoneInfo` or `timezone` |
//!
//! Python's unit is the microsecond: smaller parts are truncated. Python's years are 1 to 9999: others cause a
//! `ValueError`.
//!
//! ```
//! use jiff_02::{SignedDuration, Timestamp};
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let time: Timestamp = "2024-02-28T12:00:00Z".parse().unwrap();
//!     let object = (time + SignedDuration::from_hours(24)).into_pyobject(py)?;
//!     assert_eq!(object.str()?, "2024-02-29 12:00:00+00:00");
//!     Ok(())
//! })
//! # }
//! ```

mod civil;
mod zoned;

use jiff_02::{SignedDuration, Span};

use super::datetime;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyDelta};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Converts an error of `jiff` to a `ValueError`.
impl From<jiff_02::Error> for PyErr {
    fn from(error: jiff_02::Error) -> PyErr {
        PyValueError::new_err(error.to_string())
    }
}

/// Returns `OverflowError` if the duration is too long for a `timedelta`, or `ValueError` if the number of days does
/// not even fit in an `i32`.
impl<'py> IntoPyObject<'py> for SignedDuration {
    type Target = PyDelta;
    type Output = Bound<'py, PyDelta>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let (days, seconds) = datetime::days_and_seconds(self.as_secs());
        PyDelta::new(py, days.try_into()?, seconds, self.subsec_micros(), true)
    }
}

by_copy! { SignedDuration => PyDelta, PyErr; }

impl FromPyObject<'_, '_> for SignedDuration {
    type Error = PyErr;
    input_type!(type crate::types::PyDelta);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        // This cannot overflow: every `timedelta` is shorter than the longest `SignedDuration`.
        let (seconds, microseconds) = datetime::length(&*object.cast::<PyDelta>()?);
        Ok(SignedDuration::new(seconds, microseconds * 1000))
    }
}

/// The largest unit of the span is the hour. Returns `ValueError` if the `timedelta` is too long for a `Span`.
impl FromPyObject<'_, '_> for Span {
    type Error = PyErr;
    input_type!(type crate::types::PyDelta);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Ok(SignedDuration::extract(object)?.try_into()?)
    }
}
