//! Programs that the types must reject. Each example has one faulty line; without it, the program compiles.

/// Values that need an attached thread cannot be used in `detach`.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::types::PyString;
///
/// Python::attach(|py| {
///     let text = PyString::new(py, "text").unbind();
///     py.detach(|| text.is(&text));
/// });
/// ```
///
/// ```compile_fail
/// use pyo3::prelude::*;
/// use pyo3::types::PyString;
///
/// Python::attach(|py| {
///     let text = PyString::new(py, "text");
///     py.detach(|| text.is(&text));
/// });
/// ```
///
/// ```compile_fail
/// use pyo3::prelude::*;
///
/// Python::attach(|py| py.detach(|| py.None()));
/// ```
pub struct Detached;

/// Values bound to `attach` cannot leave it.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::types::PyString;
///
/// Python::attach(|py| PyString::new(py, "text").unbind());
/// ```
///
/// ```compile_fail
/// use pyo3::prelude::*;
/// use pyo3::types::PyString;
///
/// Python::attach(|py| PyString::new(py, "text"));
/// ```
///
/// ```compile_fail
/// use pyo3::prelude::*;
///
/// Python::attach(|py| py);
/// ```
pub struct Attached;

/// A `frozen` class cannot be changed.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pyclass(frozen)]
/// struct Frozen(i32);
///
/// #[pymethods]
/// impl Frozen {
///     fn value(&self) -> i32 {
///         self.0
///     }
/// }
///
/// fn get(frozen: &Bound<'_, Frozen>) -> i32 {
///     frozen.get().0
/// }
/// ```
///
/// ```compile_fail
/// use pyo3::prelude::*;
///
/// #[pyclass(frozen)]
/// struct Frozen(i32);
///
/// #[pymethods]
/// impl Frozen {
///     fn value(&mut self) -> i32 {
///         self.0
///     }
/// }
/// ```
///
/// ```compile_fail
/// use pyo3::prelude::*;
///
/// #[pyclass(frozen)]
/// struct Frozen(i32);
///
/// fn change(frozen: &Bound<'_, Frozen>) {
///     frozen.borrow_mut().0 = 1;
/// }
/// ```
///
/// A class that is not frozen has no `get`:
///
/// ```compile_fail
/// use pyo3::prelude::*;
///
/// #[pyclass]
/// struct Changing(i32);
///
/// fn get(changing: &Bound<'_, Changing>) -> i32 {
///     changing.get().0
/// }
/// ```
pub struct Frozen;

/// Other threads can access instances, so a class must be `Send` and `Sync`, or `unsendable`.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pyclass(unsendable)]
/// struct Local(std::rc::Rc<i32>);
/// ```
///
/// ```compile_fail
/// use pyo3::prelude::*;
///
/// #[pyclass]
/// struct Local(std::rc::Rc<i32>);
/// ```
///
/// ```compile_fail
/// use pyo3::prelude::*;
///
/// #[pyclass]
/// struct Shared(std::cell::Cell<i32>);
/// ```
pub struct Sent;

/// Arguments and results must convert.
///
/// ```compile_fail
/// use pyo3::prelude::*;
///
/// struct Mine;
///
/// #[pyfunction]
/// fn take(_mine: Mine) {}
/// ```
///
/// ```compile_fail
/// use pyo3::prelude::*;
///
/// struct Mine;
///
/// #[pyfunction]
/// fn give() -> Mine {
///     Mine
/// }
/// ```
pub struct Converted;

/// Only a class with `subclass` can be extended.
///
/// ```
/// use pyo3::prelude::*;
///
/// #[pyclass(subclass)]
/// struct Base;
///
/// #[pyclass(extends = Base)]
/// struct Derived;
/// ```
///
/// ```compile_fail
/// use pyo3::prelude::*;
///
/// #[pyclass]
/// struct Base;
///
/// #[pyclass(extends = Base)]
/// struct Derived;
/// ```
pub struct Extended;
