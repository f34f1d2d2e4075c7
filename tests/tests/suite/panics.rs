//! Rust panics that pass through Python, and back into Rust.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::{PyBaseException, PyException};
use pyo3::panic::PanicException;
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PyTuple};

use pyo3_tests::{add_class, eval, run, scope_with};

#[pyfunction]
fn panic_with(message: String) {
    std::panic::resume_unwind(Box::new(message));
}

#[pyfunction]
fn panic_with_static() {
    std::panic::resume_unwind(Box::new("static"));
}

#[pyfunction]
fn panic_with_something() {
    std::panic::resume_unwind(Box::new(42));
}

#[pyclass]
struct Explosive;

#[pymethods]
impl Explosive {
    #[new]
    fn new(explode: bool) -> Self {
        if explode {
            std::panic::resume_unwind(Box::new("in __new__"));
        }
        Explosive
    }

    fn method(&self) {
        std::panic::resume_unwind(Box::new("in a method"));
    }

    #[getter]
    fn property(&self) -> i32 {
        std::panic::resume_unwind(Box::new("in a getter"));
    }

    #[setter]
    fn set_property(&mut self, _value: i32) {
        std::panic::resume_unwind(Box::new("in a setter"));
    }

    fn __repr__(&self) -> String {
        std::panic::resume_unwind(Box::new("in __repr__"));
    }

    fn __len__(&self) -> usize {
        std::panic::resume_unwind(Box::new("in __len__"));
    }

    fn __getitem__(&self, _key: i32) -> i32 {
        std::panic::resume_unwind(Box::new("in __getitem__"));
    }

    fn __add__(&self, _other: i32) -> i32 {
        std::panic::resume_unwind(Box::new("in __add__"));
    }

    fn __hash__(&self) -> u64 {
        std::panic::resume_unwind(Box::new("in __hash__"));
    }

    fn __eq__(&self, _other: i32) -> bool {
        std::panic::resume_unwind(Box::new("in __eq__"));
    }

    fn __iter__(&self) -> Explosive {
        std::panic::resume_unwind(Box::new("in __iter__"));
    }

    fn __call__(&self) {
        std::panic::resume_unwind(Box::new("in __call__"));
    }

    fn __contains__(&self, _item: i32) -> bool {
        std::panic::resume_unwind(Box::new("in __contains__"));
    }
}

#[test]
fn a_panic_is_an_exception_in_python() {
    Python::attach(|py| {
        let scope = scope_with(
            py,
            [
                wrap_pyfunction!(panic_with, py),
                wrap_pyfunction!(panic_with_static, py),
                wrap_pyfunction!(panic_with_something, py),
            ],
        );
        scope.set_item("PanicException", py.get_type::<PanicException>()).unwrap();
        run(
            &scope,
            c"
def message(call, *args):
    try:
        call(*args)
    except PanicException as panic:
        return panic.args
assert message(panic_with, 'owned') == ('owned',)
assert message(panic_with_static) == ('static',)
assert message(panic_with_something) == ('panic from Rust code',)
",
        );
    });
}

#[test]
fn its_type_is_like_system_exit() {
    Python::attach(|py| {
        let class = py.get_type::<PanicException>();
        assert!(class.is_subclass_of::<PyBaseException>().unwrap());
        assert!(!class.is_subclass_of::<PyException>().unwrap());
        assert_eq!(class.name().unwrap(), "PanicException");
        assert_eq!(class.module().unwrap(), "pyo3_runtime");
    });
}

#[test]
fn a_panic_resumes_in_rust() {
    Python::attach(|py| {
        let function = wrap_pyfunction!(panic_with, py).unwrap();
        let outcome = catch_unwind(AssertUnwindSafe(|| function.call1(("around and back",))));
        let payload = outcome.unwrap_err();
        assert_eq!(payload.downcast_ref::<String>().unwrap(), "around and back");
        assert_eq!(eval(&PyDict::new(py), c"1").extract::<i32>().unwrap(), 1);
    });
}

#[test]
fn a_panic_goes_through_frames_of_python() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(panic_with, py)]);
        run(
            &scope,
            c"
cleaned = []
def deep(depth):
    try:
        if depth:
            deep(depth - 1)
        else:
            panic_with('deep down')
    finally:
        cleaned.append(depth)
",
        );
        let deep = eval(&scope, c"deep");
        let outcome = catch_unwind(AssertUnwindSafe(|| deep.call1((5,))));
        assert_eq!(outcome.unwrap_err().downcast_ref::<String>().unwrap(), "deep down");
        run(&scope, c"assert cleaned == [0, 1, 2, 3, 4, 5]");
    });
}

#[test]
fn except_exception_does_not_stop_it() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(panic_with_static, py)]);
        run(
            &scope,
            c"
def careless():
    try:
        panic_with_static()
    except Exception:
        return 'swallowed'
try:
    careless()
except BaseException as error:
    kind = type(error).__name__
",
        );
        assert_eq!(eval(&scope, c"kind").to_string(), "PanicException");
    });
}

#[test]
fn every_kind_of_entry_catches() {
    Python::attach(|py| {
        let scope = PyDict::new(py);
        add_class::<Explosive>(&scope);
        run(
            &scope,
            c"
def message(call):
    try:
        call()
    except BaseException as error:
        assert type(error).__name__ == 'PanicException', repr(error)
        return str(error)
def set_property():
    it.property = 1
it = Explosive(False)
table = {
    'in __new__': lambda: Explosive(True),
    'in a method': lambda: it.method(),
    'in a getter': lambda: it.property,
    'in a setter': set_property,
    'in __repr__': lambda: repr(it),
    'in __len__': lambda: len(it),
    'in __getitem__': lambda: it[1],
    'in __add__': lambda: it + 1,
    'in __hash__': lambda: hash(it),
    'in __eq__': lambda: it == 1,
    'in __iter__': lambda: iter(it),
    'in __call__': lambda: it(),
    'in __contains__': lambda: 1 in it,
}
for expected, call in table.items():
    found = message(call)
    assert found == expected, (expected, found)
it = None
",
        );
    });
}

#[test]
fn closures_catch_too() {
    Python::attach(|py| {
        let closure = PyCFunction::new_closure(
            py,
            None,
            None,
            |_: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| -> PyResult<()> {
                std::panic::resume_unwind(Box::new("in a closure"));
            },
        )
        .unwrap();
        let outcome = catch_unwind(AssertUnwindSafe(|| closure.call0()));
        assert_eq!(outcome.unwrap_err().downcast_ref::<String>().unwrap(), "in a closure");
    });
}

#[test]
fn a_lazy_panic_exception_is_just_an_error() {
    Python::attach(|py| {
        let error = PanicException::new_err("only an error yet");
        assert!(error.is_instance_of::<PanicException>(py));
        assert_eq!(error.value(py).to_string(), "only an error yet");
    });
}
