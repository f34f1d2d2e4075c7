//! What an instance holds: the user's value, how often it is borrowed, and which thread may use it.

#![expect(
    unsafe_code,
    reason = "an instance is read through the backend's layout, and its value is shared under a borrow count"
)]

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, ThreadId};

use pyo3_backend::{ClassOps, Instance};

use super::PyClass;
use super::boolean_struct::private::Boolean;
use crate::backend::{Active, Ref};
use crate::impl_::pyclass::{ClassOf, PyClassBaseType};

/// The payload of an instance of `T`.
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
/// `object` is an instance of `T`.
#[inline]
pub(crate) unsafe fn payload<'a, T: PyClass>(object: Ref<'a>) -> &'a Payload<T> {
    // SAFETY: an instance of `T` was made by `allocate` for `T` or a class that extends it: there is no other way.
    unsafe { Active::instance::<ClassOf<T>>(object) }.payload()
}

/// The borrow count that guards the value of `T`: that of the class nearest the root that keeps one, so that a class and
/// the classes that extend it share theirs. `None`: nothing in the instance is ever borrowed mutably.
///
/// # Safety
///
/// `object` is an instance of `T`.
#[inline]
pub(crate) unsafe fn flag<'a, T: PyClass>(object: Ref<'a>) -> Option<&'a BorrowFlag> {
    // SAFETY: an instance of `T` is one of its base; and of `T`, as the caller promises.
    unsafe { <T::BaseType as PyClassBaseType>::borrow_flag(object).or_else(|| payload::<T>(object).own_flag()) }
}

/// As [`flag`], found in the memory of an instance.
#[inline]
pub(crate) fn flag_in<T: PyClass>(instance: &Instance<Active, ClassOf<T>>) -> Option<&BorrowFlag> {
    <T::BaseType as PyClassBaseType>::borrow_flag_in(instance.base()).or_else(|| instance.payload().own_flag())
}

/// Panics where an instance is used on a thread other than the one it must stay on.
///
/// # Safety
///
/// `object` is an instance of `T`.
#[inline]
#[track_caller]
pub(crate) unsafe fn ensure_thread<T: PyClass>(object: Ref<'_>) {
    // SAFETY: as above.
    unsafe {
        <T::BaseType as PyClassBaseType>::ensure_thread(object);
        payload::<T>(object).threads().ensure::<T>();
    }
}

/// A borrow count, or none.
pub trait Flag: Default {
    /// The count.
    fn get(&self) -> Option<&BorrowFlag>;
}

/// For frozen classes, which are only ever read.
#[derive(Default)]
pub struct NoFlag;

impl Flag for NoFlag {
    #[inline]
    fn get(&self) -> Option<&BorrowFlag> {
        None
    }
}

/// Counts readers; all bits set: one writer.
#[derive(Default)]
pub struct BorrowFlag(AtomicUsize);

const WRITER: usize = usize::MAX;

impl Flag for BorrowFlag {
    #[inline]
    fn get(&self) -> Option<&BorrowFlag> {
        Some(self)
    }
}

impl BorrowFlag {
    /// Counts one more reader; `false` while there is a writer.
    #[inline]
    pub(crate) fn read(&self) -> bool {
        let mut count = self.0.load(Ordering::Relaxed);
        loop {
            if count >= WRITER - 1 {
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

    /// Makes the caller the writer; `false` while there are readers or another.
    #[inline]
    pub(crate) fn write(&self) -> bool {
        self.0.compare_exchange(0, WRITER, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    /// The writer is done.
    #[inline]
    pub(crate) fn end_write(&self) {
        self.0.store(0, Ordering::Release);
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
pub struct OneThread(ThreadId);

impl Threads for OneThread {
    const CHECKED: bool = true;

    fn here() -> Self {
        OneThread(thread::current().id())
    }

    #[track_caller]
    fn ensure<T>(&self) {
        assert!(self.is_here(), "{} is unsendable, but sent to another thread", core::any::type_name::<T>());
    }

    fn is_here(&self) -> bool {
        thread::current().id() == self.0
    }
}

#[cfg(test)]
mod tests {
    use super::BorrowFlag;

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
}
