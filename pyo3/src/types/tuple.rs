//! [`PyTuple`]: Python's `tuple`.

#![expect(unsafe_code, reason = "PyO3's API includes unchecked getters and casts")]

use core::iter::FusedIterator;
use core::ops::Range;

use pyo3_backend::{ObjectOps, TupleOps};

use crate::backend::{Active, Owned};
use crate::err::ResultExt;
use crate::exceptions::{PyIndexError, PyValueError};
use crate::types::values::{Promised, item_into_owned};
use crate::types::{PyList, PySequence, PySequenceMethods};
use crate::{Borrowed, Bound, IntoPyObject, IntoPyObjectExt, PyAny, PyErr, PyResult, Python};

native_types! {
    /// Python's `tuple`. Its methods are in [`PyTupleMethods`].
    ///
    /// Rust tuples convert to it and from it.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyTuple;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let pair = ("a", 1).into_pyobject(py)?;
    ///     assert_eq!(pair.len(), 2);
    ///     assert_eq!(pair.get_item(1)?.extract::<i32>()?, 1);
    ///     let (name, number): (String, i32) = pair.extract()?;
    ///     assert_eq!((name.as_str(), number), ("a", 1));
    ///     # let _: Bound<'_, PyTuple> = pair;
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyTuple = Tuple;
}

impl PyTuple {
    /// Creates a tuple of the items of an iterator, each converted to a Python object.
    ///
    /// For a fixed number of items of different types, convert a Rust tuple instead.
    ///
    /// # Errors
    ///
    /// Returns the error of the first item that does not convert.
    ///
    /// # Panics
    ///
    /// Panics if the number of items differs from the length that the iterator reports.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::PyTuple;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = PyTuple::new(py, [1, 2, 3])?;
    ///     assert_eq!(tuple.to_string(), "(1, 2, 3)");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    #[track_caller]
    pub fn new<'py, T, U>(
        py: Python<'py>,
        elements: impl IntoIterator<Item = T, IntoIter = U>,
    ) -> PyResult<Bound<'py, PyTuple>>
    where
        T: IntoPyObject<'py>,
        U: ExactSizeIterator<Item = T>,
    {
        let elements = elements.into_iter().map(|item| item_into_owned(item, py));
        PyTuple::from_results(py, elements)
    }

    /// Creates an empty tuple.
    pub fn empty(py: Python<'_>) -> Bound<'_, PyTuple> {
        let none = core::iter::empty::<Result<Owned<'_>, core::convert::Infallible>>();
        match Active::tuple_from(py.attached(), 0, none) {
            Ok(tuple) => Bound::from_handle(tuple),
            Err(never) => match never {},
        }
    }

    /// Creates a tuple of items whose conversion may fail.
    #[track_caller]
    pub(crate) fn from_results<'py>(
        py: Python<'py>,
        mut items: impl ExactSizeIterator<Item = PyResult<Owned<'py>>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let length = items.len();
        let promised_items = Promised::new(&mut items, length, || {
            panic!(
                "Attempted to create PyTuple but `elements` was smaller than reported by its `ExactSizeIterator` implementation."
            )
        });
        let tuple = Active::tuple_from(py.attached(), length, promised_items)?;
        if let Some(_surplus) = items.next() {
            panic!(
                "Attempted to create PyTuple but `elements` was larger than reported by its `ExactSizeIterator` implementation."
            );
        }
        Ok(Bound::from_handle(tuple))
    }
}

