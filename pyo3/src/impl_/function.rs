//! Functions with a signature of their own: `#[pyfunction]`, methods, constructors, `__call__`.

use pyo3_backend::FunctionOps;

pub use pyo3_backend::FunctionDef as Def;

use super::arguments::{CallArguments, View};
use super::edge::{Adapter, borrowed, guarded, owned};
use crate::backend::{Active, Attached, Outcome, Owned, Ref};
use crate::err::ResultExt;
use crate::types::module::PyModuleMethods;
use crate::types::{PyCFunction, PyModule};
use crate::{Borrowed, Bound, Py, PyAny, PyResult, Python};

/// A Rust function that Python calls, as a zero-sized type.
pub trait Function: 'static {
    /// Whether it looks at its module.
    const TAKES_MODULE: bool = false;

    /// Binds and converts the arguments, calls the user's function, and converts its result.
    ///
    /// # Errors
    ///
    /// What any of the three raises.
    fn call<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
        py: Python<'py>,
        receiver: Option<Borrowed<'a, 'py, PyAny>>,
        arguments: A,
    ) -> PyResult<Py<PyAny>>;
}

impl<F: Function> pyo3_backend::Function<Active> for Adapter<F> {
    const TAKES_MODULE: bool = F::TAKES_MODULE;

    #[inline]
    fn call<'a, 'py: 'a, A: pyo3_backend::Arguments<'a, Active>>(
        py: Attached<'py>,
        receiver: Option<Ref<'a>>,
        arguments: A,
    ) -> Outcome<'py, Owned<'py>> {
        let py = Python::from_attached(py);
        let receiver = receiver.map(|receiver| borrowed(py, receiver));
        guarded(py, || F::call(py, receiver, View::new(py, arguments))).map(|value| owned(py, value))
    }
}

/// A function with what Python sees of it: the type that `#[pyfunction]` exports.
pub trait PyFunctionDef: Function {
    /// Name and doc.
    const DEF: &'static Def;
}

/// The receiver of a function that always has one.
#[inline]
pub fn present<'a, 'py>(receiver: Option<Borrowed<'a, 'py, PyAny>>) -> Borrowed<'a, 'py, PyAny> {
    receiver.expect("this function is called with its instance, class or module")
}

/// What `wrap_pyfunction!` takes beside the function.
pub trait WrapTarget<'py> {
    /// The token, and the module that the function shall belong to.
    fn target(self) -> (Python<'py>, Option<Bound<'py, PyModule>>);
}

impl<'py> WrapTarget<'py> for Python<'py> {
    fn target(self) -> (Python<'py>, Option<Bound<'py, PyModule>>) {
        (self, None)
    }
}

impl<'py> WrapTarget<'py> for &'_ Bound<'py, PyModule> {
    fn target(self) -> (Python<'py>, Option<Bound<'py, PyModule>>) {
        (self.py(), Some(self.clone()))
    }
}

impl<'py> WrapTarget<'py> for &'_ Borrowed<'_, 'py, PyModule> {
    fn target(self) -> (Python<'py>, Option<Bound<'py, PyModule>>) {
        (self.py(), Some((**self).clone()))
    }
}

/// A function object for the function `F`.
///
/// # Errors
///
/// Where the runtime cannot make one.
pub fn wrap<'py, F: PyFunctionDef, T: WrapTarget<'py>>(_exported: F, target: T) -> PyResult<Bound<'py, PyCFunction>> {
    let (py, module) = target.target();
    let entry = Active::function_entry::<Adapter<F>>(F::DEF.no_arguments);
    make(py, F::DEF, entry, module.as_ref())
}

fn make<'py>(
    py: Python<'py>,
    def: &'static Def,
    entry: <Active as FunctionOps>::FunctionEntry,
    module: Option<&Bound<'py, PyModule>>,
) -> PyResult<Bound<'py, PyCFunction>> {
    Active::function_new(py.attached(), def, entry, module.map(Bound::handle)).or_raise(py).map(Bound::from_handle)
}

/// Adds the function `F` to a module.
///
/// # Errors
///
/// As `PyModule::add_function`.
pub fn add<F: PyFunctionDef>(exported: F, module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap(exported, module)?)
}
