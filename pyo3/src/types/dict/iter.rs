//! [`BoundDictIterator`]: iteration over a dict.

use pyo3_backend::DictOps;

use crate::backend::Active;
use crate::types::{PyDict, PyDictMethods};
use crate::{Bound, PyAny};

/// An iterator over the entries of a dict: see [`PyDictMethods::iter`].
///
/// # Panics
///
/// Panics if entries were added or removed since the iteration began. Python raises `RuntimeError` in that case.
pub struct BoundDictIterator<'py> {
    dict: Bound<'py, PyDict>,
    cursor: <Active as DictOps>::DictCursor,
    /// The number of entries at the beginning, or `usize::MAX` once the dict is known to have changed.
    length: usize,
    /// The number of entries not yet visited.
    rest: usize,
}

impl<'py> BoundDictIterator<'py> {
    #[inline]
    pub(super) fn new(dict: Bound<'py, PyDict>) -> Self {
        let length = dict.len();
        BoundDictIterator { dict, cursor: Default::default(), length, rest: length }
    }

    #[cold]
    #[track_caller]
    fn changed(&mut self, what: &str) -> ! {
        self.length = usize::MAX;
        panic!("dictionary {what} during iteration")
    }
}

impl<'py> Iterator for BoundDictIterator<'py> {
    type Item = (Bound<'py, PyAny>, Bound<'py, PyAny>);

    #[inline]
    #[track_caller]
    fn next(&mut self) -> Option<Self::Item> {
        if self.length != self.dict.len() {
            self.changed("changed size");
        }
        let entry = Active::dict_next(self.dict.py().attached(), self.dict.handle(), &mut self.cursor);
        let (key, value) = entry?;
        // The length is unchanged, but there is one entry more than it says: another key replaced one already visited.
        match self.rest.checked_sub(1) {
            Some(rest) => self.rest = rest,
            None => self.changed("keys changed"),
        }
        Some((Bound::wrap(key), Bound::wrap(value)))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest, Some(self.rest))
    }

    #[inline]
    fn count(self) -> usize {
        self.rest
    }
}

impl ExactSizeIterator for BoundDictIterator<'_> {
    #[inline]
    fn len(&self) -> usize {
        self.rest
    }
}

impl<'py> IntoIterator for Bound<'py, PyDict> {
    type Item = (Bound<'py, PyAny>, Bound<'py, PyAny>);
    type IntoIter = BoundDictIterator<'py>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        BoundDictIterator::new(self)
    }
}

impl<'py> IntoIterator for &Bound<'py, PyDict> {
    type Item = (Bound<'py, PyAny>, Bound<'py, PyAny>);
    type IntoIter = BoundDictIterator<'py>;

    #[inline]
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}
