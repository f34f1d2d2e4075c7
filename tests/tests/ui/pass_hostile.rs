//! Code that must compile even if names in scope have other meanings, items come from macros, or nothing is imported.
//! Each module is one case.

#![deny(warnings)]
#![allow(dead_code, clippy::all)]
#![no_implicit_prelude]

/// Types with the names of types in the prelude.
mod types_of_the_prelude {
    pub struct Option;
    pub struct Result;
    pub struct Vec;
    pub struct String;
    pub struct Box;

    #[::pyo3::pyclass(get_all, eq, str)]
    #[derive(::std::cmp::PartialEq)]
    struct Class {
        value: i32,
    }

    impl ::std::fmt::Display for Class {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str("class")
        }
    }

    #[::pyo3::pymethods]
    impl Class {
        #[new]
        fn new(value: i32) -> Self {
            Class { value }
        }

        fn __add__(&self, other: i32) -> i32 {
            self.value + other
        }

        fn __next__(&self) -> ::std::option::Option<i32> {
            ::std::option::Option::None
        }
    }
}

/// Traits with the names of those in the prelude and in the generated code.
mod traits {
    pub trait Default {}
    pub trait Clone {}
    pub trait From {}
    pub trait PyClass {}
    pub trait ReturnFallback {}
    pub trait CollectorDefaults {}
    pub trait Function {}

    #[::pyo3::pyclass(from_py_object)]
    #[derive(::std::clone::Clone)]
    struct Class {
        #[pyo3(get, set)]
        value: ::std::option::Option<i32>,
    }

    #[::pyo3::pyfunction(signature = (class, number = 1))]
    fn function(class: Class, number: i32) -> Class {
        let _ = number;
        class
    }
}

/// Modules with the names of crates.
mod crates {
    pub mod core {}
    pub mod std {}
    pub mod alloc {}
    pub mod pyo3 {}

    #[::pyo3::pyclass(str = "{value}", hash, eq, frozen)]
    #[derive(::std::hash::Hash, ::std::cmp::PartialEq)]
    struct Class {
        value: i32,
    }

    #[derive(::pyo3::FromPyObject, ::pyo3::IntoPyObject)]
    struct Converted {
        #[pyo3(item, default)]
        value: i32,
        other: i32,
    }

    #[::pyo3::pymodule]
    mod module {
        #[pymodule_export]
        use super::Class;
    }
}

/// Macros with the names of those in the standard library.
mod macros {
    macro_rules! concat {
        () => {};
    }
    macro_rules! format {
        () => {};
    }
    macro_rules! unreachable {
        () => {};
    }
    macro_rules! compile_error {
        () => {};
    }
    concat!();
    format!();
    unreachable!();
    compile_error!();

    /// Documented.
    #[::pyo3::pyclass(str = "{value}")]
    struct Class {
        /// Documented, too.
        #[pyo3(get)]
        value: i32,
    }

    #[::pyo3::pyclass]
    enum Shape {
        Circle { radius: f64 },
        Square { side: f64 },
    }
}

/// Parameters with the names of variables in the generated code.
mod parameters {
    #[::pyo3::pyclass]
    struct Class;

    #[::pyo3::pymethods]
    impl Class {
        fn method(&self, py: i32, slf: i32, receiver: i32, arguments: i32, found: i32, value: i32) -> i32 {
            py + slf + receiver + arguments + found + value
        }

        #[staticmethod]
        fn holder(holder_0: i32, slots: i32, varargs: i32, a: i32, b: i32, items: i32) -> i32 {
            holder_0 + slots + varargs + a + b + items
        }

        fn __contains__(&self, other: i32) -> bool {
            other == 1
        }
    }

    #[::pyo3::pyfunction(signature = (module = 1, *args, class = 2, **kwargs))]
    fn function(
        module: i32,
        args: &::pyo3::Bound<'_, ::pyo3::types::PyTuple>,
        class: i32,
        kwargs: ::std::option::Option<&::pyo3::Bound<'_, ::pyo3::types::PyDict>>,
    ) -> i32 {
        let _ = (args, kwargs);
        module + class
    }
}

