//! The Rust types that stand for Python types: the `T` in [`Bound<'py, T>`](crate::Bound).
//!
//! Rust code never holds a value of these types, only handles to them. Their methods are defined on `Bound`, in one
//! trait for each type ([`PyListMethods`] for [`PyList`]). [`pyo3::prelude`](crate::prelude) exports all these traits.

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

/// The old path of [`PyMutex`](crate::sync::PyMutex).
#[deprecated(since = "0.30.0", note = "moved to `pyo3::sync::PyMutex`")]
pub type PyMutex<T> = crate::sync::PyMutex<T>;

/// The old path of [`PyMutexGuard`](crate::sync::PyMutexGuard).
#[deprecated(since = "0.30.0", note = "moved to `pyo3::sync::PyMutexGuard`")]
pub type PyMutexGuard<'a, T> = crate::sync::PyMutexGuard<'a, T>;

/// The old path of [`CapsuleName`](capsule::CapsuleName).
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::capsule::CapsuleName`")]
pub type CapsuleName = capsule::CapsuleName;

/// The old path of [`PyCodeInput`](code::PyCodeInput).
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::code::PyCodeInput`")]
pub type PyCodeInput = code::PyCodeInput;

/// The old path of [`PyFrozenSetBuilder`](frozenset::PyFrozenSetBuilder).
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::frozenset::PyFrozenSetBuilder`")]
pub type PyFrozenSetBuilder<'py> = frozenset::PyFrozenSetBuilder<'py>;

/// The old path of [`PySendResult`](iterator::PySendResult).
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::iterator::PySendResult`")]
pub type PySendResult<'py> = iterator::PySendResult<'py>;

/// The old path of [`PySliceIndices`](slice::PySliceIndices).
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::slice::PySliceIndices`")]
pub type PySliceIndices = slice::PySliceIndices;

/// The old path of [`PyStringData`](string::PyStringData).
#[deprecated(since = "0.30.0", note = "moved to `pyo3::types::string::PyStringData`")]
pub type PyStringData<'a> = string::PyStringData<'a>;

/// Iterators over the containers in this module.
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

/// A type whose [`Bound`](crate::Bound) dereferences to `Bound<PyAny>`, so that it has the methods of every object.
///
/// Every Python type implements it except [`PyAny`], which would dereference to itself.
pub trait DerefToPyAny {}

pub(crate) mod sealed {
    /// Prevents other crates from implementing the method traits, so that new methods can be added to them.
    pub trait Sealed {}

    impl<T> Sealed for crate::Bound<'_, T> {}
}
