//! `PyAnyMethods`: attributes, calls, items, comparison, truth, instances.

use std::cmp::Ordering;

use pyo3::class::basic::CompareOp;
use pyo3::exceptions::{PyAttributeError, PyIndexError, PyKeyError, PyTypeError, PyValueError, PyZeroDivisionError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBool, PyDict, PyInt, PyList, PyString, PyTuple, PyType};

use pyo3_tests::{eval, fresh, run, scope};

#[test]
fn attributes() {
    Python::attach(|py| {
        let object = fresh(py);
        assert!(!object.hasattr("name").unwrap());
        object.setattr("name", "value").unwrap();
        assert!(object.hasattr(intern!(py, "name")).unwrap());
        assert_eq!(object.getattr("name").unwrap().to_string(), "value");
        assert!(object.getattr_opt("name").unwrap().is_some());
        object.delattr("name").unwrap();
        assert!(object.getattr_opt("name").unwrap().is_none());
        let error = object.getattr("name").unwrap_err();
        assert!(error.is_instance_of::<PyAttributeError>(py));
        assert!(object.delattr("name").is_err());
        assert!(py.None().bind(py).setattr("name", 1).is_err());
    });
}

#[test]
fn errors_of_properties_are_not_swallowed() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Broken:
    @property
    def value(self): raise ValueError('broken')
    @property
    def missing(self): raise AttributeError('gone')
",
        );
        let broken = eval(&scope, c"Broken()");
        assert!(broken.hasattr("value").unwrap_err().is_instance_of::<PyValueError>(py));
        assert!(broken.getattr_opt("value").unwrap_err().is_instance_of::<PyValueError>(py));
        assert!(!broken.hasattr("missing").unwrap());
        assert!(broken.getattr_opt("missing").unwrap().is_none());
    });
}

#[test]
fn calls_in_all_forms() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"def f(*args, **kwargs): return args, kwargs");
        let f = eval(&scope, c"f");
        let kwargs = [("k", 1)].into_py_dict(py).unwrap();
        let tuple = PyTuple::new(py, ["x", "y"]).unwrap();
        let check = |result: PyResult<Bound<'_, PyAny>>, expected: &str| {
            assert_eq!(result.unwrap().to_string(), expected);
        };
        check(f.call0(), "((), {})");
        check(f.call1((1,)), "((1,), {})");
        check(f.call1((1, "two", 3.0)), "((1, 'two', 3.0), {})");
        check(f.call1((1, 2, 3, 4, 5, 6, 7, 8, 9)), "((1, 2, 3, 4, 5, 6, 7, 8, 9), {})");
        check(f.call1(()), "((), {})");
        let by_reference = (1, String::from("two"));
        check(f.call1(&by_reference), "((1, 'two'), {})");
        check(f.call1(&(py.None(),)), "((None,), {})");
        check(f.call1(&tuple), "(('x', 'y'), {})");
        check(f.call1(tuple.clone()), "(('x', 'y'), {})");
        check(f.call1(tuple.clone().unbind()), "(('x', 'y'), {})");
        check(f.call((), Some(&kwargs)), "((), {'k': 1})");
        check(f.call((1,), Some(&kwargs)), "((1,), {'k': 1})");
        check(f.call(&tuple, Some(&kwargs)), "(('x', 'y'), {'k': 1})");
        check(f.call((1, 2), None), "((1, 2), {})");
        check(f.call((), Some(&PyDict::new(py))), "((), {})");
    });
}

#[test]
fn calls_of_methods() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class C:
    def m(self, *args, **kwargs): return args, kwargs
it = C()
it.instance = lambda *args: args
",
        );
        let it = eval(&scope, c"it");
        let kwargs = [("k", 1)].into_py_dict(py).unwrap();
        let check = |result: PyResult<Bound<'_, PyAny>>, expected: &str| {
            assert_eq!(result.unwrap().to_string(), expected);
        };
        check(it.call_method0("m"), "((), {})");
        check(it.call_method0(intern!(py, "m")), "((), {})");
        check(it.call_method1("m", (1, 2)), "((1, 2), {})");
        check(it.call_method("m", (1,), Some(&kwargs)), "((1,), {'k': 1})");
        check(it.call_method("m", (), Some(&kwargs)), "((), {'k': 1})");
        check(it.call_method("m", (1,), None), "((1,), {})");
        check(it.call_method1("m", PyTuple::new(py, [7]).unwrap()), "((7,), {})");
        check(it.call_method1("instance", (1,)), "(1,)");
        let error = it.call_method0("nothing").unwrap_err();
        assert!(error.is_instance_of::<PyAttributeError>(py));
    });
}

