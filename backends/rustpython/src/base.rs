//! The native types that Rust classes can extend, and what the VM has to know of their part of an instance.

use core::any::TypeId;
use core::mem::ManuallyDrop;

use pyo3_backend::{NativeBase, kind};
use rustpython_vm::builtins::{
    PyAttributeError, PyBaseException, PyBaseExceptionRef, PyByteArray, PyBytes, PyComplex, PyDict, PyFloat,
    PyFrozenSet, PyImportError, PyInt, PyList, PyNameError, PyOSError, PySet, PyStopIteration, PyStr, PySyntaxError,
    PySystemExit, PyType, PyUnicodeError,
};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::object::{MaybeTraverse, TraverseFn};
use rustpython_vm::types::Constructor;
use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use crate::RustPython;

/// How the VM makes and treats the native part `L` of an instance.
pub struct NativeInfo<L: 'static> {
    /// What the VM recognises the payload by. Instances of classes on top of it must be recognised the same way, or its
    /// own operations would refuse them. `None` for `object`, which has no payload.
    pub(crate) payload_id: Option<TypeId>,
    /// Makes an empty one, as `__new__` without arguments does.
    pub(crate) make: Make<L>,
    /// Whether it holds references.
    pub(crate) may_traverse: bool,
    /// Shows its references to the collector.
    pub(crate) traverse: fn(&L, &mut TraverseFn<'_>),
    /// Moves its references out, to break a cycle.
    pub(crate) clear: fn(&mut L, &mut Vec<PyObjectRef>),
}

/// How to make a native part.
pub(crate) enum Make<L> {
    /// Out of nothing, which spares the look-up of the machine.
    Constant(fn() -> L),
    /// With the help of the machine.
    WithMachine(fn(&VirtualMachine) -> PyResult<L>),
    /// Not at all: the VM keeps the payload to itself. A class can extend the type and answers `issubclass`, but its
    /// constructor raises [`refusal`].
    Never,
}

impl<L> NativeInfo<L> {
    /// Whether instances have the payload that the VM gives those of the base.
    pub(crate) const fn is_known(&self) -> bool {
        !matches!(self.make, Make::Never)
    }
}

impl<L: PyPayload> NativeInfo<L> {
    /// The facts about a payload of the VM.
    const fn of_payload(make: Make<L>) -> Self {
        NativeInfo {
            payload_id: Some(L::PAYLOAD_TYPE_ID),
            make,
            may_traverse: L::HAS_TRAVERSE,
            traverse: <L as MaybeTraverse>::try_traverse,
            clear: <L as MaybeTraverse>::try_clear,
        }
    }
}

impl NativeBase<RustPython> for kind::Any {
    type Layout = ();
    const INFO: NativeInfo<()> = NativeInfo {
        payload_id: None,
        make: Make::Constant(|| ()),
        may_traverse: false,
        traverse: |(), _| (),
        clear: |(), _| (),
    };
}

impl NativeBase<RustPython> for kind::BaseException {
    type Layout = PyBaseException;
    const INFO: NativeInfo<PyBaseException> = NativeInfo::of_payload(Make::WithMachine(|vm| Ok(empty_exception(vm))));
}

/// Exceptions with fields, whose payloads the VM makes.
macro_rules! exceptions_with_fields {
    ($($kind:ident: $payload:ident, $class:ident;)*) => {
        $(
            impl NativeBase<RustPython> for kind::$kind {
                type Layout = $payload;
                const INFO: NativeInfo<$payload> = NativeInfo::of_payload(Make::WithMachine(|vm| {
                    $payload::py_new(vm.ctx.exceptions.$class, FuncArgs::default(), vm)
                }));
            }
        )*
    };
}

exceptions_with_fields! {
    AttributeError: PyAttributeError, attribute_error;
    ImportError: PyImportError, import_error;
    NameError: PyNameError, name_error;
    OSError: PyOSError, os_error;
    StopIteration: PyStopIteration, stop_iteration;
    SyntaxError: PySyntaxError, syntax_error;
    SystemExit: PySystemExit, system_exit;
    UnicodeError: PyUnicodeError, unicode_error;
}

