//! Reads lists of numbers and text in blocks, which costs less than a reference to each item.

use pyo3_backend::kind;

use crate::Borrowed;
use crate::backend::{Attached, Ref};
use crate::types::PyList;

/// An empty block of numbers. Blocks lie on the stack, so they are short.
pub(super) fn numbers<V: Default + Copy>() -> [V; 32] {
    [V::default(); 32]
}

/// An empty block of strings.
pub(super) fn strings() -> [String; 8] {
    [const { String::new() }; 8]
}

/// Fills `block` by `read` again and again; `read` gets the index of an item and returns how many it read from there on.
/// Passes what `convert` returns for each value to `each`. Stops where `read` or `convert` do, and returns the index.
#[inline]
pub(super) fn read<'py, V: Default, T, const LENGTH: usize>(
    list: Borrowed<'_, 'py, PyList>,
    mut block: [V; LENGTH],
    read: impl Fn(Attached<'py>, Ref<'_, kind::List>, usize, &mut [V]) -> usize,
    convert: impl Fn(V) -> Option<T>,
    mut each: impl FnMut(T),
) -> usize {
    let py = list.py().attached();
    let mut index = 0;
    loop {
        let count = read(py, list.handle(), index, &mut block);
        for value in &mut block[..count] {
            let Some(value) = convert(core::mem::take(value)) else { return index };
            each(value);
            index += 1;
        }
        if count < LENGTH {
            return index;
        }
    }
}
