//! Classes that export a buffer with `PyBuffer_FillInfo`. The stable ABI has buffers since 3.11.
#![cfg(any(not(Py_LIMITED_API), Py_3_11))]

use core::ffi::{c_int, c_void};

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::PyDict;

/// Exports four bytes.
#[pyclass(subclass)]
struct Lender {
    bytes: Box<[u8; 4]>,
}

#[pymethods]
impl Lender {
    #[new]
    fn new() -> Self {
        Lender { bytes: Box::new(*b"abcd") }
    }

    unsafe fn __getbuffer__(slf: Bound<'_, Self>, view: *mut ffi::Py_buffer, flags: c_int) -> PyResult<()> {
        let start: *const c_void = slf.borrow().bytes.as_ptr().cast();
        // SAFETY: the caller provides the structure, and the memory belongs to the instance, which the view keeps
        // alive.
        let filled = unsafe { ffi::PyBuffer_FillInfo(view, slf.as_ptr(), start.cast_mut(), 4, 1, flags) };
        if filled == 0 { Ok(()) } else { Err(PyErr::fetch(slf.py())) }
    }
}

#[test]
fn a_memoryview_names_its_exporter() {
    Python::initialize();
    Python::attach(|py| {
        let scope = PyDict::new(py);
        scope.set_item("Lender", py.get_type::<Lender>())?;
        py.run(
            c"
class Sub(Lender): pass
for x in (Lender(), Sub(), bytearray(b'abcd'), b'abcd'):
    view = memoryview(x)
    assert view.obj is x and view[1:].obj is x and view.cast('b').obj is x and memoryview(view).obj is x
    assert bytes(view) == b'abcd'
    view.release()
    try: view.obj
    except ValueError: pass
    else: assert False
assert memoryview.obj.__doc__
",
            Some(&scope),
            None,
        )
    })
    .unwrap();
}
