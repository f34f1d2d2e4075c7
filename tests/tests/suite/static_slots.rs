//! Protocol methods as class methods and static methods: slots accept them, with the class or nothing as the receiver.

use pyo3::prelude::*;
use pyo3::types::PyType;

use pyo3_tests::{assert_messages, run, scope_of};

#[pyclass(subclass)]
struct OfClass;

#[pymethods]
impl OfClass {
    #[new]
    fn new() -> Self {
        OfClass
    }

    #[classmethod]
    fn __len__(class: &Bound<'_, PyType>) -> PyResult<usize> {
        class.name()?.len()
    }

    #[classmethod]
    fn __getitem__(class: &Bound<'_, PyType>, py: Python<'_>, index: i32) -> PyResult<String> {
        let _ = py;
        Ok(format!("{} {index}", class.name()?))
    }

    #[classmethod]
    fn __repr__(class: Bound<'_, PyType>) -> PyResult<String> {
        Ok(format!("one {}", class.name()?))
    }

    #[classmethod]
    #[pyo3(signature = (a, *, b = 2))]
    fn __call__(class: &Bound<'_, PyType>, a: i32, b: i32) -> PyResult<String> {
        Ok(format!("{} called with {a} {b}", class.name()?))
    }

    #[classmethod]
    fn __add__(class: &Bound<'_, PyType>, other: i32) -> PyResult<String> {
        Ok(format!("{} + {other}", class.name()?))
    }

    #[classmethod]
    fn __eq__(class: &Bound<'_, PyType>, other: &Bound<'_, PyAny>) -> bool {
        other.is_instance(class).unwrap_or(false)
    }

    #[classmethod]
    fn __bool__(_class: Py<PyType>) -> bool {
        false
    }

    #[classmethod]
    fn __class_getitem__(class: &Bound<'_, PyType>, item: i32) -> PyResult<String> {
        Ok(format!("{}[{item}]", class.name()?))
    }
}

#[test]
fn class_methods_take_the_class_of_the_instance() {
    Python::attach(|py| {
        let scope = scope_of::<OfClass>(py);
        run(
            &scope,
            cr#"
class Derived(OfClass):
    pass

one, other = OfClass(), Derived()
assert len(one) == 7 and one[3] == "OfClass 3" and repr(one) == "one OfClass" and not one
assert one(1) == "OfClass called with 1 2" and one(1, b=3) == "OfClass called with 1 3"
assert one + 2 == "OfClass + 2" and one == OfClass() and one != 3 and other == Derived()
assert other[3] == "Derived 3" and repr(other) == "one Derived" and other(4) == "Derived called with 4 2"
assert OfClass[3] == "OfClass[3]" and Derived[4] == "Derived[4]"
"#,
        );
        assert_messages(
            &scope,
            &[(c"one()", "TypeError: OfClass.__call__() missing 1 required positional argument: 'a'")],
        );
    });
}

#[pyclass]
struct Static {
    value: i32,
}

#[pymethods]
impl Static {
    #[staticmethod]
    fn __new__(value: i32) -> Self {
        Static { value }
    }

    #[staticmethod]
    fn __init__(value: i32) -> PyResult<()> {
        match value {
            0 => Err(pyo3::exceptions::PyValueError::new_err("zero")),
            _ => Ok(()),
        }
    }

    #[staticmethod]
    fn __call__(a: i32) -> i32 {
        a + 1
    }

    #[staticmethod]
    fn __str__() -> &'static str {
        "static"
    }

    #[getter]
    fn value(&self) -> i32 {
        self.value
    }
}

#[test]
fn static_methods_take_nothing() {
    Python::attach(|py| {
        let scope = scope_of::<Static>(py);
        run(
            &scope,
            cr#"
one = Static(5)
assert one.value == 5 and one(2) == 3 and str(one) == "static"
assert Static.__new__(Static, 6).value == 6
"#,
        );
        assert_messages(
            &scope,
            &[
                (c"Static(0)", "ValueError: zero"),
                (c"Static()", "TypeError: Static.__new__() missing 1 required positional argument: 'value'"),
            ],
        );
    });
}

#[pyclass]
struct ByClass {
    made_by: String,
}

#[pymethods]
impl ByClass {
    #[classmethod]
    fn __new__(class: &Bound<'_, PyType>) -> PyResult<Self> {
        Ok(ByClass { made_by: class.name()?.to_string() })
    }

    #[classmethod]
    #[pyo3(name = "__call__")]
    fn called(class: &Bound<'_, PyType>) -> PyResult<String> {
        Ok(class.name()?.to_string())
    }

    #[getter]
    fn made_by(&self) -> &str {
        &self.made_by
    }
}

#[test]
fn a_constructor_takes_the_class_that_is_made() {
    Python::attach(|py| {
        run(&scope_of::<ByClass>(py), c"assert ByClass().made_by == 'ByClass' == ByClass()()");
    });
}
