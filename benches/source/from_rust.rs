//! Rust code that calls Python.

use std::ffi::CString;
use std::hint::black_box;

use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyList, PySet, PyString, PyTuple};

use crate::measure::Size;
use crate::program::{Bench, Code};

type Work = fn(Python<'_>, usize) -> PyResult<()>;

const fn small(name: &'static str, work: Work) -> Bench {
    Bench { name, size: Size::Small, code: Code::Rust(work) }
}

const fn large(name: &'static str, work: Work) -> Bench {
    Bench { name, size: Size::Large, code: Code::Rust(work) }
}

/// All benchmarks of this file.
pub const BENCHES: &[Bench] = &[
    small("rs_attach_nested", attach_nested),
    small("rs_detach", detach),
    small("rs_clone_drop", clone_drop),
    small("rs_call0", call0),
    small("rs_call1", call1),
    small("rs_call_kwargs", call_kwargs),
    small("rs_call_method0", call_method0),
    small("rs_call_method1", call_method1),
    small("rs_getattr_interned", getattr_interned),
    small("rs_setattr_interned", setattr_interned),
    small("rs_extract_i64", extract_i64),
    small("rs_extract_f64", extract_f64),
    small("rs_extract_bool", extract_bool),
    small("rs_extract_str", extract_str),
    small("rs_extract_tuple", extract_tuple),
    small("rs_extract_wrong", extract_wrong),
    small("rs_cast_list", cast_list),
    small("rs_make_i64", make_i64),
    small("rs_make_f64", make_f64),
    small("rs_make_str", make_str),
    small("rs_make_tuple", make_tuple),
    large("rs_list_new_1000", list_new),
    large("rs_list_iterate_1000", list_iterate),
    large("rs_tuple_iterate_1000", tuple_iterate),
    large("rs_iterator_1000", iterator),
    small("rs_dict_set", dict_set),
    small("rs_dict_get", dict_get),
    large("rs_dict_iterate_1000", dict_iterate),
    small("rs_set_add", set_add),
    small("rs_set_contains", set_contains),
    small("rs_set_discard", set_discard),
    large("rs_set_iterate_1000", set_iterate),
    small("rs_err_new_drop", err_new_drop),
    small("rs_err_normalise", err_normalise),
    small("rs_err_from_python", err_from_python),
    small("rs_import", import),
];

fn eval<'py>(py: Python<'py>, code: &str) -> PyResult<Bound<'py, PyAny>> {
    py.eval(&CString::new(code)?, None, None)
}

fn attach_nested(_: Python<'_>, iterations: usize) -> PyResult<()> {
    for _ in 0..iterations {
        Python::attach(|py| {
            black_box(py);
        });
    }
    Ok(())
}

fn detach(py: Python<'_>, iterations: usize) -> PyResult<()> {
    for _ in 0..iterations {
        py.detach(|| {
            black_box(());
        });
    }
    Ok(())
}

fn clone_drop(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let list = PyList::empty(py).unbind();
    for _ in 0..iterations {
        drop(black_box(list.clone_ref(py)));
    }
    Ok(())
}

fn call0(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let function = eval(py, "lambda: None")?;
    for _ in 0..iterations {
        black_box(function.call0()?);
    }
    Ok(())
}

fn call1(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let function = eval(py, "lambda a, b, c: a")?;
    for _ in 0..iterations {
        black_box(function.call1((1, 2, 3))?);
    }
    Ok(())
}

fn call_kwargs(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let function = eval(py, "lambda a, b: a")?;
    let kwargs = PyDict::new(py);
    kwargs.set_item("b", 2)?;
    for _ in 0..iterations {
        black_box(function.call((1,), Some(&kwargs))?);
    }
    Ok(())
}

fn call_method0(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let list = PyList::empty(py);
    let name = intern!(py, "clear");
    for _ in 0..iterations {
        black_box(list.as_any().call_method0(name)?);
    }
    Ok(())
}

fn call_method1(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let list = PyList::new(py, [1, 2, 3])?;
    for _ in 0..iterations {
        black_box(list.as_any().call_method1(intern!(py, "index"), (1,))?);
    }
    Ok(())
}

fn getattr_interned(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let number = 5_i64.into_pyobject(py)?;
    for _ in 0..iterations {
        black_box(number.as_any().getattr(intern!(py, "real"))?);
    }
    Ok(())
}

fn setattr_interned(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let object = eval(py, "type('Empty', (), {})()")?;
    for _ in 0..iterations {
        object.setattr(intern!(py, "name"), 1)?;
    }
    Ok(())
}

fn extract_i64(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let number = 123_456_789_i64.into_pyobject(py)?.into_any();
    for _ in 0..iterations {
        black_box(black_box(&number).extract::<i64>()?);
    }
    Ok(())
}

fn extract_f64(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let number = PyFloat::new(py, 1.5).into_any();
    for _ in 0..iterations {
        black_box(black_box(&number).extract::<f64>()?);
    }
    Ok(())
}

fn extract_bool(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let truth = eval(py, "True")?;
    for _ in 0..iterations {
        black_box(black_box(&truth).extract::<bool>()?);
    }
    Ok(())
}

