//! Type hints of conversions and classes.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::net::IpAddr;
use std::num::NonZero;
use std::path::PathBuf;

use pyo3::exceptions::PyValueError;
use pyo3::inspect::{PyStaticConstant, PyStaticExpr, PyStaticOperator};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyIterator, PyNone, PySequence, PyWeakref};
use pyo3::{PyTypeCheck, PyTypeInfo, type_hint_identifier, type_hint_subscript, type_hint_union};

fn input<'a, 'py, T: FromPyObject<'a, 'py>>() -> String {
    T::INPUT_TYPE.to_string()
}

fn output<'py, T: IntoPyObject<'py>>() -> String {
    T::OUTPUT_TYPE.to_string()
}

fn hint<T: PyTypeCheck>() -> String {
    T::TYPE_HINT.to_string()
}

#[test]
fn expressions_are_python() {
    const TEXT: PyStaticExpr = PyStaticExpr::Constant { value: PyStaticConstant::Str("a\"\\\n\u{1b}é") };
    const ONE: PyStaticExpr = PyStaticExpr::Constant { value: PyStaticConstant::Int("1") };
    assert_eq!(TEXT.to_string(), r#""a\"\\\n\x1bé""#);
    let union = PyStaticExpr::BinOp { left: &TEXT, op: PyStaticOperator::BitOr, right: &ONE };
    assert_eq!(union.to_string(), r#""a\"\\\n\x1bé" | 1"#);
    assert_eq!(PyStaticExpr::Constant { value: PyStaticConstant::Bool(true) }.to_string(), "True");
    assert_eq!(PyStaticExpr::Constant { value: PyStaticConstant::Ellipsis }.to_string(), "...");
    assert_eq!(PyStaticExpr::Tuple { elts: &[ONE] }.to_string(), "(1,)");
    assert_eq!(PyStaticExpr::Tuple { elts: &[ONE, ONE] }.to_string(), "(1, 1)");
    assert_eq!(PyStaticExpr::List { elts: &[ONE, ONE] }.to_string(), "[1, 1]");
    const CALLABLE: PyStaticExpr = type_hint_subscript!(
        type_hint_identifier!("collections.abc", "Callable"),
        PyStaticExpr::List { elts: &[] },
        type_hint_union!(type_hint_identifier!("builtins", "int"), <PyNone as PyTypeInfo>::TYPE_HINT, ONE)
    );
    assert_eq!(CALLABLE.to_string(), "collections.abc.Callable[[], int | None | 1]");
}

#[test]
fn types_have_hints() {
    assert_eq!(hint::<PyAny>(), "typing.Any");
    assert_eq!(hint::<PyDict>(), "builtins.dict");
    assert_eq!(hint::<PyNone>(), "None");
    assert_eq!(hint::<PySequence>(), "collections.abc.Sequence");
    assert_eq!(hint::<PyIterator>(), "collections.abc.Iterator");
    assert_eq!(hint::<PyWeakref>(), "weakref.ProxyType | weakref.CallableProxyType | weakref.ReferenceType");
    assert_eq!(hint::<PyValueError>(), "builtins.ValueError");
}

#[test]
fn numbers_and_text() {
    assert_eq!((input::<i32>(), output::<i32>()), ("typing.SupportsIndex".into(), "builtins.int".into()));
    assert_eq!((input::<u128>(), output::<&u128>()), ("typing.SupportsIndex".into(), "builtins.int".into()));
    assert_eq!(output::<NonZero<u8>>(), "builtins.int");
    assert_eq!(input::<f32>(), "typing.SupportsFloat | typing.SupportsIndex");
    assert_eq!((input::<bool>(), output::<&bool>()), ("builtins.bool".into(), "builtins.bool".into()));
    assert_eq!((input::<Cow<'_, str>>(), output::<&&str>()), ("builtins.str".into(), "builtins.str".into()));
    assert_eq!(input::<PathBuf>(), "builtins.str | os.PathLike[builtins.str]");
    assert_eq!(output::<PathBuf>(), "pathlib.Path");
    assert_eq!(output::<IpAddr>(), "ipaddress.IPv4Address | ipaddress.IPv6Address");
}

#[test]
fn containers_say_what_is_in_them() {
    assert_eq!(output::<Vec<u16>>(), "builtins.list[builtins.int]");
    assert_eq!(output::<Vec<u8>>(), "builtins.bytes");
    assert_eq!(output::<&[u8]>(), "builtins.bytes");
    assert_eq!(output::<&[Vec<bool>]>(), "builtins.list[builtins.list[builtins.bool]]");
    assert_eq!(input::<[bool; 2]>(), "_typeshed.SupportsLenAndGetItem[builtins.bool]");
    assert_eq!(output::<()>(), "builtins.tuple[()]");
    assert_eq!(output::<(i32, ())>(), "builtins.tuple[builtins.int, builtins.tuple[()]]");
    assert_eq!(input::<(String,)>(), "builtins.tuple[builtins.str]");
    assert_eq!(output::<HashMap<String, Option<bool>>>(), "builtins.dict[builtins.str, builtins.bool | None]");
    assert_eq!(input::<BTreeMap<String, bool>>(), "builtins.dict[builtins.str, builtins.bool]");
    assert_eq!(input::<HashSet<bool>>(), "builtins.set[builtins.bool] | builtins.frozenset[builtins.bool]");
    assert_eq!(input::<Option<Bound<'_, PyDict>>>(), "builtins.dict | None");
    assert_eq!(output::<&Py<PyAny>>(), "typing.Any");
}

#[pyclass(from_py_object, module = "garden")]
#[derive(Clone)]
struct Plant;

#[pyclass(name = "Flower", extends = Pot)]
struct Blossom;

#[pyclass(subclass)]
struct Pot;

#[pyclass(eq, eq_int)]
#[derive(PartialEq)]
enum Colour {
    Red,
    Blue,
}

#[pyclass]
enum Shape {
    Circle { radius: f64 },
    Empty(),
}

#[test]
fn classes_have_their_names() {
    assert_eq!(hint::<Plant>(), "garden.Plant");
    assert_eq!(hint::<Blossom>(), "Flower");
    assert_eq!((input::<Plant>(), output::<Plant>()), ("garden.Plant".into(), "garden.Plant".into()));
    assert_eq!(output::<Vec<Pot>>(), "builtins.list[Pot]");
    assert_eq!(input::<PyRef<'_, Pot>>(), "Pot");
    assert_eq!(output::<Colour>(), "Colour");
    assert_eq!(output::<Shape>(), "Shape");
    let PyStaticExpr::PyClass(name) = <Plant as PyTypeInfo>::TYPE_HINT else { panic!("a class says that it is one") };
    assert_eq!(name.expr().to_string(), "garden.Plant");
    // Use all variants, so that none counts as dead code.
    assert!(matches!((Colour::Red, Colour::Blue, Blossom), (Colour::Red, Colour::Blue, Blossom)));
    assert!(matches!((Shape::Circle { radius: 1.0 }, Shape::Empty()), (Shape::Circle { radius: 1.0 }, Shape::Empty())));
}

#[derive(FromPyObject, IntoPyObject, IntoPyObjectRef)]
struct Pair<T>(T, bool);

#[derive(FromPyObject, IntoPyObject, IntoPyObjectRef)]
#[pyo3(transparent)]
struct Name(String);

#[derive(FromPyObject, IntoPyObject, IntoPyObjectRef)]
struct Record {
    name: String,
}

#[derive(FromPyObject, IntoPyObject)]
enum Either<'py> {
    #[pyo3(transparent)]
    Number(f64),
    Both(bool, String),
    #[pyo3(transparent)]
    Other(Bound<'py, PyDict>),
}

#[test]
fn derived_conversions() {
    assert_eq!(input::<Pair<String>>(), "builtins.tuple[builtins.str, builtins.bool]");
    assert_eq!(output::<&Pair<u8>>(), "builtins.tuple[builtins.int, builtins.bool]");
    assert_eq!((input::<Name>(), output::<&Name>()), ("builtins.str".into(), "builtins.str".into()));
    assert_eq!(input::<Record>(), "_typeshed.Incomplete");
    assert_eq!(output::<&Record>(), "builtins.dict[builtins.str, typing.Any]");
    assert_eq!(output::<Either<'_>>(), "builtins.float | builtins.tuple[builtins.bool, builtins.str] | builtins.dict");
}

struct Silent;

impl FromPyObject<'_, '_> for Silent {
    type Error = PyErr;

    fn extract(_: Borrowed<'_, '_, PyAny>) -> PyResult<Self> {
        Ok(Silent)
    }
}

#[test]
fn what_says_nothing_is_incomplete() {
    assert_eq!(input::<Vec<Silent>>(), "_typeshed.SupportsGetItem[builtins.int, _typeshed.Incomplete]");
}

pyo3::create_exception!(garden, Withered, PyValueError);
pyo3::create_exception!(garden, Frozen, Withered, "It was \"cold\".");
pyo3::import_exception!(concurrent.futures, BrokenExecutor);

#[test]
fn exceptions_have_their_module() {
    assert_eq!(hint::<Withered>(), "garden.Withered");
    assert_eq!(hint::<BrokenExecutor>(), "concurrent.futures.BrokenExecutor");
}

#[pymodule(submodule)]
mod garden_errors {
    #[pymodule_export]
    use super::{BrokenExecutor, Frozen, Withered};
}

#[test]
fn exported_exceptions_are_described_in_the_artifact() {
    // A new exception is a class, which refers to its base. One of another module is an attribute.
    assert!(described(
        concat!(
            r#""name":"NAME","bases":[{"type":"attribute","value":{"type":"name","id":"builtins"},"#,
            r#""attr":"ValueError"}]}"#
        ),
        "Withered"
    ));
    assert!(described(r#""doc":"It was \"NAME\"."}"#, "cold"));
    assert!(described(
        concat!(
            r#""name":"NAME","value":{"type":"attribute","value":{"type":"name","id":"concurrent.futures"},"#,
            r#""attr":"BrokenExecutor"}}"#
        ),
        "BrokenExecutor"
    ));
    // The module lists all of them.
    let start = r#""name":"NAME","members":["#.replace("NAME", "garden_errors");
    let artifact = artifact();
    let at = artifact.windows(start.len()).position(|found| found == start.as_bytes()).expect("it is described");
    let members = String::from_utf8_lossy(&artifact[at + start.len()..]);
    let members = members.split_once(']').expect("the list ends").0;
    for name in ["BrokenExecutor", "Frozen", "Withered"] {
        assert!(members.contains(&format!("inspect::{name}:")), "{members}");
    }
    Python::attach(|py| {
        let module = pyo3::wrap_pymodule!(garden_errors)(py);
        assert!(module.bind(py).getattr("Frozen").is_ok());
    });
}

/// Returns the bytes of this executable, which contains the type information.
fn artifact() -> Vec<u8> {
    std::fs::read(std::env::current_exe().expect("the test runs from a file")).expect("it can be read")
}

/// Whether this executable contains the text, in which `NAME` stands for `name`. So the search does not find the text
/// of the test.
fn described(text: &str, name: &str) -> bool {
    let expected = text.replace("NAME", name);
    artifact().windows(expected.len()).any(|found| found == expected.as_bytes())
}

/// Seeds.
#[pyfunction]
#[pyo3(signature = (count: "int" = 1, /, *, plant = None) -> "list[int] | None")]
fn seeds(count: u8, plant: Option<&Plant>) -> Vec<u8> {
    vec![count; usize::from(plant.is_some())]
}

#[test]
fn functions_are_described_in_the_artifact() {
    let text = concat!(
        r#""name":"NAME","arguments":{"posonlyargs":[{"name":"count","#,
        r#""default":{"type":"constant","kind":"int","value":"1"},"annotation":{"type":"name","id":"int"}}],"args":[],"#,
        r#""kwonlyargs":[{"name":"plant","default":{"type":"constant","kind":"none"},"annotation":{"type":"binop","#,
        r#""op":"bitor","left":{"type":"id","id":""#
    );
    assert!(described(text, "seeds"));
    Python::attach(|py| {
        let seeds = pyo3::wrap_pyfunction!(seeds, py).expect("it is made");
        assert!(seeds.call0().expect("it has defaults").extract::<Vec<u8>>().expect("a list of bytes").is_empty());
    });
}
