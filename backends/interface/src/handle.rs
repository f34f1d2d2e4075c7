//! The handles: ownership and attachment as types.
//!
//! | handle | is | may be dropped |
//! |---|---|---|
//! | [`Attached`] | proof that this thread is attached | freely |
//! | [`Ref`] | a borrowed reference | freely |
//! | [`Owned`] | an owned reference, usable as it is | while attached, which its lifetime proves |
//! | [`Global`] | an owned reference that may cross threads and attachments | anywhere |
//!
//! All but the first are exactly one pointer wide and never null. The second type parameter is a [kind](crate::kind): a
//! marker that a checked cast gives, so that 'this is a list' is known to the compiler.

#![expect(unsafe_code, reason = "the handles are where raw pointers become types; every other file builds on them")]

use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;

use crate::{Backend, BackendTypes, Kind, RefOps, kind};

/// Proof that the current thread is attached to the runtime for the lifetime `'py`.
///
/// Zero-sized, neither `Send` nor `Sync`. CPython: the thread state is current. RustPython: a virtual machine is
/// entered on this thread.
pub struct Attached<'py, B>(PhantomData<(&'py (), WhileAttached<B>)>);

/// Makes what holds it neither `Send` nor `Sync`.
///
/// A raw pointer would do that, too. But then the compiler's message about a handle that is sent to another thread, or used
/// by a detached one, would be about that pointer, and say nothing about Python.
struct WhileAttached<B>(PhantomData<fn() -> B>);

// SAFETY: never: nothing implements `MayLeaveThread`.
unsafe impl<B: MayLeaveThread> Send for WhileAttached<B> {}
// SAFETY: as above.
unsafe impl<B: MayLeaveThread> Sync for WhileAttached<B> {}

/// Runtimes whose objects may be used by threads that are not attached. There is none.
#[diagnostic::on_unimplemented(
    message = "a Python reference is used where the thread may not be attached to Python",
    label = "this holds a `Bound`, `Borrowed`, `PyRef`, `PyRefMut` or `Python`",
    note = "convert the object to a Rust value before; or take a `Py<T>` along, which `Bound::unbind` gives, and attach where you use it"
)]
trait MayLeaveThread {}

/// A pointer to an object. By itself it does nothing; what a thread may do with a handle, its other fields say.
#[repr(transparent)]
struct Pointer<T>(NonNull<T>);

// SAFETY: see above.
unsafe impl<T> Send for Pointer<T> {}
// SAFETY: see above.
unsafe impl<T> Sync for Pointer<T> {}

impl<T> Clone for Pointer<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Pointer<T> {}

impl<B> Clone for Attached<'_, B> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<B> Copy for Attached<'_, B> {}

impl<B> Attached<'_, B> {
    /// Claims that the thread is attached.
    ///
    /// # Safety
    ///
    /// The current thread is attached to the runtime and stays so for `'py`.
    #[inline]
    pub const unsafe fn assume() -> Self {
        Attached(PhantomData)
    }
}

/// A borrowed reference to an object of kind `K`: somebody else keeps it alive for `'a`.
#[repr(transparent)]
pub struct Ref<'a, B: RefOps, K = kind::Any>(Pointer<B::Object>, PhantomData<(&'a (), WhileAttached<B>, fn() -> K)>);

impl<B: RefOps, K> Clone for Ref<'_, B, K> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<B: RefOps, K> Copy for Ref<'_, B, K> {}

impl<'a, B: RefOps, K> Ref<'a, B, K> {
    /// Borrows what `ptr` points to.
    ///
    /// # Safety
    ///
    /// `ptr` points to a live object of kind `K` that somebody keeps alive for `'a`, on a thread attached for `'a`.
    #[inline]
    pub const unsafe fn from_ptr(ptr: NonNull<B::Object>) -> Self {
        Ref(Pointer(ptr), PhantomData)
    }

    /// The pointer itself.
    #[inline]
    pub const fn as_ptr(self) -> NonNull<B::Object> {
        self.0.0
    }