fn extract_str(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let text = PyString::new(py, "a text of some length").into_any();
    for _ in 0..iterations {
        black_box(black_box(&text).extract::<&str>()?);
    }
    Ok(())
}

fn extract_tuple(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let pair = (1_i64, 2.5_f64).into_pyobject(py)?.into_any();
    for _ in 0..iterations {
        black_box(black_box(&pair).extract::<(i64, f64)>()?);
    }
    Ok(())
}

fn extract_wrong(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let text = PyString::new(py, "text").into_any();
    for _ in 0..iterations {
        black_box(black_box(&text).extract::<i64>().is_err());
    }
    Ok(())
}

fn cast_list(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let list = PyList::empty(py).into_any();
    for _ in 0..iterations {
        black_box(black_box(&list).cast::<PyList>()?);
    }
    Ok(())
}

fn make_i64(py: Python<'_>, iterations: usize) -> PyResult<()> {
    for _ in 0..iterations {
        black_box(black_box(123_456_789_i64).into_pyobject(py)?);
    }
    Ok(())
}

fn make_f64(py: Python<'_>, iterations: usize) -> PyResult<()> {
    for _ in 0..iterations {
        black_box(black_box(1.5_f64).into_pyobject(py)?);
    }
    Ok(())
}

fn make_str(py: Python<'_>, iterations: usize) -> PyResult<()> {
    // On the heap, so that the text is aligned: CPython copies unaligned text more slowly.
    let text = String::from("a text of some length");
    for _ in 0..iterations {
        black_box(black_box(text.as_str()).into_pyobject(py)?);
    }
    Ok(())
}

fn make_tuple(py: Python<'_>, iterations: usize) -> PyResult<()> {
    for _ in 0..iterations {
        black_box(black_box((1_i64, 2_i64, 3_i64)).into_pyobject(py)?);
    }
    Ok(())
}

fn list_new(py: Python<'_>, iterations: usize) -> PyResult<()> {
    for _ in 0..iterations {
        black_box(PyList::new(py, 0..1000_i32)?);
    }
    Ok(())
}

fn list_iterate(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let list = PyList::new(py, 0..1000_i32)?;
    for _ in 0..iterations {
        for item in &list {
            black_box(item);
        }
    }
    Ok(())
}

fn tuple_iterate(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let tuple = PyTuple::new(py, 0..1000_i32)?;
    for _ in 0..iterations {
        for item in &tuple {
            black_box(item);
        }
    }
    Ok(())
}

fn iterator(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let list = PyList::new(py, 0..1000_i32)?.into_any();
    for _ in 0..iterations {
        for item in list.try_iter()? {
            black_box(item?);
        }
    }
    Ok(())
}

fn dict_set(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let dict = PyDict::new(py);
    let key = PyString::new(py, "key");
    let value = py.None();
    for _ in 0..iterations {
        dict.set_item(&key, &value)?;
    }
    Ok(())
}

fn dict_get(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let dict = PyDict::new(py);
    let key = PyString::new(py, "key");
    dict.set_item(&key, 1)?;
    for _ in 0..iterations {
        black_box(dict.get_item(&key)?);
    }
    Ok(())
}

fn dict_iterate(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let dict = PyDict::new(py);
    for number in 0..1000_i64 {
        dict.set_item(number, number)?;
    }
    for _ in 0..iterations {
        for (key, value) in &dict {
            black_box((key, value));
        }
    }
    Ok(())
}

fn set_add(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let set = PySet::empty(py)?;
    let item = eval(py, "12345")?;
    for _ in 0..iterations {
        set.add(black_box(&item))?;
    }
    Ok(())
}

fn set_contains(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let set = PySet::new(py, [1, 2, 3])?;
    let item = eval(py, "2")?;
    for _ in 0..iterations {
        black_box(set.contains(black_box(&item))?);
    }
    Ok(())
}

fn set_discard(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let set = PySet::new(py, [1, 2, 3])?;
    let item = eval(py, "2")?;
    for _ in 0..iterations {
        black_box(set.discard(black_box(&item))?);
        set.add(&item)?;
    }
    Ok(())
}

fn set_iterate(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let set = PySet::new(py, 0..1000)?;
    for _ in 0..iterations {
        for item in set.iter() {
            black_box(item);
        }
    }
    Ok(())
}

fn err_new_drop(_: Python<'_>, iterations: usize) -> PyResult<()> {
    for _ in 0..iterations {
        drop(black_box(PyValueError::new_err("no")));
    }
    Ok(())
}

fn err_normalise(py: Python<'_>, iterations: usize) -> PyResult<()> {
    for _ in 0..iterations {
        let error = PyValueError::new_err("no");
        black_box(error.value(py));
    }
    Ok(())
}

fn err_from_python(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let function = eval(py, "[].pop")?;
    for _ in 0..iterations {
        black_box(function.call0().is_err());
    }
    Ok(())
}

fn import(py: Python<'_>, iterations: usize) -> PyResult<()> {
    let name = intern!(py, "sys");
    for _ in 0..iterations {
        black_box(py.import(name)?);
    }
    Ok(())
}
