//! Text, bytes, buffers.

use std::ffi::CStr;
use std::hint::black_box;

use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::pybacked::{PyBackedBytes, PyBackedStr};
use pyo3::types::{PyBytes, PyMemoryView, PyString};

use crate::program::benches;

fn eval<'py>(py: Python<'py>, code: &CStr) -> PyResult<Bound<'py, PyAny>> {
    py.eval(code, None, None)
}

benches! {
    "tx"

    string_new_small |py| {} => PyString::new(py, black_box("text"));
    string_new_long |py| { let text = "a long text. ".repeat(100); } => PyString::new(py, black_box(&text));
    string_intern |py| {} => PyString::intern(py, black_box("text"));
    string_from_encoded |py| { let bytes = PyBytes::new(py, b"text"); } => PyString::from_encoded_object(&bytes, Some(c"utf-8"), None)?;
    string_from_fmt |py| {} => PyString::from_fmt(py, format_args!("{} of {}", black_box(7), black_box("nine")))?;
    to_str |py| { let text = PyString::new(py, "text"); } => black_box(&text).to_str()?;
    to_cow |py| { let text = PyString::new(py, "text"); } => black_box(&text).to_cow()?;
    to_string_lossy |py| { let text = PyString::new(py, "text"); } => black_box(&text).to_string_lossy();
    encode_utf8 |py| { let text = PyString::new(py, "text"); } => black_box(&text).encode_utf8()?;
    display |py| { let text = PyString::new(py, "text"); } => black_box(&text).to_string();
    display_int |py| { let number = eval(py, c"12345")?; } => black_box(&number).to_string();
    debug |py| { let number = eval(py, c"12345")?; } => format!("{number:?}");
    backed_str |py| { let text = PyString::new(py, "text"); } => PyBackedStr::try_from(black_box(&text).clone())?.len();
    backed_str_clone |py| { let text = PyBackedStr::try_from(PyString::new(py, "text"))?; } => black_box(&text).clone_ref(py);

    bytes_new |py| {} => PyBytes::new(py, black_box(b"some bytes"));
    bytes_new_with |py| {} => PyBytes::new_with(py, 1000, |bytes| { bytes.fill(7); Ok(()) })?;
    bytes_as_bytes |py| { let bytes = PyBytes::new(py, b"some bytes"); } => black_box(&bytes).as_bytes();
    bytes_len |py| { let bytes = PyBytes::new(py, b"some bytes"); } => black_box(&bytes).as_any().len()?;
    bytes_index |py| { let bytes = PyBytes::new(py, b"some bytes"); } => black_box(&bytes)[3];
    backed_bytes |py| { let bytes = PyBytes::new(py, b"some bytes"); } => PyBackedBytes::from(black_box(&bytes).clone()).len();

    buffer_get |py| { let bytes = PyBytes::new(py, b"some bytes").into_any(); } => PyBuffer::<u8>::get(black_box(&bytes))?;
    buffer_to_vec |py| {
        let bytes = PyBytes::new(py, &[7; 1000]).into_any();
        let buffer = PyBuffer::<u8>::get(&bytes)?;
    } => buffer.to_vec(py)?;
    buffer_copy |py| {
        let bytes = PyBytes::new(py, &[7; 1000]).into_any();
        let buffer = PyBuffer::<u8>::get(&bytes)?;
        let mut target = [0_u8; 1000];
    } => buffer.copy_to_slice(py, &mut target)?;
    buffer_shape |py| {
        let bytes = PyBytes::new(py, &[7; 1000]).into_any();
        let buffer = PyBuffer::<u8>::get(&bytes)?;
    } => black_box(&buffer).shape()[0] + black_box(&buffer).item_count();
    buffer_wrong |py| { let number = eval(py, c"1")?; } => PyBuffer::<u8>::get(black_box(&number)).is_err();
    buffer_f64 |py| { let array = eval(py, c"__import__('array').array('d', [1.5] * 100)")?; } => PyBuffer::<f64>::get(&array)?.to_vec(py)?;
    memory_view |py| { let bytes = PyBytes::new(py, b"some bytes").into_any(); } => PyMemoryView::from(black_box(&bytes))?;
}
