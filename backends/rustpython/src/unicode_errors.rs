//! The `__init__` that classes that extend `UnicodeDecodeError` and its relatives need.
//!
//! The VM's `__init__` of these stores the five fields, and relies on `__new__` for `args`. But the native part of our
//! instances is created without arguments. So such a class has an `__init__` that first stores `args`.

use rustpython_vm::builtins::{PyBaseException, PyType};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::types::Initializer;
use rustpython_vm::{AsObject, Context, Py, PyObject, PyResult, VirtualMachine};

/// Adds that `__init__` to the class if its base is one of these errors.
pub(crate) fn add_init(class: &Py<PyType>, base: &Py<PyType>, ctx: &Context) {
    if is_one(base, ctx) {
        class.slots().init.store(Some(init));
    }
}

fn is_one(class: &Py<PyType>, ctx: &Context) -> bool {
    let exceptions = &ctx.exceptions;
    [exceptions.unicode_decode_error, exceptions.unicode_encode_error, exceptions.unicode_translate_error]
        .iter()
        .any(|error| class.is(*error))
}

fn init(error: &PyObject, arguments: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    PyBaseException::slot_init(error, arguments.clone(), vm)?;
    let native = error.class().iter_base_chain().find(|class| is_one(class, &vm.ctx));
    match native.and_then(|native| native.slots().init.load()) {
        Some(init) => init(error, arguments, vm),
        None => Ok(()),
    }
}
