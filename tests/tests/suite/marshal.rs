//! The module `marshal`, and contexts of `contextvars`.

use pyo3::exceptions::{PyEOFError, PyValueError};
use pyo3::marshal;
use pyo3::prelude::*;
use pyo3::types::code::PyCodeInput;
use pyo3::types::{PyCode, PyCodeMethods, PyContext};

use pyo3_tests::{eval, run, scope};

#[test]
fn values_go_through_bytes() {
    Python::attach(|py| {
        let scope = scope(py);
        let value =
            eval(&scope, c"[None, True, -2**70, 1.5, 2j, 'zw\\xf6lf', b'x', (1, 2), {'k': [3]}, {4}, frozenset({5})]");
        for version in 0..=marshal::VERSION {
            if version < 2 {
                // These versions store floats as text, so only check that dumping works.
                marshal::dumps(&value, version).unwrap();
                continue;
            }
            let bytes = marshal::dumps(&value, version).unwrap();
            assert!(marshal::loads(py, bytes.as_bytes()).unwrap().eq(&value).unwrap(), "version {version}");
        }
        let code = PyCode::compile(py, c"6 * 7", c"<test>", PyCodeInput::Eval).unwrap();
        let again = marshal::loads(py, &marshal::dumps(&code, marshal::VERSION).unwrap().as_bytes().to_vec()).unwrap();
        let again = again.cast_into::<PyCode>().unwrap();
        assert_eq!(again.run(None, None).unwrap().extract::<i32>().unwrap(), 42);
    });
}

#[test]
fn what_the_format_does_not_know_is_refused() {
    Python::attach(|py| {
        let error = marshal::dumps(&eval(&scope(py), c"object()"), marshal::VERSION).unwrap_err();
        assert!(error.is_instance_of::<PyValueError>(py), "{error}");
        assert!(marshal::loads(py, b"").unwrap_err().is_instance_of::<PyEOFError>(py));
        let bytes = marshal::dumps(&eval(&scope(py), c"'a longer text'"), marshal::VERSION).unwrap();
        let short = marshal::loads(py, &bytes.as_bytes()[..5]).unwrap_err();
        assert!(short.is_instance_of::<PyEOFError>(py), "{short}");
    });
}

#[test]
fn contexts_hold_values_of_variables() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
from contextvars import ContextVar, copy_context
variable = ContextVar('variable', default='outside')
copied = copy_context()
copied.run(variable.set, 'inside')
",
        );
        let context = eval(&scope, c"copied").cast_into::<PyContext>().unwrap();
        assert_eq!(context.get_item(eval(&scope, c"variable")).unwrap().extract::<String>().unwrap(), "inside");
        assert_eq!(eval(&scope, c"variable.get()").extract::<String>().unwrap(), "outside");
        assert!(py.get_type::<PyContext>().is(eval(&scope, c"type(copied)")));
        assert!(eval(&scope, c"{}").cast::<PyContext>().is_err());
    });
}
