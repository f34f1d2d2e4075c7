//! The handles: ownership and attachment as types.
//!
//! | handle | is | may be dropped |
//! |---|---|---|
//! | [`Attached`] | proof that this thread is attached | freely |
//! | [`Ref`] | a borrowed reference | freely |
//! | [`Owned`] | an owned reference that can be used directly | while attached, which its lifetime proves |
//! | [`Global`] | an owned reference that may cross threads and attachments | anywhere |
//!
//! All but the first are exactly one pointer wide and never null. The second type parameter is a [kind](crate::kind): a
//! marker that a checked cast gives, so that the compiler knows, say, that the object is a list.

#![expect(unsafe_code, reason = "the handles are where raw pointers become types; every other file builds on them")]

use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;

use crate::{Backend, BackendTypes, Kind, RefOps, kind};

/// Proof that the current thread is attached to the runtime for the lifetime `'py`.
///
/// Zero-sized, neither `Send` nor `Sync`. CPython: the thread state is current. RustPython: this thread has entered a
/// virtual machine.
pub struct Attached<'py, B>(PhantomData<(&'py (), WhileAttached<B>)>);

/// A field of this type makes a struct neither `Send` nor `Sync`.
///
/// A raw pointer would do that, too. But then, if a handle is sent to another thread or used while detached, the
/// compiler's message would name that pointer and not mention Python.
struct WhileAttached<B>(PhantomData<fn() -> B>);

// SAFETY: never applies, because nothing implements `MayLeaveThread`.
unsafe impl<B: MayLeaveThread> Send for WhileAttached<B> {}
// SAFETY: as above.
unsafe impl<B: MayLeaveThread> Sync for WhileAttached<B> {}

/// Runtimes whose objects may be used by threads that are not attached. There are none.
#[diagnostic::on_unimplemented(
    message = "a Python reference is used where the thread may not be attached to Python",
    label = "this holds a `Bound`, `Borrowed`, `PyRef`, `PyRefMut` or `Python`",
    note = "convert the object to a Rust value before; or take a `Py<T>` along, which `Bound::unbind` gives, and attach where you use it"
)]
trait MayLeaveThread {}

/// A pointer to an object. Alone it does nothing: the other fields of a handle decide what a thread may do with it.
#[repr(transparent)]
struct Pointer<T>(NonNull<T>);

// SAFETY: the pointer is never followed without a handle, and the handles carry their own `Send` and `Sync` bounds.
unsafe impl<T> Send for Pointer<T> {}
// SAFETY: as above.
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
    /// Assumes that the thread is attached.
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
    /// Borrows the object behind `ptr`.
    ///
    /// # Safety
    ///
    /// `ptr` points to a live object of kind `K` that is kept alive for `'a`, on a thread that is attached for `'a`.
    #[inline]
    pub const unsafe fn from_ptr(ptr: NonNull<B::Object>) -> Self {
        Ref(Pointer(ptr), PhantomData)
    }

    /// Returns the pointer.
    #[inline]
    pub const fn as_ptr(self) -> NonNull<B::Object> {
        self.0.0
    }

    /// Discards the kind.
    #[inline]
    pub const fn any(self) -> Ref<'a, B> {
        Ref(self.0, PhantomData)
    }

    /// Assumes another kind.
    ///
    /// # Safety
    ///
    /// The object is of kind `K2`.
    #[inline]
    pub const unsafe fn assume_kind<K2>(self) -> Ref<'a, B, K2> {
        Ref(self.0, PhantomData)
    }

    /// Returns the same reference with a checked kind, or `None` if the object is not of that kind.
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

    /// Returns the same reference as a handle of another backend.
    ///
    /// # Safety
    ///
    /// `B2` is another view of the same runtime: a decorator around `B`, or the backend that `B` decorates.
    #[inline]
    pub const unsafe fn assume_backend<B2>(self) -> Ref<'a, B2, K>
    where
        B2: RefOps + BackendTypes<Object = B::Object>,
    {
        Ref(self.0, PhantomData)
    }

    /// Takes a new, owned reference.
    #[inline]
    #[track_caller]
    pub fn to_owned<'py>(self, py: Attached<'py, B>) -> Owned<'py, B, K> {
        B::ref_retain(py, self.any());
        Owned(self.0, PhantomData)
    }

    /// Views the borrowed reference as an owned one.
    #[inline]
    pub const fn as_owned<'s, 'py>(&'s self, _py: Attached<'py, B>) -> &'s Owned<'py, B, K> {
        // SAFETY: both are transparent over the same pointer, and a shared borrow cannot drop the owned form.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Returns whether both refer to the same object.
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
        // SAFETY: an `Owned` exists only while attached, and the reference it owns is released here, once.
        unsafe { B::ref_release(Attached::assume(), self.0.0) }
    }
}

