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

#[pyclass]
union Overlapping {
    integer: u32,
    float: f32,
}

#[pyclass(name = "not an identifier")]
struct SpacedName;

#[pyclass(name = "")]
struct NoName;

#[pyclass(name = 5)]
struct NumberAsName;

#[pyclass(name = "One", name = "Two")]
struct NamedTwice;

#[pyclass(frozen)]
#[pyo3(frozen)]
struct FrozenTwice;

#[pyclass(frozen = 1)]
struct FrozenByNumber;

#[pyclass(module = some::path)]
struct ModuleAsPath;

#[pyclass(extends)]
struct ExtendsNothing;

#[pyclass(subclas)]
struct Typo;

#[pyclass(something_else_entirely)]
struct NothingLikeIt;

#[pyclass(get_all)]
struct NothingToGet;

#[pyclass(set_all)]
struct NothingToSetEither {}

#[pyclass(eq, eq_int)]
#[derive(PartialEq)]
struct IntegerStruct {
    value: i32,
}

#[pyclass(hash, frozen)]
struct HashWithoutEq;

#[pyclass(hash)]
struct HashAlone;

#[pyclass(from_py_object, skip_from_py_object)]
#[derive(Clone)]
struct BothWays;

#[pyclass(new = "from_thin_air")]
struct OtherConstructor;

#[pyclass(rename_all = "sPoNgE")]
struct OddCase {
    value: i32,
}

#[pyclass(str = "{value", skip_from_py_object)]
struct OpenBrace {
    value: i32,
}

#[pyclass(str = "value}")]
struct ClosingBrace {
    value: i32,
}

#[pyclass(str = "{1 + 1}")]
struct FormatsExpression {
    value: i32,
}

#[pyclass(str = "{value}", rename_all = "camelCase")]
struct FormatsRenamed {
    value: i32,
}

#[pyclass]
struct NameOfNothing {
    #[pyo3(name = "other")]
    value: i32,
}

#[pyclass]
struct FieldOptions {
    #[pyo3(get, get)]
    twice: i32,
    #[pyo3(gte)]
    typo: i32,
    #[pyo3(get, name = "a b")]
    spaced: i32,
    #[pyo3(get = true)]
    value: i32,
    #[pyo3]
    nothing: i32,
}

#[pyclass(set_all)]
struct SetTwice {
    #[pyo3(set)]
    value: i32,
}

#[pyclass(crate = pyo3)]
struct UnquotedCrate;

#[pyclass(crate = "no path")]
struct CrateIsNoPath;

#[pyclass]
#[pyo3 = "frozen"]
struct OptionsAsValue;

// In a class with conditions, mistakes are also shown where they are. A field that does not exist has none.
#[pyclass(froezn)]
struct Conditional {
    #[cfg(all())]
    #[pyo3(gte)]
    present: i32,
    #[cfg(any())]
    #[pyo3(gte)]
    missing: i32,
}

fn main() {}
