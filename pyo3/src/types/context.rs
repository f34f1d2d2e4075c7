//! [`PyContext`]: Python's `contextvars.Context`, and watchers, which are told when another context becomes the current
//! one.
//!
//! Watchers need a runtime that reports this: CPython 3.14 or later, except in free-threaded builds and with the stable
//! ABI. Elsewhere, [`PyContext::add_watcher`] raises `NotImplementedError`. PyO3 does not have it there.

use core::ffi::c_uint;
use core::mem;

use pyo3_backend::ContextOps;

use crate::backend::Active;
use crate::err::ResultExt;
use crate::{Borrowed, PyAny, PyResult, PyTypeInfo, Python};

imported_types! {
    /// Python's `contextvars.Context`: the values of all context variables in one task.
    ///
    /// Call the methods of the Python class by name.
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

impl PyContext {
    /// Adds a watcher: `callback` is called whenever the current context of a thread changes, on that thread.
    ///
    /// [`watch_callback!`] makes a callback of a function. The watcher is removed when the returned guard is dropped.
    /// Errors and panics of the callback go to `sys.unraisablehook`.
    ///
    /// # Errors
    ///
    /// `RuntimeError` if there are too many watchers: CPython has place for eight. `NotImplementedError` if this Python
    /// does not report changes of the context (see the [module](self)).
    ///
    /// ```
    /// use std::sync::atomic::{AtomicUsize, Ordering};
    ///
    /// use pyo3::exceptions::PyNotImplementedError;
    /// use pyo3::prelude::*;
    /// use pyo3::types::PyContext;
    /// use pyo3::types::context::{ContextEvent, watch_callback};
    ///
    /// static ENTERED: AtomicUsize = AtomicUsize::new(0);
    ///
    /// fn count(_: Python<'_>, event: ContextEvent<'_, '_>) -> PyResult<()> {
    ///     if let ContextEvent::Switched(Some(_)) = event {
    ///         ENTERED.fetch_add(1, Ordering::Relaxed);
    ///     }
    ///     Ok(())
    /// }
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let watcher = match PyContext::add_watcher(py, watch_callback!(count)) {
    ///         Err(error) if error.is_instance_of::<PyNotImplementedError>(py) => return Ok(()),
    ///         watcher => watcher?,
    ///     };
    ///     py.run(c"import contextvars; contextvars.Context().run(print)", None, None)?;
    ///     assert!(ENTERED.load(Ordering::Relaxed) > 0);
    ///     watcher.clear()
    /// })
    /// # .unwrap();
    /// ```
    pub fn add_watcher(py: Python<'_>, callback: WatchCallback) -> PyResult<BoundContextWatcherGuard<'_>> {
        // Look the type up now: the callback must not have to import a module.
        PyContext::type_object(py);
        let id = (callback.add)(py)?;
        Ok(BoundContextWatcherGuard { id, py })
    }
}

/// A change that a context watcher is told of.
#[derive(Debug)]
#[non_exhaustive]
pub enum ContextEvent<'a, 'py> {
    /// The thread has another current context, or none any more.
    Switched(Option<Borrowed<'a, 'py, PyContext>>),
    /// An event of a later version of Python.
    Unknown {
        /// Python's number for the event.
        raw_event: c_uint,
        /// The object that Python passes with it.
        object: Option<Borrowed<'a, 'py, PyAny>>,
    },
}

/// A function as the callback of a context watcher. [`watch_callback!`] makes it.
pub struct WatchCallback {
    /// Adds a watcher that calls the function, and returns its number.
    add: fn(Python<'_>) -> PyResult<i32>,
}

impl WatchCallback {
    pub(crate) const fn new(add: fn(Python<'_>) -> PyResult<i32>) -> Self {
        WatchCallback { add }
    }
}

/// A context watcher, which is removed when this is dropped.
///
/// It stays on this thread while the thread is attached. [`unbind`](Self::unbind) gives a guard for other places.
#[must_use = "dropping it removes the watcher"]
pub struct BoundContextWatcherGuard<'py> {
    id: i32,
    py: Python<'py>,
}

impl BoundContextWatcherGuard<'_> {
    /// Removes the watcher.
    ///
    /// # Errors
    ///
    /// `ValueError` if other code has removed it.
    pub fn clear(self) -> PyResult<()> {
        let py = self.py;
        self.unbind().clear(py)
    }

    /// Returns a guard that does not depend on this attachment: it can be stored, and sent to other threads.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// # use pyo3::types::context::{ContextEvent, ContextWatcherGuard, watch_callback};
    /// # use pyo3::types::PyContext;
    /// fn ignore(_: Python<'_>, _: ContextEvent<'_, '_>) -> PyResult<()> {
    ///     Ok(())
    /// }
    ///
    /// # Python::initialize();
    /// let watcher: PyResult<ContextWatcherGuard> =
    ///     Python::attach(|py| Ok(PyContext::add_watcher(py, watch_callback!(ignore))?.unbind()));
    /// if let Ok(watcher) = watcher {
    ///     Python::attach(|py| watcher.clear(py))?;
    /// }
    /// # Ok::<(), PyErr>(())
    /// ```
    pub fn unbind(self) -> ContextWatcherGuard {
        let id = self.id;
        mem::forget(self);
        ContextWatcherGuard { id }
    }
}

impl Drop for BoundContextWatcherGuard<'_> {
    fn drop(&mut self) {
        remove_or_report(self.py, self.id);
    }
}

/// A context watcher, which is removed when this is dropped, on any thread.
///
/// Dropping it attaches the thread if necessary. If that is impossible, because the interpreter ends, the watcher stays.
#[must_use = "dropping it removes the watcher"]
pub struct ContextWatcherGuard {
    id: i32,
}

impl ContextWatcherGuard {
    /// Removes the watcher.
    ///
    /// # Errors
    ///
    /// `ValueError` if other code has removed it.
    pub fn clear(self, py: Python<'_>) -> PyResult<()> {
        let id = self.id;
        mem::forget(self);
        remove(py, id)
    }

    /// Returns a guard that is dropped on this thread, while the thread is attached.
    pub fn into_bound(self, py: Python<'_>) -> BoundContextWatcherGuard<'_> {
        let id = self.id;
        mem::forget(self);
        BoundContextWatcherGuard { id, py }
    }
}

impl Drop for ContextWatcherGuard {
    fn drop(&mut self) {
        let _ = Python::try_attach(|py| remove_or_report(py, self.id));
    }
}

fn remove(py: Python<'_>, id: i32) -> PyResult<()> {
    Active::context_clear_watcher(py.attached(), id).or_raise(py)
}

fn remove_or_report(py: Python<'_>, id: i32) {
    if let Err(error) = remove(py, id) {
        error.write_unraisable(py, None);
    }
}

/// Makes the callback of a context watcher from the path of a function
/// `fn(Python<'_>, ContextEvent<'_, '_>) -> PyResult<()>`.
///
/// It must be a function, because Python passes no data to the callback. Keep what it needs in statics.
#[macro_export]
macro_rules! watch_callback {
    ($function:path) => {{
        struct WatchedByPyo3;

        impl $crate::impl_::context::Watcher for WatchedByPyo3 {
            const FUNCTION: $crate::impl_::context::Function = $function;
        }

        $crate::impl_::context::callback::<WatchedByPyo3>()
    }};
}

pub use crate::watch_callback;
