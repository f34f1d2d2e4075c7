//! Mistakes in `#[pyclass]`.

use pyo3::prelude::*;

#[pyclass]
struct Generic<T>(T);

#[pyclass]
struct Borrowing<'a>(&'a str);

#[pyclass(frozne)]
struct UnknownOption;

#[pyclass(frozen, set_all)]
struct FrozenButAllSet {
    value: i32,
}

#[pyclass(frozen)]
struct FrozenButSet {
    #[pyo3(set)]
    value: i32,
}

#[pyclass(mapping, sequence)]
struct MappingAndSequence;

#[pyclass(get_all)]
struct GetTwice {
    #[pyo3(get)]
    value: i32,
}

#[pyclass]
struct UnnamedField(#[pyo3(get)] i32);

#[pyclass]
enum Empty {}

#[pyclass(ord)]
struct OrdWithoutEq;

#[pyclass(eq, hash)]
#[derive(PartialEq, Hash)]
struct HashWithoutFrozen;

#[pyclass(eq, hash)]
#[derive(PartialEq, Hash)]
enum EnumHashWithoutFrozen {
    A,
}

#[pyclass(set_all)]
enum NothingToSet {
    A { x: i32 },
}

#[pyclass]
fn function() {}

fn main() {}
