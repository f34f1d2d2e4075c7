//! The types of Python, as Rust types: what the `T` in [`Bound<'py, T>`](crate::Bound) is.
//!
//! None of them is ever a value in Rust. Their methods are on `Bound`, through one trait for each type
//! ([`PyListMethods`] for [`PyList`]), all of which are in [`pyo3::prelude`](crate::prelude).

#[macro_use]
mod native;

pub mod any;
pub mod boolobject;
pub mod bytearray;
pub mod bytes;
pub mod capsule;
pub mod code;
pub mod complex;
pub mod context;
pub mod datetime;
pub mod dict;
pub mod ellipsis;
pub mod float;
pub mod frame;
pub mod frozenset;
pub mod function;
pub mod genericalias;
pub mod iterator;
pub mod list;
pub mod mapping;
pub mod mappingproxy;
pub mod memoryview;
pub mod module;
pub mod none;
pub mod notimplemented;
pub mod num;
pub mod pysuper;
pub mod range;
pub mod sequence;
pub mod set;
pub mod slice;
pub mod string;
pub mod traceback;
pub mod tuple;
pub mod typeobject;
pub(crate) mod values;
pub mod weakref;

pub use self::any::{PyAny, PyAnyMethods};
pub use self::boolobject::{PyBool, PyBoolMethods};
pub use self::bytearray::{PyByteArray, PyByteArrayMethods};
pub use self::bytes::{PyBytes, PyBytesMethods};
pub use self::capsule::{PyCapsule, PyCapsuleMethods};
pub use self::code::{PyCode, PyCodeMethods};
pub use self::complex::{PyComplex, PyComplexMethods};
pub use self::context::PyContext;
pub use self::datetime::{
    PyDate, PyDateAccess, PyDateTime, PyDelta, PyDeltaAccess, PyTime, PyTimeAccess, PyTzInfo, PyTzInfoAccess,
};
pub use self::dict::{IntoPyDict, PyDict, PyDictItems, PyDictKeys, PyDictMethods, PyDictValues};
pub use self::ellipsis::PyEllipsis;
pub use self::float::{PyFloat, PyFloatMethods};
pub use self::frame::{PyFrame, PyFrameMethods};
pub use self::frozenset::{PyFrozenSet, PyFrozenSetMethods};
pub use self::function::{PyCFunction, PyFunction};
pub use self::genericalias::PyGenericAlias;
pub use self::iterator::PyIterator;
pub use self::list::{PyList, PyListMethods};
pub use self::mapping::{PyMapping, PyMappingMethods};
pub use self::mappingproxy::{PyMappingProxy, PyMappingProxyMethods};
pub use self::memoryview::PyMemoryView;
pub use self::module::{PyModule, PyModuleMethods};
pub use self::none::PyNone;
pub use self::notimplemented::PyNotImplemented;
pub use self::num::PyInt;
pub use self::pysuper::PySuper;
pub use self::range::{PyRange, PyRangeMethods};
pub use self::sequence::{PySequence, PySequenceMethods};
pub use self::set::{PySet, PySetMethods};
pub use self::slice::{PySlice, PySliceMethods};
pub use self::string::{PyString, PyStringMethods};
pub use self::traceback::{PyTraceback, PyTracebackMethods};
pub use self::tuple::{PyTuple, PyTupleMethods};
pub use self::typeobject::{PyType, PyTypeMethods};
pub use self::weakref::{PyWeakref, PyWeakrefMethods, PyWeakrefProxy, PyWeakrefReference};

/// The mutex by its old name.
#[deprecated(since = "0.30.0", note = "moved to `pyo3::sync::PyMutex`")]
pub type PyMutex<T> = crate::sync::PyMutex<T>;

/// The guard by its old name.
#[deprecated(since = "0.30.0", note = "moved to `pyo3::sync::PyMutexGuard`")]
pub type PyMutexGuard<'a, T> = crate::sync::PyMutexGuard<'a, T>;

/// The name of a capsule by its old path.
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::capsule::CapsuleName`")]
pub type CapsuleName = capsule::CapsuleName;

/// The kinds of source text by their old path.
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::code::PyCodeInput`")]
pub type PyCodeInput = code::PyCodeInput;

/// The builder by its old path.
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::frozenset::PyFrozenSetBuilder`")]
pub type PyFrozenSetBuilder<'py> = frozenset::PyFrozenSetBuilder<'py>;

/// What a generator answers, by its old path.
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::iterator::PySendResult`")]
pub type PySendResult<'py> = iterator::PySendResult<'py>;

/// The numbers of a slice by their old path.
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::slice::PySliceIndices`")]
pub type PySliceIndices = slice::PySliceIndices;

/// What is behind a string, by its old path.
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::string::PyStringData`")]
pub type PyStringData<'a> = string::PyStringData<'a>;

/// The iterators that the containers here give.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::types::PyDict;
/// use pyo3::types::iter::BoundDictIterator;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let ages = PyDict::new(py);
///     ages.set_item("Ada", 36)?;
///     let entries: BoundDictIterator<'_> = ages.iter();
///     assert_eq!(entries.len(), 1);
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
pub mod iter {
    pub use super::dict::BoundDictIterator;
    pub use super::frozenset::BoundFrozenSetIterator;
    pub use super::list::BoundListIterator;
    pub use super::set::BoundSetIterator;
    pub use super::tuple::{BorrowedTupleIterator, BoundTupleIterator};
}

/// Types whose [`Bound`](crate::Bound) dereferences to `Bound<PyAny>`, so that it has the methods of every object.
///
/// All types are, but for [`PyAny`] itself, where it would go round in a circle.
pub trait DerefToPyAny {}

pub(crate) mod sealed {
    /// Keeps the traits of methods from being implemented elsewhere, so that they may grow.
    pub trait Sealed {}

    impl<T> Sealed for crate::Bound<'_, T> {}
}
