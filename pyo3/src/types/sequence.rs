//! The sequence protocol.

use pyo3_backend::{BinaryOp, BuiltinType, CompareOp, ObjectOps, TypeOps};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::exceptions::PyValueError;
use crate::types::native::is_registered_instance;
use crate::types::{PyAnyMethods, PyList, PySlice, PyTuple};
use crate::{Bound, IntoPyObject, IntoPyObjectExt, PyAny, PyResult, PyTypeInfo, Python};

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
    Active::is_builtin(py, handle, BuiltinType::List)
        || Active::is_builtin(py, handle, BuiltinType::Tuple)
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
    /// `TypeError` where they do not go together.
    fn concat(&self, other: &Bound<'_, PySequence>) -> PyResult<Bound<'py, PySequence>>;

    /// `self * count`
    ///
    /// # Errors
    ///
    /// `TypeError` where it cannot be repeated; `OverflowError`, `MemoryError`.
    fn repeat(&self, count: usize) -> PyResult<Bound<'py, PySequence>>;

    /// `self += other`: changes the sequence where it can be changed, and gives it or its successor.
    ///
    /// # Errors
    ///
    /// As [`concat`](Self::concat).
    fn in_place_concat(&self, other: &Bound<'_, PySequence>) -> PyResult<Bound<'py, PySequence>>;

    /// `self *= count`: changes the sequence where it can be changed, and gives it or its successor.
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
    /// `TypeError` where it has no slices.
    fn get_slice(&self, begin: usize, end: usize) -> PyResult<Bound<'py, PySequence>>;

    /// `self[i] = item`
    ///
    /// # Errors
    ///
    /// `IndexError` past the end; `TypeError` where it cannot be changed; where `item` does not convert.
    fn set_item<I>(&self, i: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>;

    /// `del self[i]`
    ///
    /// # Errors
    ///
    /// `IndexError` past the end; `TypeError` where it cannot be changed.
    fn del_item(&self, i: usize) -> PyResult<()>;

    /// `self[i1:i2] = v`
    ///
    /// # Errors
    ///
    /// `TypeError` where it cannot be changed, or `v` is not iterable.
    fn set_slice(&self, i1: usize, i2: usize, v: &Bound<'_, PyAny>) -> PyResult<()>;

    /// `del self[i1:i2]`
    ///
    /// # Errors
    ///
    /// `TypeError` where it cannot be changed.
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
    /// `ValueError` where it is not there; where `value` does not convert; what iterating or comparing raises.
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

/// `list(iterable)`
pub(crate) fn list_from_iterable<'py>(iterable: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
    Ok(PyList::type_object(iterable.py()).call1((iterable,))?.cast_into::<PyList>()?)
}

/// No sequence is longer than this, so a larger index is past the end of all of them.
#[inline]
fn clipped(index: usize) -> isize {
    isize::try_from(index).unwrap_or(isize::MAX)
}

/// `slice(low, high)`
fn slice<'py>(py: Python<'py>, low: usize, high: usize) -> PyResult<Bound<'py, PyAny>> {
    PySlice::type_object(py).call1((clipped(low), clipped(high)))
}

/// Whether an item counts as `value`: it is the same object, or equal.
fn matches(item: &Bound<'_, PyAny>, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let py = item.py();
    if item.is(value) {
        return Ok(true);
    }
    Active::compare_bool(py.attached(), item.any_handle(), value.any_handle(), CompareOp::Eq).or_raise(py)
}

/// Applies a binary operator that makes a sequence.
fn operate<'py>(
    sequence: &Bound<'py, PySequence>,
    op: BinaryOp,
    operand: &Bound<'_, PyAny>,
) -> PyResult<Bound<'py, PySequence>> {
    let py = sequence.py();
    let result = Active::binary(py.attached(), op, sequence.any_handle(), operand.any_handle()).or_raise(py)?;
    Ok(Bound::<PyAny>::wrap(result).cast_into::<PySequence>()?)
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

    fn concat(&self, other: &Bound<'_, PySequence>) -> PyResult<Bound<'py, PySequence>> {
        operate(self, BinaryOp::Add, other)
    }

    fn repeat(&self, count: usize) -> PyResult<Bound<'py, PySequence>> {
        operate(self, BinaryOp::Multiply, &clipped(count).into_bound_py_any(self.py())?)
    }

    fn in_place_concat(&self, other: &Bound<'_, PySequence>) -> PyResult<Bound<'py, PySequence>> {
        let iadd = self.py().import("operator")?.getattr("iadd")?;
        Ok(iadd.call1((self, other.clone().unbind()))?.cast_into::<PySequence>()?)
    }

    fn in_place_repeat(&self, count: usize) -> PyResult<Bound<'py, PySequence>> {
        let imul = self.py().import("operator")?.getattr("imul")?;
        Ok(imul.call1((self, clipped(count)))?.cast_into::<PySequence>()?)
    }

    fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>> {
        PyAnyMethods::get_item(self.as_any(), clipped(index))
    }

    fn get_slice(&self, begin: usize, end: usize) -> PyResult<Bound<'py, PySequence>> {
        let items = PyAnyMethods::get_item(self.as_any(), slice(self.py(), begin, end)?)?;
        Ok(items.cast_into::<PySequence>()?)
    }

    fn set_item<I>(&self, i: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>,
    {
        PyAnyMethods::set_item(self.as_any(), clipped(i), item)
    }

    fn del_item(&self, i: usize) -> PyResult<()> {
        PyAnyMethods::del_item(self.as_any(), clipped(i))
    }

    fn set_slice(&self, i1: usize, i2: usize, v: &Bound<'_, PyAny>) -> PyResult<()> {
        let (py, slice) = (self.py(), slice(self.py(), i1, i2)?);
        Active::set_item(py.attached(), self.any_handle(), slice.any_handle(), Some(v.any_handle())).or_raise(py)
    }

    fn del_slice(&self, i1: usize, i2: usize) -> PyResult<()> {
        PyAnyMethods::del_item(self.as_any(), slice(self.py(), i1, i2)?)
    }

    fn count<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>,
    {
        let value = value.into_bound_py_any(self.py())?;
        let mut count = 0;
        for item in self.try_iter()? {
            count += usize::from(matches(&item?, &value)?);
        }
        Ok(count)
    }

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
        let value = value.into_bound_py_any(self.py())?;
        for (index, item) in self.try_iter()?.enumerate() {
            if matches(&item?, &value)? {
                return Ok(index);
            }
        }
        Err(PyValueError::new_err("sequence.index(x): x not in sequence"))
    }

    fn to_list(&self) -> PyResult<Bound<'py, PyList>> {
        list_from_iterable(self)
    }

    fn to_tuple(&self) -> PyResult<Bound<'py, PyTuple>> {
        Ok(PyTuple::type_object(self.py()).call1((self,))?.cast_into::<PyTuple>()?)
    }
}
