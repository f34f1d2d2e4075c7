//! Helpers for the tests: short names, an attached interpreter, and a way to run Python source.

#![allow(dead_code, reason = "each test crate uses only a part of it")]

use std::ffi::CString;

use pyo3_backend::*;
pub use pyo3_backend_cpython::CPython;

pub type At<'py> = Attached<'py, CPython>;
pub type Obj<'py, K = kind::Any> = Owned<'py, CPython, K>;
pub type Lent<'a, K = kind::Any> = pyo3_backend::Ref<'a, CPython, K>;
pub type Done<'py, T> = Outcome<'py, CPython, T>;

/// Runs `body` attached, starting the interpreter if necessary.
pub fn attached<R>(body: impl for<'py> FnOnce(At<'py>) -> R) -> R {
    CPython::interpreter_initialize();
    CPython::thread_attach(body).expect("attached")
}

/// Creates a `str`.
pub fn text<'py>(py: At<'py>, value: &str) -> Obj<'py, kind::Str> {
    CPython::str_from_utf8(py, value)
}

/// Creates an `int`. Small values are shared and immortal, so tests that count references pass large ones.
pub fn int(py: At<'_>, value: i64) -> Obj<'_> {
    CPython::int_from_i64(py, value).any()
}

/// Creates an object that nothing else refers to.
pub fn fresh(py: At<'_>) -> Obj<'_> {
    CPython::list_from::<()>(py, 0, std::iter::empty()).unwrap().any()
}

pub fn count(object: &Obj<'_>) -> usize {
    CPython::ref_count(object.py(), object.as_ref())
}

/// Returns the message of the exception, after its type: `ValueError: message`.
pub fn message<'py>(py: At<'py>, raised: <CPython as BackendTypes>::Raised<'py>) -> String {
    let exception = CPython::error_take(py, raised).any();
    let name = CPython::type_name(py, CPython::type_of(py, exception.as_ref())).unwrap();
    let value = CPython::object_str(py, exception.as_ref()).unwrap();
    format!("{}: {}", CPython::str_to_lossy(py, name.as_ref()), CPython::str_to_lossy(py, value.as_ref()))
}

/// Runs statements with these globals, and returns `repr(result)`, or the exception.
pub fn run(py: At<'_>, globals: &[(&str, Lent<'_>)], source: &str) -> String {
    let dict = CPython::dict_new(py);
    for (name, value) in globals {
        CPython::dict_set(py, dict.as_ref(), text(py, name).as_ref().any(), *value).unwrap();
    }
    let source = CString::new(source).unwrap();
    let outcome = (|| {
        let code = CPython::code_compile(py, &source, c"<test>", CompileMode::Exec)?;
        CPython::code_eval(py, code.as_ref(), dict.as_ref(), dict.as_ref().any())?;
        let result = CPython::dict_get(py, dict.as_ref(), text(py, "result").as_ref().any())?;
        CPython::object_repr(py, result.expect("the source sets `result`").as_ref())
    })();
    match outcome {
        Ok(repr) => CPython::str_to_lossy(py, repr.as_ref()).into_owned(),
        Err(raised) => message(py, raised),
    }
}

/// Fails if this program imports a function from libpython. The name is passed in two parts, because the program also
/// contains its own text.
#[cfg(Py_LIMITED_API)]
#[track_caller]
pub fn assert_not_imported(front: &str, back: &str) {
    let program = std::fs::read(std::env::current_exe().unwrap()).unwrap();
    let imports = |symbol: &str| {
        let entry = format!("\0{symbol}\0");
        program.windows(entry.len()).any(|bytes| bytes == entry.as_bytes())
    };
    assert!(imports("PyUnicode_FromStringAndSize"), "names are found where they are expected");
    assert!(!imports(&format!("{front}{back}")), "{front}{back} is not part of this stable ABI");
}
