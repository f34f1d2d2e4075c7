//! Conversions of `Duration`, also named `TimeDelta`.

use chrono::Duration;

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::conversions::datetime;
use crate::types::{PyAny, PyDelta};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Returns `OverflowError` if the duration is too long for a `timedelta`.
impl<'py> IntoPyObject<'py> for Duration {
    type Target = PyDelta;
    type Output = Bound<'py, PyDelta>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let seconds = self.num_seconds();
        let fraction = (self - Duration::seconds(seconds)).num_microseconds().expect("less than a second");
        let (days, seconds) = datetime::days_and_seconds(seconds);
        // The bounds of `i32` are far too many days for Python, which then raises the same exception.
        let days = i32::try_from(days).unwrap_or(if days < 0 { i32::MIN } else { i32::MAX });
        PyDelta::new(py, days, seconds, i32::try_from(fraction)?, true)
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
