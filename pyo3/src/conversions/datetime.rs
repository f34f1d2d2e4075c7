//! What the crates for dates and times have in common: how Python's objects are taken apart and put together.

use crate::exceptions::{PyTypeError, PyValueError};
use crate::types::{PyAny, PyAnyMethods, PyDateTime, PyDelta, PyDeltaAccess, PyTimeAccess, PyTzInfo, PyTzInfoAccess};
use crate::{Borrowed, Bound, PyErr, PyResult, intern};

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// The time of day, as Rust's crates count it.
pub(super) struct TimeParts {
    pub hour: u8,
    pub minute: u8,
    pub second: u8,
    pub microsecond: u32,
}

impl TimeParts {
    pub(super) fn of(time: &impl PyTimeAccess) -> TimeParts {
        TimeParts {
            hour: time.get_hour(),
            minute: time.get_minute(),
            second: time.get_second(),
            microsecond: time.get_microsecond(),
        }
    }
}

/// The length of a `timedelta` in seconds and in microseconds beyond, from 0 to 999999.
pub(super) fn length(delta: &impl PyDeltaAccess) -> (i64, i32) {
    let seconds = i64::from(delta.get_days()) * SECONDS_PER_DAY + i64::from(delta.get_seconds());
    (seconds, delta.get_microseconds())
}

/// Days, and seconds beyond, both with the sign of what they are made from.
pub(super) fn days_and_seconds(seconds: i64) -> (i64, i32) {
    let rest = i32::try_from(seconds % SECONDS_PER_DAY).expect("less than a day");
    (seconds / SECONDS_PER_DAY, rest)
}

/// The time zone that a `datetime` has.
///
/// # Errors
///
/// `TypeError` if it has none.
pub(super) fn zone_of<'py>(datetime: &Bound<'py, PyDateTime>) -> PyResult<Bound<'py, PyTzInfo>> {
    datetime.get_tzinfo().ok_or_else(no_zone)
}

/// A `datetime` without a time zone was given where one is needed.
#[cold]
pub(super) fn no_zone() -> PyErr {
    PyTypeError::new_err("expected a datetime with non-None tzinfo")
}

/// Refuses a `datetime` that has a time zone, which would be lost.
///
/// # Errors
///
/// `TypeError`.
pub(super) fn check_naive(datetime: &Bound<'_, PyDateTime>) -> PyResult<()> {
    match datetime.get_tzinfo() {
        None => Ok(()),
        Some(_) => Err(PyTypeError::new_err("expected a datetime without tzinfo")),
    }
}

/// Implements the conversions of Python's dates and times without a time zone to those of a crate, by a function for each.
macro_rules! from_naive {
    ($date:ty = $date_from:expr, $time:ty = $time_from:expr, $datetime:ty = $datetime_from:expr) => {
        /// Of a `datetime` too, which is a `date`.
        impl $crate::FromPyObject<'_, '_> for $date {
            type Error = $crate::PyErr;
            input_type!(type $crate::types::PyDate);

            fn extract(object: $crate::Borrowed<'_, '_, $crate::PyAny>) -> $crate::PyResult<Self> {
                $date_from(&*object.cast::<$crate::types::PyDate>()?)
            }
        }

        impl $crate::FromPyObject<'_, '_> for $time {
            type Error = $crate::PyErr;
            input_type!(type $crate::types::PyTime);

            fn extract(object: $crate::Borrowed<'_, '_, $crate::PyAny>) -> $crate::PyResult<Self> {
                $time_from(&*object.cast::<$crate::types::PyTime>()?)
            }
        }

        /// `TypeError` if it has a time zone.
        impl $crate::FromPyObject<'_, '_> for $datetime {
            type Error = $crate::PyErr;
            input_type!(type $crate::types::PyDateTime);

            fn extract(object: $crate::Borrowed<'_, '_, $crate::PyAny>) -> $crate::PyResult<Self> {
                let object = &*object.cast::<$crate::types::PyDateTime>()?;
                $crate::conversions::datetime::check_naive(object)?;
                $datetime_from(object)
            }
        }
    };
}
pub(super) use from_naive;

/// The offset from UTC, in whole seconds, of a time zone that always has the same one.
///
/// # Errors
///
/// `TypeError` if it is not a time zone, or has another offset at another time.
pub(super) fn fixed_offset(object: Borrowed<'_, '_, PyAny>) -> PyResult<i32> {
    let zone = object.cast::<PyTzInfo>()?;
    // Other time zones have to be told when.
    let offset = zone.call_method1(intern!(object.py(), "utcoffset"), (object.py().None(),))?;
    if offset.is_none() {
        return Err(PyTypeError::new_err(format!("{zone:?} is not a fixed offset timezone")));
    }
    let (seconds, microseconds) = length(offset.cast::<PyDelta>()?);
    // Towards zero.
    let seconds = if seconds < 0 && microseconds > 0 { seconds + 1 } else { seconds };
    Ok(seconds.try_into()?)
}

/// There is no such date in Rust.
#[cold]
pub(super) fn invalid_date() -> PyErr {
    PyValueError::new_err("invalid or out-of-range date")
}

/// There is no such time in Rust.
#[cold]
pub(super) fn invalid_time() -> PyErr {
    PyValueError::new_err("invalid or out-of-range time")
}
