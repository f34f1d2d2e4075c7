//! Slots: the functions in a type's table that implement operators and syntax for a class.
//!
//! The VM's slots are plain function pointers without data, so `protocol` monomorphises a function for each protocol
//! function. A [`SlotEntry`] stores it in the right slot.

use pyo3_backend::ClassFlags;
use rustpython_vm::builtins::PyType;
use rustpython_vm::function::{FuncArgs, ItemDoc, PyMethodFlags, PyNativeFn};
use rustpython_vm::types::PyTypeSlots;
use rustpython_vm::{Context, Py, PyObjectRef, PyResult, VirtualMachine};

use crate::function::leak_definition;

/// A function that fills one or more slots of a type.
pub struct SlotEntry(pub(crate) fn(&mut Target));

/// The type whose slots are filled.
pub(crate) struct Target {
    pub(crate) class: &'static Py<PyType>,
    pub(crate) flags: ClassFlags,
    /// The fast way to create an instance, if the class has a constructor.
    pub(crate) construct: Option<Vectorcall>,
}

/// The VM's signature of a vectorcall.
pub(crate) type Vectorcall =
    fn(&rustpython_vm::PyObject, Vec<PyObjectRef>, usize, Option<&[PyObjectRef]>, &VirtualMachine) -> PyResult;

/// The VM's signature of `__new__`.
pub(crate) type New = fn(rustpython_vm::builtins::PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;

impl Target {
    /// Returns the table of slots.
    pub(crate) fn slots(&self) -> &'static PyTypeSlots {
        self.class.slots()
    }

    /// Adds a method, for protocols without a slot in the VM.
    pub(crate) fn add_method(&self, name: &'static str, native: &'static dyn PyNativeFn) {
        let ctx = Context::genesis();
        let flags = PyMethodFlags::METHOD.union(PyMethodFlags::FASTCALL);
        let definition = leak_definition(name, ItemDoc::NONE, flags, native);
        self.class.set_attr(ctx.intern_str(name), definition.build_method(ctx, self.class).into());
    }
}

/// Inherits the slots for the right operand from the base.
///
/// The VM inherits slots by the names in its table, which has a single entry for the left and the right form of an
/// operator.
pub(crate) fn inherit_right_operators(class: &Py<PyType>, base: &Py<PyType>) {
    macro_rules! inherit {
        ($($slot:ident)*) => {
            $(
                let number = &class.slots().as_number;
                if number.$slot.load().is_none() {
                    number.$slot.store(base.slots().as_number.$slot.load());
                }
            )*
        };
    }

    inherit! {
        right_add right_subtract right_multiply right_remainder right_divmod right_power right_lshift right_rshift right_and
        right_xor right_or right_floor_divide right_true_divide right_matrix_multiply
    }
}
