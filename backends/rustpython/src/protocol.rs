//! Protocol functions as slot functions of the VM.
//!
//! The VM calls a slot only on instances of the type that has or inherits it: its wrappers (`C.__neg__`) check their
//! first argument, and a Python class takes a slot from a wrapper only if it inherits from the wrapper's class. So no
//! function here checks its receiver again. Operators receive both operands unchecked, and the neutral layer checks
//! them.

use pyo3_backend::{
    Attached, BinaryFn, BinarySlot, BoolFn, Class, CompareFn, ContainsFn, DescriptorGetFn, Function, HashFn, LenFn,
    NextFn, Outcome, Owned, Protocol, ProtocolOps, Ref, RepeatFn, RepeatSlot, SetFn, SetSlot, TernaryFn, TernarySlot,
    UnaryFn, UnarySlot,
};
use rustpython_vm::builtins::{PyStr, PyType, PyTypeRef};
use rustpython_vm::function::{
    Callee, Either, FuncArgs, PyComparisonValue, PyNativeFn, PySetterValue, static_raw_func,
};
use rustpython_vm::protocol::{PyIterReturn, PyMapping, PyNumber, PySequence};
use rustpython_vm::types::{Callable, PyComparisonOp};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::RustPython;
use crate::convert::{disown, lend, object, own_outcome, plain_result, result};
use crate::function::{VectorArguments, VmArguments};
use crate::object::compare_op;
use crate::slots::{New, SlotEntry, Target};
use crate::vm::{enter, vm};

/// An entry that stores one function in one or more slots of the table.
macro_rules! entry {
    ($function:expr => $($($place:ident).+),+) => {
        slot(|target| {
            $(target.slots().$($place).+.store(Some($function));)+
        })
    };
}

/// Creates a protocol from the function that stores it in the table.
pub(crate) const fn slot(install: fn(&mut Target)) -> Protocol<RustPython> {
    Protocol::Slot(SlotEntry(install))
}

/// Calls `__len__`. Python requires a length of at most `sys.maxsize`.
fn length<F: LenFn<RustPython>>(receiver: &PyObject, vm: &VirtualMachine) -> PyResult<usize> {
    let length = plain_result(enter(vm, |py| F::call(py, lend(receiver))))?;
    if isize::try_from(length).is_err() {
        return Err(vm.new_overflow_error("cannot fit 'int' into an index-sized integer"));
    }
    Ok(length)
}

impl ProtocolOps for RustPython {
    fn slot_unary<C: Class<Self>, F: UnaryFn<Self>>(which: UnarySlot) -> Protocol<Self> {
        match which {
            UnarySlot::Repr => entry!(|object, vm| text::<F>(object, "__repr__", vm) => repr),
            UnarySlot::Str => entry!(|object, vm| text::<F>(object, "__str__", vm) => str),
            UnarySlot::Iter => entry!(iter::<F> => iter),
            UnarySlot::Negative => entry!(number::<F> => as_number.negative),
            UnarySlot::Positive => entry!(number::<F> => as_number.positive),
            UnarySlot::Absolute => entry!(number::<F> => as_number.absolute),
            UnarySlot::Invert => entry!(number::<F> => as_number.invert),
            UnarySlot::Int => entry!(number::<F> => as_number.int),
            UnarySlot::Float => entry!(number::<F> => as_number.float),
            UnarySlot::Index => entry!(number::<F> => as_number.index),
            UnarySlot::Await => slot(|target| target.add_method("__await__", unary_method::<F>())),
            UnarySlot::AsyncIter => slot(|target| target.add_method("__aiter__", unary_method::<F>())),
            UnarySlot::AsyncNext => slot(|target| target.add_method("__anext__", unary_method::<F>())),
        }
    }

    fn slot_next<C: Class<Self>, F: NextFn<Self>>() -> Protocol<Self> {
        entry!(next::<F> => iternext)
    }

    fn slot_len<C: Class<Self>, F: LenFn<Self>>() -> Protocol<Self> {
        slot(|target| {
            let slots = target.slots();
            if target.flags.sequence {
                slots.as_sequence.length.store(Some(|sequence, vm| length::<F>(sequence.obj, vm)));
            } else {
                slots.as_mapping.length.store(Some(|mapping, vm| length::<F>(mapping.obj, vm)));
            }
        })
    }

    fn slot_hash<C: Class<Self>, F: HashFn<Self>>() -> Protocol<Self> {
        entry!(hash::<F> => hash)
    }

