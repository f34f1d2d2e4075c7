//! Converts between the contract's handles and the VM's references. Both are one non-null pointer to a `PyObject`.

use core::ptr::NonNull;

use pyo3_backend::{Attached, Kind, Outcome, Owned, Ref, kind};
use rustpython_vm::builtins::{
    PyBaseException, PyByteArray, PyBytes, PyCapsule, PyCode, PyComplex, PyDict, PyFloat, PyFrozenSet, PyInt, PyList,
    PyMappingProxy, PyMemoryView, PyModule, PySet, PySlice, PyStr, PyTraceback, PyTuple, PyType, PyWeak,
};
use rustpython_vm::{Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult};

use crate::{Raised, RustPython};

/// A kind whose objects all have the same VM payload.
pub(crate) trait PayloadKind: Kind {
    /// The payload of the objects.
    type Payload: PyPayload;
}

macro_rules! payload_kinds {
    ($($kind:ident => $payload:ty,)*) => {
        $(impl PayloadKind for kind::$kind {
            type Payload = $payload;
        })*
    };
}

payload_kinds! {
    BaseException => PyBaseException,
    ByteArray => PyByteArray,
    Bytes => PyBytes,
    Capsule => PyCapsule,
    Code => PyCode,
    Complex => PyComplex,
    Dict => PyDict,
    Float => PyFloat,
    FrozenSet => PyFrozenSet,
    Int => PyInt,
    List => PyList,
    MappingProxy => PyMappingProxy,
    MemoryView => PyMemoryView,
    Module => PyModule,
    Set => PySet,
    Slice => PySlice,
    Str => PyStr,
    Traceback => PyTraceback,
    Tuple => PyTuple,
    Type => PyType,
    WeakRef => PyWeak,
}

/// Returns the object behind a borrowed reference.
#[inline]
pub(crate) fn object<'a, K>(object: Ref<'a, RustPython, K>) -> &'a PyObject {
    // SAFETY: a `Ref<'a>` points to an object that is kept alive for `'a`.
    unsafe { object.as_ptr().as_ref() }
}

/// Returns the object behind a borrowed reference, with the payload of its kind.
#[inline]
pub(crate) fn payload<'a, K: PayloadKind>(handle: Ref<'a, RustPython, K>) -> &'a Py<K::Payload> {
    // SAFETY: a handle of kind `K` comes only from a checked cast, or from an object that the VM created with this
    // payload. The check (`TypeOps::type_check`) includes the payload.
    unsafe { object(handle).downcast_unchecked_ref::<K::Payload>() }
}

/// Takes over an owned reference of the VM.
#[inline]
pub(crate) fn own<'py>(_py: Attached<'py, RustPython>, object: PyObjectRef) -> Owned<'py, RustPython> {
    // SAFETY: the result takes over the one reference that `into_raw` releases, on an attached thread.
    unsafe { Owned::from_ptr(object.into_raw()) }
}

/// Takes over an owned reference of the VM, as a handle of the kind of its payload.
#[inline]
pub(crate) fn own_as<'py, K: PayloadKind>(
    py: Attached<'py, RustPython>,
    object: PyRef<K::Payload>,
) -> Owned<'py, RustPython, K> {
    // SAFETY: the payload type proves that the object is of kind `K`.
    unsafe { own(py, object.into()).assume_kind() }
}

/// Passes an owned reference to the VM.
#[inline]
pub(crate) fn disown<K>(object: Owned<'_, RustPython, K>) -> PyObjectRef {
    // SAFETY: the result takes over the one reference that `into_ptr` releases.
    unsafe { PyObjectRef::from_raw(object.into_ptr()) }
}

/// Passes an owned reference to the VM, with the payload of its kind.
#[inline]
pub(crate) fn disown_as<K: PayloadKind>(object: Owned<'_, RustPython, K>) -> PyRef<K::Payload> {
    // SAFETY: as for `payload`.
    unsafe { disown(object).downcast_unchecked::<K::Payload>() }
}

/// Lends an object of the VM.
#[inline]
pub(crate) fn lend<'a>(object: &'a PyObject) -> Ref<'a, RustPython> {
    // SAFETY: the borrow keeps the object alive for `'a`. Here, objects are only borrowed on attached threads.
    unsafe { Ref::from_ptr(NonNull::from(object)) }
}

