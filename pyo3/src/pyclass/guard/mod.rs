//! Guards: borrowing the value in an instance.
//!
//! There are four public guards, from two choices: whether a guard owns a reference ([`PyRef`]) or uses somebody else's
//! ([`PyClassGuard`]), and whether it reads or writes. All wrap [`Guard`], which is generic over [`Handle`] and
//! [`Mode`] and says how the value is reached, how the borrow ends, and how a guard becomes one of the base class. The
//! files here add public names and the signatures that PyO3 has.

#![expect(unsafe_code, reason = "a guard gives access to the value that the borrow count protects")]

mod errors;
mod handle;
mod lent;
mod owning;
mod part;

pub use self::errors::{PyBorrowError, PyBorrowMutError, PyClassGuardError, PyClassGuardMutError};
pub use self::lent::{Exclusive, PyClassGuard, PyClassGuardMut, PyClassGuardMutSuper, clone_out};
pub use self::owning::{PyRef, PyRefMut};
pub use self::part::{PyClassGuardMap, PyClassGuardMapMut};

pub(super) use self::errors::NO_VALUE;
pub(crate) use self::errors::Reason;

use core::fmt;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};

use self::errors::Refusal;
use self::handle::{Handle, HandleFrom, Lent};
use super::PyClass;
use super::base::PyClassBaseType;
use super::borrow::{BorrowFlag, Mode, Write};
use super::definition::PyClassImpl;
use super::payload::{begin, counts, flag, payload};
use super::type_object::is_instance;
use crate::backend::Ref;
use crate::{Borrowed, Py, PyAny};

/// A borrow of the value in an instance of a class. It ends when dropped.
///
/// *Invariant*: the instance is borrowed in mode `M`, and belongs to the class; but see [`checked`](Guard::checked).
#[repr(transparent)]
struct Guard<H: Handle, M: Mode> {
    handle: H,
    mode: PhantomData<M>,
}

/// The base class of a handle's class.
type BaseOf<H> = <<H as Handle>::Class as PyClassImpl>::BaseType;

impl<H: Handle, M: Mode> Guard<H, M> {
    /// Borrows the value in `instance`, and makes the handle if that succeeds.
    ///
    /// # Safety
    ///
    /// `instance` is an instance of the class, and `handle` returns a handle for it.
    #[inline]
    #[track_caller]
    unsafe fn begin(instance: Ref<'_>, handle: impl FnOnce() -> H) -> Option<Self> {
        // SAFETY: as the caller promises.
        unsafe { begin::<H::Class, M>(instance) }.then(|| Guard { handle: handle(), mode: PhantomData })
    }

    /// Borrows the value in `instance`.
    ///
    /// # Errors
    ///
    /// If another borrow is in the way, or if there is no value.
    #[inline]
    #[track_caller]
    fn try_borrow<'a, 'py>(instance: Borrowed<'a, 'py, H::Class>) -> Result<Self, M::Error>
    where
        H: HandleFrom<'a, 'py>,
        M: Refusal,
    {
        // SAFETY: the type of `instance` says that it is an instance of the class, and the handle is made from it.
        unsafe {
            Self::begin(instance.any_handle(), || H::handle_from(instance))
                .ok_or_else(|| errors::refused::<H::Class, M>(instance.any_handle()))
        }
    }

