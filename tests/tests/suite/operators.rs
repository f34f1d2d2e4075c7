//! Operators of `#[pymethods]`: forward, reflected and in place, and what happens if they return `NotImplemented`.

use pyo3::exceptions::{PyTypeError, PyValueError};
use pyo3::prelude::*;

use pyo3_tests::{raises, run, scope_of};

#[pyclass(subclass)]
#[derive(Clone)]
struct Tracer {
    text: String,
}

impl Tracer {
    fn did(&self, what: &str, other: &str) -> String {
        format!("{} {what} {other}", self.text)
    }
}

macro_rules! tracer {
    ($($forward:ident $reflected:ident $in_place:ident $sign:literal)*) => {
        #[pymethods]
        impl Tracer {
            #[new]
            #[pyo3(signature = (text = "t"))]
            fn new(text: &str) -> Self {
                Tracer { text: text.to_owned() }
            }

            #[getter]
            fn text(&self) -> &str {
                &self.text
            }

            $(
                fn $forward(&self, other: i32) -> String {
                    self.did($sign, &other.to_string())
                }

                fn $reflected(&self, other: i32) -> String {
                    format!("{other} {} {}", $sign, self.text)
                }

                fn $in_place(&mut self, other: i32) {
                    self.text = self.did(concat!($sign, "="), &other.to_string());
                }
            )*

            fn __neg__(&self) -> String {
                format!("-{}", self.text)
            }

            fn __pos__(&self) -> String {
                format!("+{}", self.text)
            }

            fn __invert__(&self) -> String {
                format!("~{}", self.text)
            }

            fn __abs__(&self) -> String {
                format!("|{}|", self.text)
            }

            fn __pow__(&self, other: i32, modulus: Option<i32>) -> String {
                self.did("**", &format!("{other} {modulus:?}"))
            }

            fn __rpow__(&self, other: i32, modulus: Option<i32>) -> String {
                format!("{other} ** {} {modulus:?}", self.text)
            }

            fn __ipow__(&mut self, other: i32, _modulus: Option<i32>) {
                self.text = self.did("**=", &other.to_string());
            }

            fn __divmod__(&self, other: i32) -> (String, i32) {
                (self.text.clone(), other)
            }

            fn __rdivmod__(&self, other: i32) -> (i32, String) {
                (other, self.text.clone())
            }
        }
    };
}

tracer! {
    __add__ __radd__ __iadd__ "+"
    __sub__ __rsub__ __isub__ "-"
    __mul__ __rmul__ __imul__ "*"
    __matmul__ __rmatmul__ __imatmul__ "@"
    __truediv__ __rtruediv__ __itruediv__ "/"
    __floordiv__ __rfloordiv__ __ifloordiv__ "//"
    __mod__ __rmod__ __imod__ "%"
    __lshift__ __rlshift__ __ilshift__ "<<"
    __rshift__ __rrshift__ __irshift__ ">>"
    __and__ __rand__ __iand__ "&"
    __or__ __ror__ __ior__ "|"
    __xor__ __rxor__ __ixor__ "^"
}

const SIGNS: &std::ffi::CStr = c"
signs = '+ - * @ / // % << >> & | ^'.split()
names = 'add sub mul matmul truediv floordiv mod lshift rshift and or xor'.split()
";

#[test]
fn forward_and_reflected() {
    Python::attach(|py| {
        let scope = scope_of::<Tracer>(py);
        run(&scope, SIGNS);
        run(
            &scope,
            c"
t = Tracer()
for sign in signs:
    assert eval(f't {sign} 5') == f't {sign} 5', sign
    assert eval(f'5 {sign} t') == f'5 {sign} t', sign
assert t ** 2 == 't ** 2 None' and pow(t, 2, 3) == 't ** 2 Some(3)' and 2 ** t == '2 ** t None'
assert divmod(t, 2) == ('t', 2) and divmod(2, t) == (2, 't')
assert -t == '-t' and +t == '+t' and ~t == '~t' and abs(t) == '|t|'
",
        );
    });
}

#[test]
fn in_place() {
    Python::attach(|py| {
        let scope = scope_of::<Tracer>(py);
        run(&scope, SIGNS);
        run(
            &scope,
            c"
for sign in signs + ['**']:
    t = same = Tracer()
    exec(f't {sign}= 5')
    assert t is same and t.text == f't {sign}= 5', (sign, t.text)
",
        );
    });
}

