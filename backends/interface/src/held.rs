//! Data inside an object, together with the reference that keeps the object alive.

#![expect(unsafe_code, reason = "a pointer into an object becomes a borrow of what owns the object")]

use core::ops::Deref;
use core::ptr::NonNull;

use crate::{Attached, BytesOps, Global, Outcome, Owned, RefOps, StrOps, kind};

/// Data inside an immutable object of kind `K`, with a reference to that object.
///
/// Nothing is copied. It may be read, moved and dropped on any thread, attached or not: only using the reference needs
/// an attached thread, as with any [`Global`].
///
/// This is sound because the operations that lend the data ([`StrOps::str_to_utf8`], [`BytesOps::bytes_as_slice`])
/// promise that the data neither moves nor changes as long as the object lives.
pub struct Held<B: RefOps, K, T: ?Sized> {
    data: NonNull<T>,
    owner: Global<B, K>,
}

// SAFETY: the data is only read, as through a `&T`, and the reference may be moved to any thread.
unsafe impl<B: RefOps, K, T: ?Sized + Sync> Send for Held<B, K, T> {}
// SAFETY: as above.
unsafe impl<B: RefOps, K, T: ?Sized + Sync> Sync for Held<B, K, T> {}

impl<B: StrOps> Held<B, kind::Str, str> {
    /// Returns the text of a string.
    ///
    /// Ownership: takes the string. Runs Python: no. Errors: as [`StrOps::str_to_utf8`].
    #[inline]
    pub fn text<'py>(string: Owned<'py, B, kind::Str>) -> Outcome<'py, B, Self> {
        let data = NonNull::from(B::str_to_utf8(string.py(), string.as_ref())?);
        Ok(Held { data, owner: string.into_global() })
    }
}

impl<B: BytesOps> Held<B, kind::Bytes, [u8]> {
    /// Returns the contents of a `bytes`.
    ///
    /// Ownership: takes the `bytes`. Runs Python: no.
    #[inline]
    pub fn bytes(bytes: Owned<'_, B, kind::Bytes>) -> Self {
        let data = NonNull::from(B::bytes_as_slice(bytes.py(), bytes.as_ref()));
        Held { data, owner: bytes.into_global() }
    }
}

impl<B: RefOps, K, T: ?Sized> Held<B, K, T> {
    /// Returns the object that holds the data.
    #[inline]
    pub const fn owner(&self) -> &Global<B, K> {
        &self.owner
    }

    /// Returns the reference to the object that holds the data, by value.
    #[inline]
    pub fn into_owner(self) -> Global<B, K> {
        self.owner
    }

    /// Returns the same data with a new reference.
    #[inline]
    pub fn clone_ref(&self, py: Attached<'_, B>) -> Self {
        Held { data: self.data, owner: self.owner.bind(py).clone().into_global() }
    }
}

impl<B: RefOps, K, T: ?Sized> Deref for Held<B, K, T> {
    type Target = T;

    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: `owner` keeps the object alive that holds the data, and the data neither moves nor changes. The
        // borrow of `self` keeps `owner` from being dropped.
        unsafe { self.data.as_ref() }
    }
}
