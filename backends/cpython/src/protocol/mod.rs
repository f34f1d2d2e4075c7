//! Protocols as type slots.

use core::ffi::{c_int, c_void};

use pyo3_backend::{
    BinaryFn, BinarySlot, BoolFn, Class, CompareFn, ContainsFn, DescriptorGetFn, Function, HashFn, LenFn, NextFn,
    Protocol, ProtocolOps, RepeatFn, RepeatSlot, SetFn, SetSlot, TernaryFn, TernarySlot, UnaryFn, UnarySlot,
};
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::function::trampoline as call;
use crate::{At, CPython, Outcome, Owned, Ref};

#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
pub(crate) mod buffer;
pub(crate) mod trampoline;

/// A protocol function for the slots of a type.
///
/// Some protocols have a slot in both the mapping and the sequence protocol. The class decides which ones are filled.
pub struct SlotEntry {
    pub(crate) role: Role,
    pub(crate) function: *mut c_void,
}

/// The destination of a protocol function.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The slot with this number.
    Slot(c_int),
    /// `__len__`: the slot of the mapping protocol, or for a sequence that of the sequence protocol.
    Length,
    /// `__getitem__`: the slot of the mapping protocol, and the one with an index of the sequence protocol.
    GetItem,
    /// `__setitem__` and `__delitem__`: the same slots as for `GetItem`.
    SetItem,
    #[cfg_attr(
        not(any(not(Py_LIMITED_API), Py_3_11)),
        expect(dead_code, reason = "part of the stable ABI from 3.11 on")
    )]
    /// `__getbuffer__`, with `__releasebuffer__` if there is one: CPython treats an exporter that has it as mutable.
    Buffer {
        /// The function for `__releasebuffer__`.
        release: Option<*mut c_void>,
    },
}

impl SlotEntry {
    fn slot(slot: c_int, function: *mut c_void) -> Protocol<CPython> {
        Protocol::Slot(SlotEntry { role: Role::Slot(slot), function })
    }
}

impl From<SlotEntry> for Protocol<CPython> {
    fn from(entry: SlotEntry) -> Self {
        Protocol::Slot(entry)
    }
}

// The next two are functions of their own, because the methods below are compiled for each function of each class.

#[inline(never)]
fn unary(slot: UnarySlot, function: *mut c_void) -> Protocol<CPython> {
    let slot = match slot {
        UnarySlot::Repr => ffi::Py_tp_repr,
        UnarySlot::Str => ffi::Py_tp_str,
        UnarySlot::Iter => ffi::Py_tp_iter,
        UnarySlot::Negative => ffi::Py_nb_negative,
        UnarySlot::Positive => ffi::Py_nb_positive,
        UnarySlot::Absolute => ffi::Py_nb_absolute,
        UnarySlot::Invert => ffi::Py_nb_invert,
        UnarySlot::Int => ffi::Py_nb_int,
        UnarySlot::Float => ffi::Py_nb_float,
        UnarySlot::Index => ffi::Py_nb_index,
        UnarySlot::Await => ffi::Py_am_await,
        UnarySlot::AsyncIter => ffi::Py_am_aiter,
        UnarySlot::AsyncNext => ffi::Py_am_anext,
    };
    SlotEntry::slot(slot, function)
}

#[inline(never)]
fn binary(slot: BinarySlot, function: *mut c_void) -> Protocol<CPython> {
    let slot = match slot {
        BinarySlot::Add => ffi::Py_nb_add,
        BinarySlot::Subtract => ffi::Py_nb_subtract,
        BinarySlot::Multiply => ffi::Py_nb_multiply,
        BinarySlot::MatrixMultiply => ffi::Py_nb_matrix_multiply,
        BinarySlot::TrueDivide => ffi::Py_nb_true_divide,
        BinarySlot::FloorDivide => ffi::Py_nb_floor_divide,
        BinarySlot::Remainder => ffi::Py_nb_remainder,
        BinarySlot::DivMod => ffi::Py_nb_divmod,
        BinarySlot::LeftShift => ffi::Py_nb_lshift,
        BinarySlot::RightShift => ffi::Py_nb_rshift,
        BinarySlot::And => ffi::Py_nb_and,
        BinarySlot::Or => ffi::Py_nb_or,
        BinarySlot::Xor => ffi::Py_nb_xor,
        BinarySlot::InplaceAdd => ffi::Py_nb_inplace_add,
        BinarySlot::InplaceSubtract => ffi::Py_nb_inplace_subtract,
        BinarySlot::InplaceMultiply => ffi::Py_nb_inplace_multiply,
        BinarySlot::InplaceMatrixMultiply => ffi::Py_nb_inplace_matrix_multiply,
        BinarySlot::InplaceTrueDivide => ffi::Py_nb_inplace_true_divide,
        BinarySlot::InplaceFloorDivide => ffi::Py_nb_inplace_floor_divide,
        BinarySlot::InplaceRemainder => ffi::Py_nb_inplace_remainder,
        BinarySlot::InplaceLeftShift => ffi::Py_nb_inplace_lshift,
        BinarySlot::InplaceRightShift => ffi::Py_nb_inplace_rshift,
        BinarySlot::InplaceAnd => ffi::Py_nb_inplace_and,
        BinarySlot::InplaceOr => ffi::Py_nb_inplace_or,
        BinarySlot::InplaceXor => ffi::Py_nb_inplace_xor,
        BinarySlot::Concat => ffi::Py_sq_concat,
        BinarySlot::InplaceConcat => ffi::Py_sq_inplace_concat,
        BinarySlot::GetItem => return SlotEntry { role: Role::GetItem, function }.into(),
        BinarySlot::GetAttribute => ffi::Py_tp_getattro,
    };
    SlotEntry::slot(slot, function)
}

