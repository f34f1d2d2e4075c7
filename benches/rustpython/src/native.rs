//! The same function without pyo3.

use rustpython_vm::builtins::PyInt;
use rustpython_vm::function::{Callee, FuncArgs, ItemDoc, PyMethodDef, PyMethodFlags};
use rustpython_vm::vm::thread::with_current_vm;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine, pymodule};

/// Creates the module `native`.
///
/// # Panics
///
/// Panics if the thread is not attached to a virtual machine, or if the module cannot be created.
pub fn register() {
    with_current_vm(|vm| -> PyResult<()> {
        let definition = derived::module_def(&vm.ctx);
        let module = definition.create_module(vm)?;
        definition.exec_module(vm, &module)?;
        module.set_attr("raw_add3", RAW.build_function(&vm.ctx), vm)?;
        vm.sys_module.get_attr("modules", vm)?.set_item("native", module.into(), vm)
    })
    .expect("a module can be made");
}

/// With the derive macros of rustpython-vm.
#[pymodule(name = "native")]
mod derived {
    #[pyfunction]
    fn add3(a: i64, b: i64, c: i64) -> i64 {
        a.wrapping_add(b).wrapping_add(c)
    }
}

static RAW: PyMethodDef = PyMethodDef::new_raw_const(
    "raw_add3",
    raw_add3,
    PyMethodFlags::FASTCALL.union(PyMethodFlags::KEYWORDS),
    ItemDoc::NONE,
);

/// Written by hand, with only the checks that Python requires.
fn raw_add3(vm: &VirtualMachine, arguments: FuncArgs, _: Callee) -> PyResult {
    let number = |object: &PyObjectRef| match object.downcast_ref::<PyInt>() {
        Some(number) => number.try_to_primitive::<i64>(vm),
        None => Err(vm.new_type_error("not an integer")),
    };
    match &arguments.args[..] {
        [a, b, c] if arguments.kwargs.is_empty() => {
            let sum = number(a)?.wrapping_add(number(b)?).wrapping_add(number(c)?);
            Ok(vm.ctx.new_int(sum).into())
        }
        _ => Err(vm.new_type_error("raw_add3() takes three positional arguments")),
    }
}
