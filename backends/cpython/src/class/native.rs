//! The native bases that Rust classes can extend.

use core::mem::offset_of;

use pyo3_backend::{NativeBase, kind};

use crate::CPython;

/// The header that every object starts with.
#[cfg(not(all(Py_LIMITED_API, Py_GIL_DISABLED)))]
type Header = pyo3_ffi::PyObject;

/// The header, whose size the stable ABI of free-threaded builds does not define: two words with the global lock, and
/// four without.
#[cfg(all(Py_LIMITED_API, Py_GIL_DISABLED))]
type Header = [usize; 4];

/// The native part of an instance: the object header, and room for the fields of the native type.
///
/// Only CPython reads and writes these. The room is that of the largest layout in any version, so one build works with
/// every version that the stable ABI promises. Creating a class checks that it is enough.
#[repr(C)]
struct NativePart<const WORDS: usize> {
    header: Header,
    fields: [usize; WORDS],
    /// Whether the payloads behind are initialized. CPython allocates zeroed memory, and the native type may run the
    /// collector or release the object before it returns to us.
    filled: usize,
}

/// How instances of a native base are created and freed.
#[derive(Clone, Copy, Debug)]
pub struct NativeInfo {
    /// The size of the native part.
    size: usize,
    filled: Option<usize>,
}

impl NativeInfo {
    /// Whether the base is `object`. Then instances are bare memory, and there is no base to call.
    #[inline]
    pub(super) const fn is_object(&self) -> bool {
        self.filled.is_none()
    }

    /// Returns the size of the native part.
    pub(super) const fn size(&self) -> usize {
        self.size
    }

    /// Returns the size of the header and the fields of the native type.
    pub(super) const fn room(&self) -> usize {
        match self.filled {
            Some(offset) => offset,
            None => self.size,
        }
    }

    /// Returns the offset of the mark that the payloads are initialized. `object` has none: its instances are filled
    /// immediately.
    #[inline]
    pub(super) const fn filled_offset(&self) -> Option<usize> {
        self.filled
    }
}

impl NativeBase<CPython> for kind::Any {
    type Part = ();
    const INFO: NativeInfo = NativeInfo { size: size_of::<Header>(), filled: None };
}

macro_rules! native_bases {
    ($($kind:ident: $words:expr;)*) => {
        $(
            impl NativeBase<CPython> for kind::$kind {
                type Part = ();
                const INFO: NativeInfo = NativeInfo {
                    size: size_of::<NativePart<$words>>(),
                    filled: Some(offset_of!(NativePart<$words>, filled)),
                };
            }
        )*
    };
}

// The maximum number of words behind the header, for each type.
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
