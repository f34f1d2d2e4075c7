//! Conversions of general types: options, sequences, sets, references, and types of this test.

/// Checks that a value and a reference to it convert to the value of the Python code, with the same type, and back.
///
/// This is a macro because a generic function would need a bound on references to any type, which the compiler cannot
/// resolve.
macro_rules! both_ways {
    ($scope:expr, $value:expr, $code:expr $(,)?) => {{
        let (scope, value, code) = ($scope, $value, $code);
        $crate::conversions::becomes(scope, Clone::clone(value), code);
        $crate::conversions::becomes(scope, value, code);
        $crate::conversions::comes_from(scope, value, code);
    }};
}

mod any_value;
mod anyhow;
mod bytes;
mod chrono;
mod chrono_tz;
mod either;
mod eyre;
mod indexmap;
mod jiff;
mod num_bigint;
mod num_complex;
mod num_rational;
mod ordered_float;
mod rust_decimal;
mod serde;
mod smallvec;
mod std_types;
mod time;
mod uuid;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashSet};
use std::ffi::CString;
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use pyo3::conversion::FromPyObjectOwned;
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::sync::{MutexExt, PyOnceLock};
use pyo3::types::{PyBytes, PyDict, PyInt, PyList, PyString};
use pyo3::{IntoPyObjectExt, PyTypeInfo};

use pyo3_tests::{eval, run, scope};

/// Checks that the object of `code` extracts to `value`.
#[track_caller]
fn comes_from<'py, T>(scope: &Bound<'py, PyDict>, value: &T, code: &str)
where
    T: FromPyObjectOwned<'py> + PartialEq + Debug,
{
    let object = eval(scope, &CString::new(code).unwrap());
    let found = object.extract::<T>().map_err(Into::<PyErr>::into);
    assert_eq!(&found.unwrap(), value, "{code}");
}

/// Checks that `value` converts to the object of `code`, with the same type.
#[track_caller]
fn becomes<'py>(scope: &Bound<'py, PyDict>, value: impl IntoPyObject<'py>, code: &str) {
    let expected = eval(scope, &CString::new(code).unwrap());
    let object = value.into_bound_py_any(scope.py()).unwrap();
    assert!(object.eq(&expected).unwrap(), "{object:?} is not {expected:?}");
    assert!(object.get_type().is(expected.get_type()), "{:?} is not {:?}", object.get_type(), expected.get_type());
    assert_eq!(object.repr().unwrap().to_string(), expected.repr().unwrap().to_string());
}

/// Checks that a value cannot become a Python object.
#[track_caller]
fn becomes_nothing<'py>(py: Python<'py>, value: impl IntoPyObject<'py>, message: &str) {
    assert_eq!(value.into_bound_py_any(py).unwrap_err().to_string(), message);
}

/// Checks the error when the object of `code` does not extract to a `T`.
#[track_caller]
fn refuses<'py, T: FromPyObjectOwned<'py> + Debug>(scope: &Bound<'py, PyDict>, code: &str, message: &str) {
    let object = eval(scope, &CString::new(code).unwrap());
    let error = object.extract::<T>().map_err(Into::<PyErr>::into).expect_err(code);
    assert_eq!(error.to_string(), message, "{code}");
}

/// Creates a scope with the contents of some modules.
fn scope_of_modules<'py>(py: Python<'py>, names: &[&str]) -> Bound<'py, PyDict> {
    /// Serializes imports, because not every runtime waits for a module that another thread is still importing.
    static IMPORTING: Mutex<()> = Mutex::new(());

    let _importing = IMPORTING.lock_py_attached(py);
    let scope = scope(py);
    for name in names {
        run(&scope, &CString::new(format!("from {name} import *")).unwrap());
    }
    if names.contains(&"zoneinfo") {
        ZONES.get_or_init(py, || {
            eval(&scope, c"[ZoneInfo(key) for key in ('Europe/Berlin', 'UTC', 'Etc/GMT+5')]").unbind()
        });
    }
    scope
}

