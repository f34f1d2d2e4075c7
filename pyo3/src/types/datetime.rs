//! The types of the module `datetime`: dates, times, durations and time zones.

use pyo3_backend::{DateField, DateParts, DateTimeOps, DateTimeType, DeltaField, TimeField, TimeParts};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::sync::PyOnceLock;
use crate::types::{PyAnyMethods, PyString, PyType};
use crate::{Borrowed, Bound, BoundObject, IntoPyObject, IntoPyObjectExt, Py, PyResult, PyTypeInfo, Python};

datetime_types! {
    /// Python's `datetime.date`. The methods that read its parts are in [`PyDateAccess`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyDate, PyDateAccess};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let date = PyDate::new(py, 1815, 12, 10)?;
    ///     assert_eq!((date.get_year(), date.get_month(), date.get_day()), (1815, 12, 10));
    ///     assert_eq!(date.to_string(), "1815-12-10");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyDate = Date, "date";

    /// Python's `datetime.datetime`. The methods that read its parts are in [`PyDateAccess`], [`PyTimeAccess`] and
    /// [`PyTzInfoAccess`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyDateAccess, PyDateTime, PyTimeAccess};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let noon = PyDateTime::new(py, 2024, 5, 1, 12, 0, 0, 0, None)?;
    ///     assert_eq!((noon.get_month(), noon.get_hour()), (5, 12));
    ///     assert_eq!(noon.call_method0("isoformat")?.to_string(), "2024-05-01T12:00:00");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyDateTime = DateTime, "datetime";

    /// Python's `datetime.time`. The methods that read its parts are in [`PyTimeAccess`] and [`PyTzInfoAccess`].
    PyTime = Time, "time";

    /// Python's `datetime.timedelta`: a duration. The methods that read its parts are in [`PyDeltaAccess`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyDelta, PyDeltaAccess};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let span = PyDelta::new(py, 1, 90_000, 0, true)?;
    ///     assert_eq!((span.get_days(), span.get_seconds(), span.get_microseconds()), (2, 3_600, 0));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyDelta = Delta, "timedelta";

    /// Python's `datetime.tzinfo`: a time zone.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyDateTime, PyTzInfo, PyTzInfoAccess};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let zone = PyTzInfo::utc(py)?.to_owned();
    ///     let time = PyDateTime::new(py, 2024, 5, 1, 12, 0, 0, 0, Some(&zone))?;
    ///     assert!(time.get_tzinfo().unwrap().is(&zone));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyTzInfo = TzInfo, "tzinfo";
}

/// Methods that read the parts of a date.
pub trait PyDateAccess {
    /// Returns the year, from 1 to 9999.
    fn get_year(&self) -> i32;
    /// Returns the month, from 1 to 12.
    fn get_month(&self) -> u8;
    /// Returns the day of the month, from 1 to 31.
    fn get_day(&self) -> u8;
}

/// Methods that read the parts of a duration, which is their sum. Only the days may be negative.
pub trait PyDeltaAccess {
    /// Returns the whole days.
    fn get_days(&self) -> i32;
    /// Returns the whole seconds beyond the days, from 0 to 86399.
    fn get_seconds(&self) -> i32;
    /// Returns the microseconds beyond the seconds, from 0 to 999999.
    fn get_microseconds(&self) -> i32;
}

/// Methods that read the parts of a time of day.
pub trait PyTimeAccess {
    /// Returns the hour, from 0 to 23.
    fn get_hour(&self) -> u8;
    /// Returns the minute, from 0 to 59.
    fn get_minute(&self) -> u8;
    /// Returns the second, from 0 to 59.
    fn get_second(&self) -> u8;
    /// Returns the microsecond, from 0 to 999999.
    fn get_microsecond(&self) -> u32;
    /// Returns `true` for the later of two equal local times, which occur when clocks are set back.
    fn get_fold(&self) -> bool;
}