/// Methods of [`PyTuple`].
#[doc(alias = "PyTuple")]
pub trait PyTupleMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the number of items.
    fn len(&self) -> usize;

    /// Returns `true` if the tuple is empty.
    fn is_empty(&self) -> bool;

    /// Casts a reference to the tuple to a `PySequence`. The object stays the same.
    fn as_sequence(&self) -> &Bound<'py, PySequence>;

    /// Casts the tuple to a `PySequence`. The object stays the same.
    fn into_sequence(self) -> Bound<'py, PySequence>;

    /// Returns a new tuple of the items from `low` up to `high`: `self[low:high]`. Both are clipped to the length.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = (1, 2, 3).into_pyobject(py)?;
    ///     assert_eq!(tuple.get_slice(1, 10).to_string(), "(2, 3)");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn get_slice(&self, low: usize, high: usize) -> Bound<'py, PyTuple>;

    /// Returns the item at `index`.
    ///
    /// # Errors
    ///
    /// Returns `IndexError` if `index` is out of range.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyIndexError;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = (1, 2).into_pyobject(py)?;
    ///     assert_eq!(tuple.get_item(0)?.extract::<i32>()?, 1);
    ///     assert!(tuple.get_item(2).unwrap_err().is_instance_of::<PyIndexError>(py));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>>;

    /// Returns the item at `index`, as a borrowed reference.
    ///
    /// # Errors
    ///
    /// Returns `IndexError` if `index` is out of range.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = ("text",).into_pyobject(py)?;
    ///     let text: String = tuple.get_borrowed_item(0)?.extract()?;
    ///     assert_eq!(text, "text");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn get_borrowed_item<'a>(&'a self, index: usize) -> PyResult<Borrowed<'a, 'py, PyAny>>;

    /// Returns the item at `index`, without checking the index.
    ///
    /// # Safety
    ///
    /// `index` must be less than the length.
    unsafe fn get_item_unchecked(&self, index: usize) -> Bound<'py, PyAny>;

    /// Returns the item at `index`, as a borrowed reference, without checking the index.
    ///
    /// # Safety
    ///
    /// `index` must be less than the length.
    unsafe fn get_borrowed_item_unchecked<'a>(&'a self, index: usize) -> Borrowed<'a, 'py, PyAny>;

    /// Returns all items as a slice, without a copy.
    ///
    /// # Panics
    ///
    /// Panics if the runtime does not store the items as a slice, or does not give access to it, as with CPython's
    /// stable ABI.
    fn as_slice(&self) -> &[Bound<'py, PyAny>];

    /// Returns `true` if the tuple contains `value`: `value in self`.
    ///
    /// # Errors
    ///
    /// Returns the error of converting `value`, or the exception that a comparison raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = (1, "a").into_pyobject(py)?;
    ///     assert!(tuple.contains("a")?);
    ///     assert_eq!(tuple.index("a")?, 1);
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
    /// Returns `ValueError` if the tuple does not contain `value`, the error of converting `value`, or the exception
    /// that a comparison raises.
    fn index<V>(&self, value: V) -> PyResult<usize>
    where
        V: IntoPyObject<'py>;

    /// Returns an iterator over the items.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = (1, 2, 3).into_pyobject(py)?;
    ///     let numbers = tuple.iter().map(|item| item.extract()).collect::<PyResult<Vec<i32>>>()?;
    ///     assert_eq!(numbers, [1, 2, 3]);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn iter(&self) -> BoundTupleIterator<'py>;

    /// Returns an iterator over the items, as borrowed references, which does not change their reference counts.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = (1, 2, 3).into_pyobject(py)?;
    ///     let sum = tuple.iter_borrowed().map(|item| item.extract::<i32>()).sum::<PyResult<i32>>()?;
    ///     assert_eq!(sum, 6);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn iter_borrowed<'a>(&'a self) -> BorrowedTupleIterator<'a, 'py>;

    /// Returns a list of the items: `list(self)`.
    ///
    /// # Panics
    ///
    /// Panics if the tuple is of a subclass whose `__iter__` raises an exception.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let tuple = (1, 2).into_pyobject(py)?;
    ///     assert_eq!(tuple.to_list().to_string(), "[1, 2]");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn to_list(&self) -> Bound<'py, PyList>;
}

/// Returns the error for an index that is out of range.
#[cold]
fn out_of_range() -> PyErr {
    PyIndexError::new_err("tuple index out of range")
}

