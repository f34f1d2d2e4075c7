//! Memory of dead instances, kept for reuse.

#![expect(unsafe_code, reason = "addresses are kept for any thread")]

use core::ptr::NonNull;
use std::collections::VecDeque;

use crate::Lock;

/// A bounded list of memory blocks of one class.
///
/// It does not know what the blocks contain. A backend adds what it would otherwise free, and takes a block instead of
/// allocating one. Blocks that are still in the list when the process ends are leaked.
pub struct FreeList {
    blocks: Lock<VecDeque<Block>>,
    capacity: usize,
}

/// Unused memory.
struct Block(NonNull<()>);

// SAFETY: this is only an address. Whoever takes it out is responsible for how the memory is used.
unsafe impl Send for Block {}

impl FreeList {
    /// Creates an empty list for up to `capacity` blocks.
    pub const fn new(capacity: usize) -> Self {
        FreeList { blocks: Lock::new(VecDeque::new()), capacity }
    }

    /// Adds a block. Returns `false` if the list is full.
    #[must_use]
    pub fn put(&self, block: NonNull<()>) -> bool {
        let mut blocks = self.blocks.lock();
        let has_room = blocks.len() < self.capacity;
        if has_room {
            blocks.push_back(Block(block));
        }
        has_room
    }

    /// Removes and returns the oldest block, if there is one. Users of PyO3 rely on this order.
    pub fn take(&self) -> Option<NonNull<()>> {
        let block = self.blocks.lock().pop_front();
        block.map(|block| block.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_so_many_and_gives_back_the_first() {
        let (list, mut places) = (FreeList::new(2), [(), (), ()]);
        let [a, b, c] = places.each_mut().map(NonNull::from);
        assert_eq!(list.take(), None);
        assert!(list.put(a) && list.put(b));
        assert!(!list.put(c));
        assert_eq!(list.take(), Some(a));
        assert!(list.put(c));
        assert_eq!((list.take(), list.take(), list.take()), (Some(b), Some(c), None));
    }
}