/// The method that reads the time zone of a `datetime` or a `time`.
pub trait PyTzInfoAccess<'py> {
    /// Returns the time zone, or `None` if there is none.
    fn get_tzinfo(&self) -> Option<Bound<'py, PyTzInfo>>;
}

/// Returns a class of the module `datetime`.
pub(super) fn class(py: Python<'_>, which: DateTimeType) -> PyResult<Py<PyType>> {
    let class = Active::datetime_type(py.attached(), which).or_raise(py)?;
    Ok(Bound::<PyType>::from_handle(class).unbind())
}

/// Reads a part of an object. The contract promises its range, so a cast to a narrower type loses nothing.
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
    /// Creates a date: `datetime.date(year, month, day)`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if there is no such day.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyDate, PyDateAccess};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let leap_day = PyDate::new(py, 2024, 2, 29)?;
    ///     assert_eq!(leap_day.get_day(), 29);
    ///     assert!(PyDate::new(py, 2023, 2, 29).is_err());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new(py: Python<'_>, year: i32, month: u8, day: u8) -> PyResult<Bound<'_, PyDate>> {
        Active::date_new(py.attached(), DateParts { year, month, day }).or_raise(py).map(Bound::from_handle)
    }

    /// Returns the local date of a POSIX timestamp in seconds: `datetime.date.fromtimestamp(timestamp)`.
    ///
    /// # Errors
    ///
    /// Returns `OverflowError` or `OSError` if the timestamp is out of range.
    #[cfg(not(feature = "compat-0-28"))]
    pub fn from_timestamp(py: Python<'_>, timestamp: f64) -> PyResult<Bound<'_, PyDate>> {
        PyDate::of_timestamp(py, timestamp)
    }

    /// Returns the local date of a POSIX timestamp in seconds, which was an `i64` up to 0.28:
    /// `datetime.date.fromtimestamp(timestamp)`.
    ///
    /// # Errors
    ///
    /// Returns `OverflowError` or `OSError` if the timestamp is out of range.
    #[cfg(feature = "compat-0-28")]
    pub fn from_timestamp(py: Python<'_>, timestamp: impl crate::compat::Timestamp) -> PyResult<Bound<'_, PyDate>> {
        PyDate::of_timestamp(py, timestamp.seconds())
    }

    fn of_timestamp(py: Python<'_>, timestamp: f64) -> PyResult<Bound<'_, PyDate>> {
        Ok(PyDate::type_object(py).call_method1("fromtimestamp", (timestamp,))?.cast_into::<PyDate>()?)
    }
}

impl PyDateTime {
    /// Creates a date with a time: `datetime.datetime(year, month, day, hour, minute, second, microsecond, tzinfo)`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if there is no such day or time.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyDateTime, PyTimeAccess, PyTzInfo};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let utc = PyTzInfo::utc(py)?;
    ///     let landing = PyDateTime::new(py, 1969, 7, 20, 20, 17, 40, 0, Some(&utc))?;
    ///     assert_eq!((landing.get_hour(), landing.get_minute()), (20, 17));
    ///     assert_eq!(landing.to_string(), "1969-07-20 20:17:40+00:00");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[expect(clippy::too_many_arguments, reason = "Python's constructor has the same parameters")]
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

    /// Creates a date with a time like [`new`](Self::new). `fold` is true for the later of two equal local times.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if there is no such day or time.
    #[expect(clippy::too_many_arguments, reason = "Python's constructor has the same parameters")]
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

    /// Returns the date and time of a POSIX timestamp in seconds: `datetime.datetime.fromtimestamp(timestamp, tzinfo)`.
    ///
    /// They are local without a `tzinfo`.
    ///
    /// # Errors
    ///
    /// Returns `OverflowError` or `OSError` if the timestamp is out of range.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyDateTime, PyTzInfo};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let utc = PyTzInfo::utc(py)?;
    ///     let time = PyDateTime::from_timestamp(py, 86_400.5, Some(&utc))?;
    ///     assert_eq!(time.to_string(), "1970-01-02 00:00:00.500000+00:00");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
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
    /// Creates a time of day: `datetime.time(hour, minute, second, microsecond, tzinfo)`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if there is no such time.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyTime, PyTimeAccess};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let time = PyTime::new(py, 23, 59, 59, 0, None)?;
    ///     assert_eq!((time.get_hour(), time.get_second()), (23, 59));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
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

    /// Creates a time of day like [`new`](Self::new). `fold` is true for the later of two equal local times.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if there is no such time.
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
    /// Creates a duration, the sum of the arguments: `datetime.timedelta(days, seconds, microseconds)`.
    ///
    /// The parts are always normalized to their ranges, whatever `normalize` is.
    ///
    /// # Errors
    ///
    /// Returns `OverflowError` if the number of days exceeds 999999999 in magnitude.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyDelta;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let span = PyDelta::new(py, 0, 90, 500_000, true)?;
    ///     assert_eq!(span.call_method0("total_seconds")?.extract::<f64>()?, 90.5);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new(
        py: Python<'_>,
        days: i32,
        seconds: i32,
        microseconds: i32,
        normalize: bool,
    ) -> PyResult<Bound<'_, PyDelta>> {
        // The flag would only save a check, which the operation makes anyway.
        let _ = normalize;
        Active::delta_new(py.attached(), days, seconds, microseconds).or_raise(py).map(Bound::from_handle)
    }
}

