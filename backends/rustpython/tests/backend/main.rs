//! Tests the backend alone: ownership, classes, functions, threads. The tests of `pyo3` cover what users see.

#![expect(clippy::undocumented_unsafe_blocks, reason = "each is next to the call that makes it sound")]

mod capsules;
mod classes;
mod functions;
mod operations;
mod references;
mod threads;

use std::ffi::CString;

use pyo3_backend::{
    Attached, CodeOps, CompileMode, DictOps, ErrorOps, InterpreterOps, ObjectOps, Owned, Ref, StrOps, ThreadOps, kind,
};
use pyo3_backend_rustpython::{Raised, RustPython};

type Py<'py> = Attached<'py, RustPython>;
type Any<'py> = Owned<'py, RustPython>;

/// Runs `body` attached to an interpreter.
fn attached<R>(body: impl for<'py> FnOnce(Py<'py>) -> R) -> R {
    RustPython::interpreter_initialize();
    RustPython::thread_attach(body).expect("the interpreter runs")
}

/// Returns the value of an expression that can use `names`.
fn eval_with<'py>(py: Py<'py>, source: &str, names: &[(&str, Ref<'_, RustPython>)]) -> Result<Any<'py>, Raised<'py>> {
    run(py, source, CompileMode::Eval, names).map(|(value, _)| value)
}

/// Returns the value of an expression.
fn eval<'py>(py: Py<'py>, source: &str) -> Any<'py> {
    eval_with(py, source, &[]).unwrap_or_else(|raised| panic!("{}", describe(py, raised)))
}

/// Runs statements that can use `names`, and returns their globals.
#[track_caller]
fn exec<'py>(py: Py<'py>, source: &str, names: &[(&str, Ref<'_, RustPython>)]) -> Owned<'py, RustPython, kind::Dict> {
    match run(py, source, CompileMode::Exec, names) {
        Ok((_, globals)) => globals,
        Err(raised) => panic!("{}", describe(py, raised)),
    }
}

type Ran<'py> = (Any<'py>, Owned<'py, RustPython, kind::Dict>);

fn run<'py>(
    py: Py<'py>,
    source: &str,
    mode: CompileMode,
    names: &[(&str, Ref<'_, RustPython>)],
) -> Result<Ran<'py>, Raised<'py>> {
    let globals = RustPython::dict_new(py);
    for (name, value) in names {
        let name = RustPython::str_from_utf8(py, name);
        RustPython::dict_set(py, globals.as_ref(), name.as_ref().any(), *value)?;
    }
    let source = CString::new(source).expect("no null in the source");
    let code = RustPython::code_compile(py, &source, c"<test>", mode)?;
    let value = RustPython::code_eval(py, code.as_ref(), globals.as_ref(), globals.as_ref().any())?;
    Ok((value, globals))
}

/// Formats an exception as `Type: message`.
fn describe<'py>(py: Py<'py>, raised: Raised<'py>) -> String {
    let exception = RustPython::error_take(py, raised);
    let class =
        repr(py, eval_with(py, "type(e).__name__", &[("e", exception.as_ref().any())]).expect("a name").as_ref());
    let message = RustPython::object_str(py, exception.as_ref().any()).expect("a message");
    format!("{}: {}", class.trim_matches('\''), RustPython::str_to_lossy(py, message.as_ref()))
}

/// Returns the text of `repr(object)`.
fn repr(py: Py<'_>, object: Ref<'_, RustPython>) -> String {
    let text = RustPython::object_repr(py, object).expect("a repr");
    RustPython::str_to_lossy(py, text.as_ref()).into_owned()
}

/// Waits for the effect of another thread.
#[track_caller]
fn wait_for(py: Py<'_>, happened: impl Fn() -> bool) {
    for _ in 0..2000 {
        if happened() {
            return;
        }
        RustPython::thread_detach(py, || std::thread::sleep(std::time::Duration::from_millis(1)));
    }
    panic!("it did not happen");
}
