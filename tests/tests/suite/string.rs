//! Strings.

use std::borrow::Cow;

use pyo3::exceptions::{PyTypeError, PyUnicodeDecodeError, PyUnicodeEncodeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use pyo3::{intern, py_format};

use pyo3_tests::{eval, run, scope};

const TEXTS: [&str; 7] = ["", "ascii", "nul\0inside", "é", "日本語", "🐈 and 🦀", "\u{10ffff}"];

#[test]
fn texts_round_trip() {
    Python::attach(|py| {
        for text in TEXTS {
            let object = PyString::new(py, text);
            assert_eq!(object.to_str().unwrap(), text);
            assert_eq!(object.to_cow().unwrap(), text);
            assert_eq!(object.to_string_lossy(), text);
            assert_eq!(object.len().unwrap(), text.chars().count());
            assert_eq!(object.code_point_len().unwrap(), text.chars().count());
            assert_eq!(object.encode_utf8().unwrap().as_bytes(), text.as_bytes());
            assert_eq!(object.extract::<String>().unwrap(), text);
            assert_eq!(object.extract::<&str>().unwrap(), text);
            assert_eq!(object.extract::<Cow<'_, str>>().unwrap(), text);
            assert_eq!(object.clone().unbind().to_str(py).unwrap(), text);
            assert!(object == *text);
            assert_eq!(text.into_pyobject(py).unwrap().to_str().unwrap(), text);
            assert_eq!(text.to_owned().into_pyobject(py).unwrap().to_str().unwrap(), text);
            assert_eq!(Cow::Borrowed(text).into_pyobject(py).unwrap().to_str().unwrap(), text);
        }
    });
}

#[test]
fn chars() {
    Python::attach(|py| {
        for letter in ['a', 'é', '🦀', '\0'] {
            let object = letter.into_pyobject(py).unwrap();
            assert_eq!(object.extract::<char>().unwrap(), letter);
        }
        let error = PyString::new(py, "ab").extract::<char>().unwrap_err();
        assert_eq!(error.to_string(), "ValueError: expected a string of length 1");
    });
}

#[test]
fn surrogates_have_no_utf8() {
    Python::attach(|py| {
        let lone = eval(&scope(py), c"'a\\ud800b'").cast_into::<PyString>().unwrap();
        assert!(lone.to_str().unwrap_err().is_instance_of::<PyUnicodeEncodeError>(py));
        assert!(lone.to_cow().is_err());
        assert!(lone.encode_utf8().is_err());
        assert!(lone.extract::<String>().is_err());
        assert_eq!(lone.to_string_lossy(), "a\u{fffd}\u{fffd}\u{fffd}b");
        assert_eq!(lone.len().unwrap(), 3);
        assert!(lone != *"a");
    });
}

#[test]
fn bytes_that_are_not_utf8_raise() {
    Python::attach(|py| {
        assert_eq!(PyString::from_bytes(py, b"fine").unwrap(), "fine");
        let error = PyString::from_bytes(py, b"a\xff").unwrap_err();
        assert!(error.is_instance_of::<PyUnicodeDecodeError>(py));
        assert_eq!(error.value(py).getattr("start").unwrap().extract::<usize>().unwrap(), 1);
    });
}

#[test]
fn other_encodings() {
    Python::attach(|py| {
        let latin = PyBytes::new(py, b"caf\xe9");
        let text = PyString::from_encoded_object(&latin, Some(c"latin-1"), None).unwrap();
        assert_eq!(text, "café");
        assert!(PyString::from_encoded_object(&latin, Some(c"utf-8"), Some(c"strict")).is_err());
        let text = PyString::from_encoded_object(&latin, Some(c"utf-8"), Some(c"replace")).unwrap();
        assert_eq!(text, "caf\u{fffd}");
        assert!(PyString::from_encoded_object(&latin, Some(c"no-such-codec"), None).is_err());
    });
}

#[test]
fn interned_strings_are_one() {
    Python::attach(|py| {
        let a = PyString::intern(py, "an interned text");
        let b = PyString::intern(py, "an interned text");
        assert!(a.is(&b));
        let get = || intern!(py, "interned at this place");
        assert!(get().is(get()));
        assert_eq!(*get(), "interned at this place");
    });
}

#[test]
fn from_format() {
    Python::attach(|py| {
        let text = py_format!(py, "{}-{:>3}-{}", 1, 2, "é").unwrap();
        assert_eq!(text, "1-  2-é");
        assert_eq!(py_format!(py, "plain").unwrap(), "plain");
        let constant = || py_format!(py, "made once").unwrap();
        assert!(constant().is(constant()), "text without arguments is made once");
    });
}

#[test]
fn subclasses_are_strings_and_others_are_not() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"class Sub(str): pass");
        assert_eq!(eval(&scope, c"Sub('x')").extract::<String>().unwrap(), "x");
        let error = eval(&scope, c"1").extract::<String>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'int' object is not an instance of 'str'");
        assert!(eval(&scope, c"b'x'").extract::<&str>().unwrap_err().is_instance_of::<PyTypeError>(py));
        assert!(py.None().extract::<String>(py).is_err());
    });
}

#[test]
fn long_strings() {
    Python::attach(|py| {
        let text = "långt ".repeat(100_000);
        let object = PyString::new(py, &text);
        assert_eq!(object.to_str().unwrap(), text);
        assert_eq!(object.len().unwrap(), 600_000);
    });
}