impl PyTzInfo {
    /// Returns the time zone UTC: `datetime.timezone.utc`.
    ///
    /// # Errors
    ///
    /// This function is not known to fail.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyTzInfo;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let utc = PyTzInfo::utc(py)?;
    ///     assert_eq!(utc.call_method1("tzname", (py.None(),))?.extract::<String>()?, "UTC");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn utc(py: Python<'_>) -> PyResult<Borrowed<'static, '_, PyTzInfo>> {
        static UTC: PyOnceLock<Py<PyTzInfo>> = PyOnceLock::new();
        let find = || -> PyResult<Py<PyTzInfo>> {
            let utc = py.import("datetime")?.getattr("timezone")?.getattr("utc")?;
            Ok(utc.cast_into::<PyTzInfo>()?.unbind())
        };
        Ok(UTC.get_or_try_init(py, find)?.bind_borrowed(py))
    }

    /// Returns the time zone with this IANA name: `zoneinfo.ZoneInfo(iana_name)`.
    ///
    /// # Errors
    ///
    /// Returns `ZoneInfoNotFoundError` if there is no such time zone, or the error of converting `iana_name`.
    pub fn timezone<'py, T>(py: Python<'py>, iana_name: T) -> PyResult<Bound<'py, PyTzInfo>>
    where
        T: IntoPyObject<'py, Target = PyString>,
    {
        let zone = py.import("zoneinfo")?.getattr("ZoneInfo")?.call1((iana_name,))?;
        Ok(zone.cast_into::<PyTzInfo>()?)
    }

    /// Creates a time zone with a fixed offset from UTC: `datetime.timezone(offset)`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if the offset is not shorter than a day, or the error of converting `offset`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyDelta, PyTzInfo};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let offset = PyDelta::new(py, 0, 2 * 3_600, 0, true)?;
    ///     assert_eq!(PyTzInfo::fixed_offset(py, offset)?.to_string(), "UTC+02:00");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn fixed_offset<'py, T>(py: Python<'py>, offset: T) -> PyResult<Bound<'py, PyTzInfo>>
    where
        T: IntoPyObject<'py, Target = PyDelta>,
    {
        let offset = offset.into_pyobject_or_pyerr(py)?;
        let zone = Active::time_zone_from_offset(py.attached(), offset.as_borrowed().handle());
        zone.or_raise(py).map(Bound::from_handle)
    }
}
