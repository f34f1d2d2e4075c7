//! Tests `PyImport_AppendInittab` called directly, before anything touches the interpreter. It needs a separate
//! process.

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

#[allow(improper_ctypes, reason = "the functions return only a pointer to the object")]
unsafe extern "C" {
    fn PyInit_by_symbol() -> *mut ffi::PyObject;
    fn PyInit_by_symbol_too() -> *mut ffi::PyObject;
}

type Init = unsafe extern "C" fn() -> *mut ffi::PyObject;

fn append(name: &'static CStr, init: Init) -> i32 {
    // SAFETY: the name is static, and `init` is the initialization function of a module.
    unsafe { ffi::PyImport_AppendInittab(name.as_ptr(), Some(init)) }
}

/// Fails without setting an exception.
unsafe extern "C" fn silent() -> *mut ffi::PyObject {
    std::ptr::null_mut()
}

/// Fails with an exception.
unsafe extern "C" fn failing() -> *mut ffi::PyObject {
    // SAFETY: the runtime calls this attached, when it imports the module.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_ValueError, c"not today".as_ptr()) };
    std::ptr::null_mut()
}

#[test]
fn modules_are_registered_by_their_symbols() {
    assert_eq!(append(c"by_symbol", PyInit_by_symbol), 0);
    assert_eq!(append(c"by_symbol_too", PyInit_by_symbol_too), 0);
    assert_eq!(append(c"silent", silent), 0);
    assert_eq!(append(c"failing", failing), 0);
    Python::initialize();
    Python::attach(|py| {
        py.run(
            c"
import by_symbol, by_symbol_too, sys
assert by_symbol.answer == 42 and by_symbol_too.answer == 43
assert {'by_symbol', 'by_symbol_too'} <= set(sys.builtin_module_names)

def failure(name):
    try:
        __import__(name)
    except (SystemError, ValueError) as error:
        assert name not in sys.modules
        return type(error).__name__ + ': ' + str(error)
for _ in range(2):
    # The text is not the same in every version.
    assert failure('silent').startswith('SystemError: '), failure('silent')
    assert failure('failing') == 'ValueError: not today', failure('failing')
",
            None,
            None,
        )
        .map_err(|error| error.display(py))
        .unwrap();
    });
}
