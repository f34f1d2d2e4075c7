//! Modules: their definition as a type (here), and adding things to them (`add.rs`).

mod add;

pub use self::add::{AddToModule, AddType, Exception, add_constant};

use core::ffi::CStr;
use core::marker::PhantomData;

use pyo3_backend::{BackendTypes, Module, ModuleDef, ModuleInit, ModuleOps, kind};

use crate::backend::{Active, Attached, Outcome, Ref};
use crate::err::ResultExt;
use crate::panic::catch_and_raise;
use crate::sync::PyOnceLock;
use crate::types::PyStringMethods;
use crate::types::module::PyModuleMethods;
use crate::{Borrowed, Bound, Py, PyResult, Python};

pub use crate::types::PyModule;

/// The definition of a module, stored in a `static`.
pub struct Definition {
    data: ModuleDef<State>,
    /// The module that [`make`] and [`add_module`] return, once it is made.
    made: PyOnceLock<Py<PyModule>>,
}

/// A type that stands for a module. `#[pymodule]` exports it.
pub trait ModuleDefinition: Sized + 'static {
    /// The name by which `import` finds it, without a package.
    const NAME: &'static CStr;

    /// Returns the definition.
    fn definition() -> &'static Definition;

    /// Fills a fresh module.
    ///
    /// # Errors
    ///
    /// What the user's code raises.
    fn fill(module: &Bound<'_, PyModule>) -> PyResult<()>;
}

/// The default of the option `gil_used`: free-threaded Python need not turn on the GIL for the module. The facade for
/// 0.27 has another default.
pub const GIL_USED: bool = false;

impl Definition {
    /// Creates the definition of a module.
    pub const fn new(name: &'static CStr, doc: &'static CStr, gil_used: bool) -> Self {
        Definition { data: ModuleDef::new(name, doc, gil_used), made: PyOnceLock::new() }
    }
}

/// The contract's description of the module `D`.
struct ModuleOf<D>(PhantomData<fn() -> D>);

impl<D: ModuleDefinition> Module<Active> for ModuleOf<D> {
    fn def() -> &'static ModuleDef<State> {
        &D::definition().data
    }

    fn exec<'py>(py: Attached<'py>, module: Ref<'_, kind::Module>) -> Outcome<'py, ()> {
        let py = Python::from_attached(py);
        let module: Borrowed<'_, 'py, PyModule> = Borrowed::from_handle(module);
        catch_and_raise(py, || D::fill(&module))
    }
}

/// The data that the backend keeps with a module.
type State = <Active as ModuleOps>::ModuleState;

/// The return type of a module's exported function.
pub type InitResult = *mut <Active as BackendTypes>::Object;

/// Initialises the module. The module's exported function calls this.
pub fn init<D: ModuleDefinition>() -> InitResult {
    Active::module_init::<ModuleOf<D>>()
}

extern "C" fn init_entry<D: ModuleDefinition>() -> InitResult {
    init::<D>()
}

/// Exports the symbol by which the runtime finds a module in its library.
#[doc(hidden)]
#[macro_export]
macro_rules! __pyo3_export_module {
    ($name:literal, $definition:ty) => {
        $crate::impl_::module::export_symbol!(
            $name,
            $crate::impl_::module::InitResult,
            $crate::impl_::module::init::<$definition>
        );
    };
}

pub use crate::__pyo3_export_module as export_module;
/// The backend decides how: the name of the symbol, and what it calls.
pub use crate::backend::export_symbol;

/// Makes `import name` find the module: `append_to_inittab!`.
///
/// # Panics
///
/// On CPython, if the interpreter already runs, and with `abi3t`.
pub fn append<D: ModuleDefinition>(_exported: D) {
    let entry: ModuleInit<Active> = init_entry::<D>;
    Active::module_register(D::NAME, entry);
}

/// Makes and fills the module, or returns the one that was made before: `wrap_pymodule!`.
///
/// # Panics
///
/// If the initialisation of the module fails.
pub fn make<D: ModuleDefinition>(_exported: D, py: Python<'_>) -> Py<PyModule> {
    match try_make::<D>(py) {
        Ok(module) => module.clone_ref(py),
        Err(error) => panic!("failed to wrap pymodule: {error}"),
    }
}

fn try_make<D: ModuleDefinition>(py: Python<'_>) -> PyResult<&'static Py<PyModule>> {
    let definition = D::definition();
    let make = || Active::module_make::<ModuleOf<D>>(py.attached()).or_raise(py).map(Bound::from_handle);
    definition.made.get_or_try_init(py, || make().map(Bound::unbind))
}

/// Adds the module `D` to `module`, under the last part of its name.
///
/// # Errors
///
/// What the initialisation of `D` raises.
pub fn add_module<D: ModuleDefinition>(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let inner = try_make::<D>(module.py())?.bind(module.py());
    let name = inner.name()?;
    let name = name.to_string_lossy();
    let last = name.rsplit('.').next().unwrap_or(&name);
    module.add(last, inner)
}

/// Returns the module that `#[pyfn(m)]` names. `m` is a reference to it, or the module itself.
pub fn as_module<'m, 'py>(module: &'m impl core::borrow::Borrow<Bound<'py, PyModule>>) -> &'m Bound<'py, PyModule>
where
    'py: 'm,
{
    module.borrow()
}
