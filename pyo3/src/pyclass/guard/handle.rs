//! How a guard refers to its instance.

#![expect(unsafe_code, reason = "a handle is cast to one of another class")]

use core::marker::PhantomData;

use crate::backend::Ref;
use crate::{Borrowed, Bound, PyClass, Python};

/// How a guard refers to its instance: with a reference of its own ([`Bound`]), or with somebody else's ([`Lent`]).
pub(super) trait Handle {
    /// What it is an instance of.
    type Class: PyClass;

    /// The same for another class.
    type Of<S: PyClass>: Handle<Class = S>;

    /// The token, where another guard can be put in the place of one: where a guard is lent mutably as one of its base.
    fn exchangeable(&self) -> Option<Python<'_>>;

    /// The instance.
    fn instance(&self) -> Ref<'_>;

    /// The same reference, to an instance of `S`.
    ///
    /// # Safety
    ///
    /// It is an instance of `S`.
    unsafe fn cast<S: PyClass>(self) -> Self::Of<S>;
}

/// How a guard comes by its handle.
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

/// An instance of `T` that somebody else keeps alive for `'a`. Unlike [`Borrowed`] it is no proof of attachment.
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
