//! What an instance holds: the user's value, how often it is borrowed, and which thread may use it.

#![expect(
    unsafe_code,
    reason = "an instance is read through the backend's layout, and its value is shared under a borrow count"
)]

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ThreadId};

use pyo3_backend::{ClassOps, Payloads};

use super::PyClass;
use super::boolean_struct::private::Boolean;
use crate::backend::{Active, Ref};
use crate::impl_::pyclass::{ClassOf, PyClassBaseType};

/// The payload of an instance of `T`.
///
/// All zero where Python code made the instance without the class's own `__new__`: `flag` tells, and nothing else is
/// looked at then. For that each field says what it is in memory that is zero.
pub struct Payload<T: PyClass> {
    value: UnsafeCell<T>,
    flag: <T::Frozen as Boolean>::Flag,
    threads: T::Threads,
}

impl<T: PyClass> Payload<T> {
    /// Holds `value`, not borrowed, at home on this thread.
    #[inline]
    pub(crate) fn new(value: T) -> Self {
        Payload { value: UnsafeCell::new(value), flag: Default::default(), threads: T::Threads::here() }
    }

    /// Where the value is.
    #[inline]
    pub(crate) fn value(&self) -> *mut T {
        self.value.get()
    }

    /// This class's own borrow count, if it keeps one.
    #[inline]
    pub(crate) fn own_flag(&self) -> Option<&BorrowFlag> {
        self.flag.get()
    }

    /// Whether there is a value.
    #[inline]
    pub(crate) fn is_filled(&self) -> bool {
        self.flag.is_filled()
    }

    /// This class's own thread check.
    #[inline]
    pub(crate) fn threads(&self) -> &T::Threads {
        &self.threads
    }
}

/// The payload of `T` in an instance of it.
///
/// # Safety
///
/// `object` is an instance of `T`, and has the memory of one.
#[inline]
pub(crate) unsafe fn payload<'a, T: PyClass>(object: Ref<'a>) -> &'a Payload<T> {
    // SAFETY: as the caller promises.
    unsafe { Active::payload::<ClassOf<T>>(object) }
}

/// The borrow count that guards the value of `T`: that of the class nearest the root that keeps one, so that a class and
/// the classes that extend it share theirs. `None`: nothing in the instance is ever borrowed mutably.
///
/// # Safety
///
/// `object` is an instance of `T`, or of the base class that keeps the count; and has the memory of one.
#[inline]
pub(crate) unsafe fn flag<'a, T: PyClass>(object: Ref<'a>) -> Option<&'a BorrowFlag> {
    // SAFETY: as the caller promises: where no base keeps a count, it is an instance of `T`.
    unsafe { <T::BaseType as PyClassBaseType>::borrow_flag(object).or_else(|| payload::<T>(object).own_flag()) }
}

/// As [`flag`], found among the payloads of an instance.
#[inline]
pub(crate) fn flag_in<'a, T: PyClass>(payloads: Payloads<'a, Active, ClassOf<T>>) -> Option<&'a BorrowFlag> {
    <T::BaseType as PyClassBaseType>::borrow_flag_in(payloads.base).or_else(|| payloads.own.own_flag())
}

/// Whether there is a value of `T` in an instance.
///
/// # Safety
///
/// `object` is an instance of `T`.
#[inline]
pub(crate) unsafe fn is_filled<T: PyClass>(object: Ref<'_>) -> bool {
    // SAFETY: as the caller promises; the memory is looked at where it is there.
    unsafe { Active::has_memory::<ClassOf<T>>(object) && payload::<T>(object).is_filled() }
}

/// Counts one more reader of the value of `T`. `false` while there is a writer, and where there is no value.
///
/// # Panics
///
/// On the wrong thread.
///
/// # Safety
///
/// `object` is an instance of `T`.
#[inline]
#[track_caller]
pub(crate) unsafe fn begin_read<T: PyClass>(object: Ref<'_>) -> bool {
    // SAFETY: as the caller promises; the memory is there before it is looked at.
    unsafe {
        is_usable::<T>(object) && {
            ensure_thread::<T>(object);
            flag::<T>(object).is_none_or(BorrowFlag::read)
        }
    }
}

