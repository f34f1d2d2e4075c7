//! `#[pyclass]` and `#[pymethods]`: construction, methods, properties, attributes, borrowing.

use pyo3::exceptions::{PyAttributeError, PyRuntimeError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple, PyType};

use pyo3_tests::{assert_messages, eval, raises, run, scope_of};

/// A point on paper.
#[pyclass(module = "geometry")]
#[derive(Debug)]
struct Point {
    #[pyo3(get, set)]
    x: i64,
    #[pyo3(get, set, name = "why")]
    y: i64,
    #[pyo3(get)]
    label: Option<String>,
    hidden: u32,
}

#[pymethods]
impl Point {
    /// The number of axes.
    #[classattr]
    const AXES: u32 = 2;

    #[classattr]
    fn computed() -> String {
        "made once".to_owned()
    }

    #[new]
    #[pyo3(signature = (x = 0, y = 0, *, label = None))]
    fn new(x: i64, y: i64, label: Option<String>) -> PyResult<Self> {
        if x < -100 {
            return Err(PyValueError::new_err("too far left"));
        }
        Ok(Point { x, y, label, hidden: 7 })
    }

    /// The sum of both.
    fn sum(&self) -> i64 {
        self.x + self.y
    }

    #[pyo3(signature = (dx, dy = 0, *args, **kwargs))]
    fn shift(&mut self, dx: i64, dy: i64, args: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>) -> usize {
        self.x += dx;
        self.y += dy;
        args.len() + kwargs.map_or(0, |kwargs| kwargs.len())
    }

    #[pyo3(name = "renamed", text_signature = "($self, of_mine)")]
    fn rust_name(&self, value: i64) -> i64 {
        value
    }

    #[staticmethod]
    fn origin() -> Self {
        Point { x: 0, y: 0, label: None, hidden: 0 }
    }

