//! [`PyContext`]: Python's `contextvars.Context`.

imported_types! {
    /// Python's `contextvars.Context`: the values of all context variables in one task.
    ///
    /// This type has no methods of its own. Call those of the Python class by name.
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
