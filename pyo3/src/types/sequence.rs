//! The sequence protocol.

use pyo3_backend::{BuiltinType, Outcome, Owned, SequenceOps, TypeOps};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::types::native::is_registered_instance;
use crate::types::values::with;
use crate::types::{PyAnyMethods, PyList, PyTuple};
use crate::{Bound, IntoPyObject, PyAny, PyResult, PyTypeInfo, Python};

imported_types! {
    /// Anything that is a `collections.abc.Sequence`: `list`, `tuple`, `str`, `range`, and classes that inherit from it or
    /// are registered.
    ///
    /// Methods are in [`PySequenceMethods`].
    PySequence = "_collections_abc"."Sequence", is_sequence;
}

/// Lists and tuples are the common case, and the answer for them needs no Python code.
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
    /// What `register` raises.
    pub fn register<T: PyTypeInfo>(py: Python<'_>) -> PyResult<()> {
        PySequence::type_object(py).call_method1("register", (T::type_object(py),)).map(drop)
    }
}

/// Methods of [`PySequence`].
#[doc(alias = "PySequence")]
pub trait PySequenceMethods<'py>: crate::types::sealed::Sealed {
    /// `len(self)`
    ///
    /// # Errors
    ///
    /// What `__len__` raises. `TypeError` for a class written in Rust that is not a `#[pyclass(sequence)]`, whose `__len__`
    /// belongs to the mapping protocol.
    fn len(&self) -> PyResult<usize>;

    /// Whether its length is 0.
    ///
    /// # Errors
    ///
    /// What `__len__` raises.
    fn is_empty(&self) -> PyResult<bool>;

    /// `self + other`
    ///
    /// # Errors
    ///
    /// `TypeError` if they do not go together.
    fn concat(&self, other: &Bound<'_, PySequence>) -> PyResult<Bound<'py, PySequence>>;

    /// `self * count`
    ///
    /// # Errors
    ///
    /// `TypeError` if it cannot be repeated; `OverflowError`, `MemoryError`.
    fn repeat(&self, count: usize) -> PyResult<Bound<'py, PySequence>>;

    /// `self += other`: changes the sequence if it can be changed, and gives it or its successor.
    ///
    /// # Errors
    ///
    /// As [`concat`](Self::concat).
    fn in_place_concat(&self, other: &Bound<'_, PySequence>) -> PyResult<Bound<'py, PySequence>>;

    /// `self *= count`: changes the sequence if it can be changed, and gives it or its successor.
    ///
    /// # Errors
    ///
    /// As [`repeat`](Self::repeat).
    fn in_place_repeat(&self, count: usize) -> PyResult<Bound<'py, PySequence>>;

    /// `self[index]`
    ///
    /// # Errors
    ///
    /// `IndexError` past the end.
    fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>>;

    /// `self[begin:end]`
    ///
    /// # Errors
    ///
    /// `TypeError` if it has no slices.
    fn get_slice(&self, begin: usize, end: usize) -> PyResult<Bound<'py, PySequence>>;

    /// `self[i] = item`
    ///
    /// # Errors
    ///
    /// `IndexError` past the end; `TypeError` if it cannot be changed; if `item` does not convert.
    fn set_item<I>(&self, i: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>;

    /// `del self[i]`
    ///
    /// # Errors
    ///
    /// `IndexError` past the end; `TypeError` if it cannot be changed.
    fn del_item(&self, i: usize) -> PyResult<()>;

    /// `self[i1:i2] = v`
    ///
    /// # Errors
    ///
    /// `TypeError` if it cannot be changed, or `v` is not iterable.
    fn set_slice(&self, i1: usize, i2: usize, v: &Bound<'_, PyAny>) -> PyResult<()>;

    /// `del self[i1:i2]`
    ///
    /// # Errors
    ///
    /// `TypeError` if it cannot be changed.
    fn del_slice(&self, i1: usize, i2: usize) -> PyResult<()>;

    /// How often `value` is in it.
    ///
    /// # Errors
    ///
    /// Where `value` does not convert; what iterating or comparing raises.
    fn count<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>;

    /// `value in self`
    ///
    /// # Errors
    ///
    /// Where `value` does not convert; what `__contains__` raises.
    fn contains<V>(&self, value: V) -> PyResult<bool>
    where
        V: IntoPyObject<'py>;

    /// Where `value` is first.
    ///
    /// # Errors
    ///
    /// `ValueError` if it is not there; if `value` does not convert; what iterating or comparing raises.
    fn index<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>;

    /// `list(self)`
    ///
    /// # Errors
    ///
    /// What iterating raises.
    fn to_list(&self) -> PyResult<Bound<'py, PyList>>;

    /// `tuple(self)`
    ///
    /// # Errors
    ///
    /// What iterating raises.
    fn to_tuple(&self) -> PyResult<Bound<'py, PyTuple>>;
}

/// The sequence that an operation gives.
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
