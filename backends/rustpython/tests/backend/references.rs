//! Tests that every operation that moves or borrows references leaves exact counts behind.

use std::sync::OnceLock;

use pyo3_backend::{
    ArgumentArray, CallOps, DefinedFunction, DictOps, ErrorOps, ExceptionType, Function, FunctionDef, FunctionOps,
    Global, ListOps, ObjectOps, Outcome, Ref, RefOps, StrOps, TupleOps,
};
use pyo3_backend_rustpython::{Definitions, RustPython};

use crate::{Any, Py, attached, eval, eval_with, wait_for};

const ROUNDS: usize = 50;

/// Runs an operation many times, then checks that only the test refers to the object.
#[track_caller]
fn balanced(operation: impl for<'py> Fn(Py<'py>, Ref<'_, RustPython>)) {
    attached(|py| {
        let object = eval(py, "[1, 2, 3]");
        for _ in 0..ROUNDS {
            operation(py, object.as_ref());
        }
        // Other tests may start the collector, which holds references to objects for a moment.
        wait_for(py, || RustPython::ref_count(py, object.as_ref()) == 1);
    });
}

#[test]
fn handles() {
    balanced(|py, object| {
        let owned = object.to_owned(py);
        assert!(RustPython::ref_count(py, object) >= 2);
        let global: Global<RustPython> = owned.clone().into_global();
        assert!(RustPython::ref_count(py, object) >= 3);
        let bound = global.bind(py).clone();
        drop(global);
        drop(bound);
        drop(owned);
    });
}

#[test]
fn containers() {
    balanced(|py, object| {
        let items = || (0..3).map(|_| Ok::<_, std::convert::Infallible>(object.to_owned(py)));
        let Ok(tuple) = RustPython::tuple_from(py, 3, items());
        assert!(RustPython::ref_count(py, object) >= 4);
        assert!(RustPython::tuple_get(py, tuple.as_ref(), 2).is_some_and(|item| item.is(object)));
        assert!(RustPython::tuple_get(py, tuple.as_ref(), 3).is_none());
        drop(RustPython::tuple_slice(py, tuple.as_ref(), 1, 9));

        let Ok(list) = RustPython::list_from(py, 3, items());
        let none = RustPython::constant_none(py);
        RustPython::list_append(py, list.as_ref(), object).expect("append");
        RustPython::list_insert(py, list.as_ref(), 0, object).expect("insert");
        RustPython::list_set(py, list.as_ref(), 1, none.to_owned(py)).expect("set");
        assert!(RustPython::list_set(py, list.as_ref(), 9, object.to_owned(py)).is_err());
        RustPython::list_set_slice(py, list.as_ref(), 0, 2, Some(tuple.as_ref().any())).expect("set slice");
        drop(RustPython::list_get(py, list.as_ref(), 0));
        drop(RustPython::list_slice(py, list.as_ref(), 0, 2));
        drop(RustPython::list_to_tuple(py, list.as_ref()));

        let dict = RustPython::dict_new(py);
        let key = RustPython::str_from_utf8(py, "key");
        RustPython::dict_set(py, dict.as_ref(), key.as_ref().any(), object).expect("set");
        drop(RustPython::dict_get(py, dict.as_ref(), key.as_ref().any()).expect("get"));
        drop(RustPython::dict_items(py, dict.as_ref()));
        drop(RustPython::dict_copy(py, dict.as_ref()).expect("copy"));
        let mut cursor = Default::default();
        while let Some(entry) = RustPython::dict_next(py, dict.as_ref(), &mut cursor) {
            drop(entry);
        }
        RustPython::dict_delete(py, dict.as_ref(), key.as_ref().any()).expect("delete");
    });
}

#[test]
fn failed_collections_give_their_items_up() {
    balanced(|py, object| {
        let items = (0..3).map(|index| if index < 2 { Ok(object.to_owned(py)) } else { Err(index) });
        assert!(RustPython::tuple_from(py, 3, items.clone()).is_err());
        assert!(RustPython::list_from(py, 3, items).is_err());
    });
}

#[test]
fn errors() {
    balanced(|py, object| {
        let class = RustPython::exception_type(py, ExceptionType::ValueError);
        let raised = RustPython::error_raise_new(py, class.any(), object);
        let exception = RustPython::error_take(py, raised);
        RustPython::exception_set_cause(py, exception.as_ref(), Some(exception.clone()));
        RustPython::exception_set_cause(py, exception.as_ref(), None);
        drop(RustPython::error_raise(py, exception));
        RustPython::error_discard(RustPython::error_raise_new(py, class.any(), object));
    });
}

struct First;

impl Function<RustPython> for First {
    fn call<'a, 'py: 'a, A: pyo3_backend::Arguments<'a, RustPython>>(
        py: Py<'py>,
        _receiver: Option<Ref<'a, RustPython>>,
        arguments: A,
    ) -> Outcome<'py, RustPython, Any<'py>> {
        Ok(arguments.positional().first().copied().unwrap_or(RustPython::constant_none(py)).to_owned(py))
    }
}

impl DefinedFunction<RustPython> for First {
    const DEF: &'static FunctionDef = &FunctionDef { name: c"first", doc: c"", no_arguments: false };

    fn state() -> &'static OnceLock<Definitions> {
        static STATE: OnceLock<Definitions> = OnceLock::new();
        &STATE
    }
}

#[test]
fn calls() {
    balanced(|py, object| {
        let function = RustPython::function_new::<First>(py, None).expect("a function");
        let result = RustPython::call_positional(
            py,
            function.as_ref().any(),
            ArgumentArray::new([object]).as_positional(),
            None,
        );
        assert!(result.expect("a result").as_ref().is(object));
        let result = eval_with(py, "first(o, o, key=o)", &[("first", function.as_ref().any()), ("o", object)]);
        assert!(result.expect("a result").as_ref().is(object));

        let index = RustPython::str_from_utf8(py, "index");
        let two = eval(py, "2");
        let found =
            RustPython::call_method(py, index.as_ref(), ArgumentArray::new([object, two.as_ref()]).as_positional());
        drop(found.expect("an index"));
    });
}

#[test]
fn closures() {
    balanced(|py, object| {
        let held = object.to_owned(py).into_global();
        let function = RustPython::function_from_closure(py, c"closure", c"", move |py, arguments, _| {
            assert_eq!(RustPython::tuple_len(py, arguments), 1);
            Ok(held.bind(py).clone())
        });
        let function = function.expect("a function");
        let result = RustPython::call_positional(
            py,
            function.as_ref().any(),
            ArgumentArray::new([object]).as_positional(),
            None,
        );
        assert!(result.expect("a result").as_ref().is(object));
    });
}
