//! The memory of an instance: the native part, then for each Rust class, base first, the payload and the slots that it
//! adds. So an instance of a class is also an instance of its base.

use core::marker::PhantomData;

use pyo3_backend::{BaseClass, Class, Derived, Link, NativeBase, Place};
use pyo3_ffi as ffi;

use super::NativeInfo;
use crate::CPython;

/// The alignment of the memory that CPython allocates.
const MAX_ALIGNMENT: usize = 2 * size_of::<usize>();

/// Where the parts of an instance are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The offset of the payload of the class itself.
    pub(super) payload: usize,
    /// The offset of the pointer to `__dict__`, if a Rust class adds one.
    pub(super) dict: Option<usize>,
    /// The offset of the list of weak references, if a Rust class adds one.
    pub(super) weakrefs: Option<usize>,
    /// The size of an instance.
    pub(super) size: usize,
    /// The alignment of an instance.
    pub(super) align: usize,
}

impl Layout {
    /// Computes the layout of an instance of a class, behind a native part.
    const fn of(native: usize, link: Option<&Link>) -> Self {
        let Some(link) = link else {
            return Layout { payload: native, dict: None, weakrefs: None, size: native, align: align_of::<usize>() };
        };
        let mut layout = Layout::of(native, link.base);
        if layout.align < link.align {
            layout.align = link.align;
        }
        layout.payload = layout.size.next_multiple_of(link.align);
        // CPython allows assigning `__class__` between a type and its base if both have instances of the same size.
        let size = if link.size == 0 { 1 } else { link.size };
        layout.size = (layout.payload + size).next_multiple_of(align_of::<usize>());
        if link.has_dict {
            layout.dict = Some(layout.size);
            layout.size += size_of::<usize>();
        }
        if link.has_weakrefs {
            layout.weakrefs = Some(layout.size);
            layout.size += size_of::<usize>();
        }
        layout.size = layout.size.next_multiple_of(layout.align);
        layout
    }
}

/// Returns the description of the native root of `C`.
pub(super) const fn native<C: Class<CPython>>() -> NativeInfo {
    <<Derived<C> as BaseClass<CPython>>::Root as NativeBase<CPython>>::INFO
}

/// The layout of an instance of `C`, computed by the compiler.
pub(super) struct LayoutOf<C>(PhantomData<C>);

impl<C: Class<CPython>> LayoutOf<C> {
    pub(super) const LAYOUT: Layout = {
        let layout = Layout::of(native::<C>().size(), <Derived<C> as BaseClass<CPython>>::LINK);
        assert!(
            layout.align <= MAX_ALIGNMENT,
            "CPython aligns objects to two words: a class cannot hold anything that wants more"
        );
        layout
    };
}

/// The memory of one instance.
#[derive(Clone, Copy)]
pub(super) struct Memory(pub(super) *mut ffi::PyObject);

impl Place<CPython> for Memory {
    #[inline]
    fn payload<C: Class<CPython>>(&self) -> *mut C::Payload {
        self.0.wrapping_byte_add(LayoutOf::<C>::LAYOUT.payload).cast()
    }
}

#[cfg(test)]
mod tests {
    use pyo3_backend::Link;

    use super::Layout;

    const WORD: usize = size_of::<usize>();
    const PLAIN: Link = Link { size: 1, align: 1, has_dict: false, has_weakrefs: false, base: None };

    #[test]
    fn an_instance_starts_like_one_of_its_base() {
        static BASE: Link = Link { size: 3, align: 1, has_dict: true, ..PLAIN };
        let base = Layout::of(2 * WORD, Some(&BASE));
        let expected = Layout { payload: 2 * WORD, dict: Some(3 * WORD), weakrefs: None, size: 4 * WORD, align: WORD };
        assert_eq!(base, expected);
        let derived = Layout::of(2 * WORD, Some(&Link { has_weakrefs: true, base: Some(&BASE), ..PLAIN }));
        assert_eq!((derived.payload, derived.dict, derived.weakrefs), (base.size, base.dict, Some(5 * WORD)));
    }

    #[test]
    fn payloads_are_aligned() {
        let wide = Layout::of(3 * WORD, Some(&Link { size: 2 * WORD, align: 2 * WORD, ..PLAIN }));
        assert_eq!((wide.payload, wide.size, wide.align), (4 * WORD, 6 * WORD, 2 * WORD));
    }

    #[test]
    fn no_class_has_instances_as_small_as_its_base() {
        static EMPTY: Link = Link { size: 0, ..PLAIN };
        let base = Layout::of(2 * WORD, Some(&EMPTY));
        let derived = Layout::of(2 * WORD, Some(&Link { size: WORD, align: WORD, base: Some(&EMPTY), ..PLAIN }));
        assert!(2 * WORD < base.size && base.size < derived.size);
    }
}
