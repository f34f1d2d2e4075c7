//! `typeslots.h` and the slot numbers of modules: the meaning of entries in slot tables.

#[cfg(Py_3_15)]
use crate::*;
use core::ffi::c_int;
#[cfg(Py_3_15)]
use core::ffi::c_void;

constants! {
    Py_mp_subscript: c_int = 5;
    Py_nb_absolute: c_int = 6;
    Py_nb_add: c_int = 7;
    Py_nb_and: c_int = 8;
    Py_nb_bool: c_int = 9;
    Py_nb_divmod: c_int = 10;
    Py_nb_float: c_int = 11;
    Py_nb_floor_divide: c_int = 12;
    Py_nb_index: c_int = 13;
    Py_nb_inplace_add: c_int = 14;
    Py_nb_inplace_and: c_int = 15;
    Py_nb_inplace_floor_divide: c_int = 16;
    Py_nb_inplace_lshift: c_int = 17;
    Py_nb_inplace_multiply: c_int = 18;
    Py_nb_inplace_or: c_int = 19;
    Py_nb_inplace_power: c_int = 20;
    Py_nb_inplace_remainder: c_int = 21;
    Py_nb_inplace_rshift: c_int = 22;
    Py_nb_inplace_subtract: c_int = 23;
    Py_nb_inplace_true_divide: c_int = 24;
    Py_nb_inplace_xor: c_int = 25;
    Py_nb_int: c_int = 26;
    Py_nb_invert: c_int = 27;
    Py_nb_lshift: c_int = 28;
    Py_nb_multiply: c_int = 29;
    Py_nb_negative: c_int = 30;
    Py_nb_or: c_int = 31;
    Py_nb_positive: c_int = 32;
    Py_nb_power: c_int = 33;
    Py_nb_remainder: c_int = 34;
    Py_nb_rshift: c_int = 35;
    Py_nb_subtract: c_int = 36;
    Py_nb_true_divide: c_int = 37;
    Py_nb_xor: c_int = 38;
    Py_sq_ass_item: c_int = 39;
    Py_sq_concat: c_int = 40;
    Py_sq_contains: c_int = 41;
    Py_sq_inplace_concat: c_int = 42;
    Py_sq_inplace_repeat: c_int = 43;
    Py_sq_item: c_int = 44;
    Py_sq_length: c_int = 45;
    Py_sq_repeat: c_int = 46;
    Py_tp_alloc: c_int = 47;
    Py_tp_base: c_int = 48;
    Py_tp_bases: c_int = 49;
    Py_tp_call: c_int = 50;
    Py_tp_clear: c_int = 51;
    Py_tp_dealloc: c_int = 52;
    Py_tp_del: c_int = 53;
    Py_tp_descr_get: c_int = 54;
    Py_tp_descr_set: c_int = 55;
    Py_tp_doc: c_int = 56;
    Py_tp_getattr: c_int = 57;
    Py_tp_getattro: c_int = 58;
    Py_tp_hash: c_int = 59;
    Py_tp_init: c_int = 60;
    Py_tp_is_gc: c_int = 61;
    Py_tp_iter: c_int = 62;
    Py_tp_iternext: c_int = 63;
    Py_tp_methods: c_int = 64;
    Py_tp_new: c_int = 65;
    Py_tp_repr: c_int = 66;
    Py_tp_richcompare: c_int = 67;
    Py_tp_setattr: c_int = 68;
    Py_tp_setattro: c_int = 69;
    Py_tp_str: c_int = 70;
    Py_tp_traverse: c_int = 71;
    Py_tp_members: c_int = 72;
    Py_tp_getset: c_int = 73;
    Py_tp_free: c_int = 74;
    Py_nb_matrix_multiply: c_int = 75;
    Py_nb_inplace_matrix_multiply: c_int = 76;
    Py_am_await: c_int = 77;
    Py_am_aiter: c_int = 78;
    Py_am_anext: c_int = 79;
    Py_tp_finalize: c_int = 80;
    // CPython supports these from 3.10 or 3.14 on, and rejects them before.
    Py_am_send: c_int = 81;
    Py_tp_vectorcall: c_int = 82;
    Py_tp_token: c_int = 83;
}

// 3.15 moved the slots of modules, whose numbers clashed with others, to a common numbering.
constants! {
    Py_mod_create: c_int = if cfg!(Py_3_15) { 84 } else { 1 };
    Py_mod_exec: c_int = if cfg!(Py_3_15) { 85 } else { 2 };
    // CPython supports these from 3.12 and 3.13 on, and rejects them before.
    Py_mod_multiple_interpreters: c_int = if cfg!(Py_3_15) { 86 } else { 3 };
    Py_mod_gil: c_int = if cfg!(Py_3_15) { 87 } else { 4 };
    Py_bf_getbuffer: c_int = if cfg!(Py_3_15) { 88 } else { 1 };
    Py_bf_releasebuffer: c_int = if cfg!(Py_3_15) { 89 } else { 2 };
    Py_mp_ass_subscript: c_int = if cfg!(Py_3_15) { 90 } else { 3 };
    Py_mp_length: c_int = if cfg!(Py_3_15) { 91 } else { 4 };
}