impl ProtocolOps for CPython {
    fn slot_unary<C: Class<Self>, F: UnaryFn<Self>>(slot: UnarySlot) -> Protocol<CPython> {
        unary(slot, trampoline::unary::<F> as *mut c_void)
    }

    fn slot_next<C: Class<Self>, F: NextFn<Self>>() -> Protocol<CPython> {
        SlotEntry::slot(ffi::Py_tp_iternext, trampoline::next::<F> as *mut c_void)
    }

    fn slot_len<C: Class<Self>, F: LenFn<Self>>() -> Protocol<CPython> {
        SlotEntry { role: Role::Length, function: trampoline::len::<F> as *mut c_void }.into()
    }

    fn slot_hash<C: Class<Self>, F: HashFn<Self>>() -> Protocol<CPython> {
        SlotEntry::slot(ffi::Py_tp_hash, trampoline::hash::<F> as *mut c_void)
    }

    fn slot_bool<C: Class<Self>, F: BoolFn<Self>>() -> Protocol<CPython> {
        SlotEntry::slot(ffi::Py_nb_bool, trampoline::bool::<F> as *mut c_void)
    }

    fn slot_contains<C: Class<Self>, F: ContainsFn<Self>>() -> Protocol<CPython> {
        SlotEntry::slot(ffi::Py_sq_contains, trampoline::contains::<F> as *mut c_void)
    }

    fn slot_binary<C: Class<Self>, F: BinaryFn<Self>>(slot: BinarySlot) -> Protocol<CPython> {
        binary(slot, trampoline::binary::<F> as *mut c_void)
    }

    fn slot_repeat<C: Class<Self>, F: RepeatFn<Self>>(slot: RepeatSlot) -> Protocol<CPython> {
        let slot = match slot {
            RepeatSlot::Repeat => ffi::Py_sq_repeat,
            RepeatSlot::InplaceRepeat => ffi::Py_sq_inplace_repeat,
        };
        SlotEntry::slot(slot, trampoline::repeat::<F> as *mut c_void)
    }

    fn slot_ternary<C: Class<Self>, F: TernaryFn<Self>>(slot: TernarySlot) -> Protocol<CPython> {
        let slot = match slot {
            TernarySlot::Power => ffi::Py_nb_power,
            TernarySlot::InplacePower => ffi::Py_nb_inplace_power,
        };
        SlotEntry::slot(slot, trampoline::ternary::<F> as *mut c_void)
    }

    fn slot_compare<C: Class<Self>, F: CompareFn<Self>>() -> Protocol<CPython> {
        SlotEntry::slot(ffi::Py_tp_richcompare, trampoline::compare::<F> as *mut c_void)
    }

    fn slot_set<C: Class<Self>, F: SetFn<Self>>(slot: SetSlot) -> Protocol<CPython> {
        let function = trampoline::set::<F> as *mut c_void;
        match slot {
            SetSlot::Item => SlotEntry { role: Role::SetItem, function }.into(),
            SetSlot::Attribute => SlotEntry::slot(ffi::Py_tp_setattro, function),
            SetSlot::Descriptor => SlotEntry::slot(ffi::Py_tp_descr_set, function),
        }
    }

    fn slot_descriptor_get<C: Class<Self>, F: DescriptorGetFn<Self>>() -> Protocol<CPython> {
        SlotEntry::slot(ffi::Py_tp_descr_get, trampoline::descriptor_get::<F> as *mut c_void)
    }

    fn slot_call<C: Class<Self>, F: Function<Self>>() -> Protocol<CPython> {
        SlotEntry::slot(ffi::Py_tp_call, call::tuple::<F> as *mut c_void)
    }

    fn slot_constructor<C: Class<Self>, F: Function<Self>>() -> SlotEntry {
        // Never called for `C.__new__(Other)`: CPython's wrapper of `tp_new` refuses that.
        SlotEntry { role: Role::Slot(ffi::Py_tp_new), function: call::tuple::<F> as *mut c_void }
    }

    fn slot_init<C: Class<Self>, F: Function<Self>>() -> Protocol<CPython> {
        SlotEntry::slot(ffi::Py_tp_init, call::init::<F> as *mut c_void)
    }

    fn slot_generic_get_attribute<'py>(py: At<'py>, object: Ref<'_>, name: Ref<'_>) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PyObject_GenericGetAttr(raw(object), raw(name)))
    }
}
