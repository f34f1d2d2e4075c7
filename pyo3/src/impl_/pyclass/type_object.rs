//! The type object of a class: made on first use, its class attributes set after that.

#![expect(
    unsafe_code,
    reason = "a type object in a static is kept for ever, and is borrowed for as long as the runtime lives"
)]

use std::ffi::CString;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, OnceLock};
use std::thread::{self, ThreadId};

use pyo3_backend::{ClassOps, ClassSpec, kind};

use super::items::{Attribute, Parts};
use super::{ClassOf, Items};
use crate::backend::{Active, Ref};
use crate::err::ResultExt;
use crate::exceptions::PyRuntimeError;
use crate::pyclass::PyClass;
use crate::sync::MutexExt;
use crate::types::{PyString, PyType};
use crate::{Bound, Py, PyErr, PyResult, Python};

/// A static place for a type object.
pub struct TypeCell {
    class: OnceLock<Py<PyType>>,
    /// Whether the class attributes are set, so that there is nothing more to do.
    ready: AtomicBool,
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
    /// Marks this thread; `None` where it is marked.
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
            ready: AtomicBool::new(false),
            busy: Mutex::new(Vec::new()),
            setting: Mutex::new(()),
        }
    }

    #[inline]
    fn finished<'py>(&self, py: Python<'py>) -> Option<Ref<'py, kind::Type>> {
        if self.ready.load(Ordering::Acquire) { self.class.get().map(|class| handle(py, class)) } else { None }
    }
}

/// A type object that is kept for ever, as a handle.
#[inline]
fn handle<'py>(_py: Python<'py>, class: &Py<PyType>) -> Ref<'py, kind::Type> {
    // SAFETY: the object is a type, and the static that `class` is in never gives it up.
    unsafe { Ref::from_ptr(class.traversed().as_ptr()) }
}

/// The type object of `T`, made on first use.
///
/// # Panics
///
/// Where it cannot be made; the reason is reported as unraisable.
#[inline]
pub fn type_handle<T: PyClass>(py: Python<'_>) -> Ref<'_, kind::Type> {
    let cell = T::type_cell();
    match cell.finished(py) {
        Some(class) => class,
        None => prepare::<T>(py, cell),
    }
}

#[cold]
#[inline(never)]
fn prepare<'py, T: PyClass>(py: Python<'py>, cell: &'static TypeCell) -> Ref<'py, kind::Type> {
    try_prepare::<T>(py, cell).unwrap_or_else(|error| failed(py, <T as PyClass>::NAME, error))
}

fn failed(py: Python<'_>, name: &str, error: PyErr) -> ! {
    let outer = PyRuntimeError::new_err(format!("An error occurred while initializing class {name}"));
    outer.set_cause(py, Some(error));
    outer.write_unraisable(py, None);
    panic!("failed to create type object for {name}")
}

fn try_prepare<'py, T: PyClass>(py: Python<'py>, cell: &'static TypeCell) -> PyResult<Ref<'py, kind::Type>> {
    let mut attributes = None;
    let class = match cell.class.get() {
        Some(class) => class,
        None => {
            let (class, found) = create::<T>(py)?;
            attributes = Some(found);
            // Where another thread was faster, its type is the class, and this one goes.
            cell.class.get_or_init(|| class)
        }
    };
    let class = handle(py, class);
    let Some(_busy) = Busy::new(cell) else { return Ok(class) };
    let attributes = attributes.unwrap_or_else(|| {
        let mut items = Items::new();
        T::collect(&mut items);
        items.into_parts().attributes
    });
    set_attributes(py, <T as PyClass>::NAME, class, cell, &attributes).map(|()| class)
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
    if cell.ready.load(Ordering::Acquire) {
        return Ok(());
    }
    for ((name, _), value) in attributes.iter().zip(&values) {
        let name = PyString::new(py, name);
        Active::class_set_attribute(py.attached(), class, name.handle(), value.bind(py).any_handle()).or_raise(py)?;
    }
    cell.ready.store(true, Ordering::Release);
    Ok(())
}

fn create<T: PyClass>(py: Python<'_>) -> PyResult<(Py<PyType>, Vec<Attribute>)> {
    let mut items = Items::<T>::new();
    T::collect(&mut items);
    let Parts { members, attributes, constructor_text } = items.into_parts();
    let doc = match constructor_text {
        None => T::DOC,
        Some(text) => {
            let doc = T::DOC.to_string_lossy();
            let whole = CString::new(format!("{}{text}\n--\n\n{doc}", <T as PyClass>::NAME)).map_err(PyErr::from)?;
            // A class lives as long as the process, and so does its doc.
            Box::leak(whole.into_boxed_c_str())
        }
    };
    let spec = ClassSpec {
        name: <T as PyClass>::NAME,
        module: <T as super::PyClassImpl>::MODULE,
        doc,
        flags: T::FLAGS,
        members,
    };
    let class = Active::class_create::<ClassOf<T>>(py.attached(), spec).or_raise(py)?;
    Ok((Bound::<PyType>::from_handle(class).unbind(), attributes))
}