    #[classmethod]
    #[pyo3(signature = (value = 1))]
    fn diagonal<'py>(cls: &Bound<'py, PyType>, value: i64) -> PyResult<Bound<'py, PyAny>> {
        cls.call1((value, value))
    }

    #[getter]
    fn norm(&self) -> f64 {
        ((self.x * self.x + self.y * self.y) as f64).sqrt()
    }

    /// Hidden, but not for ever.
    #[getter(secret)]
    fn read_hidden(&self) -> u32 {
        self.hidden
    }

    #[setter(secret)]
    fn write_hidden(&mut self, value: u32) -> PyResult<()> {
        if value > 100 {
            return Err(PyValueError::new_err("too much"));
        }
        self.hidden = value;
        Ok(())
    }

    #[deleter]
    fn secret(&mut self) {
        self.hidden = 0;
    }

    #[setter]
    fn set_label(&mut self, label: Option<String>) {
        self.label = label;
    }

    fn me(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn me_bound<'py>(slf: Bound<'py, Self>) -> Bound<'py, Self> {
        slf
    }

    fn me_borrowed<'py>(slf: &Bound<'py, Self>) -> Bound<'py, Self> {
        slf.clone()
    }

    fn me_lent<'py>(slf: Borrowed<'_, 'py, Self>) -> Bound<'py, Self> {
        slf.to_owned()
    }

    fn me_unbound(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn bump(mut slf: PyRefMut<'_, Self>) -> PyRefMut<'_, Self> {
        slf.x += 1;
        slf
    }

    fn call_while_borrowed(&self, callable: &Bound<'_, PyAny>) -> PyResult<()> {
        callable.call0().map(|_| ())
    }

    fn call_while_mutably_borrowed(&mut self, callable: &Bound<'_, PyAny>) -> PyResult<()> {
        callable.call0().map(|_| ())
    }

    fn with_python(&self, py: Python<'_>, other: PyRef<'_, Point>) -> i64 {
        py.detach(|| 1) + self.x + other.x
    }
}

#[pymethods]
impl Point {
    fn in_a_second_block(&self) -> bool {
        true
    }
}

#[test]
fn construction() {
    Python::attach(|py| {
        let scope = scope_of::<Point>(py);
        run(
            &scope,
            c"
p = Point()
assert (p.x, p.why, p.label) == (0, 0, None)
p = Point(1, y=2, label='here')
assert (p.x, p.why, p.label) == (1, 2, 'here')
assert type(p) is Point and isinstance(p, Point)
assert p.in_a_second_block()
",
        );
        assert_messages(
            &scope,
            &[
                (c"Point(-101)", "ValueError: too far left"),
                (
                    c"Point(1, 2, 'x')",
                    "TypeError: Point.__new__() takes from 0 to 2 positional arguments but 3 were given",
                ),
            ],
        );
    });
}

#[test]
fn the_type_describes_itself() {
    Python::attach(|py| {
        let scope = scope_of::<Point>(py);
        run(
            &scope,
            c"
assert Point.__name__ == 'Point'
assert Point.__qualname__ == 'Point'
assert Point.__module__ == 'geometry'
assert Point.__doc__ == 'A point on paper.', Point.__doc__
assert Point.__text_signature__ == '(x=0, y=0, *, label=None)', Point.__text_signature__
assert Point.sum.__doc__ == 'The sum of both.'
assert Point.sum.__text_signature__ == '($self)'
assert Point.shift.__text_signature__ == '($self, dx, dy=0, *args, **kwargs)'
assert Point.renamed.__text_signature__ == '($self, of_mine)'
assert Point.diagonal.__text_signature__ == '($cls, value=1)', Point.diagonal.__text_signature__
assert Point.origin.__text_signature__ == '()'
assert Point.secret.__doc__ == 'Hidden, but not for ever.'
assert repr(Point) == \"<class 'geometry.Point'>\"
assert repr(Point()).startswith('<geometry.Point object at 0x')
import inspect
assert str(inspect.signature(Point)) == '(x=0, y=0, *, label=None)'
assert str(inspect.signature(Point().shift)) == '(dx, dy=0, *args, **kwargs)'
",
        );
    });
}

#[test]
fn methods() {
    Python::attach(|py| {
        let scope = scope_of::<Point>(py);
        run(
            &scope,
            c"
p = Point(1, 2)
assert p.sum() == 3 and Point.sum(p) == 3
assert p.shift(1) == 0 and p.sum() == 4
assert p.shift(1, 2, 3, 4, k=5) == 3 and p.sum() == 7
assert p.shift(dy=1, dx=0) == 0 and p.sum() == 8
assert p.renamed(5) == 5
bound = p.sum
p.x = 0
assert bound() == p.why
assert p.me() is p and p.me_bound() is p and p.me_borrowed() is p and p.me_unbound() is p and p.me_lent() is p
x = p.x
assert p.bump() is p and p.x == x + 1
assert p.with_python(Point(5)) == 1 + p.x + 5
",
        );
        let error = raises(&scope, c"Point.sum(5)");
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert!(raises(&scope, c"Point.sum()").is_instance_of::<PyTypeError>(py));
        assert!(raises(&scope, c"Point().with_python(5)").is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn static_and_class_methods() {
    Python::attach(|py| {
        let scope = scope_of::<Point>(py);
        run(
            &scope,
            c"
assert Point.origin().x == 0
assert Point().origin().x == 0
assert Point.diagonal(4).why == 4
assert Point(9).diagonal().x == 1
assert type(Point.diagonal()) is Point
",
        );
    });
}

#[test]
fn properties() {
    Python::attach(|py| {
        let scope = scope_of::<Point>(py);
        run(
            &scope,
            c"
p = Point(3, 4)
assert p.norm == 5.0
p.x = 0
assert p.norm == 4.0
p.why = 1
assert p.norm == 1.0
assert p.secret == 7
p.secret = 9
assert p.secret == 9
del p.secret
assert p.secret == 0
p.label = 'new'
assert p.label == 'new'
p.label = None
assert p.label is None
assert not hasattr(p, 'hidden') and not hasattr(p, 'y')
",
        );
        for code in [c"p.norm = 1", c"del p.norm", c"p.hidden = 1", c"p.other = 1", c"Point.x.__set__(5, 1)"] {
            let error = raises(&scope, code);
            let attribute = error.is_instance_of::<PyAttributeError>(py);
            assert!(attribute || error.is_instance_of::<PyTypeError>(py), "{code:?} gives {error}");
        }
        assert_messages(
            &scope,
            &[
                (c"p.x = 'text'", "TypeError: 'str' object cannot be interpreted as an integer"),
                (c"p.secret = 101", "ValueError: too much"),
                (c"del p.x", "AttributeError: property has no deleter"),
            ],
        );
    });
}

#[test]
fn class_attributes() {
    Python::attach(|py| {
        let scope = scope_of::<Point>(py);
        run(
            &scope,
            c"
assert Point.AXES == 2 and Point().AXES == 2
assert Point.computed == 'made once'
assert Point.computed is Point.computed
",
        );
    });
}

#[test]
fn borrows_from_rust() {
    Python::attach(|py| {
        let point = Bound::new(py, Point::origin()).unwrap();
        {
            let first = point.borrow();
            let second = point.borrow();
            assert_eq!(first.x + second.x, 0);
            assert_eq!(point.try_borrow_mut().unwrap_err().to_string(), "Already borrowed");
        }
        {
            let mut writer = point.borrow_mut();
            writer.x = 5;
            assert_eq!(point.try_borrow().unwrap_err().to_string(), "Already mutably borrowed");
            assert_eq!(point.try_borrow_mut().unwrap_err().to_string(), "Already borrowed");
        }
        assert_eq!(point.borrow().x, 5);
        let unbound = point.clone().unbind();
        unbound.borrow_mut(py).x = 6;
        assert_eq!(unbound.borrow(py).x, 6);
        let error: PyErr = {
            let _writer = point.borrow_mut();
            point.extract::<PyRef<'_, Point>>().unwrap_err().into()
        };
        assert_eq!(error.to_string(), "RuntimeError: Already mutably borrowed");
        assert!(point.as_any().extract::<PyRefMut<'_, Point>>().is_ok());
    });
}

#[test]
fn borrows_from_python() {
    Python::attach(|py| {
        let scope = scope_of::<Point>(py);
        run(&scope, c"p = Point()\ndef write(): p.x = 1\ndef shift(): p.shift(1)\ndef read(): p.sum()");
        assert_messages(
            &scope,
            &[
                (c"p.call_while_borrowed(write)", "RuntimeError: Already borrowed"),
                (c"p.call_while_borrowed(shift)", "RuntimeError: Already borrowed"),
                (c"p.call_while_mutably_borrowed(read)", "RuntimeError: Already mutably borrowed"),
                (c"p.call_while_mutably_borrowed(shift)", "RuntimeError: Already borrowed"),
                (c"p.call_while_mutably_borrowed(lambda: p.x)", "RuntimeError: Already mutably borrowed"),
            ],
        );
        run(&scope, c"p.call_while_borrowed(read)\nwrite()\nassert p.x == 1");
    });
}

#[test]
#[should_panic(expected = "Already mutably borrowed")]
fn borrow_panics_where_it_is_mutably_borrowed() {
    Python::attach(|py| {
        let point = Bound::new(py, Point::origin()).unwrap();
        let _writer = point.borrow_mut();
        point.borrow();
    });
}

#[test]
fn instances_made_in_rust() {
    Python::attach(|py| {
        let point = Py::new(py, Point::origin()).unwrap();
        assert!(point.bind(py).is_instance_of::<Point>());
        assert!(point.bind(py).get_type().is(py.get_type::<Point>()));
        let object = Point::origin().into_pyobject(py).unwrap();
        assert_eq!(object.getattr("secret").unwrap().extract::<u32>().unwrap(), 0);
        let any = object.into_any();
        assert_eq!(any.cast::<Point>().unwrap().borrow().hidden, 0);
        assert!(any.extract::<PyRef<'_, Point>>().is_ok());
        let error: PyErr = 5i32.into_pyobject(py).unwrap().cast::<Point>().unwrap_err().into();
        assert_eq!(error.to_string(), "TypeError: 'int' object is not an instance of 'Point'");
    });
}

#[pyclass(frozen, get_all, from_py_object)]
#[derive(Clone)]
struct Frozen {
    name: String,
    numbers: Vec<i32>,
}

#[pymethods]
impl Frozen {
    #[new]
    fn new(name: String, numbers: Vec<i32>) -> Self {
        Frozen { name, numbers }
    }
}

#[test]
fn frozen_classes_need_no_borrow() {
    Python::attach(|py| {
        let object = Bound::new(py, Frozen::new("n".into(), vec![1])).unwrap();
        assert_eq!(object.get().name, "n");
        let name: &str = &object.as_borrowed().get().name;
        assert_eq!(name, "n");
        assert_eq!(object.clone().unbind().get().numbers, [1]);
        let scope = scope_of::<Frozen>(py);
        scope.set_item("it", &object).unwrap();
        run(&scope, c"assert it.name == 'n' and it.numbers == [1]\nit.numbers.append(2)\nassert it.numbers == [1]");
        assert!(raises(&scope, c"it.name = 'm'").is_instance_of::<PyAttributeError>(py));
        let copy: Frozen = object.extract().unwrap();
        assert_eq!(copy.name, "n");
    });
}

#[pyclass(name = "Otherwise", get_all, set_all, rename_all = "camelCase")]
struct Named {
    some_value: i32,
    other_value: Option<Py<PyAny>>,
}

#[test]
fn names_of_class_and_fields() {
    Python::attach(|py| {
        let scope = scope_of::<Named>(py);
        let object = Bound::new(py, Named { some_value: 1, other_value: None }).unwrap();
        scope.set_item("it", object).unwrap();
        run(
            &scope,
            c"
assert type(it) is Otherwise and Otherwise.__name__ == 'Otherwise'
assert it.someValue == 1 and it.otherValue is None
thing = object()
it.someValue, it.otherValue = 5, thing
assert it.someValue == 5 and it.otherValue is thing
",
        );
    });
}

#[pyclass]
struct NoConstructor;

#[test]
fn without_new_there_is_no_construction() {
    Python::attach(|py| {
        let scope = scope_of::<NoConstructor>(py);
        for code in [c"NoConstructor()", c"object.__new__(NoConstructor)"] {
            assert!(raises(&scope, code).is_instance_of::<PyTypeError>(py));
        }
        assert_messages(&scope, &[(c"NoConstructor()", "TypeError: cannot create 'builtins.NoConstructor' instances")]);
        assert!(Py::new(py, NoConstructor).is_ok());
    });
}

#[test]
fn new_checks_the_type_it_is_given() {
    Python::attach(|py| {
        let scope = scope_of::<Point>(py);
        pyo3_tests::add_class::<Frozen>(&scope);
        for code in [
            c"Point.__new__(Frozen)",
            c"Point.__new__(int)",
            c"Point.__new__(object)",
            c"Point.__new__()",
            c"Point.__new__(5)",
            c"object.__new__(Point)",
            c"Frozen.__new__(Point, 'x', [])",
            c"Point.sum(Frozen('x', []))",
            c"Point.x.__get__(Frozen('x', []))",
            c"Frozen('x', []).__class__ = Point",
        ] {
            assert!(raises(&scope, code).is_instance_of::<PyTypeError>(py), "{code:?}");
        }
        run(&scope, c"p = Point.__new__(Point, 5)\nassert p.x == 5");
    });
}

#[pyclass(unsendable)]
struct Unsendable {
    value: std::rc::Rc<i32>,
}

#[pymethods]
impl Unsendable {
    fn value(&self) -> i32 {
        *self.value
    }
}

#[test]
fn unsendable_classes_stay_on_their_thread() {
    Python::attach(|py| {
        let object = Bound::new(py, Unsendable { value: std::rc::Rc::new(5) }).unwrap();
        assert_eq!(object.call_method0("value").unwrap().extract::<i32>().unwrap(), 5);
        let object = object.unbind();
        let outcome = py.detach(|| {
            std::thread::scope(|scope| {
                scope
                    .spawn(|| {
                        Python::attach(|py| {
                            let object = object.bind(py).as_any();
                            match object.call_method0("value") {
                                Ok(_) => String::from("it worked"),
                                Err(error) => error.to_string(),
                            }
                        })
                    })
                    .join()
            })
        });
        let message = outcome.unwrap_or_else(|payload| *payload.downcast::<String>().unwrap());
        assert!(message.contains("is unsendable, but sent to another thread"), "{message}");
        assert_eq!(object.borrow(py).value(), 5);
    });
}

#[test]
fn error_of_a_failed_borrow_is_a_runtime_error() {
    Python::attach(|py| {
        let point = Bound::new(py, Point::origin()).unwrap();
        let _reader = point.borrow();
        let error: PyErr = point.try_borrow_mut().unwrap_err().into();
        assert!(error.is_instance_of::<PyRuntimeError>(py));
        assert!(eval(&scope_of::<Point>(py), c"Point.__basicsize__").extract::<usize>().unwrap() > 0);
    });
}

/// A class whose constructor and calls take a number and further arguments.
#[pyclass]
struct Greedy;

#[pymethods]
impl Greedy {
    #[new]
    fn new(number: i64, other: &Bound<'_, PyAny>) -> Self {
        let _ = (number, other);
        Greedy
    }

    #[pyo3(signature = (number, **rest))]
    fn __call__(&self, number: i64, rest: Option<&Bound<'_, PyAny>>) {
        let _ = (number, rest);
    }
}

#[test]
fn keyword_arguments_outlive_the_dict_they_came_in() {
    Python::attach(|py| {
        let scope = scope_of::<Greedy>(py);
        run(
            &scope,
            c"
import weakref

class Thing:
    pass

# Clears the dict while it is converted, and stops the call.
class Clearing:
    def __init__(self, kwargs):
        self.kwargs = kwargs
    def __index__(self):
        ref = weakref.ref(self.kwargs['other'])
        self.kwargs.clear()
        alive.append(ref() is not None)
        raise ValueError('no number')

alive = []
many = {'k%d' % i: i for i in range(20)}
",
        );
        let greedy = Bound::new(py, Greedy).unwrap().into_any();
        for callee in [py.get_type::<Greedy>().into_any(), greedy] {
            for more in [c"{}", c"many"] {
                let kwargs = eval(&scope, c"{}").cast_into::<pyo3::types::PyDict>().unwrap();
                scope.set_item("kwargs", &kwargs).unwrap();
                run(&scope, c"kwargs.update(number=Clearing(kwargs), other=Thing())");
                if callee.is_instance_of::<Greedy>() {
                    kwargs.update(eval(&scope, more).cast::<pyo3::types::PyMapping>().unwrap()).unwrap();
                }
                let error = callee.call((), Some(&kwargs)).unwrap_err();
                assert!(error.is_instance_of::<pyo3::exceptions::PyValueError>(py), "{error}");
                assert!(kwargs.is_empty());
            }
        }
        assert_eq!(eval(&scope, c"alive").to_string(), "[True, True, True, True]");
    });
}
