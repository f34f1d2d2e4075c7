//! Conversions of dates and times with a time zone, and of time zones.

use jiff_02::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff_02::{Timestamp, Zoned};

use super::civil::{datetime_from, datetime_into};
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::conversions::datetime;
use crate::types::{PyAny, PyAnyMethods, PyDateTime, PyDelta, PyString, PyStringMethods, PyTimeAccess, PyTzInfo};
use crate::{Borrowed, Bound, PyErr, PyResult, Python, intern};

/// Returns `ValueError` if the offset is not shorter than a day.
impl<'py> IntoPyObject<'py> for Offset {
    type Target = PyTzInfo;
    type Output = Bound<'py, PyTzInfo>;
    type Error = PyErr;
    output_type!("datetime" "timezone");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        if self == Offset::UTC {
            return Ok(PyTzInfo::utc(py)?.to_owned());
        }
        PyTzInfo::fixed_offset(py, PyDelta::new(py, 0, self.seconds(), 0, true)?)
    }
}

/// Truncates the offset to whole seconds. Returns `TypeError` if the offset of the time zone is not fixed.
impl FromPyObject<'_, '_> for Offset {
    type Error = PyErr;
    input_type!(type crate::types::PyTzInfo);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Ok(Offset::from_seconds(datetime::fixed_offset(object)?)?)
    }
}

/// Converts a time zone with a name to a `ZoneInfo`, and one with a fixed offset to a `timezone`. Returns `ValueError`
/// for any other.
impl<'py> IntoPyObject<'py> for &TimeZone {
    type Target = PyTzInfo;
    type Output = Bound<'py, PyTzInfo>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        // UTC also has a name, so it must come first.
        if *self == TimeZone::UTC {
            return Ok(PyTzInfo::utc(py)?.to_owned());
        }
        match self.iana_name() {
            Some(name) => PyTzInfo::timezone(py, name),
            None => self.to_fixed_offset()?.into_pyobject(py),
        }
    }
}

impl<'py> IntoPyObject<'py> for TimeZone {
    type Target = PyTzInfo;
    type Output = Bound<'py, PyTzInfo>;
    type Error = PyErr;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        (&self).into_pyobject(py)
    }
}

/// Looks the time zone up by its name if it has one, as a `ZoneInfo` does. Otherwise uses its offset, which must be
/// fixed.
impl FromPyObject<'_, '_> for TimeZone {
    type Error = PyErr;
    input_type!(type crate::types::PyTzInfo);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let zone = object.cast::<PyTzInfo>()?;
        match zone.getattr_opt(intern!(object.py(), "key"))? {
            Some(name) => Ok(TimeZone::get(&name.cast_into::<PyString>()?.to_cow()?)?),
            None => Ok(Offset::extract(object)?.to_time_zone()),
        }
    }
}

impl<'py> IntoPyObject<'py> for &Zoned {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let zone = self.time_zone();
        // `fold` tells which of two equal local times is meant when clocks are set back.
        let fold = match zone.to_ambiguous_timestamp(self.datetime()).offset() {
            AmbiguousOffset::Fold { after, .. } => self.offset() == after,
            _ => false,
        };
        datetime_into(py, self.datetime(), Some(&zone.into_pyobject(py)?), fold)
    }
}

impl<'py> IntoPyObject<'py> for Zoned {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        (&self).into_pyobject(py)
    }
}

/// Returns `TypeError` if the `datetime` has no time zone. Interprets a time that clocks skipped as Python does.
impl FromPyObject<'_, '_> for Zoned {
    type Error = PyErr;
    input_type!(type crate::types::PyDateTime);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let object = &*object.cast::<PyDateTime>()?;
        let zone: TimeZone = datetime::zone_of(object)?.extract()?;
        let time = zone.into_ambiguous_zoned(datetime_from(object)?);
        // `fold` selects the offset after the change. That gives the later of two equal times, but the earlier of the
        // two interpretations of a skipped time.
        let skipped = matches!(time.offset(), AmbiguousOffset::Gap { .. });
        Ok(if object.get_fold() != skipped { time.later() } else { time.earlier() }?)
    }
}

/// Creates a `datetime` in UTC.
impl<'py> IntoPyObject<'py> for Timestamp {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        datetime_into(py, Offset::UTC.to_datetime(self), Some(&*PyTzInfo::utc(py)?), false)
    }
}

/// Accepts a `datetime` in any time zone.
impl FromPyObject<'_, '_> for Timestamp {
    type Error = PyErr;
    input_type!(type crate::types::PyDateTime);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Zoned::extract(object).map(|time| time.timestamp())
    }
}

by_copy! {
    Offset => PyTzInfo, PyErr;
    Timestamp => PyDateTime, PyErr;
}
