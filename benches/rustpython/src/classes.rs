//! Instances of classes written in Rust.

use std::hint::black_box;

use pyo3::prelude::*;
use rustpython_vm::class::PyClassImpl;
use rustpython_vm::common::lock::PyMutex;
use rustpython_vm::{Py, PyObjectRef, PyPayload, VirtualMachine, pyclass as vm_pyclass};

use crate::pair::{VmResult, pairs};

#[pyclass]
struct Point {
    #[pyo3(get, set)]
    x: i64,
}

#[pymethods]
impl Point {
    fn add(&self, other: i64) -> i64 {
        self.x + other
    }
}

/// The same class with the derive macros of the virtual machine. A value that changes needs a lock.
#[vm_pyclass(name = "Point", module = false)]
#[derive(Debug, PyPayload)]
struct VmPoint {
    x: PyMutex<i64>,
}

#[vm_pyclass]
impl VmPoint {
    #[pygetset]
    fn x(zelf: &Py<Self>) -> i64 {
        *zelf.x.lock()
    }

    #[pymethod]
    fn add(zelf: &Py<Self>, other: i64) -> i64 {
        *zelf.x.lock() + other
    }
}

fn instance(vm: &VirtualMachine) -> PyObjectRef {
    drop(VmPoint::make_static_type());
    VmPoint { x: PyMutex::new(1) }.into_ref(&vm.ctx).into()
}

pairs! {
    class:

    new:
        |py| {} Bound::new(py, Point { x: 1 })?,
        |vm| { instance(vm); } VmPoint { x: PyMutex::new(1) }.into_ref(&vm.ctx);
    cast:
        |py| { let point = Bound::new(py, Point { x: 1 })?.into_any(); } black_box(&point).cast::<Point>()?,
        |vm| { let point = instance(vm); } black_box(&point).downcast_ref::<VmPoint>();
    borrow:
        |py| { let point = Bound::new(py, Point { x: 1 })?; } black_box(&point).borrow().x,
        |vm| { let point = instance(vm); let point = point.downcast_ref::<VmPoint>().ok_or_else(|| vm.new_type_error(""))?; }
            *black_box(point).x.lock();
    borrow_mut:
        |py| { let point = Bound::new(py, Point { x: 1 })?; } black_box(&point).borrow_mut().x += 1,
        |vm| { let point = instance(vm); let point = point.downcast_ref::<VmPoint>().ok_or_else(|| vm.new_type_error(""))?; }
            *black_box(point).x.lock() += 1;
    getter:
        |py| { let point = Bound::new(py, Point { x: 1 })?.into_any(); } black_box(&point).getattr(pyo3::intern!(py, "x"))?,
        |vm| { let point = instance(vm); let name = vm.ctx.intern_str("x"); } black_box(&point).get_attr(name, vm)?;
    method:
        |py| { let point = Bound::new(py, Point { x: 1 })?.into_any(); let other = 2_i64.into_pyobject(py)?; }
            black_box(&point).call_method1(pyo3::intern!(py, "add"), (&other,))?,
        |vm| { let point = instance(vm); let other = vm.ctx.new_int(2); } vm.call_method(black_box(&point), "add", (other.clone(),))?;
}
