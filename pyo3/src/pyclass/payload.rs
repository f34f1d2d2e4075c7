//! What an instance holds: the user's value, how often it is borrowed, and which thread may use it.

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

    /// If the value is.
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
    unsafe { Active::class_payload::<ClassOf<T>>(object) }
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
    unsafe { Active::class_has_memory::<ClassOf<T>>(object) && payload::<T>(object).is_filled() }
}

/// Begins a borrow of the value of `T`. `false` if another borrow is in the way, or if there is no value.
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
    // SAFETY: as the caller promises; the memory is there before it is looked at.
    unsafe {
        is_usable::<T>(object) && {
            ensure_thread::<T>(object);
            M::begin(flag::<T>(object))
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
    unsafe { if counts_itself { Active::class_has_memory::<ClassOf<T>>(object) } else { is_filled::<T>(object) } }
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

/// Whether instances of `T` have a borrow count: one of its own, or that of a base.
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