impl<'py, B: RefOps, K> Owned<'py, B, K> {
    /// Takes over the reference behind `ptr`.
    ///
    /// # Safety
    ///
    /// `ptr` points to a live object of kind `K`, the caller hands over one reference that it owns, and the thread is
    /// attached for `'py`.
    #[inline]
    #[track_caller]
    pub unsafe fn from_ptr(ptr: NonNull<B::Object>) -> Self {
        B::ref_adopted(ptr);
        Owned(Pointer(ptr), PhantomData)
    }

    /// Returns the pointer. `self` keeps the reference.
    #[inline]
    pub const fn as_ptr(&self) -> NonNull<B::Object> {
        self.0.0
    }

    /// Returns the pointer and leaves the reference to the caller.
    #[inline]
    #[track_caller]
    pub fn into_ptr(self) -> NonNull<B::Object> {
        let ptr = self.into_inner().0;
        B::ref_disowned(ptr);
        ptr
    }

    /// Returns the pointer for another handle, which takes over the reference.
    #[inline]
    const fn into_inner(self) -> Pointer<B::Object> {
        let this = ManuallyDrop::new(self);
        // SAFETY: `ManuallyDrop` is transparent, and the handle is not used again.
        unsafe { (*(&raw const this).cast::<Self>()).0 }
    }

    /// Returns the proof that this handle carries.
    #[inline]
    pub const fn py(&self) -> Attached<'py, B> {
        Attached(PhantomData)
    }

    /// Borrows the reference.
    #[inline]
    pub const fn as_ref(&self) -> Ref<'_, B, K> {
        Ref(self.0, PhantomData)
    }

    /// Discards the kind.
    #[inline]
    pub const fn any(self) -> Owned<'py, B> {
        Owned(self.into_inner(), PhantomData)
    }

    /// Assumes another kind.
    ///
    /// # Safety
    ///
    /// The object is of kind `K2`.
    #[inline]
    pub const unsafe fn assume_kind<K2>(self) -> Owned<'py, B, K2> {
        Owned(self.into_inner(), PhantomData)
    }

    /// Casts the reference to a checked kind.
    ///
    /// Runs Python: no.
    ///
    /// # Errors
    ///
    /// The reference itself, if the object is not of that kind.
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

    /// Returns the same reference as a handle of another backend.
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

    /// Detaches the reference from the attachment, so that it may outlive it.
    #[inline]
    pub const fn into_global(self) -> Global<B, K> {
        Global(self.into_inner(), PhantomData)
    }

    /// Views the reference as one that may outlive the attachment.
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
/// If it is dropped on a thread that is not attached, the reference is released when a thread attaches next.
#[repr(transparent)]
pub struct Global<B: RefOps, K = kind::Any>(Pointer<B::Object>, PhantomData<fn() -> (B, K)>);

impl<B: RefOps, K> Drop for Global<B, K> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the reference it owns is released here, once.
        unsafe { B::ref_release_anywhere(self.0.0) }
    }
}

impl<B: RefOps, K> Global<B, K> {
    /// Takes over the reference behind `ptr`.
    ///
    /// # Safety
    ///
    /// `ptr` points to a live object of kind `K`, and the caller hands over one reference that it owns.
    #[inline]
    #[track_caller]
    pub unsafe fn from_ptr(ptr: NonNull<B::Object>) -> Self {
        B::ref_adopted(ptr);
        Global(Pointer(ptr), PhantomData)
    }

    /// Returns the pointer. `self` keeps the reference.
    #[inline]
    pub const fn as_ptr(&self) -> NonNull<B::Object> {
        self.0.0
    }

    /// Returns the pointer and leaves the reference to the caller.
    #[inline]
    #[track_caller]
    pub fn into_ptr(self) -> NonNull<B::Object> {
        let ptr = self.into_inner().0;
        B::ref_disowned(ptr);
        ptr
    }

    /// Returns the pointer for another handle, which takes over the reference.
    #[inline]
    const fn into_inner(self) -> Pointer<B::Object> {
        let this = ManuallyDrop::new(self);
        // SAFETY: `ManuallyDrop` is transparent, and the handle is not used again.
        unsafe { (*(&raw const this).cast::<Self>()).0 }
    }

    /// Views the reference as one that can be used directly on this attached thread.
    #[inline]
    pub const fn bind<'py>(&self, _py: Attached<'py, B>) -> &Owned<'py, B, K> {
        // SAFETY: both are transparent over the same pointer, and a shared borrow drops neither.
        unsafe { &*(self as *const Self).cast() }
    }

    /// Discards the kind.
    #[inline]
    pub const fn any(self) -> Global<B> {
        Global(self.into_inner(), PhantomData)
    }

    /// Ties the reference to this attachment.
    #[inline]
    pub const fn into_owned<'py>(self, _py: Attached<'py, B>) -> Owned<'py, B, K> {
        Owned(self.into_inner(), PhantomData)
    }

    /// Borrows the reference.
    #[inline]
    pub const fn as_ref<'a>(&'a self, _py: Attached<'a, B>) -> Ref<'a, B, K> {
        Ref(self.0, PhantomData)
    }
}
