//! Types are recognized even if modules of the standard library were replaced. This needs a process in which nothing
//! has asked for the types yet.

use pyo3::prelude::*;
use pyo3::types::{PyCode, PyDict, PyFrame, PyFunction, PyWeakrefReference};

#[test]
fn types_do_not_come_from_modules_that_can_be_replaced() {
    Python::attach(|py| {
        let scope = PyDict::new(py);
        py.run(
            c"
import sys, _weakref

def function():
    return sys._getframe()

frame = function()
code = function.__code__
reference = _weakref.ref(function)

class Shadow:
    FunctionType = CodeType = FrameType = ref = 'nothing of the kind'

for name in ['types', 'weakref']:
    sys.modules[name] = Shadow()
",
            Some(&scope),
            None,
        )
        .unwrap();
        let get = |name: &str| scope.get_item(name).unwrap().unwrap();
        assert!(get("function").cast::<PyFunction>().is_ok());
        assert!(get("code").cast::<PyCode>().is_ok());
        assert!(get("frame").cast::<PyFrame>().is_ok());
        assert!(get("reference").cast::<PyWeakrefReference>().is_ok());
        for name in ["function", "code", "frame", "reference"] {
            let object = get(name);
            let names = [
                object.cast::<PyFunction>().is_ok(),
                object.cast::<PyCode>().is_ok(),
                object.cast::<PyFrame>().is_ok(),
                object.cast::<PyWeakrefReference>().is_ok(),
            ];
            assert_eq!(names.iter().filter(|is| **is).count(), 1, "{name}");
        }
        let reference = get("reference").cast_into::<PyWeakrefReference>().unwrap();
        assert!(pyo3::types::PyWeakrefMethods::upgrade(&reference).unwrap().is(get("function")));
    });
}