#[test]
fn compares_with_rust() {
    Python::attach(|py| {
        let text = PyString::new(py, "same");
        assert!(text == "same" && "same" == text && text != "other");
        assert!(text.as_borrowed() == "same");
    });
}

#[test]
fn c_strings_are_text() {
    use std::ffi::{CStr, CString};

    Python::attach(|py| {
        let owned = CString::new("zwölf").unwrap();
        let borrowed: &CStr = &owned;
        let cow = Cow::Borrowed(borrowed);
        let objects = [
            borrowed.into_pyobject(py).unwrap(),
            (&owned).into_pyobject(py).unwrap(),
            (&cow).into_pyobject(py).unwrap(),
            cow.into_pyobject(py).unwrap(),
            owned.clone().into_pyobject(py).unwrap(),
        ];
        for object in objects {
            assert_eq!(object, "zwölf");
            assert_eq!(object.extract::<CString>().unwrap(), owned);
            assert_eq!(object.extract::<Cow<'_, CStr>>().unwrap(), owned.as_c_str());
        }
        assert!(c"\xff".into_pyobject(py).unwrap_err().is_instance_of::<PyUnicodeDecodeError>(py));
        let error = PyString::new(py, "a\0b").extract::<CString>().unwrap_err();
        assert_eq!(error.to_string(), "ValueError: data provided contains an interior nul byte at byte position 1");
        let error = eval(&scope(py), c"1").extract::<CString>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'int' object is not an instance of 'str'");
        let error = eval(&scope(py), c"'\\udc80'").extract::<Cow<'_, CStr>>().unwrap_err();
        assert!(error.is_instance_of::<PyUnicodeEncodeError>(py));
    });
}

#[test]
fn text_of_c_is_borrowed() {
    use std::ffi::CStr;

    Python::attach(|py| {
        for text in ["", "ascii", "zw\u{f6}lf", "\u{1f980}"] {
            let object = PyString::new(py, text);
            let found = object.extract::<&CStr>().unwrap();
            assert_eq!(found.to_bytes(), text.as_bytes());
            // It is in place, or a copy that lives as long as the string.
            assert!(std::ptr::eq(found, object.extract::<&CStr>().unwrap()));
        }
        let error = PyString::new(py, "a\0b").extract::<&CStr>().unwrap_err();
        assert!(error.is_instance_of::<PyValueError>(py), "{error}");
        assert!(
            eval(&scope(py), c"'\\ud800'").extract::<&CStr>().unwrap_err().is_instance_of::<PyUnicodeEncodeError>(py)
        );
        assert!(PyBytes::new(py, b"a").extract::<&CStr>().unwrap_err().is_instance_of::<PyTypeError>(py));
        // Copies for destroyed strings are removed. Those for other strings stay.
        let kept = PyString::new(py, "kept by the test");
        let borrowed = kept.extract::<&CStr>().unwrap();
        for number in 0..1000 {
            let text = number.to_string();
            assert_eq!(PyString::new(py, &text).extract::<&CStr>().unwrap().to_str().unwrap(), text);
        }
        assert_eq!(borrowed, c"kept by the test");
        assert!(std::ptr::eq(borrowed, kept.extract::<&CStr>().unwrap()));
    });
}

#[test]
fn data_is_that_of_the_runtime() {
    use pyo3::exceptions::PyNotImplementedError;
    use pyo3::types::string::PyStringData;

    Python::attach(|py| {
        for (text, width) in [("ascii", 1), ("", 1), ("\u{e9}", 1), ("\u{65e5}\u{672c}", 2), ("\u{1f980}!", 4)] {
            let string = PyString::new(py, text);
            // SAFETY: this test only reads the data while `string` is alive and unchanged.
            let data = match unsafe { string.data() } {
                Ok(data) => data,
                Err(error) => {
                    assert!(!text.is_ascii() && error.is_instance_of::<PyNotImplementedError>(py), "{error}");
                    continue;
                }
            };
            assert_eq!(data.value_width_bytes(), width);
            assert_eq!(data.as_bytes().len(), width * text.chars().count());
            let found: Vec<u32> = match data {
                PyStringData::Ucs1(data) => data.iter().copied().map(u32::from).collect(),
                PyStringData::Ucs2(data) => data.iter().copied().map(u32::from).collect(),
                PyStringData::Ucs4(data) => data.to_vec(),
            };
            assert_eq!(found, text.chars().map(u32::from).collect::<Vec<_>>());
            if text.is_ascii() || width > 1 {
                assert_eq!(data.to_string(py).unwrap(), text);
                assert_eq!(data.to_string_lossy(), text);
            }
        }
        let message = |data: PyStringData<'_>| data.to_string(py).unwrap_err().to_string();
        assert_eq!(
            message(PyStringData::Ucs1(b"f\xfe")),
            "UnicodeDecodeError: 'utf-8' codec can't decode byte 0xfe in position 1: invalid utf-8"
        );
        assert!(message(PyStringData::Ucs2(&[0x66, 0xd800])).ends_with(": invalid utf-16: lone surrogate found"));
        assert!(message(PyStringData::Ucs4(&[0x66, 0xd800])).ends_with(": error converting utf-32"));
        assert_eq!(PyStringData::Ucs1(b"f\xfe").to_string_lossy(), "f\u{fffd}");
        assert_eq!(PyStringData::Ucs2(&[0x66, 0xd800]).to_string_lossy(), "f\u{fffd}");
        assert_eq!(PyStringData::Ucs4(&[0x66, 0xd800]).to_string_lossy(), "f\u{fffd}");
    });
}
