//! Tests functions, modules and closures as seen by Python code.

use std::ffi::CStr;
use std::sync::OnceLock;

use pyo3_backend::{
    Arguments, DefinedFunction, DictOps, Function, FunctionDef, FunctionOps, KeywordName, Module, ModuleDef, ModuleOps,
    ObjectOps, Outcome, Ref, StrOps, TupleOps, kind,
};
use pyo3_backend_rustpython::{Definitions, RustPython};

use crate::{Any, Py, attached, describe, eval, eval_with, exec, repr, wait_for};

/// Returns `(receiver, positional, keywords)`.
struct Echo;

impl Function<RustPython> for Echo {
    const TAKES_MODULE: bool = true;

    fn call<'a, 'py: 'a, A: Arguments<'a, RustPython>>(
        py: Py<'py>,
        receiver: Option<Ref<'a, RustPython>>,
        arguments: A,
    ) -> Outcome<'py, RustPython, Any<'py>> {
        let keywords = RustPython::dict_new(py);
        arguments.each_keyword(py, |name, value| {
            assert!(name.text(py).is_some());
            RustPython::dict_set(py, keywords.as_ref(), name.to_object(py).as_ref().any(), value)
        })?;
        let positional = arguments.positional();
        let positional =
            RustPython::tuple_from(py, positional.len(), positional.iter().copied().map(|item| Ok(item.to_owned(py))))?;
        let receiver = receiver.unwrap_or(RustPython::constant_none(py)).to_owned(py);
        let parts = [receiver, positional.any(), keywords.any()];
        Ok(RustPython::tuple_from(py, 3, parts.into_iter().map(Ok))?.any())
    }
}

/// Like `Echo`, but takes no arguments.
struct Nothing;

impl Function<RustPython> for Nothing {
    const TAKES_MODULE: bool = true;
    const NO_ARGUMENTS: bool = true;

    fn call<'a, 'py: 'a, A: Arguments<'a, RustPython>>(
        py: Py<'py>,
        receiver: Option<Ref<'a, RustPython>>,
        arguments: A,
    ) -> Outcome<'py, RustPython, Any<'py>> {
        Echo::call(py, receiver, arguments)
    }
}

/// Gives a function its definition.
macro_rules! defined {
    ($name:ident, $def:expr) => {
        impl DefinedFunction<RustPython> for $name {
            const DEF: &'static FunctionDef = &$def;

            fn state() -> &'static OnceLock<Definitions> {
                static STATE: OnceLock<Definitions> = OnceLock::new();
                &STATE
            }
        }
    };
}

defined!(Echo, FunctionDef { name: c"echo", doc: c"echo(*args, **kwargs)\n--\n\nSays it again.", no_arguments: false });
defined!(Nothing, FunctionDef { name: c"nothing", doc: c"", no_arguments: true });

fn function<'py, F: DefinedFunction<RustPython>>(
    py: Py<'py>,
    module: Option<Ref<'_, RustPython, kind::Module>>,
) -> Any<'py> {
    RustPython::function_new::<F>(py, module).expect("a function").any()
}

#[test]
fn arguments_arrive() {
    attached(|py| {
        let echo = function::<Echo>(py, None);
        let result = eval_with(py, "echo(1, 'b', key=2, other=3)", &[("echo", echo.as_ref())]).expect("a result");
        assert_eq!(repr(py, result.as_ref()), "(None, (1, 'b'), {'key': 2, 'other': 3})");
        exec(
            py,
            "assert echo.__name__ == echo.__qualname__ == 'echo'
assert echo.__doc__ == 'Says it again.', echo.__doc__
assert echo.__text_signature__ == '(*args, **kwargs)'
assert echo.__module__ is None
import inspect, types
assert type(echo) is types.BuiltinFunctionType
assert str(inspect.signature(echo)) == '(*args, **kwargs)'
assert all(echo(i) == (None, (i,), {}) for i in range(300))
",
            &[("echo", echo.as_ref())],
        );
    });
}

