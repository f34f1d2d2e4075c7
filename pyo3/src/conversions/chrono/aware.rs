//! Conversions of `DateTime<Tz>`: a date and time with a time zone.

use chrono::{DateTime, LocalResult, Offset, TimeZone};

use super::naive::{datetime_from, datetime_into};
use crate::conversion::{FromPyObject, FromPyObjectOwned, IntoPyObject, IntoPyObjectExt, private};
use crate::conversions::datetime;
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyAnyMethods, PyDateTime, PyTimeAccess, PyTzInfo, PyTzInfoAccess};
use crate::{Borrowed, Bound, PyErr, PyResult, Python};

impl<'py, Tz> IntoPyObject<'py> for DateTime<Tz>
where
    Tz: TimeZone + IntoPyObject<'py>,
{
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    #[inline]
    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        (&self).into_pyobject(py)
    }
}

impl<'py, Tz> IntoPyObject<'py> for &DateTime<Tz>
where
    Tz: TimeZone + IntoPyObject<'py>,
{
    type Target = PyDateTime;
    type Output = Bound<'py, PyDateTime>;
    type Error = PyErr;
    output_type!(type Self::Target);

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        let zone = self.timezone();
        let local = self.naive_local();
        // `fold` tells which of two equal local times is meant when clocks are set back.
        let fold = match zone.offset_from_local_datetime(&local) {
            LocalResult::Ambiguous(_, second) => self.offset().fix() == second.fix(),
            _ => false,
        };
        let zone = zone.into_bound_py_any(py)?.cast_into::<PyTzInfo>()?;
        datetime_into(py, local, Some(&zone), fold)
    }
}

/// Returns `TypeError` if the `datetime` has no time zone, except for `Local`, or `ValueError` if clocks skipped the
/// time.
impl<'py, Tz> FromPyObject<'_, 'py> for DateTime<Tz>
where
    Tz: TimeZone + FromPyObjectOwned<'py>,
{
    type Error = PyErr;
    input_type!(type crate::types::PyDateTime);

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        let object = &*object.cast::<PyDateTime>()?;
        let zone = match object.get_tzinfo() {
            Some(zone) => zone.extract::<Tz>().map_err(Into::into)?,
            None => Tz::as_local_tz(private::Token).ok_or_else(datetime::no_zone)?,
        };
        let local = datetime_from(object)?;
        match zone.from_local_datetime(&local) {
            LocalResult::Single(time) => Ok(time),
            LocalResult::Ambiguous(first, second) => Ok(if object.get_fold() { second } else { first }),
            LocalResult::None => {
                Err(PyValueError::new_err(format!("The datetime {object:?} contains an incompatible timezone")))
            }
        }
    }
}
