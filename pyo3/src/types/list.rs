//! [`PyList`]: Python's `list`.

#![expect(unsafe_code, reason = "PyO3's API includes an unchecked getter and casts")]

use core::iter::FusedIterator;

use pyo3_backend::{ListOps, ObjectOps, SectionOps, Subjects};

use crate::backend::{Active, Owned};
use crate::err::ResultExt;
use crate::exceptions::PyIndexError;
use crate::types::values::{Promised, item_into_owned, with};
use crate::types::{PySequence, PySequenceMethods, PyTuple};
use crate::{Bound, IntoPyObject, IntoPyObjectExt, PyAny, PyResult, Python};

native_types! {
    /// Python's `list`. Its methods are in [`PyListMethods`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, ["a", "b"])?;
    ///     list.append("c")?;
    ///     assert_eq!(list.len(), 3);
    ///     assert_eq!(list.get_item(0)?.extract::<String>()?, "a");
    ///     assert_eq!(list.extract::<Vec<String>>()?, ["a", "b", "c"]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyList = List;
}

impl PyList {
    /// Creates a list of the items of an iterator, each converted to a Python object.
    ///
    /// # Errors
    ///
    /// Returns the error of the first item that does not convert.
    ///
    /// # Panics
    ///
    /// Panics if the iterator yields fewer items than the lower bound of its `size_hint`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::PyList;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, (1..10).filter(|number| number % 3 == 0))?;
    ///     assert_eq!(list.to_string(), "[3, 6, 9]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[track_caller]
    pub fn new<'py, T>(py: Python<'py>, elements: impl IntoIterator<Item = T>) -> PyResult<Bound<'py, PyList>>
    where
        T: IntoPyObject<'py>,
    {
        PyList::from_items(py, elements.into_iter().map(|item| item_into_owned(item, py)))
    }

    /// Creates an empty list.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::empty(py);
    ///     list.append(1)?;
    ///     assert_eq!(list.to_string(), "[1]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn empty(py: Python<'_>) -> Bound<'_, PyList> {
        PyList::from_owned(py, core::iter::empty())
    }

    /// Creates a list like [`new`](Self::new), of exactly `length` items.
    #[inline]
    pub(crate) fn from_exactly<'py, T: IntoPyObject<'py>>(
        py: Python<'py>,
        length: usize,
        elements: impl IntoIterator<Item = T>,
    ) -> PyResult<Bound<'py, PyList>> {
        let items = elements.into_iter().map(|item| item_into_owned(item, py));
        Active::list_from(py.attached(), length, items).map(Bound::from_handle)
    }

    /// Creates a list of items that are already Python objects.
    pub(crate) fn from_owned<'py>(
        py: Python<'py>,
        items: impl ExactSizeIterator<Item = Owned<'py>>,
    ) -> Bound<'py, PyList> {
        let length = items.len();
        let items = items.map(Ok::<_, core::convert::Infallible>);
        match Active::list_from(py.attached(), length, items) {
            Ok(list) => Bound::from_handle(list),
            Err(never) => match never {},
        }
    }

    /// Creates a list with the number of items that the size hint promises, then appends those beyond it.
    #[track_caller]
    fn from_items<'py>(
        py: Python<'py>,
        mut items: impl Iterator<Item = PyResult<Owned<'py>>>,
    ) -> PyResult<Bound<'py, PyList>> {
        let promised = items.size_hint().0;
        let promised_items = Promised::new(&mut items, promised, || {
            panic!(
                "Attempted to create PyList but `elements` was smaller than reported by its `size_hint` implementation."
            )
        });
        let list = Active::list_from(py.attached(), promised, promised_items)?;
        for item in items {
            Active::list_append(py.attached(), list.as_ref(), item?.as_ref()).or_raise(py)?;
        }
        Ok(Bound::from_handle(list))
    }
}