/// Constants with such names, which patterns would match instead of binding a variable.
mod constants {
    const PY: i32 = 1;
    #[allow(non_upper_case_globals)]
    const value: i32 = 2;
    #[allow(non_upper_case_globals)]
    const found: i32 = 3;
    const SIGNATURE: i32 = 4;

    #[::pyo3::pyfunction(signature = (a = SIGNATURE, b = value, c = found, d = PY))]
    fn function(a: i32, b: i32, c: i32, d: i32) -> i32 {
        a + b + c + d
    }
}

/// Functions with such names.
mod functions {
    #[::pyo3::pyfunction]
    fn call() {}

    #[::pyo3::pyfunction]
    fn wrap() {}

    #[::pyo3::pyfunction]
    fn r#type(r#fn: i32) -> i32 {
        r#fn
    }
}

/// Methods with such names, and with names of trait methods that generated code calls.
mod methods {
    #[::pyo3::pyclass]
    struct Class;

    #[::pyo3::pymethods]
    impl Class {
        fn into_object(&self) {}
        fn get(&self) {}
        fn clone(&self) {}
        fn into_pyobject(&self) {}
        fn py(&self) {}
        fn traverse(&self) {}
        fn collect(&self) {}
        fn extract(&self) {}
        fn r#match(&self) {}
    }
}

/// Fields with such names.
mod fields {
    #[::pyo3::pyclass(get_all, set_all, new = "from_fields")]
    struct Class {
        py: i32,
        slf: i32,
        value: i32,
        receiver: i32,
        r#type: i32,
        holder: i32,
    }

    #[derive(::pyo3::FromPyObject, ::pyo3::IntoPyObject, ::pyo3::IntoPyObjectRef)]
    struct Converted {
        object: i32,
        found: i32,
        dict: i32,
        py: i32,
        r#type: i32,
    }
}

/// Variants with the names of associated types and of values in the prelude.
mod variants {
    #[::pyo3::pyclass(eq, eq_int, from_py_object)]
    #[derive(::std::clone::Clone, ::std::cmp::PartialEq)]
    enum Simple {
        Error,
        Output,
        Target,
        None,
        Some,
        Ok,
        Err,
    }

    #[::pyo3::pyclass]
    enum Fields {
        Error { value: i32 },
        Output(i32),
        Target {},
    }

    #[derive(::pyo3::FromPyObject, ::pyo3::IntoPyObject)]
    enum Converted {
        Error(i32),
        Output { value: i32 },
        Target(::std::string::String),
    }
}

/// Classes with the names of the types that generated code uses.
mod classes {
    #[::pyo3::pyclass]
    struct Python;

    #[::pyo3::pyclass]
    struct Py;

    #[::pyo3::pyclass]
    struct Bound {
        #[pyo3(get)]
        value: i32,
    }

    #[::pyo3::pyclass]
    struct PyAny;
}

/// Items written by `macro_rules!`, with names, types, literals and bodies from the call.
mod written_by_macros {
    macro_rules! class {
        ($name:ident, $python:literal, $field:ident: $ty:ty) => {
            #[::pyo3::pyclass(name = $python)]
            struct $name {
                #[pyo3(get, set)]
                $field: $ty,
            }

            #[::pyo3::pymethods]
            impl $name {
                #[new]
                fn new($field: $ty) -> Self {
                    $name { $field }
                }

                fn __repr__(&self) -> &'static str {
                    $python
                }
            }
        };
    }
    class!(One, "First", value: i32);
    class!(Two, "Second", other: ::std::option::Option<i32>);

    macro_rules! function {
        ($name:ident($value:ident), $default:expr, $body:block, $result:ty) => {
            #[::pyo3::pyfunction(signature = ($value = $default))]
            fn $name($value: i32) -> $result $body
        };
    }
    function!(three(value), 1 + 2, { value + 3 }, i32);

    macro_rules! enumeration {
        ($name:ident { $($variant:ident = $value:expr),* }) => {
            #[::pyo3::pyclass(eq, eq_int)]
            #[derive(::std::cmp::PartialEq)]
            enum $name {
                $($variant = $value),*
            }
        };
    }
    enumeration!(Numbers { A = 1, B = 2 });
}

