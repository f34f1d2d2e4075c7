//! Where a class keeps its type object, and how that is made: once, on first use; class attributes are set after that.

#![expect(
    unsafe_code,
    reason = "a type object in a static is kept for ever, and is borrowed for as long as the runtime lives"
)]

use std::ffi::{CStr, CString};
use std::ptr::{NonNull, null_mut};
use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread::{self, ThreadId};

use pyo3_backend::{BackendTypes, ClassFlags, ClassOps, ClassSpec, kind};

use super::members::{Attribute, Parts};
use crate::backend::{Active, Ref};
use crate::err::ResultExt;
use crate::exceptions::PyRuntimeError;
use crate::sync::MutexExt;
use crate::types::{PyString, PyType};
use crate::{Bound, Py, PyErr, PyResult, Python};

type Object = <Active as BackendTypes>::Object;

/// A static place for a type object.
pub struct TypeCell {
    class: OnceLock<Py<PyType>>,
    /// The same class once its attributes are set, so that there is nothing more to do; null before.
    ready: AtomicPtr<Object>,
    /// The threads that are computing class attributes: these may need the class, which must not begin anew.
    busy: Mutex<Vec<ThreadId>>,
    /// Held while the class attributes are set, which one thread does.
    setting: Mutex<()>,
}

/// A thread that computes class attributes, until it has done so or panics.
struct Busy {
    cell: &'static TypeCell,
    thread: ThreadId,
}

impl Busy {
    /// Marks this thread; `None` if it is marked.
    fn new(cell: &'static TypeCell) -> Option<Busy> {
        let thread = thread::current().id();
        let mut busy = cell.busy.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        if busy.contains(&thread) {
            return None;
        }
        busy.push(thread);
        Some(Busy { cell, thread })
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut busy = self.cell.busy.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        busy.retain(|thread| *thread != self.thread);
    }
}

impl TypeCell {
    /// Nothing yet.
    #[expect(clippy::new_without_default, reason = "it lives in a static")]
    pub const fn new() -> Self {
        TypeCell {
            class: OnceLock::new(),
            ready: AtomicPtr::new(null_mut()),
            busy: Mutex::new(Vec::new()),
            setting: Mutex::new(()),
        }
    }

    #[inline]
    pub(super) fn finished<'py>(&self, py: Python<'py>) -> Option<Ref<'py, kind::Type>> {
        let _ = py;
        // SAFETY: what was put there is a type, which `class` never gives up.
        NonNull::new(self.ready.load(Ordering::Acquire)).map(|class| unsafe { Ref::from_ptr(class) })
    }
}

/// A type object that is kept for ever, as a handle.
#[inline]
fn handle<'py>(_py: Python<'py>, class: &Py<PyType>) -> Ref<'py, kind::Type> {
    // SAFETY: the object is a type, and the static that `class` is in never gives it up.
    unsafe { Ref::from_ptr(class.handle_unattached().as_ptr()) }
}

/// How a class is made, as far as that differs between classes: the rest is compiled once.
pub(super) struct Recipe {
    pub(super) name: &'static str,
    pub(super) module: Option<&'static str>,
    pub(super) doc: &'static CStr,
    pub(super) flags: ClassFlags,
    pub(super) collect: fn() -> Parts,
    pub(super) create: for<'py> fn(Python<'py>, ClassSpec<'_, Active>) -> PyResult<Bound<'py, PyType>>,
}

impl Recipe {
    /// The type object, made now and put into `cell`, or found there.
    ///
    /// # Panics
    ///
    /// Where it cannot be made; the reason is reported as unraisable.
    pub(super) fn prepare<'py>(&self, py: Python<'py>, cell: &'static TypeCell) -> Ref<'py, kind::Type> {
        self.try_prepare(py, cell).unwrap_or_else(|error| failed(py, self.name, error))
    }

    fn try_prepare<'py>(&self, py: Python<'py>, cell: &'static TypeCell) -> PyResult<Ref<'py, kind::Type>> {
        let mut attributes = None;
        let class = match cell.class.get() {
            Some(class) => class,
            None => {
                let (class, found) = self.create(py)?;
                attributes = Some(found);
                // Where another thread was faster, its type is the class, and this one goes.
                cell.class.get_or_init(|| class)
            }
        };
        let class = handle(py, class);
        let Some(_busy) = Busy::new(cell) else { return Ok(class) };
        let attributes = attributes.unwrap_or_else(|| (self.collect)().attributes);
        set_attributes(py, self.name, class, cell, &attributes).map(|()| class)
    }

    fn create(&self, py: Python<'_>) -> PyResult<(Py<PyType>, Vec<Attribute>)> {
        let Parts { members, attributes, constructor_text } = (self.collect)();
        let doc = match constructor_text {
            None => self.doc,
            Some(text) => {
                let doc = self.doc.to_string_lossy();
                let whole = CString::new(format!("{}{text}\n--\n\n{doc}", self.name)).map_err(PyErr::from)?;
                // A class lives as long as the process, and so does its doc.
                Box::leak(whole.into_boxed_c_str())
            }
        };
        let spec = ClassSpec { name: self.name, module: self.module, doc, flags: self.flags, members };
        Ok(((self.create)(py, spec)?.unbind(), attributes))
    }
}

fn failed(py: Python<'_>, name: &str, error: PyErr) -> ! {
    let outer = PyRuntimeError::new_err(format!("An error occurred while initializing class {name}"));
    outer.set_cause(py, Some(error));
    outer.write_unraisable(py, None);
    panic!("failed to create type object for {name}")
}

fn set_attributes(
    py: Python<'_>,
    class_name: &str,
    class: Ref<'_, kind::Type>,
    cell: &TypeCell,
    attributes: &[Attribute],
) -> PyResult<()> {
    let mut values = Vec::with_capacity(attributes.len());
    for (name, make) in attributes {
        values.push(make(py).map_err(|error| {
            let outer = PyRuntimeError::new_err(format!("An error occurred while initializing `{class_name}.{name}`"));
            outer.set_cause(py, Some(error));
            outer
        })?);
    }
    // Threads that computed the values at the same time have different objects: the first one's are kept.
    let _setting = cell.setting.lock_py_attached(py).unwrap_or_else(|poisoned| poisoned.into_inner());
    if cell.finished(py).is_some() {
        return Ok(());
    }
    for ((name, _), value) in attributes.iter().zip(&values) {
        let name = PyString::new(py, name);
        Active::class_set_attribute(py.attached(), class, name.handle(), value.any_handle()).or_raise(py)?;
    }
    cell.ready.store(class.as_ptr().as_ptr(), Ordering::Release);
    Ok(())
}