/// Lends an object of the VM, as a handle of the kind of its payload.
#[inline]
pub(crate) fn lend_as<'a, K: PayloadKind>(object: &'a Py<K::Payload>) -> Ref<'a, RustPython, K> {
    // SAFETY: the payload type proves that the object is of kind `K`.
    unsafe { lend(rustpython_vm::AsObject::as_object(object)).assume_kind() }
}

/// Lends a slice of the VM's references.
#[inline]
pub(crate) fn lend_all<'a>(objects: &'a [PyObjectRef]) -> &'a [Ref<'a, RustPython>] {
    const {
        assert!(size_of::<PyObjectRef>() == size_of::<Ref<'_, RustPython>>());
        assert!(align_of::<PyObjectRef>() == align_of::<Ref<'_, RustPython>>());
    }
    // SAFETY: both types are transparent over a non-null pointer to an object. The slice keeps the objects alive for
    // `'a`, and a shared borrow does not allow dropping the owned form.
    unsafe { core::slice::from_raw_parts(objects.as_ptr().cast(), objects.len()) }
}

/// Returns a borrowed handle as a reference to the VM's owned type.
#[inline]
pub(crate) fn as_object_ref<'s, K>(handle: &'s Ref<'_, RustPython, K>) -> &'s PyObjectRef {
    // SAFETY: both types are transparent over the same pointer, and a shared borrow cannot drop the owned form.
    unsafe { &*core::ptr::from_ref(handle).cast() }
}

/// Converts a result of the VM to an outcome.
#[inline]
pub(crate) fn outcome<'py, T>(py: Attached<'py, RustPython>, result: PyResult<T>) -> Outcome<'py, RustPython, T> {
    result.map_err(|exception| Raised::new(py, exception))
}

/// Converts a result of the VM to an outcome with a handle.
#[inline]
pub(crate) fn own_outcome<'py>(
    py: Attached<'py, RustPython>,
    result: PyResult,
) -> Outcome<'py, RustPython, Owned<'py, RustPython>> {
    match result {
        Ok(object) => Ok(own(py, object)),
        Err(exception) => Err(Raised::new(py, exception)),
    }
}

/// Converts a result of the VM to an outcome with a handle of a kind.
#[inline]
pub(crate) fn own_outcome_as<'py, K: PayloadKind>(
    py: Attached<'py, RustPython>,
    result: PyResult<PyRef<K::Payload>>,
) -> Outcome<'py, RustPython, Owned<'py, RustPython, K>> {
    match result {
        Ok(object) => Ok(own_as(py, object)),
        Err(exception) => Err(Raised::new(py, exception)),
    }
}

/// Converts an outcome to a result of the VM.
#[inline]
pub(crate) fn result<'py>(outcome: Outcome<'py, RustPython, Owned<'py, RustPython>>) -> PyResult {
    match outcome {
        Ok(object) => Ok(disown(object)),
        Err(raised) => Err(raised.into_exception()),
    }
}

/// Converts an outcome without an object to a result of the VM.
#[inline]
pub(crate) fn plain_result<T>(outcome: Outcome<'_, RustPython, T>) -> PyResult<T> {
    outcome.map_err(Raised::into_exception)
}

/// Clones the references of borrowed handles.
pub(crate) fn clone_all(handles: &[Ref<'_, RustPython>]) -> Vec<PyObjectRef> {
    handles.iter().map(|handle| object(*handle).to_owned()).collect()
}

/// Collects the first `length` items of a fallible iterator.
///
/// # Panics
///
/// If there are fewer items.
pub(crate) fn collect_exactly<'py, E>(
    length: usize,
    mut items: impl Iterator<Item = Result<Owned<'py, RustPython>, E>>,
) -> Result<Vec<PyObjectRef>, E> {
    let mut objects = Vec::with_capacity(length);
    for _ in 0..length {
        match items.next() {
            Some(item) => objects.push(disown(item?)),
            None => panic!("expected {length} items, and the iterator has {}", objects.len()),
        }
    }
    Ok(objects)
}

/// Converts a static `CStr` to text. Names and docs written by macros are UTF-8.
pub(crate) fn static_text(text: &'static core::ffi::CStr) -> &'static str {
    match text.to_str() {
        Ok(text) => text,
        Err(_) => Box::leak(text.to_string_lossy().into_owned().into_boxed_str()),
    }
}

/// Leaks a value, for definitions that the VM requires to be `'static`.
pub(crate) fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}