/// Methods of [`PyList`].
#[doc(alias = "PyList")]
pub trait PyListMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the number of items.
    fn len(&self) -> usize;

    /// Returns `true` if the list is empty.
    fn is_empty(&self) -> bool;

    /// Casts a reference to the list to a `PySequence`. The object stays the same.
    fn as_sequence(&self) -> &Bound<'py, PySequence>;

    /// Casts the list to a `PySequence`. The object stays the same.
    fn into_sequence(self) -> Bound<'py, PySequence>;

    /// Returns the item at `index`.
    ///
    /// # Errors
    ///
    /// Returns `IndexError` if `index` is out of range.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyIndexError;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [10, 20])?;
    ///     assert_eq!(list.get_item(1)?.extract::<i32>()?, 20);
    ///     assert!(list.get_item(2).unwrap_err().is_instance_of::<PyIndexError>(py));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>>;

    /// Returns the item at `index`, without an error for an index that is out of range.
    ///
    /// # Safety
    ///
    /// `index` must be less than the length, and no other thread may shorten the list during the call.
    unsafe fn get_item_unchecked(&self, index: usize) -> Bound<'py, PyAny>;

    /// Returns a new list of the items from `low` up to `high`: `self[low:high]`. Both are clipped to the length.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2, 3, 4])?;
    ///     assert_eq!(list.get_slice(1, 3).to_string(), "[2, 3]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn get_slice(&self, low: usize, high: usize) -> Bound<'py, PyList>;

    /// Sets the item at `index`: `self[index] = item`.
    ///
    /// # Errors
    ///
    /// Returns `IndexError` if `index` is out of range, or the error of converting `item`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2])?;
    ///     list.set_item(0, "one")?;
    ///     assert_eq!(list.to_string(), "['one', 2]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn set_item<I>(&self, index: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>;

    /// Deletes the item at `index`: `del self[index]`.
    ///
    /// # Errors
    ///
    /// Returns `IndexError` if `index` is out of range.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2, 3])?;
    ///     list.del_item(1)?;
    ///     assert_eq!(list.to_string(), "[1, 3]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn del_item(&self, index: usize) -> PyResult<()>;

    /// Replaces the items from `low` up to `high` by those of `seq`: `self[low:high] = seq`.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `seq` is not iterable, or the exception that iterating over it raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2, 3])?;
    ///     let more = PyList::new(py, [7, 8, 9])?;
    ///     list.set_slice(1, 2, &more)?;
    ///     assert_eq!(list.to_string(), "[1, 7, 8, 9, 3]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn set_slice(&self, low: usize, high: usize, seq: &Bound<'_, PyAny>) -> PyResult<()>;

    /// Deletes the items from `low` up to `high`: `del self[low:high]`.
    ///
    /// # Errors
    ///
    /// This method is not known to fail.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2, 3, 4])?;
    ///     list.del_slice(1, 3)?;
    ///     assert_eq!(list.to_string(), "[1, 4]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn del_slice(&self, low: usize, high: usize) -> PyResult<()>;

    /// Appends `item` to the end of the list.
    ///
    /// # Errors
    ///
    /// Returns the error of converting `item`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::empty(py);
    ///     list.append("text")?;
    ///     list.append(1.5)?;
    ///     assert_eq!(list.to_string(), "['text', 1.5]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn append<I>(&self, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>;

    /// Inserts `item` before the item at `index`, or at the end if `index` is out of range.
    ///
    /// # Errors
    ///
    /// Returns the error of converting `item`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 3])?;
    ///     list.insert(1, 2)?;
    ///     assert_eq!(list.to_string(), "[1, 2, 3]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn insert<I>(&self, index: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>;

    /// Returns `true` if the list contains `value`: `value in self`.
    ///
    /// # Errors
    ///
    /// Returns the error of converting `value`, or the exception that a comparison raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2])?;
    ///     assert!(list.contains(2)? && !list.contains("2")?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn contains<V>(&self, value: V) -> PyResult<bool>
    where
        V: IntoPyObject<'py>;

    /// Returns the first index of `value`: `self.index(value)`.
    ///
    /// # Errors
    ///
    /// Returns `ValueError` if the list does not contain `value`, or the exception that a comparison raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyValueError;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, ["a", "b", "a"])?;
    ///     assert_eq!(list.index("a")?, 0);
    ///     assert!(list.index("c").unwrap_err().is_instance_of::<PyValueError>(py));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn index<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>;

    /// Returns an iterator over the items. As in Python, the list may change during the iteration.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2, 3])?;
    ///     let doubled = list.iter().map(|item| Ok(2 * item.extract::<i32>()?)).collect::<PyResult<Vec<_>>>()?;
    ///     assert_eq!(doubled, [2, 4, 6]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn iter(&self) -> BoundListIterator<'py>;

    /// Calls `closure` with each item until it fails, in a [critical section](crate::sync::critical_section) of the
    /// list.
    ///
    /// # Errors
    ///
    /// Returns the error of `closure`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use std::cell::Cell;
    ///
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2, 3])?;
    ///     let sum = Cell::new(0);
    ///     list.locked_for_each(|item| {
    ///         sum.set(sum.get() + item.extract::<i32>()?);
    ///         Ok(())
    ///     })?;
    ///     assert_eq!(sum.get(), 6);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn locked_for_each<F>(&self, closure: F) -> PyResult<()>
    where
        F: Fn(Bound<'py, PyAny>) -> PyResult<()>;

    /// Sorts the list in place: `self.sort()`.
    ///
    /// # Errors
    ///
    /// Returns the exception that a comparison raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [3, 1, 2])?;
    ///     list.sort()?;
    ///     assert_eq!(list.to_string(), "[1, 2, 3]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn sort(&self) -> PyResult<()>;

    /// Reverses the list in place: `self.reverse()`.
    ///
    /// # Errors
    ///
    /// This method is not known to fail.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2, 3])?;
    ///     list.reverse()?;
    ///     assert_eq!(list.to_string(), "[3, 2, 1]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn reverse(&self) -> PyResult<()>;

    /// Returns a tuple of the items: `tuple(self)`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyList;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let list = PyList::new(py, [1, 2])?;
    ///     assert_eq!(list.to_tuple().to_string(), "(1, 2)");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn to_tuple(&self) -> Bound<'py, PyTuple>;
}

