//! The module `datetime`: dates, times, durations, time zones.

use crate::conversion::FromPyObjectOwned;
use crate::sync::PyOnceLock;
use crate::types::{PyAnyMethods, PyDict, PyDictMethods, PyString};
use crate::{Borrowed, Bound, IntoPyObject, Py, PyErr, PyResult, PyTypeInfo, Python};

imported_types! {
    /// `datetime.date`. Its parts are in [`PyDateAccess`].
    PyDate = "datetime"."date";

    /// `datetime.datetime`. Its parts are in [`PyDateAccess`], [`PyTimeAccess`] and [`PyTzInfoAccess`].
    PyDateTime = "datetime"."datetime";

    /// `datetime.time`. Its parts are in [`PyTimeAccess`] and [`PyTzInfoAccess`].
    PyTime = "datetime"."time";

    /// `datetime.timedelta`: a duration. Its parts are in [`PyDeltaAccess`].
    PyDelta = "datetime"."timedelta";

    /// `datetime.tzinfo`: a time zone.
    PyTzInfo = "datetime"."tzinfo";
}

/// The parts of a date.
pub trait PyDateAccess {
    /// The year, from 1 to 9999.
    fn get_year(&self) -> i32;
    /// The month, from 1 to 12.
    fn get_month(&self) -> u8;
    /// The day, from 1 to 31.
    fn get_day(&self) -> u8;
}

/// The parts of a duration. Only the days may be negative.
pub trait PyDeltaAccess {
    /// Whole days.
    fn get_days(&self) -> i32;
    /// The seconds beyond, from 0 to 86399.
    fn get_seconds(&self) -> i32;
    /// The microseconds beyond, from 0 to 999999.
    fn get_microseconds(&self) -> i32;
}

/// The parts of a time of day.
pub trait PyTimeAccess {
    /// The hour, from 0 to 23.
    fn get_hour(&self) -> u8;
    /// The minute, from 0 to 59.
    fn get_minute(&self) -> u8;
    /// The second, from 0 to 59.
    fn get_second(&self) -> u8;
    /// The microsecond, from 0 to 999999.
    fn get_microsecond(&self) -> u32;
    /// Whether it is the second of two equal times, when clocks are set back.
    fn get_fold(&self) -> bool;
}

/// The time zone of what may have one.
pub trait PyTzInfoAccess<'py> {
    /// The time zone, if there is one.
    fn get_tzinfo(&self) -> Option<Bound<'py, PyTzInfo>>;
}

/// An attribute that the type says is there, and in range.
fn part<'py, T, O>(object: &Bound<'py, T>, name: &str) -> O
where
    O: FromPyObjectOwned<'py, Error: Into<PyErr>>,
{
    let value = object.as_any().getattr(name).expect("the type has this attribute");
    match value.extract() {
        Ok(value) => value,
        Err(error) => panic!("`{name}` is out of range: {}", Into::<PyErr>::into(error)),
    }
}

macro_rules! parts {
    ($($type:ident: $access:ident { $($method:ident = $attribute:literal -> $result:ty;)+ })+) => {
        $(
            impl $access for Bound<'_, $type> {
                $(
                    fn $method(&self) -> $result {
                        part(self, $attribute)
                    }
                )+
            }
        )+
    };
}

parts! {
    PyDate: PyDateAccess {
        get_year = "year" -> i32;
        get_month = "month" -> u8;
        get_day = "day" -> u8;
    }
    PyDateTime: PyDateAccess {
        get_year = "year" -> i32;
        get_month = "month" -> u8;
        get_day = "day" -> u8;
    }
    PyDelta: PyDeltaAccess {
        get_days = "days" -> i32;
        get_seconds = "seconds" -> i32;
        get_microseconds = "microseconds" -> i32;
    }
}

