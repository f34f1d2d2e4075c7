//! Exact reference counts of calls: into Python, and from Python into Rust functions, methods and properties.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyCFunction, PyDict, PyTuple, PyType};

use pyo3_tests::{assert_count_stays, assert_count_stays_in, eval, fresh, run, scope};

#[test]
fn calls_into_python() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
def take(*args, **kwargs): pass
def give(*args, **kwargs): return args, kwargs
def fail(*args, **kwargs): raise ValueError
class C:
    def m(self, *args, **kwargs): return args
",
        );
        let object = fresh(py);
        let kwargs = [("k", &object)].into_py_dict(py).unwrap();
        let tuple = PyTuple::new(py, [&object, &object]).unwrap();
        for name in [c"take", c"give", c"fail"] {
            let f = eval(&scope, name);
            assert_count_stays(&object, || {
                drop(f.call0());
                drop(f.call1((&object,)));
                drop(f.call1((object.clone(), 1, &object)));
                drop(f.call1(&tuple));
                drop(f.call1(tuple.clone()));
                drop(f.call((), Some(&kwargs)));
                drop(f.call((&object,), Some(&kwargs)));
                drop(f.call(&tuple, Some(&kwargs)));
            });
            assert_count_stays(&f, || {
                drop(f.call1((&object,)));
            });
            assert_count_stays(&tuple, || {
                drop(f.call1(&tuple));
                drop(f.call(&tuple, Some(&kwargs)));
                drop(f.call1(tuple.clone()));
                drop(f.call1(tuple.clone().unbind()));
            });
            assert_count_stays(&kwargs, || {
                drop(f.call((), Some(&kwargs)));
                drop(f.call((1,), Some(&kwargs)));
            });
        }
        let instance = eval(&scope, c"C()");
        assert_count_stays(&object, || {
            drop(instance.call_method0("m").unwrap());
            drop(instance.call_method1("m", (&object,)).unwrap());
            drop(instance.call_method("m", (&object, 1), Some(&kwargs)).unwrap());
            drop(instance.call_method("m", &tuple, Some(&kwargs)).unwrap());
            assert!(instance.call_method1("nothing", (&object,)).is_err());
        });
        assert_count_stays(&instance, || {
            drop(instance.call_method0("m").unwrap());
            drop(instance.call_method1("m", (1,)).unwrap());
            drop(instance.call_method("m", (), Some(&kwargs)).unwrap());
            assert!(instance.call_method0("nothing").is_err());
        });
    });
}

