//! Code shared by the conversions for the date and time crates.

use crate::exceptions::{PyTypeError, PyValueError};
use crate::types::{PyAny, PyAnyMethods, PyDateTime, PyDelta, PyDeltaAccess, PyTimeAccess, PyTzInfo, PyTzInfoAccess};
use crate::{Borrowed, Bound, PyErr, PyResult, intern};

const SECONDS_PER_DAY: i64 = 24 * 60 * 60;

/// The parts of a time of day, in the types that the Rust crates use.
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

/// Returns the length of a `timedelta` in whole seconds, and the microseconds beyond, from 0 to 999999.
pub(super) fn length(delta: &impl PyDeltaAccess) -> (i64, i32) {
    let seconds = i64::from(delta.get_days()) * SECONDS_PER_DAY + i64::from(delta.get_seconds());
    (seconds, delta.get_microseconds())
}

/// Splits seconds into days and the seconds beyond, both with the sign of the argument.
pub(super) fn days_and_seconds(seconds: i64) -> (i64, i32) {
    let rest = i32::try_from(seconds % SECONDS_PER_DAY).expect("less than a day");
    (seconds / SECONDS_PER_DAY, rest)
}

/// Returns the time zone of a `datetime`.
///
/// # Errors
///
/// `TypeError` if it has none.
pub(super) fn zone_of<'py>(datetime: &Bound<'py, PyDateTime>) -> PyResult<Bound<'py, PyTzInfo>> {
    datetime.get_tzinfo().ok_or_else(no_zone)
}

/// Returns the error for a `datetime` without the required time zone.
#[cold]
pub(super) fn no_zone() -> PyErr {
    PyTypeError::new_err("expected a datetime with non-None tzinfo")
}

/// Checks that a `datetime` has no time zone, which a conversion would lose.
///
/// # Errors
///
/// `TypeError` if it has one.
pub(super) fn check_naive(datetime: &Bound<'_, PyDateTime>) -> PyResult<()> {
    match datetime.get_tzinfo() {
        None => Ok(()),
        Some(_) => Err(PyTypeError::new_err("expected a datetime without tzinfo")),
    }
}

/// Implements the conversions from Python's dates and times without a time zone to the types of a crate, given a
/// function for each.
macro_rules! from_naive {
    ($date:ty = $date_from:expr, $time:ty = $time_from:expr, $datetime:ty = $datetime_from:expr) => {
        /// Also accepts a `datetime`, whose class inherits from `date`.
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

        /// Returns `TypeError` if the `datetime` has a time zone.
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

/// Returns the fixed offset of a time zone from UTC, in whole seconds.
///
/// # Errors
///
/// `TypeError` if the object is not a time zone, or if its offset is not fixed.
pub(super) fn fixed_offset(object: Borrowed<'_, '_, PyAny>) -> PyResult<i32> {
    let zone = object.cast::<PyTzInfo>()?;
    // A time zone whose offset varies returns `None` if it is not asked for a certain time.
    let offset = zone.call_method1(intern!(object.py(), "utcoffset"), (object.py().None(),))?;
    if offset.is_none() {
        return Err(PyTypeError::new_err(format!("{zone:?} is not a fixed offset timezone")));
    }
    let (seconds, microseconds) = length(offset.cast::<PyDelta>()?);
    // Truncate towards zero.
    let seconds = if seconds < 0 && microseconds > 0 { seconds + 1 } else { seconds };
    Ok(seconds.try_into()?)
}

/// Returns the error for a date that the Rust type cannot hold.
#[cold]
pub(super) fn invalid_date() -> PyErr {
    PyValueError::new_err("invalid or out-of-range date")
}

/// Returns the error for a time that the Rust type cannot hold.
#[cold]
pub(super) fn invalid_time() -> PyErr {
    PyValueError::new_err("invalid or out-of-range time")
}
