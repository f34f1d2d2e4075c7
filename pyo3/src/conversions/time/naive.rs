//! Conversions of dates and times without a time zone.

use time::{Date, PrimitiveDateTime, Time};

use crate::conversion::IntoPyObject;
use crate::conversions::datetime::{self, TimeParts};
use crate::types::{PyDate, PyDateAccess, PyDateTime, PyTime, PyTimeAccess, PyTzInfo};
use crate::{Bound, PyErr, PyResult, Python};

fn date_from(date: &impl PyDateAccess) -> PyResult<Date> {
    let month = date.get_month().try_into().map_err(|_| datetime::invalid_date())?;
    Date::from_calendar_date(date.get_year(), month, date.get_day()).map_err(|_| datetime::invalid_date())
}

fn time_from(time: &impl PyTimeAccess) -> PyResult<Time> {
    let TimeParts { hour, minute, second, microsecond } = TimeParts::of(time);
    Time::from_hms_micro(hour, minute, second, microsecond).map_err(|_| datetime::invalid_time())
}

/// Returns the local time of a `datetime`. Ignores its time zone.
pub(super) fn datetime_from(object: &Bound<'_, PyDateTime>) -> PyResult<PrimitiveDateTime> {
    Ok(PrimitiveDateTime::new(date_from(object)?, time_from(object)?))
}

/// Creates a `datetime` with this local time.
pub(super) fn datetime_into<'py>(
    py: Python<'py>,
    (date, time): (Date, Time),
    zone: Option<&Bound<'py, PyTzInfo>>,
) -> PyResult<Bound<'py, PyDateTime>> {
    let (year, month, day) = date.to_calendar_date();
    let (hour, minute, second, microsecond) = time.as_hms_micro();
    PyDateTime::new(py, year, month.into(), day, hour, minute, second, microsecond, zone)
}

impl<'py> IntoPyObject<'py> for Date {
    type Target = PyDate;
    type Output = Bound<'py, PyDate>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let (year, month, day) = self.to_calendar_date();
        PyDate::new(py, year, month.into(), day)
    }
}

impl<'py> IntoPyObject<'py> for Time {
    type Target = PyTime;
    type Output = Bound<'py, PyTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let (hour, minute, second, microsecond) = self.as_hms_micro();
        PyTime::new(py, hour, minute, second, microsecond, None)
    }
}

impl<'py> IntoPyObject<'py> for PrimitiveDateTime {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        datetime_into(py, (self.date(), self.time()), None)
    }
}

by_copy! {
    Date => PyDate, PyErr;
    Time => PyTime, PyErr;
    PrimitiveDateTime => PyDateTime, PyErr;
}

datetime::from_naive!(Date = date_from, Time = time_from, PrimitiveDateTime = datetime_from);
