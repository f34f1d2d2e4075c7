//! Conversions between `IpAddr`, `Ipv4Addr` and `Ipv6Addr`, and the classes of `ipaddress`.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::conversion::{FromPyObject, IntoPyObject};
use crate::exceptions::PyValueError;
use crate::sync::PyOnceLock;
use crate::types::{PyAny, PyAnyMethods};
use crate::{Borrowed, Bound, Py, PyErr, PyResult, Python};

impl<'py> IntoPyObject<'py> for Ipv4Addr {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!("ipaddress" "IPv4Address");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        CLASS.import(py, "ipaddress", "IPv4Address")?.call1((self.to_bits(),))
    }
}

impl<'py> IntoPyObject<'py> for Ipv6Addr {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!("ipaddress" "IPv6Address");

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        CLASS.import(py, "ipaddress", "IPv6Address")?.call1((self.to_bits(),))
    }
}

impl<'py> IntoPyObject<'py> for IpAddr {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;
    output_type!(("ipaddress" "IPv4Address") | ("ipaddress" "IPv6Address"));

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Self::Output> {
        match self {
            IpAddr::V4(address) => address.into_pyobject(py),
            IpAddr::V6(address) => address.into_pyobject(py),
        }
    }
}

by_copy! {
    Ipv4Addr => PyAny, PyErr;
    Ipv6Addr => PyAny, PyErr;
    IpAddr => PyAny, PyErr;
}

/// Uses the `packed` bytes of an object, as both classes have them. Parses the text of any other object.
impl FromPyObject<'_, '_> for IpAddr {
    type Error = PyErr;
    input_type!(("ipaddress" "IPv4Address") | ("ipaddress" "IPv6Address"));

    fn extract(object: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        let Ok(packed) = object.getattr(crate::intern!(object.py(), "packed")) else {
            return Ok(object.str()?.extract::<String>()?.parse::<IpAddr>()?);
        };
        if let Ok(octets) = packed.extract::<[u8; 4]>() {
            Ok(octets.into())
        } else if let Ok(octets) = packed.extract::<[u8; 16]>() {
            Ok(octets.into())
        } else {
            Err(PyValueError::new_err("invalid packed length"))
        }
    }
}
