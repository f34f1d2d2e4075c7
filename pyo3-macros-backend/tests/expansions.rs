//! What the macros generate, in `snapshots`: a change of the output shows in review, and its size.
//!
//! `INSTA_UPDATE=always cargo test -p pyo3-macros-backend` writes the files. They have no type information for stubs, so
//! this file is empty with `experimental-inspect`, which the test suite turns on; `cargo xtask test` runs it by itself.
#![cfg(not(feature = "experimental-inspect"))]

use insta::{Settings, assert_snapshot};
use proc_macro2::TokenStream;
use pyo3_macros_backend::{
    derive_from_pyobject, derive_into_pyobject, derive_into_pyobject_ref, derive_item, pyclass, pyfunction, pymethods,
    pymodule,
};
use quote::quote;

/// Compares `output` with the file `name`.
fn assert_expansion(name: &str, output: TokenStream) {
    let text = output.to_string();
    let file = syn::parse2(output).unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut settings = Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| assert_snapshot!(name, prettyplease::unparse(&file)));
}

#[test]
fn function() {
    assert_expansion(
        "function",
        pyfunction(
            quote!(name = "total"),
            quote! {
                /// Adds.
                #[pyo3(signature = (a, /, b = None, *args, scale = 1.5, **kwargs))]
                pub fn sum(py: Python<'_>, a: i32, b: Option<i32>, args: &Bound<'_, PyTuple>, scale: f64, kwargs: Option<&Bound<'_, PyDict>>) -> PyResult<f64> {
                    todo()
                }
            },
        ),
    );
}

#[test]
fn function_without_arguments() {
    assert_expansion(
        "function_without_arguments",
        pyfunction(
            quote!(pass_module),
            quote! {
                fn name<'py>(module: &Bound<'py, PyModule>) -> PyResult<Bound<'py, PyString>> {
                    module.name()
                }
            },
        ),
    );
}

#[test]
fn function_with_conditional_arguments() {
    assert_expansion(
        "function_with_conditional_arguments",
        pyfunction(
            quote!(crate = "python::pyo3"),
            quote! {
                #[pyo3(signature = (first, second = 2))]
                fn f(
                    #[cfg(feature = "first")] first: i32,
                    #[cfg_attr(unix, pyo3(from_py_with = convert))] second: i32,
                ) {}
            },
        ),
    );
}

/// What the derive macro makes of such a struct, after the compiler has removed one of its fields.
#[test]
fn function_without_a_conditional_argument() {
    assert_expansion(
        "function_without_a_conditional_argument",
        derive_item(
            quote! {
                #[pyo3_options(name = "g")]
                #[pyo3_item(
                    #[pyo3(signature = (first, *, second = 2))]
                    fn f(#[cfg(feature = "first")] first: i32, #[cfg(unix)] second: i32) {}
                )]
                struct __PYO3_CONDITIONS_OF_f {
                    condition_1: (),
                }
            },
            false,
        ),
    );
}

#[test]
fn methods_with_conditional_arguments() {
    assert_expansion(
        "methods_with_conditional_arguments",
        pymethods(
            TokenStream::new(),
            quote! {
                impl A {
                    fn f(&self, #[cfg(unix)] a: i32) {}
                    #[staticmethod]
                    fn g(#[cfg(windows)] a: i32) {}
                }
            },
            false,
        ),
    );
}

#[test]
fn function_with_mistakes() {
    assert_expansion(
        "function_with_mistakes",
        pyfunction(
            quote!(nmae = "total"),
            quote! {
                #[pyo3(signature = (b))]
                fn sum<T>(a: T) -> T {
                    a
                }
            },
        ),
    );
}

#[test]
fn class() {
    assert_expansion(
        "class",
        pyclass(
            quote!(name = "Point", frozen, eq, ord, get_all, str = "({x}, {r#type:03})", new = "from_fields"),
            quote! {
                /// A point.
                struct P {
                    /// Its place.
                    x: i32,
                    #[pyo3(name = "kind")]
                    r#type: Option<Py<Self>>,
                }
            },
            false,
        ),
    );
}

#[test]
fn class_with_options() {
    assert_expansion(
        "class_with_options",
        pyclass(
            quote!(extends = Base, module = "shapes", dict, weakref, unsendable, freelist = 8, set_all, generic),
            quote! {
                pub struct Circle {
                    radius: f64,
                }
            },
            true,
        ),
    );
}

#[test]
fn class_with_conditions() {
    assert_expansion(
        "class_with_conditions",
        pyclass(
            quote!(frozen, new = "from_fields"),
            quote! {
                #[cfg(feature = "points")]
                #[pyo3(crate = "python::pyo3")]
                #[derive(Clone)]
                struct Point {
                    #[pyo3(get)]
                    x: i32,
                    #[cfg_attr(feature = "read", doc = "Up.", pyo3(get))]
                    #[cfg(feature = "plane")]
                    y: i32,
                }
            },
            false,
        ),
    );
}

#[test]
fn class_enum() {
    assert_expansion(
        "class_enum",
        pyclass(
            quote!(eq, eq_int, rename_all = "SCREAMING_SNAKE_CASE"),
            quote! {
                #[repr(u16, align(8))]
                enum Level {
                    Low,
                    VeryHigh = 7,
                }
            },
            false,
        ),
    );
}

#[test]
fn class_enum_with_fields() {
    assert_expansion(
        "class_enum_with_fields",
        pyclass(
            quote!(eq),
            quote! {
                pub enum Shape {
                    /// Round.
                    #[pyo3(constructor = (radius = 1.0))]
                    Circle { radius: f64 },
                    Pair(i32, Box<Self>),
                    Empty(),
                }
            },
            false,
        ),
    );
}

#[test]
fn methods() {
    assert_expansion(
        "methods",
        pymethods(
            quote!(),
            quote! {
                impl Counter {
                    #[new]
                    #[pyo3(signature = (start = 0))]
                    fn new(start: i64) -> Self {
                        Counter { start }
                    }
                    #[classattr]
                    const LIMIT: u8 = 3;
                    /// The start.
                    #[getter]
                    fn get_start(&self) -> i64 {
                        self.start
                    }
                    #[setter(start)]
                    fn put(&mut self, value: i64) {
                        self.start = value;
                    }
                    #[getter(r#subtype)]
                    fn r#get_subtype(&self) -> i32 {
                        1
                    }
                    #[staticmethod]
                    unsafe fn r#static(r#_py: Python<'_>, r#type: i32) -> i32 {
                        r#type
                    }
                    fn r#__call__(&mut self, r#type: i32) {}
                    #[classattr]
                    fn r#computed() -> i32 {
                        5
                    }
                    #[classmethod]
                    fn of(cls: &Bound<'_, PyType>) -> PyResult<Self> {
                        todo()
                    }
                }
            },
            false,
        ),
    );
}