    /// Borrows the value in `object`.
    ///
    /// # Errors
    ///
    /// One of two reasons, from which [`PyClassGuardError::of`] and [`PyClassGuardMutError::of`] make an error.
    #[inline]
    #[track_caller]
    fn of_any<'a, 'py>(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Reason>
    where
        H: HandleFrom<'a, 'py>,
    {
        if !is_instance::<H::Class>(object.py(), object.any_handle()) {
            return Err(Reason::OtherClass);
        }
        // SAFETY: `is_instance` has just checked the object, and the handle is made from it.
        unsafe { Self::begin(object.any_handle(), || H::handle_from(object.cast_unchecked())) }.ok_or(Reason::NoBorrow)
    }

    /// Returns the handle, after a check that its object is an instance of the class if there is any doubt.
    ///
    /// `as_super` of [`PyRefMut`] lends the guard as one of the base class, and safe code can then swap in any other
    /// guard of that class. So if the base can be borrowed mutably, this checks the object again.
    ///
    /// # Panics
    ///
    /// If the guard was swapped and its object is not an instance of the class.
    #[inline]
    #[track_caller]
    fn checked(&self) -> &H {
        if const { M::EXCLUSIVE && <BaseOf<H> as PyClassBaseType>::COUNTS }
            && let Some(py) = self.handle.exchangeable()
            && !is_instance::<H::Class>(py, self.handle.instance())
        {
            exchanged(<H::Class as PyClass>::NAME);
        }
        &self.handle
    }

    /// Returns a pointer to the value.
    #[inline]
    #[track_caller]
    fn value(&self) -> *mut H::Class {
        // SAFETY: `checked` returns an instance of the class. It could be borrowed, so it has the memory of one.
        unsafe { payload::<H::Class>(self.checked().instance()).value() }
    }

    /// Ends the borrow.
    ///
    /// # Safety
    ///
    /// It is called once, and the guard is not used to reach the value afterwards.
    #[inline]
    unsafe fn end(&self) {
        // SAFETY: the object is an instance of the class or, if guards were swapped, of the base that keeps the count:
        // only guards of that base can get here. It could be borrowed, so it has the memory of an instance.
        if let Some(flag) = unsafe { flag::<H::Class>(self.handle.instance()) } {
            M::end(flag);
        }
    }

    /// Ends the borrow and returns the handle without checking it.
    #[inline]
    fn into_unchecked(self) -> H {
        let this = ManuallyDrop::new(self);
        // SAFETY: the guard is not dropped, so the borrow ends once and the handle is moved out once.
        unsafe {
            this.end();
            core::ptr::read(&this.handle)
        }
    }

    /// Ends the borrow and returns the handle.
    ///
    /// # Panics
    ///
    /// As [`checked`](Self::checked).
    #[inline]
    #[track_caller]
    fn into_handle(self) -> H {
        self.checked();
        self.into_unchecked()
    }

    /// Borrows the guard as one of the base class.
    #[inline]
    fn as_super(&self) -> &Guard<H::Of<BaseOf<H>>, M>
    where
        BaseOf<H>: PyClass,
    {
        // SAFETY: a guard is transparent over its handle, and every handle is transparent over one pointer, whatever
        // the class. An instance of a class is one of its base. Both classes share the count, or nobody can write to
        // the base.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Turns the guard into one of the base class.
    #[inline]
    fn into_super(self) -> Guard<H::Of<BaseOf<H>>, M>
    where
        BaseOf<H>: PyClass,
    {
        let this = ManuallyDrop::new(self);
        // SAFETY: the guard is not dropped, so its handle is moved out once. An instance of a class is one of its base.
        unsafe {
            if const { counts::<H::Class>() && !<BaseOf<H> as PyClassBaseType>::COUNTS } {
                // Only the derived class has a count. Nobody can write to the base, so its guard needs none.
                this.end();
            }
            Guard { handle: core::ptr::read(&this.handle).cast(), mode: PhantomData }
        }
    }
}

impl<'a, T: PyClass, M: Mode> Guard<Lent<'a, T>, M> {
    /// Borrows the value in `object`, as [`try_borrow`](Self::try_borrow) does. The thread need not be attached.
    #[inline]
    #[track_caller]
    fn try_borrow_unattached(object: &'a Py<T>) -> Result<Self, M::Error>
    where
        M: Refusal,
    {
        let instance = object.handle_unattached();
        // SAFETY: the type of `object` says that it is an instance of `T`, and the handle is made from it.
        unsafe { Self::begin(instance, || Lent::new(instance)).ok_or_else(|| errors::refused::<T, M>(instance)) }
    }

    /// Returns the borrow count that guards the value, if there is one.
    #[inline]
    fn flag(&self) -> Option<&'a BorrowFlag> {
        // SAFETY: an instance of `T`. It could be borrowed, so it has the memory of one.
        unsafe { flag::<T>(self.handle.instance) }
    }

    /// Creates a second guard, for the base class, whose drop does not end the borrow.
    #[inline]
    fn lend_super(&self) -> ManuallyDrop<Guard<Lent<'a, T::BaseType>, M>>
    where
        T::BaseType: PyClass,
    {
        ManuallyDrop::new(Guard { handle: Lent::new(self.handle.instance), mode: PhantomData })
    }
}

impl<H: Handle, M: Mode> Drop for Guard<H, M> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the guard is being dropped, so this is the last use of it.
        unsafe { self.end() }
    }
}