#[pyfunction]
fn take(_object: &Bound<'_, PyAny>) {}

#[pyfunction]
fn give(object: Bound<'_, PyAny>) -> Bound<'_, PyAny> {
    object
}

#[pyfunction]
fn give_unbound(object: Py<PyAny>) -> Py<PyAny> {
    object
}

#[pyfunction]
#[pyo3(signature = (object = None, *args, key = None, **kwargs))]
fn everything<'py>(
    object: Option<Bound<'py, PyAny>>,
    args: &Bound<'py, PyTuple>,
    key: Option<Py<PyAny>>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<(Option<Bound<'py, PyAny>>, Bound<'py, PyTuple>, Option<Py<PyAny>>)> {
    if args.len() > 2 {
        return Err(PyValueError::new_err(args.clone().unbind()));
    }
    drop(kwargs.map(|kwargs| kwargs.copy()));
    Ok((object, args.clone(), key))
}

#[pyfunction]
fn mistyped(_first: &Bound<'_, PyAny>, _second: i32) {}

#[pyfunction]
fn fails(object: Py<PyAny>) -> PyResult<()> {
    Err(PyValueError::new_err(object))
}

#[pyfunction]
fn several(objects: Vec<Py<PyAny>>) -> Vec<Py<PyAny>> {
    objects
}

/// Calls `code`, a Python function, with a fresh object many times, and checks the reference count.
#[track_caller]
fn judge(scope: &Bound<'_, PyDict>, code: &std::ffi::CStr) {
    let object = fresh(scope.py());
    let call = eval(scope, code);
    assert_count_stays_in(&object, &code.to_string_lossy(), || drop(call.call1((&object,))));
}

#[test]
fn calls_of_functions_of_rust() {
    Python::attach(|py| {
        let scope = pyo3_tests::scope_with(
            py,
            [
                wrap_pyfunction!(take, py),
                wrap_pyfunction!(give, py),
                wrap_pyfunction!(give_unbound, py),
                wrap_pyfunction!(everything, py),
                wrap_pyfunction!(mistyped, py),
                wrap_pyfunction!(fails, py),
                wrap_pyfunction!(several, py),
            ],
        );
        for code in [
            c"lambda x: take(x)",
            c"lambda x: take(_object=x)",
            c"lambda x: take(*(x,))",
            c"lambda x: take(**{'_object': x})",
            c"lambda x: give(x)",
            c"lambda x: give_unbound(x)",
            c"lambda x: everything(x)",
            c"lambda x: everything(x, x, x)",
            c"lambda x: everything(x, x, x, x)",
            c"lambda x: everything(x, key=x)",
            c"lambda x: everything(x, x, key=x, other=x, another=x)",
            c"lambda x: everything(object=x, other=x)",
            c"lambda x: everything(x, object=x)",
            c"lambda x: mistyped(x, x)",
            c"lambda x: mistyped(x)",
            c"lambda x: mistyped(x, 1, x)",
            c"lambda x: mistyped(x, wrong=x)",
            c"lambda x: fails(x)",
            c"lambda x: several([x, x])",
            c"lambda x: several(x)",
        ] {
            judge(&scope, code);
        }
    });
}

#[test]
fn calls_of_closures() {
    Python::attach(|py| {
        let closure = PyCFunction::new_closure(
            py,
            None,
            None,
            |args: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>| {
                (args.clone().unbind(), kwargs.map(|kwargs| kwargs.clone().unbind()))
            },
        )
        .unwrap();
        let object = fresh(py);
        let kwargs = [("k", &object)].into_py_dict(py).unwrap();
        assert_count_stays(&object, || {
            drop(closure.call1((&object,)).unwrap());
            drop(closure.call((&object,), Some(&kwargs)).unwrap());
        });
    });
}

#[pyclass(subclass)]
struct Keeper {
    #[pyo3(get, set)]
    object: Option<Py<PyAny>>,
}

#[pymethods]
impl Keeper {
    #[classattr]
    const NOTHING: Option<i32> = None;

    #[new]
    #[pyo3(signature = (object = None))]
    fn new(object: Option<Py<PyAny>>) -> PyResult<Self> {
        Ok(Keeper { object })
    }

    fn put(&mut self, object: Py<PyAny>) -> Option<Py<PyAny>> {
        self.object.replace(object)
    }

    fn me(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn me_mutable(slf: PyRefMut<'_, Self>) -> PyRefMut<'_, Self> {
        slf
    }

    fn me_bound<'py>(slf: &Bound<'py, Self>) -> Bound<'py, Self> {
        slf.clone()
    }

    fn other(&self, other: PyRef<'_, Keeper>) -> bool {
        other.object.is_some()
    }

    #[staticmethod]
    fn fixed(object: Py<PyAny>) -> Py<PyAny> {
        object
    }

    #[classmethod]
    fn of_class(cls: Bound<'_, PyType>, object: Py<PyAny>) -> PyResult<Bound<'_, PyAny>> {
        cls.call1((object,))
    }

    #[getter]
    fn computed(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.object.as_ref().map(|object| object.clone_ref(py))
    }

    #[setter]
    fn set_computed(&mut self, value: &Bound<'_, PyAny>) {
        self.object = Some(value.clone().unbind());
    }

    fn __getitem__<'py>(&self, key: Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        if key.is_none() { Err(PyValueError::new_err("none")) } else { Ok(key) }
    }

    fn __setitem__(&mut self, _key: &Bound<'_, PyAny>, value: Py<PyAny>) {
        self.object = Some(value);
    }

    fn __contains__(&self, item: &Bound<'_, PyAny>) -> bool {
        item.is_none()
    }

    fn __add__(&self, other: Py<PyAny>) -> Py<PyAny> {
        other
    }

    fn __radd__(&self, other: Py<PyAny>) -> Py<PyAny> {
        other
    }

    fn __sub__(&self, _other: i32) -> i32 {
        0
    }

    fn __iadd__(&mut self, other: Py<PyAny>) {
        self.object = Some(other);
    }

    fn __eq__(&self, other: &Bound<'_, PyAny>) -> bool {
        other.is_none()
    }

    fn __call__(&self, object: Py<PyAny>) -> Py<PyAny> {
        object
    }

    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__(&mut self) -> Option<Py<PyAny>> {
        self.object.take()
    }
}

const KEEPER_CODE: &[&std::ffi::CStr] = &[
    c"lambda x: Keeper(x)",
    c"lambda x: Keeper(object=x).object",
    c"lambda x: Keeper(x, x)",
    c"lambda x: Keeper(wrong=x)",
    c"lambda x: Keeper(x).put(x)",
    c"lambda x: Keeper(x).put(object=x)",
    c"lambda x: Keeper.put(Keeper(x), x)",
    c"lambda x: Keeper.put(x, x)",
    c"lambda x: Keeper(x).me().me_mutable().me_bound().object",
    c"lambda x: Keeper.fixed(x)",
    c"lambda x: Keeper.of_class(x)",
    c"lambda x: Keeper(x).other(Keeper(x))",
    c"lambda x: Keeper(x).other(x)",
    c"lambda x: (Keeper(x).object, Keeper(x).computed, Keeper.object.__get__(Keeper(x)))",
    c"lambda x: setattr(Keeper(), 'object', x)",
    c"lambda x: setattr(Keeper(x), 'computed', x)",
    c"lambda x: setattr(Keeper(x), 'wrong', x)",
    c"lambda x: Keeper()[x]",
    c"lambda x: Keeper(x)[None]",
    c"lambda x: Keeper(x).__setitem__(x, x)",
    c"lambda x: x in Keeper(x)",
    c"lambda x: Keeper(x) + x",
    c"lambda x: x + Keeper(x)",
    c"lambda x: Keeper(x) - x",
    c"lambda x: Keeper(x).__iadd__(x)",
    c"lambda x: Keeper(x) == x",
    c"lambda x: Keeper(x) < x",
    c"lambda x: Keeper(x)(x)",
    c"lambda x: list(Keeper(x))",
    c"lambda x: Sub(x).object",
    c"lambda x: Sub(x).put(x)",
    c"lambda x: Sub(x, extra=x)",
];

#[test]
fn methods_properties_and_protocols() {
    Python::attach(|py| {
        let scope = pyo3_tests::scope_of::<Keeper>(py);
        run(&scope, c"class Sub(Keeper):\n    def __init__(self, *args): self.args = args");
        for code in KEEPER_CODE {
            judge(&scope, code);
        }
    });
}

#[test]
fn receivers() {
    Python::attach(|py| {
        let keeper = Bound::new(py, Keeper { object: None }).unwrap();
        let call = eval(
            &pyo3_tests::scope_of::<Keeper>(py),
            c"lambda k: (k.me(), k.me_mutable(), k.me_bound(), k.object, k.put(1), k.computed, k == 1, k + 1, 1 + k, 5 in k, k(1), iter(k), list(k), k.fixed(1), k[1], k.NOTHING)",
        );
        assert_count_stays(&keeper, || {
            drop(call.call1((&keeper,)).unwrap());
            drop(keeper.borrow());
            drop(keeper.borrow_mut());
            drop(keeper.try_borrow().unwrap());
            drop(keeper.extract::<PyRef<'_, Keeper>>().unwrap());
            drop(keeper.extract::<PyRefMut<'_, Keeper>>().unwrap());
            drop(keeper.as_any().cast::<Keeper>().unwrap().borrow().into_pyobject(py).unwrap());
            let reader = keeper.borrow();
            assert!(keeper.try_borrow_mut().is_err());
            drop(reader);
        });
    });
}

#[test]
fn classes_count_their_instances_exactly() {
    Python::attach(|py| {
        let scope = pyo3_tests::scope_of::<Keeper>(py);
        run(&scope, c"class Sub(Keeper): pass");
        let class = eval(&scope, c"Sub");
        assert_count_stays(&class, || {
            drop(class.call0().unwrap());
            drop(class.call1((1,)).unwrap());
            assert!(class.call1((1, 2)).is_err());
            drop(class.getattr("NOTHING").unwrap());
        });
    });
}
