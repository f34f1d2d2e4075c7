//! The argument of `__clear__`: an instance whose references are to be cleared.

#![expect(unsafe_code, reason = "the borrow count protects the access to the value")]

use core::marker::PhantomData;
use core::ptr::NonNull;

use super::borrow::{Borrow, BorrowFlag, Read, Write};
use crate::backend::Ref;
use crate::{Borrowed, Bound, PyResult, Python};

/// The value of an instance whose references are to be cleared.
pub struct Clearing<'a, T> {
    object: Option<Ref<'a>>,
    value: NonNull<T>,
    flag: Option<&'a BorrowFlag>,
    lifetime: PhantomData<&'a T>,
}

impl<'a, T> Clearing<'a, T> {
    /// Wraps the value of an instance.
    ///
    /// # Safety
    ///
    /// `value` lies in an instance that lives for `'a`, and `flag` guards it. `object`, if any, is that instance.
    pub(super) unsafe fn new(object: Option<Ref<'a>>, value: NonNull<T>, flag: Option<&'a BorrowFlag>) -> Self {
        Clearing { object, value, flag, lifetime: PhantomData }
    }
}

impl<T> Clearing<'_, T> {
    /// Lends the value for reading. Does nothing if it is borrowed mutably.
    ///
    /// # Errors
    ///
    /// What `clear` returns.
    pub fn clear_shared(self, clear: impl FnOnce(&T) -> PyResult<()>) -> PyResult<()> {
        let Some(_borrow) = Borrow::<Read>::begin(self.flag) else { return Ok(()) };
        // SAFETY: the borrow counts a reader, so nobody writes to the value meanwhile.
        clear(unsafe { self.value.as_ref() })
    }

    /// Lends the value for writing. Does nothing if it is borrowed.
    ///
    /// # Errors
    ///
    /// What `clear` returns.
    pub fn clear_exclusive(mut self, clear: impl FnOnce(&mut T) -> PyResult<()>) -> PyResult<()> {
        let Some(_borrow) = Borrow::<Write>::begin(self.flag) else { return Ok(()) };
        // SAFETY: the borrow counts a writer, in the count that the class shares with its bases: this is the only
        // borrow.
        clear(unsafe { self.value.as_mut() })
    }

    /// Lends the instance itself. Does nothing if the runtime does not pass the object.
    ///
    /// # Errors
    ///
    /// What `clear` returns.
    pub fn clear_typed<'py>(
        self,
        _py: Python<'py>,
        clear: impl FnOnce(&Bound<'py, T>) -> PyResult<()>,
    ) -> PyResult<()> {
        let Some(object) = self.object else { return Ok(()) };
        // SAFETY: the runtime clears instances of the class `T`, and passes the one that is being cleared.
        let instance: Borrowed<'_, 'py, T> = unsafe { Borrowed::wrap_unchecked(object) };
        clear(&instance)
    }
}
