//! The native bases that Rust classes can extend.

use core::cell::UnsafeCell;
use core::mem::{MaybeUninit, offset_of};

use pyo3_backend::{NativeBase, kind};

use crate::CPython;

/// The header that every object starts with.
#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
type Header = pyo3_ffi::PyObject;

/// The stable ABI of free-threaded builds does not say how large the header is: two words with the global lock, and
/// four without.
#[cfg(all(Py_LIMITED_API, Py_GIL_DISABLED))]
type Header = [usize; 4];

/// An instance of `object`: the header alone.
#[repr(transparent)]
pub struct ObjectPart(UnsafeCell<MaybeUninit<Header>>);

/// The native part of an instance: the object header, and room for what the native type keeps behind it.
///
/// CPython alone reads and writes these. The room is that of the largest layout in any version, so that one build serves
/// every version that the stable ABI promises; making a class checks that it suffices.
#[repr(C)]
pub struct NativePart<const WORDS: usize> {
    header: ObjectPart,
    fields: [UnsafeCell<MaybeUninit<usize>>; WORDS],
    /// Whether the payloads behind are there. CPython hands out zeroed memory, and the native type may let the collector
    /// run, or give the object up, before it comes back to us.
    filled: UnsafeCell<usize>,
}

/// How instances of a native base are made and given up.
#[derive(Clone, Copy, Debug)]
pub struct NativeInfo {
    filled: Option<usize>,
}

impl NativeInfo {
    /// Whether it is `object`: instances are bare memory, and there is nothing to ask the base for.
    #[inline]
    pub(super) const fn is_object(&self) -> bool {
        self.filled.is_none()
    }

    /// How much room there is for what belongs to the native type.
    pub(super) const fn room(&self) -> usize {
        match self.filled {
            Some(offset) => offset,
            None => size_of::<ObjectPart>(),
        }
    }

    /// Where it is kept that the payloads are there; `object` needs no such place, its instances are filled at once.
    #[inline]
    pub(super) const fn filled_offset(&self) -> Option<usize> {
        self.filled
    }
}

impl NativeBase<CPython> for kind::Any {
    type Layout = ObjectPart;
    const INFO: NativeInfo = NativeInfo { filled: None };
}

macro_rules! native_bases {
    ($($kind:ident: $words:expr;)*) => {
        $(
            impl NativeBase<CPython> for kind::$kind {
                type Layout = NativePart<$words>;
                const INFO: NativeInfo = NativeInfo { filled: Some(offset_of!(NativePart<$words>, filled)) };
            }
        )*
    };
}

// How many words the instances of each type have behind the header, at most.
native_bases! {
    // Every exception type of `builtins`: `SyntaxError` has the most fields, sixteen in CPython 3.14.
    AttributeError: 18;
    BaseException: 18;
    BaseExceptionGroup: 18;
    ByteArray: 5;
    Complex: { 16 / size_of::<usize>() };
    Date: 3;
    DateTime: 5;
    Delta: 4;
    Dict: 4;
    Float: { 8 / size_of::<usize>() };
    FrozenSet: 23;
    ImportError: 18;
    List: 3;
    NameError: 18;
    OSError: 18;
    Set: 23;
    StopIteration: 18;
    SyntaxError: 18;
    SystemExit: 18;
    Time: 4;
    UnicodeError: 18;
    // The free-threaded CPython 3.14 has seven.
    WeakRef: 8;
}
