//! Python exceptions in Rust: [`PyErr`], [`PyResult`] and the errors of casts.

mod cast_error;
mod impls;
mod recipe;
mod state;

use std::ffi::CStr;

use pyo3_backend::{CApiOps, ErrorOps, TypeOps};

use crate::backend::{Active, Owned, Raised};
use crate::exceptions::{self, PyBaseException};
use crate::panic::PanicException;
use crate::type_object::PyTypeInfo;
use crate::types::{PyAnyMethods, PyDict, PyString, PyTraceback, PyType};
use crate::{Bound, IntoPyObject, IntoPyObjectExt, Py, PyAny, Python};

pub use self::cast_error::{CastError, CastIntoError};
use self::state::PyErrState;

/// The result of a function that may raise a Python exception.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::exceptions::PyValueError;
///
/// #[pyfunction]
/// fn half(number: u32) -> PyResult<u32> {
///     if number % 2 == 1 {
///         return Err(PyValueError::new_err(format!("{number} is odd")));
///     }
///     Ok(number / 2)
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let half = wrap_pyfunction!(half, py)?;
///     assert_eq!(half.call1((8,))?.extract::<u32>()?, 4);
///     assert_eq!(half.call1((9,)).unwrap_err().to_string(), "ValueError: 9 is odd");
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
pub type PyResult<T> = Result<T, PyErr>;

/// The type of the base class for [`PyErr::new_type`]. Up to 0.29 it was any object, such as a tuple of types.
#[cfg(not(feature = "compat-0-29"))]
type NewTypeBase = PyType;
#[cfg(feature = "compat-0-29")]
type NewTypeBase = PyAny;

/// A Python exception.
///
/// A `PyErr` made from an exception type and arguments is *lazy*: the Python object is created when it is first needed,
/// and never if the error is only passed to Python or dropped. `PyErr` is `Send` and `Sync`.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::exceptions::PyValueError;
///
/// # Python::initialize();
/// fn positive(number: i32) -> PyResult<i32> {
///     if number > 0 { Ok(number) } else { Err(PyValueError::new_err("not positive")) }
/// }
///
/// Python::attach(|py| {
///     let error = positive(-1).unwrap_err();
///     assert!(error.is_instance_of::<PyValueError>(py));
///     assert_eq!(error.to_string(), "ValueError: not positive");
/// });
/// ```
pub struct PyErr {
    state: PyErrState,
}

/// Arguments for a new exception.
///
/// Implemented for every type that converts to Python. A tuple gives several arguments, and any other value gives one.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::PyErrArguments;
/// use pyo3::exceptions::PyValueError;
///
/// struct Position(u32, u32);
///
/// impl PyErrArguments for Position {
///     fn arguments(self, py: Python<'_>) -> Py<PyAny> {
///         format!("line {}, column {}", self.0, self.1).arguments(py)
///     }
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let error = PyValueError::new_err(Position(3, 14));
///     assert_eq!(error.to_string(), "ValueError: line 3, column 14");
/// });
/// ```
pub trait PyErrArguments: Send + Sync {
    /// Converts the arguments to a Python object.
    fn arguments(self, py: Python<'_>) -> Py<PyAny>;
}

impl<T> PyErrArguments for T
where
    T: for<'py> IntoPyObject<'py> + Send + Sync,
{
    fn arguments(self, py: Python<'_>) -> Py<PyAny> {
        // If the arguments do not convert, the exception that tells why takes their place.
        match self.into_py_any(py) {
            Ok(arguments) => arguments,
            Err(error) => error.into_value(py).into_any(),
        }
    }
}

impl PyErr {
    /// Creates a lazy exception of type `T`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyKeyError;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = PyErr::new::<PyKeyError, _>("missing");
    ///     assert!(error.is_instance_of::<PyKeyError>(py));
    /// });
    /// ```
    #[inline]
    pub fn new<T, A>(args: A) -> PyErr
    where
        T: PyTypeInfo,
        A: PyErrArguments + Send + Sync + 'static,
    {
        PyErr::lazy(move |py| (T::type_object(py).into_any().unbind(), args.arguments(py)))
    }

