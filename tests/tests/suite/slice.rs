//! `PySlice`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::slice::PySliceIndices;
use pyo3::types::{PyRange, PySlice};
use pyo3_tests::{eval, scope};

#[test]
fn slices_are_made() {
    Python::attach(|py| {
        assert_eq!(
            PySlice::new(py, 1, -2, isize::MIN).repr().unwrap().to_string(),
            format!("slice(1, -2, {})", isize::MIN)
        );
        assert_eq!(PySlice::full(py).repr().unwrap(), "slice(None, None, None)");
        let range = PyRange::new_with_step(py, 1, 7, 2).unwrap();
        let slice = Bound::<PySlice>::try_from(range).unwrap();
        assert_eq!(slice.repr().unwrap(), "slice(1, 7, 2)");
        let indices = PySliceIndices::new(1, 2, 3);
        assert_eq!(indices.into_pyobject(py).unwrap().repr().unwrap(), "slice(1, 2, 3)");
    });
}

/// Compares the indices of many slices and lengths with those of Python.
#[test]
fn indices_are_those_of_python() {
    Python::attach(|py| {
        let scope = scope(py);
        let bounds: [Option<isize>; 7] =
            [None, Some(0), Some(2), Some(-1), Some(-4), Some(isize::MAX), Some(isize::MIN)];
        let steps: [Option<isize>; 5] = [None, Some(1), Some(-1), Some(3), Some(-2)];
        let slice = py.get_type::<PySlice>();
        let asked = eval(&scope, c"lambda s, n: (*s.indices(n), len(range(*s.indices(n))))");
        for length in [0, 1, 5] {
            for start in bounds {
                for stop in bounds {
                    for step in steps {
                        let slice = slice.call1((start, stop, step)).unwrap().cast_into::<PySlice>().unwrap();
                        let PySliceIndices { start, stop, step, slicelength } = slice.indices(length).unwrap();
                        let expected: (isize, isize, isize, usize) =
                            asked.call1((&slice, length)).unwrap().extract().unwrap();
                        assert_eq!((start, stop, step, slicelength), expected, "{slice} of {length}");
                    }
                }
            }
        }
    });
}

#[test]
fn what_is_no_slice_of_indices_is_refused() {
    Python::attach(|py| {
        let scope = scope(py);
        let indices = |source| {
            let slice = eval(&scope, source).cast_into::<PySlice>().unwrap();
            slice.indices(3).unwrap_err()
        };
        let zero = indices(c"slice(None, None, 0)");
        assert!(zero.is_instance_of::<PyValueError>(py));
        assert_eq!(zero.value(py).to_string(), "slice step cannot be zero");
        let text = indices(c"slice('a')");
        assert!(text.is_instance_of::<PyTypeError>(py));
        // From 3.15 on, the text does not mention `None` here.
        let message = text.value(py).to_string();
        assert!(message.starts_with("slice indices must be integers or "), "{message}");
        assert!(PySlice::full(py).indices(-1).unwrap_err().is_instance_of::<PyValueError>(py));
    });
}
