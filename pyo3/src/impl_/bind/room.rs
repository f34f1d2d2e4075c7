//! The places that the arguments of a call are read from: those of the runtime, or room on the stack.

#![expect(unsafe_code, reason = "arguments are read where the runtime has put them")]

use core::mem::MaybeUninit;

use super::{Object, Slot};

/// Room for the arguments of `N` named parameters. Uninitialized, since most calls do not use it.
pub struct Room<'a, 'py, const N: usize>(MaybeUninit<[Slot<'a, 'py>; N]>);

impl<'a, 'py, const N: usize> Room<'a, 'py, N> {
    /// Makes the room.
    #[inline]
    #[expect(clippy::new_without_default, reason = "generated code calls it")]
    pub const fn new() -> Self {
        Room(MaybeUninit::uninit())
    }

    /// Returns the room, with nothing in it.
    #[inline]
    pub(super) fn cleared(&mut self) -> &mut [Slot<'a, 'py>; N] {
        // SAFETY: an absent object is a null pointer. Zeros, because a loop would be unrolled in each function that takes
        // arguments.
        unsafe {
            self.0.as_mut_ptr().write_bytes(0, 1);
            self.0.assume_init_mut()
        }
    }
}

/// Returns the first arguments as the slots of `N` parameters, if there are so many.
#[inline]
pub(super) fn all_given<'s, 'a, 'py, const N: usize>(given: &'s [Object<'a, 'py>]) -> Option<&'s [Slot<'a, 'py>; N]> {
    // An object is one pointer that is not null, so a slot that has one is represented like the object itself.
    const { assert!(size_of::<Slot<'_, '_>>() == size_of::<Object<'_, '_>>()) };
    // SAFETY: `N` objects are there.
    (given.len() >= N).then(|| unsafe { &*given.as_ptr().cast() })
}
