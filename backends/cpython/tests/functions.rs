//! Calls functions and closures in every way that Python can.

mod support;

use std::ffi::CStr;
use std::sync::{Arc, OnceLock};

use pyo3_backend::*;
use support::*;

/// Returns its receiver, positional arguments and keyword arguments.
struct Echo;

impl Function<CPython> for Echo {
    fn call<'a, 'py: 'a, A: Arguments<'a, CPython>>(
        py: At<'py>,
        receiver: Option<Lent<'a>>,
        arguments: A,
    ) -> Done<'py, Obj<'py>> {
        let receiver = receiver.unwrap_or_else(|| CPython::constant_none(py)).to_owned(py);
        let positional = arguments.positional();
        let positional = CPython::tuple_from::<()>(
            py,
            positional.len(),
            positional.iter().map(|&item| Ok(Lent::to_owned(item, py))),
        );
        let keywords = CPython::dict_new(py);
        arguments.each_keyword(py, |name, value| {
            assert!(name.text(py).is_some());
            CPython::dict_set(py, keywords.as_ref(), name.to_object(py).as_ref().any(), value)
        })?;
        assert_eq!(arguments.keyword_count(), CPython::dict_len(py, keywords.as_ref()));
        let parts = [receiver, positional.unwrap().any(), keywords.any()];
        Ok(CPython::tuple_from::<()>(py, 3, parts.into_iter().map(Ok)).unwrap().any())
    }
}

/// Like `Echo`, but takes no arguments.
struct Bare;

impl Function<CPython> for Bare {
    const NO_ARGUMENTS: bool = true;

    fn call<'a, 'py: 'a, A: Arguments<'a, CPython>>(
        py: At<'py>,
        receiver: Option<Lent<'a>>,
        arguments: A,
    ) -> Done<'py, Obj<'py>> {
        Echo::call(py, receiver, arguments)
    }
}

/// Gives a function its definition.
macro_rules! defined {
    ($name:ident, $def:expr) => {
        impl DefinedFunction<CPython> for $name {
            const DEF: &'static FunctionDef = &$def;

            fn state() -> &'static OnceLock<()> {
                static STATE: OnceLock<()> = OnceLock::new();
                &STATE
            }
        }
    };
}

defined!(Echo, FunctionDef { name: c"echo", doc: c"echo(*args, **kwargs)\n--\n\nEchoes.", no_arguments: false });
defined!(Bare, FunctionDef { name: c"bare", doc: c"", no_arguments: true });

#[test]
fn arguments_arrive() {
    attached(|py| {
        let echo = CPython::function_new::<Echo>(py, None).unwrap();
        let globals = [("f", echo.as_ref().any())];
        assert_eq!(run(py, &globals, "result = f()"), "(None, (), {})");
        assert_eq!(run(py, &globals, "result = f(1, 'b', k=2, l=3)"), "(None, (1, 'b'), {'k': 2, 'l': 3})");
        assert_eq!(run(py, &globals, "result = f(*range(12), **{'a b': 1})[1][-1]"), "11");
        assert_eq!(run(py, &globals, "import inspect; result = str(inspect.signature(f))"), "'(*args, **kwargs)'");
        assert_eq!(run(py, &globals, "result = f.__doc__, f.__name__, f.__module__"), "('Echoes.', 'echo', None)");
    });
}

#[test]
fn no_arguments_are_refused_by_the_runtime() {
    attached(|py| {
        let bare = CPython::function_new::<Bare>(py, None).unwrap();
        let globals = [("f", bare.as_ref().any())];
        assert_eq!(run(py, &globals, "result = f(), f.__doc__"), "((None, (), {}), None)");
        assert!(run(py, &globals, "result = f(1)").ends_with("bare() takes no arguments (1 given)"));
        assert!(run(py, &globals, "result = f(a=1)").ends_with("bare() takes no keyword arguments"));
    });
}

#[test]
fn a_module_gives_its_name() {
    attached(|py| {
        let module = CPython::module_new(py, text(py, "host").as_ref()).unwrap();
        let echo = CPython::function_new::<Echo>(py, Some(module.as_ref())).unwrap();
        let globals = [("f", echo.as_ref().any()), ("m", module.as_ref().any())];
        assert_eq!(run(py, &globals, "result = f.__module__, f()[0] is m"), "('host', True)");
    });
}

#[test]
fn closures_are_dropped_with_their_function() {
    const NAME: &CStr = c"closure";
    attached(|py| {
        let state = Arc::new(5);
        let held = state.clone();
        let function = CPython::function_from_closure(py, NAME, c"", move |py, args, kwargs| {
            let base = *held as i64 + CPython::tuple_len(py, args) as i64;
            Ok(int(py, base + kwargs.map_or(0, |kwargs| CPython::dict_len(py, kwargs) as i64)))
        })
        .unwrap();
        assert_eq!(run(py, &[("f", function.as_ref().any())], "result = f(), f(1, 2), f(1, a=3)"), "(5, 7, 7)");
        assert_eq!(Arc::strong_count(&state), 2);
        drop(function);
        assert_eq!(Arc::strong_count(&state), 1);
    });
}
