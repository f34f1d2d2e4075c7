//! Calls of functions and methods from Rust, and functions created in Rust.

use std::ffi::CStr;
use std::hint::black_box;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PyTuple};

use crate::program::benches;

fn eval<'py>(py: Python<'py>, code: &CStr) -> PyResult<Bound<'py, PyAny>> {
    py.eval(code, None, None)
}

#[pyfunction]
fn twice(number: i64) -> i64 {
    number.wrapping_mul(2)
}

/// A Python class with methods that take zero, one and two arguments.
const CLASS: &CStr =
    c"type('T', (), {'zero': lambda self: 0, 'one': lambda self, a: a, 'two': lambda self, a, b: a})()";

benches! {
    "ca"

    call1_one |py| { let function = eval(py, c"lambda a: a")?; } => function.call1((black_box(1),))?;
    call1_two |py| { let function = eval(py, c"lambda a, b: a")?; } => function.call1((black_box(1), "two"))?;
    call1_five |py| { let function = eval(py, c"lambda a, b, c, d, e: a")?; } => function.call1((1, 2, 3, 4, 5))?;
    call1_objects |py| { let function = eval(py, c"lambda a, b: a")?; let none = py.None(); } => function.call1((&none, &none))?;
    call1_tuple |py| { let function = eval(py, c"lambda a, b: a")?; let tuple = PyTuple::new(py, [1, 2])?; }
        => function.call1(&tuple)?;
    call_builtin |py| { let function = eval(py, c"len")?; let list = eval(py, c"[]")?; } => function.call1((&list,))?;
    call_class |py| { let class = eval(py, c"object")?; } => class.call0()?;
    call_class_python |py| { let class = eval(py, c"type('T', (), {})")?; } => class.call0()?;
    call_kwargs_two |py| {
        let function = eval(py, c"lambda a, b, c: a")?;
        let kwargs = PyDict::new(py);
        kwargs.set_item("b", 2)?;
        kwargs.set_item("c", 2)?;
    } => function.call((1,), Some(&kwargs))?;
    call_kwargs_none |py| { let function = eval(py, c"lambda a: a")?; } => function.call((1,), None)?;
    method0_python |py| { let object = eval(py, CLASS)?; } => object.call_method0(intern!(py, "zero"))?;
    method1_python |py| { let object = eval(py, CLASS)?; } => object.call_method1(intern!(py, "one"), (1,))?;
    method2_python |py| { let object = eval(py, CLASS)?; } => object.call_method1(intern!(py, "two"), (1, 2))?;
    method0_str |py| { let list = eval(py, c"[]")?; } => list.call_method0("copy")?;
    method_kwargs |py| {
        let object = eval(py, CLASS)?;
        let kwargs = PyDict::new(py);
        kwargs.set_item("b", 2)?;
    } => object.call_method(intern!(py, "two"), (1,), Some(&kwargs))?;
    method_missing |py| { let list = eval(py, c"[]")?; } => list.call_method0(intern!(py, "missing")).is_err();
    py_call1 |py| { let function = eval(py, c"lambda a: a")?.unbind(); } => function.call1(py, (black_box(1),))?;
    py_method0 |py| { let list = eval(py, c"[]")?.unbind(); } => list.call_method0(py, intern!(py, "copy"))?;
    call_rust |py| { let function = wrap_pyfunction!(twice, py)?; } => function.call1((black_box(21),))?.extract::<i64>()?;
    wrap |py| {} => wrap_pyfunction!(twice, py)?;
    closure_new |py| {} => PyCFunction::new_closure(py, None, None, |_, _| 7_i64)?;
    closure_call |py| {
        let function = PyCFunction::new_closure(py, None, None, |args, _| args.len())?;
    } => function.call1((black_box(1), 2))?;
}
