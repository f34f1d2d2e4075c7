//! The declarative macros.

/// Runs Python code with Rust variables in its scope. For tests and examples.
///
/// Write `py_run!(py, variable other, "code")`, or `py_run!(py, *locals, "code")` with a dict of locals. The code may
/// be indented as a whole.
///
/// # Panics
///
/// If the code raises.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::types::PyList;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let list = PyList::new(py, [1, 2, 3]).unwrap();
///     pyo3::py_run!(py, list, r#"
///         assert list == [1, 2, 3]
///     "#);
/// });
/// ```
#[macro_export]
macro_rules! py_run {
    ($py:expr, *$locals:expr, $code:expr) => {
        $crate::impl_::run::run_or_panic($py, $code, &$locals)
    };
    ($py:expr, $($variable:ident)+, $code:expr) => {{
        use $crate::types::IntoPyDict as _;
        use $crate::IntoPyObjectExt as _;
        let py: $crate::Python<'_> = $py;
        let locals = [$((stringify!($variable), (&$variable).into_bound_py_any(py).expect("variables convert to Python"))),+]
            .into_py_dict(py)
            .expect("the scope of py_run! is made");
        $crate::py_run!(py, *locals, $code)
    }};
}

/// Returns an interned string, which is made on first use and kept. Use it for names of attributes and keys.
///
/// Returns `&Bound<'py, PyString>`.
///
/// ```
/// use pyo3::intern;
/// use pyo3::prelude::*;
///
/// fn title<'py>(object: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
///     object.getattr(intern!(object.py(), "title"))
/// }
/// # Python::initialize();
/// # Python::attach(|py| assert!(title(py.eval(c"''", None, None).unwrap().as_any()).is_ok()));
/// ```
#[macro_export]
macro_rules! intern {
    ($py:expr, $text:expr) => {{
        static INTERNED: $crate::sync::Interned = $crate::sync::Interned::new($text);
        INTERNED.get($py)
    }};
}

/// Creates a Python string from a format string, as `format!` creates a Rust string.
///
/// Returns `PyResult<Bound<'py, PyString>>`. A text without arguments is made only once, as [`intern!`] does.
///
/// # Errors
///
/// If a `Display` in the arguments fails.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::py_format;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     assert_eq!(py_format!(py, "{:>3}", 7)?, "  7");
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[macro_export]
macro_rules! py_format {
    ($py:expr, $($arguments:tt)*) => {{
        static CONSTANT: $crate::sync::PyOnceLock<$crate::Py<$crate::types::PyString>> =
            $crate::sync::PyOnceLock::new();
        $crate::impl_::text::formatted($py, &CONSTANT, ::core::format_args!($($arguments)*))
    }};
}

/// Declares that a type is a Python class, so that its `Bound` has the methods of every object. For crates that declare
/// a type around [`PyAny`](crate::PyAny) for a class of another library: `pyobject_native_type_named!(PyArray)`, or
/// `(PyArray<T, D>; T D)` with type parameters.
///
/// An implementation of [`PyTypeInfo`](crate::PyTypeInfo) says which class it is.
#[doc(hidden)]
#[macro_export]
macro_rules! pyobject_native_type_named {
    ($name:ty $(; $($generic:ident)*)?) => {
        impl<$($($generic),*)?> $crate::types::DerefToPyAny for $name {}
    };
}

/// Creates a Python function object from a `#[pyfunction]`.
///
/// `wrap_pyfunction!(function, module)` and `wrap_pyfunction!(function, py)` return
/// `PyResult<Bound<'py, PyCFunction>>`. `wrap_pyfunction!(function)` returns a function that takes either of the two
/// and returns the same.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pyfunction]
/// fn double(number: i64) -> i64 {
///     2 * number
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let double = wrap_pyfunction!(double, py)?;
///     assert_eq!(double.call1((21,))?.extract::<i64>()?, 42);
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[macro_export]
macro_rules! wrap_pyfunction {
    ($function:path) => {
        &|target| {
            #[allow(unused_imports)]
            use $crate::impl_::function::fallback::*;
            use $function as wrapped;
            $crate::impl_::function::wrap(wrapped::__PYO3_EXPORT, target)
        }
    };
    ($function:path, $target:expr) => {{
        #[allow(unused_imports)]
        use $crate::impl_::function::fallback::*;
        use $function as wrapped;
        $crate::impl_::function::wrap(wrapped::__PYO3_EXPORT, $target)
    }};
}

/// Creates the Python module object of a `#[pymodule]`, and fills it. Every use for the same module gives the same
/// object.
///
/// `wrap_pymodule!(module)` returns a function from `Python<'py>` to `Py<PyModule>`.
///
/// # Panics
///
/// The returned function panics if filling the module raises an exception.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::wrap_pymodule;
///
/// #[pymodule]
/// mod garden {
///     #[pymodule_export]
///     const COLOUR: &str = "green";
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let module = wrap_pymodule!(garden)(py);
///     assert_eq!(module.getattr(py, "COLOUR")?.extract::<String>(py)?, "green");
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[macro_export]
macro_rules! wrap_pymodule {
    ($module:path) => {
        &|py: $crate::Python<'_>| -> $crate::Py<$crate::types::PyModule> {
            use $module as wrapped;
            $crate::impl_::module::make(wrapped::__PYO3_EXPORT, py)
        }
    };
}

/// Lets `import` find a `#[pymodule]` that is linked into the program. Call it before the interpreter starts.
///
/// # Panics
///
/// On CPython, if an interpreter already runs; and in builds for the stable ABI of free-threaded Python (`abi3t`),
/// whose table of built-in modules does not support such modules.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pymodule]
/// mod game {
///     use pyo3::prelude::*;
///
///     #[pyfunction]
///     fn roll() -> u32 {
///         4
///     }
/// }
///
/// # fn main() -> PyResult<()> {
/// pyo3::append_to_inittab!(game);
/// Python::initialize();
/// Python::attach(|py| py.run(c"import game; assert game.roll() == 4", None, None))
/// # }
/// ```
#[macro_export]
macro_rules! append_to_inittab {
    ($module:path) => {{
        use $module as wrapped;
        $crate::impl_::module::append(wrapped::__PYO3_EXPORT)
    }};
}
