//! How a guard refers to its instance.

#![expect(unsafe_code, reason = "a handle is cast to one of another class")]

use core::marker::PhantomData;

use crate::backend::Ref;
use crate::{Borrowed, Bound, PyClass, Python};

/// How a guard refers to its instance: with its own reference ([`Bound`]), or with somebody else's ([`Lent`]).
pub(super) trait Handle {
    /// The class of the instance.
    type Class: PyClass;

    /// The same kind of handle for another class.
    type Of<S: PyClass>: Handle<Class = S>;

    /// Returns the token if another guard can be swapped into the place of this one. That can happen if the guard is
    /// lent mutably as one of its base class.
    fn exchangeable(&self) -> Option<Python<'_>>;

    /// Returns the instance.
    fn instance(&self) -> Ref<'_>;

    /// Turns the handle into one for the class `S`.
    ///
    /// # Safety
    ///
    /// The instance is one of `S`.
    unsafe fn cast<S: PyClass>(self) -> Self::Of<S>;
}

/// How a guard gets its handle.
pub(super) trait HandleFrom<'a, 'py>: Handle {
    fn handle_from(instance: Borrowed<'a, 'py, Self::Class>) -> Self;
}

impl<'py, T: PyClass> Handle for Bound<'py, T> {
    type Class = T;
    type Of<S: PyClass> = Bound<'py, S>;

    #[inline]
    fn exchangeable(&self) -> Option<Python<'_>> {
        Some(self.py())
    }

    #[inline]
    fn instance(&self) -> Ref<'_> {
        self.any_handle()
    }

    #[inline]
    unsafe fn cast<S: PyClass>(self) -> Bound<'py, S> {
        // SAFETY: as the caller promises.
        unsafe { self.cast_into_unchecked() }
    }
}

impl<'py, T: PyClass> HandleFrom<'_, 'py> for Bound<'py, T> {
    #[inline]
    fn handle_from(instance: Borrowed<'_, 'py, T>) -> Self {
        instance.to_owned()
    }
}

/// A reference to an instance of `T` that somebody else keeps alive for `'a`. Unlike [`Borrowed`], it does not prove
/// attachment.
#[repr(transparent)]
pub(super) struct Lent<'a, T> {
    pub(super) instance: Ref<'a>,
    value: PhantomData<&'a T>,
}

impl<'a, T> Lent<'a, T> {
    #[inline]
    pub(super) fn new(instance: Ref<'a>) -> Self {
        Lent { instance, value: PhantomData }
    }
}

impl<'a, T: PyClass> Handle for Lent<'a, T> {
    type Class = T;
    type Of<S: PyClass> = Lent<'a, S>;

    #[inline]
    fn exchangeable(&self) -> Option<Python<'_>> {
        None
    }

    #[inline]
    fn instance(&self) -> Ref<'_> {
        self.instance
    }

    #[inline]
    unsafe fn cast<S: PyClass>(self) -> Lent<'a, S> {
        Lent::new(self.instance)
    }
}

impl<'a, T: PyClass> HandleFrom<'a, '_> for Lent<'a, T> {
    #[inline]
    fn handle_from(instance: Borrowed<'a, '_, T>) -> Self {
        Lent::new(instance.any_handle())
    }
}
