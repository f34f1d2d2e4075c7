//! `list`.

#![expect(unsafe_code, reason = "the unchecked getter and casts of the API we are compatible with")]

use core::iter::FusedIterator;

use pyo3_backend::{ListOps, ObjectOps, SectionOps, Subjects};

use crate::backend::{Active, Owned};
use crate::err::ResultExt;
use crate::exceptions::PyIndexError;
use crate::types::{PySequence, PySequenceMethods, PyTuple};
use crate::{Bound, BoundObject, IntoPyObject, IntoPyObjectExt, PyAny, PyResult, Python};

native_types! {
    /// Python's `list`.
    ///
    /// Methods are in [`PyListMethods`].
    PyList = List;
}

impl PyList {
    /// A list of these items.
    ///
    /// # Errors
    ///
    /// Where an item does not convert.
    ///
    /// # Panics
    ///
    /// Where the iterator yields fewer items than its size hint promised.
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

    /// `[]`
    pub fn empty(py: Python<'_>) -> Bound<'_, PyList> {
        PyList::from_owned(py, core::iter::empty())
    }

    /// A list of items that are made one after another.
    #[track_caller]
    pub(crate) fn from_results<'py>(
        py: Python<'py>,
        items: impl ExactSizeIterator<Item = PyResult<Owned<'py>>>,
    ) -> PyResult<Bound<'py, PyList>> {
        PyList::from_items(py, items)
    }

    /// A list of items that are there already.
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

    /// A list of as many items as are promised, made at once, and of those that come on top.
    #[track_caller]
    fn from_items<'py>(
        py: Python<'py>,
        mut items: impl Iterator<Item = PyResult<Owned<'py>>>,
    ) -> PyResult<Bound<'py, PyList>> {
        const TOO_SHORT: &str =
            "Attempted to create PyList but `elements` was smaller than reported by its `size_hint` implementation.";
        let promised = items.size_hint().0;
        let exactly = Exactly::new(&mut items, promised, TOO_SHORT);
        let list = Active::list_from(py.attached(), promised, exactly)?;
        for item in items {
            Active::list_append(py.attached(), list.as_ref(), item?.as_ref()).or_raise(py)?;
        }
        Ok(Bound::from_handle(list))
    }
}

/// An item on its way into a container.
#[inline]
pub(crate) fn item_into_owned<'py, T: IntoPyObject<'py>>(item: T, py: Python<'py>) -> PyResult<Owned<'py>> {
    match item.into_pyobject(py) {
        Ok(object) => Ok(object.into_bound().into_owned()),
        Err(error) => Err(error.into()),
    }
}

/// So many items of an iterator, and a panic that says so where there are fewer.
pub(crate) struct Exactly<'a, I> {
    items: &'a mut I,
    rest: usize,
    too_short: &'static str,
}

impl<'a, I: Iterator> Exactly<'a, I> {
    /// # Panics
    ///
    /// Where `length` is more than any container of Python can hold.
    #[track_caller]
    pub(crate) fn new(items: &'a mut I, length: usize, too_short: &'static str) -> Self {
        assert!(isize::try_from(length).is_ok(), "out of range integral type conversion attempted on `elements.len()`");
        Exactly { items, rest: length, too_short }
    }
}

impl<I: Iterator> Iterator for Exactly<'_, I> {
    type Item = I::Item;

    #[inline]
    #[track_caller]
    fn next(&mut self) -> Option<I::Item> {
        self.rest = self.rest.checked_sub(1)?;
        match self.items.next() {
            Some(item) => Some(item),
            None => panic!("{}", self.too_short),
        }
    }
}

