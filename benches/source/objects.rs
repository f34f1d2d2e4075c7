//! Operations that every object supports.

use std::ffi::CStr;
use std::hint::black_box;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};

use crate::program::benches;

fn eval<'py>(py: Python<'py>, code: &CStr) -> PyResult<Bound<'py, PyAny>> {
    py.eval(code, None, None)
}

benches! {
    "ob"

    getattr_str |py| { let number = eval(py, c"5")?; } => number.getattr("real")?;
    getattr_missing |py| { let number = eval(py, c"5")?; } => number.getattr(intern!(py, "missing")).is_err();
    getattr_opt_missing |py| { let number = eval(py, c"5")?; } => number.getattr_opt(intern!(py, "missing"))?;
    getattr_opt |py| { let number = eval(py, c"5")?; } => number.getattr_opt(intern!(py, "real"))?;
    hasattr |py| { let number = eval(py, c"5")?; } => number.hasattr(intern!(py, "real"))?;
    hasattr_missing |py| { let number = eval(py, c"5")?; } => number.hasattr(intern!(py, "missing"))?;
    setattr_str |py| { let object = eval(py, c"type('T', (), {})()")?; } => object.setattr("name", 1)?;
    delattr |py| { let object = eval(py, c"type('T', (), {})()")?; }
        => { object.setattr(intern!(py, "name"), 1)?; object.delattr(intern!(py, "name"))? };
    get_item_int |py| { let list = eval(py, c"[1, 2, 3]")?; } => list.get_item(black_box(1))?;
    get_item_str |py| { let dict = eval(py, c"{'a': 1}")?; } => dict.get_item("a")?;
    set_item |py| { let dict = eval(py, c"{'a': 1}")?; } => dict.set_item(intern!(py, "a"), 1)?;
    del_item |py| { let dict = eval(py, c"{}")?; }
        => { dict.set_item(intern!(py, "a"), 1)?; dict.del_item(intern!(py, "a"))? };
    contains |py| { let list = eval(py, c"[1, 2, 3]")?; } => list.contains(black_box(2))?;
    len |py| { let list = eval(py, c"[1, 2, 3]")?; } => black_box(&list).len()?;
    repr |py| { let number = eval(py, c"12345")?; } => black_box(&number).repr()?;
    str |py| { let text = eval(py, c"'text'")?; } => black_box(&text).str()?;
    hash |py| { let text = eval(py, c"'text'")?; } => black_box(&text).hash()?;
    is_truthy |py| { let list = eval(py, c"[1]")?; } => black_box(&list).is_truthy()?;
    is_truthy_true |py| { let truth = eval(py, c"True")?; } => black_box(&truth).is_truthy()?;
    not |py| { let number = eval(py, c"12345")?; } => number.neg()?;
    eq |py| { let number = eval(py, c"12345")?; } => black_box(&number).eq(12345)?;
    eq_object |py| { let text = eval(py, c"'text'")?; let other = eval(py, c"'other'")?; } => black_box(&text).eq(&other)?;
    lt |py| { let number = eval(py, c"12345")?; let other = eval(py, c"7")?; } => black_box(&number).lt(&other)?;
    compare |py| { let number = eval(py, c"12345")?; let other = eval(py, c"7")?; } => black_box(&number).compare(&other)?;
    rich_compare |py| { let number = eval(py, c"12345")?; let other = eval(py, c"7")?; }
        => number.rich_compare(&other, pyo3::basic::CompareOp::Le)?;
    add |py| { let number = eval(py, c"12345")?; } => black_box(&number).add(&number)?;
    mul |py| { let number = eval(py, c"1.5")?; } => black_box(&number).mul(&number)?;
    pow |py| { let number = eval(py, c"1.5")?; } => black_box(&number).pow(&number, py.None())?;
    floor_div |py| { let number = eval(py, c"12345")?; let other = eval(py, c"7")?; } => number.floor_div(&other)?;
    bitand |py| { let number = eval(py, c"12345")?; } => black_box(&number).bitand(&number)?;
    abs |py| { let number = eval(py, c"-12345")?; } => black_box(&number).abs()?;
    is_instance |py| { let number = eval(py, c"5")?; let class = eval(py, c"float")?; } => number.is_instance(&class)?;
    is_instance_of |py| { let number = eval(py, c"5")?; } => black_box(&number).is_instance_of::<PyInt>();
    is_exact_instance_of |py| { let number = eval(py, c"5")?; } => black_box(&number).is_exact_instance_of::<PyFloat>();
    is_callable |py| { let function = eval(py, c"len")?; } => black_box(&function).is_callable();
    get_type |py| { let number = eval(py, c"5")?; } => black_box(&number).get_type();
    type_name |py| { let class = eval(py, c"5")?.get_type(); } => black_box(&class).name()?;
    type_qualname |py| { let class = eval(py, c"5")?.get_type(); } => black_box(&class).qualname()?;
    type_is_subclass_of |py| { let class = py.get_type::<PyBool>(); } => black_box(&class).is_subclass_of::<PyInt>()?;
    type_object |py| {} => black_box(py).get_type::<PyDict>();
    dir |py| { let object = eval(py, c"None")?; } => black_box(&object).dir()?.len();
    try_iter |py| { let list = eval(py, c"[1, 2, 3]")?; } => black_box(&list).try_iter()?;
    iterate_generator large |py| { let function = eval(py, c"lambda: (n for n in range(1000))")?; } => {
        for item in function.call0()?.try_iter()? {
            black_box(item?);
        }
    };
    iterate_range large |py| { let range = eval(py, c"range(1000)")?; } => {
        for item in range.try_iter()? {
            black_box(item?);
        }
    };
    iterate_extract large |py| { let range = eval(py, c"range(1000)")?; } => {
        let mut sum = 0_i64;
        for item in range.try_iter()? {
            sum += item?.extract::<i64>()?;
        }
        sum
    };
    lookup_special |py| { let list = PyList::empty(py); } => black_box(&list).as_any().call_method0(intern!(py, "__len__"))?;
    int_value |py| { let number = eval(py, c"12345")?.cast_into::<PyInt>()?; } => black_box(&number).extract::<i64>()?;
    float_value |py| { let number = PyFloat::new(py, 1.5); } => black_box(&number).value();
    bool_value |py| { let truth = PyBool::new(py, true); } => black_box(&truth).is_true();
    string_eq |py| { let text = PyString::new(py, "text"); } => black_box(&text) == "text";
    tuple_hash |py| { let tuple = PyTuple::new(py, [1, 2, 3])?; } => black_box(&tuple).hash()?;
}
