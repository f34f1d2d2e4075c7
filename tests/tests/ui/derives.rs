//! Mistakes in the derived conversions.

use pyo3::prelude::*;

#[derive(FromPyObject)]
struct Unit;

#[derive(FromPyObject)]
struct Empty {}

#[derive(FromPyObject)]
enum NoVariants {}

#[derive(FromPyObject)]
union Overlapping {
    integer: u32,
    float: f32,
}

#[derive(FromPyObject)]
enum UnitVariant {
    A,
}

#[derive(FromPyObject)]
#[pyo3(transparent)]
struct TransparentPair {
    a: i32,
    b: i32,
}

#[derive(FromPyObject)]
#[pyo3(annotation = "struct")]
struct Annotated {
    a: i32,
}

#[derive(FromPyObject)]
#[pyo3(transparent)]
enum TransparentEnum {
    A(i32),
}

#[derive(FromPyObject)]
#[pyo3(from_item_all)]
enum ItemEnum {
    A { a: i32 },
}

#[derive(FromPyObject)]
#[pyo3(transparent, rename_all = "camelCase")]
struct RenamedTransparent {
    a: i32,
}

#[derive(FromPyObject)]
#[pyo3(transparent, from_item_all)]
struct ItemTransparent {
    a: i32,
}

#[derive(FromPyObject)]
#[pyo3(rename_all = "camelCase")]
struct RenamedTuple(i32, i32);

#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct ItemTuple(i32, i32);

#[derive(FromPyObject)]
#[pyo3(rename_all = "sPoNgE")]
struct OddCase {
    a: i32,
}

#[derive(FromPyObject)]
#[pyo3(rename_all = "camelCase")]
enum RenamedTwice {
    #[pyo3(rename_all = "kebab-case")]
    A { a: i32 },
}

#[derive(FromPyObject)]
#[pyo3(transparnet)]
struct Typo {
    a: i32,
}

#[derive(FromPyObject)]
#[pyo3(from_item_all)]
struct ItemsTwice {
    #[pyo3(item)]
    a: i32,
    #[pyo3(attribute)]
    b: i32,
}

#[derive(FromPyObject)]
struct Fields {
    #[pyo3(attribute(""))]
    no_name: i32,
    #[pyo3(attribute(5))]
    number: i32,
    #[pyo3(attribute("a", "b"))]
    two_names: i32,
    #[pyo3(item("a", "b"))]
    two_keys: i32,
    #[pyo3(item, attribute)]
    both: i32,
    #[pyo3(item, item)]
    twice: i32,
    #[pyo3(from_py_with)]
    no_function: i32,
    #[pyo3(into_py_with = "not a path")]
    no_path: i32,
    #[pyo3(defualt)]
    typo: i32,
    #[pyo3(get)]
    of_classes: i32,
}

#[derive(FromPyObject)]
struct TupleFields(#[pyo3(item)] i32, #[pyo3(attribute)] i32, #[pyo3(default)] i32);

#[derive(FromPyObject)]
#[pyo3(transparent)]
struct TransparentField {
    #[pyo3(attribute)]
    a: i32,
}

#[derive(FromPyObject)]
#[pyo3(transparent)]
struct TransparentDefault {
    #[pyo3(default)]
    a: i32,
}

#[derive(FromPyObject)]
struct OnlyDefaults {
    #[pyo3(default)]
    a: i32,
    #[pyo3(default = 2)]
    b: i32,
}

#[derive(IntoPyObject)]
struct UnitInto;

#[derive(IntoPyObject)]
enum NoVariantsInto {}

#[derive(IntoPyObject)]
#[pyo3(transparent)]
struct TransparentPairInto {
    a: i32,
    b: i32,
}

#[derive(IntoPyObjectRef)]
enum UnitVariantRef {
    A,
}

fn main() {}
