//! The worked example of the guide's page on backends: a toy runtime that supports just enough for `import builtins`.

use pyo3_backend::*;

use toy::Toy;

mod toy;

#[test]
fn the_toy_imports_builtins() {
    // ANCHOR: test
    let outcome = Toy::thread_attach(|py| {
        let name = Toy::str_from_utf8(py, "builtins");
        let builtins = Toy::code_import(py, name.as_ref()).ok()?;
        let int = Toy::object_get_attribute(py, builtins.as_ref(), Toy::str_from_utf8(py, "int").as_ref()).ok()?;
        Some(int.as_ref().is(Toy::type_builtin(py, BuiltinType::Int).any()))
    });
    assert!(matches!(outcome, Ok(Some(true))));
    // ANCHOR_END: test
}

#[test]
fn what_the_toy_does_not_have_is_an_error() {
    let outcome = Toy::thread_attach(|py| {
        let name = Toy::str_from_utf8(py, "json");
        let Err(raised) = Toy::code_import(py, name.as_ref()) else { return false };
        let exception = Toy::error_take(py, raised);
        let class = Toy::type_of(py, exception.as_ref().any());
        class.is(Toy::exception_type(py, ExceptionType::ImportError).any())
    });
    assert!(matches!(outcome, Ok(true)));
}
