//! The native types that Rust classes can extend, and the VM's view of their part of an instance.

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

/// How the VM creates and treats the native part `L` of an instance.
pub struct NativeInfo<L: 'static> {
    /// The identifier by which the VM recognizes the payload. Instances of classes that extend the base need the same
    /// one, or the VM's own operations would refuse them. `None` for `object`, which has no payload.
    pub(crate) payload_id: Option<TypeId>,
    /// Creates an empty native part, like `__new__` without arguments.
    pub(crate) make: Make<L>,
    /// Whether the native part holds references.
    pub(crate) may_traverse: bool,
    /// Shows the references to the collector.
    pub(crate) traverse: fn(&L, &mut TraverseFn<'_>),
    /// Moves the references out, to break a cycle.
    pub(crate) clear: fn(&mut L, &mut Vec<PyObjectRef>),
}

/// How to create a native part.
pub(crate) enum Make<L> {
    /// Without the VM, which saves looking it up.
    Constant(fn() -> L),
    /// With the VM.
    WithMachine(fn(&VirtualMachine) -> PyResult<L>),
    /// Not possible, because the payload is private to the VM. A class can extend the type and answers `issubclass`,
    /// but its constructor raises [`refusal`].
    Never,
}

impl<L> NativeInfo<L> {
    /// Whether the instances have the same payload as the VM's own instances of the base.
    pub(crate) const fn is_known(&self) -> bool {
        !matches!(self.make, Make::Never)
    }
}

impl<L: PyPayload> NativeInfo<L> {
    /// Returns the description of a payload of the VM.
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
    type Part = ();
    const INFO: NativeInfo<()> = NativeInfo {
        payload_id: None,
        make: Make::Constant(|| ()),
        may_traverse: false,
        traverse: |(), _| (),
        clear: |(), _| (),
    };
}

impl NativeBase<RustPython> for kind::BaseException {
    type Part = PyBaseException;
    const INFO: NativeInfo<PyBaseException> = NativeInfo::of_payload(Make::WithMachine(|vm| Ok(empty_exception(vm))));
}

/// Implements bases that are exceptions with fields, whose payloads the VM creates.
macro_rules! exceptions_with_fields {
    ($($kind:ident: $payload:ident, $class:ident;)*) => {
        $(
            impl NativeBase<RustPython> for kind::$kind {
                type Part = $payload;
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

/// Implements bases whose payloads only the VM can create.
macro_rules! kept_by_the_machine {
    ($($kind:ident)*) => {
        $(
            impl NativeBase<RustPython> for kind::$kind {
                type Part = ();
                const INFO: NativeInfo<()> = NativeInfo { make: Make::Never, ..<kind::Any as NativeBase<RustPython>>::INFO };
            }
        )*
    };
}

kept_by_the_machine! { BaseExceptionGroup Date DateTime Delta Time WeakRef }

/// Returns the error for creating an instance of a class that extends `root`. This is the error of calling `root`
/// without arguments, which is all that a native base gets. If that call succeeds, the error says that the VM is in the
/// way.
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
    type Part = PyDict;
    const INFO: NativeInfo<PyDict> = NativeInfo::of_payload(Make::Constant(PyDict::default));
}

impl NativeBase<RustPython> for kind::List {
    type Part = PyList;
    const INFO: NativeInfo<PyList> = NativeInfo::of_payload(Make::Constant(PyList::default));
}

impl NativeBase<RustPython> for kind::Set {
    type Part = PySet;
    const INFO: NativeInfo<PySet> = NativeInfo::of_payload(Make::Constant(PySet::default));
}

impl NativeBase<RustPython> for kind::FrozenSet {
    type Part = PyFrozenSet;
    const INFO: NativeInfo<PyFrozenSet> = NativeInfo::of_payload(Make::Constant(PyFrozenSet::default));
}

impl NativeBase<RustPython> for kind::Complex {
    type Part = PyComplex;
    const INFO: NativeInfo<PyComplex> = NativeInfo::of_payload(Make::Constant(|| zero_of(PyComplex::to_complex)));
}

impl NativeBase<RustPython> for kind::ByteArray {
    type Part = PyByteArray;
    const INFO: NativeInfo<PyByteArray> = NativeInfo::of_payload(Make::Constant(|| PyByteArray::from(Vec::new())));
}

impl NativeBase<RustPython> for kind::Bytes {
    type Part = PyBytes;
    const INFO: NativeInfo<PyBytes> = NativeInfo::of_payload(Make::Constant(|| PyBytes::from(Vec::new())));
}

impl NativeBase<RustPython> for kind::Int {
    type Part = PyInt;
    const INFO: NativeInfo<PyInt> = NativeInfo::of_payload(Make::Constant(|| PyInt::from(0)));
}

impl NativeBase<RustPython> for kind::Float {
    type Part = PyFloat;
    const INFO: NativeInfo<PyFloat> = NativeInfo::of_payload(Make::Constant(|| PyFloat::from(0.0)));
}

impl NativeBase<RustPython> for kind::Str {
    type Part = PyStr;
    const INFO: NativeInfo<PyStr> = NativeInfo::of_payload(Make::Constant(|| PyStr::from("")));
}

/// Returns a payload with the default of the type that `read` returns. That avoids naming a type of one of the VM's
/// crates.
fn zero_of<P: From<T>, T: Default>(_read: fn(&P) -> T) -> P {
    P::from(T::default())
}

/// Returns the payload of an exception without arguments.
///
/// The VM has no public function that creates only the payload, so this takes it out of a new exception object.
fn empty_exception(vm: &VirtualMachine) -> PyBaseException {
    let donor = vm.new_exception_empty(vm.ctx.exceptions.base_exception_type.to_owned());
    // The copy and the donor will each own a reference to `args`.
    let args = ManuallyDrop::new(donor.args());
    // SAFETY: the donor is a new exception that nothing else refers to: its locks are free, and it has no traceback,
    // cause or context. Its only reference is `args`, of which the copy got one more. So both can be dropped
    // independently.
    let copy = unsafe { core::ptr::read(&raw const **donor) };
    debug_assert!(args.is(&copy.args()));
    copy
}
