//! The module `datetime`: dates, times, durations, time zones.

use pyo3_backend::{DateField, DateParts, DateTimeOps, DateTimeType, DeltaField, TimeField, TimeParts};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::sync::PyOnceLock;
use crate::types::{PyAnyMethods, PyString, PyType};
use crate::{Borrowed, Bound, BoundObject, IntoPyObject, IntoPyObjectExt, Py, PyResult, PyTypeInfo, Python};

datetime_types! {
    /// `datetime.date`. Its parts are in [`PyDateAccess`].
    PyDate = Date, "date";

    /// `datetime.datetime`. Its parts are in [`PyDateAccess`], [`PyTimeAccess`] and [`PyTzInfoAccess`].
    PyDateTime = DateTime, "datetime";

    /// `datetime.time`. Its parts are in [`PyTimeAccess`] and [`PyTzInfoAccess`].
    PyTime = Time, "time";

    /// `datetime.timedelta`: a duration. Its parts are in [`PyDeltaAccess`].
    PyDelta = Delta, "timedelta";

    /// `datetime.tzinfo`: a time zone.
    PyTzInfo = TzInfo, "tzinfo";
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

/// A type of the module.
pub(super) fn class(py: Python<'_>, which: DateTimeType) -> PyResult<Py<PyType>> {
    let class = Active::datetime_type(py.attached(), which).or_raise(py)?;
    Ok(Bound::<PyType>::from_handle(class).unbind())
}

/// Reads a part of an object. The contract says that it is in range.
macro_rules! part {
    ($object:expr, $operation:ident($field:expr)) => {
        Active::$operation($object.py().attached(), $object.handle(), $field)
    };
}

macro_rules! dates {
    ($($type:ident)+) => {
        $(
            impl PyDateAccess for Bound<'_, $type> {
                #[inline]
                fn get_year(&self) -> i32 {
                    part!(self, date_field(DateField::Year))
                }

                #[inline]
                fn get_month(&self) -> u8 {
                    part!(self, date_field(DateField::Month)) as u8
                }

                #[inline]
                fn get_day(&self) -> u8 {
                    part!(self, date_field(DateField::Day)) as u8
                }
            }
        )+
    };
}

dates!(PyDate PyDateTime);

impl PyDeltaAccess for Bound<'_, PyDelta> {
    #[inline]
    fn get_days(&self) -> i32 {
        part!(self, delta_field(DeltaField::Days))
    }

    #[inline]
    fn get_seconds(&self) -> i32 {
        part!(self, delta_field(DeltaField::Seconds))
    }

    #[inline]
    fn get_microseconds(&self) -> i32 {
        part!(self, delta_field(DeltaField::Microseconds))
    }
}

macro_rules! times {
    ($($type:ident)+) => {
        $(
            impl PyTimeAccess for Bound<'_, $type> {
                #[inline]
                fn get_hour(&self) -> u8 {
                    part!(self, time_field(TimeField::Hour)) as u8
                }

                #[inline]
                fn get_minute(&self) -> u8 {
                    part!(self, time_field(TimeField::Minute)) as u8
                }

                #[inline]
                fn get_second(&self) -> u8 {
                    part!(self, time_field(TimeField::Second)) as u8
                }

                #[inline]
                fn get_microsecond(&self) -> u32 {
                    part!(self, time_field(TimeField::Microsecond)) as u32
                }

                #[inline]
                fn get_fold(&self) -> bool {
                    part!(self, time_field(TimeField::Fold)) != 0
                }
            }

            impl<'py> PyTzInfoAccess<'py> for Bound<'py, $type> {
                #[inline]
                fn get_tzinfo(&self) -> Option<Bound<'py, PyTzInfo>> {
                    Active::time_zone(self.py().attached(), self.handle()).map(Bound::from_handle)
                }
            }
        )+
    };
}

times!(PyDateTime PyTime);

impl PyDate {
    /// `datetime.date(year, month, day)`
    ///
    /// # Errors
    ///
    /// `ValueError` if there is no such day.
    pub fn new(py: Python<'_>, year: i32, month: u8, day: u8) -> PyResult<Bound<'_, PyDate>> {
        Active::date_new(py.attached(), DateParts { year, month, day }).or_raise(py).map(Bound::from_handle)
    }

    /// `datetime.date.fromtimestamp(timestamp)`: the local date of a POSIX timestamp.
    ///
    /// # Errors
    ///
    /// `OverflowError`, `OSError` if it is out of range.
    #[cfg(not(feature = "compat-0-28"))]
    pub fn from_timestamp(py: Python<'_>, timestamp: f64) -> PyResult<Bound<'_, PyDate>> {
        PyDate::of_timestamp(py, timestamp)
    }

    /// `datetime.date.fromtimestamp(timestamp)`: the local date of a POSIX timestamp, which was an `i64` up to 0.28.
    ///
    /// # Errors
    ///
    /// `OverflowError`, `OSError` if it is out of range.
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
    /// `ValueError` if there is no such time.
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
    /// `ValueError` if there is no such time.
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
        let (date, time) = (DateParts { year, month, day }, TimeParts { hour, minute, second, microsecond, fold });
        let zone = tzinfo.map(|tzinfo| tzinfo.handle());
        Active::datetime_new(py.attached(), date, time, zone).or_raise(py).map(Bound::from_handle)
    }

    /// `datetime.datetime.fromtimestamp(timestamp, tzinfo)`
    ///
    /// # Errors
    ///
    /// `OverflowError`, `OSError` if it is out of range.
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
    /// `ValueError` if there is no such time.
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
    /// `ValueError` if there is no such time.
    pub fn new_with_fold<'py>(
        py: Python<'py>,
        hour: u8,
        minute: u8,
        second: u8,
        microsecond: u32,
        tzinfo: Option<&Bound<'py, PyTzInfo>>,
        fold: bool,
    ) -> PyResult<Bound<'py, PyTime>> {
        let time = TimeParts { hour, minute, second, microsecond, fold };
        Active::time_new(py.attached(), time, tzinfo.map(|tzinfo| tzinfo.handle())).or_raise(py).map(Bound::from_handle)
    }
}

impl PyDelta {
    /// `datetime.timedelta(days, seconds, microseconds)`
    ///
    /// The parts are brought into their ranges, also where `normalize` is false and the caller says that they are.
    ///
    /// # Errors
    ///
    /// `OverflowError` if it is longer than 999999999 days.
    pub fn new(
        py: Python<'_>,
        days: i32,
        seconds: i32,
        microseconds: i32,
        normalize: bool,
    ) -> PyResult<Bound<'_, PyDelta>> {
        // What is in range need not be told so: the operation looks.
        let _ = normalize;
        Active::delta_new(py.attached(), days, seconds, microseconds).or_raise(py).map(Bound::from_handle)
    }
}

impl PyTzInfo {
    /// `datetime.timezone.utc`
    ///
    /// # Errors
    ///
    /// None known.
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
    /// `ZoneInfoNotFoundError` if there is no such time zone.
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
    /// `ValueError` if the offset is a day or more.
    pub fn fixed_offset<'py, T>(py: Python<'py>, offset: T) -> PyResult<Bound<'py, PyTzInfo>>
    where
        T: IntoPyObject<'py, Target = PyDelta>,
    {
        let offset = offset.into_pyobject_or_pyerr(py)?;
        let zone = Active::time_zone_from_offset(py.attached(), offset.as_borrowed().handle());
        zone.or_raise(py).map(Bound::from_handle)
    }
}
