//! `PyImport_AppendInittab` by hand, before anything of the interpreter is touched: hence a process of its own.

use std::ffi::CStr;

use pyo3::ffi;
use pyo3::prelude::*;

#[pymodule]
fn by_symbol(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("answer", 42)
}

#[pymodule]
fn by_symbol_too(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("answer", 43)
}

#[allow(improper_ctypes, reason = "the object is only pointed to")]
unsafe extern "C" {
    fn PyInit_by_symbol() -> *mut ffi::PyObject;
    fn PyInit_by_symbol_too() -> *mut ffi::PyObject;
}

type Init = unsafe extern "C" fn() -> *mut ffi::PyObject;

fn append(name: &'static CStr, init: Init) -> i32 {
    // SAFETY: the name lives for good, and the function is that of a module.
    unsafe { ffi::PyImport_AppendInittab(name.as_ptr(), Some(init)) }
}

#[test]
fn modules_are_registered_by_their_symbols() {
    assert_eq!(append(c"by_symbol", PyInit_by_symbol), 0);
    assert_eq!(append(c"by_symbol_too", PyInit_by_symbol_too), 0);
    Python::initialize();
    Python::attach(|py| {
        py.run(
            c"
import by_symbol, by_symbol_too, sys
assert by_symbol.answer == 42 and by_symbol_too.answer == 43
assert {'by_symbol', 'by_symbol_too'} <= set(sys.builtin_module_names)
",
            None,
            None,
        )
        .map_err(|error| error.display(py))
        .unwrap();
    });
}
