//! [`Python`]: the proof that the thread is attached, and the operations that need nothing else.

#![expect(
    unsafe_code,
    reason = "`assume_attached`, `attach_unchecked` and `Ungil` are unsafe in the API we are compatible with"
)]

use std::ffi::CStr;

use pyo3_backend::{AttachError, InterpreterOps, ThreadOps};

use crate::backend::{Active, Attached, connect_c_api};
use crate::err::ResultExt;
use crate::instance::{Bound, Py};
use crate::type_object::PyTypeInfo;
use crate::types::code::PyCodeInput;
use crate::types::{
    PyAny, PyCode, PyCodeMethods, PyDict, PyEllipsis, PyModule, PyNone, PyNotImplemented, PyString, PyType,
};
use crate::{IntoPyObject, PyResult, PythonVersionInfo};

/// Proof that the current thread is attached to the Python interpreter, for the lifetime `'py`.
///
/// Zero-sized. Every function that touches Python takes one, or something that contains one.
///
/// ```
/// # use pyo3::prelude::*;
/// fn greet<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
///     // Every call of Python needs the token, or a handle that contains it.
///     format!("Hello {name}").into_pyobject(py)?.call_method0("title")
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     assert_eq!(greet(py, "ada")?.to_string(), "Hello Ada");
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
#[derive(Clone, Copy)]
pub struct Python<'py>(Attached<'py>);

/// A type that may be used while the thread is detached.
///
/// `Send` approximates it: a value that may go to another thread does not depend on this thread being attached.
///
/// # Safety
///
/// The type holds nothing that is valid only while attached.
pub unsafe trait Ungil {}

// SAFETY: `Python`, `Bound` and all types that contain them are not `Send`.
unsafe impl<T: Send> Ungil for T {}

impl core::fmt::Debug for Python<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Python")
    }
}

impl Python<'_> {
    /// Attaches the thread to the interpreter, runs `f`, and restores the previous state of the thread.
    ///
    /// With the feature `auto-initialize`, starts the interpreter first if none runs.
    ///
    /// # Panics
    ///
    /// - If no interpreter runs: call [`Python::initialize`] first.
    /// - If the interpreter is being finalised.
    /// - Inside `__traverse__`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// let version: String = Python::attach(|py| py.import("sys")?.getattr("version")?.extract())?;
    /// # let _ = version;
    /// # Ok::<(), PyErr>(())
    /// ```
    #[inline]
    #[track_caller]
    pub fn attach<F, R>(f: F) -> R
    where
        F: for<'py> FnOnce(Python<'py>) -> R,
    {
        // The call is usually nested, so look for an interpreter only after attaching has failed.
        let mut f = Some(f);
        #[cfg_attr(not(feature = "auto-initialize"), expect(unused_mut, reason = "there is only one attempt"))]
        let mut outcome = attach_once(&mut f);
        #[cfg(feature = "auto-initialize")]
        if let Err(AttachError::NotInitialized) = outcome {
            Python::initialize();
            outcome = attach_once(&mut f);
        }
        match outcome {
            Ok(Some(result)) => result,
            Ok(None) => unreachable!("a refusal does not run the function"),
            Err(error) => refused(error),
        }
    }

    /// Attaches the thread and runs `f`, as [`attach`](Python::attach) does, but returns `None` if the thread cannot be
    /// attached. Never starts an interpreter.
    ///
    /// Use it in code that may run while the interpreter shuts down, such as your own threads and destructors.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// match Python::try_attach(|py| py.version_info().major) {
    ///     Some(major) => assert_eq!(major, 3),
    ///     None => println!("no interpreter runs"),
    /// }
    /// ```
    #[inline]
    pub fn try_attach<F, R>(f: F) -> Option<R>
    where
        F: for<'py> FnOnce(Python<'py>) -> R,
    {
        Active::thread_attach(|attached| f(Python(attached))).ok()
    }

    /// Starts the interpreter if none runs. The thread is detached afterwards.
    ///
    /// Does not install Python's signal handlers. Later calls do nothing.
    pub fn initialize() {
        connect_c_api();
        if !Active::interpreter_is_initialized() {
            Active::interpreter_initialize();
        }
    }

    /// Attaches the thread and runs `f`, as [`attach`](Python::attach) does. The caller guarantees that an interpreter
    /// runs.
    ///
    /// # Safety
    ///
    /// The interpreter is initialised and is not being finalised, and the thread may attach.
    pub unsafe fn attach_unchecked<F, R>(f: F) -> R
    where
        F: for<'py> FnOnce(Python<'py>) -> R,
    {
        match Active::thread_attach(|attached| f(Python(attached))) {
            Ok(result) => result,
            Err(error) => refused(error),
        }
    }

    /// Returns the version of Python, as in `sys.version`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// assert!(Python::version_str().starts_with("3."));
    /// ```
    pub fn version_str() -> &'static str {
        Active::interpreter_version()
    }
}

