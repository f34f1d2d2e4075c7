//! Functions with any signature: `#[pyfunction]`, methods, constructors, `__call__`.

use core::ffi::CStr;
use std::sync::OnceLock;

use pyo3_backend::{FunctionOps, RaisePanic, catch_panic, kind};

pub use pyo3_backend::FunctionDef as Def;
#[cfg(feature = "macros")]
pub use pyo3_macros::ItemOfConditions;

use super::adapter::{Adapter, borrowed};
use super::bind::{CallArguments, View};
use super::module::AddToModule;
use crate::backend::{Active, Attached, Outcome, Owned, Ref};
use crate::err::ResultExt;
use crate::panic::RAISE_PANIC;
use crate::types::module::PyModuleMethods;
use crate::types::{PyCFunction, PyModule};
use crate::{Borrowed, Bound, PyAny, PyResult, Python};

/// A Rust function that Python calls, as a zero-sized type.
pub trait Function: 'static {
    /// Whether the function takes its module.
    const TAKES_MODULE: bool = false;

    /// Whether the function takes no arguments at all.
    const NO_ARGUMENTS: bool = false;

    /// Binds and converts the arguments, calls the user's function, and converts its result.
    ///
    /// # Errors
    ///
    /// What any of these steps raises.
    fn call<'a, 'py: 'a, A: CallArguments<'a, 'py>>(
        py: Python<'py>,
        receiver: Option<Borrowed<'a, 'py, PyAny>>,
        arguments: A,
    ) -> PyResult<Bound<'py, PyAny>>;
}

impl<F: Function> pyo3_backend::Function<Active> for Adapter<F> {
    const TAKES_MODULE: bool = F::TAKES_MODULE;
    const NO_ARGUMENTS: bool = F::NO_ARGUMENTS;
    const RAISE_PANIC: RaisePanic<Active> = RAISE_PANIC;

    #[inline]
    fn call<'a, 'py: 'a, A: pyo3_backend::Arguments<'a, Active>>(
        py: Attached<'py>,
        receiver: Option<Ref<'a>>,
        arguments: A,
    ) -> Outcome<'py, Owned<'py>> {
        catch_panic(py, RAISE_PANIC, || Self::call_may_unwind(py, receiver, arguments))
    }

    // Inlined before the optimizer sees it, as is `F::call`: the code of each function would be optimized three times.
    #[inline(always)]
    fn call_may_unwind<'a, 'py: 'a, A: pyo3_backend::Arguments<'a, Active>>(
        py: Attached<'py>,
        receiver: Option<Ref<'a>>,
        arguments: A,
    ) -> Outcome<'py, Owned<'py>> {
        let py = Python::from_attached(py);
        let receiver = receiver.map(|receiver| borrowed(py, receiver));
        match F::call(py, receiver, View::new(py, arguments)) {
            Ok(result) => Ok(result.into_owned()),
            Err(error) => Err(error.into_raised(py)),
        }
    }
}

impl<F: PyFunctionDef> pyo3_backend::DefinedFunction<Active> for Adapter<F> {
    const DEF: &'static Def = F::DEF;

    fn state() -> &'static State {
        F::state()
    }
}

/// What the backend keeps for a function, in a static.
pub type State = OnceLock<<Active as FunctionOps>::FunctionState>;

/// Returns what Python sees of `F`.
pub const fn def<F: Function>(name: &'static CStr, doc: &'static CStr) -> Def {
    Def { name, doc, no_arguments: F::NO_ARGUMENTS }
}

/// A function together with what Python sees of it. `#[pyfunction]` exports such a type.
#[diagnostic::on_unimplemented(
    message = "this function is not a Python function",
    label = "put `#[pyfunction]` on the function that is named here"
)]
pub trait PyFunctionDef: Function {
    /// The name of its fragment of type information, if it has one.
    #[cfg(feature = "experimental-inspect")]
    const INTROSPECTION_ID: Option<&'static str> = None;

    /// Its name and docstring.
    const DEF: &'static Def;

    /// Returns the static that stores what the backend derives from them.
    fn state() -> &'static State;
}

