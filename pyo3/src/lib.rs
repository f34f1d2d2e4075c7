//! Write Python extensions and embed Python from Rust, on CPython or on RustPython.
//!
//! The API is that of PyO3 0.30. You choose the Python runtime when you compile: CPython through its C API by default,
//! or RustPython with the feature `runtime-rustpython`. With RustPython, no Python has to be installed to build or to
//! run. The source code is the same for both.
//!
//! # Embedding
//!
//! ```
//! use pyo3::prelude::*;
//!
//! # fn main() -> PyResult<()> {
//! Python::initialize();
//! Python::attach(|py| {
//!     let total: i64 = py.eval(c"sum(range(10))", None, None)?.extract()?;
//!     assert_eq!(total, 45);
//!     Ok(())
//! })
//! # }
//! ```
//!
//! # Extending
//!
//! ```
//! use pyo3::prelude::*;
//!
//! /// A module written in Rust.
//! #[pymodule]
//! mod arithmetic {
//!     use pyo3::prelude::*;
//!
//!     /// Adds two numbers.
//!     #[pyfunction]
//!     fn add(a: i64, b: i64) -> i64 {
//!         a + b
//!     }
//! }
//! # pyo3::append_to_inittab!(arithmetic);
//! # Python::initialize();
//! # Python::attach(|py| py.run(c"import arithmetic; assert arithmetic.add(1, 2) == 3", None, None).unwrap());
//! ```
//!
//! # Design
//!
//! This crate is the frontend, which knows no runtime. It calls the operations of a contract (`pyo3-backend`), which
//! one backend for each runtime implements. `backend.rs` is the only file here that names a backend.

#![deny(unsafe_code)]

// First, because the other modules use its macros.
#[macro_use]
mod type_hints;

mod backend;
pub mod buffer;
pub mod call;
#[cfg(feature = "compat-0-29")]
#[doc(hidden)]
pub mod compat;
pub mod conversion;
mod conversions;
#[cfg(feature = "experimental-async")]
pub mod coroutine;
pub mod err;
pub mod exceptions;
#[doc(hidden)]
pub mod impl_;
#[cfg(feature = "experimental-inspect")]
pub mod inspect;
mod instance;
mod interpreter_lifecycle;
mod macros;
pub mod marker;
pub mod marshal;
pub mod panic;
pub mod prelude;
pub mod pybacked;
pub mod pyclass;
pub mod sync;
pub mod type_object;
pub mod types;
mod version;

pub use pyo3_ffi as ffi;

pub use crate::conversion::{FromPyObject, IntoPyObject, IntoPyObjectExt};
#[allow(unused_imports, reason = "each module depends on a feature, so there may be none")]
pub use crate::conversions::*;
pub use crate::err::{CastError, CastIntoError, PyErr, PyErrArguments, PyResult, ToPyErr};
pub use crate::instance::{Borrowed, Bound, BoundObject, Py};
pub use crate::interpreter_lifecycle::with_embedded_python_interpreter;
pub use crate::marker::Python;
pub use crate::pyclass::guard::{PyRef, PyRefMut};
pub use crate::pyclass::{PyClass, PyClassGuard, PyClassGuardMut, PyClassInitializer};
pub use crate::type_object::{PyTypeCheck, PyTypeInfo};
pub use crate::types::PyAny;
pub use crate::version::PythonVersionInfo;

/// Guards that own a reference to the instance whose value they borrow: see [`mod@pyclass`].
///
/// Python shares objects freely, but Rust does not allow a shared `&mut`. So each instance counts its borrows at run
/// time, as `RefCell` does.
pub mod pycell {
    pub use crate::pyclass::guard::{PyBorrowError, PyBorrowMutError, PyRef, PyRefMut};
}

/// The values that fill a new instance: see [`mod@pyclass`].
pub mod pyclass_init {
    pub use crate::pyclass::PyClassInitializer;
}

/// The types that methods in `#[pymethods]` use.
pub mod class {
    /// The types that special methods take.
    pub mod basic {
        pub use crate::pyclass::CompareOp;
    }
    /// The types that methods for the garbage collector take and return.
    pub mod gc {
        pub use crate::pyclass::{PyTraverseError, PyVisit};
    }
    pub use crate::pyclass::{CompareOp, PyTraverseError, PyVisit};
}
pub use crate::class::{PyTraverseError, PyVisit, basic, gc};

