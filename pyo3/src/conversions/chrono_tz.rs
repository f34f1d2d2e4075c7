//! Conversions between `chrono_tz::Tz` and `zoneinfo.ZoneInfo`, by name. Feature `chrono-tz`.
//!
//! Python reads its time zones from the system or from the package `tzdata`. `chrono_tz` contains its own.
//!
//! ```no_run
//! use chrono_tz::Tz;
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let zone = Tz::Europe__Vienna.into_pyobject(py)?;
//!     assert_eq!(zone.str()?, "Europe/Vienna");
//!     assert_eq!(zone.extract::<Tz>()?, Tz::Europe__Vienna);
//!     Ok(())
//! })
//! # }
//! ```

use chrono_tz::Tz;

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::PyValueError;
use crate::types::{PyAny, PyAnyMethods, PyString, PyStringMethods, PyTzInfo};
use crate::{Borrowed, Bound, PyErr, PyResult, Python, intern};

/// Returns `zoneinfo.ZoneInfoNotFoundError` if Python does not know the time zone.
impl<'py> IntoPyObject<'py> for Tz {
    type Target = PyTzInfo;
    type Output = Bound<'py, PyTzInfo>;
    type Error = PyErr;
    output_type!("zoneinfo" "ZoneInfo");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        PyTzInfo::timezone(py, self.name())
    }
}

by_copy! { Tz => PyTzInfo, PyErr; }

/// Returns `AttributeError` if the time zone has no name, such as a `datetime.timezone`, or `ValueError` if `chrono_tz`
/// does not know it.
impl FromPyObject<'_, '_> for Tz {
    type Error = PyErr;
    input_type!("zoneinfo" "ZoneInfo");

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let name = object.getattr(intern!(object.py(), "key"))?.cast_into::<PyString>()?;
        name.to_cow()?.parse().map_err(|error: chrono_tz::ParseError| PyValueError::new_err(error.to_string()))
    }
}
