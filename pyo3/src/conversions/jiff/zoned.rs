//! Dates and times with a time zone, and time zones.

use jiff_02::tz::{AmbiguousOffset, Offset, TimeZone};
use jiff_02::{Timestamp, Zoned};

use super::civil::{datetime_from, datetime_into};
use crate::conversion::{FromPyObject, IntoPyObject};
use crate::conversions::datetime;
use crate::types::{PyAny, PyAnyMethods, PyDateTime, PyDelta, PyString, PyStringMethods, PyTimeAccess, PyTzInfo};
use crate::{Borrowed, Bound, PyErr, PyResult, Python, intern};

/// `ValueError` if it is a day or more.
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

/// In whole seconds. `TypeError` if it has another offset at another time.
impl FromPyObject<'_, '_> for Offset {
    type Error = PyErr;
    input_type!(type crate::types::PyTzInfo);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Ok(Offset::from_seconds(datetime::fixed_offset(object)?)?)
    }
}

/// A `ZoneInfo` of what has a name, a `timezone` of what has one offset; `ValueError` for anything else.
impl<'py> IntoPyObject<'py> for &TimeZone {
    type Target = PyTzInfo;
    type Output = Bound<'py, PyTzInfo>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        // That has a name, too.
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

/// By name, if it has one, as a `ZoneInfo` has; else by its offset.
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
        // Of two equal times, when clocks are set back, whether it is the second.
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

/// `TypeError` if it has no time zone. A time that clocks skipped is the one that Python takes it for.
impl FromPyObject<'_, '_> for Zoned {
    type Error = PyErr;
    input_type!(type crate::types::PyDateTime);

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let object = &*object.cast::<PyDateTime>()?;
        let zone: TimeZone = datetime::zone_of(object)?.extract()?;
        let time = zone.into_ambiguous_zoned(datetime_from(object)?);
        // `fold` chooses the offset after the change. That makes the later of two times, yet the earlier of two
        // readings of a time that there was not.
        let skipped = matches!(time.offset(), AmbiguousOffset::Gap { .. });
        Ok(if object.get_fold() != skipped { time.later() } else { time.earlier() }?)
    }
}

/// In UTC.
impl<'py> IntoPyObject<'py> for Timestamp {
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        datetime_into(py, Offset::UTC.to_datetime(self), Some(&*PyTzInfo::utc(py)?), false)
    }
}

/// Of a `datetime` in any time zone.
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