    /// Forgets the kind.
    #[inline]
    pub const fn any(self) -> Ref<'a, B> {
        Ref(self.0, PhantomData)
    }

    /// Claims another kind.
    ///
    /// # Safety
    ///
    /// The object is of kind `K2`.
    #[inline]
    pub const unsafe fn assume_kind<K2>(self) -> Ref<'a, B, K2> {
        Ref(self.0, PhantomData)
    }

    /// The same reference with a checked kind, or `None` where the object is not of that kind.
    ///
    /// Runs Python: no.
    #[inline]
    #[track_caller]
    pub fn cast<K2: Kind>(self, py: Attached<'_, B>) -> Option<Ref<'a, B, K2>>
    where
        B: Backend,
    {
        B::type_check_kind::<K2>(py, self.any()).then_some(Ref(self.0, PhantomData))
    }

    /// The same reference in the terms of another backend.
    ///
    /// # Safety
    ///
    /// `B2` is another view of the same runtime: a decorator around `B`, or what `B` decorates.
    #[inline]
    pub const unsafe fn assume_backend<B2>(self) -> Ref<'a, B2, K>
    where
        B2: RefOps + BackendTypes<Object = B::Object>,
    {
        Ref(self.0, PhantomData)
    }

    /// Takes a reference of one's own.
    #[inline]
    #[track_caller]
    pub fn to_owned<'py>(self, py: Attached<'py, B>) -> Owned<'py, B, K> {
        B::ref_retain(py, self.any());
        Owned(self.0, PhantomData)
    }

    /// The borrowed reference in the shape of an owned one.
    #[inline]
    pub const fn as_owned<'s, 'py>(&'s self, _py: Attached<'py, B>) -> &'s Owned<'py, B, K> {
        // SAFETY: both are transparent over the same pointer, and a shared borrow cannot drop the owned form.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Whether both are the same object.
    #[inline]
    pub fn is<K2>(self, other: Ref<'_, B, K2>) -> bool {
        self.0.0 == other.0.0
    }
}

/// An owned reference to an object of kind `K`, on a thread that is attached for `'py`.
#[repr(transparent)]
pub struct Owned<'py, B: RefOps, K = kind::Any>(Pointer<B::Object>, PhantomData<(Attached<'py, B>, fn() -> K)>);

impl<B: RefOps, K> Drop for Owned<'_, B, K> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: an `Owned` exists only while attached, and the reference it owns is given up here, once.
        unsafe { B::ref_release(Attached::assume(), self.0.0) }
    }
}

impl<'py, B: RefOps, K> Owned<'py, B, K> {
    /// Takes over the reference behind `ptr`.
    ///
    /// # Safety
    ///
    /// `ptr` points to a live object of kind `K`, the caller owns one reference to it and gives it up, and the thread
    /// is attached for `'py`.
    #[inline]
    #[track_caller]
    pub unsafe fn from_ptr(ptr: NonNull<B::Object>) -> Self {
        B::ref_adopted(ptr);
        Owned(Pointer(ptr), PhantomData)
    }

    /// The pointer; the reference stays with `self`.
    #[inline]
    pub const fn as_ptr(&self) -> NonNull<B::Object> {
        self.0.0
    }

    /// Gives the reference to whoever takes the pointer.
    #[inline]
    #[track_caller]
    pub fn into_ptr(self) -> NonNull<B::Object> {
        let ptr = self.into_inner().0;
        B::ref_disowned(ptr);
        ptr
    }

    /// The pointer, for another handle, which has the reference from then on.
    #[inline]
    const fn into_inner(self) -> Pointer<B::Object> {
        let this = ManuallyDrop::new(self);
        // SAFETY: `ManuallyDrop` is transparent; the handle is not used again.
        unsafe { (*(&raw const this).cast::<Self>()).0 }
    }