#[test]
fn no_arguments_are_enforced() {
    attached(|py| {
        let nothing = function::<Nothing>(py, None);
        let names = [("nothing", nothing.as_ref())];
        let error = |source| describe(py, eval_with(py, source, &names).err().expect("an error"));
        assert_eq!(error("nothing(1)"), "TypeError: nothing() takes no arguments (1 given)");
        assert_eq!(error("nothing(a=1)"), "TypeError: nothing() takes no keyword arguments");
        let result = eval_with(py, "[nothing() for _ in range(300)][-1]", &names).expect("a result");
        assert_eq!(repr(py, result.as_ref()), "(None, (), {})");
    });
}

#[test]
fn a_module_is_the_receiver() {
    attached(|py| {
        let name = RustPython::str_from_utf8(py, "some.where");
        let module = RustPython::module_new(py, name.as_ref()).expect("a module");
        let echo = function::<Echo>(py, Some(module.as_ref()));
        let nothing = function::<Nothing>(py, Some(module.as_ref()));
        let names = [("echo", echo.as_ref()), ("nothing", nothing.as_ref()), ("module", module.as_ref().any())];
        exec(
            py,
            "assert echo.__module__ == 'some.where'
assert echo.__self__ is module
assert [echo(i) for i in range(300)][-1] == (module, (299,), {})
assert nothing() == (module, (), {})
",
            &names,
        );
        let error = eval_with(py, "nothing(1, 2)", &names).err().expect("an error");
        assert_eq!(describe(py, error), "TypeError: some.where.nothing() takes no arguments (2 given)");
    });
}

#[test]
fn closures_are_called_and_dropped() {
    use std::sync::Arc;
    attached(|py| {
        let alive = Arc::new(());
        let held = Arc::clone(&alive);
        let function =
            RustPython::function_from_closure(py, c"count", c"count(*args)\n--\n\nCounts.", move |py, args, kwargs| {
                let _held = &held;
                let keywords = kwargs.map_or(0, |kwargs| RustPython::dict_len(py, kwargs));
                let total = RustPython::tuple_len(py, args) + keywords;
                Ok(eval(py, &total.to_string()))
            });
        let function = function.expect("a function");
        let result =
            eval_with(py, "[f(), f(1), f(1, 2, c=3), f.__name__, f.__doc__]", &[("f", function.as_ref().any())]);
        assert_eq!(repr(py, result.expect("a result").as_ref()), "[0, 1, 3, 'count', 'Counts.']");
        assert_eq!(Arc::strong_count(&alive), 2);
        drop(function);
        wait_for(py, || Arc::strong_count(&alive) == 1);
    });
}

fn fill<'py>(py: Py<'py>, module: Ref<'_, RustPython, kind::Module>) -> Outcome<'py, RustPython, ()> {
    let name = RustPython::str_from_utf8(py, "answer");
    let answer = eval(py, "42");
    RustPython::object_set_attribute(py, module.any(), name.as_ref(), Some(answer.as_ref()))
}

struct Late;

impl Module<RustPython> for Late {
    fn def() -> &'static ModuleDef<<RustPython as ModuleOps>::ModuleState> {
        static DEF: ModuleDef<<RustPython as ModuleOps>::ModuleState> = ModuleDef::new(c"late", c"Comes late.", false);
        &DEF
    }

    fn exec<'py>(
        py: pyo3_backend::Attached<'py, RustPython>,
        module: Ref<'_, RustPython, kind::Module>,
    ) -> Outcome<'py, RustPython, ()> {
        fill(py, module)
    }
}

extern "C" fn init_late() -> *mut rustpython_vm::PyObject {
    RustPython::module_init::<Late>()
}