/// Makes the caller the writer of the value of `T`. `false` while it is borrowed, and where there is no value.
///
/// # Panics
///
/// On the wrong thread.
///
/// # Safety
///
/// `object` is an instance of `T`.
#[inline]
#[track_caller]
pub(crate) unsafe fn begin_write<T: PyClass>(object: Ref<'_>) -> bool {
    // SAFETY: as above.
    unsafe {
        is_usable::<T>(object) && {
            ensure_thread::<T>(object);
            flag::<T>(object).is_some_and(BorrowFlag::write)
        }
    }
}

/// As [`is_filled`], as far as the shared count does not tell as well: a class that keeps that count itself needs no
/// second look.
///
/// # Safety
///
/// `object` is an instance of `T`.
#[inline]
unsafe fn is_usable<T: PyClass>(object: Ref<'_>) -> bool {
    let counts_itself = const { <T::Frozen as Boolean>::Flag::COUNTS && !<T::BaseType as PyClassBaseType>::COUNTS };
    // SAFETY: as above.
    unsafe { if counts_itself { Active::has_memory::<ClassOf<T>>(object) } else { is_filled::<T>(object) } }
}

/// Panics where an instance is used on a thread other than the one it must stay on.
///
/// # Safety
///
/// `object` is an instance of `T`, and has the memory of one.
#[inline]
#[track_caller]
pub(crate) unsafe fn ensure_thread<T: PyClass>(object: Ref<'_>) {
    // SAFETY: as above.
    unsafe {
        <T::BaseType as PyClassBaseType>::ensure_thread(object);
        payload::<T>(object).threads().ensure::<T>();
    }
}

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

/// Counts readers from [`FREE`] on; all bits set: one writer; zero: there is no value, and there are no borrows of it.
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

impl BorrowFlag {
    /// Counts one more reader; `false` while there is a writer, and without a value.
    #[inline]
    pub(crate) fn read(&self) -> bool {
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

    /// One reader less.
    #[inline]
    pub(crate) fn end_read(&self) {
        self.0.fetch_sub(1, Ordering::Release);
    }

    /// Makes the caller the writer; `false` while there are readers or another, and without a value.
    #[inline]
    pub(crate) fn write(&self) -> bool {
        self.0.compare_exchange(FREE, WRITER, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    /// The writer is done.
    #[inline]
    pub(crate) fn end_write(&self) {
        self.0.store(FREE, Ordering::Release);
    }
}

/// On which threads an instance may be used.
pub trait Threads: 'static {
    /// Whether there are wrong ones.
    const CHECKED: bool;

    /// At home on this thread.
    fn here() -> Self;

    /// Panics on the wrong thread.
    fn ensure<T>(&self);

    /// Whether this is a right thread.
    fn is_here(&self) -> bool;
}

/// On all.
pub struct AnyThread;

impl Threads for AnyThread {
    const CHECKED: bool = false;

    #[inline]
    fn here() -> Self {
        AnyThread
    }

    #[inline]
    fn ensure<T>(&self) {}

    #[inline]
    fn is_here(&self) -> bool {
        true
    }
}

/// On the one where it was made: `#[pyclass(unsendable)]`.
///
/// Where there is no value there is no thread either, and who looks finds out that there is no value. (Zero is `None`, as
/// for every option of a number that is not zero.)
pub struct OneThread(Option<ThreadId>);

impl Threads for OneThread {
    const CHECKED: bool = true;

    fn here() -> Self {
        OneThread(Some(thread::current().id()))
    }

    #[track_caller]
    fn ensure<T>(&self) {
        assert!(
            self.0.is_none() || self.is_here(),
            "{} is unsendable, but sent to another thread",
            core::any::type_name::<T>()
        );
    }

    fn is_here(&self) -> bool {
        self.0 == Some(thread::current().id())
    }
}

#[cfg(test)]
mod tests {
    use super::{BorrowFlag, Flag};

    #[test]
    fn readers_exclude_writers() {
        let flag = BorrowFlag::default();
        assert!(flag.read() && flag.read() && !flag.write());
        flag.end_read();
        flag.end_read();
        assert!(flag.write() && !flag.read() && !flag.write());
        flag.end_write();
        assert!(flag.read());
    }

    #[test]
    fn without_a_value_there_are_no_borrows() {
        // SAFETY: a number.
        let flag: BorrowFlag = unsafe { core::mem::zeroed() };
        assert!(!flag.is_filled() && !flag.read() && !flag.write());
        assert!(BorrowFlag::default().is_filled());
        assert!(super::NoFlag::default().is_filled());
    }
}