    /// The proof this handle carries.
    #[inline]
    pub const fn py(&self) -> Attached<'py, B> {
        Attached(PhantomData)
    }

    /// Borrows.
    #[inline]
    pub const fn as_ref(&self) -> Ref<'_, B, K> {
        Ref(self.0, PhantomData)
    }

    /// Forgets the kind.
    #[inline]
    pub const fn any(self) -> Owned<'py, B> {
        Owned(self.into_inner(), PhantomData)
    }

    /// Claims another kind.
    ///
    /// # Safety
    ///
    /// The object is of kind `K2`.
    #[inline]
    pub const unsafe fn assume_kind<K2>(self) -> Owned<'py, B, K2> {
        Owned(self.into_inner(), PhantomData)
    }

    /// The same reference with a checked kind, or as it was where the object is not of that kind.
    ///
    /// Runs Python: no.
    ///
    /// # Errors
    ///
    /// The reference itself.
    #[inline]
    #[track_caller]
    pub fn cast<K2: Kind>(self) -> Result<Owned<'py, B, K2>, Self>
    where
        B: Backend,
    {
        match B::type_check_kind::<K2>(self.py(), self.as_ref().any()) {
            true => Ok(Owned(self.into_inner(), PhantomData)),
            false => Err(self),
        }
    }

    /// The same reference in the terms of another backend.
    ///
    /// # Safety
    ///
    /// As [`Ref::assume_backend`].
    #[inline]
    pub const unsafe fn assume_backend<B2>(self) -> Owned<'py, B2, K>
    where
        B2: RefOps + BackendTypes<Object = B::Object>,
    {
        Owned(self.into_inner(), PhantomData)
    }

    /// Lets the reference outlive the attachment.
    #[inline]
    pub const fn into_global(self) -> Global<B, K> {
        Global(self.into_inner(), PhantomData)
    }

    /// The same reference, seen as one that may outlive the attachment.
    #[inline]
    pub const fn as_global(&self) -> &Global<B, K> {
        // SAFETY: both are transparent over the same pointer, and a shared borrow drops neither.
        unsafe { &*(self as *const Self).cast() }
    }
}

impl<B: RefOps, K> Clone for Owned<'_, B, K> {
    #[inline]
    #[track_caller]
    fn clone(&self) -> Self {
        self.as_ref().to_owned(self.py())
    }
}

/// An owned reference that may cross threads and attachments, and may be dropped anywhere.
///
/// Dropped on a thread that is not attached, its release waits until some thread is.
#[repr(transparent)]
pub struct Global<B: RefOps, K = kind::Any>(Pointer<B::Object>, PhantomData<fn() -> (B, K)>);

impl<B: RefOps, K> Drop for Global<B, K> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the reference it owns is given up here, once.
        unsafe { B::ref_release_anywhere(self.0.0) }
    }
}

impl<B: RefOps, K> Global<B, K> {
    /// Takes over the reference behind `ptr`.
    ///
    /// # Safety
    ///
    /// `ptr` points to a live object of kind `K`, and the caller owns one reference to it and gives it up.
    #[inline]
    #[track_caller]
    pub unsafe fn from_ptr(ptr: NonNull<B::Object>) -> Self {
        B::ref_adopted(ptr);
        Global(Pointer(ptr), PhantomData)
    }

    /// The pointer; the reference stays with `self`.
    #[inline]
    pub const fn as_ptr(&self) -> NonNull<B::Object> {
        self.0.0
    }

    /// Gives the reference to whoever takes the pointer.
    #[inline]
    #[track_caller]
    pub fn into_ptr(self) -> NonNull<B::Object> {
        let ptr = self.into_inner().0;
        B::ref_disowned(ptr);
        ptr
    }

    /// The pointer, for another handle, which has the reference from then on.
    #[inline]
    const fn into_inner(self) -> Pointer<B::Object> {
        let this = ManuallyDrop::new(self);
        // SAFETY: `ManuallyDrop` is transparent; the handle is not used again.
        unsafe { (*(&raw const this).cast::<Self>()).0 }
    }

    /// The same reference, usable as it is on this attached thread.
    #[inline]
    pub const fn bind<'py>(&self, _py: Attached<'py, B>) -> &Owned<'py, B, K> {
        // SAFETY: both are transparent over the same pointer, and a shared borrow drops neither.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Forgets the kind.
    #[inline]
    pub const fn any(self) -> Global<B> {
        Global(self.into_inner(), PhantomData)
    }

    /// Ties the reference to this attachment.
    #[inline]
    pub const fn into_owned<'py>(self, _py: Attached<'py, B>) -> Owned<'py, B, K> {
        Owned(self.into_inner(), PhantomData)
    }

    /// Borrows.
    #[inline]
    pub const fn as_ref<'a>(&'a self, _py: Attached<'a, B>) -> Ref<'a, B, K> {
        Ref(self.0, PhantomData)
    }
}
