//! The memory layout of instances, as type objects describe it.
//!
//! The VM allows assigning `__class__` and `__bases__`, and several bases for one class, if the slots of the types
//! agree on the sizes, the members, and whether there is a dict or a list of weak references. Two unrelated payloads
//! can agree on all of these. So each of our types declares a size that no other type has, and the VM refuses anything
//! that would put one payload in the place of another.

use std::collections::BTreeSet;

use pyo3_backend::Lock;

use rustpython_vm::function::ItemDoc;

/// What the type object has to know about the memory of its instances.
pub(crate) struct Layout {
    /// The size of the header and the payload.
    pub(crate) size: usize,
    /// The alignment of an instance.
    pub(crate) alignment: usize,
    /// The size of an instance of the base, if the base is a native type whose instances we can create.
    pub(crate) native_size: Option<usize>,
    pub(crate) has_dict: bool,
    pub(crate) has_weakrefs: bool,
    pub(crate) rooted_in_object: bool,
}

/// The alignment up to which the VM finds the data in front of an object: a dict takes that much space, and a list of
/// weak references takes two words.
pub(crate) const MAX_ALIGNMENT: usize = {
    let dict = rustpython_vm::object::dict_member_offset().unsigned_abs();
    let words = 2 * size_of::<usize>();
    if dict < words { dict } else { words }
};

impl Layout {
    /// Returns `__itemsize__`.
    ///
    /// A member of `__slots__` takes one word in front of the object, which would leave a gap if instances are aligned
    /// to two words. So such classes have a nonzero item size, which has no other effect: the VM then refuses
    /// `__slots__` in Python subclasses, and with them the weak references that such a subclass would add.
    pub(crate) fn announced_item_size(&self) -> usize {
        usize::from(self.alignment > size_of::<u64>())
    }
}

/// Returns a `__basicsize__` that is at least `least`, and that no other type has.
pub(crate) fn announced_size(least: usize) -> usize {
    static TAKEN: Lock<BTreeSet<usize>> = Lock::new(BTreeSet::new());

    // The set is consistent after every statement.
    let mut taken = TAKEN.lock();
    // Sizes of native types are multiples of a word, and a Python class has the size of its base. So only our types
    // have odd sizes.
    let mut size = least | 1;
    while !taken.insert(size) {
        size += 2;
    }
    size
}

/// The doc of the constructors of classes.
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
