//! Conversions between `hashbrown::HashMap` and `dict`, and between `HashSet` and `set`. Feature `hashbrown`.
//!
//! A `frozenset` also converts to a `HashSet`.
//!
//! ```
//! use hashbrown::{HashMap, HashSet};
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! # Python::initialize();
//! Python::attach(|py| {
//!     let map: HashMap<String, i32> = py.eval(c"{'one': 1}", None, None)?.extract()?;
//!     assert_eq!(map["one"], 1);
//!     let set: HashSet<i32> = py.eval(c"frozenset([3])", None, None)?.extract()?;
//!     assert_eq!(set.into_pyobject(py)?.repr()?, "{3}");
//!     Ok(())
//! })
//! # }
//! ```

use hashbrown::{HashMap, HashSet};

hash_map!(HashMap);
hash_set!(HashSet, BuildHasher);