    fn slot_bool<C: Class<Self>, F: BoolFn<Self>>() -> Protocol<Self> {
        entry!(|number: PyNumber<'_>, vm| plain_result(enter(vm, |py| F::call(py, lend(number.obj)))) => as_number.boolean)
    }

    fn slot_contains<C: Class<Self>, F: ContainsFn<Self>>() -> Protocol<Self> {
        entry!(contains::<F> => as_sequence.contains)
    }

    fn slot_binary<C: Class<Self>, F: BinaryFn<Self>>(which: BinarySlot) -> Protocol<Self> {
        match which {
            BinarySlot::Add => entry!(binary::<F> => as_number.add, as_number.right_add),
            BinarySlot::Subtract => entry!(binary::<F> => as_number.subtract, as_number.right_subtract),
            BinarySlot::Multiply => entry!(binary::<F> => as_number.multiply, as_number.right_multiply),
            BinarySlot::MatrixMultiply => {
                entry!(binary::<F> => as_number.matrix_multiply, as_number.right_matrix_multiply)
            }
            BinarySlot::TrueDivide => entry!(binary::<F> => as_number.true_divide, as_number.right_true_divide),
            BinarySlot::FloorDivide => entry!(binary::<F> => as_number.floor_divide, as_number.right_floor_divide),
            BinarySlot::Remainder => entry!(binary::<F> => as_number.remainder, as_number.right_remainder),
            BinarySlot::DivMod => entry!(binary::<F> => as_number.divmod, as_number.right_divmod),
            BinarySlot::LeftShift => entry!(binary::<F> => as_number.lshift, as_number.right_lshift),
            BinarySlot::RightShift => entry!(binary::<F> => as_number.rshift, as_number.right_rshift),
            BinarySlot::And => entry!(binary::<F> => as_number.and, as_number.right_and),
            BinarySlot::Or => entry!(binary::<F> => as_number.or, as_number.right_or),
            BinarySlot::Xor => entry!(binary::<F> => as_number.xor, as_number.right_xor),
            BinarySlot::InplaceAdd => entry!(binary::<F> => as_number.inplace_add),
            BinarySlot::InplaceSubtract => entry!(binary::<F> => as_number.inplace_subtract),
            BinarySlot::InplaceMultiply => entry!(binary::<F> => as_number.inplace_multiply),
            BinarySlot::InplaceMatrixMultiply => entry!(binary::<F> => as_number.inplace_matrix_multiply),
            BinarySlot::InplaceTrueDivide => entry!(binary::<F> => as_number.inplace_true_divide),
            BinarySlot::InplaceFloorDivide => entry!(binary::<F> => as_number.inplace_floor_divide),
            BinarySlot::InplaceRemainder => entry!(binary::<F> => as_number.inplace_remainder),
            BinarySlot::InplaceLeftShift => entry!(binary::<F> => as_number.inplace_lshift),
            BinarySlot::InplaceRightShift => entry!(binary::<F> => as_number.inplace_rshift),
            BinarySlot::InplaceAnd => entry!(binary::<F> => as_number.inplace_and),
            BinarySlot::InplaceOr => entry!(binary::<F> => as_number.inplace_or),
            BinarySlot::InplaceXor => entry!(binary::<F> => as_number.inplace_xor),
            BinarySlot::Concat => entry!(concat::<F> => as_sequence.concat),
            BinarySlot::InplaceConcat => entry!(concat::<F> => as_sequence.inplace_concat),
            BinarySlot::GetItem => slot(|target| {
                let slots = target.slots();
                slots
                    .as_mapping
                    .subscript
                    .store(Some(|mapping: PyMapping<'_>, key, vm| binary::<F>(mapping.obj, key, vm)));
                if !target.flags.mapping {
                    slots.as_sequence.item.store(Some(item::<F>));
                }
            }),
            BinarySlot::GetAttribute => {
                entry!(|object, name: &Py<PyStr>, vm| binary::<F>(object, name.as_object(), vm) => getattro)
            }
        }
    }

    fn slot_repeat<C: Class<Self>, F: RepeatFn<Self>>(which: RepeatSlot) -> Protocol<Self> {
        match which {
            RepeatSlot::Repeat => entry!(repeat::<F> => as_sequence.repeat),
            RepeatSlot::InplaceRepeat => entry!(repeat::<F> => as_sequence.inplace_repeat),
        }
    }

    fn slot_ternary<C: Class<Self>, F: TernaryFn<Self>>(which: TernarySlot) -> Protocol<Self> {
        match which {
            TernarySlot::Power => entry!(ternary::<F> => as_number.power, as_number.right_power),
            TernarySlot::InplacePower => entry!(ternary::<F> => as_number.inplace_power),
        }
    }

    fn slot_compare<C: Class<Self>, F: CompareFn<Self>>() -> Protocol<Self> {
        entry!(compare::<F> => richcompare)
    }

    fn slot_set<C: Class<Self>, F: SetFn<Self>>(which: SetSlot) -> Protocol<Self> {
        match which {
            SetSlot::Item => slot(|target| {
                let slots = target.slots();
                slots.as_mapping.ass_subscript.store(Some(|mapping: PyMapping<'_>, key, value, vm| {
                    set::<F>(mapping.obj, key, value.as_deref(), vm)
                }));
                if !target.flags.mapping {
                    slots.as_sequence.ass_item.store(Some(|sequence: PySequence<'_>, index, value, vm| {
                        set::<F>(sequence.obj, vm.ctx.new_int(index).as_object(), value.as_deref(), vm)
                    }));
                }
            }),
            SetSlot::Attribute => entry!(
                |object, name: &Py<PyStr>, value, vm| set::<F>(object, name.as_object(), assigned(&value), vm) => setattro
            ),
            SetSlot::Descriptor => entry!(
                |object, instance: PyObjectRef, value, vm| set::<F>(object, &instance, assigned(&value), vm) => descr_set
            ),
        }
    }

    fn slot_descriptor_get<C: Class<Self>, F: DescriptorGetFn<Self>>() -> Protocol<Self> {
        entry!(descriptor_get::<F> => descr_get)
    }

    fn slot_call<C: Class<Self>, F: Function<Self>>() -> Protocol<Self> {
        entry!(call::<F> => call)
    }

    fn slot_constructor<C: Class<Self>, F: Function<Self>>() -> SlotEntry {
        SlotEntry(|target| {
            target.slots().new.store(Some(new::<F>));
            target.construct = Some(construct::<F>);
        })
    }

    fn slot_init<C: Class<Self>, F: Function<Self>>() -> Protocol<Self> {
        entry!(|object, arguments, vm| call::<F>(object, arguments, vm).map(drop) => init)
    }

    fn slot_generic_get_attribute<'py>(
        py: Attached<'py, Self>,
        handle: Ref<'_, Self>,
        name: Ref<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let vm = vm(py);
        let name = attribute_name(object(name), vm);
        own_outcome(py, name.and_then(|name| object(handle).generic_getattr(name, vm)))
    }
}