impl<'py> PyListMethods<'py> for Bound<'py, PyList> {
    #[inline]
    fn len(&self) -> usize {
        Active::list_len(self.py().attached(), self.handle())
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    fn as_sequence(&self) -> &Bound<'py, PySequence> {
        // SAFETY: every list is a sequence.
        unsafe { self.cast_unchecked() }
    }

    #[inline]
    fn into_sequence(self) -> Bound<'py, PySequence> {
        // SAFETY: every list is a sequence.
        unsafe { self.cast_into_unchecked() }
    }

    #[inline]
    fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>> {
        item(self, index).ok_or_else(|| PyIndexError::new_err("list index out of range"))
    }

    #[inline]
    unsafe fn get_item_unchecked(&self, index: usize) -> Bound<'py, PyAny> {
        item(self, index).expect("the index is below the length of the list")
    }

    fn get_slice(&self, low: usize, high: usize) -> Bound<'py, PyList> {
        Bound::from_handle(Active::list_slice(self.py().attached(), self.handle(), low, high))
    }

    #[inline]
    fn set_item<I>(&self, index: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>,
    {
        let item = item_into_owned(item, self.py())?;
        Active::list_set(self.py().attached(), self.handle(), index, item).or_raise(self.py())
    }

    #[inline]
    fn del_item(&self, index: usize) -> PyResult<()> {
        self.as_sequence().del_item(index)
    }

    #[inline]
    fn set_slice(&self, low: usize, high: usize, seq: &Bound<'_, PyAny>) -> PyResult<()> {
        let seq = Some(seq.any_handle());
        Active::list_set_slice(self.py().attached(), self.handle(), low, high, seq).or_raise(self.py())
    }

    #[inline]
    fn del_slice(&self, low: usize, high: usize) -> PyResult<()> {
        Active::list_set_slice(self.py().attached(), self.handle(), low, high, None).or_raise(self.py())
    }

    #[inline]
    fn append<I>(&self, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, item, |item| Active::list_append(py.attached(), self.handle(), item))
    }

    #[inline]
    fn insert<I>(&self, index: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>,
    {
        let py = self.py();
        with(py, item, |item| Active::list_insert(py.attached(), self.handle(), index, item))
    }

    #[inline]
    fn contains<V>(&self, value: V) -> PyResult<bool>
    where
        V: IntoPyObject<'py>,
    {
        let value = value.into_bound_py_any(self.py())?;
        Active::object_contains(self.py().attached(), self.any_handle(), value.any_handle()).or_raise(self.py())
    }

    #[inline]
    fn index<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>,
    {
        self.as_sequence().index(value)
    }

    #[inline]
    fn iter(&self) -> BoundListIterator<'py> {
        BoundListIterator::new(self.clone())
    }

    fn locked_for_each<F>(&self, closure: F) -> PyResult<()>
    where
        F: Fn(Bound<'py, PyAny>) -> PyResult<()>,
    {
        Active::section_run(self.py().attached(), Subjects::Objects(self.any_handle(), None), || {
            self.iter().try_for_each(closure)
        })
    }

    fn sort(&self) -> PyResult<()> {
        Active::list_sort(self.py().attached(), self.handle()).or_raise(self.py())
    }

    #[inline]
    fn reverse(&self) -> PyResult<()> {
        Active::list_reverse(self.py().attached(), self.handle()).or_raise(self.py())
    }

    fn to_tuple(&self) -> Bound<'py, PyTuple> {
        Bound::from_handle(Active::list_to_tuple(self.py().attached(), self.handle()))
    }
}