#[cfg(Py_3_15)]
pub use self::typed::*;

/// The slot tables of 3.15, with typed values and flags.
#[cfg(Py_3_15)]
mod typed {
    use super::*;

    constants! {
        Py_slot_end: c_int = 0;
        Py_slot_subslots: c_int = 92;
        Py_tp_slots: c_int = 93;
        Py_mod_slots: c_int = 94;
        Py_tp_name: c_int = 95;
        Py_tp_basicsize: c_int = 96;
        Py_tp_extra_basicsize: c_int = 97;
        Py_tp_itemsize: c_int = 98;
        Py_tp_flags: c_int = 99;
        Py_mod_name: c_int = 100;
        Py_mod_doc: c_int = 101;
        Py_mod_state_size: c_int = 102;
        Py_mod_methods: c_int = 103;
        Py_mod_state_traverse: c_int = 104;
        Py_mod_state_clear: c_int = 105;
        Py_mod_state_free: c_int = 106;
        Py_tp_metaclass: c_int = 107;
        Py_tp_module: c_int = 108;
        Py_mod_abi: c_int = 109;
        Py_mod_token: c_int = 110;
        Py_slot_invalid: u16 = 0xffff;
        PySlot_OPTIONAL: u16 = 0x01;
        PySlot_STATIC: u16 = 0x02;
        PySlot_INTPTR: u16 = 0x04;
    }

    fn_types! { _Py_funcptr_t: fn(); }

    /// The value of a [`PySlot`] (an anonymous union in C). The number of the slot determines the member.
    #[repr(C)]
    #[derive(Clone, Copy)]
    pub union PySlotValue {
        /// A pointer to data.
        pub sl_ptr: *mut c_void,
        /// A pointer to a function.
        pub sl_func: Option<_Py_funcptr_t>,
        /// A size.
        pub sl_size: Py_ssize_t,
        /// A signed number.
        pub sl_int64: i64,
        /// An unsigned number.
        pub sl_uint64: u64,
    }

    structs! {
        #[derive(Clone, Copy)]
        struct PySlot { sl_id: u16, sl_flags: u16, sl_reserved: u32, sl_value: PySlotValue, }
    }

    const fn slot(id: c_int, flags: u16, value: PySlotValue) -> PySlot {
        assert!(id >= 0 && id <= u16::MAX as c_int, "a slot's number has 16 bits");
        PySlot { sl_id: id as u16, sl_flags: flags, sl_reserved: 0, sl_value: value }
    }

    macro_rules! slot_makers {
        ($($name:ident($ty:ty) = $field:ident, $flags:expr;)+) => {
            $(
                #[doc = concat!("C API macro `", stringify!($name), "`: a slot `id` with that kind of value.")]
                ///
                /// # Panics
                /// Panics if `id` does not fit in 16 bits.
                pub const fn $name(id: c_int, value: $ty) -> PySlot {
                    slot(id, $flags, PySlotValue { $field: value })
                }
            )+
        };
    }
    slot_makers! {
        PySlot_DATA(*mut c_void) = sl_ptr, PySlot_INTPTR;
        PySlot_PTR(*mut c_void) = sl_ptr, PySlot_INTPTR;
        PySlot_PTR_STATIC(*mut c_void) = sl_ptr, PySlot_INTPTR | PySlot_STATIC;
        PySlot_STATIC_DATA(*mut c_void) = sl_ptr, PySlot_STATIC;
        PySlot_SIZE(Py_ssize_t) = sl_size, 0;
        PySlot_INT64(i64) = sl_int64, 0;
        PySlot_UINT64(u64) = sl_uint64, 0;
    }

    /// C API macro `PySlot_FUNC`: a slot `id` that holds a function.
    ///
    /// # Safety
    /// `value` points to a function of the type that the slot requires.
    ///
    /// # Panics
    /// Panics if `value` is null or `id` does not fit in 16 bits.
    pub const unsafe fn PySlot_FUNC(id: c_int, value: *mut c_void) -> PySlot {
        assert!(!value.is_null(), "a function slot needs a function");
        // The representation is the same: code and data pointers have the same size on all platforms that Python
        // supports.
        slot(id, 0, PySlotValue { sl_ptr: value })
    }

    /// C API macro `PySlot_END`: the end of a slot table.
    pub const fn PySlot_END() -> PySlot {
        slot(Py_slot_end, 0, PySlotValue { sl_uint64: 0 })
    }
}