    /// Creates a lazy exception of a type known at run time.
    ///
    /// If `ty` is not an exception type, raising it raises a `TypeError` instead.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyType;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let class = py.import("json")?.getattr("JSONDecodeError")?.cast_into::<PyType>()?;
    ///     let error = PyErr::from_type(class, ("no value", "text", 0));
    ///     assert!(error.to_string().starts_with("JSONDecodeError: no value"));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn from_type<A>(ty: Bound<'_, PyType>, args: A) -> PyErr
    where
        A: PyErrArguments + Send + Sync + 'static,
    {
        let class = ty.into_any().unbind();
        PyErr::lazy(move |py| (class, args.arguments(py)))
    }

    /// Creates a `PyErr` from an exception instance or an exception class. Any other object gives a `TypeError`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyTypeError;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let exception = py.eval(c"LookupError('nowhere')", None, None)?;
    ///     assert_eq!(PyErr::from_value(exception).to_string(), "LookupError: nowhere");
    ///     let number = py.eval(c"3", None, None)?;
    ///     assert!(PyErr::from_value(number).is_instance_of::<PyTypeError>(py));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn from_value(obj: Bound<'_, PyAny>) -> PyErr {
        match obj.cast_into::<PyBaseException>() {
            Ok(exception) => PyErr { state: PyErrState::normalized(exception.unbind()) },
            Err(error) => {
                let object = error.into_inner().unbind();
                PyErr::lazy(move |py| {
                    let none = py.None();
                    (object, none)
                })
            }
        }
    }

    /// Creates an exception whose class and arguments are computed when needed.
    fn lazy(make: impl FnOnce(Python<'_>) -> (Py<PyAny>, Py<PyAny>) + Send + Sync + 'static) -> PyErr {
        PyErr { state: PyErrState::lazy(make) }
    }

    /// Creates a `PyErr` from the error of a failed operation.
    ///
    /// # Panics
    ///
    /// Resumes a Rust panic that passed through Python as a `PanicException`.
    #[cold]
    pub(crate) fn from_raised(py: Python<'_>, raised: Raised<'_>) -> PyErr {
        let exception = Active::error_take(py.attached(), raised);
        let error = PyErr { state: PyErrState::normalized(Py::from_handle(exception.into_global())) };
        if PanicException::is_instance(error.value(py)) {
            crate::panic::resume(py, error);
        }
        error
    }

    /// Raises the exception, as the error of an operation.
    #[cold]
    pub(crate) fn into_raised(self, py: Python<'_>) -> Raised<'_> {
        self.state.into_raised(py)
    }

    /// Returns the exception instance. The first use of a lazy exception creates it.
    ///
    /// # Panics
    ///
    /// Panics if the code that creates the exception uses this `PyErr` itself, or panicked in an earlier use.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyOSError;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = PyOSError::new_err((2, "not there"));
    ///     assert_eq!(error.value(py).getattr("errno")?.extract::<i32>()?, 2);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn value<'py>(&self, py: Python<'py>) -> &Bound<'py, PyBaseException> {
        self.state.value(py).bind(py)
    }

    /// Consumes the error, and returns the exception instance.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyValueError;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let exception = PyValueError::new_err("no").into_value(py);
    ///     assert_eq!(exception.bind(py).str()?, "no");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn into_value(self, py: Python<'_>) -> Py<PyBaseException> {
        self.state.into_value(py)
    }