/// Returns the item at `index`, or `None` if it is out of range.
#[inline]
fn item<'py>(list: &Bound<'py, PyList>, index: usize) -> Option<Bound<'py, PyAny>> {
    Active::list_get(list.py().attached(), list.handle(), index).map(Bound::wrap)
}

/// An iterator over the items of a list: see [`PyListMethods::iter`].
///
/// It does not visit items that are appended during the iteration. If items are removed, it ends earlier.
pub struct BoundListIterator<'py> {
    list: Bound<'py, PyList>,
    /// The index of the next item from the front.
    front: usize,
    /// One more than the index of the next item from the back.
    back: usize,
}

impl<'py> BoundListIterator<'py> {
    #[inline]
    fn new(list: Bound<'py, PyList>) -> Self {
        let back = list.len();
        BoundListIterator { list, front: 0, back }
    }

    /// Returns `back`, clipped to the current length: the list may have become shorter.
    #[inline]
    fn end(&self) -> usize {
        self.back.min(self.list.len())
    }
}

impl<'py> Iterator for BoundListIterator<'py> {
    type Item = Bound<'py, PyAny>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        self.nth(0)
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        let index = self.front.saturating_add(n);
        if index >= self.back {
            self.front = self.back;
            return None;
        }
        let item = item(&self.list, index);
        // A list that has become too short ends the iteration for good, even if it grows again.
        self.front = if item.is_some() { index + 1 } else { self.back };
        item
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.len(), Some(self.len()))
    }

    #[inline]
    fn count(self) -> usize {
        self.len()
    }

    #[inline]
    fn last(mut self) -> Option<Self::Item> {
        self.next_back()
    }
}

impl DoubleEndedIterator for BoundListIterator<'_> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        self.nth_back(0)
    }

    #[inline]
    fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
        let end = self.end();
        if end.saturating_sub(self.front) <= n {
            self.back = self.front;
            return None;
        }
        self.back = end - n - 1;
        item(&self.list, self.back)
    }
}

impl ExactSizeIterator for BoundListIterator<'_> {
    #[inline]
    fn len(&self) -> usize {
        self.end().saturating_sub(self.front)
    }
}

impl FusedIterator for BoundListIterator<'_> {}

impl<'py> IntoIterator for Bound<'py, PyList> {
    type Item = Bound<'py, PyAny>;
    type IntoIter = BoundListIterator<'py>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        BoundListIterator::new(self)
    }
}

impl<'py> IntoIterator for &Bound<'py, PyList> {
    type Item = Bound<'py, PyAny>;
    type IntoIter = BoundListIterator<'py>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