#[test]
fn errors_of_calls() {
    Python::attach(|py| {
        let error = 1i32.into_pyobject(py).unwrap().call0().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'int' object is not callable");
        let error = py.get_type::<PyInt>().call1(("x",)).unwrap_err();
        assert!(error.is_instance_of::<PyValueError>(py));
        assert!(!1i32.into_pyobject(py).unwrap().is_callable());
        assert!(py.get_type::<PyInt>().is_callable());
    });
}

#[test]
fn items() {
    Python::attach(|py| {
        let dict = PyDict::new(py).into_any();
        dict.set_item("k", 1).unwrap();
        assert_eq!(dict.get_item("k").unwrap().extract::<i32>().unwrap(), 1);
        assert_eq!(dict.len().unwrap(), 1);
        assert!(dict.contains("k").unwrap());
        dict.del_item("k").unwrap();
        assert!(dict.is_empty().unwrap());
        assert!(dict.get_item("k").unwrap_err().is_instance_of::<PyKeyError>(py));
        assert!(dict.del_item("k").unwrap_err().is_instance_of::<PyKeyError>(py));
        let list = PyList::new(py, [1, 2]).unwrap().into_any();
        assert_eq!(list.get_item(-1).unwrap().extract::<i32>().unwrap(), 2);
        assert!(list.get_item(5).unwrap_err().is_instance_of::<PyIndexError>(py));
        let number = 1i32.into_pyobject(py).unwrap().into_any();
        assert!(number.get_item(0).unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(number.len().unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(number.contains(1).unwrap_err().is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn iteration() {
    Python::attach(|py| {
        let range = eval(&scope(py), c"range(4)");
        let numbers: Vec<i32> =
            range.try_iter().unwrap().map(|item| item.and_then(|item| item.extract()).unwrap()).collect();
        assert_eq!(numbers, [0, 1, 2, 3]);
        let error = 1i32.into_pyobject(py).unwrap().try_iter().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'int' object is not iterable");
    });
}

#[test]
fn comparison() {
    Python::attach(|py| {
        let one = 1i32.into_pyobject(py).unwrap().into_any();
        assert_eq!(one.compare(2).unwrap(), Ordering::Less);
        assert_eq!(one.compare(1).unwrap(), Ordering::Equal);
        assert_eq!(one.compare(0).unwrap(), Ordering::Greater);
        assert!(one.lt(2).unwrap() && one.le(1).unwrap() && one.eq(1.0).unwrap());
        assert!(one.ne(2).unwrap() && one.gt(0).unwrap() && one.ge(1).unwrap());
        assert!(one.eq(true).unwrap());
        assert!(one.rich_compare(1, CompareOp::Eq).unwrap().is_truthy().unwrap());
        assert!(!one.rich_compare(1, CompareOp::Lt).unwrap().is_truthy().unwrap());
        assert!(one.lt("text").unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(!one.eq("text").unwrap());
        let error = one.compare(py.NotImplemented()).unwrap_err();
        assert!(error.is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn rich_comparison_may_give_any_object() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"class C:\n    def __lt__(self, other): return ['less', other]");
        let outcome = eval(&scope, c"C()").rich_compare(7, CompareOp::Lt).unwrap();
        assert_eq!(outcome.to_string(), "['less', 7]");
        assert!(eval(&scope, c"C()").lt(7).unwrap());
    });
}

#[test]
fn arithmetic() {
    Python::attach(|py| {
        let seven = 7i32.into_pyobject(py).unwrap().into_any();
        let check = |result: PyResult<Bound<'_, PyAny>>, expected: &str| {
            assert_eq!(result.unwrap().to_string(), expected);
        };
        check(seven.add(2), "9");
        check(seven.sub(2), "5");
        check(seven.mul(2), "14");
        check(seven.div(2), "3.5");
        check(seven.floor_div(2), "3");
        check(seven.rem(4), "3");
        check(seven.divmod(4), "(1, 3)");
        check(seven.lshift(1), "14");
        check(seven.rshift(1), "3");
        check(seven.pow(2, py.None()), "49");
        check(seven.pow(2, 10), "9");
        check(seven.bitand(2), "2");
        check(seven.bitor(8), "15");
        check(seven.bitxor(1), "6");
        check(seven.neg(), "-7");
        check(seven.pos(), "7");
        check(seven.neg().unwrap().abs(), "7");
        check(seven.bitnot(), "-8");
        assert!(seven.matmul(1).unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(seven.div(0).unwrap_err().is_instance_of::<PyZeroDivisionError>(py));
        assert!(seven.add("x").unwrap_err().is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn truth() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"class C:\n    def __bool__(self): raise ValueError('neither')");
        assert!(eval(&scope, c"[0]").is_truthy().unwrap());
        assert!(!eval(&scope, c"''").is_truthy().unwrap());
        assert!(eval(&scope, c"None").is_none());
        assert!(!eval(&scope, c"0").is_none());
        assert!(eval(&scope, c"C()").is_truthy().is_err());
    });
}

#[test]
fn texts_and_hash() {
    Python::attach(|py| {
        let text = PyString::new(py, "a\n");
        assert_eq!(text.str().unwrap(), "a\n");
        assert_eq!(text.repr().unwrap(), "'a\\n'");
        let expected: isize = eval(&scope(py), c"hash('a\\n')").extract().unwrap();
        assert_eq!(text.hash().unwrap(), expected);
        assert!(PyList::empty(py).hash().unwrap_err().is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn dir_lists_attributes() {
    Python::attach(|py| {
        let object = fresh(py);
        object.setattr("mine", 1).unwrap();
        assert!(object.dir().unwrap().contains("mine").unwrap());
    });
}

#[test]
fn instances() {
    Python::attach(|py| {
        let truth = PyBool::new(py, true).to_owned().into_any();
        assert!(truth.is_instance_of::<PyBool>() && truth.is_instance_of::<PyInt>());
        assert!(truth.is_exact_instance_of::<PyBool>() && !truth.is_exact_instance_of::<PyInt>());
        let int = py.get_type::<PyInt>().into_any();
        assert!(truth.is_instance(&int).unwrap());
        assert!(!truth.is_exact_instance(&int));
        let both = (py.get_type::<PyString>(), int).into_pyobject(py).unwrap();
        assert!(truth.is_instance(&both).unwrap());
        assert!(truth.is_instance(&truth).unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(truth.get_type().is(py.get_type::<PyBool>()));
        assert!(py.get_type::<PyBool>().is_instance_of::<PyType>());
    });
}

#[test]
fn identity() {
    Python::attach(|py| {
        let a = PyList::empty(py);
        let b = PyList::empty(py);
        assert!(a.is(a.clone()) && !a.is(&b));
        assert!(a.eq(&b).unwrap());
    });
}

#[test]
fn extract_borrows_or_copies() {
    Python::attach(|py| {
        let text = PyString::new(py, "text").into_any();
        assert_eq!(text.extract::<&str>().unwrap(), "text");
        assert_eq!(text.extract::<String>().unwrap(), "text");
        let bound: Bound<'_, PyString> = text.extract().unwrap();
        assert!(bound.is(&text));
        let kept: Py<PyAny> = text.extract().unwrap();
        assert!(kept.is(&text));
    });
}

#[test]
fn py_super_finds_the_parent() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class A:
    def name(self): return 'A'
class B(A):
    def name(self): return 'B'
",
        );
        let b = eval(&scope, c"B()");
        let parent = b.py_super().unwrap();
        assert_eq!(parent.call_method0("name").unwrap().to_string(), "A");
        assert_eq!(b.call_method0("name").unwrap().to_string(), "B");
    });
}
