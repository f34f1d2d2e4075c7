//! Conversions of dates and times without a time zone.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use crate::conversion::IntoPyObject;
use crate::conversions::datetime::{self, TimeParts};
use crate::exceptions::PyUserWarning;
use crate::types::{PyAny, PyDate, PyDateAccess, PyDateTime, PyTime, PyTimeAccess, PyTzInfo};
use crate::{Bound, PyErr, PyResult, Python};

const NANOSECONDS_PER_SECOND: u32 = 1_000_000_000;

/// Returns the year, month and day. Python will check the range of the year.
pub(super) fn date_parts(date: NaiveDate) -> (i32, u8, u8) {
    // The casts lose nothing: there are 12 months, of at most 31 days.
    (date.year(), date.month() as u8, date.day() as u8)
}

/// Returns the parts of a time, and whether it is in a leap second, which the parts do not tell.
pub(super) fn time_parts(time: NaiveTime) -> (TimeParts, bool) {
    let leap = time.nanosecond() >= NANOSECONDS_PER_SECOND;
    let parts = TimeParts {
        // The casts lose nothing: hours are below 24, minutes and seconds below 60.
        hour: time.hour() as u8,
        minute: time.minute() as u8,
        second: time.second() as u8,
        microsecond: time.nanosecond() % NANOSECONDS_PER_SECOND / 1000,
    };
    (parts, leap)
}

/// Warns that a leap second was lost.
pub(super) fn warn_of_leap_second(object: &Bound<'_, PyAny>) {
    let py = object.py();
    let message = c"ignored leap-second, `datetime` does not support leap-seconds";
    if let Err(error) = PyErr::warn(py, py.get_type::<PyUserWarning>().as_any(), message, 0) {
        // If the user turned warnings into exceptions, the converted time is still returned.
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

/// Returns the local time of a `datetime`. Ignores its time zone.
pub(super) fn datetime_from(object: &Bound<'_, PyDateTime>) -> PyResult<NaiveDateTime> {
    Ok(NaiveDateTime::new(date_from(object)?, time_from(object)?))
}

/// Creates a `datetime` with this local time.
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
