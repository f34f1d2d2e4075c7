//! Errors: creating, raising, matching, and passing between the languages.

use std::ffi::CStr;
use std::hint::black_box;

use pyo3::exceptions::{PyKeyError, PyLookupError, PyOSError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyList;

use crate::program::benches;

fn eval<'py>(py: Python<'py>, code: &CStr) -> PyResult<Bound<'py, PyAny>> {
    py.eval(code, None, None)
}

/// Creates an error whose exception object exists already.
fn normalised(py: Python<'_>) -> PyErr {
    let error = PyKeyError::new_err("no");
    let _ = error.value(py);
    error
}

pyo3::create_exception!(speed, OwnError, PyValueError);

benches! {
    "er"

    new_string |_py| {} => PyValueError::new_err(black_box(String::from("a message")));
    new_tuple |_py| {} => PyOSError::new_err((2, "no"));
    new_own |_py| {} => OwnError::new_err("no");
    new_type |py| { let class = py.get_type::<PyValueError>(); } => PyErr::from_type(class.clone(), "no");
    from_value |py| { let value = eval(py, c"ValueError('no')")?; } => PyErr::from_value(value.clone());
    value_first |py| {} => PyValueError::new_err("no").value(py).clone();
    value_again |py| { let error = normalised(py); } => black_box(&error).value(py).clone();
    get_type_lazy |py| {} => PyValueError::new_err("no").get_type(py);
    get_type |py| { let error = normalised(py); } => black_box(&error).get_type(py);
    traceback |py| { let error = normalised(py); } => black_box(&error).traceback(py);
    is_instance |py| { let error = normalised(py); } => black_box(&error).is_instance_of::<PyLookupError>(py);
    is_not_instance |py| { let error = normalised(py); } => black_box(&error).is_instance_of::<PyTypeError>(py);
    is_instance_lazy |py| {} => PyValueError::new_err("no").is_instance_of::<PyTypeError>(py);
    matches |py| { let error = normalised(py); let class = py.get_type::<PyLookupError>(); }
        => black_box(&error).matches(py, &class)?;
    clone_ref |py| { let error = normalised(py); } => black_box(&error).clone_ref(py);
    restore_take |py| {} => { PyValueError::new_err("no").restore(py); PyErr::take(py) };
    restore_take_normalised |py| { let error = normalised(py); } => { error.clone_ref(py).restore(py); PyErr::take(py) };
    take_nothing |py| {} => PyErr::take(py).is_none();
    occurred_nothing |py| {} => PyErr::occurred(py);
    cause_none |py| { let error = normalised(py); } => black_box(&error).cause(py);
    set_cause |py| { let error = normalised(py); let cause = normalised(py); }
        => error.set_cause(py, Some(cause.clone_ref(py)));
    into_value |py| {} => PyValueError::new_err("no").into_value(py);
    to_string |py| { let error = normalised(py); let _ = py; } => black_box(&error).to_string();
    from_io |py| {} => { let error: PyErr = std::io::Error::from(std::io::ErrorKind::NotFound).into(); error.is_instance_of::<PyOSError>(py) };
    from_parse |_py| {} => PyErr::from("x".parse::<i32>().expect_err("no number"));
    from_utf8 |_py| { let bytes = vec![0xff_u8]; } => PyErr::from(String::from_utf8(bytes.clone()).expect_err("no text"));
    cast_fails |py| { let number = eval(py, c"1")?; } => black_box(&number).cast::<PyList>().is_err();
    cast_error_into |py| { let number = eval(py, c"1")?; } => PyErr::from(number.cast::<PyList>().expect_err("no list"));
    cast_error_value |py| { let number = eval(py, c"1")?; }
        => PyErr::from(number.cast::<PyList>().expect_err("no list")).value(py).clone();
    call_fails |py| { let function = eval(py, c"int")?; } => function.call1(("x",)).is_err();
    get_item_fails |py| { let dict = eval(py, c"{}")?; } => dict.get_item("x").is_err();
    question_mark |py| { let list = eval(py, c"[]")?; }
        => (|| -> PyResult<i64> { list.call_method0("pop")?.extract::<i64>() })().is_err();
}