    /// Returns the type of the exception.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = py.eval(c"1 / 0", None, None).unwrap_err();
    ///     assert_eq!(error.get_type(py).name()?, "ZeroDivisionError");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn get_type<'py>(&self, py: Python<'py>) -> Bound<'py, PyType> {
        self.value(py).get_type()
    }

    /// Returns the traceback, if there is one: `__traceback__`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = py.run(c"1 / 0", None, None).unwrap_err();
    ///     assert!(error.traceback(py).is_some());
    /// });
    /// ```
    #[inline]
    pub fn traceback<'py>(&self, py: Python<'py>) -> Option<Bound<'py, PyTraceback>> {
        Active::exception_traceback(py.attached(), self.value(py).handle()).map(Bound::from_handle)
    }

    /// Sets `__traceback__`, or removes it if `tb` is `None`.
    pub fn set_traceback<'py>(&self, py: Python<'py>, tb: Option<Bound<'py, PyTraceback>>) {
        Active::exception_set_traceback(py.attached(), self.value(py).handle(), tb.as_ref().map(Bound::handle));
    }

    /// Returns the cause, if there is one: `__cause__`, which `raise ... from` sets.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::{PyKeyError, PyValueError};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = PyValueError::new_err("bad settings");
    ///     error.set_cause(py, Some(PyKeyError::new_err("depth")));
    ///     assert!(error.cause(py).unwrap().is_instance_of::<PyKeyError>(py));
    /// });
    /// ```
    pub fn cause(&self, py: Python<'_>) -> Option<PyErr> {
        Active::exception_cause(py.attached(), self.value(py).handle()).map(from_exception)
    }

    /// Sets `__cause__`, or removes it if `cause` is `None`.
    pub fn set_cause(&self, py: Python<'_>, cause: Option<Self>) {
        let cause = cause.map(|cause| base_exception(cause.into_value(py).into_bound(py)));
        Active::exception_set_cause(py.attached(), self.value(py).handle(), cause);
    }

    /// Returns the exception that was being handled when this one was raised, if there is one: `__context__`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let source = c"try:\n    1 / 0\nexcept ZeroDivisionError:\n    {}['key']";
    ///     let error = py.run(source, None, None).unwrap_err();
    ///     assert_eq!(error.context(py).unwrap().to_string(), "ZeroDivisionError: division by zero");
    /// });
    /// ```
    pub fn context(&self, py: Python<'_>) -> Option<PyErr> {
        Active::exception_context(py.attached(), self.value(py).handle()).map(from_exception)
    }

    /// Sets `__context__`, or removes it if `context` is `None`.
    pub fn set_context(&self, py: Python<'_>, context: Option<Self>) {
        let context = context.map(|context| base_exception(context.into_value(py).into_bound(py)));
        Active::exception_set_context(py.attached(), self.value(py).handle(), context);
    }

    /// Adds a note, like `BaseException.add_note`. Does nothing before Python 3.11.
    ///
    /// # Errors
    ///
    /// Returns `TypeError` if `__notes__` is not a list, or the error of converting `note`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyValueError;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = PyValueError::new_err("no number");
    ///     error.add_note(py, "while reading line 3")?;
    ///     if py.version_info() >= (3, 11) {
    ///         let notes: Vec<String> = error.value(py).getattr("__notes__")?.extract()?;
    ///         assert_eq!(notes, ["while reading line 3"]);
    ///     }
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn add_note<N>(&self, py: Python<'_>, note: N) -> PyResult<()>
    where
        N: for<'py> IntoPyObject<'py, Target = PyString>,
    {
        let value = self.value(py);
        if let Some(add_note) = value.getattr_opt(crate::intern!(py, "add_note"))? {
            add_note.call1((note,))?;
        }
        Ok(())
    }

    /// Takes the pending exception, which foreign code set through the C API. Returns `None` if there is none.
    ///
    /// # Panics
    ///
    /// Resumes a Rust panic that passed through Python as a `PanicException`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert!(PyErr::take(py).is_none());
    /// });
    /// ```
    pub fn take(py: Python<'_>) -> Option<PyErr> {
        Active::capi_error_fetch(py.attached()).map(|raised| PyErr::from_raised(py, raised))
    }

    /// Takes the pending exception like [`take`](PyErr::take), when one is expected. Returns a `SystemError` if there
    /// is none.
    ///
    /// # Panics
    ///
    /// Same as [`take`](PyErr::take).
    pub fn fetch(py: Python<'_>) -> PyErr {
        const MISSING: &str = "attempted to fetch exception but none was set";
        PyErr::take(py).unwrap_or_else(|| exceptions::PySystemError::new_err(MISSING))
    }

    /// Returns `true` if an exception is pending.
    #[inline]
    pub fn occurred(py: Python<'_>) -> bool {
        match Active::capi_error_fetch(py.attached()) {
            Some(raised) => {
                Active::capi_error_leave(py.attached(), raised);
                true
            }
            None => false,
        }
    }

    /// Makes this the pending exception, for foreign code that is about to return to Python.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyValueError;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     PyValueError::new_err("for C").restore(py);
    ///     assert!(PyErr::occurred(py));
    ///     assert_eq!(PyErr::fetch(py).to_string(), "ValueError: for C");
    /// });
    /// ```
    pub fn restore(self, py: Python<'_>) {
        Active::capi_error_leave(py.attached(), self.into_raised(py));
    }

    /// Creates a new exception type.
    ///
    /// `name` is `module.Name`. `doc` is the docstring, `base` the base class (by default `Exception`), and `dict`
    /// contains further attributes.
    ///
    /// # Errors
    ///
    /// Returns an error if `base` is not an exception type, or the exception that a metaclass raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyValueError;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let base = py.get_type::<PyValueError>();
    ///     let class = PyErr::new_type(py, c"shop.SoldOut", Some(c"Nothing left."), Some(&base), None)?;
    ///     let error = PyErr::from_type(class.into_bound(py), ("cake",));
    ///     assert!(error.is_instance_of::<PyValueError>(py));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn new_type<'py>(
        py: Python<'py>,
        name: &CStr,
        doc: Option<&CStr>,
        base: Option<&Bound<'py, NewTypeBase>>,
        dict: Option<Py<PyAny>>,
    ) -> PyResult<Py<PyType>> {
        let dict = match &dict {
            Some(dict) => Some(dict.bind(py).cast::<PyDict>()?),
            None => None,
        };
        Active::type_new_exception(py.attached(), name, doc, base.map(Bound::any_handle), dict.map(Bound::handle))
            .or_raise(py)
            .map(|class| Bound::<PyType>::from_handle(class).unbind())
    }

    /// Prints the exception and its traceback by calling `sys.excepthook`.
    pub fn print(&self, py: Python<'_>) {
        Active::error_print(py.attached(), base_exception(self.value(py).clone()), false);
    }

    /// Prints the exception like [`print`](PyErr::print), and stores it in `sys.last_exc` and the older variables for
    /// it.
    pub fn print_and_set_sys_last_vars(&self, py: Python<'_>) {
        Active::error_print(py.attached(), base_exception(self.value(py).clone()), true);
    }

    /// Writes the exception and its traceback to `sys.stderr`, without calling `sys.excepthook`.
    pub fn display(&self, py: Python<'_>) {
        Active::error_display(py.attached(), self.value(py).handle());
    }

    /// Reports the exception to `sys.unraisablehook`. For code that cannot raise it, such as destructors. `obj` tells
    /// where it occurred.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyValueError;
    ///
    /// struct Log(Py<PyAny>);
    ///
    /// impl Drop for Log {
    ///     fn drop(&mut self) {
    ///         // Nobody can handle an error of a destructor.
    ///         Python::try_attach(|py| {
    ///             if let Err(error) = self.0.call_method0(py, "flush") {
    ///                 error.write_unraisable(py, None);
    ///             }
    ///         });
    ///     }
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     drop(Log(py.import("sys")?.getattr("stdout")?.unbind()));
    ///     # let _ = PyValueError::new_err(());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn write_unraisable(self, py: Python<'_>, obj: Option<&Bound<'_, PyAny>>) {
        let exception = base_exception(self.into_value(py).into_bound(py));
        Active::error_write_unraisable(py.attached(), exception, obj.map(Bound::any_handle));
    }

    /// Returns `true` if a clause `except exc:` would catch the exception. `exc` is a type or a tuple of types.
    ///
    /// # Errors
    ///
    /// Returns the error of converting `exc`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
    /// use pyo3::types::PyTuple;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let classes = PyTuple::new(py, [py.get_type::<PyValueError>(), py.get_type::<PyTypeError>()])?;
    ///     assert!(PyTypeError::new_err("no").matches(py, &classes)?);
    ///     assert!(!PyKeyError::new_err("no").matches(py, &classes)?);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn matches<'py, T>(&self, py: Python<'py>, exc: T) -> Result<bool, T::Error>
    where
        T: IntoPyObject<'py>,
    {
        let class = crate::BoundObject::into_any(exc.into_pyobject(py)?);
        let class = crate::BoundObject::as_borrowed(&class);
        Ok(self.is_instance(py, &class))
    }

    /// Does the same as [`matches`](PyErr::matches), for a Python object.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::{PyKeyError, PyLookupError};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = PyKeyError::new_err("key");
    ///     assert!(error.is_instance(py, &py.get_type::<PyLookupError>()));
    /// });
    /// ```
    pub fn is_instance(&self, py: Python<'_>, ty: &Bound<'_, PyAny>) -> bool {
        Active::exception_matches(py.attached(), self.value(py).any_handle(), ty.any_handle())
    }

    /// Returns `true` if a clause `except T:` would catch the exception.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::{PyKeyError, PyLookupError};
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = py.eval(c"{}['key']", None, None).unwrap_err();
    ///     assert!(error.is_instance_of::<PyKeyError>(py) && error.is_instance_of::<PyLookupError>(py));
    /// });
    /// ```
    #[inline]
    pub fn is_instance_of<T: PyTypeInfo>(&self, py: Python<'_>) -> bool {
        self.is_instance(py, T::type_object(py).as_any())
    }

    /// Issues a warning of the class `category`.
    ///
    /// A `stacklevel` of 0 or 1 attributes it to the caller's frame, 2 to the frame above, and so on.
    ///
    /// # Errors
    ///
    /// Returns the warning as an error if the warning filters turn it into an exception.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// # Python::attach(|py| {
    /// let category = py.get_type::<pyo3::exceptions::PyUserWarning>();
    /// PyErr::warn(py, &category, c"careful", 0)?;
    /// # Ok::<(), PyErr>(()) }).unwrap();
    /// ```
    pub fn warn(py: Python<'_>, category: &Bound<'_, PyAny>, message: &CStr, stacklevel: i32) -> PyResult<()> {
        Active::error_warn(py.attached(), category.any_handle(), message, stacklevel).or_raise(py)
    }

    /// Issues a warning that is attributed to a given place in a file.
    ///
    /// # Errors
    ///
    /// Returns the warning as an error if the warning filters turn it into an exception.
    pub fn warn_explicit(
        py: Python<'_>,
        category: &Bound<'_, PyAny>,
        message: &CStr,
        filename: &CStr,
        lineno: i32,
        module: Option<&CStr>,
        registry: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<()> {
        let text = |text: &CStr| text.to_string_lossy().into_owned();
        let kwargs = PyDict::new(py);
        // An omitted module differs from `None`: Python drops warnings whose module is `None`.
        if let Some(module) = module {
            crate::types::PyDictMethods::set_item(&kwargs, "module", text(module))?;
        }
        crate::types::PyDictMethods::set_item(&kwargs, "registry", registry)?;
        let place = (text(message), category, text(filename), lineno);
        py.import("warnings")?.getattr("warn_explicit")?.call(place, Some(&kwargs)).map(drop)
    }

    /// Returns another `PyErr` for the same exception.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::exceptions::PyValueError;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let error = PyValueError::new_err("once");
    ///     let same = error.clone_ref(py);
    ///     assert!(same.value(py).is(error.value(py)));
    /// });
    /// ```
    pub fn clone_ref(&self, py: Python<'_>) -> PyErr {
        PyErr { state: PyErrState::normalized(self.state.value(py).clone_ref(py)) }
    }
}

