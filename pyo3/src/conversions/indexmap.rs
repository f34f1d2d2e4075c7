//! Conversions between `indexmap::IndexMap` and `dict`, which keep the order of the entries. Feature `indexmap`.
//!
//! ```
//! use indexmap::IndexMap;
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let map: IndexMap<String, i32> = py.eval(c"{'one': 1, 'two': 2}", None, None)?.extract()?;
//!     assert_eq!(map.get_index(1), Some((&String::from("two"), &2)));
//!     assert_eq!(map.into_pyobject(py)?.repr()?, "{'one': 1, 'two': 2}");
//!     Ok(())
//! })
//! # }
//! ```

use indexmap::IndexMap;

hash_map!(IndexMap);
