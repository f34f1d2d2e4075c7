//! Functions and methods with `#[cfg(...)]` and `#[cfg_attr(...)]` on their arguments. Python, Rust and the signature
//! must agree about what exists.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

use pyo3_tests::{assert_messages, run, scope_of};

/// The type of arguments that do not exist is not defined.
#[pyfunction]
fn plain(
    #[cfg(any())] gone: NoSuchType,
    a: i32,
    #[cfg(not(any()))] b: i32,
    #[cfg(not(any()))]
    #[cfg(any())]
    c: NoSuchType,
) -> i32 {
    #[cfg(any())]
    gone.call();
    a * 10 + b
}

#[pyfunction]
fn nothing(#[cfg(any())] gone: NoSuchType) {}

/// One of the alternatives exists.
#[pyfunction]
fn alternatives(
    #[cfg(any())] value: NoSuchType,
    #[cfg(not(any()))] value: &str,
    #[cfg(any())] py: Python<'_>,
) -> usize {
    value.len()
}

fn doubled(object: &Bound<'_, PyAny>) -> PyResult<i32> {
    Ok(object.extract::<i32>()? * 2)
}

#[pyfunction]
fn options(
    #[cfg_attr(not(any()), pyo3(from_py_with = doubled))] a: i32,
    #[cfg_attr(any(), pyo3(from_py_with = no_such_function))] b: i32,
    #[cfg_attr(any(), cfg(any()))] c: i32,
    #[cfg_attr(not(any()), cfg_attr(not(any()), allow(unused), cfg(any())))] d: NoSuchType,
    #[cfg_attr(not(any()), allow(unused_mut), cfg_attr(not(any()), pyo3(from_py_with = doubled)))] mut e: i32,
) -> (i32, i32, i32, i32) {
    (a, b, c, e)
}

/// The signature names all arguments.
#[pyfunction]
#[pyo3(signature = (r#gone, a, /, b = 2, *args, c = NoSuchType, d = 4, **kwargs))]
fn signature(
    #[cfg(any())] gone: NoSuchType,
    a: i32,
    #[cfg(not(any()))] b: i32,
    #[cfg(any())] args: NoSuchType,
    #[cfg(any())] c: NoSuchType,
    #[cfg(not(any()))] d: i32,
    #[cfg(any())] kwargs: NoSuchType,
) -> (i32, i32, i32) {
    (a, b, d)
}

/// `/` and `*` have nothing left to apply to.
#[pyfunction(signature = (gone, /, a = 1, *, also_gone, **kwargs))]
fn separators(
    #[cfg(any())] gone: NoSuchType,
    a: i32,
    #[cfg(any())] also_gone: NoSuchType,
    #[cfg(not(any()))] kwargs: Option<&Bound<'_, PyDict>>,
) -> (i32, usize) {
    (a, kwargs.map_or(0, |given| given.len()))
}

#[pyfunction]
#[pyo3(pass_module, name = "named")]
fn of_module(
    #[cfg(any())] module: NoSuchType,
    #[cfg(not(any()))] module: &Bound<'_, PyModule>,
    #[cfg(not(any()))] _py: Python<'_>,
    a: i32,
) -> PyResult<String> {
    Ok(format!("{}{a}", module.name()?))
}

/// Tokens of other macros come in invisible groups.
macro_rules! function {
    ($name:ident, $ty:ty, $default:expr) => {
        #[pyfunction]
        #[pyo3(signature = (a = $default, gone = 1))]
        fn $name(#[cfg(not(any()))] a: $ty, #[cfg(any())] gone: NoSuchType) -> $ty {
            a
        }
    };
}

function!(generated, String, ["a", "b"].concat());

#[test]
fn functions_have_the_arguments_that_exist() {
    assert_eq!(plain(1, 2), 12);
    nothing();
    Python::attach(|py| {
        let scope = PyDict::new(py);
        let module = PyModule::new(py, "m").unwrap();
        scope.set_item("m", &module).unwrap();
        for function in [
            wrap_pyfunction!(plain, &module),
            wrap_pyfunction!(nothing, &module),
            wrap_pyfunction!(alternatives, &module),
            wrap_pyfunction!(options, &module),
            wrap_pyfunction!(signature, &module),
            wrap_pyfunction!(separators, &module),
            wrap_pyfunction!(of_module, &module),
            wrap_pyfunction!(generated, &module),
        ] {
            module.add_function(function.unwrap()).unwrap();
        }
        run(
            &scope,
            c"
from inspect import signature
assert (m.plain(1, 2), m.plain(b=1, a=2)) == (12, 21) and str(signature(m.plain)) == '(a, b)'
assert m.plain.__doc__ == 'The type of arguments that do not exist is not defined.'
assert m.nothing() is None and str(signature(m.nothing)) == '()'
assert m.alternatives('abc') == m.alternatives(value='abc') == 3
assert m.options(1, 2, 3, e=4) == (2, 2, 3, 8)
assert str(signature(m.signature)) == '(a, /, b=2, *, d=4)'
assert m.signature(1) == (1, 2, 4) and m.signature(1, 3, d=5) == (1, 3, 5)
assert str(signature(m.separators)) == '(a=1, **kwargs)' and m.separators(a=2, b=3) == (2, 1)
assert m.named(1) == 'm1' and m.generated() == 'ab' and m.generated('c') == 'c'
",
        );
        assert_messages(
            &scope,
            &[
                (c"m.plain(1)", "TypeError: plain() missing 1 required positional argument: 'b'"),
                (c"m.plain(1, 2, gone=3)", "TypeError: plain() got an unexpected keyword argument 'gone'"),
                (
                    c"m.signature(1, 2, 3)",
                    "TypeError: signature() takes from 1 to 2 positional arguments but 3 were given",
                ),
            ],
        );
    });
}

/// Has arguments that exist and arguments that do not, in every kind of method.
#[pyclass]
struct Everything {
    value: i32,
}

#[pymethods]
impl Everything {
    #[new]
    #[pyo3(signature = (value = 1, gone = 2))]
    fn new(#[cfg(not(any()))] value: i32, #[cfg(any())] gone: NoSuchType) -> Self {
        Everything { value }
    }

    #[getter]
    fn value(&self, #[cfg(any())] gone: NoSuchType, #[cfg(not(any()))] _py: Python<'_>) -> i32 {
        self.value
    }

    #[setter]
    fn set_value(
        &mut self,
        #[cfg(any())] value: NoSuchType,
        #[cfg_attr(not(any()), pyo3(from_py_with = doubled))] value: i32,
    ) {
        self.value = value;
    }

    #[staticmethod]
    fn fixed(#[cfg(any())] gone: NoSuchType, a: i32) -> i32 {
        a
    }

    #[classmethod]
    #[pyo3(signature = (*args, a = 1))]
    fn of_class(cls: &Bound<'_, PyType>, #[cfg(any())] args: NoSuchType, a: i32) -> PyResult<String> {
        Ok(format!("{}{a}", cls.name()?))
    }

    #[classattr]
    fn attribute(#[cfg(any())] py: NoSuchType) -> i32 {
        5
    }

    fn receivers(
        #[cfg(any())] &self,
        #[cfg(not(any()))] slf: PyRef<'_, Self>,
        #[cfg(not(any()))] args: &Bound<'_, PyAny>,
    ) -> PyResult<usize> {
        Ok(slf.value as usize + args.len()?)
    }

    /// The whole method is conditional too.
    #[cfg(any())]
    fn elsewhere(&self, #[cfg(not(any()))] gone: NoSuchType) {}

    #[cfg(not(any()))]
    #[pyo3(name = "here", signature = (a = 1, *args))]
    fn only_here(&self, #[cfg(any())] a: NoSuchType, args: &Bound<'_, PyTuple>) -> usize {
        args.len()
    }

    fn __add__(&self, #[cfg(any())] other: NoSuchType, #[cfg(not(any()))] other: i32) -> i32 {
        self.value + other
    }

    fn __getitem__(&self, #[cfg(not(any()))] index: usize, #[cfg(any())] gone: NoSuchType) -> usize {
        index
    }

    #[pyo3(signature = (a, gone, *, b = 3))]
    fn __call__(&self, a: i32, #[cfg(any())] gone: NoSuchType, b: i32) -> i32 {
        a * b
    }
}

/// Another block of the same class.
#[pymethods]
impl Everything {
    fn later(&self, #[cfg(any())] gone: NoSuchType, #[cfg(not(any()))] a: i32) -> i32 {
        a
    }
}

#[test]
fn methods_have_the_arguments_that_exist() {
    assert_eq!(Everything::new(3).value, 3);
    Python::attach(|py| {
        let scope = scope_of::<Everything>(py);
        run(
            &scope,
            c"
one = Everything()
one.value = 4
assert one.value == 8 and Everything(value=2).value == 2
assert Everything.fixed(3) == 3 and Everything.of_class(a=2) == 'Everything2' and Everything.attribute == 5
assert one.receivers([1, 2]) == 10 and one.here(1, 2) == 2 and not hasattr(one, 'elsewhere')
assert one + 1 == 9 and one[3] == 3 and one(2) == 6 and one(2, b=1) == one.later(a=2) == 2
",
        );
        assert_messages(
            &scope,
            &[
                (
                    c"Everything(1, 2)",
                    "TypeError: Everything.__new__() takes from 0 to 1 positional arguments but 2 were given",
                ),
                (
                    c"Everything.of_class(1)",
                    "TypeError: Everything.of_class() takes 0 positional arguments but 1 was given",
                ),
            ],
        );
    });
}

#[pymodule(submodule)]
mod inline {
    use super::*;

    #[pyfunction]
    fn f(#[cfg(any())] gone: NoSuchType, a: i32) -> i32 {
        a
    }

    #[pyclass]
    struct C;

    #[pymethods]
    impl C {
        #[new]
        fn new(#[cfg(any())] gone: NoSuchType) -> Self {
            C
        }
    }
}

#[pymodule]
fn filled(m: &Bound<'_, PyModule>) -> PyResult<()> {
    #[pyfn(m, signature = (gone = 1, a = 2))]
    fn f(#[cfg(any())] gone: NoSuchType, a: i32) -> i32 {
        a
    }

    #[pyfn(m)]
    #[cfg(any())]
    fn elsewhere(#[cfg(not(any()))] gone: NoSuchType) {}

    #[cfg(any())]
    #[pyfn(m)]
    fn unconditional_arguments(gone: NoSuchType) {}

    Ok(())
}

#[test]
fn functions_of_modules_have_the_arguments_that_exist() {
    Python::attach(|py| {
        let scope = PyDict::new(py);
        scope.set_item("inline", pyo3::wrap_pymodule!(inline)(py)).unwrap();
        scope.set_item("filled", pyo3::wrap_pymodule!(filled)(py)).unwrap();
        run(
            &scope,
            c"
assert inline.f(a=1) == 1 and type(inline.C()) is inline.C
assert filled.f() == 2 and not hasattr(filled, 'elsewhere') and not hasattr(filled, 'unconditional_arguments')
",
        );
    });
}

#[test]
fn items_with_conditional_arguments_may_be_local() {
    #[pyfunction]
    fn local(#[cfg(any())] gone: NoSuchType, #[cfg(not(any()))] a: i32) -> i32 {
        a
    }

    #[pyclass]
    struct Local;

    #[pymethods]
    impl Local {
        #[staticmethod]
        fn f(#[cfg(any())] gone: NoSuchType) -> i32 {
            1
        }
    }

    Python::attach(|py| {
        let scope = scope_of::<Local>(py);
        scope.set_item("local", wrap_pyfunction!(local, py).unwrap()).unwrap();
        run(&scope, c"assert local(2) == 2 and Local.f() == 1");
    });
}
