//! Checks that libraries for the stable ABI of 3.9 use nothing newer.
#![cfg(all(Py_LIMITED_API, not(Py_3_10)))]

mod support;

use pyo3_backend::*;
use support::*;

struct Plain;

impl Module<CPython> for Plain {
    fn def() -> &'static ModuleDef<<CPython as ModuleOps>::ModuleState> {
        static DEF: ModuleDef<<CPython as ModuleOps>::ModuleState> = ModuleDef::new(c"plain", c"", true);
        &DEF
    }

    fn exec<'py>(
        py: pyo3_backend::Attached<'py, CPython>,
        module: Ref<'_, CPython, kind::Module>,
    ) -> Outcome<'py, CPython, ()> {
        let _ = (py, module);
        Ok(())
    }
}

#[test]
fn text_and_modules_use_nothing_newer() {
    // The code that would use the functions is linked in, and works without them.
    attached(|py| {
        let words = text(py, "grüße\0");
        assert_eq!(CPython::str_to_utf8(py, words.as_ref()).unwrap(), "grüße\0");
        let bytes = CPython::bytes_from_slice(py, &[0xed, 0xb2, 0x80]);
        let surrogate = CPython::str_decode(py, bytes.as_ref().any(), Some(c"utf-8"), Some(c"surrogatepass")).unwrap();
        let raised = CPython::str_to_utf8(py, surrogate.as_ref()).unwrap_err();
        assert!(message(py, raised).starts_with("UnicodeEncodeError"));
        let module = CPython::module_make::<Plain>(py).unwrap();
        assert_eq!(
            CPython::str_to_utf8(py, CPython::module_name(py, module.as_ref()).unwrap().as_ref()).unwrap(),
            "plain"
        );
    });
    assert_not_imported("PyUnicode_AsUTF8", "AndSize");
    assert_not_imported("PyInterpreterState_", "Get");
    assert_not_imported("PyInterpreterState_", "GetID");
}