/// Types whose payloads nobody but the VM can make.
macro_rules! kept_by_the_machine {
    ($($kind:ident)*) => {
        $(
            impl NativeBase<RustPython> for kind::$kind {
                type Layout = ();
                const INFO: NativeInfo<()> = NativeInfo { make: Make::Never, ..<kind::Any as NativeBase<RustPython>>::INFO };
            }
        )*
    };
}

kept_by_the_machine! { BaseExceptionGroup Date DateTime Delta Time WeakRef }

/// Why an instance of a class that extends `root` cannot be made: what `root` itself says if it is called without
/// arguments, which is all that a native base gets; or, if that would do, that the VM is in the way.
#[cold]
pub(crate) fn refusal(root: &Py<PyType>, vm: &VirtualMachine) -> PyBaseExceptionRef {
    match root.as_object().call((), vm) {
        Err(error) => error,
        Ok(_) => vm.new_type_error(format!(
            "cannot make an instance of a class that extends '{}': RustPython keeps the layout of its instances to itself",
            root.slot_name()
        )),
    }
}

impl NativeBase<RustPython> for kind::Dict {
    type Layout = PyDict;
    const INFO: NativeInfo<PyDict> = NativeInfo::of_payload(Make::Constant(PyDict::default));
}

impl NativeBase<RustPython> for kind::List {
    type Layout = PyList;
    const INFO: NativeInfo<PyList> = NativeInfo::of_payload(Make::Constant(PyList::default));
}

impl NativeBase<RustPython> for kind::Set {
    type Layout = PySet;
    const INFO: NativeInfo<PySet> = NativeInfo::of_payload(Make::Constant(PySet::default));
}

impl NativeBase<RustPython> for kind::FrozenSet {
    type Layout = PyFrozenSet;
    const INFO: NativeInfo<PyFrozenSet> = NativeInfo::of_payload(Make::Constant(PyFrozenSet::default));
}

impl NativeBase<RustPython> for kind::Complex {
    type Layout = PyComplex;
    const INFO: NativeInfo<PyComplex> = NativeInfo::of_payload(Make::Constant(|| zero_of(PyComplex::to_complex)));
}

impl NativeBase<RustPython> for kind::ByteArray {
    type Layout = PyByteArray;
    const INFO: NativeInfo<PyByteArray> = NativeInfo::of_payload(Make::Constant(|| PyByteArray::from(Vec::new())));
}

impl NativeBase<RustPython> for kind::Bytes {
    type Layout = PyBytes;
    const INFO: NativeInfo<PyBytes> = NativeInfo::of_payload(Make::Constant(|| PyBytes::from(Vec::new())));
}

impl NativeBase<RustPython> for kind::Int {
    type Layout = PyInt;
    const INFO: NativeInfo<PyInt> = NativeInfo::of_payload(Make::Constant(|| PyInt::from(0)));
}

impl NativeBase<RustPython> for kind::Float {
    type Layout = PyFloat;
    const INFO: NativeInfo<PyFloat> = NativeInfo::of_payload(Make::Constant(|| PyFloat::from(0.0)));
}

impl NativeBase<RustPython> for kind::Str {
    type Layout = PyStr;
    const INFO: NativeInfo<PyStr> = NativeInfo::of_payload(Make::Constant(|| PyStr::from("")));
}

/// A payload that holds the default of what `read` reads: spares us the name of a type from a crate of the VM's.
fn zero_of<P: From<T>, T: Default>(_read: fn(&P) -> T) -> P {
    P::from(T::default())
}

/// The payload of an exception without arguments.
///
/// The VM gives nobody a function that makes one by itself, so it is taken out of a fresh exception object.
fn empty_exception(vm: &VirtualMachine) -> PyBaseException {
    let donor = vm.new_exception_empty(vm.ctx.exceptions.base_exception_type.to_owned());
    // The copy will own a reference to `args`, and so does the donor.
    let args = ManuallyDrop::new(donor.args());
    // SAFETY: the donor is a fresh exception that nobody else knows: its lock words are free, it has no traceback, cause nor
    // context, and the one reference it holds, `args`, was taken once more for the copy. Both are dropped on their own.
    let copy = unsafe { core::ptr::read(&raw const **donor) };
    debug_assert!(args.is(&copy.args()));
    copy
}