/// Returns the name of an attribute.
fn attribute_name<'a>(name: &'a PyObject, vm: &VirtualMachine) -> PyResult<&'a Py<PyStr>> {
    name.downcast_ref::<PyStr>()
        .ok_or_else(|| vm.new_type_error(format!("attribute name must be string, not '{}'", name.class().name())))
}

fn assigned(value: &PySetterValue) -> Option<&PyObject> {
    match value {
        PySetterValue::Assign(value) => Some(value),
        PySetterValue::Delete => None,
    }
}

fn unary<F: UnaryFn<RustPython>>(object: &PyObject, vm: &VirtualMachine) -> PyResult {
    result(enter(vm, |py| F::call(py, lend(object))))
}

fn number<F: UnaryFn<RustPython>>(number: PyNumber<'_>, vm: &VirtualMachine) -> PyResult {
    unary::<F>(number.obj, vm)
}

fn iter<F: UnaryFn<RustPython>>(object: PyObjectRef, vm: &VirtualMachine) -> PyResult {
    unary::<F>(&object, vm)
}

fn text<F: UnaryFn<RustPython>>(object: &PyObject, name: &str, vm: &VirtualMachine) -> PyResult<PyRef<PyStr>> {
    unary::<F>(object, vm)?
        .downcast::<PyStr>()
        .map_err(|other| vm.new_type_error(format!("{name} returned non-string (type {})", other.class().name())))
}

/// Returns a method for a protocol without a slot.
fn unary_method<F: UnaryFn<RustPython>>() -> &'static dyn PyNativeFn {
    static_raw_func(|vm: &VirtualMachine, arguments: FuncArgs, _: Callee| match arguments.args.split_first() {
        Some((receiver, [])) if arguments.kwargs.is_empty() => unary::<F>(receiver, vm),
        Some((_, rest)) => {
            Err(vm.new_type_error(format!("expected 0 arguments, got {}", rest.len() + arguments.kwargs.len())))
        }
        None => Err(vm.new_type_error("an unbound method needs an argument")),
    })
}

fn next<F: NextFn<RustPython>>(object: &PyObject, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
    match plain_result(enter(vm, |py| F::call(py, lend(object)))) {
        Ok(Some(item)) => Ok(PyIterReturn::Return(disown(item))),
        Ok(None) => Ok(PyIterReturn::StopIteration(None)),
        // A raised `StopIteration` also ends the iteration, with its value.
        Err(raised) => PyIterReturn::from_pyresult(Err(raised), vm),
    }
}

