//! Memory of dead instances that waits for new ones.

#![expect(unsafe_code, reason = "addresses are kept for any thread")]

use core::ptr::NonNull;
use std::collections::VecDeque;

use crate::Lock;

/// Blocks of memory of one class, up to a number.
///
/// It knows nothing of what the blocks are: a backend puts in what it would otherwise free, and takes it out again in
/// place of fresh memory. What is in it when the process ends stays there.
pub struct FreeList {
    blocks: Lock<VecDeque<Block>>,
    capacity: usize,
}

/// Memory that nobody uses.
struct Block(NonNull<()>);

// SAFETY: an address. Who takes it out answers for what happens there.
unsafe impl Send for Block {}

impl FreeList {
    /// An empty list for up to `capacity` blocks.
    pub const fn new(capacity: usize) -> Self {
        FreeList { blocks: Lock::new(VecDeque::new()), capacity }
    }

    /// Keeps a block. False where the list is full.
    #[must_use]
    pub fn put(&self, block: NonNull<()>) -> bool {
        let mut blocks = self.blocks.lock();
        let has_room = blocks.len() < self.capacity;
        if has_room {
            blocks.push_back(Block(block));
        }
        has_room
    }

    /// The block that was kept first, if there is one: the order that users of PyO3 see.
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