impl<'py> PyTupleMethods<'py> for Bound<'py, PyTuple> {
    #[inline]
    fn len(&self) -> usize {
        Active::tuple_len(self.py().attached(), self.handle())
    }

    #[inline]
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline]
    fn as_sequence(&self) -> &Bound<'py, PySequence> {
        // SAFETY: every tuple is a sequence.
        unsafe { self.cast_unchecked() }
    }

    #[inline]
    fn into_sequence(self) -> Bound<'py, PySequence> {
        // SAFETY: every tuple is a sequence.
        unsafe { self.cast_into_unchecked() }
    }

    fn get_slice(&self, low: usize, high: usize) -> Bound<'py, PyTuple> {
        Bound::from_handle(Active::tuple_slice(self.py().attached(), self.handle(), low, high))
    }

    #[inline]
    fn get_item(&self, index: usize) -> PyResult<Bound<'py, PyAny>> {
        self.get_borrowed_item(index).map(Borrowed::to_owned)
    }

    #[inline]
    fn get_borrowed_item<'a>(&'a self, index: usize) -> PyResult<Borrowed<'a, 'py, PyAny>> {
        self.as_borrowed().item(index).ok_or_else(out_of_range)
    }

    #[inline]
    unsafe fn get_item_unchecked(&self, index: usize) -> Bound<'py, PyAny> {
        // SAFETY: the caller promises that the index is less than the length.
        unsafe { self.as_borrowed().existing_item(index) }.to_owned()
    }

    #[inline]
    unsafe fn get_borrowed_item_unchecked<'a>(&'a self, index: usize) -> Borrowed<'a, 'py, PyAny> {
        // SAFETY: the caller promises that the index is less than the length.
        unsafe { self.as_borrowed().existing_item(index) }
    }

    fn as_slice(&self) -> &[Bound<'py, PyAny>] {
        let items = Active::tuple_as_slice(self.py().attached(), self.handle());
        let items = items.expect("this Python does not show the items of a tuple in place");
        // SAFETY: borrowed handles and `Bound` are both transparent over a pointer. A shared reference to the slice
        // drops neither.
        unsafe { core::slice::from_raw_parts(items.as_ptr().cast(), items.len()) }
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
    fn iter(&self) -> BoundTupleIterator<'py> {
        BoundTupleIterator::new(self.clone())
    }

    #[inline]
    fn iter_borrowed<'a>(&'a self) -> BorrowedTupleIterator<'a, 'py> {
        self.as_borrowed().iter_borrowed()
    }

    fn to_list(&self) -> Bound<'py, PyList> {
        // The `__iter__` of a subclass may return other items, so `list` must iterate over it.
        self.as_sequence().to_list().expect("a tuple converts to a list")
    }
}

impl<'a, 'py> Borrowed<'a, 'py, PyTuple> {
    /// Returns the item at `index`, for the whole lifetime of the borrowed reference to the tuple.
    #[inline]
    pub(crate) fn item(self, index: usize) -> Option<Borrowed<'a, 'py, PyAny>> {
        Active::tuple_get(self.py().attached(), self.handle(), index).map(Borrowed::wrap)
    }

    /// Returns all items of a tuple with exactly `N` items.
    ///
    /// # Errors
    ///
    /// `ValueError` if it has another length.
    #[inline]
    pub(crate) fn items<const N: usize>(self) -> PyResult<[Borrowed<'a, 'py, PyAny>; N]> {
        let length = self.len();
        if length != N {
            return Err(wrong_length(length, N));
        }
        Ok(core::array::from_fn(|index| self.item(index).expect("a tuple keeps its length")))
    }

    /// Returns the item at `index`, without checking the index. The length of a tuple never changes.
    ///
    /// # Safety
    ///
    /// `index` must be less than the length.
    #[inline]
    unsafe fn existing_item(self, index: usize) -> Borrowed<'a, 'py, PyAny> {
        // SAFETY: the caller promises that the index is less than the length.
        Borrowed::wrap(unsafe { Active::tuple_get_unchecked(self.py().attached(), self.handle(), index) })
    }

