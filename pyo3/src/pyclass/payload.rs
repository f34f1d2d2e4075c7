//! The content of an instance: the user's value, its borrow count, and the threads that may use it.

#![expect(
    unsafe_code,
    reason = "an instance is read through the backend's layout, and its value is shared under a borrow count"
)]

use core::cell::UnsafeCell;

use pyo3_backend::{ClassOps, Derived, Payloads};

use super::base::{PayloadsOf, PyClassBaseType, Subclassable};
use super::boolean_struct::private::Boolean;
use super::borrow::{BorrowFlag, Flag, Mode};
use super::contract::ClassOf;
use super::threads::Threads;
use super::{PyClass, PyClassInitializer};
use crate::backend::{Active, Ref};

/// The payload of an instance of `T`.
///
/// All bytes are zero if Python code made the instance without the class's own `__new__`. `flag` shows that, and the
/// other fields are then not read. Each type used here documents what zeroed memory means to it.
pub struct Payload<T: PyClass> {
    value: UnsafeCell<T>,
    flag: <T::Frozen as Boolean>::Flag,
    threads: T::Threads,
}

impl<T: PyClass> Payload<T> {
    /// Creates a payload that holds `value`, not borrowed, and belongs to this thread.
    #[inline]
    pub(crate) fn new(value: T) -> Self {
        Payload { value: UnsafeCell::new(value), flag: Default::default(), threads: T::Threads::here() }
    }

    /// Returns a pointer to the value.
    #[inline]
    pub(crate) fn value(&self) -> *mut T {
        self.value.get()
    }

    /// Returns this class's own borrow count, if it keeps one.
    #[inline]
    pub(crate) fn own_flag(&self) -> Option<&BorrowFlag> {
        self.flag.get()
    }

    /// Whether there is a value.
    #[inline]
    pub(crate) fn is_filled(&self) -> bool {
        self.flag.is_filled()
    }

    /// Returns this class's own thread check.
    #[inline]
    pub(crate) fn threads(&self) -> &T::Threads {
        &self.threads
    }
}

/// Returns the payload of `T` in `object`.
///
/// # Safety
///
/// `object` is an instance of `T`, and has the memory of one.
#[inline]
pub(crate) unsafe fn payload<'a, T: PyClass>(object: Ref<'a>) -> &'a Payload<T> {
    // SAFETY: as the caller promises.
    unsafe { Active::class_payload::<ClassOf<T>>(object) }
}

/// Returns the borrow count that guards the value of `T`. It is the count of the class nearest the root that keeps one,
/// so a class and the classes that extend it share a count. Returns `None` if nothing in the instance is ever borrowed
/// mutably.
///
/// # Safety
///
/// `object` is an instance of `T`, or of the base class that keeps the count; and has the memory of one.
#[inline]
pub(crate) unsafe fn flag<'a, T: PyClass>(object: Ref<'a>) -> Option<&'a BorrowFlag> {
    // SAFETY: as the caller promises: if no base keeps a count, it is an instance of `T`.
    unsafe { <T::BaseType as PyClassBaseType>::borrow_flag(object).or_else(|| payload::<T>(object).own_flag()) }
}

/// Returns the same count as [`flag`], found among the payloads of an instance.
#[inline]
pub(crate) fn flag_in<'a, T: PyClass>(payloads: Payloads<'a, Active, ClassOf<T>>) -> Option<&'a BorrowFlag> {
    <T::BaseType as PyClassBaseType>::borrow_flag_in(payloads.base).or_else(|| payloads.own.own_flag())
}

/// Whether `object` holds a value of `T`.
///
/// # Safety
///
/// `object` is an instance of `T`.
#[inline]
pub(crate) unsafe fn is_filled<T: PyClass>(object: Ref<'_>) -> bool {
    // SAFETY: as the caller promises; the payload is read only if its memory exists.
    unsafe { Active::class_has_memory::<ClassOf<T>>(object) && payload::<T>(object).is_filled() }
}

/// Begins a borrow of the value of `T`. Returns `false` if another borrow is in the way or there is no value.
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
pub(crate) unsafe fn begin<T: PyClass, M: Mode>(object: Ref<'_>) -> bool {
    // SAFETY: as the caller promises; `is_usable` checks that the memory exists before it is read.
    unsafe {
        is_usable::<T>(object) && {
            ensure_thread::<T>(object);
            M::begin(flag::<T>(object))
        }
    }
}

/// Whether `object` may hold a value of `T`. Unlike [`is_filled`], it skips the check of the flag if the class keeps
/// the shared count itself, because beginning the borrow then checks it.
///
/// # Safety
///
/// `object` is an instance of `T`.
#[inline]
unsafe fn is_usable<T: PyClass>(object: Ref<'_>) -> bool {
    let counts_itself = const { <T::Frozen as Boolean>::Flag::COUNTS && !<T::BaseType as PyClassBaseType>::COUNTS };
    // SAFETY: as the caller promises.
    unsafe { if counts_itself { Active::class_has_memory::<ClassOf<T>>(object) } else { is_filled::<T>(object) } }
}

/// Panics if an instance is used on a thread other than the one it must stay on.
///
/// # Safety
///
/// `object` is an instance of `T`, and has the memory of one.
#[inline]
#[track_caller]
pub(crate) unsafe fn ensure_thread<T: PyClass>(object: Ref<'_>) {
    // SAFETY: as the caller promises.
    unsafe {
        <T::BaseType as PyClassBaseType>::ensure_thread(object);
        payload::<T>(object).threads().ensure::<T>();
    }
}

/// Whether instances of `T` have a borrow count: their own, or that of a base.
pub(crate) const fn counts<T: PyClass>() -> bool {
    <T::Frozen as Boolean>::Flag::COUNTS || <T::BaseType as PyClassBaseType>::COUNTS
}

#[diagnostic::do_not_recommend]
impl<T: PyClass + Subclassable> PyClassBaseType for T {
    type Contract = Derived<ClassOf<T>>;
    type Initializer = PyClassInitializer<T>;

    const COUNTS: bool = counts::<T>();

    #[inline]
    unsafe fn borrow_flag<'a>(object: Ref<'a>) -> Option<&'a BorrowFlag> {
        // SAFETY: as the caller promises.
        unsafe { flag::<T>(object) }
    }

    #[inline]
    fn borrow_flag_in<'a>(payloads: PayloadsOf<'a, Self>) -> Option<&'a BorrowFlag> {
        flag_in::<T>(payloads)
    }

    #[inline]
    unsafe fn ensure_thread(object: Ref<'_>) {
        // SAFETY: as the caller promises.
        unsafe { ensure_thread::<T>(object) }
    }
}
