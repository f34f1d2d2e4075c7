//! [`PyModule`]: Python's modules.

use core::ffi::CStr;

use pyo3_backend::{CodeOps, CompileMode, ModuleOps};

use crate::backend::Active;
use crate::err::ResultExt;
use crate::exceptions::PyAttributeError;
use crate::pyclass::PyClass;
use crate::types::function::CallbackOutput;
use crate::types::{PyAnyMethods, PyCFunction, PyDict, PyList, PyListMethods, PyString, PyStringMethods};
use crate::{Bound, BoundObject, IntoPyObject, IntoPyObjectExt, PyAny, PyResult, PyTypeInfo, Python, intern};

native_types! {
    /// Python's `types.ModuleType`: a module. Its methods are in [`PyModuleMethods`].
    ///
    /// `#[pymodule]` defines one in Rust.
    PyModule = Module;
}

impl PyModule {
    /// Creates an empty module, without adding it to `sys.modules`.
    ///
    /// # Errors
    ///
    /// This function is not known to fail.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let module = PyModule::new(py, "fresh")?;
    ///     assert_eq!(module.name()?, "fresh");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyModule>> {
        let name = PyString::new(py, name);
        Active::module_new(py.attached(), name.handle()).or_raise(py).map(Bound::from_handle)
    }

    /// Imports a module. Same as [`Python::import`].
    ///
    /// # Errors
    ///
    /// Returns `ImportError` if the module is not found, or the exception that its code raises.
    pub fn import<'py, N>(py: Python<'py>, name: N) -> PyResult<Bound<'py, PyModule>>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        let name = name.into_pyobject_or_pyerr(py)?;
        let name = BoundObject::as_borrowed(&name);
        let module = Active::code_import(py.attached(), name.handle()).or_raise(py)?;
        Ok(Bound::<PyAny>::wrap(module).cast_into::<PyModule>()?)
    }

    /// Runs source text as the body of a module, and adds the module to `sys.modules` under its name.
    ///
    /// `file_name` appears in tracebacks and as `__file__`. An empty one becomes `<string>`.
    ///
    /// # Errors
    ///
    /// Returns `SyntaxError` if the source text is invalid, or the exception that the code raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let code = c"def double(x): return 2 * x";
    ///     let module = PyModule::from_code(py, code, c"double.py", c"double")?;
    ///     let four: i32 = module.getattr("double")?.call1((2,))?.extract()?;
    ///     assert_eq!(four, 4);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn from_code<'py>(
        py: Python<'py>,
        code: &CStr,
        file_name: &CStr,
        module_name: &CStr,
    ) -> PyResult<Bound<'py, PyModule>> {
        let file_name = if file_name.is_empty() { c"<string>" } else { file_name };
        let code = Active::code_compile(py.attached(), code, file_name, CompileMode::Exec).or_raise(py)?;
        let module = Active::module_exec_code(py.attached(), module_name, file_name, code.as_ref()).or_raise(py)?;
        Ok(Bound::<PyAny>::wrap(module).cast_into::<PyModule>()?)
    }
}

