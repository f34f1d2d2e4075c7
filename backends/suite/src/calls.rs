//! Calls in both directions.

use std::sync::{Arc, OnceLock};

use pyo3_backend::{
    ArgumentArray, Arguments, Attached, Backend, DefinedFunction, Function, FunctionDef, KeywordName, Outcome, Owned,
    Ref, kind,
};

use crate::{attached, done, eval, eventually, failed, int, repr, text, try_eval};

/// Returns what it was called with: the positional arguments, and the names and values of the keyword arguments.
struct Echo;

impl<B: Backend> Function<B> for Echo {
    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>> {
        let mut items: Vec<Owned<'py, B>> = receiver.map(|receiver| receiver.to_owned(py)).into_iter().collect();
        items.extend(arguments.positional().iter().map(|item| Ref::to_owned(*item, py)));
        arguments.each_keyword(py, |name, value| {
            assert_eq!(name.text(py).map(str::len), Some(1));
            items.push(name.to_object(py).any());
            items.push(value.to_owned(py));
            Ok(())
        })?;
        B::tuple_from(py, items.len(), items.into_iter().map(Ok)).map(Owned::any)
    }
}

/// Like `Echo`, but takes no arguments.
struct Nothing;

impl<B: Backend> Function<B> for Nothing {
    const NO_ARGUMENTS: bool = true;

    fn call<'a, 'py: 'a, A: Arguments<'a, B>>(
        py: Attached<'py, B>,
        receiver: Option<Ref<'a, B>>,
        arguments: A,
    ) -> Outcome<'py, B, Owned<'py, B>> {
        Echo::call(py, receiver, arguments)
    }
}

impl<B: Backend> DefinedFunction<B> for Echo {
    const DEF: &'static FunctionDef =
        &FunctionDef { name: c"echo", doc: c"echo(*args)\n--\n\nEchoes.", no_arguments: false };

    fn state() -> &'static OnceLock<B::FunctionState> {
        fresh_state()
    }
}

impl<B: Backend> DefinedFunction<B> for Nothing {
    const DEF: &'static FunctionDef = &FunctionDef { name: c"nothing", doc: c"", no_arguments: true };

    fn state() -> &'static OnceLock<B::FunctionState> {
        fresh_state()
    }
}

/// Returns a place for each function object, since a static cannot depend on the backend.
fn fresh_state<S: 'static>() -> &'static OnceLock<S> {
    Box::leak(Box::default())
}

/// Rust functions receive the arguments that Python passes.
pub fn arguments_arrive<B: Backend>() {
    attached::<B>(|py| {
        let echo = done(py, B::function_new::<Echo>(py, None));
        let names = &[("f", echo.as_ref().any())];
        assert_eq!(repr(py, eval(py, "f(1, *(2,), k=3, **{'l': 4})", names).as_ref()), "(1, 2, 'k', 3, 'l', 4)");
        assert_eq!(repr(py, eval(py, "f()", names).as_ref()), "()");
        let facts = eval(py, "(f.__name__, f.__doc__, f.__text_signature__)", names);
        assert_eq!(repr(py, facts.as_ref()), "('echo', 'Echoes.', '(*args)')");
    });
}

/// A function without parameters rejects arguments.
pub fn functions_refuse_arguments<B: Backend>() {
    attached::<B>(|py| {
        let nothing = done(py, B::function_new::<Nothing>(py, None));
        let names = &[("f", nothing.as_ref().any())];
        assert_eq!(repr(py, eval(py, "f()", names).as_ref()), "()");
        let refused = failed(py, try_eval(py, "f(1)", names));
        assert!(refused.ends_with("nothing() takes no arguments (1 given)"), "{refused}");
        let refused = failed(py, try_eval(py, "f(a=1)", names));
        assert!(refused.ends_with("nothing() takes no keyword arguments"), "{refused}");
    });
}

/// Closures can be called, and are dropped with their function object.
pub fn closures_are_called_and_dropped<B: Backend>() {
    attached::<B>(|py| {
        let alive = Arc::new(());
        let held = Arc::clone(&alive);
        let closure = B::function_from_closure(py, c"closure", c"Its doc.", move |py, args, kwargs| {
            let _ = &held;
            let count = B::tuple_len(py, args) + kwargs.map_or(0, |kwargs| B::dict_len(py, kwargs));
            Ok(B::int_from_u64(py, count as u64).any())
        });
        let closure = done(py, closure);
        let called = eval(py, "(f(1, a=2), f.__name__, f.__doc__)", &[("f", closure.as_ref().any())]);
        assert_eq!(repr(py, called.as_ref()), "(2, 'closure', 'Its doc.')");
        assert_eq!(Arc::strong_count(&alive), 2);
        drop(closure);
        eventually(py, || Arc::strong_count(&alive) == 1);
    });
}

/// Python functions and methods can be called.
pub fn methods_are_called<B: Backend>() {
    attached::<B>(|py| {
        let function = eval(py, "lambda *a, **k: (a, k)", &[]);
        let (one, two) = (int(py, 1), int(py, 2));
        let keywords = eval(py, "{'k': 3}", &[]).cast::<kind::Dict>().ok().expect("a dict");
        let mut array = ArgumentArray::new([one.as_ref(), two.as_ref()]);
        let called = B::call_positional(py, function.as_ref(), array.as_positional(), Some(keywords.as_ref()));
        assert_eq!(repr(py, done(py, called).as_ref()), "((1, 2), {'k': 3})");
        let pair = eval(py, "(1, 2)", &[]).cast::<kind::Tuple>().ok().expect("a tuple");
        let called = done(py, B::call(py, function.as_ref(), pair.as_ref(), None));
        assert_eq!(repr(py, called.as_ref()), "((1, 2), {})");
        let (list, name) = (eval(py, "[1, 1]", &[]), text(py, "count"));
        let mut array = ArgumentArray::new([list.as_ref(), one.as_ref()]);
        let called = done(py, B::call_method(py, name.as_ref(), array.as_positional()));
        assert_eq!(repr(py, called.as_ref()), "2");
        let refused = B::call(py, one.as_ref(), pair.as_ref(), None);
        assert_eq!(failed(py, refused), "TypeError: 'int' object is not callable");
    });
}
