//! Serialization of [`Py<T>`](crate::Py) as its `T`, and deserialization into a new instance, for classes. Feature
//! `serde`.
//!
//! ```
//! use pyo3::prelude::*;
//! use serde::{Deserialize, Serialize};
//!
//! #[pyclass]
//! #[derive(Serialize, Deserialize)]
//! struct Point {
//!     x: i32,
//!     y: i32,
//! }
//!
//! /// Has an object of Python in it, and serializes all the same.
//! #[derive(Serialize, Deserialize)]
//! struct Marker {
//!     name: String,
//!     at: Py<Point>,
//! }
//! ```

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::pyclass::definition::PyClassImpl;
use crate::types::PyAny;
use crate::{Py, PyClass, Python};

/// Attaches the thread. Fails if the instance is mutably borrowed.
impl<T: PyClass + Serialize> Serialize for Py<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Python::attach(|py| match self.try_borrow(py) {
            Ok(instance) => instance.serialize(serializer),
            Err(error) => Err(S::Error::custom(error)),
        })
    }
}

/// Attaches the thread, after deserializing the value.
impl<'de, T> Deserialize<'de> for Py<T>
where
    T: PyClass + PyClassImpl<BaseType = PyAny> + Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = T::deserialize(deserializer)?;
        Python::attach(|py| Py::new(py, value)).map_err(D::Error::custom)
    }
}
