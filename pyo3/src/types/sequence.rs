//! [`PySequence`]: the sequence protocol.

use pyo3_backend::{BuiltinType, Outcome, Owned, SequenceOps, TypeOps};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::native::is_registered_instance;
use crate::types::values::with;
use crate::types::{PyAnyMethods, PyList, PyTuple};
use crate::{Bound, IntoPyObject, PyAny, PyResult, PyTypeInfo, Python};

imported_types! {
    /// An instance of `collections.abc.Sequence`: a `list`, `tuple`, `str` or `range`, or an object of a class that
    /// inherits from it or is registered.
    ///
    /// Its methods are in [`PySequenceMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::{PyList, PySequence, PyTuple};
    ///
    /// fn last<'py>(sequence: &Bound<'py, PySequence>) -> PyResult<Bound<'py, PyAny>> {
    ///     sequence.get_item(sequence.len()? - 1)
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(last(PyList::new(py, [1, 2])?.as_sequence())?.extract::<i32>()?, 2);
    ///     assert_eq!(last(PyTuple::new(py, ["a", "b"])?.as_sequence())?.extract::<String>()?, "b");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PySequence = "_collections_abc"."Sequence", is_sequence;
}

/// Returns `true` for a sequence. Lists and tuples are the common case, so they are checked first, without running
/// Python code.
#[inline]
fn is_sequence(object: &Bound<'_, PyAny>) -> bool {
    let (py, handle) = (object.py().attached(), object.any_handle());
    Active::type_check(py, handle, BuiltinType::List)
        || Active::type_check(py, handle, BuiltinType::Tuple)
        || is_registered_instance::<PySequence>(object)
}

impl PySequence {
    /// Registers a class, so that its instances can be cast to [`PySequence`]: `collections.abc.Sequence.register(T)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `register` raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySequence;
    ///
    /// #[pyclass(sequence)]
    /// struct Squares;
    ///
    /// #[pymethods]
    /// impl Squares {
    ///     fn __len__(&self) -> usize {
    ///         10
    ///     }
    ///
    ///     fn __getitem__(&self, index: usize) -> usize {
    ///         index * index
    ///     }
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     PySequence::register::<Squares>(py)?;
    ///     let squares = Bound::new(py, Squares)?.into_any().cast_into::<PySequence>()?;
    ///     assert_eq!(squares.get_item(3)?.extract::<usize>()?, 9);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn register<T: PyTypeInfo>(py: Python<'_>) -> PyResult<()> {
        PySequence::type_object(py).call_method1("register", (T::type_object(py),)).map(drop)
    }
}

