//! Guards: borrowing the value in an instance.
//!
//! There are four public guards, from two choices: whether a guard has a reference of its own ([`PyRef`]) or lives on
//! somebody else's ([`PyClassGuard`]), and whether it reads or writes. All are a [`Guard`], which is written once for any
//! [`Handle`] and any [`Mode`]: how the value is reached, how the borrow ends, and how a guard becomes one of the base
//! class. The files here give it public names and the signatures that PyO3 has.

#![expect(unsafe_code, reason = "a guard gives access to the value that the borrow count protects")]

mod errors;
mod handle;
mod lent;
mod owning;
mod part;

pub use self::errors::{PyBorrowError, PyBorrowMutError, PyClassGuardError, PyClassGuardMutError};
pub use self::lent::{Exclusive, PyClassGuard, PyClassGuardMut, PyClassGuardMutSuper};
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

/// A borrow of the value in an instance of a class. It ends when this is dropped.
///
/// *Invariant*: the instance is borrowed as `M` says, and is one of the class; but see [`checked`](Guard::checked).
#[repr(transparent)]
struct Guard<H: Handle, M: Mode> {
    handle: H,
    mode: PhantomData<M>,
}

/// The class that the class of a handle extends.
type BaseOf<H> = <<H as Handle>::Class as PyClassImpl>::BaseType;

impl<H: Handle, M: Mode> Guard<H, M> {
    /// Borrows the value in `instance`, and makes the handle once that is done.
    ///
    /// # Safety
    ///
    /// `instance` is an instance of the class, and `handle` gives a handle for it.
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
    /// Where another borrow is in the way, and where there is no value.
    #[inline]
    #[track_caller]
    fn try_borrow<'a, 'py>(instance: Borrowed<'a, 'py, H::Class>) -> Result<Self, M::Error>
    where
        H: HandleFrom<'a, 'py>,
        M: Refusal,
    {
        // SAFETY: the type says that it is an instance, and the handle is made of it.
        unsafe {
            Self::begin(instance.any_handle(), || H::handle_from(instance))
                .ok_or_else(|| errors::refused::<H::Class, M>(instance.any_handle()))
        }
    }

    /// Borrows the value in `object`.
    ///
    /// # Errors
    ///
    /// Which of two reasons there is: [`PyClassGuardError::of`] and [`PyClassGuardMutError::of`] make an error of it.
    #[inline]
    #[track_caller]
    fn of_any<'a, 'py>(object: Borrowed<'a, 'py, PyAny>) -> Result<Self, Reason>
    where
        H: HandleFrom<'a, 'py>,
    {
        if !is_instance::<H::Class>(object.py(), object.any_handle()) {
            return Err(Reason::OtherClass);
        }
        // SAFETY: an instance, as just seen, of which the handle is made.
        unsafe { Self::begin(object.any_handle(), || H::handle_from(object.cast_unchecked())) }.ok_or(Reason::NoBorrow)
    }

    /// The handle, whose object is an instance of the class.
    ///
    /// `as_super` of [`PyRefMut`] lends the guard as one of the base class, in whose place any guard of that class can be
    /// put. So where the base can be borrowed mutably, the object is looked at again.
    ///
    /// # Panics
    ///
    /// Where that happened, and the object is no instance of the class.
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

    /// If the value is.
    #[inline]
    #[track_caller]
    fn value(&self) -> *mut H::Class {
        // SAFETY: an instance of the class, which could be borrowed, so that it has the memory of one.
        unsafe { payload::<H::Class>(self.checked().instance()).value() }
    }

    /// Ends the borrow.
    ///
    /// # Safety
    ///
    /// It is done once, and the value is not reached through the guard any more.
    #[inline]
    unsafe fn end(&self) {
        // SAFETY: an instance of the class, or, where guards were exchanged, of a base that keeps the count: no other comes
        // into a guard. It could be borrowed, so it has the memory of an instance.
        if let Some(flag) = unsafe { flag::<H::Class>(self.handle.instance()) } {
            M::end(flag);
        }
    }