/// Keeps the time zones that several tests use alive. `ZoneInfo` returns the same object every time, unless two threads
/// create the first one at once, which a free-threaded build allows. Ambiguous times with two different zone objects do
/// not compare equal.
static ZONES: PyOnceLock<Py<PyAny>> = PyOnceLock::new();

#[test]
fn options_are_none_or_a_value() {
    Python::attach(|py| {
        assert!(None::<i32>.into_pyobject(py).unwrap().is_none());
        assert_eq!(Some(1).into_pyobject(py).unwrap().to_string(), "1");
        assert_eq!(py.None().extract::<Option<i32>>(py).unwrap(), None);
        assert_eq!(1i32.into_pyobject(py).unwrap().extract::<Option<i32>>().unwrap(), Some(1));
        let nested: Option<Option<i32>> = py.None().extract(py).unwrap();
        assert_eq!(nested, None);
        assert!("x".into_pyobject(py).unwrap().extract::<Option<i32>>().is_err());
    });
}

#[test]
fn vectors_come_from_sequences() {
    Python::attach(|py| {
        let scope = scope(py);
        for code in [c"[1, 2, 3]", c"(1, 2, 3)", c"range(1, 4)", c"b'\\x01\\x02\\x03'"] {
            assert_eq!(eval(&scope, code).extract::<Vec<i64>>().unwrap(), [1, 2, 3]);
        }
        let error = eval(&scope, c"'abc'").extract::<Vec<String>>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: Can't extract `str` to `Vec`");
        assert!(eval(&scope, c"{1, 2}").extract::<Vec<i32>>().unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(eval(&scope, c"[1, 'x']").extract::<Vec<i32>>().is_err());
        assert!(eval(&scope, c"5").extract::<Vec<i32>>().is_err());
    });
}

#[test]
fn nested_vectors() {
    Python::attach(|py| {
        let nested = vec![vec![1], vec![], vec![2, 3]];
        let object = nested.clone().into_pyobject(py).unwrap();
        assert_eq!(object.to_string(), "[[1], [], [2, 3]]");
        assert_eq!(object.extract::<Vec<Vec<i32>>>().unwrap(), nested);
        assert_eq!((&nested).into_pyobject(py).unwrap().to_string(), "[[1], [], [2, 3]]");
    });
}

#[test]
fn arrays_have_a_length() {
    Python::attach(|py| {
        let object = [1, 2, 3].into_pyobject(py).unwrap();
        assert_eq!(object.to_string(), "[1, 2, 3]");
        assert_eq!(object.extract::<[i32; 3]>().unwrap(), [1, 2, 3]);
        let error = object.extract::<[i32; 2]>().unwrap_err();
        assert_eq!(error.to_string(), "ValueError: expected a sequence of length 2 (got 3)");
        assert_eq!([String::from("a")].into_pyobject(py).unwrap().to_string(), "['a']");
    });
}

#[test]
fn sets() {
    Python::attach(|py| {
        let set = HashSet::from([1, 2, 3]);
        let object = set.clone().into_pyobject(py).unwrap();
        assert_eq!(object.extract::<HashSet<i32>>().unwrap(), set);
        let sorted: BTreeSet<i32> = eval(&scope(py), c"frozenset([3, 1, 2])").extract().unwrap();
        assert_eq!(sorted.into_iter().collect::<Vec<_>>(), [1, 2, 3]);
    });
}

#[test]
fn paths_have_an_fspath() {
    Python::attach(|py| {
        let path = PathBuf::from("a/b.txt");
        let object = path.clone().into_pyobject(py).unwrap();
        assert_eq!(object.extract::<PathBuf>().unwrap(), path);
        assert_eq!(PyString::new(py, "a/b.txt").extract::<PathBuf>().unwrap(), path);
        assert!(Path::new("x").into_pyobject(py).is_ok());
        assert!(1i32.into_pyobject(py).unwrap().extract::<PathBuf>().is_err());
    });
}

#[test]
fn references_to_pointers_convert() {
    Python::attach(|py| {
        let number = &&5i32;
        assert_eq!(number.into_pyobject(py).unwrap().to_string(), "5");
        let list = PyList::new(py, [1]).unwrap();
        assert!((&list).into_pyobject(py).unwrap().is(&list));
        assert!(list.as_borrowed().into_pyobject(py).unwrap().is(&list));
        let owned = list.clone().unbind();
        assert!((&owned).into_pyobject(py).unwrap().is(&list));
        assert!(owned.into_pyobject(py).unwrap().is(&list));
    });
}

#[test]
fn short_ways_to_any() {
    Python::attach(|py| {
        let any: Bound<'_, PyAny> = 1.into_bound_py_any(py).unwrap();
        assert_eq!(any.to_string(), "1");
        let any: Py<PyAny> = "x".into_py_any(py).unwrap();
        assert_eq!(any.to_string(), "x");
        let int: Bound<'_, PyInt> = 1i32.into_pyobject_or_pyerr(py).unwrap();
        assert!(int == 1);
    });
}

#[test]
fn cows() {
    Python::attach(|py| {
        let text = PyString::new(py, "x");
        assert!(matches!(text.extract::<Cow<'_, str>>().unwrap(), Cow::Borrowed("x") | Cow::Owned(_)));
        let bytes = PyBytes::new(py, b"x");
        assert_eq!(bytes.extract::<Cow<'_, [u8]>>().unwrap(), b"x".as_slice());
        assert_eq!(Arc::new(5i32).into_pyobject(py).unwrap().to_string(), "5");
    });
}

#[test]
fn bound_extracts_by_type() {
    Python::attach(|py| {
        let list = PyList::empty(py).into_any();
        assert!(list.extract::<Bound<'_, PyList>>().unwrap().is(&list));
        assert!(list.extract::<Py<PyList>>().unwrap().is(&list));
        let error: PyErr = list.extract::<Bound<'_, PyDict>>().unwrap_err().into();
        assert_eq!(error.to_string(), "TypeError: 'list' object is not an instance of 'dict'");
    });
}

/// A type with hand-written conversions.
#[derive(Debug, PartialEq)]
struct Celsius(f64);

impl<'py> FromPyObject<'_, 'py> for Celsius {
    type Error = PyErr;

    fn extract(object: Borrowed<'_, 'py, PyAny>) -> PyResult<Self> {
        Ok(Celsius(object.getattr("degrees")?.extract()?))
    }
}

impl<'py> IntoPyObject<'py> for Celsius {
    type Target = PyAny;
    type Output = Bound<'py, PyAny>;
    type Error = PyErr;

    fn into_pyobject(self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let object = pyo3_tests::fresh(py);
        object.setattr("degrees", self.0)?;
        Ok(object)
    }
}

#[test]
fn conversions_by_hand() {
    fn there_and_back<'py, T>(py: Python<'py>, value: T) -> T
    where
        T: IntoPyObject<'py> + FromPyObjectOwned<'py>,
    {
        let object = value.into_bound_py_any(py).unwrap();
        object.extract().map_err(Into::into).unwrap()
    }

    Python::attach(|py| {
        assert_eq!(there_and_back(py, Celsius(36.6)), Celsius(36.6));
        assert_eq!(there_and_back(py, vec![Celsius(1.0), Celsius(2.0)]).len(), 2);
        assert!(py.None().extract::<Celsius>(py).is_err());
    });
}

#[test]
fn lists_that_shrink_while_they_are_read() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Evil:
    def __init__(self, items): self.items = items
    def __index__(self):
        self.items.clear()
        return 1
items = []
items += [Evil(items), 2, 3]
",
        );
        // Must not crash. The result may be short, or an error.
        let _ = eval(&scope, c"items").extract::<Vec<i32>>();
    });
}

