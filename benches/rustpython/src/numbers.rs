//! Integers, floats, bools.

use std::hint::black_box;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyFloat, PyInt};
use rustpython_vm::builtins::{PyFloat as VmFloat, PyInt as VmInt};
use rustpython_vm::{AsObject, VirtualMachine};

use crate::pair::{VmResult, pairs};

pairs! {
    number:

    small_int:
        |py| {} black_box(7_i64).into_pyobject(py)?,
        |vm| {} vm.ctx.new_int(black_box(7_i64));
    int:
        |py| {} black_box(70_000_i64).into_pyobject(py)?,
        |vm| {} vm.ctx.new_int(black_box(70_000_i64));
    int_value:
        |py| { let number = 70_000_i64.into_pyobject(py)?.into_any(); } black_box(&number).extract::<i64>()?,
        |vm| { let number: rustpython_vm::PyObjectRef = vm.ctx.new_int(70_000_i64).into(); }
            black_box(&number).downcast_ref::<VmInt>().ok_or_else(|| vm.new_type_error("no int"))?.try_to_primitive::<i64>(vm)?;
    large_int:
        |py| {} black_box(u128::MAX).into_pyobject(py)?,
        |vm| {} vm.ctx.new_int(black_box(u128::MAX));
    float:
        |py| {} PyFloat::new(py, black_box(1.5)),
        |vm| {} vm.ctx.new_float(black_box(1.5));
    float_value:
        |py| { let number = PyFloat::new(py, 1.5).into_any(); } black_box(&number).extract::<f64>()?,
        |vm| { let number: rustpython_vm::PyObjectRef = vm.ctx.new_float(1.5).into(); }
            black_box(&number).downcast_ref::<VmFloat>().ok_or_else(|| vm.new_type_error("no float"))?.to_f64();
    bool:
        |py| {} PyBool::new(py, black_box(true)).to_owned(),
        |vm| {} vm.ctx.new_bool(black_box(true));
    bool_value:
        |py| { let truth = PyBool::new(py, true).to_owned().into_any(); } black_box(&truth).extract::<bool>()?,
        |vm| { let truth: rustpython_vm::PyObjectRef = vm.ctx.new_bool(true).into(); } black_box(&truth).is(&vm.ctx.true_value);
    add:
        |py| { let number = 70_000_i64.into_pyobject(py)?.into_any(); } black_box(&number).add(&number)?,
        |vm| { let number: rustpython_vm::PyObjectRef = vm.ctx.new_int(70_000_i64).into(); } vm._add(black_box(&number), &number)?;
    cast:
        |py| { let number = 7_i64.into_pyobject(py)?.into_any(); } black_box(&number).cast::<PyInt>()?,
        |vm| { let number: rustpython_vm::PyObjectRef = vm.ctx.new_int(7_i64).into(); } black_box(&number).downcast_ref::<VmInt>();
}