#[test]
fn methods_in_slots() {
    assert_expansion(
        "methods_in_slots",
        pymethods(
            quote!(),
            quote! {
                impl Counter {
                    fn __add__(&self, other: i64) -> i64 {
                        self.start + other
                    }
                    #[cfg(feature = "reflected")]
                    fn __radd__(&self, other: i64) -> i64 {
                        self.start + other
                    }
                    fn __iadd__(&mut self, other: i64) {
                        self.start += other;
                    }
                    fn __eq__(&self, other: &Self) -> bool {
                        self.start == other.start
                    }
                    fn __len__(slf: PyRef<'_, Self>) -> usize {
                        0
                    }
                    fn __delitem__(&mut self, index: isize) -> PyResult<()> {
                        todo()
                    }
                    unsafe fn __getbuffer__(slf: Bound<'_, Self>, view: *mut Py_buffer, flags: c_int) -> PyResult<()> {
                        todo()
                    }
                    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
                        Ok(())
                    }
                    fn __clear__(&mut self) {}
                }
            },
            true,
        ),
    );
}

#[test]
fn module() {
    assert_expansion(
        "module",
        pymodule(
            quote!(name = "outer", module = "package"),
            quote! {
                /// Doc.
                mod m {
                    #[pymodule_export]
                    use super::{a, b as c, d::{E, F}};
                    #[pymodule_export]
                    const r#type: char = '!';
                    // A module called like the option is not the option.
                    #[pymodule(name = "submodule_too")]
                    mod inner {
                        #[pyclass]
                        struct S;
                    }
                    #[pyfunction]
                    fn f() {}
                    #[pymodule_init]
                    fn init(py: Python<'_>, m: &Bound<'_, PyModule>) -> PyResult<()> {
                        Ok(())
                    }
                }
            },
        ),
    );
}

#[test]
fn module_that_names_the_crate() {
    assert_expansion(
        "module_that_names_the_crate",
        pymodule(
            quote!(crate = "a::b"),
            quote! {
                mod m {
                    #[pyclass]
                    struct S;
                    #[pymethods]
                    impl S {}
                    #[a::b::pymethods]
                    impl S {}
                    #[pymethods(crate = "own")]
                    impl S {}
                    #[other::pyclass]
                    struct T;
                    #[pyfunction]
                    fn f() {}
                    #[pyclass]
                    #[pyo3(crate = "own", module = "elsewhere")]
                    struct U;
                }
            },
        ),
    );
}

#[test]
fn module_function() {
    assert_expansion(
        "module_function",
        pymodule(
            quote!(gil_used = false),
            quote! {
                fn m(py: Python<'_>, m: &Bound<'_, PyModule>) -> PyResult<()> {
                    #[pyfn(m)]
                    fn f(x: i32) -> i32 {
                        x
                    }
                    Ok(())
                }
            },
        ),
    );
}

/// Returns the three conversions of a type, one after the other.
fn conversions(input: TokenStream) -> TokenStream {
    let derives = [derive_from_pyobject, derive_into_pyobject, derive_into_pyobject_ref];
    derives.into_iter().flat_map(|derive| derive(input.clone())).collect()
}

#[test]
fn conversions_of_a_struct() {
    assert_expansion(
        "conversions_of_a_struct",
        conversions(quote! {
            #[pyo3(rename_all = "camelCase")]
            struct S<'py, T: Clone> {
                #[pyo3(item("k"), default = 1)]
                a: i32,
                my_list: Bound<'py, T>,
                #[pyo3(from_py_with = convert)]
                c: Vec<T>,
            }
        }),
    );
}

#[test]
fn conversions_of_an_enum() {
    assert_expansion(
        "conversions_of_an_enum",
        conversions(quote! {
            enum E {
                A(u8, String),
                #[pyo3(transparent, annotation = "n")]
                B {
                    n: i64,
                },
                C {
                    x: u8,
                },
            }
        }),
    );
}
