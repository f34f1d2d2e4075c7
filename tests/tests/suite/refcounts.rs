//! Exact reference counts: objects, containers, errors. Each loop would reveal a missing or extra count.

use pyo3::exceptions::PyValueError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyDict, PyIterator, PyList, PyString, PyTuple};

use pyo3_tests::{assert_count_stays, count_of, eval, fresh, run, scope};

/// Runs a test, attached, with an object that nothing else refers to.
fn with_fresh(test: impl for<'py> FnOnce(Python<'py>, &Bound<'py, PyAny>)) {
    Python::attach(|py| test(py, &fresh(py)));
}

#[test]
fn the_helper_sees_leaks() {
    with_fresh(|_, object| {
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            assert_count_stays(object, || std::mem::forget(object.clone()));
        }));
        assert!(outcome.is_err());
    });
}

#[test]
fn handles() {
    with_fresh(|py, object| {
        assert_count_stays(object, || {
            let unbound = object.clone().unbind();
            let copy = unbound.clone_ref(py);
            let borrowed = copy.bind_borrowed(py);
            drop(borrowed.to_owned().into_any());
            copy.drop_ref(py);
            drop(unbound.into_bound(py));
            drop(object.as_borrowed().to_owned());
            drop(Py::<PyAny>::from(object));
            drop(object.clone().into_pyobject(py).unwrap());
        });
    });
}

