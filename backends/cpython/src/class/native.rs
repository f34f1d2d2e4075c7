//! The native bases that Rust classes can extend.

use core::cell::UnsafeCell;
use core::mem::MaybeUninit;

use pyo3_backend::{NativeBase, kind};
use pyo3_ffi as ffi;

use crate::CPython;

/// The native part of an instance: the object header, and room for what the native type keeps behind it.
///
/// Only its size counts. CPython alone reads and writes it. The room is that of the largest layout in any version, so
/// that one build serves every version that the stable ABI promises; making a class checks that it suffices.
#[repr(C)]
pub struct NativePart<const WORDS: usize> {
    header: UnsafeCell<MaybeUninit<ffi::PyObject>>,
    fields: [UnsafeCell<MaybeUninit<usize>>; WORDS],
}

/// How instances of a native base are made and given up.
#[derive(Clone, Copy, Debug)]
pub struct NativeInfo {
    object: bool,
}

impl NativeInfo {
    /// Whether it is `object`: instances are bare memory, and there is nothing to ask the base for.
    #[inline]
    pub(super) const fn is_object(&self) -> bool {
        self.object
    }
}

impl NativeBase<CPython> for kind::Any {
    type Layout = NativePart<0>;
    const INFO: NativeInfo = NativeInfo { object: true };
}

macro_rules! native_bases {
    ($($kind:ident: $words:expr;)*) => {
        $(
            impl NativeBase<CPython> for kind::$kind {
                type Layout = NativePart<$words>;
                const INFO: NativeInfo = NativeInfo { object: false };
            }
        )*
    };
}

// How many words the instances of each type have behind the header, at most.
native_bases! {
    // Every exception type of `builtins`: `SyntaxError` has the most fields, sixteen in CPython 3.14.
    BaseException: 18;
    ByteArray: 5;
    Complex: { 16 / size_of::<usize>() };
    Dict: 4;
    Float: { 8 / size_of::<usize>() };
    FrozenSet: 23;
    List: 3;
    Set: 23;
}