/// Stand-ins that `wrap_pyfunction!` and modules find if a function has no `#[pyfunction]`, or a type has no
/// `#[pyclass]`. They produce a readable compiler error.
pub mod fallback {
    pub use super::NotExported as _;

    /// Hidden by the module that `#[pyfunction]` generates.
    pub mod wrapped {
        /// Stands for a function that is not a Python function.
        #[allow(non_camel_case_types, reason = "it stands in for a type of generated code")]
        pub struct __PYO3_EXPORT;
    }
}

/// The stand-in that a module finds instead of the export of a type that is not a class.
pub trait NotExported: Sized {
    /// Hidden by the constant that `#[pyclass]` generates.
    const __PYO3_EXPORT: super::pyclass::AddClass<Self> = super::pyclass::AddClass::new();
}

impl<T> NotExported for T {}

/// Returns the receiver of a function that always has one.
#[inline]
pub fn present<'a, 'py>(receiver: Option<Borrowed<'a, 'py, PyAny>>) -> Borrowed<'a, 'py, PyAny> {
    receiver.expect("this function is called with its instance, class or module")
}

/// The second argument of `wrap_pyfunction!`.
pub trait WrapTarget<'py> {
    /// Returns the token, and the module that the function belongs to, if any.
    fn target(&self) -> (Python<'py>, Option<&Bound<'py, PyModule>>);
}

impl<'py> WrapTarget<'py> for Python<'py> {
    #[inline]
    fn target(&self) -> (Python<'py>, Option<&Bound<'py, PyModule>>) {
        (*self, None)
    }
}

impl<'py> WrapTarget<'py> for Bound<'py, PyModule> {
    #[inline]
    fn target(&self) -> (Python<'py>, Option<&Bound<'py, PyModule>>) {
        (self.py(), Some(self))
    }
}

impl<'py> WrapTarget<'py> for Borrowed<'_, 'py, PyModule> {
    #[inline]
    fn target(&self) -> (Python<'py>, Option<&Bound<'py, PyModule>>) {
        (self.py(), Some(self))
    }
}

impl<'py> WrapTarget<'py> for &'_ Bound<'py, PyModule> {
    #[inline]
    fn target(&self) -> (Python<'py>, Option<&Bound<'py, PyModule>>) {
        (**self).target()
    }
}

impl<'py> WrapTarget<'py> for &'_ Borrowed<'_, 'py, PyModule> {
    #[inline]
    fn target(&self) -> (Python<'py>, Option<&Bound<'py, PyModule>>) {
        (**self).target()
    }
}

/// Creates a function object for the function `F`.
///
/// # Errors
///
/// If the runtime cannot make the object.
#[inline]
pub fn wrap<'py, F: PyFunctionDef, T: WrapTarget<'py>>(_exported: F, target: T) -> PyResult<Bound<'py, PyCFunction>> {
    let (py, module) = target.target();
    made(py, Active::function_new::<Adapter<F>>(py.attached(), module.map(Bound::handle)))
}

// The next two are not generic, so that a module of many functions has their code once.

/// What the contract returns for a new function.
type Made<'py> = Outcome<'py, Owned<'py, kind::BuiltinFunction>>;

#[inline(never)]
fn made<'py>(py: Python<'py>, function: Made<'py>) -> PyResult<Bound<'py, PyCFunction>> {
    function.or_raise(py).map(Bound::from_handle)
}

#[inline(never)]
fn add<'py>(module: &Bound<'py, PyModule>, function: Made<'py>) -> PyResult<()> {
    module.add_function(made(module.py(), function)?)
}

#[diagnostic::do_not_recommend]
impl<F: PyFunctionDef> AddToModule for F {
    #[cfg(feature = "experimental-inspect")]
    const INTROSPECTION_ID: Option<&'static str> = <F as PyFunctionDef>::INTROSPECTION_ID;

    fn add_to_module(&self, module: &Bound<'_, PyModule>) -> PyResult<()> {
        add(module, Active::function_new::<Adapter<F>>(module.py().attached(), Some(module.handle())))
    }
}