/// A whole `#[pymethods]` block from fragments.
mod methods_by_macros {
    #[::pyo3::pyclass]
    struct Class;

    macro_rules! methods {
        ($class:ty, $($name:ident($argument:ident: $ty:ty) -> $result:ty $body:block)*) => {
            #[::pyo3::pymethods]
            impl $class {
                $(fn $name(&self, $argument: $ty) -> $result $body)*
            }
        };
    }
    methods!(Class, one(_a: i32) -> i32 { 1 } two(_b: &str) -> ::std::string::String { ::std::convert::From::from("b") });
}

/// The crate under another path.
mod renamed {
    pub mod inner {
        pub use ::pyo3 as python;
    }

    #[inner::python::pyclass(crate = "inner::python")]
    struct Class {
        #[pyo3(get)]
        value: i32,
    }

    #[inner::python::pymethods(crate = "inner::python")]
    impl Class {
        fn method(&self) -> i32 {
            self.value
        }
    }

    #[inner::python::pyfunction(crate = "inner::python")]
    fn function() {}

    #[derive(inner::python::FromPyObject, inner::python::IntoPyObject)]
    #[pyo3(crate = "inner::python")]
    struct Converted {
        value: i32,
    }

    #[inner::python::pyclass(crate = "inner::python")]
    enum Shape {
        Circle { radius: f64 },
    }
}

/// Items in the body of a function.
mod in_a_body {
    fn body() {
        #[::pyo3::pyclass]
        struct Class;

        #[::pyo3::pymethods]
        impl Class {
            fn method(&self) {}
        }

        #[::pyo3::pyfunction]
        fn function(class: &Class) {
            let _ = class;
        }

        #[derive(::pyo3::FromPyObject)]
        struct Converted {
            value: i32,
        }
    }
}

/// Items removed by `cfg`.
mod turned_off {
    #[::pyo3::pyclass]
    struct Class {
        #[cfg(any())]
        #[pyo3(get)]
        absent: Absent,
    }

    #[::pyo3::pymethods]
    impl Class {
        #[cfg(any())]
        fn absent(&self, value: Absent) {}

        #[cfg(any())]
        #[getter]
        fn property(&self) -> Absent {}

        #[cfg(not(any()))]
        #[getter]
        fn property(&self) -> i32 {
            1
        }

        fn __eq__(&self, other: i32) -> bool {
            other == 1
        }

        #[cfg(any())]
        fn __ne__(&self, other: Absent) -> bool {}
    }

    #[::pyo3::pyclass]
    enum Shape {
        Circle { radius: f64 },
        #[cfg(any())]
        Absent { value: Absent },
    }

    #[cfg(any())]
    #[::pyo3::pyfunction]
    fn absent(value: Absent) {}
}

/// Lifetimes with arbitrary names.
mod lifetimes {
    #[::pyo3::pyfunction]
    fn function<'long, 'a>(
        py: ::pyo3::Python<'long>,
        list: &'a ::pyo3::Bound<'long, ::pyo3::types::PyList>,
    ) -> &'a ::pyo3::Bound<'long, ::pyo3::types::PyList> {
        let _ = py;
        list
    }

    #[derive(::pyo3::FromPyObject, ::pyo3::IntoPyObject)]
    struct Converted<'other> {
        value: ::pyo3::Bound<'other, ::pyo3::PyAny>,
    }
}