/// Methods of [`PySequence`].
#[doc(alias = "PySequence")]
pub trait PySequenceMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the number of items: `len(self)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that `__len__` raises, or `TypeError` for a class written in Rust that is not a
    /// `#[pyclass(sequence)]`: its `__len__` belongs to the mapping protocol.
    fn len(&self) -> PyResult<usize>;

    /// Returns `true` if the sequence is empty.
    ///
    /// # Errors
    ///
    /// Same as [`len`](Self::len).
    fn is_empty(&self) -> PyResult<bool>;

    /// Returns the concatenation of two sequences: `self + other`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the two cannot be concatenated.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let (one, other) = (PyList::new(py, [1])?, PyList::new(py, [2])?);
    ///     assert_eq!(one.as_sequence().concat(other.as_sequence())?.to_string(), "[1, 2]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn concat(&self, other: &Bound<'_, PySequence>) -> PyResult<Bound<'py, PySequence>>;

    /// Returns the sequence repeated `count` times: `self * count`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the sequence cannot be repeated, or `OverflowError` or `MemoryError` if the result is too
    /// long.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyTuple;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let pair = PyTuple::new(py, [1, 2])?;
    ///     assert_eq!(pair.as_sequence().repeat(2)?.to_string(), "(1, 2, 1, 2)");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn repeat(&self, count: usize) -> PyResult<Bound<'py, PySequence>>;

    /// Appends the items of `other`: `self += other`.
    ///
    /// Returns the sequence itself if it is mutable, and a new one otherwise.
    ///
    /// # Errors
    ///
    /// Same as [`concat`](Self::concat).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let (one, other) = (PyList::new(py, [1])?, PyList::new(py, [2])?);
    ///     one.as_sequence().in_place_concat(other.as_sequence())?;
    ///     assert_eq!(one.to_string(), "[1, 2]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn in_place_concat(&self, other: &Bound<'_, PySequence>) -> PyResult<Bound<'py, PySequence>>;

    /// Repeats the sequence `count` times: `self *= count`.
    ///
    /// Returns the sequence itself if it is mutable, and a new one otherwise.
    ///
    /// # Errors
    ///
    /// Same as [`repeat`](Self::repeat).
    fn in_place_repeat(&self, count: usize) -> PyResult<Bound<'py, PySequence>>;

    /// Returns the item at `index`: `self[index]`.
    ///
    /// # Errors
    ///
    /// Returns `IndexError` if `index` is out of range.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyTuple;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = PyTuple::new(py, ["a", "b"])?;
    ///     assert_eq!(tuple.as_sequence().get_item(1)?.extract::<String>()?, "b");
    ///     assert!(tuple.as_sequence().get_item(2).is_err());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>>;

    /// Returns a new sequence of the items from `begin` up to `end`: `self[begin:end]`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the sequence does not support slices.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyTuple;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = PyTuple::new(py, [1, 2, 3])?;
    ///     assert_eq!(tuple.as_sequence().get_slice(1, 3)?.to_string(), "(2, 3)");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn get_slice(&self, begin: usize, end: usize) -> PyResult<Bound<'py, PySequence>>;

    /// Sets the item at index `i`: `self[i] = item`.
    ///
    /// # Errors
    ///
    /// Returns `IndexError` if `i` is out of range, `TypeError` if the sequence is immutable, or the error of
    /// converting `item`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2])?;
    ///     list.as_sequence().set_item(0, "one")?;
    ///     list.as_sequence().del_item(1)?;
    ///     assert_eq!(list.to_string(), "['one']");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn set_item<I>(&self, i: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>;

    /// Deletes the item at index `i`: `del self[i]`.
    ///
    /// # Errors
    ///
    /// Returns `IndexError` if `i` is out of range, or `TypeError` if the sequence is immutable.
    fn del_item(&self, i: usize) -> PyResult<()>;

    /// Replaces the items from `i1` up to `i2` by those of `v`: `self[i1:i2] = v`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the sequence is immutable or `v` is not iterable.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2, 3])?;
    ///     list.as_sequence().set_slice(0, 2, PyList::new(py, ["a"])?.as_any())?;
    ///     assert_eq!(list.to_string(), "['a', 3]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn set_slice(&self, i1: usize, i2: usize, v: &Bound<'_, PyAny>) -> PyResult<()>;

    /// Deletes the items from `i1` up to `i2`: `del self[i1:i2]`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if the sequence is immutable.
    fn del_slice(&self, i1: usize, i2: usize) -> PyResult<()>;

    /// Returns how many items equal `value`.
    ///
    /// # Errors
    ///
    /// Returns the error of converting `value`, or the exception that iterating or comparing raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyTuple;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = PyTuple::new(py, [1, 2, 1])?;
    ///     assert_eq!(tuple.as_sequence().count(1)?, 2);
    ///     assert_eq!(tuple.as_sequence().index(2)?, 1);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn count<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>;

    /// Returns `true` if the sequence contains `value`: `value in self`.
    ///
    /// # Errors
    ///
    /// Returns the error of converting `value`, or the exception that `__contains__` raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySequence;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let range = py.eval(c"range(0, 10, 3)", None, None)?.cast_into::<PySequence>()?;
    ///     assert!(range.contains(6)?);
    ///     assert_eq!(range.index(6)?, 2);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn contains<V>(&self, value: V) -> PyResult<bool>
    where
        V: IntoPyObject<'py>;

    /// Returns the first index of `value`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if the sequence does not contain `value`, the error of converting `value`, or the exception
    /// that iterating or comparing raises.
    fn index<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>;

    /// Returns a list of the items: `list(self)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that iterating raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PySequence;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let range = py.eval(c"range(3)", None, None)?.cast_into::<PySequence>()?;
    ///     assert_eq!(range.to_list()?.to_string(), "[0, 1, 2]");
    ///     assert_eq!(range.to_tuple()?.to_string(), "(0, 1, 2)");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn to_list(&self) -> PyResult<Bound<'py, PyList>>;

    /// Returns a tuple of the items: `tuple(self)`.
    ///
    /// # Errors
    ///
    /// Returns the exception that iterating raises.
    fn to_tuple(&self) -> PyResult<Bound<'py, PyTuple>>;
}

