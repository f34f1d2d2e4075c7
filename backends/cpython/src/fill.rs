//! How a fresh `list` or `tuple` gets its items.

use crate::Owned;

/// Fills the places of a fresh `list` or `tuple` with the first `length` items. `put` takes the reference over.
///
/// Where an item fails, the sequence is given up half-filled: places that are still null are skipped.
///
/// # Panics
///
/// Where `items` yields fewer than `length`; `what` is the type's name in Rust.
#[inline]
pub(crate) fn fill<'py, E>(
    what: &'static str,
    length: usize,
    mut items: impl Iterator<Item = Result<Owned<'py>, E>>,
    mut put: impl FnMut(usize, Owned<'py>),
) -> Result<(), E> {
    for index in 0..length {
        match items.next() {
            Some(item) => put(index, item?),
            None => too_few(what, length),
        }
    }
    Ok(())
}

#[cold]
#[inline(never)]
fn too_few(what: &str, length: usize) -> ! {
    panic!("a {what} of {length} items was to be made, and there are fewer");
}
