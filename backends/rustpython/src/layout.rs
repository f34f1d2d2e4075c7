//! What a type object says about the memory of its instances.
//!
//! The VM lets `__class__` and `__bases__` be assigned, and lets a class have several bases, where the types agree in what
//! their slots announce: sizes, members, and whether there is a dict or a list of weak references. Two payloads that have
//! nothing in common can agree in that. So each of our types announces a size that no other type does, and the VM then
//! refuses whatever would put one payload in the place of another.

use std::collections::BTreeSet;

use pyo3_backend::Lock;

use rustpython_vm::function::ItemDoc;

/// What the type object needs to know of its instances' memory.
pub(crate) struct Layout {
    /// Header and payload.
    pub(crate) size: usize,
    /// How the instance must be aligned.
    pub(crate) alignment: usize,
    /// What an instance of the base takes, where the base is a native type whose instances we can make.
    pub(crate) native_size: Option<usize>,
    pub(crate) has_dict: bool,
    pub(crate) has_weakrefs: bool,
    pub(crate) rooted_in_object: bool,
}

/// The alignment up to which the VM finds what is in front of an object: a dict takes so much, a list of weak references
/// twice a word.
pub(crate) const MAX_ALIGNMENT: usize = {
    let dict = rustpython_vm::object::dict_member_offset().unsigned_abs();
    let words = 2 * size_of::<usize>();
    if dict < words { dict } else { words }
};

impl Layout {
    /// `__itemsize__`.
    ///
    /// A member of `__slots__` takes one word in front of the object. That would leave a gap where instances are aligned to
    /// two, so such classes have items, if of no consequence: the VM then refuses `__slots__` in Python subclasses, and with
    /// them the weak references that such a subclass would add.
    pub(crate) fn announced_item_size(&self) -> usize {
        usize::from(self.alignment > size_of::<u64>())
    }
}

/// `__basicsize__`: no less than `least`, and one that no other type has.
pub(crate) fn announced_size(least: usize) -> usize {
    static TAKEN: Lock<BTreeSet<usize>> = Lock::new(BTreeSet::new());

    // The set is whole after every statement.
    let mut taken = TAKEN.lock();
    // Sizes of native types are multiples of a word, and a Python class has its base's: odd ones are ours alone.
    let mut size = least | 1;
    while !taken.insert(size) {
        size += 2;
    }
    size
}

/// What the constructors of classes say of themselves.
pub(crate) const NEW_DOC: ItemDoc = ItemDoc::static_text(
    "__new__($type, *args, **kwargs)\n--\n\nCreate and return a new object.  See help(type) for accurate signature.",
);

#[cfg(test)]
mod tests {
    use super::announced_size;

    #[test]
    fn no_two_types_announce_one_size() {
        let sizes: Vec<usize> = (0..100).map(|_| announced_size(8000)).collect();
        assert!(sizes.iter().all(|size| *size > 8000 && size % 2 == 1));
        assert!(sizes.is_sorted_by(|one, next| one < next));
    }
}
