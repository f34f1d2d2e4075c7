//! Methods with `#[cfg(...)]`: alternatives that exclude each other, and slots with missing parts.

use pyo3::prelude::*;
use pyo3::pyclass::CompareOp;

use pyo3_tests::{assert_messages, run, scope_of};

/// Has two alternatives of every kind of method. This target uses one of them: the first for some methods, the second
/// for others.
#[pyclass]
struct Forms {
    value: i32,
}

#[pymethods]
impl Forms {
    #[cfg(any(unix, windows, target_os = "wasi"))]
    #[new]
    fn new() -> Self {
        Forms { value: 1 }
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    #[new]
    fn new() -> NoSuchType {
        NoSuchType
    }

    /// The first.
    #[cfg(any(unix, windows, target_os = "wasi"))]
    #[getter]
    fn early(&self) -> i32 {
        self.value
    }

    /// The second.
    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    #[getter]
    fn early(&self) -> NoSuchType {
        NoSuchType
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    #[getter(late)]
    fn late_elsewhere(&self) -> NoSuchType {
        NoSuchType
    }

    /// Of this target.
    #[cfg(any(unix, windows, target_os = "wasi"))]
    #[getter(late)]
    fn late_here(&self) -> i32 {
        self.value + 1
    }

    #[cfg(any(unix, windows, target_os = "wasi"))]
    #[setter]
    fn set_late(&mut self, value: i32) {
        self.value = value;
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    #[setter]
    fn set_late(&mut self, value: NoSuchType) {}

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    #[deleter]
    fn delete_late(&mut self) {}

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __len__(&self) -> NoSuchType {
        NoSuchType
    }

    #[cfg(any(unix, windows, target_os = "wasi"))]
    fn __len__(&self) -> usize {
        5
    }

    #[cfg(any(unix, windows, target_os = "wasi"))]
    fn __iadd__(&mut self, other: i32) {
        self.value += other;
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __iadd__(&mut self, other: NoSuchType) {}

    #[cfg(any(unix, windows, target_os = "wasi"))]
    fn method(&self) -> &str {
        "here"
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn method(&self) -> NoSuchType {
        NoSuchType
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    #[classattr]
    const LIMIT: NoSuchType = NoSuchType;

    #[cfg(any(unix, windows, target_os = "wasi"))]
    #[classattr]
    const LIMIT: i32 = 9;

    // Two conditions, of which only the first holds.
    #[cfg(any(unix, windows, target_os = "wasi"))]
    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __repr__(&self) -> NoSuchType {
        NoSuchType
    }
}

#[test]
fn the_form_that_exists_is_taken() {
    Python::attach(|py| {
        let scope = scope_of::<Forms>(py);
        run(
            &scope,
            cr#"
forms = Forms()
assert forms.early == 1 and forms.late == 2
assert Forms.early.__doc__ == "The first." and Forms.late.__doc__ == "Of this target."
forms.late = 10
assert forms.early == 10
assert len(forms) == 5 and forms.method() == "here" and Forms.LIMIT == 9
forms += 5
assert forms.early == 15
assert type(forms).__repr__ is object.__repr__
"#,
        );
        assert_messages(&scope, &[(c"del forms.late", "AttributeError: property has no deleter")]);
    });
}

/// Slots of two parts with one missing, and slots that are missing entirely.
#[pyclass]
struct Parts;

#[pymethods]
impl Parts {
    #[new]
    fn new() -> Self {
        Parts
    }

    fn __add__(&self, other: i32) -> i32 {
        other + 1
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __radd__(&self, other: NoSuchType) {}

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __sub__(&self, other: NoSuchType) {}

    fn __rsub__(&self, other: i32) -> i32 {
        other - 1
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __mul__(&self, other: NoSuchType) {}

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __rmul__(&self, other: NoSuchType) {}

    #[cfg(any(unix, windows, target_os = "wasi"))]
    fn __pow__(&self, other: i32, _modulus: Option<i32>) -> i32 {
        other
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __rpow__(&self, other: NoSuchType, _modulus: Option<i32>) {}

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __eq__(&self, other: NoSuchType) -> bool {
        true
    }

    fn __ne__(&self, other: i32) -> bool {
        other != 3
    }

    fn __setitem__(&self, _key: i32, _value: i32) {}

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __delitem__(&self, key: NoSuchType) {}

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __setattr__(&self, name: NoSuchType, value: NoSuchType) {}

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __getattribute__(&self, name: NoSuchType) {}

    fn __getattr__(&self, name: &str) -> String {
        format!("missing {name}")
    }
}

#[test]
fn a_missing_part_is_as_if_it_were_not_written() {
    Python::attach(|py| {
        let scope = scope_of::<Parts>(py);
        run(
            &scope,
            cr#"
parts = Parts()
assert parts + 1 == 2 and 5 - parts == 4 and parts ** 3 == 3
assert parts != 4 and not (parts != 3) and not (parts == 3) and parts == parts
parts[1] = 2
assert parts.anything == "missing anything"
for code in "1 + parts", "parts - 1", "parts * 1", "1 * parts", "2 ** parts":
    try:
        eval(code)
    except TypeError:
        pass
    else:
        assert False, code
assert "__mul__" not in Parts.__dict__
"#,
        );
        assert_messages(&scope, &[(c"del parts[1]", "NotImplementedError: can't delete item")]);
    });
}

#[pyclass]
struct Compared {
    value: i32,
}

#[pymethods]
impl Compared {
    #[new]
    fn new(value: i32) -> Self {
        Compared { value }
    }

    fn __eq__(&self, other: i32) -> bool {
        self.value == other
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __ne__(&self, other: NoSuchType) -> bool {
        true
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __lt__(&self, other: NoSuchType) -> bool {
        true
    }

    #[cfg(any(unix, windows, target_os = "wasi"))]
    fn __gt__(&self, other: i32) -> bool {
        self.value > other
    }
}

#[pyclass]
struct ComparedAtOnce {
    value: i32,
}

#[pymethods]
impl ComparedAtOnce {
    #[new]
    fn new(value: i32) -> Self {
        ComparedAtOnce { value }
    }

    #[cfg(any(unix, windows, target_os = "wasi"))]
    fn __richcmp__(&self, other: i32, op: CompareOp) -> bool {
        op.matches(self.value.cmp(&other))
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __eq__(&self, other: NoSuchType) -> bool {
        true
    }
}

#[pyclass]
struct ComparedOneByOne {
    value: i32,
}

#[pymethods]
impl ComparedOneByOne {
    #[new]
    fn new(value: i32) -> Self {
        ComparedOneByOne { value }
    }

    #[cfg(not(any(unix, windows, target_os = "wasi")))]
    fn __richcmp__(&self, other: NoSuchType, op: CompareOp) -> bool {
        true
    }

    #[cfg(any(unix, windows, target_os = "wasi"))]
    fn __eq__(&self, other: i32) -> bool {
        self.value == other
    }
}

#[test]
fn comparisons_of_which_some_are_missing() {
    Python::attach(|py| {
        let scope = scope_of::<Compared>(py);
        pyo3_tests::add_class::<ComparedAtOnce>(&scope);
        pyo3_tests::add_class::<ComparedOneByOne>(&scope);
        run(
            &scope,
            cr#"
a, b, c = Compared(3), ComparedAtOnce(3), ComparedOneByOne(3)
assert a == 3 and a != 4 and not (a != 3) and a > 2 and not a > 3
assert b == 3 and b != 4 and b < 4 and b <= 3 and not b > 3
assert c == 3 and c != 4 and not (c != 3)
for code in "a < 4", "c < 4":
    try:
        eval(code)
    except TypeError:
        pass
    else:
        assert False, code
"#,
        );
    });
}
