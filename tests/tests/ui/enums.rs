//! Mistakes in `#[pyclass]` on enums.

use pyo3::prelude::*;

#[pyclass(extends = PyAny)]
enum Extends {
    A,
}

#[pyclass(subclass)]
enum Extended {
    A,
}

#[pyclass(subclass)]
enum ExtendedWithFields {
    A { x: i32 },
}

#[pyclass(generic)]
enum Parametrised {
    A,
}

#[pyclass(new = "from_fields")]
enum FromFields {
    A { x: i32 },
}

#[pyclass(eq_int)]
enum IntegerWithoutEq {
    A,
}

#[pyclass(eq, eq_int)]
#[derive(PartialEq)]
enum IntegerWithFields {
    A { x: i32 },
}

#[pyclass(ord)]
#[derive(PartialOrd, PartialEq)]
enum OrderedWithoutEq {
    A,
}

#[pyclass(hash)]
enum HashedWithoutEq {
    A { x: i32 },
}

#[pyclass(str = "{x}")]
enum Formatted {
    A { x: i32 },
}

#[pyclass(set_all)]
enum SetAll {
    A,
}

#[pyclass]
enum Constructed {
    #[pyo3(constructor = (x = 1))]
    A,
}

#[pyclass]
enum VariantOptions {
    #[pyo3(nmae = "B")]
    A,
    #[pyo3(name = "C", name = "D")]
    B,
    #[pyo3(name = "not one")]
    C,
    #[pyo3(get)]
    D,
}

#[pyclass]
enum ConstructorOptions {
    #[pyo3(constructor = x)]
    A { x: i32 },
    #[pyo3(constructor = (y = 1))]
    B { x: i32 },
}

#[pyclass]
enum Generic<T> {
    A(T),
}

#[pyclass]
enum Borrowing<'a> {
    A(&'a str),
}

#[pyclass]
enum ConfiguredOut {
    #[cfg(any())]
    A,
    #[cfg(any())]
    B,
}

fn main() {}
