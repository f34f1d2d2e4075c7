//! A class as the backend sees it: payload, traversal, disposal.

#![expect(unsafe_code, reason = "payloads are dropped in place, and read for the collector")]

use core::ffi::c_void;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::ControlFlow;
use core::ptr::NonNull;

use pyo3_backend::{Class, FreeList, NativeType, Payloads, Stop, Visit, forbid_attach, kind};

use super::PyClass;
use super::base::PyClassBaseType;
use super::borrow::{Borrow, Read};
use super::clearing::Clearing;
use super::gc::with_visit;
use super::payload::{Payload, flag_in};
use super::threads::Threads;
use super::type_object::type_handle;
use crate::backend::{Active, Attached, Ref};
use crate::exceptions::PyRuntimeError;
use crate::panic::{catch_and_report, catch_panic};
use crate::{PyTypeInfo, Python};

/// The contract's description of the class `T`.
pub struct ClassOf<T>(PhantomData<fn() -> T>);

impl<T: PyClass> Class<Active> for ClassOf<T> {
    type Base = <T::BaseType as PyClassBaseType>::Contract;
    type Payload = Payload<T>;

    const HAS_DICT: bool = T::HAS_DICT;
    const HAS_WEAKREFS: bool = T::HAS_WEAKREFS;
    const MAY_TRAVERSE: bool = T::TRAVERSES;
    const FREE_LIST: Option<&'static FreeList> = T::FREE_LIST;
    const MAY_DISPOSE: bool = core::mem::needs_drop::<Payload<T>>() || <T::Threads as Threads>::CHECKED;

    #[inline]
    fn type_object<'py>(py: Attached<'py>) -> Ref<'py, kind::Type> {
        type_handle::<T>(Python::from_attached(py))
    }

    fn traverse(payloads: Payloads<'_, Active, Self>, visit: &mut Visit<'_, Active>) -> ControlFlow<Stop> {
        let payload = payloads.own;
        // On the wrong thread, or while somebody writes, the value must not be read. Its references then count as in
        // use.
        if !payload.is_filled() || !payload.threads().is_here() {
            return ControlFlow::Continue(());
        }
        let Some(_borrow) = Borrow::<Read>::begin(flag_in::<T>(payloads)) else {
            return ControlFlow::Continue(());
        };
        // SAFETY: the borrow counts a reader, so nobody writes to the value meanwhile.
        let value = unsafe { &*payload.value() };
        let visited = catch_panic(|| forbid_attach(|| with_visit(visit, |visit| value.traverse(visit))));
        // The panic hook has reported the panic; tell the collector to stop.
        visited.unwrap_or(ControlFlow::Break(Stop::FAILED))
    }

    fn clear<'a>(py: Attached<'_>, object: Option<Ref<'a>>, payloads: Payloads<'a, Active, Self>) {
        let py = Python::from_attached(py);
        if !payloads.own.is_filled() || !payloads.own.threads().is_here() {
            return;
        }
        let Some(value) = NonNull::new(payloads.own.value()) else { return };
        // SAFETY: value and flag come from the payloads of one instance, as does the object if there is one.
        let clearing = unsafe { Clearing::new(object, value, flag_in::<T>(payloads)) };
        catch_and_report(py, None, || T::clear(py, clearing));
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
        // SAFETY: the caller gives the payload up and does not use it again.
        unsafe { drop_and_report(py, (&raw mut *payload).cast(), drop_payload::<T>) };
    }
}

/// # Safety
///
/// As for [`ManuallyDrop::drop`], of the payload at this place.
unsafe fn drop_payload<T: PyClass>(payload: *mut c_void) {
    // SAFETY: as the caller promises.
    unsafe { payload.cast::<Payload<T>>().drop_in_place() }
}

/// Calls `drop`, which may panic. Out of line, so that all classes share the code that catches the panic.
///
/// # Safety
///
/// `drop` may be called with `payload`.
#[inline(never)]
unsafe fn drop_and_report(py: Python<'_>, payload: *mut c_void, drop: unsafe fn(*mut c_void)) {
    catch_and_report(py, None, || {
        // SAFETY: as the caller promises.
        unsafe { drop(payload) };
        Ok(())
    });
}

/// The contract's description of a native type, which gives its type object.
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