/// Every kind of receiver.
mod receivers {
    #[::pyo3::pyclass]
    struct Class;

    #[::pyo3::pymethods]
    impl Class {
        fn shared(&self) {}
        fn exclusive(&mut self) {}
        fn guarded(slf: ::pyo3::PyRef<'_, Self>) {
            let _ = slf;
        }
        fn guarded_mut(slf: ::pyo3::PyRefMut<'_, Self>) {
            let _ = slf;
        }
        fn bound(slf: &::pyo3::Bound<'_, Self>) {
            let _ = slf;
        }
        fn owned(slf: ::pyo3::Py<Self>) {
            let _ = slf;
        }
        #[classmethod]
        fn of_class(cls: &::pyo3::Bound<'_, ::pyo3::types::PyType>) {
            let _ = cls;
        }
        #[staticmethod]
        fn of_none() {}
    }
}

/// `unsafe fn` and lints.
mod lints {
    #![deny(unsafe_op_in_unsafe_fn, missing_docs, non_camel_case_types, unused_qualifications, unused_imports)]

    /// A class.
    #[::pyo3::pyclass]
    pub struct Class;

    #[::pyo3::pymethods]
    impl Class {
        /// A method.
        pub unsafe fn method(&self) {}
    }

    /// A function.
    #[::pyo3::pyfunction]
    pub unsafe fn function() {}
}

/// `deprecated` items: users are warned, but generated code is not.
mod outdated {
    #[::pyo3::pyclass]
    struct Class {
        #[deprecated]
        #[pyo3(get)]
        value: i32,
    }

    #[::pyo3::pymethods]
    impl Class {
        #[deprecated]
        fn method(&self) {}
    }
}

/// Functions added by the function of a module.
mod added {
    #[::pyo3::pymodule]
    fn another_module(m: &::pyo3::Bound<'_, ::pyo3::types::PyModule>) -> ::pyo3::PyResult<()> {
        use ::pyo3::types::PyModuleMethods as _;
        m.add_function(::pyo3::wrap_pyfunction!(function, m)?)?;
        m.add_class::<Class>()
    }

    #[::pyo3::pyfunction]
    fn function() {}

    #[::pyo3::pyclass]
    struct Class;
}

/// Variables with the names of modules of the crate.
mod shadowing {
    #[::pyo3::pyfunction(signature = (impl_ = 1, types = 2))]
    fn pyo3(impl_: i32, types: i32) -> i32 {
        impl_ + types
    }
}

/// Derived conversions with type parameters and bounds.
mod parameters_of_types {
    #[derive(::pyo3::FromPyObject, ::pyo3::IntoPyObject)]
    struct Pair<A, B>
    where
        A: ::std::marker::Copy,
    {
        a: A,
        b: ::std::vec::Vec<B>,
    }

    #[derive(::pyo3::FromPyObject)]
    struct Array<const N: usize>([i32; N]);
}

/// Every option at once.
mod options {
    #[::pyo3::pyclass(
        name = "Other",
        module = "pkg",
        subclass,
        dict,
        weakref,
        get_all,
        set_all,
        rename_all = "camelCase",
        eq,
        ord,
        str,
        generic,
        skip_from_py_object,
        mapping
    )]
    #[derive(::std::clone::Clone, ::std::cmp::PartialEq, ::std::cmp::PartialOrd)]
    struct Class {
        some_value: i32,
    }

    impl ::std::fmt::Display for Class {
        fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
            f.write_str("class")
        }
    }
}

/// Trailing commas, computed doc attributes, and tool attributes.
mod punctuation {
    #[doc = ::std::concat!("computed ", "text")]
    #[::pyo3::pyclass(frozen,)]
    struct Class;

    #[::pyo3::pyfunction(signature = (a, b = 1,),)]
    #[inline]
    #[must_use]
    fn function(a: i32, b: i32,) -> i32 {
        a + b
    }
}

fn main() {}