#[test]
fn casts_that_fit_and_that_do_not() {
    Python::attach(|py| {
        let list = PyList::empty(py).into_any();
        assert_count_stays(&list, || {
            assert!(list.cast::<PyList>().is_ok());
            assert!(list.cast::<PyDict>().is_err());
            drop(list.clone().cast_into::<PyList>().unwrap());
            drop(list.clone().cast_into::<PyDict>().unwrap_err());
            drop(list.clone().cast_into::<PyDict>().unwrap_err().into_inner());
            drop(PyErr::from(list.cast::<PyDict>().unwrap_err()));
            PyErr::from(list.clone().cast_into::<PyDict>().unwrap_err()).value(py);
            drop(list.extract::<Bound<'_, PyList>>().unwrap());
            drop(list.extract::<Py<PyList>>().unwrap());
            assert!(list.extract::<Bound<'_, PyString>>().is_err());
        });
    });
}

#[test]
fn attributes() {
    with_fresh(|py, object| {
        let holder = fresh(py);
        assert_count_stays(object, || {
            holder.setattr("name", object).unwrap();
            holder.setattr(intern!(py, "name"), object.clone()).unwrap();
            drop(holder.getattr("name").unwrap());
            drop(holder.getattr_opt("name").unwrap());
            assert!(holder.hasattr("name").unwrap());
            assert!(object.getattr("nothing").is_err());
            assert!(object.getattr_opt("nothing").unwrap().is_none());
            assert!(py.None().setattr(py, "name", object).is_err());
            holder.delattr("name").unwrap();
        });
    });
}

#[test]
fn names_and_keys() {
    Python::attach(|py| {
        // Created at run time, so that it is not in a table of interned strings.
        let name = PyString::new(py, &format!("name {}", 1)).into_any();
        let name = name.cast::<PyString>().unwrap();
        let (holder, dict) = (fresh(py), PyDict::new(py));
        // The first use may intern the string, which adds one reference.
        holder.setattr(name, 1).unwrap();
        assert_count_stays(name, || {
            holder.setattr(name, 1).unwrap();
            drop(holder.getattr(name).unwrap());
            assert!(holder.getattr(PyString::new(py, "other")).is_err());
            dict.set_item(name, 1).unwrap();
            drop(dict.get_item(name).unwrap());
            dict.del_item(name).unwrap();
            assert!(dict.get_item(name).unwrap().is_none());
        });
    });
}

#[test]
fn items_of_any() {
    with_fresh(|py, object| {
        let dict = PyDict::new(py).into_any();
        let list = PyList::new(py, [object]).unwrap().into_any();
        assert_count_stays(object, || {
            dict.set_item(object.as_ptr() as usize, object).unwrap();
            drop(dict.get_item(object.as_ptr() as usize).unwrap());
            dict.del_item(object.as_ptr() as usize).unwrap();
            list.set_item(0, object).unwrap();
            drop(list.get_item(0).unwrap());
            assert!(list.get_item(9).is_err());
            assert!(list.set_item(9, object).is_err());
            assert!(list.contains(object).unwrap());
        });
    });
}

#[test]
fn keys_of_dicts() {
    Python::attach(|py| {
        let key = eval(&scope(py), c"('a', 'tuple', object())");
        assert_count_stays(&key, || {
            let dict = PyDict::new(py);
            dict.set_item(&key, 1).unwrap();
            dict.set_item(&key, 2).unwrap();
            drop(dict.get_item(&key).unwrap());
            assert!(dict.contains(&key).unwrap());
            assert!(!dict.set_default(&key, 3).unwrap());
            drop(dict.keys());
            drop(dict.items());
            drop(dict.copy().unwrap());
            for pair in &dict {
                drop(pair);
            }
            dict.del_item(&key).unwrap();
            assert!(dict.del_item(&key).is_err());
        });
    });
}

#[test]
fn values_of_dicts() {
    with_fresh(|py, object| {
        assert_count_stays(object, || {
            let dict = PyDict::new(py);
            dict.set_item("k", object).unwrap();
            dict.set_item("k", object).unwrap();
            drop(dict.get_item("k").unwrap().unwrap());
            assert!(dict.get_item("other").unwrap().is_none());
            dict.set_default("k", object).unwrap();
            dict.set_default("l", object).unwrap();
            drop(dict.values());
            drop(dict.items());
            let other = PyDict::new(py);
            other.update(dict.as_mapping()).unwrap();
            other.update_if_missing(dict.as_mapping()).unwrap();
            drop(PyDict::from_sequence(&dict.items()).unwrap());
            for (key, value) in dict.iter() {
                drop((key, value));
            }
            // Drop an unfinished iteration.
            drop(dict.iter().next());
            dict.locked_for_each(|_, _| Ok(())).unwrap();
            drop([("x", object)].into_py_dict(py).unwrap());
            dict.clear();
        });
    });
}

#[test]
fn tuples() {
    with_fresh(|py, object| {
        assert_count_stays(object, || {
            let tuple = PyTuple::new(py, [object, object, object]).unwrap();
            drop(tuple.get_item(0).unwrap());
            assert!(tuple.get_borrowed_item(1).unwrap().is(object));
            assert!(tuple.get_item(9).is_err());
            drop(tuple.get_slice(0, 2));
            drop(tuple.to_list());
            assert!(tuple.contains(object).unwrap());
            assert_eq!(tuple.index(object).unwrap(), 0);
            for item in &tuple {
                drop(item);
            }
            for item in tuple.iter_borrowed() {
                assert!(item.is(object));
            }
            drop(tuple.iter().nth(1));
            drop(tuple.iter().next_back());
            drop((object, 1, object.clone()).into_pyobject(py).unwrap());
            type Items<'py> = (Bound<'py, PyAny>, Py<PyAny>, Bound<'py, PyAny>);
            drop(tuple.extract::<Items<'_>>().unwrap());
            assert!(tuple.extract::<(i32, i32, i32)>().is_err());
            assert!(tuple.extract::<(Py<PyAny>, Py<PyAny>, i32)>().is_err());
        });
    });
}

#[test]
fn lists() {
    with_fresh(|py, object| {
        assert_count_stays(object, || {
            let list = PyList::new(py, vec![object.clone(); 3]).unwrap();
            list.append(object).unwrap();
            list.insert(0, object).unwrap();
            list.set_item(1, object).unwrap();
            assert!(list.set_item(100, object).is_err());
            drop(list.get_item(0).unwrap());
            drop(list.get_slice(1, 3));
            list.set_slice(0, 1, &PyTuple::new(py, [object, object]).unwrap()).unwrap();
            list.del_slice(0, 2).unwrap();
            list.del_item(0).unwrap();
            drop(list.to_tuple());
            assert!(list.contains(object).unwrap());
            list.reverse().unwrap();
            for item in &list {
                drop(item);
            }
            drop(list.iter().rev().nth(1));
            list.locked_for_each(|_| Ok(())).unwrap();
            drop(list.extract::<Vec<Py<PyAny>>>().unwrap());
            assert!(list.extract::<Vec<i32>>().is_err());
        });
    });
}

#[test]
fn half_made_containers() {
    struct Second<'a, 'py>(&'a Bound<'py, PyAny>, usize);
    impl<'py> IntoPyObject<'py> for Second<'_, 'py> {
        type Target = PyAny;
        type Output = Bound<'py, PyAny>;
        type Error = PyErr;
        fn into_pyobject(self, _: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
            if self.1 == 1 { Err(PyValueError::new_err("no second")) } else { Ok(self.0.clone()) }
        }
    }
    with_fresh(|py, object| {
        assert_count_stays(object, || {
            assert!(PyList::new(py, [Second(object, 0), Second(object, 1), Second(object, 2)]).is_err());
            assert!(PyTuple::new(py, [Second(object, 0), Second(object, 1), Second(object, 2)]).is_err());
            assert!((Second(object, 0), Second(object, 1)).into_pyobject(py).is_err());
        });
    });
}

#[test]
fn iteration() {
    with_fresh(|py, object| {
        let list = PyList::new(py, [object, object]).unwrap();
        assert_count_stays(object, || {
            for item in list.try_iter().unwrap() {
                drop(item.unwrap());
            }
            let mut iterator = PyIterator::from_object(&list).unwrap();
            drop(iterator.next());
        });
        let list = list.into_any();
        assert_count_stays(&list, || {
            let mut iterator = list.try_iter().unwrap();
            drop(iterator.next());
            drop(iterator);
            assert!(list.try_iter().unwrap().count() == 2);
            drop(list.cast::<PyList>().unwrap().iter());
        });
    });
}

#[test]
fn comparison_and_texts() {
    with_fresh(|py, object| {
        let other = fresh(py);
        other.setattr("different", 1).unwrap();
        assert_count_stays(object, || {
            assert!(object.eq(object).unwrap());
            assert!(object.ne(&other).unwrap());
            assert!(object.lt(5).is_err());
            assert!(object.add(1).is_err());
            drop((object.str().unwrap(), object.repr().unwrap(), object.to_string(), format!("{object:?}")));
            assert!(object.is_truthy().unwrap());
            drop((object.get_type(), object.dir().unwrap()));
            assert!(object.len().is_err());
        });
    });
}

#[test]
fn strings() {
    Python::attach(|py| {
        let text = PyString::new(py, &"é text ".repeat(20)).into_any();
        let text = text.cast::<PyString>().unwrap();
        assert_count_stays(text, || {
            assert!(text.to_str().unwrap().len() > 10);
            assert!(text.to_cow().unwrap().len() > 10);
            assert!(text.extract::<&str>().unwrap().len() > 10);
            assert!(text.extract::<String>().unwrap().len() > 10);
            assert!(text.extract::<std::borrow::Cow<'_, str>>().is_ok());
            drop((text.encode_utf8().unwrap(), text.to_string_lossy()));
            assert!(text != "x");
            assert!(text.extract::<i32>().is_err());
        });
    });
}

#[test]
fn interned_strings() {
    Python::attach(|py| {
        let kept = intern!(py, "counted as interned").clone().into_any();
        assert_count_stays(&kept, || {
            drop(intern!(py, "counted as interned").clone());
            drop(PyString::intern(py, "counted as interned"));
        });
    });
}

#[test]
fn errors() {
    with_fresh(|py, object| {
        assert_count_stays(object, || {
            drop(PyValueError::new_err(object.clone().unbind()));
            let error = PyValueError::new_err((object.clone().unbind(), 1));
            drop(error.value(py).getattr("args").unwrap());
            error.restore(py);
            let error = PyErr::take(py).unwrap();
            drop(error.clone_ref(py));
            let outer = PyValueError::new_err("outer");
            outer.set_cause(py, Some(error));
            drop(outer.cause(py));
            outer.restore(py);
            drop(PyErr::fetch(py).into_value(py));
            drop(PyErr::from_type(py.get_type::<PyValueError>(), (object.clone().unbind(),)).to_string());
        });
    });
}

#[test]
fn exceptions_raised_again_and_again() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"error = ValueError('one')\ndef fail():\n    raise error.with_traceback(None)");
        let error = eval(&scope, c"error");
        let fail = eval(&scope, c"fail");
        let class = py.get_type::<PyValueError>();
        assert_count_stays(&error, || {
            let raised = fail.call0().unwrap_err();
            assert!(raised.is_instance_of::<PyValueError>(py));
            assert!(raised.matches(py, &class).unwrap());
            drop((raised.traceback(py), raised.cause(py), raised.context(py), raised.get_type(py)));
            raised.restore(py);
            drop(PyErr::take(py).unwrap().into_value(py));
            let value = PyErr::from_value(error.clone());
            value.value(py);
            value.set_traceback(py, None);
        });
    });
}

