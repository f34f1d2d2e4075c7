//! Conversions between the types of `time` and those of Python's `datetime`. Feature `time`.
//!
//! | Rust | Python |
//! |---|---|
//! | `Date` | `date` |
//! | `Time` | `time`; its time zone is ignored |
//! | `PrimitiveDateTime` | `datetime` without a time zone |
//! | `OffsetDateTime`, `UtcDateTime` | `datetime` with a `timezone` |
//! | `Duration` | `timedelta` |
//! | `UtcOffset` | `timezone` |
//!
//! Python's unit is the microsecond: smaller parts are truncated. Python's years are 1 to 9999: others cause a
//! `ValueError`.
//!
//! ```
//! use pyo3::prelude::*;
//! use time::{Date, Duration, Month};
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let date = Date::from_calendar_date(2024, Month::February, 28).unwrap() + Duration::days(1);
//!     let object = date.into_pyobject(py)?;
//!     assert_eq!(object.str()?, "2024-02-29");
//!     assert_eq!(object.extract::<Date>()?, date);
//!     Ok(())
//! })
//! # }
//! ```

mod aware;
mod naive;

use time::Duration;

use super::datetime;
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::PyOverflowError;
use crate::types::{PyAny, PyDelta};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Returns `OverflowError` if the duration is too long for a `timedelta`.
impl<'py> IntoPyObject<'py> for Duration {
    type Target = PyDelta;
    type Output = Bound<'py, PyDelta>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let (days, seconds) = datetime::days_and_seconds(self.whole_seconds());
        let days =
            i32::try_from(days).map_err(|_| PyOverflowError::new_err("duration out of range for Python timedelta"))?;
        PyDelta::new(py, days, seconds, self.subsec_microseconds(), true)
    }
}

by_copy! { Duration => PyDelta, PyErr; }

impl FromPyObject<'_, '_> for Duration {
    type Error = PyErr;
    input_type!(type crate::types::PyDelta);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        // This cannot overflow: every `timedelta` is shorter than the longest `Duration`.
        let (seconds, microseconds) = datetime::length(&*object.cast::<PyDelta>()?);
        Ok(Duration::seconds(seconds) + Duration::microseconds(microseconds.into()))
    }
}