macro_rules! times {
    ($($type:ident)+) => {
        $(
            impl PyTimeAccess for Bound<'_, $type> {
                fn get_hour(&self) -> u8 {
                    part(self, "hour")
                }

                fn get_minute(&self) -> u8 {
                    part(self, "minute")
                }

                fn get_second(&self) -> u8 {
                    part(self, "second")
                }

                fn get_microsecond(&self) -> u32 {
                    part(self, "microsecond")
                }

                fn get_fold(&self) -> bool {
                    part::<_, u8>(self, "fold") != 0
                }
            }

            impl<'py> PyTzInfoAccess<'py> for Bound<'py, $type> {
                fn get_tzinfo(&self) -> Option<Bound<'py, PyTzInfo>> {
                    part(self, "tzinfo")
                }
            }
        )+
    };
}

times!(PyDateTime PyTime);

/// The keyword argument `fold`.
fn with_fold(py: Python<'_>, fold: bool) -> PyResult<Bound<'_, PyDict>> {
    let kwargs = PyDict::new(py);
    kwargs.set_item("fold", u8::from(fold))?;
    Ok(kwargs)
}

impl PyDate {
    /// `datetime.date(year, month, day)`
    ///
    /// # Errors
    ///
    /// `ValueError` where there is no such day.
    pub fn new(py: Python<'_>, year: i32, month: u8, day: u8) -> PyResult<Bound<'_, PyDate>> {
        Ok(PyDate::type_object(py).call1((year, month, day))?.cast_into::<PyDate>()?)
    }

    /// `datetime.date.fromtimestamp(timestamp)`: the local date of a POSIX timestamp.
    ///
    /// # Errors
    ///
    /// `OverflowError`, `OSError` where it is out of range.
    #[cfg(not(feature = "compat-0-28"))]
    pub fn from_timestamp(py: Python<'_>, timestamp: f64) -> PyResult<Bound<'_, PyDate>> {
        PyDate::of_timestamp(py, timestamp)
    }

    /// `datetime.date.fromtimestamp(timestamp)`: the local date of a POSIX timestamp, which was an `i64` up to 0.28.
    ///
    /// # Errors
    ///
    /// `OverflowError`, `OSError` where it is out of range.
    #[cfg(feature = "compat-0-28")]
    pub fn from_timestamp(py: Python<'_>, timestamp: impl crate::compat::Timestamp) -> PyResult<Bound<'_, PyDate>> {
        PyDate::of_timestamp(py, timestamp.seconds())
    }

    fn of_timestamp(py: Python<'_>, timestamp: f64) -> PyResult<Bound<'_, PyDate>> {
        Ok(PyDate::type_object(py).call_method1("fromtimestamp", (timestamp,))?.cast_into::<PyDate>()?)
    }
}

impl PyDateTime {
    /// `datetime.datetime(year, month, day, hour, minute, second, microsecond, tzinfo)`
    ///
    /// # Errors
    ///
    /// `ValueError` where there is no such time.
    #[expect(clippy::too_many_arguments, reason = "as Python has it")]
    pub fn new<'py>(
        py: Python<'py>,
        year: i32,
        month: u8,
        day: u8,
        hour: u8,
        minute: u8,
        second: u8,
        microsecond: u32,
        tzinfo: Option<&Bound<'py, PyTzInfo>>,
    ) -> PyResult<Bound<'py, PyDateTime>> {
        PyDateTime::new_with_fold(py, year, month, day, hour, minute, second, microsecond, tzinfo, false)
    }

    /// As [`new`](Self::new), with `fold`: whether it is the second of two equal times.
    ///
    /// # Errors
    ///
    /// `ValueError` where there is no such time.
    #[expect(clippy::too_many_arguments, reason = "as Python has it")]
    pub fn new_with_fold<'py>(
        py: Python<'py>,
        year: i32,
        month: u8,
        day: u8,
        hour: u8,
        minute: u8,
        second: u8,
        microsecond: u32,
        tzinfo: Option<&Bound<'py, PyTzInfo>>,
        fold: bool,
    ) -> PyResult<Bound<'py, PyDateTime>> {
        let parts = (year, month, day, hour, minute, second, microsecond, tzinfo);
        let time = PyDateTime::type_object(py).call(parts, Some(&with_fold(py, fold)?))?;
        Ok(time.cast_into::<PyDateTime>()?)
    }

    /// `datetime.datetime.fromtimestamp(timestamp, tzinfo)`
    ///
    /// # Errors
    ///
    /// `OverflowError`, `OSError` where it is out of range.
    pub fn from_timestamp<'py>(
        py: Python<'py>,
        timestamp: f64,
        tzinfo: Option<&Bound<'py, PyTzInfo>>,
    ) -> PyResult<Bound<'py, PyDateTime>> {
        let time = PyDateTime::type_object(py).call_method1("fromtimestamp", (timestamp, tzinfo))?;
        Ok(time.cast_into::<PyDateTime>()?)
    }
}

