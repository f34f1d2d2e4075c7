//! Derived conversions: names, lifetimes, and expressions in attributes.

use std::borrow::Cow;

use pyo3::IntoPyObjectExt;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PyList, PyString};

use pyo3_tests::{eval, run, scope, scope_with};

#[derive(Debug, FromPyObject, IntoPyObject, IntoPyObjectRef, PartialEq)]
enum Answer {
    Error(i32),
    Target(String),
    Output { item: i32 },
    Item((i32, i32)),
    Ok(Vec<i32>),
    None(Option<i32>),
}

#[derive(Debug, FromPyObject, IntoPyObject, IntoPyObjectRef, PartialEq)]
struct Error {
    error: i32,
}

#[derive(Debug, FromPyObject, IntoPyObject, IntoPyObjectRef, PartialEq)]
struct Output(i32);

#[test]
fn types_and_variants_may_be_called_as_associated_types_are() {
    Python::attach(|py| {
        for (answer, python) in [
            (Answer::Error(3), c"3"),
            (Answer::Target("text".to_owned()), c"'text'"),
            (Answer::Item((1, 2)), c"(1, 2)"),
            (Answer::Ok(vec![1, 2]), c"[1, 2]"),
            (Answer::None(None), c"None"),
        ] {
            let expected = eval(&scope(py), python);
            assert!((&answer).into_pyobject(py).unwrap().eq(&expected).unwrap());
            assert_eq!(expected.extract::<Answer>().unwrap(), answer);
            assert!(answer.into_pyobject(py).unwrap().eq(&expected).unwrap());
        }
        let output = Answer::Output { item: 4 }.into_pyobject(py).unwrap();
        assert_eq!(output.to_string(), "{'item': 4}");
        assert_eq!(Output(5).into_pyobject(py).unwrap().extract::<Output>().unwrap(), Output(5));
        assert_eq!((&Error { error: 1 }).into_pyobject(py).unwrap().to_string(), "{'error': 1}");
        assert_eq!(Error { error: 1 }.into_pyobject(py).unwrap().to_string(), "{'error': 1}");
    });
}

/// The only lifetime is that of the attached thread, whatever its name.
#[derive(FromPyObject)]
struct Named<'object> {
    name: Bound<'object, PyString>,
    numbers: Vec<i32>,
}

#[derive(FromPyObject)]
struct Nested<'a> {
    inner: Named<'a>,
    #[pyo3(attribute("others"))]
    more: Vec<Named<'a>>,
}

#[derive(FromPyObject)]
struct Several<'a, 'b, T> {
    left: Bound<'a, PyString>,
    right: Bound<'b, PyInt>,
    own: T,
}

#[derive(FromPyObject)]
#[pyo3(transparent)]
struct Text<'data>(&'data str);

#[derive(FromPyObject)]
struct Named2<'py>(&'py str);

