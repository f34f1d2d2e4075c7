//! Buffers that Rust borrows from Python's objects.

use pyo3::buffer::{PyBuffer, PyUntypedBuffer};
use pyo3::exceptions::{PyBufferError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes};

#[test]
fn bytes_are_read() {
    Python::attach(|py| {
        let bytes = PyBytes::new(py, b"hello");
        let buffer = PyBuffer::<u8>::get(&bytes).unwrap();
        assert_eq!((buffer.item_count(), buffer.item_size(), buffer.len_bytes()), (5, 1, 5));
        assert_eq!((buffer.dimensions(), buffer.shape(), buffer.strides()), (1, &[5][..], &[1][..]));
        assert_eq!(buffer.format(), c"B");
        assert!(buffer.readonly() && buffer.suboffsets().is_none());
        assert!(buffer.is_c_contiguous() && buffer.is_fortran_contiguous());
        assert!(buffer.obj(py).unwrap().is(&bytes));
        assert_eq!(buffer.to_vec(py).unwrap(), b"hello");
        let cells = buffer.as_slice(py).unwrap();
        assert_eq!(cells.iter().map(|cell| cell.get()).collect::<Vec<_>>(), b"hello");
        assert!(buffer.as_mut_slice(py).is_none());
        assert!(buffer.copy_from_slice(py, b"jelly").unwrap_err().is_instance_of::<PyBufferError>(py));
        buffer.release(py);
    });
}

#[test]
fn a_bytearray_is_written_and_kept_in_place() {
    Python::attach(|py| {
        let bytes = PyByteArray::new(py, b"hello");
        let buffer = PyBuffer::<u8>::get(&bytes).unwrap();
        assert!(!buffer.readonly());
        buffer.as_mut_slice(py).unwrap()[0].set(b'j');
        assert_eq!(bytes.to_vec(), b"jello");
        buffer.copy_from_slice(py, b"jelly").unwrap();
        assert_eq!(bytes.to_vec(), b"jelly");
        // Of another length.
        assert!(buffer.copy_from_slice(py, b"jam").unwrap_err().is_instance_of::<PyBufferError>(py));
        assert!(buffer.copy_to_slice(py, &mut [0; 4]).unwrap_err().is_instance_of::<PyBufferError>(py));

        // The memory cannot move while it is lent.
        let grow = || bytes.call_method1("append", (1,));
        assert!(grow().unwrap_err().is_instance_of::<PyBufferError>(py));
        drop(buffer);
        grow().unwrap();
    });
}

#[test]
fn the_type_of_the_items_is_checked() {
    Python::attach(|py| {
        let array = py.eval(c"__import__('array').array('d', [1.0, 2.5])", None, None).unwrap();
        let buffer = PyUntypedBuffer::get(&array).unwrap();
        assert_eq!((buffer.item_count(), buffer.item_size()), (2, 8));
        assert_eq!(buffer.as_typed::<f64>().unwrap().to_vec(py).unwrap(), [1.0, 2.5]);
        for error in [buffer.as_typed::<u64>().unwrap_err(), buffer.into_typed::<f32>().unwrap_err()] {
            assert!(error.is_instance_of::<PyBufferError>(py));
            assert!(error.to_string().starts_with("BufferError: buffer contents are not compatible with "), "{error}");
        }
        assert_eq!(array.extract::<PyBuffer<f64>>().unwrap().item_count(), 2);
    });
}

#[test]
fn what_lends_no_memory_is_refused() {
    Python::attach(|py| {
        let list = py.eval(c"[1]", None, None).unwrap();
        assert!(PyUntypedBuffer::get(&list).unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(PyBuffer::<u8>::get(&list).unwrap_err().is_instance_of::<PyTypeError>(py));
    });
}