/// Attaches the thread, takes the function out of `f`, and runs it. Leaves it in `f` for another try if attaching
/// fails.
#[inline]
fn attach_once<F, R>(f: &mut Option<F>) -> Result<Option<R>, AttachError>
where
    F: for<'py> FnOnce(Python<'py>) -> R,
{
    connect_c_api();
    Active::thread_attach(|attached| f.take().map(|f| f(Python(attached))))
}

/// Panics with the reason why the thread could not attach.
#[cold]
#[track_caller]
fn refused(error: AttachError) -> ! {
    match error {
        AttachError::NotInitialized => panic!(
            "The Python interpreter is not initialized and the `auto-initialize` feature is not enabled.\n\n\
             Consider calling `Python::initialize()` before attempting to use Python APIs."
        ),
        AttachError::Finalizing => panic!("Cannot attach to the Python interpreter while it is finalizing."),
        AttachError::InTraverse => panic!(
            "Attaching a thread to the interpreter is prohibited while a __traverse__ implementation is running."
        ),
    }
}

impl<'py> Python<'py> {
    /// Detaches the thread, runs `f`, and attaches again, so that other threads can run Python meanwhile.
    ///
    /// `f` cannot use Python: values that belong to this attachment are not [`Ungil`].
    ///
    /// If the interpreter begins to shut down meanwhile, this function does not return: the thread blocks until the
    /// process ends.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let total: u64 = py.detach(|| (0..1000).sum());
    ///     assert_eq!(total, 499_500);
    /// });
    /// ```
    pub fn detach<T, F>(self, f: F) -> T
    where
        F: Ungil + FnOnce() -> T,
        T: Ungil,
    {
        /// The closure that runs while the thread is detached.
        struct Detached<F>(F);

        // SAFETY: the closure does not go to another thread. The contract uses `Send` to require that the closure
        // contains nothing of Python, and `Ungil` promises that.
        unsafe impl<F: Ungil> Send for Detached<F> {}

        impl<T, F: FnOnce() -> T> Detached<F> {
            fn run(self) -> T {
                (self.0)()
            }
        }

        let detached = Detached(f);
        Active::thread_detach(self.0, move || detached.run())
    }