    /// Ends the borrow and gives the handle, which is not checked.
    #[inline]
    fn into_unchecked(self) -> H {
        let this = ManuallyDrop::new(self);
        // SAFETY: the guard is not dropped, and the handle moved out of it.
        unsafe {
            this.end();
            core::ptr::read(&this.handle)
        }
    }

    /// Ends the borrow and gives the handle.
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

    /// The guard as one of the base class.
    #[inline]
    fn as_super(&self) -> &Guard<H::Of<BaseOf<H>>, M>
    where
        BaseOf<H>: PyClass,
    {
        // SAFETY: guards are transparent over their handles, and these over one pointer whatever the class is. An instance of
        // a class is one of its base. They share the count, or nobody can write to the base.
        unsafe { &*(self as *const Self).cast() }
    }

    /// The guard, as one of the base class.
    #[inline]
    fn into_super(self) -> Guard<H::Of<BaseOf<H>>, M>
    where
        BaseOf<H>: PyClass,
    {
        let this = ManuallyDrop::new(self);
        // SAFETY: the guard is not dropped, and the handle moved out of it. An instance of a class is one of its base.
        unsafe {
            if const { counts::<H::Class>() && !<BaseOf<H> as PyClassBaseType>::COUNTS } {
                // Only the derived class counts: nobody can write to the base, and its guard needs no count.
                this.end();
            }
            Guard { handle: core::ptr::read(&this.handle).cast(), mode: PhantomData }
        }
    }
}

impl<'a, T: PyClass, M: Mode> Guard<Lent<'a, T>, M> {
    /// As [`try_borrow`](Self::try_borrow), for an object on a thread that need not be attached.
    #[inline]
    #[track_caller]
    fn try_borrow_unattached(object: &'a Py<T>) -> Result<Self, M::Error>
    where
        M: Refusal,
    {
        let instance = object.handle_unattached();
        // SAFETY: the type says that it is an instance, and the handle is made of it.
        unsafe { Self::begin(instance, || Lent::new(instance)).ok_or_else(|| errors::refused::<T, M>(instance)) }
    }

    /// The borrow count that guards the value, if there is one.
    #[inline]
    fn flag(&self) -> Option<&'a BorrowFlag> {
        // SAFETY: an instance of `T`, which could be borrowed.
        unsafe { flag::<T>(self.handle.instance) }
    }

    /// The guard as one of the base class, beside this one. Dropping it does not end the borrow.
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
        // SAFETY: nobody has the guard any more.
        unsafe { self.end() }
    }
}

impl<H: Handle, M: Mode> Deref for Guard<H, M> {
    type Target = H::Class;

    #[inline]
    #[track_caller]
    fn deref(&self) -> &H::Class {
        // SAFETY: as long as the guard is there, nobody else writes to the value.
        unsafe { &*self.value() }
    }
}

impl<H: Handle> DerefMut for Guard<H, Write> {
    #[inline]
    #[track_caller]
    fn deref_mut(&mut self) -> &mut H::Class {
        // SAFETY: as long as the guard is there, there is no other borrow; and the guard itself is borrowed exclusively.
        unsafe { &mut *self.value() }
    }
}

impl<H: Handle<Class: fmt::Debug>, M: Mode> fmt::Debug for Guard<H, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

/// A guard of another class is in the place of one.
#[cold]
#[track_caller]
fn exchanged(name: &str) -> ! {
    panic!("the guard was exchanged for one of a base class, and its object is no `{name}`")
}

/// What all four public guards have: how they are made, access to the value, and conversions from objects.
///
/// `'guard` is the lifetime of the guard. It is one of the two lifetimes of the [`Borrowed`] that a guard is made of.
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
            /// The reason, of which the error type of the extraction makes an error.
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