#[test]
fn modules() {
    with_fresh(|py, object| {
        assert_count_stays(object, || {
            let module = PyModule::new(py, "counting").unwrap();
            module.add("object", object).unwrap();
            module.add("object", object.clone()).unwrap();
            drop(module.getattr("object").unwrap());
            drop((module.dict(), module.name().unwrap(), module.index().unwrap()));
        });
    });
}

#[test]
fn evaluation() {
    with_fresh(|py, object| {
        let scope = scope(py);
        assert_count_stays(object, || {
            scope.set_item("object", object).unwrap();
            drop(py.eval(c"[object, (object,), {1: object}]", Some(&scope), None).unwrap());
            py.run(c"copy = object\ndel copy", Some(&scope), None).unwrap();
            assert!(py.eval(c"object.nothing", Some(&scope), None).is_err());
            assert!(py.run(c"raise ValueError(object)", Some(&scope), None).is_err());
            scope.del_item("object").unwrap();
        });
        let globals = PyDict::new(py).into_any();
        let globals = globals.cast::<PyDict>().unwrap();
        assert_count_stays(globals, || {
            py.run(c"x = 1", Some(globals), None).unwrap();
            assert!(py.eval(c"x / 0", Some(globals), None).is_err());
        });
    });
}

#[test]
fn singletons_and_types_are_given_back() {
    Python::attach(|py| {
        let class = py.get_type::<PyList>().into_any();
        let before = count_of(&class);
        for _ in 0..1000 {
            drop((py.get_type::<PyList>(), PyList::empty(py).get_type()));
            drop((py.None(), py.NotImplemented(), py.Ellipsis()));
        }
        // Other threads make lists too.
        assert!((count_of(&class) - before).abs() < 500);
    });
}
