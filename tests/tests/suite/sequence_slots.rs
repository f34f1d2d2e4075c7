//! `__concat__`, `__repeat__` and their in-place forms: the operators of a sequence when the number operators do not
//! apply.

use pyo3::prelude::*;

use pyo3_tests::{assert_messages, raises, run, scope_of};

#[pyclass(sequence, subclass)]
struct Words {
    words: Vec<String>,
}

fn repeated(words: &[String], count: usize) -> Vec<String> {
    (0..count).flat_map(|_| words.iter().cloned()).collect()
}

#[pymethods]
impl Words {
    #[new]
    #[pyo3(signature = (*words))]
    fn new(words: Vec<String>) -> Self {
        Words { words }
    }

    fn text(&self) -> String {
        self.words.join(" ")
    }

    fn __len__(&self) -> usize {
        self.words.len()
    }

    fn __getitem__(&self, index: usize) -> PyResult<String> {
        self.words.get(index).cloned().ok_or_else(|| pyo3::exceptions::PyIndexError::new_err(index))
    }

    fn __concat__(&self, other: &Self) -> Self {
        Words { words: [self.words.clone(), other.words.clone()].concat() }
    }

    fn __repeat__(&self, count: usize) -> Self {
        Words { words: repeated(&self.words, count) }
    }

    fn __inplace_concat__<'py>(slf: &Bound<'py, Self>, other: PyRef<'py, Self>) -> Bound<'py, Self> {
        slf.borrow_mut().words.extend(other.words.clone());
        slf.clone()
    }

    // Returns nothing: the result is the receiver.
    fn __inplace_repeat__(&mut self, count: usize) {
        self.words = repeated(&self.words, count);
    }
}

#[test]
fn sequences_are_joined_and_repeated() {
    Python::attach(|py| {
        let scope = scope_of::<Words>(py);
        run(
            &scope,
            cr#"
import operator
a, b = Words("a"), Words("b", "c")
assert (a + b).text() == operator.concat(a, b).text() == a.__add__(b).text() == "a b c"
assert (a * 3).text() == (3 * a).text() == a.__mul__(3).text() == a.__rmul__(3).text() == "a a a"
assert (a * True).text() == "a" and len(a * 0) == 0
same = a
a += b
assert a is same and a.text() == "a b c"
a *= 2
assert a is same and a.text() == "a b c a b c"
assert operator.iconcat(a, b) is a and len(a) == 8

class Count:
    def __index__(self):
        return 2

assert (b * Count()).text() == (Count() * b).text() == "b c b c"

class More(Words):
    pass

more = More("x")
assert (more + b).text() == "x b c" and (2 * more).text() == "x x"
more *= 2
assert type(more) is More and more.text() == "x x"

class Own(Words):
    def __add__(self, other):
        return "own +"

    def __mul__(self, other):
        return "own *"

assert Own("y") + b == "own +" and Own("y") * 2 == "own *"
"#,
        );
        assert_messages(
            &scope,
            &[
                (c"b * 'x'", "TypeError: can't multiply sequence by non-int of type 'str'"),
                (c"1.5 * b", "TypeError: can't multiply sequence by non-int of type 'float'"),
                (c"b * 2 ** 70", "OverflowError: cannot fit 'int' into an index-sized integer"),
                (c"b * -1", "ValueError: out of range integral type conversion attempted"),
            ],
        );
        for wrong in [c"b + 1", c"1 + b", c"b += 1"] {
            assert!(raises(&scope, wrong).is_instance_of::<pyo3::exceptions::PyTypeError>(py), "{wrong:?}");
        }
    });
}

/// Has the operators of numbers and those of sequences. Each has its own slot, and those of numbers come first.
#[pyclass]
struct Both;

#[pymethods]
impl Both {
    #[new]
    fn new() -> Self {
        Both
    }

    fn __add__(&self, other: i32) -> String {
        format!("add {other}")
    }

    fn __concat__(&self, other: &str) -> String {
        format!("concat {other}")
    }

    fn __mul__(&self, other: f64) -> String {
        format!("mul {other}")
    }

    fn __repeat__(&self, count: isize) -> String {
        format!("repeat {count}")
    }

    fn __iadd__(&mut self, other: i32) {
        let _ = other;
    }

    fn __inplace_concat__(&self, other: &str) -> String {
        format!("inplace concat {other}")
    }
}

#[test]
fn numbers_are_asked_before_sequences() {
    Python::attach(|py| {
        let scope = scope_of::<Both>(py);
        run(
            &scope,
            cr#"
both = Both()
assert both + 1 == "add 1" and both + "x" == "concat x"
assert both * 1.5 == "mul 1.5" and 3 * both == "repeat 3"
before = both
both += 1
assert both is before
both += "x"
assert both == "inplace concat x"
"#,
        );
    });
}
