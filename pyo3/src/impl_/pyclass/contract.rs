//! A class in the contract's terms: payload, traversal, disposal.

#![expect(unsafe_code, reason = "payloads are dropped in place, and read where the collector asks")]

use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::ControlFlow;
use core::ptr::NonNull;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3_backend::{Class, FreeList, NativeType, Payloads, Visit, forbid_attach, kind};

use super::{PyClassBaseType, type_handle};
use crate::backend::{Active, Attached, Ref};
use crate::exceptions::PyRuntimeError;
use crate::impl_::edge::reported;
use crate::pyclass::{BorrowFlag, Payload, PyClass, Threads, flag_in, with_visit};
use crate::{Borrowed, Bound, PyResult, PyTypeInfo, Python};

/// Stands for the class `T` in the contract.
pub struct ClassOf<T>(PhantomData<fn() -> T>);

impl<T: PyClass> Class<Active> for ClassOf<T> {
    type Base = <T::BaseType as PyClassBaseType>::Contract;
    type Payload = Payload<T>;
    type DictSlot = T::DictSlot;
    type WeakrefSlot = T::WeakrefSlot;

    const MAY_TRAVERSE: bool = T::TRAVERSES;
    const MAY_DISPOSE: bool = core::mem::needs_drop::<Payload<T>>() || <T::Threads as Threads>::CHECKED;

    #[inline]
    fn free_list() -> Option<&'static FreeList> {
        T::free_list()
    }

    #[inline]
    fn type_object<'py>(py: Attached<'py>) -> Ref<'py, kind::Type> {
        type_handle::<T>(Python::from_attached(py))
    }

    fn traverse(payloads: Payloads<'_, Active, Self>, visit: &mut Visit<'_, Active>) -> ControlFlow<i32> {
        let payload = payloads.own;
        // On a wrong thread, or while somebody writes, the value cannot be looked at: what it refers to is then kept.
        if !payload.is_filled() || !payload.threads().is_here() {
            return ControlFlow::Continue(());
        }
        let flag = flag_in::<T>(payloads);
        if !flag.is_none_or(BorrowFlag::read) {
            return ControlFlow::Continue(());
        }
        // SAFETY: a reader is counted, so that nobody writes.
        let value = unsafe { &*payload.value() };
        let visited =
            catch_unwind(AssertUnwindSafe(|| forbid_attach(|| with_visit(visit, |visit| value.traverse(visit)))));
        if let Some(flag) = flag {
            flag.end_read();
        }
        // The panic has been reported by its hook; the collector is told to stop.
        visited.unwrap_or(ControlFlow::Break(-1))
    }

    fn clear<'a>(py: Attached<'_>, object: Option<Ref<'a>>, payloads: Payloads<'a, Active, Self>) {
        let py = Python::from_attached(py);
        if !payloads.own.is_filled() || !payloads.own.threads().is_here() {
            return;
        }
        let Some(clearing) = Clearing::of(object, payloads) else { return };
        reported(py, None, || T::clear(py, clearing));
    }

    unsafe fn dispose(py: Attached<'_>, payload: &mut ManuallyDrop<Payload<T>>) {
        let py = Python::from_attached(py);
        if !payload.is_filled() {
            return;
        }
        if !payload.threads().is_here() {
            let name = core::any::type_name::<T>();
            PyRuntimeError::new_err(format!("{name} is unsendable, but is being dropped on another thread"))
                .write_unraisable(py, None);
            return;
        }
        reported(py, None, || {
            // SAFETY: the caller gives the payload up.
            unsafe { ManuallyDrop::drop(payload) };
            Ok(())
        });
    }
}

/// The value of an instance whose references are to be cleared.
pub struct Clearing<'a, T> {
    object: Option<Ref<'a>>,
    value: NonNull<T>,
    flag: Option<&'a BorrowFlag>,
    lifetime: PhantomData<&'a T>,
}

impl<'a, T: PyClass> Clearing<'a, T> {
    fn of(object: Option<Ref<'a>>, payloads: Payloads<'a, Active, ClassOf<T>>) -> Option<Self> {
        Some(Clearing {
            object,
            value: NonNull::new(payloads.own.value())?,
            flag: flag_in::<T>(payloads),
            lifetime: PhantomData,
        })
    }
}

impl<T> Clearing<'_, T> {
    /// Lends the value for reading, unless somebody writes to it.
    ///
    /// # Errors
    ///
    /// What `clear` returns.
    pub fn clear_shared(self, clear: impl FnOnce(&T) -> PyResult<()>) -> PyResult<()> {
        if !self.flag.is_none_or(BorrowFlag::read) {
            return Ok(());
        }
        // SAFETY: a reader is counted, so that nobody writes.
        let cleared = clear(unsafe { self.value.as_ref() });
        if let Some(flag) = self.flag {
            flag.end_read();
        }
        cleared
    }

    /// Lends the value for writing, unless it is borrowed.
    ///
    /// # Errors
    ///
    /// What `clear` returns.
    pub fn clear_exclusive(mut self, clear: impl FnOnce(&mut T) -> PyResult<()>) -> PyResult<()> {
        if !self.flag.is_some_and(BorrowFlag::write) {
            return Ok(());
        }
        // SAFETY: a writer is counted, in the count that the class shares with its bases: this is the only borrow.
        let cleared = clear(unsafe { self.value.as_mut() });
        if let Some(flag) = self.flag {
            flag.end_write();
        }
        cleared
    }

    /// Lends the instance itself, where the runtime hands it over.
    ///
    /// # Errors
    ///
    /// What `clear` returns.
    pub fn clear_typed<'py>(
        self,
        _py: Python<'py>,
        clear: impl FnOnce(&Bound<'py, T>) -> PyResult<()>,
    ) -> PyResult<()> {
        let Some(object) = self.object else { return Ok(()) };
        let instance: Borrowed<'_, 'py, T> = Borrowed::wrap(object);
        clear(&instance)
    }
}

/// The type object of a native type, for the contract.
pub struct NativeTypeOf<T>(PhantomData<fn() -> T>);

impl<T: PyTypeInfo + 'static> NativeType<Active> for NativeTypeOf<T> {
    #[inline]
    fn type_object<'py>(py: Attached<'py>) -> Ref<'py, kind::Type> {
        let raw = T::type_object_raw(Python::from_attached(py));
        let pointer = NonNull::new(raw).expect("type_object_raw returns a type").cast();
        // SAFETY: `type_object_raw` gives a type object that outlives the attachment.
        unsafe { Ref::from_ptr(pointer) }
    }
}
