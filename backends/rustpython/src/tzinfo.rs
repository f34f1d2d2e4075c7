//! Methods that classes that extend `datetime.tzinfo` need in addition to the inherited ones.
//!
//! Three methods of `tzinfo` require a private payload of the VM, although they do not use it. So instances of our
//! classes call them on a plain `tzinfo`.

use rustpython_vm::builtins::PyType;
use rustpython_vm::function::{Callee, FuncArgs, ItemDoc, PyMethodFlags};
use rustpython_vm::{AsObject, Context, Py, PyResult, VirtualMachine};

use crate::convert::leak;
use crate::function::leak_definition;

/// Adds these methods to a class if its base is `tzinfo`.
pub(crate) fn add_methods(class: &'static Py<PyType>, base: &Py<PyType>, ctx: &'static Context) {
    if base.heaptype_ext().is_some() || *base.slot_name() != *"datetime.tzinfo" {
        return;
    }
    for name in ["tzname", "utcoffset", "dst"] {
        let base = base.to_owned();
        let native = leak(move |vm: &VirtualMachine, mut arguments: FuncArgs, _: Callee| -> PyResult {
            // Removes the receiver, which the VM has checked.
            drop(arguments.take_positional());
            let bare = base.as_object().call((), vm)?;
            vm.call_method(&bare, name, arguments)
        });
        let flags = PyMethodFlags::METHOD.union(PyMethodFlags::FASTCALL);
        let definition = leak_definition(name, ItemDoc::NONE, flags, native);
        class.set_attr(ctx.intern_str(name), definition.to_proper_method(class, ctx));
    }
}