    /// Returns an iterator over the items, for the whole lifetime of the borrowed reference to the tuple.
    #[inline]
    pub(crate) fn iter_borrowed(self) -> BorrowedTupleIterator<'a, 'py> {
        BorrowedTupleIterator { tuple: self, rest: 0..self.len() }
    }
}

#[cold]
fn wrong_length(actual: usize, expected: usize) -> PyErr {
    PyValueError::new_err(format!("expected tuple of length {expected}, but got tuple of length {actual}"))
}

/// An iterator over the items of a tuple, as owned references: see [`PyTupleMethods::iter`].
pub struct BoundTupleIterator<'py> {
    tuple: Bound<'py, PyTuple>,
    rest: Range<usize>,
}

impl<'py> BoundTupleIterator<'py> {
    #[inline]
    fn new(tuple: Bound<'py, PyTuple>) -> Self {
        let rest = 0..tuple.len();
        BoundTupleIterator { tuple, rest }
    }
}

/// An iterator over the items of a tuple, as borrowed references: see [`PyTupleMethods::iter_borrowed`].
pub struct BorrowedTupleIterator<'a, 'py> {
    tuple: Borrowed<'a, 'py, PyTuple>,
    rest: Range<usize>,
}

/// Implements iteration from both ends over a range of indices.
///
/// The range begins with the length of the tuple and only shrinks, so every index is less than the length.
macro_rules! iterate_indices {
    ([$($generics:tt)*] $iterator:ty, $item:ty, |$tuple:ident, $index:ident| $get:expr) => {
        impl<$($generics)*> Iterator for $iterator {
            type Item = $item;

            #[inline]
            fn next(&mut self) -> Option<Self::Item> {
                let ($tuple, $index) = (&self.tuple, self.rest.next()?);
                Some($get)
            }

            #[inline]
            fn nth(&mut self, n: usize) -> Option<Self::Item> {
                let ($tuple, $index) = (&self.tuple, self.rest.nth(n)?);
                Some($get)
            }

            #[inline]
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.rest.size_hint()
            }

            #[inline]
            fn count(self) -> usize {
                self.rest.len()
            }

            #[inline]
            fn last(mut self) -> Option<Self::Item> {
                self.next_back()
            }
        }

        impl<$($generics)*> DoubleEndedIterator for $iterator {
            #[inline]
            fn next_back(&mut self) -> Option<Self::Item> {
                let ($tuple, $index) = (&self.tuple, self.rest.next_back()?);
                Some($get)
            }

            #[inline]
            fn nth_back(&mut self, n: usize) -> Option<Self::Item> {
                let ($tuple, $index) = (&self.tuple, self.rest.nth_back(n)?);
                Some($get)
            }
        }

        impl<$($generics)*> ExactSizeIterator for $iterator {
            #[inline]
            fn len(&self) -> usize {
                self.rest.len()
            }
        }

        impl<$($generics)*> FusedIterator for $iterator {}
    };
}

iterate_indices!(['py] BoundTupleIterator<'py>, Bound<'py, PyAny>, |tuple, index| {
    // SAFETY: every index that `iterate_indices` yields is less than the length.
    unsafe { tuple.as_borrowed().existing_item(index) }.to_owned()
});
iterate_indices!(['a, 'py] BorrowedTupleIterator<'a, 'py>, Borrowed<'a, 'py, PyAny>, |tuple, index| {
    // SAFETY: every index that `iterate_indices` yields is less than the length.
    unsafe { tuple.existing_item(index) }
});

impl<'py> IntoIterator for Bound<'py, PyTuple> {
    type Item = Bound<'py, PyAny>;
    type IntoIter = BoundTupleIterator<'py>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        BoundTupleIterator::new(self)
    }
}

impl<'py> IntoIterator for &Bound<'py, PyTuple> {
    type Item = Bound<'py, PyAny>;
    type IntoIter = BoundTupleIterator<'py>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