/// Methods of [`PyList`].
#[doc(alias = "PyList")]
pub trait PyListMethods<'py>: crate::types::sealed::Sealed {
    /// How many items it has.
    fn len(&self) -> usize;

    /// Whether it has none.
    fn is_empty(&self) -> bool;

    /// Sees it as a sequence.
    fn as_sequence(&self) -> &Bound<'py, PySequence>;

    /// As a sequence, by value.
    fn into_sequence(self) -> Bound<'py, PySequence>;

    /// An item.
    ///
    /// # Errors
    ///
    /// `IndexError` past the end.
    fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>>;

    /// An item.
    ///
    /// # Safety
    ///
    /// `index` is below the length, and no other thread makes the list shorter meanwhile.
    unsafe fn get_item_unchecked(&self, index: usize) -> Bound<'py, PyAny>;

    /// A list of the items from `low` up to `high`, both clipped to the length: `self[low:high]`.
    fn get_slice(&self, low: usize, high: usize) -> Bound<'py, PyList>;

    /// `self[index] = item`
    ///
    /// # Errors
    ///
    /// `IndexError` past the end; where `item` does not convert.
    fn set_item<I>(&self, index: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>;

    /// `del self[index]`
    ///
    /// # Errors
    ///
    /// `IndexError` past the end.
    fn del_item(&self, index: usize) -> PyResult<()>;

    /// `self[low:high] = seq`
    ///
    /// # Errors
    ///
    /// `TypeError` where `seq` is not iterable; what iterating it raises.
    fn set_slice(&self, low: usize, high: usize, seq: &Bound<'_, PyAny>) -> PyResult<()>;

    /// `del self[low:high]`
    ///
    /// # Errors
    ///
    /// None that is known.
    fn del_slice(&self, low: usize, high: usize) -> PyResult<()>;

    /// Puts `item` at the end.
    ///
    /// # Errors
    ///
    /// Where `item` does not convert.
    fn append<I>(&self, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>;

    /// Puts `item` before the one at `index`; past the end it is appended.
    ///
    /// # Errors
    ///
    /// Where `item` does not convert.
    fn insert<I>(&self, index: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>;

    /// `value in self`
    ///
    /// # Errors
    ///
    /// Where `value` does not convert, or a comparison raises.
    fn contains<V>(&self, value: V) -> PyResult<bool>
    where
        V: IntoPyObject<'py>;

    /// Where `value` is first: `self.index(value)`.
    ///
    /// # Errors
    ///
    /// `ValueError` where it is not there; what a comparison raises.
    fn index<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>;

    /// The items, one after another. The list may change meanwhile, as in Python.
    fn iter(&self) -> BoundListIterator<'py>;

    /// Calls `closure` with each item, until it fails, in a [critical section](crate::sync::critical_section) of the list.
    ///
    /// # Errors
    ///
    /// What `closure` returns.
    fn locked_for_each<F>(&self, closure: F) -> PyResult<()>
    where
        F: Fn(Bound<'py, PyAny>) -> PyResult<()>;

    /// `self.sort()`
    ///
    /// # Errors
    ///
    /// What a comparison raises.
    fn sort(&self) -> PyResult<()>;

    /// `self.reverse()`
    ///
    /// # Errors
    ///
    /// None that is known.
    fn reverse(&self) -> PyResult<()>;

    /// `tuple(self)`
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
        let item = item.into_pyobject_or_pyerr(self.py())?;
        let item = BoundObject::as_borrowed(&item);
        Active::list_append(self.py().attached(), self.handle(), item.any_handle()).or_raise(self.py())
    }

    #[inline]
    fn insert<I>(&self, index: usize, item: I) -> PyResult<()>
    where
        I: IntoPyObject<'py>,
    {
        let item = item.into_pyobject_or_pyerr(self.py())?;
        let item = BoundObject::as_borrowed(&item);
        Active::list_insert(self.py().attached(), self.handle(), index, item.any_handle()).or_raise(self.py())
    }

    #[inline]
    fn contains<V>(&self, value: V) -> PyResult<bool>
    where
        V: IntoPyObject<'py>,
    {
        let value = value.into_bound_py_any(self.py())?;
        Active::contains(self.py().attached(), self.any_handle(), value.any_handle()).or_raise(self.py())
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
        Active::in_section(self.py().attached(), Subjects::Objects(self.any_handle(), None), || {
            self.iter().try_for_each(closure)
        })
    }

    fn sort(&self) -> PyResult<()> {
        Active::list_sort(self.py().attached(), self.handle()).or_raise(self.py())
    }

    fn reverse(&self) -> PyResult<()> {
        Active::list_reverse(self.py().attached(), self.handle()).or_raise(self.py())
    }

    fn to_tuple(&self) -> Bound<'py, PyTuple> {
        Bound::from_handle(Active::list_to_tuple(self.py().attached(), self.handle()))
    }
}

/// An item, where there is one.
#[inline]
fn item<'py>(list: &Bound<'py, PyList>, index: usize) -> Option<Bound<'py, PyAny>> {
    Active::list_get(list.py().attached(), list.handle(), index).map(Bound::wrap)
}

/// The items of a list: what [`PyListMethods::iter`] gives.
///
/// Items that are appended while it runs are not visited; where items are removed, it ends sooner.
pub struct BoundListIterator<'py> {
    list: Bound<'py, PyList>,
    /// The next from the front.
    front: usize,
    /// One past the next from the back.
    back: usize,
}

impl<'py> BoundListIterator<'py> {
    #[inline]
    fn new(list: Bound<'py, PyList>) -> Self {
        let back = list.len();
        BoundListIterator { list, front: 0, back }
    }

    /// One past the last item that is left, now that the list may be shorter.
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
        let item = item(&self.list, index)?;
        self.front = index + 1;
        Some(item)
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