/// Returns the handle of an exception.
fn base_exception(exception: Bound<'_, PyBaseException>) -> Owned<'_, pyo3_backend::kind::BaseException> {
    exception.into_handle()
}

/// Creates a `PyErr` from the handle of an exception.
fn from_exception(exception: Owned<'_, pyo3_backend::kind::BaseException>) -> PyErr {
    PyErr { state: PyErrState::normalized(Py::from_handle(exception.into_global())) }
}

/// Conversion of the contract's outcomes to [`PyResult`].
pub(crate) trait ResultExt<T> {
    /// Turns the error of a failed operation into a [`PyErr`].
    fn or_raise(self, py: Python<'_>) -> PyResult<T>;
}

impl<T> ResultExt<T> for Result<T, Raised<'_>> {
    #[inline]
    fn or_raise(self, py: Python<'_>) -> PyResult<T> {
        match self {
            Ok(value) => Ok(value),
            Err(raised) => Err(PyErr::from_raised(py, raised)),
        }
    }
}

/// Marks exception types, whose instances convert to a [`PyErr`].
pub trait ToPyErr {}

impl<'py, T: ToPyErr> From<Bound<'py, T>> for PyErr {
    fn from(exception: Bound<'py, T>) -> PyErr {
        PyErr::from_value(exception.into_any())
    }
}

impl core::fmt::Debug for PyErr {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        Python::attach(|py| {
            let traceback = self.traceback(py).map(|traceback| impls::traceback_text(&traceback));
            let (class, value) = (self.get_type(py), self.value(py));
            f.debug_struct("PyErr").field("type", &class).field("value", value).field("traceback", &traceback).finish()
        })
    }
}

impl core::fmt::Display for PyErr {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        Python::attach(|py| {
            let value = self.value(py);
            let class = value.get_type();
            let name = crate::types::PyTypeMethods::qualname(&class).map_err(|_| core::fmt::Error)?;
            write!(f, "{name}")?;
            match value.str() {
                Ok(text) => write!(f, ": {}", crate::types::PyStringMethods::to_string_lossy(&text)),
                Err(_) => f.write_str(": <exception str() failed>"),
            }
        })
    }
}

impl std::error::Error for PyErr {}