impl PyTime {
    /// `datetime.time(hour, minute, second, microsecond, tzinfo)`
    ///
    /// # Errors
    ///
    /// `ValueError` where there is no such time.
    pub fn new<'py>(
        py: Python<'py>,
        hour: u8,
        minute: u8,
        second: u8,
        microsecond: u32,
        tzinfo: Option<&Bound<'py, PyTzInfo>>,
    ) -> PyResult<Bound<'py, PyTime>> {
        PyTime::new_with_fold(py, hour, minute, second, microsecond, tzinfo, false)
    }

    /// As [`new`](Self::new), with `fold`: whether it is the second of two equal times.
    ///
    /// # Errors
    ///
    /// `ValueError` where there is no such time.
    pub fn new_with_fold<'py>(
        py: Python<'py>,
        hour: u8,
        minute: u8,
        second: u8,
        microsecond: u32,
        tzinfo: Option<&Bound<'py, PyTzInfo>>,
        fold: bool,
    ) -> PyResult<Bound<'py, PyTime>> {
        let parts = (hour, minute, second, microsecond, tzinfo);
        Ok(PyTime::type_object(py).call(parts, Some(&with_fold(py, fold)?))?.cast_into::<PyTime>()?)
    }
}

impl PyDelta {
    /// `datetime.timedelta(days, seconds, microseconds)`
    ///
    /// The parts are brought into their ranges, also where `normalize` is false and the caller says that they are.
    ///
    /// # Errors
    ///
    /// `OverflowError` where it is longer than 999999999 days.
    pub fn new(
        py: Python<'_>,
        days: i32,
        seconds: i32,
        microseconds: i32,
        normalize: bool,
    ) -> PyResult<Bound<'_, PyDelta>> {
        let _ = normalize;
        Ok(PyDelta::type_object(py).call1((days, seconds, microseconds))?.cast_into::<PyDelta>()?)
    }
}

impl PyTzInfo {
    /// `datetime.timezone.utc`
    ///
    /// # Errors
    ///
    /// None that is known.
    pub fn utc(py: Python<'_>) -> PyResult<Borrowed<'static, '_, PyTzInfo>> {
        static UTC: PyOnceLock<Py<PyTzInfo>> = PyOnceLock::new();
        let find = || -> PyResult<Py<PyTzInfo>> {
            let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
            Ok(utc.cast_into::<PyTzInfo>()?.unbind())
        };
        Ok(UTC.get_or_try_init(py, find)?.bind_borrowed(py))
    }

    /// `zoneinfo.ZoneInfo(iana_name)`
    ///
    /// # Errors
    ///
    /// `ZoneInfoNotFoundError` where there is no such time zone.
    pub fn timezone<'py, T>(py: Python<'py>, iana_name: T) -> PyResult<Bound<'py, PyTzInfo>>
    where
        T: IntoPyObject<'py, Target = PyString>,
    {
        let zone = py.import("zoneinfo")?.getattr("ZoneInfo")?.call1((iana_name,))?;
        Ok(zone.cast_into::<PyTzInfo>()?)
    }

    /// `datetime.timezone(offset)`
    ///
    /// # Errors
    ///
    /// `ValueError` where the offset is a day or more.
    pub fn fixed_offset<'py, T>(py: Python<'py>, offset: T) -> PyResult<Bound<'py, PyTzInfo>>
    where
        T: IntoPyObject<'py, Target = PyDelta>,
    {
        let zone = py.import("datetime")?.getattr("timezone")?.call1((offset,))?;
        Ok(zone.cast_into::<PyTzInfo>()?)
    }
}