#[test]
fn modules_are_made_and_imported() {
    attached(|py| {
        let first = RustPython::module_make::<Late>(py).expect("a module");
        let second = RustPython::module_make::<Late>(py).expect("a module");
        assert!(!first.as_ref().is(second.as_ref()));
        let result = eval_with(py, "(m.__name__, m.__doc__, m.answer)", &[("m", first.as_ref().any())]);
        assert_eq!(repr(py, result.expect("a result").as_ref()), "('late', 'Comes late.', 42)");

        const NAME: &CStr = c"late";
        RustPython::module_register(NAME, init_late);
        exec(py, "import late\nassert late.answer == 42\nassert late.__name__ == 'late'", &[]);
    });
}

#[test]
fn late_submodules_belong_to_their_package() {
    attached(|py| {
        // The child is registered first, because a host may register modules in any order.
        RustPython::module_register(c"late_outer.inner", init_late);
        RustPython::module_register(c"late_outer", init_late);
        exec(
            py,
            "
import sys
assert 'late_outer' not in sys.modules and 'late_outer.inner' not in sys.modules
import late_outer.inner
assert late_outer.answer == late_outer.inner.answer == 42
assert sys.modules['late_outer.inner'] is late_outer.inner
assert late_outer.inner.__spec__.name == 'late_outer.inner', late_outer.inner.__spec__
from late_outer import inner
assert inner is late_outer.inner
",
            &[],
        );
        // A package on disk with a native submodule, which its `__init__` imports in both ways.
        RustPython::module_register(c"late_package.native", init_late);
        exec(
            py,
            "
import os, sys, tempfile
with tempfile.TemporaryDirectory() as folder:
    os.mkdir(os.path.join(folder, 'late_package'))
    with open(os.path.join(folder, 'late_package', '__init__.py'), 'w') as file:
        file.write('from .native import answer\\nfrom . import native as again\\n')
    sys.path.insert(0, folder)
    import late_package
    sys.path.remove(folder)
assert late_package.answer == 42
assert late_package.native is late_package.again is sys.modules['late_package.native']
",
            &[],
        );
    });
}

fn refuse<'py>(py: Py<'py>, _module: Ref<'_, RustPython, kind::Module>) -> Outcome<'py, RustPython, ()> {
    eval_with(py, "1 / 0", &[]).map(drop)
}

struct Refused;

impl Module<RustPython> for Refused {
    fn def() -> &'static ModuleDef<<RustPython as ModuleOps>::ModuleState> {
        static DEF: ModuleDef<<RustPython as ModuleOps>::ModuleState> = ModuleDef::new(c"late_refused", c"", false);
        &DEF
    }

    fn exec<'py>(
        py: pyo3_backend::Attached<'py, RustPython>,
        module: Ref<'_, RustPython, kind::Module>,
    ) -> Outcome<'py, RustPython, ()> {
        refuse(py, module)
    }
}

extern "C" fn init_refused() -> *mut rustpython_vm::PyObject {
    RustPython::module_init::<Refused>()
}

#[test]
fn a_late_module_that_fails_is_not_imported() {
    attached(|py| {
        RustPython::module_register(c"late_refused", init_refused);
        exec(
            py,
            "
import sys
for round in range(2):
    try:
        import late_refused
    except ZeroDivisionError:
        pass
    else:
        assert False, 'imported'
    assert 'late_refused' not in sys.modules
",
            &[],
        );
    });
}

#[test]
fn code_runs_as_a_module() {
    use pyo3_backend::{CodeOps, CompileMode};
    attached(|py| {
        let run = |source: &CStr| {
            let code = RustPython::code_compile(py, source, c"file.py", CompileMode::Exec).expect("code");
            RustPython::module_exec_code(py, c"from_code", c"file.py", code.as_ref())
        };
        let error = run(c"x = 1\nraise KeyError('no')").err().expect("an error");
        assert_eq!(describe(py, error), "KeyError: 'no'");
        exec(py, "import sys\nassert 'from_code' not in sys.modules", &[]);
        let module = run(c"x = __file__ + __name__").expect("a module");
        exec(py, "import from_code\nassert from_code is m and m.x == 'file.pyfrom_code'", &[("m", module.as_ref())]);
    });
}
