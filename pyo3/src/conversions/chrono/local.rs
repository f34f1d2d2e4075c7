//! Conversions of `Local`: the time zone of the system.

use chrono::Local;

use crate::conversion::{FromPyObject, IntoPyObject, private};
use crate::exceptions::{PyRuntimeError, PyValueError};
use crate::sync::PyOnceLock;
use crate::types::{PyAny, PyAnyMethods, PyTzInfo};
use crate::{Borrowed, Py, PyErr, PyResult, Python};

/// Returns the `zoneinfo.ZoneInfo` of the system's time zone, looked up once.
fn zone(py: Python<'_>) -> PyResult<Borrowed<'static, '_, PyTzInfo>> {
    static ZONE: PyOnceLock<Py<PyTzInfo>> = PyOnceLock::new();
    let zone = ZONE.get_or_try_init(py, || -> PyResult<Py<PyTzInfo>> {
        let name = iana_time_zone::get_timezone()
            .map_err(|error| PyRuntimeError::new_err(format!("Could not get local timezone: {error}")))?;
        Ok(PyTzInfo::timezone(py, name)?.unbind())
    });
    Ok(zone?.bind_borrowed(py))
}

impl<'py> IntoPyObject<'py> for Local {
    type Target = PyTzInfo;
    type Output = Borrowed<'static, 'py, PyTzInfo>;
    type Error = PyErr;
    output_type!("zoneinfo" "ZoneInfo");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        zone(py)
    }
}

impl<'py> IntoPyObject<'py> for &Local {
    type Target = PyTzInfo;
    type Output = Borrowed<'static, 'py, PyTzInfo>;
    type Error = PyErr;
    output_type!("zoneinfo" "ZoneInfo");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        zone(py)
    }
}

/// Returns `ValueError` if the object is not the `zoneinfo.ZoneInfo` of the system's time zone.
impl FromPyObject<'_, '_> for Local {
    type Error = PyErr;
    input_type!("zoneinfo" "ZoneInfo");

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let local = zone(object.py())?;
        if object.eq(local)? {
            return Ok(Local);
        }
        let name: String = local.getattr("key")?.extract()?;
        Err(PyValueError::new_err(format!("expected local timezone {name}")))
    }

    fn as_local_tz(_: private::Token) -> Option<Self> {
        Some(Local)
    }
}
