//! Conversions of dates and times without a time zone.

use jiff_02::civil::{Date, DateTime, ISOWeekDate, Time};

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::conversions::datetime::{self, TimeParts};
use crate::types::{PyAny, PyDate, PyDateAccess, PyDateTime, PyTime, PyTimeAccess, PyTzInfo};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

/// Returns the year, month and day in the types that Python takes.
fn date_parts(date: Date) -> (i32, u8, u8) {
    (date.year().into(), date.month().unsigned_abs(), date.day().unsigned_abs())
}

/// Returns the parts of a time in the types that Python takes. Truncates to microseconds.
fn time_parts(time: Time) -> TimeParts {
    TimeParts {
        hour: time.hour().unsigned_abs(),
        minute: time.minute().unsigned_abs(),
        second: time.second().unsigned_abs(),
        microsecond: time.subsec_nanosecond().unsigned_abs() / 1000,
    }
}

fn date_from(date: &impl PyDateAccess) -> PyResult<Date> {
    Ok(Date::new(date.get_year().try_into()?, date.get_month().try_into()?, date.get_day().try_into()?)?)
}

fn time_from(time: &impl PyTimeAccess) -> PyResult<Time> {
    let TimeParts { hour, minute, second, microsecond } = TimeParts::of(time);
    let nanosecond = i32::try_from(microsecond * 1000)?;
    Ok(Time::new(hour.try_into()?, minute.try_into()?, second.try_into()?, nanosecond)?)
}

/// Returns the local time of a `datetime`. Ignores its time zone.
pub(super) fn datetime_from(object: &Bound<'_, PyDateTime>) -> PyResult<DateTime> {
    Ok(DateTime::from_parts(date_from(object)?, time_from(object)?))
}

/// Creates a `datetime` with this local time.
pub(super) fn datetime_into<'py>(
    py: Python<'py>,
    local: DateTime,
    zone: Option<&Bound<'py, PyTzInfo>>,
    fold: bool,
) -> PyResult<Bound<'py, PyDateTime>> {
    let (year, month, day) = date_parts(local.date());
    let TimeParts { hour, minute, second, microsecond } = time_parts(local.time());
    PyDateTime::new_with_fold(py, year, month, day, hour, minute, second, microsecond, zone, fold)
}

impl<'py> IntoPyObject<'py> for Date {
    type Target = PyDate;
    type Output = Bound<'py, PyDate>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let (year, month, day) = date_parts(self);
        PyDate::new(py, year, month, day)
    }
}

impl<'py> IntoPyObject<'py> for ISOWeekDate {
    type Target = PyDate;
    type Output = Bound<'py, PyDate>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        self.date().into_pyobject(py)
    }
}

impl<'py> IntoPyObject<'py> for Time {
    type Target = PyTime;
    type Output = Bound<'py, PyTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let TimeParts { hour, minute, second, microsecond } = time_parts(self);
        PyTime::new(py, hour, minute, second, microsecond, None)
    }
}

impl<'py> IntoPyObject<'py> for DateTime {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        datetime_into(py, self, None, false)
    }
}

by_copy! {
    Date => PyDate, PyErr;
    ISOWeekDate => PyDate, PyErr;
    Time => PyTime, PyErr;
    DateTime => PyDateTime, PyErr;
}

datetime::from_naive!(Date = date_from, Time = time_from, DateTime = datetime_from);

impl FromPyObject<'_, '_> for ISOWeekDate {
    type Error = PyErr;
    input_type!(type crate::types::PyDate);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Date::extract(object).map(Date::iso_week_date)
    }
}
