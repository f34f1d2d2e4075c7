//! [`PyClassGuardMap`] and [`PyClassGuardMapMut`]: guards for a part of a value.

#![expect(unsafe_code, reason = "a guard gives access to the value that the borrow count protects")]

use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::{Deref, DerefMut};
use core::ptr::NonNull;

use super::super::borrow::{Borrow, Mode, Read, Write};
use super::{Guard, Lent};
use crate::PyClass;

/// A part of a value that is borrowed in mode `M`.
pub(super) struct Part<'a, U: ?Sized, M: Mode> {
    part: NonNull<U>,
    _borrow: Borrow<'a, M>,
}

impl<'a, T: PyClass, M: Mode> Guard<Lent<'a, T>, M> {
    /// Narrows the guard to `part` of its value.
    #[inline]
    pub(super) fn into_part<U: ?Sized>(self, part: NonNull<U>) -> Part<'a, U, M> {
        Part { part, _borrow: Borrow::begun(ManuallyDrop::new(self).flag()) }
    }
}

/// A guard that reads a part of the value in an instance. [`PyClassGuard::map`](super::PyClassGuard::map) returns it.
pub struct PyClassGuardMap<'a, U: ?Sized>(pub(super) Part<'a, U, Read>, pub(super) PhantomData<&'a U>);

/// A guard that writes to a part of the value in an instance. [`PyClassGuardMut::map`](super::PyClassGuardMut::map)
/// returns it.
pub struct PyClassGuardMapMut<'a, U: ?Sized>(pub(super) Part<'a, U, Write>, pub(super) PhantomData<&'a mut U>);

macro_rules! part {
    ($name:ident) => {
        impl<U: ?Sized> Deref for $name<'_, U> {
            type Target = U;

            #[inline]
            fn deref(&self) -> &U {
                // SAFETY: the part belongs to a borrowed value, so nobody else writes to it.
                unsafe { self.0.part.as_ref() }
            }
        }
    };
}

part!(PyClassGuardMap);
part!(PyClassGuardMapMut);

impl<U: ?Sized> DerefMut for PyClassGuardMapMut<'_, U> {
    #[inline]
    fn deref_mut(&mut self) -> &mut U {
        // SAFETY: the part belongs to a value of which this is the only borrow.
        unsafe { self.0.part.as_mut() }
    }
}