#[derive(FromPyObject)]
enum Data<'s> {
    Bytes(&'s [u8]),
    Text(Cow<'s, str>),
}

#[derive(FromPyObject)]
enum Mixed<'a, 'x> {
    Text(&'a str),
    List(Bound<'x, PyList>),
    Other(Borrowed<'a, 'x, PyAny>),
}

#[derive(FromPyObject)]
struct Both<'b>(Borrowed<'b, 'b, PyAny>);

#[derive(FromPyObject)]
enum Two<'a, 'b> {
    Text(&'a str),
    Bytes(&'b [u8]),
}

#[pyfunction]
fn of_named(named: Named<'_>) -> String {
    format!("{} {:?}", named.name, named.numbers)
}

#[pyfunction]
fn of_text(text: Text<'_>) -> usize {
    text.0.len()
}

#[pyfunction]
fn of_all(named: Vec<Named<'_>>) -> usize {
    named.len()
}

#[test]
fn lifetimes_may_have_any_name() {
    Python::attach(|py| {
        let scope = scope_with(
            py,
            [wrap_pyfunction!(of_named, py), wrap_pyfunction!(of_text, py), wrap_pyfunction!(of_all, py)],
        );
        run(
            &scope,
            cr#"
from types import SimpleNamespace as Space
named = Space(name="x", numbers=[1, 2])
nested = Space(inner=named, others=[named, named])
several = Space(left="l", right=3, own=[1])
assert of_named(named) == "x [1, 2]" and of_text("four") == 4 and of_all([named] * 3) == 3
"#,
        );
        let nested = eval(&scope, c"nested");
        let nested: Nested<'_> = nested.extract().unwrap();
        assert_eq!((nested.inner.name.to_string(), nested.more.len()), ("x".to_owned(), 2));
        let several = eval(&scope, c"several");
        let several: Several<'_, '_, Vec<i32>> = several.extract().unwrap();
        assert_eq!(several.left.to_string() + &several.right.to_string(), "l3");
        assert_eq!(several.own, [1]);
        let text = PyString::new(py, "text");
        assert_eq!(text.extract::<Text<'_>>().unwrap().0, "text");
        assert_eq!(text.extract::<Named2<'_>>().unwrap().0, "text");
        assert!(matches!(text.extract::<Data<'_>>().unwrap(), Data::Text(found) if found == "text"));
        let bytes = eval(&scope, c"b'12'");
        assert!(matches!(bytes.extract::<Data<'_>>().unwrap(), Data::Bytes(b"12")));
        assert!(matches!(bytes.extract::<Two<'_, '_>>().unwrap(), Two::Bytes(b"12")));
        assert!(matches!(text.extract::<Two<'_, '_>>().unwrap(), Two::Text("text")));
        assert!(matches!(text.extract::<Mixed<'_, '_>>().unwrap(), Mixed::Text("text")));
        let list = eval(&scope, c"[1]");
        assert!(matches!(list.extract::<Mixed<'_, '_>>().unwrap(), Mixed::List(found) if found.len() == 1));
        assert!(matches!(bytes.extract::<Mixed<'_, '_>>().unwrap(), Mixed::Other(found) if found.is(&bytes)));
        assert!(bytes.extract::<Both<'_>>().unwrap().0.is(&bytes));
    });
}

#[derive(IntoPyObject, IntoPyObjectRef)]
struct Out<'a, 'b> {
    left: &'a str,
    right: &'b str,
}

#[derive(IntoPyObject)]
#[pyo3(transparent)]
struct OutText<'whatever>(&'whatever str);

#[test]
fn lifetimes_on_the_way_out_may_have_any_name() {
    Python::attach(|py| {
        let out = Out { left: "l", right: "r" };
        assert_eq!((&out).into_pyobject(py).unwrap().to_string(), "{'left': 'l', 'right': 'r'}");
        assert_eq!(out.into_pyobject(py).unwrap().len(), 2);
        assert_eq!(OutText("x").into_pyobject(py).unwrap(), "x");
    });
}

// Functions with the names of variables in the generated code.

fn object(found: &Bound<'_, PyAny>) -> PyResult<i32> {
    found.len().map(|length| length as i32)
}

fn found() -> i32 {
    21
}

fn items() -> i32 {
    22
}

fn dict<'py>(value: Cow<'_, i32>, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    (*value + 1).into_bound_py_any(py)
}

fn py<'py>(value: Cow<'_, i32>, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
    (*value + 2).into_bound_py_any(py)
}

#[derive(FromPyObject, IntoPyObject)]
#[pyo3(from_item_all)]
struct Own {
    #[pyo3(from_py_with = object, into_py_with = dict)]
    length: i32,
    #[pyo3(default = found(), into_py_with = py)]
    first: i32,
    #[pyo3(default = items() + found())]
    second: i32,
}

#[test]
fn expressions_in_attributes_see_the_users_names() {
    Python::attach(|py| {
        let given = PyDict::new(py);
        given.set_item("length", "four").unwrap();
        let own: Own = given.extract().unwrap();
        assert_eq!((own.length, own.first, own.second), (4, 21, 43));
        let text = own.into_pyobject(py).unwrap().to_string();
        assert_eq!(text, "{'length': 5, 'first': 23, 'second': 43}");
    });
}

macro_rules! renamed {
    ($($rule:literal $expected:literal,)*) => {
        $({
            #[derive(IntoPyObject)]
            #[pyo3(rename_all = $rule)]
            #[allow(non_snake_case, reason = "the test needs names in various styles")]
            struct Names {
                field_name: i32,
                fieldName: i32,
                FieldName2x: i32,
                HTTPServer: i32,
                x1_y2: i32,
                _private: i32,
                trailing_: i32,
                double__under: i32,
                Rgb8Unorm: i32,
                abc123Def: i32,
                r#type: i32,
                A1B2: i32,
                UTF8: i32,
                X: i32,
            }

            Python::attach(|py| {
                let (names, keys) = (
                    Names {
                        field_name: 0, fieldName: 1, FieldName2x: 2, HTTPServer: 3, x1_y2: 4, _private: 5, trailing_: 6,
                        double__under: 7, Rgb8Unorm: 8, abc123Def: 9, r#type: 10, A1B2: 11, UTF8: 12, X: 13,
                    },
                    $expected,
                );
                let given = names.into_pyobject(py).unwrap();
                let mut found: Vec<(i32, String)> = Vec::new();
                for (key, value) in given.iter() {
                    found.push((value.extract().unwrap(), key.to_string()));
                }
                // Two spellings of one name are the same key, with the later value.
                for (value, key) in keys.split(' ').enumerate() {
                    assert!(given.contains(key).unwrap(), "{} has no {key}: {found:?}", $rule);
                    let last = keys.split(' ').collect::<Vec<_>>().iter().rposition(|other| *other == key).unwrap();
                    assert!(last >= value);
                    assert_eq!(given.get_item(key).unwrap().unwrap().extract::<usize>().unwrap(), last, "{key}");
                }
            });
        })*
    };
}

#[test]
fn every_rule_of_renaming() {
    renamed! {
        "camelCase" "fieldName fieldName fieldName2x httpServer x1Y2 private trailing doubleUnder rgb8Unorm abc123Def type a1b2 utf8 x",
        "PascalCase" "FieldName FieldName FieldName2x HttpServer X1Y2 Private Trailing DoubleUnder Rgb8Unorm Abc123Def Type A1b2 Utf8 X",
        "snake_case" "field_name field_name field_name2x http_server x1_y2 private trailing double_under rgb8_unorm abc123_def type a1b2 utf8 x",
        "SCREAMING_SNAKE_CASE" "FIELD_NAME FIELD_NAME FIELD_NAME2X HTTP_SERVER X1_Y2 PRIVATE TRAILING DOUBLE_UNDER RGB8_UNORM ABC123_DEF TYPE A1B2 UTF8 X",
        "kebab-case" "field-name field-name field-name2x http-server x1-y2 private trailing double-under rgb8-unorm abc123-def type a1b2 utf8 x",
        "SCREAMING-KEBAB-CASE" "FIELD-NAME FIELD-NAME FIELD-NAME2X HTTP-SERVER X1-Y2 PRIVATE TRAILING DOUBLE-UNDER RGB8-UNORM ABC123-DEF TYPE A1B2 UTF8 X",
        "lowercase" "field_name fieldname fieldname2x httpserver x1_y2 _private trailing_ double__under rgb8unorm abc123def type a1b2 utf8 x",
        "UPPERCASE" "FIELD_NAME FIELDNAME FIELDNAME2X HTTPSERVER X1_Y2 _PRIVATE TRAILING_ DOUBLE__UNDER RGB8UNORM ABC123DEF TYPE A1B2 UTF8 X",
    }
}
