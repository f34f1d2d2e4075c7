//! Classes, functions and derives of all sorts, seen from Python.

use std::collections::HashMap;

use pyo3::exceptions::*;
use pyo3::prelude::*;
use pyo3::types::*;

use crate::report::Report;

#[pyclass(subclass, dict, weakref, from_py_object)]
#[derive(Clone)]
struct Base {
    #[pyo3(get, set)]
    x: i32,
    #[pyo3(get)]
    name: String,
}
#[pymethods]
impl Base {
    /// Makes a base.
    #[new]
    #[pyo3(signature = (x=1, *, name="n".to_string()))]
    fn new(x: i32, name: String) -> Self {
        Base { x, name }
    }
    /// Doc of method.
    fn method(&self, a: i32, b: Option<&str>) -> String {
        format!("{} {a} {b:?}", self.x)
    }
    #[pyo3(signature = (a, /, b=2, *args, c, d=4, **kw))]
    fn all(&self, a: i32, b: i32, args: &Bound<'_, PyTuple>, c: i32, d: i32, kw: Option<&Bound<'_, PyDict>>) -> String {
        format!("{a} {b} {args} {c} {d} {kw:?}")
    }
    #[staticmethod]
    fn stat(x: i32) -> i32 {
        x + 1
    }
    #[classmethod]
    fn cls(c: &Bound<'_, PyType>, x: i32) -> String {
        format!("{} {x}", c.name().unwrap())
    }
    #[classattr]
    const ATTR: i32 = 5;
    #[classattr]
    fn attr2() -> &'static str {
        "attr2"
    }
    #[getter]
    fn prop(&self) -> i32 {
        self.x * 2
    }
    #[setter]
    fn set_prop(&mut self, v: i32) -> PyResult<()> {
        if v < 0 {
            return Err(PyValueError::new_err("negative"));
        }
        self.x = v / 2;
        Ok(())
    }
    #[deleter]
    fn del_prop(&mut self) {
        self.x = 0;
    }
    fn __repr__(&self) -> String {
        format!("Base({})", self.x)
    }
    fn __call__(&self, y: i32) -> i32 {
        self.x + y
    }
    fn mutate(mut slf: PyRefMut<'_, Self>, f: &Bound<'_, PyAny>) -> PyResult<()> {
        slf.x += 1;
        let b = f.call0()?;
        drop(b);
        Ok(())
    }
    fn this(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }
    fn panics(&self) {
        panic!("oh no {}", 5)
    }
    fn err(&self) -> PyResult<()> {
        Err(PyKeyError::new_err("missing"))
    }
    fn err_tuple(&self) -> PyResult<()> {
        Err(PyOSError::new_err((2, "no file", "f")))
    }
    fn ioerr(&self) -> std::io::Result<()> {
        Err(std::io::Error::from_raw_os_error(2))
    }
    fn parse(&self, s: &str) -> Result<i32, std::num::ParseIntError> {
        s.parse()
    }
}
#[pyclass(extends = Base, subclass)]
struct Derived {
    #[pyo3(get, set)]
    y: f64,
}
#[pymethods]
impl Derived {
    #[new]
    fn new(y: f64) -> PyClassInitializer<Self> {
        PyClassInitializer::from(Base { x: 7, name: "d".into() }).add_subclass(Derived { y })
    }
    fn sum(slf: PyRef<'_, Self>) -> f64 {
        slf.y + slf.as_super().x as f64
    }
}
#[pyclass(frozen, eq, ord, hash, str = "<{a}>")]
#[derive(PartialEq, Eq, PartialOrd, Ord, Hash, Clone)]
struct Val {
    #[pyo3(get)]
    a: i32,
}
#[pymethods]
impl Val {
    #[new]
    fn new(a: i32) -> Self {
        Val { a }
    }
}
#[pyclass(eq, eq_int, hash, frozen, from_py_object)]
#[derive(PartialEq, Eq, Hash, Clone, Copy)]
enum Simple {
    A = 1,
    #[pyo3(name = "Bee")]
    B = 4,
    C,
}
#[pyclass(from_py_object)]
#[derive(Clone)]
enum Complex {
    Unit(),
    Tuple(i32, String),
    Struct {
        a: i32,
        b: Option<String>,
    },
    #[pyo3(constructor = (r=3))]
    Def {
        r: i32,
    },
}
#[pyclass(sequence)]
struct Seq(Vec<i32>);
#[pymethods]
impl Seq {
    #[new]
    fn new(v: Vec<i32>) -> Self {
        Seq(v)
    }
    fn __len__(&self) -> usize {
        self.0.len()
    }
    fn __getitem__(&self, i: usize) -> PyResult<i32> {
        self.0.get(i).copied().ok_or_else(|| PyIndexError::new_err("seq"))
    }
    fn __setitem__(&mut self, i: usize, v: i32) {
        self.0[i] = v
    }
    fn __delitem__(&mut self, i: usize) {
        self.0.remove(i);
    }
    fn __contains__(&self, v: i32) -> bool {
        self.0.contains(&v)
    }
    fn __concat__(&self, o: PyRef<'_, Seq>) -> Seq {
        Seq(self.0.iter().chain(&o.0).copied().collect())
    }
    fn __repeat__(&self, n: usize) -> Seq {
        Seq(self.0.repeat(n))
    }
    fn __iadd__(&mut self, v: Vec<i32>) {
        self.0.extend(v)
    }
}
#[pyclass(mapping)]
struct Map(HashMap<String, i32>);
#[pymethods]
impl Map {
    #[new]
    fn new() -> Self {
        Map(HashMap::new())
    }
    fn __len__(&self) -> usize {
        self.0.len()
    }
    fn __getitem__(&self, k: &str) -> PyResult<i32> {
        self.0.get(k).copied().ok_or_else(|| PyKeyError::new_err(k.to_string()))
    }
    fn __setitem__(&mut self, k: String, v: i32) {
        self.0.insert(k, v);
    }
    fn __delitem__(&mut self, k: &str) {
        self.0.remove(k);
    }
}
#[pyclass]
struct Num(i64);
#[pymethods]
impl Num {
    #[new]
    fn new(v: i64) -> Self {
        Num(v)
    }
    fn __add__(&self, o: i64) -> i64 {
        self.0 + o
    }
    fn __radd__(&self, o: i64) -> String {
        format!("r{}", self.0 + o)
    }
    fn __sub__(&self, o: &Bound<'_, PyAny>) -> PyResult<i64> {
        Ok(self.0 - o.extract::<i64>()?)
    }
    fn __pow__(&self, o: i64, m: Option<i64>) -> String {
        format!("{} {o} {m:?}", self.0)
    }
    fn __rpow__(&self, o: i64, m: Option<i64>) -> String {
        format!("r {} {o} {m:?}", self.0)
    }
    fn __ipow__(&mut self, o: i64, _m: Option<i64>) {
        self.0 = o
    }
    fn __divmod__(&self, o: i64) -> (i64, i64) {
        (self.0 / o, self.0 % o)
    }
    fn __neg__(&self) -> i64 {
        -self.0
    }
    fn __bool__(&self) -> bool {
        self.0 != 0
    }
    fn __int__(&self) -> i64 {
        self.0
    }
    fn __index__(&self) -> i64 {
        self.0
    }
    fn __float__(&self) -> f64 {
        self.0 as f64
    }
    fn __complex__<'py>(&self, py: Python<'py>) -> Bound<'py, PyComplex> {
        PyComplex::from_doubles(py, 1., 2.)
    }
    fn __round__(&self, n: Option<i32>) -> String {
        format!("round {n:?}")
    }
    fn __hash__(&self) -> u64 {
        self.0 as u64
    }
    fn __richcmp__(&self, o: i64, op: pyo3::basic::CompareOp) -> bool {
        op.matches(self.0.cmp(&o))
    }
    fn __matmul__(&self, o: i64) -> i64 {
        o
    }
    fn __lshift__(&self, o: i64) -> i64 {
        self.0 << o
    }
    fn __iter__(slf: PyRef<'_, Self>) -> It {
        It(slf.0)
    }
    fn __format__(&self, s: &str) -> String {
        format!("fmt {s}")
    }
    fn __getattr__(&self, n: &str) -> PyResult<String> {
        if n == "zz" { Ok("dyn".into()) } else { Err(PyAttributeError::new_err(n.to_string())) }
    }
    fn __enter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }
    fn __exit__(&self, _a: &Bound<'_, PyAny>, _b: &Bound<'_, PyAny>, _c: &Bound<'_, PyAny>) -> bool {
        true
    }
    fn __get__(&self, _o: &Bound<'_, PyAny>, _t: Option<&Bound<'_, PyAny>>) -> i64 {
        self.0
    }
    fn __reversed__(&self) -> &'static str {
        "rev"
    }
    fn __length_hint__(&self) -> usize {
        3
    }
    fn __trunc__(&self) -> i64 {
        1
    }
    fn __sizeof__(&self) -> usize {
        99
    }
    fn __dir__(&self) -> Vec<&str> {
        vec!["q"]
    }
    fn __bytes__(&self) -> Vec<u8> {
        vec![1]
    }
    fn __copy__(&self) -> Num {
        Num(self.0)
    }
    #[classmethod]
    fn __class_getitem__(_c: &Bound<'_, PyType>, _k: &Bound<'_, PyAny>) -> i32 {
        3
    }
}
#[pyclass]
struct It(i64);
#[pymethods]
impl It {
    fn __iter__(s: PyRef<'_, Self>) -> PyRef<'_, Self> {
        s
    }
    fn __next__(&mut self) -> Option<i64> {
        if self.0 == 0 {
            None
        } else {
            self.0 -= 1;
            Some(self.0)
        }
    }
}
#[pyclass]
struct NoNew;
#[pyclass(get_all, set_all, name = "Renamed", module = "some.mod")]
#[derive(Default)]
struct All {
    a: i32,
    b: Option<String>,
    c: Vec<u8>,
    d: (i32, f64),
}
#[pymethods]
impl All {
    #[new]
    fn new() -> Self {
        Default::default()
    }
}
#[pyclass(extends = PyException, subclass)]
struct MyErr {
    #[pyo3(get)]
    code: i32,
}
#[pymethods]
impl MyErr {
    #[new]
    #[pyo3(signature = (code, *_args))]
    fn new(code: i32, _args: &Bound<'_, PyTuple>) -> Self {
        MyErr { code }
    }
}
#[pyclass(extends = PyDict)]
struct MyDict;
#[pymethods]
impl MyDict {
    #[new]
    #[pyo3(signature=(*_a, **_k))]
    fn new(_a: &Bound<'_, PyTuple>, _k: Option<&Bound<'_, PyDict>>) -> Self {
        MyDict
    }
    fn extra(&self) -> i32 {
        9
    }
}
pyo3::create_exception!(m, Custom, PyValueError, "Custom doc");

#[derive(FromPyObject, Debug)]
#[allow(dead_code)]
struct Args {
    a: i32,
    #[pyo3(attribute("bb"))]
    b: String,
}
#[derive(FromPyObject, Debug)]
#[allow(dead_code)]
struct Item {
    #[pyo3(item)]
    k: i32,
    #[pyo3(item("other"), default)]
    o: Option<i32>,
}
#[derive(FromPyObject, Debug)]
#[allow(dead_code)]
enum Either {
    #[pyo3(annotation = "int")]
    I(i32),
    #[pyo3(transparent)]
    S(String),
    T(i32, i32),
    V {
        #[pyo3(item)]
        z: Vec<i32>,
    },
}
#[derive(FromPyObject, Debug)]
#[allow(dead_code)]
#[pyo3(transparent)]
struct Wrap(Vec<u16>);
#[derive(FromPyObject, Debug)]
#[allow(dead_code)]
struct Tup(i32, #[pyo3(from_py_with = lenof)] usize);
fn lenof(o: &Bound<'_, PyAny>) -> PyResult<usize> {
    o.len()
}
#[derive(IntoPyObject)]
struct Out {
    a: i32,
    #[pyo3(item("bee"))]
    b: Option<&'static str>,
}
#[derive(IntoPyObject)]
enum OutE {
    A(i32),
    B { x: f64 },
}

#[pyfunction]
fn f_args(a: Args) -> String {
    format!("{a:?}")
}
#[pyfunction]
fn f_item(a: Item) -> String {
    format!("{a:?}")
}
#[pyfunction]
fn f_either(a: Either) -> String {
    format!("{a:?}")
}
#[pyfunction]
fn f_wrap(a: Wrap) -> String {
    format!("{a:?}")
}
#[pyfunction]
fn f_tup(a: Tup) -> String {
    format!("{a:?}")
}
#[pyfunction]
fn f_out() -> (Out, OutE, OutE) {
    (Out { a: 1, b: None }, OutE::A(3), OutE::B { x: 1.5 })
}
#[pyfunction]
#[pyo3(signature = (a, b=3, /, c=None, *, d, e="x"))]
fn f_sig(a: u8, b: i64, c: Option<Vec<i32>>, d: bool, e: &str) -> String {
    format!("{a} {b} {c:?} {d} {e}")
}
#[pyfunction]
fn f_none() {}
#[pyfunction]
fn f_one(x: i32) -> i32 {
    x
}
#[pyfunction]
fn f_kw(x: i32, y: f64) -> f64 {
    x as f64 + y
}
#[pyfunction]
#[pyo3(signature = (*a, **k))]
fn f_var(a: Vec<i32>, k: Option<HashMap<String, i32>>) -> String {
    let mut v: Vec<_> = k.into_iter().flatten().collect();
    v.sort();
    format!("{a:?} {v:?}")
}
#[pyfunction]
#[pyo3(pass_module)]
fn f_mod(m: &Bound<'_, PyModule>) -> PyResult<String> {
    Ok(m.name()?.to_string())
}
#[pyfunction]
#[pyo3(name = "renamed", text_signature = "(q)")]
fn f_ren(_q: i32) {}
#[pyfunction]
fn f_complex(c: Complex) -> String {
    match c {
        Complex::Unit() => "unit".into(),
        Complex::Tuple(a, b) => format!("{a} {b}"),
        Complex::Struct { a, b } => format!("{a} {b:?}"),
        Complex::Def { r } => format!("{r}"),
    }
}
#[pyfunction]
fn f_simple(s: Simple) -> i32 {
    s as i32
}
#[pyfunction]
fn f_base(b: PyRef<'_, Base>) -> i32 {
    b.x
}
#[pyfunction]
fn f_basemut(mut b: PyRefMut<'_, Base>) {
    b.x += 10
}
#[pyfunction]
fn f_clone(b: Base) -> i32 {
    b.x
}
#[pyfunction]
fn f_map(m: HashMap<String, Vec<Option<f64>>>) -> String {
    format!("{m:?}")
}
#[pyfunction]
fn f_cb(f: Bound<'_, PyAny>) -> PyResult<String> {
    let r = f.call((1, "a"), None)?;
    Ok(r.repr()?.to_string())
}
#[pyfunction]
fn f_warn(py: Python<'_>) -> PyResult<()> {
    PyErr::warn(py, &py.get_type::<PyUserWarning>(), c"careful", 1)
}
#[pyfunction]
fn f_chain(py: Python<'_>) -> PyResult<()> {
    let e = PyValueError::new_err("outer");
    e.set_cause(py, Some(PyKeyError::new_err("inner")));
    Err(e)
}
#[pyfunction]
fn f_custom() -> PyResult<()> {
    Err(Custom::new_err(("a", 1)))
}
#[pyfunction]
fn f_notes(py: Python<'_>) -> PyResult<()> {
    let e = PyValueError::new_err("noted");
    e.add_note(py, "a note")?;
    Err(e)
}

/// The classes and functions for Python.
#[pymodule]
pub mod python_classes {
    #[pymodule_export]
    use super::{All, Base, Complex, Custom, Derived, It, Map, MyDict, MyErr, NoNew, Num, Seq, Simple, Val};
    #[pymodule_export]
    use super::{
        f_args, f_base, f_basemut, f_cb, f_chain, f_clone, f_complex, f_custom, f_either, f_item, f_kw, f_map, f_mod,
        f_none, f_notes, f_one, f_out, f_ren, f_sig, f_simple, f_tup, f_var, f_warn, f_wrap,
    };
    #[pymodule_export]
    const CONST: i32 = 77;
    #[super::pymodule]
    mod sub {
        #[pymodule_export]
        use super::super::f_one;
    }
    #[pymodule_init]
    fn init(m: &super::Bound<'_, super::PyModule>) -> super::PyResult<()> {
        use super::PyModuleMethods;
        m.add("extra", (1, 2))
    }
}

/// Evaluates each line of `classes.txt` with the definitions of `classes.py`.
pub fn run(report: &Report<'_>, py: Python<'_>) -> PyResult<()> {
    let scope = PyDict::new(py);
    py.run(pyo3::ffi::c_str!(include_str!("classes.py")), Some(&scope), None)?;
    let show = scope.as_any().get_item("show")?;
    for expression in include_str!("classes.txt").lines() {
        report.line(expression, || Ok(show.call1((expression,))?.to_string()));
    }
    Ok(())
}