    /// Evaluates an expression.
    ///
    /// `globals` defaults to the dict of `__main__`, `locals` to the globals.
    ///
    /// # Errors
    ///
    /// `SyntaxError`, or what the expression raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let names = PyDict::new(py);
    ///     names.set_item("x", 20)?;
    ///     let result = py.eval(c"2 * x + 2", Some(&names), None)?;
    ///     assert_eq!(result.extract::<i32>()?, 42);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn eval(
        self,
        code: &CStr,
        globals: Option<&Bound<'py, PyDict>>,
        locals: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        PyCode::compile(self, code, c"<string>", PyCodeInput::Eval)?.run(globals, locals)
    }

    /// Runs statements. The arguments are those of [`eval`](Python::eval).
    ///
    /// # Errors
    ///
    /// `SyntaxError`, or what the code raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::PyDict;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let locals = PyDict::new(py);
    ///     py.run(c"answer = 6 * 7", None, Some(&locals))?;
    ///     let answer: i32 = locals.get_item("answer")?.unwrap().extract()?;
    ///     assert_eq!(answer, 42);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn run(
        self,
        code: &CStr,
        globals: Option<&Bound<'py, PyDict>>,
        locals: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<()> {
        PyCode::compile(self, code, c"<string>", PyCodeInput::File)?.run(globals, locals).map(drop)
    }

    /// Returns the type object of `T`.
    ///
    /// # Panics
    ///
    /// Same as [`PyTypeInfo::type_object`].
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyDict;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(py.get_type::<PyDict>().to_string(), "<class 'dict'>");
    /// });
    /// ```
    #[inline]
    pub fn get_type<T: PyTypeInfo>(self) -> Bound<'py, PyType> {
        T::type_object(self)
    }

    /// Imports a module.
    ///
    /// # Errors
    ///
    /// `ImportError`, or what the module raises.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let path = py.import("os.path")?;
    ///     let joined = path.call_method1("basename", ("/home/ada",))?;
    ///     assert_eq!(joined.extract::<String>()?, "ada");
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn import<N>(self, name: N) -> PyResult<Bound<'py, PyModule>>
    where
        N: IntoPyObject<'py, Target = PyString>,
    {
        PyModule::import(self, name)
    }

    /// Returns `None`.
    #[allow(non_snake_case, reason = "named as in Python")]
    #[inline]
    pub fn None(self) -> Py<PyAny> {
        PyNone::get(self).to_owned().into_any().unbind()
    }

    /// Returns `...`.
    #[allow(non_snake_case, reason = "named as in Python")]
    #[inline]
    pub fn Ellipsis(self) -> Py<PyAny> {
        PyEllipsis::get(self).to_owned().into_any().unbind()
    }

    /// Returns `NotImplemented`.
    #[allow(non_snake_case, reason = "named as in Python")]
    #[inline]
    pub fn NotImplemented(self) -> Py<PyAny> {
        PyNotImplemented::get(self).to_owned().into_any().unbind()
    }

    /// Returns the version of Python, as in `sys.version`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert!(py.version().starts_with("3."));
    /// });
    /// ```
    #[deprecated(since = "0.29.0", note = "use Python::version_str instead")]
    pub fn version(self) -> &'static str {
        Python::version_str()
    }

    /// Returns the version of Python as numbers.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert!(py.version_info() >= (3, 9));
    /// });
    /// ```
    pub fn version_info(self) -> PythonVersionInfo {
        PythonVersionInfo::parse(Active::interpreter_version())
    }

    /// Runs Python's signal handlers, so that Ctrl-C can end a long computation in Rust.
    ///
    /// # Errors
    ///
    /// What a handler raises, usually `KeyboardInterrupt`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// fn count(py: Python<'_>, limit: u64) -> PyResult<u64> {
    ///     let mut sum = 0;
    ///     for number in 0..limit {
    ///         if number % 1_000 == 0 {
    ///             py.check_signals()?;
    ///         }
    ///         sum += number;
    ///     }
    ///     Ok(sum)
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     assert_eq!(count(py, 10_000)?, 49_995_000);
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    pub fn check_signals(self) -> PyResult<()> {
        Active::thread_check_signals(self.0).or_raise(self)
    }

    /// Returns the contract's token.
    #[inline]
    pub(crate) fn attached(self) -> Attached<'py> {
        self.0
    }

    /// Wraps the contract's token.
    #[inline]
    pub(crate) fn from_attached(attached: Attached<'py>) -> Self {
        Python(attached)
    }
}

impl<'unbound> Python<'unbound> {
    /// Claims that the thread is attached.
    ///
    /// # Safety
    ///
    /// The thread is attached to the interpreter, and stays so for the lifetime that the caller chooses.
    #[inline]
    pub unsafe fn assume_attached() -> Python<'unbound> {
        // SAFETY: the caller promises it.
        Python(unsafe { Attached::assume() })
    }
}
