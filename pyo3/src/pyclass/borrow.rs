//! The borrow count of an instance, and the two ways to borrow its value.

#![cfg_attr(test, expect(unsafe_code, reason = "a test creates a count from zeroed memory"))]

use core::marker::PhantomData;
use core::sync::atomic::{AtomicUsize, Ordering};

/// The borrow count of a value, or the absence of one. The default marks a value as present; zeroed memory marks it as
/// missing.
pub trait Flag: Default {
    /// Whether there is a count.
    const COUNTS: bool;

    /// Returns the count, if there is one.
    fn get(&self) -> Option<&BorrowFlag>;

    /// Whether there is a value to guard.
    fn is_filled(&self) -> bool;
}

/// The flag of a frozen class. It only records whether there is a value: frozen values are never written, so nothing is
/// counted.
///
/// It also gives instances of classes without fields a size, by which Python tells their layout from that of others.
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

/// A borrow count. Zero: there is no value. All bits set: one writer. Otherwise: the number of readers plus `FREE`.
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

/// The two ways to borrow a value: [`Read`] and [`Write`].
pub(crate) trait Mode {
    /// Whether the borrow excludes all others.
    const EXCLUSIVE: bool;

    /// Begins a borrow of the value that `flag` guards. Returns `false` if another borrow is in the way or there is no
    /// value. Without a flag, the value is never written.
    fn begin(flag: Option<&BorrowFlag>) -> bool;

    /// Ends a borrow.
    fn end(flag: &BorrowFlag);
}

/// A borrow shared with other readers.
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

/// An exclusive borrow.
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
            // The subtraction wraps zero to the top, so one comparison rejects no value, a writer, and too many
            // readers.
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

/// A borrow that holds on to its flag, and ends when dropped.
pub(crate) struct Borrow<'a, M: Mode> {
    flag: Option<&'a BorrowFlag>,
    mode: PhantomData<M>,
}

impl<'a, M: Mode> Borrow<'a, M> {
    /// Begins a borrow. Returns `None` if that is not possible now.
    #[inline]
    pub(crate) fn begin(flag: Option<&'a BorrowFlag>) -> Option<Self> {
        M::begin(flag).then(|| Borrow::begun(flag))
    }

    /// Takes over a borrow that has already begun.
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
        // SAFETY: the flag is an atomic integer, for which zero is a valid value.
        let flag: BorrowFlag = unsafe { core::mem::zeroed() };
        assert!(!flag.is_filled() && !Read::begin(Some(&flag)) && !Write::begin(Some(&flag)));
        assert!(BorrowFlag::default().is_filled() && NoFlag::default().is_filled());
    }
}
