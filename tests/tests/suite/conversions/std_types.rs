//! Errors of the conversions for standard library types.

use std::net::IpAddr;

use pyo3::prelude::*;
use pyo3::types::PyWeakref;
use pyo3_tests::{eval, run, scope};

fn message<'py, T>(object: &Bound<'py, PyAny>) -> String
where
    T: for<'a> FromPyObject<'a, 'py, Error = PyErr> + std::fmt::Debug,
{
    object.extract::<T>().unwrap_err().to_string()
}

/// Converting an item can run code that changes the list. Like Python's own iterator, the conversion goes by position.
#[test]
fn a_list_that_changes_is_converted_as_it_is_iterated() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
class Appends:
    def __index__(self):
        growing.append(3)
        return 1
class Removes:
    def __index__(self):
        shrinking.pop()
        return 1
growing = [Appends(), 2]
shrinking = [Removes(), 2, 3]
",
        );
        assert_eq!(eval(&scope, c"growing").extract::<Vec<i64>>().unwrap(), [1, 2, 3]);
        assert_eq!(eval(&scope, c"shrinking").extract::<Vec<i64>>().unwrap(), [1, 2]);
        assert_eq!(eval(&scope, c"tuple(growing)[1:]").extract::<Vec<i64>>().unwrap(), [2, 3]);
    });
}

/// The metaclass of an enumeration has `__getitem__`, but its classes are not sequences.
#[test]
fn what_has_no_items_by_position_is_no_sequence() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"import enum\nclass E(enum.Enum): A = 1");
        for source in [c"E.A", c"{}", c"{1}"] {
            let object = eval(&scope, source);
            let name = object.get_type().name().unwrap();
            let expected = format!("TypeError: '{name}' object is not an instance of 'Sequence'");
            assert_eq!(message::<Vec<u8>>(&object), expected);
            assert_eq!(message::<Vec<i32>>(&object), expected);
            assert_eq!(message::<[u8; 2]>(&object), expected);
        }
    });
}

#[test]
fn packed_addresses_have_four_or_sixteen_bytes() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"class Address:\n  def __init__(self, packed): self.packed = packed");
        let address = eval(&scope, c"Address(bytearray([127, 0, 0, 1]))");
        assert_eq!(address.extract::<IpAddr>().unwrap(), IpAddr::from([127, 0, 0, 1]));
        for source in [c"Address('text')", c"Address(None)", c"Address(b'abc')"] {
            assert_eq!(message::<IpAddr>(&eval(&scope, source)), "ValueError: invalid packed length");
        }
    });
}

#[test]
fn what_is_no_weak_reference_is_told_the_types_that_are() {
    Python::attach(|py| {
        let name = |class| py.import("weakref").unwrap().getattr(class).unwrap().getattr("__name__").unwrap();
        let (plain, callable, reference) = (name("ProxyType"), name("CallableProxyType"), name("ReferenceType"));
        let error = PyErr::from(py.None().bind(py).cast::<PyWeakref>().unwrap_err());
        let expected = format!("TypeError: 'None' is not an instance of '{plain} | {callable} | {reference}'");
        assert_eq!(error.to_string(), expected);
    });
}