#[test]
fn visible_names() {
    Python::attach(|py| {
        let scope = scope_of::<Tracer>(py);
        run(&scope, SIGNS);
        run(
            &scope,
            c"
t = Tracer()
for sign, name in zip(signs, names):
    assert getattr(Tracer, f'__{name}__')(t, 5) == f't {sign} 5', name
    assert getattr(t, f'__r{name}__')(5) == f'5 {sign} t', name
    assert getattr(Tracer('t'), f'__i{name}__')(5).text == f't {sign}= 5', name
    assert getattr(t, f'__{name}__')('x') is NotImplemented, name
    assert getattr(t, f'__r{name}__')('x') is NotImplemented, name
assert Tracer.__neg__(t) == '-t' and t.__pow__(2) == 't ** 2 None'
",
        );
    });
}

#[test]
fn wrong_types_are_not_implemented() {
    Python::attach(|py| {
        let scope = scope_of::<Tracer>(py);
        run(&scope, SIGNS);
        run(
            &scope,
            c"
t = Tracer()
def refused(code):
    try:
        exec(code, {'t': t})
    except TypeError:
        return True
for sign in signs + ['**']:
    assert refused(f't {sign} \"x\"') and refused(f'None {sign} t') and refused(f't {sign}= None'), sign
class Other:
    def __add__(self, other): return ('add', other)
    def __radd__(self, other): return ('radd', other)
    def __lt__(self, other): return 'lt'
other = Other()
assert t + other == ('radd', t) and other + t == ('add', t)
",
        );
        assert!(raises(&scope, c"t + 'x'").is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn subclasses_of_python_come_first() {
    Python::attach(|py| {
        run(
            &scope_of::<Tracer>(py),
            c"
class Sub(Tracer):
    def __radd__(self, other): return 'sub radd'
    def __sub__(self, other): return 'sub ' + super().__sub__(other)
    def __neg__(self): return 'sub ' + super().__neg__()
s = Sub()
assert 5 + s == 'sub radd' and Tracer() + s == 'sub radd'
assert s - 1 == 'sub t - 1' and -s == 'sub -t'
assert s * 2 == 't * 2'
s += 1
assert s.text == 't += 1'
",
        );
    });
}

#[pyclass]
struct Forward(i32);

#[pymethods]
impl Forward {
    #[new]
    fn new(value: i32) -> Self {
        Forward(value)
    }

    fn __add__(&self, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let py = other.py();
        match other.extract::<i32>() {
            Ok(0) => Err(PyValueError::new_err("zero")),
            Ok(number) => Ok((self.0 + number).into_pyobject(py)?.into_any().unbind()),
            Err(_) => Ok(py.NotImplemented()),
        }
    }

    fn __mul__(lhs: PyRef<'_, Self>, rhs: &Bound<'_, PyAny>) -> PyResult<String> {
        Ok(format!("{} * {rhs}", lhs.0))
    }
}

#[test]
fn forward_alone() {
    Python::attach(|py| {
        let scope = scope_of::<Forward>(py);
        run(
            &scope,
            c"
f = Forward(5)
assert f + 2 == 7
assert f * 'x' == '5 * x'
f += 1
assert f == 6
f = Forward(5)
assert not hasattr(f, '__sub__') and f.__add__('x') is NotImplemented
",
        );
        assert_eq!(raises(&scope, c"f + 0").to_string(), "ValueError: zero");
        for code in [c"f + 'x'", c"2 + f", c"f - 1", c"-f", c"2 * f"] {
            assert!(raises(&scope, code).is_instance_of::<PyTypeError>(py), "{code:?}");
        }
    });
}

#[pyclass]
struct Reflected;

#[pymethods]
impl Reflected {
    #[new]
    fn new() -> Self {
        Reflected
    }

    fn __radd__(&self, other: i32) -> i32 {
        other + 100
    }
}

#[test]
fn reflected_alone() {
    Python::attach(|py| {
        let scope = scope_of::<Reflected>(py);
        run(&scope, c"assert 1 + Reflected() == 101\nassert sum([Reflected()], 5) == 105");
        assert!(raises(&scope, c"Reflected() + 1").is_instance_of::<PyTypeError>(py));
        assert!(raises(&scope, c"'x' + Reflected()").is_instance_of::<PyTypeError>(py));
    });
}
