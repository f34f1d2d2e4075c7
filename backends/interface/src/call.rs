//! Calling Python from Rust.

#![expect(unsafe_code, reason = "an argument array is read through a pointer, with room before its first item")]

use core::marker::PhantomData;
use core::ptr::NonNull;

use crate::{Attached, Backend, BackendTypes, Outcome, Owned, Ref, RefOps, kind, provided};

/// `N` positional arguments on the caller's stack, with one free place before them.
///
/// The free place is CPython's `PY_VECTORCALL_ARGUMENTS_OFFSET`: a bound method puts its `self` there instead of
/// copying all arguments.
#[repr(C)]
pub struct ArgumentArray<'a, B: RefOps, const N: usize> {
    scratch: Option<Ref<'a, B>>,
    arguments: [Ref<'a, B>; N],
}

impl<'a, B: RefOps, const N: usize> ArgumentArray<'a, B, N> {
    /// Stores these arguments in order.
    #[inline]
    pub const fn new(arguments: [Ref<'a, B>; N]) -> Self {
        ArgumentArray { scratch: None, arguments }
    }

    /// Returns the view that call operations take.
    #[inline]
    pub const fn as_positional(&mut self) -> Positional<'_, B> {
        let first = (self as *mut Self).cast::<NonNull<B::Object>>();
        // SAFETY: a reference is never null. The pointer is derived from the whole array, including the free place.
        Positional { scratch: unsafe { NonNull::new_unchecked(first) }, count: N, arguments: PhantomData }
    }
}

/// Positional arguments, borrowed for the duration of the call.
pub struct Positional<'a, B: RefOps> {
    /// The free place; the arguments follow it.
    scratch: NonNull<NonNull<B::Object>>,
    count: usize,
    arguments: PhantomData<&'a mut Ref<'a, B>>,
}

impl<'a, B: RefOps> Positional<'a, B> {
    /// Returns the same arguments for another backend.
    ///
    /// # Safety
    ///
    /// As [`Ref::assume_backend`].
    #[inline]
    pub const unsafe fn assume_backend<B2>(self) -> Positional<'a, B2>
    where
        B2: RefOps + BackendTypes<Object = B::Object>,
    {
        Positional { scratch: self.scratch, count: self.count, arguments: PhantomData }
    }

    /// Returns the arguments.
    #[inline]
    pub const fn as_slice(&self) -> &[Ref<'_, B>] {
        // SAFETY: `count` references follow the free place (`ArgumentArray` is `repr(C)`), borrowed for `self`'s lifetime.
        unsafe { core::slice::from_raw_parts(self.scratch.as_ptr().add(1).cast(), self.count) }
    }

    /// Returns where the arguments start. The place before them may be written during the call.
    #[inline]
    pub const fn as_mut_ptr(&mut self) -> *mut NonNull<B::Object> {
        // SAFETY: the free place and the arguments are one allocation; one past the free place is inside or just past it.
        unsafe { self.scratch.as_ptr().add(1) }
    }

    /// Returns the number of arguments.
    #[inline]
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Returns whether there are no arguments.
    #[inline]
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }
}

/// Calls of callable objects. All of them may run Python. They raise what the callee raises, or `TypeError: 'x' object
/// is not callable`.
pub trait CallOps: RefOps {
    /// Calls `callable(*args, **kwargs)` with a tuple and a dict.
    ///
    /// Runs Python: yes.
    /// CPython: `PyObject_Call`. RustPython: `call` with `FuncArgs`.
    fn call<'py>(
        py: Attached<'py, Self>,
        callable: Ref<'_, Self>,
        args: Ref<'_, Self, kind::Tuple>,
        kwargs: Option<Ref<'_, Self, kind::Dict>>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>;

    /// Calls `callable(*args, **kwargs)` with arguments on the stack.
    ///
    /// Runs Python: yes.
    /// CPython: `PyObject_Vectorcall`, `PyObject_VectorcallDict`. RustPython: `call` with `FuncArgs`.
    fn call_positional<'py>(
        py: Attached<'py, Self>,
        callable: Ref<'_, Self>,
        args: Positional<'_, Self>,
        kwargs: Option<Ref<'_, Self, kind::Dict>>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        Self::call(py, callable, provided::tuple(py, args.as_slice()).as_ref(), kwargs)
    }

    /// Calls `args[0].name(*args[1:])` without creating the bound method.
    ///
    /// `args` starts with the receiver.
    ///
    /// Runs Python: yes. CPython: `PyObject_VectorcallMethod`. RustPython: `call_method`.
    fn call_method<'py>(
        py: Attached<'py, Self>,
        name: Ref<'_, Self, kind::Str>,
        args: Positional<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>>
    where
        Self: Backend,
    {
        let (receiver, arguments) = args.as_slice().split_first().expect("the receiver is the first argument");
        let method = Self::object_get_attribute(py, *receiver, name)?;
        provided::call(py, method.as_ref(), arguments)
    }
}