/// Methods of [`PyModule`].
#[doc(alias = "PyModule")]
pub trait PyModuleMethods<'py>: crate::types::sealed::Sealed {
    /// Returns the dict of the module: `self.__dict__`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let math = py.import("math")?;
    ///     assert!(math.dict().contains("pi")?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn dict(&self) -> Bound<'py, PyDict>;

    /// Returns the list of names that `from module import *` imports: `self.__all__`. Creates it if it does not exist.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `__all__` is not a list.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyModule;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let module = PyModule::new(py, "garden")?;
    ///     module.add("one", 1)?;
    ///     module.index()?.append("two")?;
    ///     assert_eq!(module.getattr("__all__")?.to_string(), "['one', 'two']");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn index(&self) -> PyResult<Bound<'py, PyList>>;

    /// Returns the name of the module: `self.__name__`.
    ///
    /// # Errors
    ///
    /// Returns `SystemError` if it has none.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let module = py.import("os.path")?;
    ///     assert!(module.name()?.to_str()?.ends_with("path"));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn name(&self) -> PyResult<Bound<'py, PyString>>;

    /// Returns the path of the module's file: `self.__file__`.
    ///
    /// # Errors
    ///
    /// Returns `SystemError` if it has none.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let path = py.import("json")?.filename()?;
    ///     assert!(path.to_str()?.contains("json"));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn filename(&self) -> PyResult<Bound<'py, PyString>>;

    /// Adds a member, and appends its name to `__all__`.
    ///
    /// # Errors
    ///
    /// Returns the error of converting `name` or `value`, or `TypeError` if `__all__` is not a list.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyModule;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let module = PyModule::new(py, "garden")?;
    ///     module.add("__version__", "1.2")?;
    ///     module.add("SIZES", vec![1, 2, 3])?;
    ///     assert_eq!(module.getattr("SIZES")?.len()?, 3);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn add<N, V>(&self, name: N, value: V) -> PyResult<()>
    where
        N: IntoPyObject<'py, Target = PyString>,
        V: IntoPyObject<'py>;

    /// Adds a class under its own name.
    ///
    /// # Errors
    ///
    /// Same as [`add`](Self::add).
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyModule;
    ///
    /// #[pyclass]
    /// struct Plant;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let module = PyModule::new(py, "garden")?;
    ///     module.add_class::<Plant>()?;
    ///     assert!(module.getattr("Plant")?.is(py.get_type::<Plant>()));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn add_class<T>(&self) -> PyResult<()>
    where
        T: PyClass;

    /// Calls `wrapper`, and adds the function or module that it returns under the object's `__name__`.
    ///
    /// # Errors
    ///
    /// Returns the error of `wrapper`, or `AttributeError` if the object has no name.
    fn add_wrapped<T>(&self, wrapper: &impl Fn(Python<'py>) -> T) -> PyResult<()>
    where
        T: CallbackOutput<'py>;

    /// Adds a module under the last part of its name.
    ///
    /// An `import` statement finds it only if it is also in `sys.modules`.
    ///
    /// # Errors
    ///
    /// Returns `SystemError` if `module` has no name.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyModule;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let (package, module) = (PyModule::new(py, "garden")?, PyModule::new(py, "shed")?);
    ///     package.add_submodule(&module)?;
    ///     assert!(package.getattr("shed")?.is(&module));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn add_submodule(&self, module: &Bound<'_, PyModule>) -> PyResult<()>;

    /// Adds a function, as [`wrap_pyfunction!`](crate::wrap_pyfunction) returns it, under its own name.
    ///
    /// # Errors
    ///
    /// Returns `AttributeError` if the function has no name.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyModule;
    ///
    /// #[pyfunction]
    /// fn water(litres: u32) -> String {
    ///     format!("{litres} l")
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let module = PyModule::new(py, "garden")?;
    ///     module.add_function(wrap_pyfunction!(water, &module)?)?;
    ///     assert_eq!(module.call_method1("water", (5,))?.extract::<String>()?, "5 l");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn add_function(&self, fun: Bound<'_, PyCFunction>) -> PyResult<()>;

    /// Declares whether the module needs the GIL. Only a free-threaded Python uses this.
    ///
    /// # Errors
    ///
    /// This method is not known to fail.
    fn gil_used(&self, gil_used: bool) -> PyResult<()>;
}

impl<'py> PyModuleMethods<'py> for Bound<'py, PyModule> {
    fn dict(&self) -> Bound<'py, PyDict> {
        Bound::from_handle(Active::module_dict(self.py().attached(), self.handle()))
    }

    fn index(&self) -> PyResult<Bound<'py, PyList>> {
        let all = intern!(self.py(), "__all__");
        match self.getattr(all) {
            Ok(index) => Ok(index.cast_into::<PyList>()?),
            Err(error) if error.is_instance_of::<PyAttributeError>(self.py()) => {
                let index = PyList::empty(self.py());
                self.setattr(all, &index)?;
                Ok(index)
            }
            Err(error) => Err(error),
        }
    }

    fn name(&self) -> PyResult<Bound<'py, PyString>> {
        Active::module_name(self.py().attached(), self.handle()).or_raise(self.py()).map(Bound::from_handle)
    }

    fn filename(&self) -> PyResult<Bound<'py, PyString>> {
        Active::module_filename(self.py().attached(), self.handle()).or_raise(self.py()).map(Bound::from_handle)
    }

    fn add<N, V>(&self, name: N, value: V) -> PyResult<()>
    where
        N: IntoPyObject<'py, Target = PyString>,
        V: IntoPyObject<'py>,
    {
        let py = self.py();
        let name = name.into_pyobject_or_pyerr(py)?;
        add_member(self, &BoundObject::as_borrowed(&name), &value.into_bound_py_any(py)?)
    }

    fn add_class<T>(&self) -> PyResult<()>
    where
        T: PyClass,
    {
        let class = <T as PyTypeInfo>::type_object(self.py());
        self.add(<T as PyClass>::NAME, class)
    }

    fn add_wrapped<T>(&self, wrapper: &impl Fn(Python<'py>) -> T) -> PyResult<()>
    where
        T: CallbackOutput<'py>,
    {
        add_named(self, &wrapper(self.py()).into_object(self.py())?)
    }

    fn add_submodule(&self, module: &Bound<'_, PyModule>) -> PyResult<()> {
        let name = module.name()?;
        let name = name.to_str()?;
        let last = name.rsplit_once('.').map_or(name, |(_, last)| last);
        self.add(last, module.clone().unbind())
    }

    fn add_function(&self, fun: Bound<'_, PyCFunction>) -> PyResult<()> {
        add_named(self, fun.unbind().bind(self.py()))
    }

    fn gil_used(&self, gil_used: bool) -> PyResult<()> {
        Active::module_set_gil_used(self.py().attached(), self.handle(), gil_used).or_raise(self.py())
    }
}

/// Adds a member to the module, and appends its name to `__all__`.
fn add_member<'py>(
    module: &Bound<'py, PyModule>,
    name: &Bound<'py, PyString>,
    value: &Bound<'py, PyAny>,
) -> PyResult<()> {
    module.index()?.append(name).expect("a list takes any item");
    module.setattr(name, value)
}

/// Adds a member under its own `__name__`.
fn add_named<'py>(module: &Bound<'py, PyModule>, value: &Bound<'py, PyAny>) -> PyResult<()> {
    let name = value.getattr(intern!(module.py(), "__name__"))?.cast_into::<PyString>()?;
    add_member(module, &name, value)
}