/// Casts the result of an operation to a sequence.
#[inline]
fn sequence<'py>(py: Python<'py>, made: Outcome<'py, Active, Owned<'py, Active>>) -> PyResult<Bound<'py, PySequence>> {
    match made {
        Ok(made) => Ok(Bound::<PyAny>::wrap(made).cast_into::<PySequence>()?),
        Err(raised) => Err(raised).or_raise(py),
    }
}

impl<'py> PySequenceMethods<'py> for Bound<'py, PySequence> {
    #[inline]
    fn len(&self) -> PyResult<usize> {
        Active::sequence_len(self.py().attached(), self.any_handle()).or_raise(self.py())
    }

    #[inline]
    fn is_empty(&self) -> PyResult<bool> {
        self.len().map(|length| length == 0)
    }

    #[inline]
    fn concat(&self, other: &Bound<'_, PySequence>) -> PyResult<Bound<'py, PySequence>> {
        let py = self.py();
        sequence(py, Active::sequence_concat(py.attached(), self.any_handle(), other.any_handle(), false))
    }

    #[inline]
    fn repeat(&self, count: usize) -> PyResult<Bound<'py, PySequence>> {
        let py = self.py();
        sequence(py, Active::sequence_repeat(py.attached(), self.any_handle(), count, false))
    }

    #[inline]
    fn in_place_concat(&self, other: &Bound<'_, PySequence>) -> PyResult<Bound<'py, PySequence>> {
        let py = self.py();
        sequence(py, Active::sequence_concat(py.attached(), self.any_handle(), other.any_handle(), true))
    }

    #[inline]
    fn in_place_repeat(&self, count: usize) -> PyResult<Bound<'py, PySequence>> {
        let py = self.py();
        sequence(py, Active::sequence_repeat(py.attached(), self.any_handle(), count, true))
    }

    #[inline]
    fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>> {
        let py = self.py();
        Active::sequence_get(py.attached(), self.any_handle(), index).or_raise(py).map(Bound::wrap)
    }

    #[inline]
    fn get_slice(&self, begin: usize, end: usize) -> PyResult<Bound<'py, PySequence>> {
        let py = self.py();
        sequence(py, Active::sequence_get_slice(py.attached(), self.any_handle(), begin, end))
    }

    #[inline]
    fn set_item<I>(&self, i: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, item, |item| Active::sequence_set(py.attached(), self.any_handle(), i, Some(item)))
    }

    #[inline]
    fn del_item(&self, i: usize) -> PyResult<()> {
        Active::sequence_set(self.py().attached(), self.any_handle(), i, None).or_raise(self.py())
    }

    #[inline]
    fn set_slice(&self, i1: usize, i2: usize, v: &Bound<'_, PyAny>) -> PyResult<()> {
        let py = self.py();
        Active::sequence_set_slice(py.attached(), self.any_handle(), i1, i2, Some(v.any_handle())).or_raise(py)
    }

    #[inline]
    fn del_slice(&self, i1: usize, i2: usize) -> PyResult<()> {
        Active::sequence_set_slice(self.py().attached(), self.any_handle(), i1, i2, None).or_raise(self.py())
    }

    fn count<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, value, |value| Active::sequence_count(py.attached(), self.any_handle(), value))
    }

    #[inline]
    fn contains<V>(&self, value: V) -> PyResult<bool>
    where
        V: IntoPyObject<'py>,
    {
        PyAnyMethods::contains(self.as_any(), value)
    }

    fn index<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, value, |value| Active::sequence_index(py.attached(), self.any_handle(), value))
    }

    #[inline]
    fn to_list(&self) -> PyResult<Bound<'py, PyList>> {
        let py = self.py();
        Active::sequence_to_list(py.attached(), self.any_handle()).or_raise(py).map(Bound::from_handle)
    }

    #[inline]
    fn to_tuple(&self) -> PyResult<Bound<'py, PyTuple>> {
        let py = self.py();
        Active::sequence_to_tuple(py.attached(), self.any_handle()).or_raise(py).map(Bound::from_handle)
    }
}
