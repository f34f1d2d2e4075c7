//! The borrow count of an instance, and the two ways to borrow its value.

#![cfg_attr(test, expect(unsafe_code, reason = "a test makes a count of zeroed memory"))]

use core::marker::PhantomData;
use core::sync::atomic::{AtomicUsize, Ordering};

/// A borrow count, or none. Its default belongs to a value; zeroed memory does not.
pub trait Flag: Default {
    /// Whether there is a count.
    const COUNTS: bool;

    /// The count.
    fn get(&self) -> Option<&BorrowFlag>;

    /// Whether there is a value to be guarded.
    fn is_filled(&self) -> bool;
}

/// For frozen classes, which are only ever read: whether there is a value.
///
/// It also gives instances of classes without fields some size, by which Python tells them from others.
pub struct NoFlag(bool);

impl Default for NoFlag {
    #[inline]
    fn default() -> Self {
        NoFlag(true)
    }
}

impl Flag for NoFlag {
    const COUNTS: bool = false;

    #[inline]
    fn get(&self) -> Option<&BorrowFlag> {
        None
    }

    #[inline]
    fn is_filled(&self) -> bool {
        self.0
    }
}

/// Counts readers from `FREE` on; all bits set: one writer; zero: there is no value, and there are no borrows of it.
pub struct BorrowFlag(AtomicUsize);

const FREE: usize = 1;
const WRITER: usize = usize::MAX;

impl Default for BorrowFlag {
    #[inline]
    fn default() -> Self {
        BorrowFlag(AtomicUsize::new(FREE))
    }
}

impl Flag for BorrowFlag {
    const COUNTS: bool = true;

    #[inline]
    fn get(&self) -> Option<&BorrowFlag> {
        Some(self)
    }

    #[inline]
    fn is_filled(&self) -> bool {
        self.0.load(Ordering::Relaxed) != 0
    }
}

/// How a value is borrowed.
pub(crate) trait Mode {
    /// Whether there is no other borrow meanwhile.
    const EXCLUSIVE: bool;

    /// Begins a borrow of the value that `flag` guards; without a flag, it is a value that is never written to. `false` where
    /// another borrow is in the way, and where there is no value.
    fn begin(flag: Option<&BorrowFlag>) -> bool;

    /// Ends a borrow.
    fn end(flag: &BorrowFlag);
}

/// Shared with other readers.
pub(crate) enum Read {}

impl Mode for Read {
    const EXCLUSIVE: bool = false;

    #[inline]
    fn begin(flag: Option<&BorrowFlag>) -> bool {
        flag.is_none_or(BorrowFlag::read)
    }

    #[inline]
    fn end(flag: &BorrowFlag) {
        flag.0.fetch_sub(1, Ordering::Release);
    }
}

/// Exclusive.
pub(crate) enum Write {}

impl Mode for Write {
    const EXCLUSIVE: bool = true;

    #[inline]
    fn begin(flag: Option<&BorrowFlag>) -> bool {
        flag.is_some_and(|flag| flag.0.compare_exchange(FREE, WRITER, Ordering::Acquire, Ordering::Relaxed).is_ok())
    }

    #[inline]
    fn end(flag: &BorrowFlag) {
        flag.0.store(FREE, Ordering::Release);
    }
}

impl BorrowFlag {
    #[inline]
    fn read(&self) -> bool {
        let mut count = self.0.load(Ordering::Relaxed);
        loop {
            // Zero is beyond all counts here: one comparison for all that cannot be read.
            if count.wrapping_sub(FREE) >= WRITER - 1 - FREE {
                return false;
            }
            match self.0.compare_exchange_weak(count, count + 1, Ordering::Acquire, Ordering::Relaxed) {
                Ok(_) => return true,
                Err(now) => count = now,
            }
        }
    }
}

/// A borrow under a flag that is at hand. It ends when this is dropped.
pub(crate) struct Borrow<'a, M: Mode> {
    flag: Option<&'a BorrowFlag>,
    mode: PhantomData<M>,
}

impl<'a, M: Mode> Borrow<'a, M> {
    /// Begins one; `None` if that is not possible now.
    #[inline]
    pub(crate) fn begin(flag: Option<&'a BorrowFlag>) -> Option<Self> {
        M::begin(flag).then(|| Borrow::begun(flag))
    }

    /// Takes over one that has begun.
    #[inline]
    pub(crate) fn begun(flag: Option<&'a BorrowFlag>) -> Self {
        Borrow { flag, mode: PhantomData }
    }
}

impl<M: Mode> Drop for Borrow<'_, M> {
    #[inline]
    fn drop(&mut self) {
        if let Some(flag) = self.flag {
            M::end(flag);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Borrow, BorrowFlag, Flag, Mode, NoFlag, Read, Write};

    #[test]
    fn readers_exclude_writers() {
        let flag = BorrowFlag::default();
        let can = |write: bool| if write { Write::begin(Some(&flag)) } else { Read::begin(Some(&flag)) };
        assert!(can(false) && can(false) && !can(true));
        Read::end(&flag);
        Read::end(&flag);
        assert!(can(true) && !can(false) && !can(true));
        Write::end(&flag);
        assert!(can(false));
    }

    #[test]
    fn borrows_end_when_dropped() {
        let flag = BorrowFlag::default();
        let reader = Borrow::<Read>::begin(Some(&flag));
        assert!(reader.is_some() && Borrow::<Write>::begin(Some(&flag)).is_none());
        drop(reader);
        assert!(Borrow::<Write>::begin(Some(&flag)).is_some());
        assert!(Borrow::<Read>::begin(Some(&flag)).is_some(), "the writer is gone, too");
        assert!(Borrow::<Read>::begin(None).is_some() && Borrow::<Write>::begin(None).is_none());
    }

    #[test]
    fn without_a_value_there_are_no_borrows() {
        // SAFETY: a number.
        let flag: BorrowFlag = unsafe { core::mem::zeroed() };
        assert!(!flag.is_filled() && !Read::begin(Some(&flag)) && !Write::begin(Some(&flag)));
        assert!(BorrowFlag::default().is_filled() && NoFlag::default().is_filled());
    }
}