/// Lists are read in blocks, and an item that only Python code can convert ends a block: its code may change the rest.
#[test]
fn long_lists_of_mixed_items() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Seven:
    def __init__(self, items, at): self.items, self.at = items, at
    def __index__(self):
        self.items[self.at] = 8
        return 7
    def __float__(self): return float(self.__index__())
class Text(str): pass
class Number(int): pass
class Measure(float):
    def __float__(self): raise AssertionError('the value is read in place')
def mixed(length, at):
    items = list(range(length))
    items[at] = Seven(items, -1)
    return items
",
        );
        for length in [1, 7, 8, 9, 31, 32, 33, 64, 65, 200] {
            for at in [0, length / 2, length - 1] {
                let items = eval(&scope, &CString::new(format!("mixed({length}, {at})")).unwrap());
                let mut expected: Vec<i64> = (0..length).collect();
                expected[at as usize] = 7;
                // Looking at the last item is what changes it, unless it is the last one itself.
                if at != length - 1 {
                    expected[length as usize - 1] = 8;
                }
                assert_eq!(items.extract::<Vec<i64>>().unwrap(), expected, "{length} {at}");

                let items = eval(&scope, &CString::new(format!("mixed({length}, {at})")).unwrap());
                let floats: Vec<f64> = expected.iter().map(|number| *number as f64).collect();
                assert_eq!(items.extract::<Vec<f64>>().unwrap(), floats, "{length} {at}");
            }
            let code = format!("[str(i) for i in range({length})] + [Text('\u{e4}\0\u{1f600}')]");
            let texts =
                eval(&scope, &CString::new(code.replace('\0', "\\0")).unwrap()).extract::<Vec<String>>().unwrap();
            assert_eq!(texts.len() as i64, length + 1);
            assert_eq!(texts[length as usize - 1], (length - 1).to_string());
            assert_eq!(texts[length as usize], "\u{e4}\0\u{1f600}");
        }
        assert_eq!(eval(&scope, c"[True, Number(3), 2]").extract::<Vec<u8>>().unwrap(), [1, 3, 2]);
        assert_eq!(eval(&scope, c"[1.5, Measure(2.5), 3, True]").extract::<Vec<f32>>().unwrap(), [1.5, 2.5, 3.0, 1.0]);
        let large = eval(&scope, c"[1, 2**64 - 1, 2]").extract::<Vec<u64>>().unwrap();
        assert_eq!(large, [1, u64::MAX, 2]);

        let error = eval(&scope, c"[1] * 40 + [300]").extract::<Vec<u8>>().unwrap_err();
        assert_eq!(error.to_string(), "OverflowError: out of range integral type conversion attempted");
        let error = eval(&scope, c"[1] * 40 + [2**64]").extract::<Vec<i64>>().unwrap_err();
        assert_eq!(error.to_string(), "OverflowError: Python int too large to convert to C long");
        let error = eval(&scope, c"[1] * 40 + [-1]").extract::<Vec<u64>>().unwrap_err();
        assert_eq!(error.to_string(), "OverflowError: can't convert negative int to unsigned");
        let error = eval(&scope, c"['a'] * 40 + ['\\ud800']").extract::<Vec<String>>().unwrap_err();
        assert!(error.is_instance_of::<pyo3::exceptions::PyUnicodeEncodeError>(py), "{error}");
        let error = eval(&scope, c"['a'] * 40 + [b'a']").extract::<Vec<String>>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'bytes' object is not an instance of 'str'");
        let error = eval(&scope, c"[1.0] * 40 + ['a']").extract::<Vec<f64>>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: must be real number, not str");
    });
}

#[test]
fn type_names() {
    Python::attach(|py| {
        assert_eq!(PyInt::type_object(py).name().unwrap(), "int");
        assert_eq!(PyDict::type_object(py).name().unwrap(), "dict");
    });
}