impl<H: Handle, M: Mode> Deref for Guard<H, M> {
    type Target = H::Class;

    #[inline]
    #[track_caller]
    fn deref(&self) -> &H::Class {
        // SAFETY: while the guard exists, nobody else writes to the value.
        unsafe { &*self.value() }
    }
}

impl<H: Handle> DerefMut for Guard<H, Write> {
    #[inline]
    #[track_caller]
    fn deref_mut(&mut self) -> &mut H::Class {
        // SAFETY: while the guard exists, there is no other borrow, and `&mut self` makes this the only use of the
        // guard.
        unsafe { &mut *self.value() }
    }
}

impl<H: Handle<Class: fmt::Debug>, M: Mode> fmt::Debug for Guard<H, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// Panics because the guard was swapped for one of another class.
#[cold]
#[track_caller]
fn exchanged(name: &str) -> ! {
    panic!("the guard was exchanged for one of a base class, and its object is no `{name}`")
}

/// Implements what all four public guards have: construction, access to the value, and extraction from objects.
///
/// `'guard` is the lifetime of the guard: one of the two lifetimes of the [`Borrowed`] from which a guard is made.
macro_rules! guard {
    ($name:ident<'guard, T: $bound:path> of Borrowed<$object:lifetime, $py:lifetime>, $borrow:ident, $extract:ident) => {
        impl<$object, $py, T: $bound> $name<'guard, T> {
            /// Borrows the value in `instance`.
            #[inline]
            #[track_caller]
            pub(crate) fn try_borrow_borrowed(instance: Borrowed<$object, $py, T>) -> Result<Self, $borrow> {
                Guard::try_borrow(instance).map(Self)
            }

            /// Borrows the value in `object`.
            ///
            /// # Errors
            ///
            /// The reason, from which the error type of the extraction makes an error.
            #[inline]
            #[track_caller]
            pub(crate) fn of_any(object: Borrowed<$object, $py, PyAny>) -> Result<Self, $crate::pyclass::guard::Reason> {
                Guard::of_any(object).map(Self)
            }
        }

        impl<T: $bound> Deref for $name<'_, T> {
            type Target = T;

            #[inline]
            #[track_caller]
            fn deref(&self) -> &T {
                &self.0
            }
        }

        impl<T: $bound + fmt::Debug> fmt::Debug for $name<'_, T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl<$object, $py, T: $bound> FromPyObject<$object, $py> for $name<'guard, T> {
            type Error = $extract<$object, $py>;
            input_type!(type T);

            #[inline]
            fn extract(object: Borrowed<$object, $py, PyAny>) -> Result<Self, Self::Error> {
                Self::of_any(object).map_err(|reason| $extract::of::<T>(object, reason))
            }
        }

        impl<$object, $py, T: $bound> TryFrom<&$object Bound<$py, T>> for $name<'guard, T> {
            type Error = $borrow;

            #[inline]
            fn try_from(value: &$object Bound<$py, T>) -> Result<Self, Self::Error> {
                Self::try_borrow_borrowed(value.as_borrowed())
            }
        }
    };
}

use guard;
