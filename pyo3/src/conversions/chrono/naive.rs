//! Dates and times without a time zone.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::conversion::IntoPyObject;
use crate::conversions::datetime::{self, TimeParts};
use crate::exceptions::PyUserWarning;
use crate::types::{PyAny, PyDate, PyDateAccess, PyDateTime, PyTime, PyTimeAccess, PyTzInfo};
use crate::{Bound, PyErr, PyResult, Python};

const NANOSECONDS_PER_SECOND: u32 = 1_000_000_000;

/// A date of Rust, with the year that Python judges.
pub(super) fn date_parts(date: NaiveDate) -> (i32, u8, u8) {
    // There are 12 months, and 31 days at the most.
    (date.year(), date.month() as u8, date.day() as u8)
}

/// A time of Rust, and whether it is in a leap second, which the parts do not say.
pub(super) fn time_parts(time: NaiveTime) -> (TimeParts, bool) {
    let leap = time.nanosecond() >= NANOSECONDS_PER_SECOND;
    let parts = TimeParts {
        // A day has 24 hours, an hour 60 minutes.
        hour: time.hour() as u8,
        minute: time.minute() as u8,
        second: time.second() as u8,
        microsecond: time.nanosecond() % NANOSECONDS_PER_SECOND / 1000,
    };
    (parts, leap)
}

/// Says that a leap second was lost.
pub(super) fn warn_of_leap_second(object: &Bound<'_, PyAny>) {
    let py = object.py();
    let message = c"ignored leap-second, `datetime` does not support leap-seconds";
    if let Err(error) = PyErr::warn(py, py.get_type::<PyUserWarning>().as_any(), message, 0) {
        // Where warnings are errors, too, the time is still right but for a second.
        error.write_unraisable(py, Some(object));
    }
}

fn date_from(date: &impl PyDateAccess) -> PyResult<NaiveDate> {
    let date = NaiveDate::from_ymd_opt(date.get_year(), date.get_month().into(), date.get_day().into());
    date.ok_or_else(datetime::invalid_date)
}

fn time_from(time: &impl PyTimeAccess) -> PyResult<NaiveTime> {
    let TimeParts { hour, minute, second, microsecond } = TimeParts::of(time);
    let time = NaiveTime::from_hms_micro_opt(hour.into(), minute.into(), second.into(), microsecond);
    time.ok_or_else(datetime::invalid_time)
}

/// The local time of a `datetime`, whatever its time zone.
pub(super) fn datetime_from(object: &Bound<'_, PyDateTime>) -> PyResult<NaiveDateTime> {
    Ok(NaiveDateTime::new(date_from(object)?, time_from(object)?))
}

/// A `datetime` of this local time.
pub(super) fn datetime_into<'py>(
    py: Python<'py>,
    local: NaiveDateTime,
    zone: Option<&Bound<'py, PyTzInfo>>,
    fold: bool,
) -> PyResult<Bound<'py, PyDateTime>> {
    let (year, month, day) = date_parts(local.date());
    let (TimeParts { hour, minute, second, microsecond }, leap) = time_parts(local.time());
    let object = PyDateTime::new_with_fold(py, year, month, day, hour, minute, second, microsecond, zone, fold)?;
    if leap {
        warn_of_leap_second(&object);
    }
    Ok(object)
}

impl<'py> IntoPyObject<'py> for NaiveDate {
    type Target = PyDate;
    type Output = Bound<'py, PyDate>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let (year, month, day) = date_parts(self);
        PyDate::new(py, year, month, day)
    }
}

impl<'py> IntoPyObject<'py> for NaiveTime {
    type Target = PyTime;
    type Output = Bound<'py, PyTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let (TimeParts { hour, minute, second, microsecond }, leap) = time_parts(self);
        let object = PyTime::new(py, hour, minute, second, microsecond, None)?;
        if leap {
            warn_of_leap_second(&object);
        }
        Ok(object)
    }
}

impl<'py> IntoPyObject<'py> for NaiveDateTime {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        datetime_into(py, self, None, false)
    }
}

by_copy! {
    NaiveDate => PyDate, PyErr;
    NaiveTime => PyTime, PyErr;
    NaiveDateTime => PyDateTime, PyErr;
}

datetime::from_naive!(NaiveDate = date_from, NaiveTime = time_from, NaiveDateTime = datetime_from);
