//! Arguments and results of operations other than handles, which are the same for a backend and for a decorator of it.

use std::borrow::Cow;
use std::ffi::{CStr, c_char, c_void};
use std::ptr::NonNull;

use pyo3_backend::{
    BackendTypes, BinaryOp, BuiltinType, CapsuleParts, CompareOp, CompileMode, ComplexOp, Constant, DateParts,
    DateTimeType, DeltaField, ExceptionType, IntValue, MappingPart, Owned, Positional, Ref, RefOps, SliceIndices,
    StrData, TimeParts, UnaryOp,
};

use super::Checked;
use super::adapters::{Inner, Outer};

/// Whether an operation succeeded.
pub(super) trait Settled {
    /// Returns `None` if the operation cannot fail.
    fn settled(&self) -> Option<bool> {
        None
    }
}

impl<T, E> Settled for Result<T, E> {
    fn settled(&self) -> Option<bool> {
        Some(self.is_ok())
    }
}

impl<T> Settled for Option<T> {}
impl<T, U> Settled for (T, U) {}
impl<B: RefOps, K> Settled for Ref<'_, B, K> {}
impl<B: RefOps, K> Settled for Owned<'_, B, K> {}

/// Implements the conversions for types that pass through unchanged: in, out, or both.
macro_rules! plain {
    (in: $($taken:ty)*; out: $($given:ty)*;) => {
        $(impl Inner for $taken {
            type Of = Self;

            #[inline(always)]
            fn inner(self) -> Self {
                self
            }
        })*
        $(
            impl Outer for $given {
                type Of = Self;

                #[inline(always)]
                fn outer(self) -> Self {
                    self
                }
            }

            impl Settled for $given {}
        )*
    };
}

plain! {
    in: bool i32 i64 isize u64 usize f64 BinaryOp BuiltinType ComplexOp CompareOp CompileMode Constant ExceptionType UnaryOp
        DateParts DateTimeType DeltaField MappingPart TimeParts *mut c_void;
    out: () Vec<u8> bool i32 i64 isize u64 usize f64 CapsuleParts IntValue SliceIndices Cow<'_, str> &str &CStr StrData<'_> &[u8] NonNull<c_void> NonNull<c_char> *mut c_void *mut u8;
}

impl<T: ?Sized> Inner for &T {
    type Of = Self;

    #[inline(always)]
    fn inner(self) -> Self {
        self
    }
}

impl<T: ?Sized> Inner for &mut T {
    type Of = Self;

    #[inline(always)]
    fn inner(self) -> Self {
        self
    }
}

impl<T: Outer, U: Outer> Outer for (T, U) {
    type Of = (T::Of, U::Of);

    #[inline(always)]
    fn outer(self) -> Self::Of {
        (self.0.outer(), self.1.outer())
    }
}

impl<'a, B: pyo3_backend::Backend> Inner for Positional<'a, Checked<B>>
where
    Checked<B>: BackendTypes<Object = B::Object>,
{
    type Of = Positional<'a, B>;

    fn inner(self) -> Positional<'a, B> {
        for argument in self.as_slice() {
            let _ = argument.inner();
        }
        // SAFETY: the decorator is a view of the inner backend.
        unsafe { self.assume_backend() }
    }
}