fn hash<F: HashFn<RustPython>>(object: &PyObject, vm: &VirtualMachine) -> PyResult<i64> {
    // C uses -1 for an error, so Python code never sees it as a hash.
    plain_result(enter(vm, |py| F::call(py, lend(object)))).map(|hash| if hash == -1 { -2 } else { hash as i64 })
}

fn contains<F: ContainsFn<RustPython>>(
    sequence: PySequence<'_>,
    value: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<bool> {
    plain_result(enter(vm, |py| F::call(py, lend(sequence.obj), lend(value))))
}

fn binary<F: BinaryFn<RustPython>>(left: &PyObject, right: &PyObject, vm: &VirtualMachine) -> PyResult {
    result(enter(vm, |py| F::call(py, lend(left), lend(right))))
}

fn concat<F: BinaryFn<RustPython>>(sequence: PySequence<'_>, other: &PyObject, vm: &VirtualMachine) -> PyResult {
    binary::<F>(sequence.obj, other, vm)
}

fn repeat<F: RepeatFn<RustPython>>(sequence: PySequence<'_>, count: isize, vm: &VirtualMachine) -> PyResult {
    result(enter(vm, |py| F::call(py, lend(sequence.obj), count)))
}

fn item<F: BinaryFn<RustPython>>(sequence: PySequence<'_>, index: isize, vm: &VirtualMachine) -> PyResult {
    binary::<F>(sequence.obj, vm.ctx.new_int(index).as_object(), vm)
}

fn ternary<F: TernaryFn<RustPython>>(
    left: &PyObject,
    right: &PyObject,
    third: &PyObject,
    vm: &VirtualMachine,
) -> PyResult {
    result(enter(vm, |py| F::call(py, lend(left), lend(right), lend(third))))
}

fn compare<F: CompareFn<RustPython>>(
    object: &PyObject,
    other: &PyObject,
    op: PyComparisonOp,
    vm: &VirtualMachine,
) -> PyResult<Either<PyObjectRef, PyComparisonValue>> {
    // The VM accepts the object `NotImplemented` here.
    result(enter(vm, |py| F::call(py, lend(object), lend(other), compare_op(op)))).map(Either::A)
}

fn set<F: SetFn<RustPython>>(
    object: &PyObject,
    key: &PyObject,
    value: Option<&PyObject>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    plain_result(enter(vm, |py| F::call(py, lend(object), lend(key), value.map(lend))))
}

fn descriptor_get<F: DescriptorGetFn<RustPython>>(
    object: &PyObject,
    instance: Option<&PyObject>,
    owner: Option<&PyObject>,
    vm: &VirtualMachine,
) -> PyResult {
    result(enter(vm, |py| F::call(py, lend(object), instance.map(lend), owner.map(lend))))
}

fn call<F: Function<RustPython>>(object: &PyObject, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    result(enter(vm, |py| F::call(py, Some(lend(object)), VmArguments::function(&arguments))))
}

fn new<F: Function<RustPython>>(class: PyTypeRef, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult {
    result(enter(vm, |py| F::call(py, Some(lend(class.as_object())), VmArguments::function(&arguments))))
}

/// Creates an instance without copying the arguments for an `__init__` that would ignore them.
fn construct<F: Function<RustPython>>(
    callee: &PyObject,
    arguments: Vec<PyObjectRef>,
    positional: usize,
    names: Option<&[PyObjectRef]>,
    vm: &VirtualMachine,
) -> PyResult {
    let own_new: New = new::<F>;
    let Some(class) = callee.downcast_ref::<PyType>() else {
        // A `__call__` was added to the type after it was created, and the VM has one slot for calling a type and for
        // calling its instances. This is an instance.
        let arguments = FuncArgs::from_vectorcall_owned(arguments, positional, names);
        return match callee.class().slots().call.load() {
            Some(call) => call(callee, arguments, vm),
            None => Err(vm.new_type_error(format!("'{}' object is not callable", callee.class().name()))),
        };
    };
    let slots = class.slots();
    let plain_init = vm.ctx.types.object_type.slots().init.load().map(|init| init as usize);
    let is_plain = slots.init.load().map(|init| init as usize) == plain_init
        && slots.new.load().is_some_and(|new| new as usize == own_new as usize);
    if !is_plain {
        return PyType::call(class, FuncArgs::from_vectorcall_owned(arguments, positional, names), vm);
    }
    let view = VectorArguments::new(&arguments, positional, names.unwrap_or_default());
    result(enter(vm, |py| F::call(py, Some(lend(callee)), VmArguments::vectorcall(&view))))
}
