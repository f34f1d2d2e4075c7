//! Attributes, calls, protocols, exceptions, modules.

use std::hint::black_box;

use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::PyList;
use rustpython_vm::types::PyComparisonOp;
use rustpython_vm::{PyObjectRef, VirtualMachine};

use crate::pair::{VmResult, number, pairs};

/// The class and the functions that are called.
const CODE: &str = "class C:\n    def __init__(self):\n        self.x = 1\n    def m(self, a):\n        return a\n\ndef f(*args): pass\no = C()\n";

fn py_global<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    let globals = pyo3::types::PyDict::new(py);
    py.run(&std::ffi::CString::new(CODE)?, Some(&globals), None)?;
    globals.as_any().get_item(name)
}

fn global(vm: &VirtualMachine, name: &str) -> VmResult<PyObjectRef> {
    let scope = vm.new_scope_with_builtins();
    vm.run_string(scope.clone(), CODE, "<bench>").map(drop)?;
    scope.globals.get_item(name, vm)
}

pairs! {
    object:

    getattr:
        |py| { let object = py_global(py, "o")?; } black_box(&object).getattr(intern!(py, "x"))?,
        |vm| { let object = global(vm, "o")?; let name = vm.ctx.intern_str("x"); } black_box(&object).get_attr(name, vm)?;
    getattr_missing:
        |py| { let object = py_global(py, "o")?; } black_box(&object).getattr_opt(intern!(py, "y"))?,
        |vm| { let object = global(vm, "o")?; let name = vm.ctx.intern_str("y"); } vm.get_attribute_opt(black_box(&object), name)?;
    setattr:
        |py| { let object = py_global(py, "o")?; let value = 7_i64.into_pyobject(py)?; } black_box(&object).setattr(intern!(py, "x"), &value)?,
        |vm| { let object = global(vm, "o")?; let name = vm.ctx.intern_str("x"); let value = number(vm, 7); }
            black_box(&object).set_attr(name, value.clone(), vm)?;
    call0:
        |py| { let f = py_global(py, "f")?; } black_box(&f).call0()?,
        |vm| { let f = global(vm, "f")?; } black_box(&f).call((), vm)?;
    call1:
        |py| { let f = py_global(py, "f")?; let a = 7_i64.into_pyobject(py)?; } black_box(&f).call1((&a, &a))?,
        |vm| { let f = global(vm, "f")?; let a = number(vm, 7); } black_box(&f).call((a.clone(), a.clone()), vm)?;
    call_method1:
        |py| { let object = py_global(py, "o")?; let a = 7_i64.into_pyobject(py)?; }
            black_box(&object).call_method1(intern!(py, "m"), (&a,))?,
        |vm| { let object = global(vm, "o")?; let a = number(vm, 7); } vm.call_method(black_box(&object), "m", (a.clone(),))?;
    hash:
        |py| { let object = 70_000_i64.into_pyobject(py)?; } black_box(&object).hash()?,
        |vm| { let object = number(vm, 70_000); } black_box(&object).hash(vm)?;
    repr:
        |py| { let object = 70_000_i64.into_pyobject(py)?; } black_box(&object).repr()?,
        |vm| { let object = number(vm, 70_000); } black_box(&object).repr(vm)?;
    str:
        |py| { let object = 70_000_i64.into_pyobject(py)?; } black_box(&object).str()?,
        |vm| { let object = number(vm, 70_000); } black_box(&object).str(vm)?;
    eq:
        |py| { let a = 70_000_i64.into_pyobject(py)?; let b = 70_000_i64.into_pyobject(py)?; } black_box(a.as_any()).eq(&b)?,
        |vm| { let a = number(vm, 70_000); let b = number(vm, 70_000); } black_box(&a).rich_compare_bool(&b, PyComparisonOp::Eq, vm)?;
    lt:
        |py| { let a = 70_000_i64.into_pyobject(py)?; let b = 80_000_i64.into_pyobject(py)?; } black_box(a.as_any()).lt(&b)?,
        |vm| { let a = number(vm, 70_000); let b = number(vm, 80_000); } black_box(&a).rich_compare_bool(&b, PyComparisonOp::Lt, vm)?;
    truth:
        |py| { let list = PyList::new(py, 0..3)?; } black_box(list.as_any()).is_truthy()?,
        |vm| { let list: PyObjectRef = vm.ctx.new_list(vec![number(vm, 1)]).into(); } list.clone().is_true(vm)?;
    len:
        |py| { let list = PyList::new(py, 0..3)?; } black_box(list.as_any()).len()?,
        |vm| { let list: PyObjectRef = vm.ctx.new_list(vec![number(vm, 1)]).into(); } black_box(&list).length(vm)?;
    get_item:
        |py| { let list = PyList::new(py, 0..3)?; let index = 1_i64.into_pyobject(py)?; } black_box(list.as_any()).get_item(&index)?,
        |vm| { let list: PyObjectRef = vm.ctx.new_list(vec![number(vm, 1), number(vm, 2)]).into(); let index = number(vm, 1); }
            black_box(&list).get_item(&*index, vm)?;
    iterate large:
        |py| { let list = PyList::new(py, 0..1000)?; } for item in black_box(list.as_any()).try_iter()? { black_box(item?); },
        |vm| { let list: PyObjectRef = vm.ctx.new_list((0..1000).map(|value| number(vm, value)).collect()).into(); }
            for item in black_box(&list).get_iter(vm)?.into_iter::<PyObjectRef>(vm) { black_box(item?); };
    is_instance:
        |py| { let object = py_global(py, "o")?; let class = py_global(py, "C")?; } black_box(&object).is_instance(&class)?,
        |vm| { let object = global(vm, "o")?; let class = global(vm, "C")?; } black_box(&object).is_instance(&class, vm)?;
    type_of:
        |py| { let object = py_global(py, "o")?; } black_box(&object).get_type(),
        |vm| { let object = global(vm, "o")?; } black_box(&object).class().to_owned();
    clone:
        |py| { let object = py_global(py, "o")?; } black_box(&object).clone(),
        |vm| { let object = global(vm, "o")?; } black_box(&object).clone();
    none:
        |py| {} py.None(),
        |vm| {} vm.ctx.none();
    import:
        |py| {} py.import(intern!(py, "sys"))?,
        |vm| { let name = vm.ctx.intern_str("sys"); } vm.import(name, 0)?;
    exception:
        |py| {} PyValueError::new_err("wrong").into_value(py),
        |vm| {} vm.new_value_error("wrong");
    failing_call:
        |py| { let f = py.eval(c"int", None, None)?; } black_box(&f).call1(("x",)).is_err(),
        |vm| { let f: PyObjectRef = vm.ctx.types.int_type.to_owned().into(); } black_box(&f).call((vm.ctx.new_str("x"),), vm).is_err();
    attach:
        |py| {} { let _ = py; Python::attach(|py| black_box(py.None())) },
        |vm| {} { let _ = vm; rustpython_vm::vm::thread::with_current_vm(|vm| black_box(vm.ctx.none())) };
}
