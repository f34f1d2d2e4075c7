//! `bytes`, `tuple`, `list`, `dict`, `set`.

mod bytes;
mod dict;
mod list;
mod set;
mod tuple;

use crate::Owned;

/// Fills the places of a fresh `list` or `tuple` with exactly `length` items. `put` takes the reference over.
///
/// Where an item fails, the sequence is given up half-filled: places that are still null are skipped.
///
/// # Panics
///
/// Where `items` yields fewer or more than `length`; `what` is the type's name in Rust.
#[inline]
fn fill<'py, E>(
    what: &str,
    length: usize,
    mut items: impl Iterator<Item = Result<Owned<'py>, E>>,
    mut put: impl FnMut(usize, Owned<'py>),
) -> Result<(), E> {
    let mut filled = 0;
    while filled < length {
        let Some(item) = items.next() else { break };
        put(filled, item?);
        filled += 1;
    }
    assert!(
        filled == length,
        "Attempted to create {what} but `elements` was smaller than reported by its `ExactSizeIterator` implementation."
    );
    assert!(
        items.next().is_none(),
        "Attempted to create {what} but `elements` was larger than reported by its `ExactSizeIterator` implementation."
    );
    Ok(())
}