/// Makes a Rust struct or enum a Python class.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pyclass(eq)]
/// #[derive(PartialEq)]
/// struct Point {
///     #[pyo3(get, set)]
///     x: i32,
///     #[pyo3(get, set)]
///     y: i32,
/// }
///
/// #[pymethods]
/// impl Point {
///     #[new]
///     fn new(x: i32, y: i32) -> Self {
///         Point { x, y }
///     }
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let point = py.get_type::<Point>().call1((3, 4))?;
///     assert_eq!(point.getattr("y")?.extract::<i32>()?, 4);
///     assert!(point.eq(Point::new(3, 4))?);
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[cfg(feature = "macros")]
pub use pyo3_macros::pyclass;

/// Makes the functions of an `impl` block the methods of a `#[pyclass]`.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pyclass]
/// #[derive(Default)]
/// struct Basket {
///     names: Vec<String>,
/// }
///
/// #[pymethods]
/// impl Basket {
///     #[new]
///     fn new() -> Self {
///         Basket::default()
///     }
///
///     fn put(&mut self, name: String) {
///         self.names.push(name);
///     }
///
///     #[getter]
///     fn first(&self) -> Option<&str> {
///         self.names.first().map(String::as_str)
///     }
///
///     fn __len__(&self) -> usize {
///         self.names.len()
///     }
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let basket = py.get_type::<Basket>().call0()?;
///     basket.call_method1("put", ("apple",))?;
///     assert_eq!(basket.len()?, 1);
///     assert_eq!(basket.getattr("first")?.extract::<String>()?, "apple");
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[cfg(feature = "macros")]
pub use pyo3_macros::pymethods;

/// Makes a Rust function callable from Python.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pyfunction]
/// #[pyo3(signature = (text, times=2, *, separator=""))]
/// fn repeat(text: &str, times: usize, separator: &str) -> String {
///     vec![text; times].join(separator)
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let repeat = wrap_pyfunction!(repeat, py)?;
///     assert_eq!(repeat.call1(("ha",))?.extract::<String>()?, "haha");
///     assert!(repeat.call0().is_err(), "`text` is required");
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[cfg(feature = "macros")]
pub use pyo3_macros::pyfunction;

/// Makes a Rust module, or a function that fills one, a Python module.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pymodule]
/// mod shapes {
///     use pyo3::prelude::*;
///
///     #[pymodule_export]
///     const CORNERS: u32 = 4;
///
///     #[pyfunction]
///     fn area(width: f64, height: f64) -> f64 {
///         width * height
///     }
/// }
///
/// pyo3::append_to_inittab!(shapes);
/// # Python::initialize();
/// Python::attach(|py| {
///     let shapes = py.import("shapes")?;
///     assert_eq!(shapes.call_method1("area", (2.0, 3.0))?.extract::<f64>()?, 6.0);
///     assert_eq!(shapes.getattr("CORNERS")?.extract::<u32>()?, 4);
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[cfg(feature = "macros")]
pub use pyo3_macros::pymodule;

/// Implements [`FromPyObject`](trait@FromPyObject) for a struct or an enum.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[derive(FromPyObject)]
/// #[pyo3(from_item_all)]
/// struct Order {
///     name: String,
///     #[pyo3(default = 1)]
///     count: u32,
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let order: Order = py.eval(c"{'name': 'tea'}", None, None)?.extract()?;
///     assert_eq!((order.name.as_str(), order.count), ("tea", 1));
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[cfg(feature = "macros")]
pub use pyo3_macros::FromPyObject;

/// Implements [`IntoPyObject`](trait@IntoPyObject) for a struct or an enum.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[derive(IntoPyObject)]
/// struct Order {
///     name: String,
///     count: u32,
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let order = Order { name: "tea".into(), count: 2 }.into_pyobject(py)?;
///     assert_eq!(order.to_string(), "{'name': 'tea', 'count': 2}");
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[cfg(feature = "macros")]
pub use pyo3_macros::IntoPyObject;

/// Implements [`IntoPyObject`](trait@IntoPyObject) for references to a struct or an enum.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[derive(IntoPyObjectRef)]
/// struct Pair(String, u32);
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let pair = Pair("tea".into(), 2);
///     assert_eq!((&pair).into_pyobject(py)?.to_string(), "('tea', 2)");
///     assert_eq!(pair.1, 2, "it is still there");
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[cfg(feature = "macros")]
pub use pyo3_macros::IntoPyObjectRef;

// The published PyO3 has it at this path.
#[cfg(all(feature = "macros", feature = "multiple-pymethods"))]
#[doc(hidden)]
pub use inventory;
