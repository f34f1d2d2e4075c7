//! `contextvars.Context`.

imported_types! {
    /// Python's `contextvars.Context`: the values that context variables have in one task.
    ///
    /// It has no methods of its own here; those of the Python type are called by their names.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::PyContext;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let copied = py.import("contextvars")?.call_method0("copy_context")?.cast_into::<PyContext>()?;
    ///     let answer = copied.call_method1("run", (py.get_type::<pyo3::types::PyInt>(), "42"))?;
    ///     assert_eq!(answer.extract::<i32>()?, 42);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyContext = "contextvars"."Context";
}
