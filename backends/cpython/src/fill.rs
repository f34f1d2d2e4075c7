//! Filling a new `list` or `tuple` with its items.

use crate::Owned;

/// Fills a new `list` or `tuple` with the first `length` items. `put` takes over the reference.
///
/// If an item fails, the half-filled sequence is dropped, which skips the places that are still null.
///
/// # Panics
///
/// If `items` yields fewer than `length` items. `what` is the name of the type in Rust.
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
    panic!("expected {length} items for a {what}, and the iterator has fewer");
}
