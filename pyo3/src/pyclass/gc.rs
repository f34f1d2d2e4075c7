//! Visiting references for the garbage collector.

use core::ffi::c_int;
use core::num::NonZero;
use core::ops::ControlFlow;
use std::cell::RefCell;

use pyo3_backend::Stop;

use crate::Py;
use crate::backend::{Active, Ref};

/// The signal that the collector wants no more references. Return it from `__traverse__`.
#[derive(Debug)]
#[repr(transparent)]
pub struct PyTraverseError(NonZero<c_int>);

/// The argument of `__traverse__`: shows references to the collector.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::{PyTraverseError, PyVisit};
///
/// #[pyclass]
/// struct Node {
///     next: Option<Py<Node>>,
/// }
///
/// #[pymethods]
/// impl Node {
///     fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
///         visit.call(&self.next)
///     }
///
///     fn __clear__(&mut self) {
///         self.next = None;
///     }
/// }
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let node = Bound::new(py, Node { next: None })?;
///     node.borrow_mut().next = Some(node.clone().unbind());
///     py.import("gc")?.call_method0("collect")?;
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
#[derive(Clone, Copy)]
pub struct PyVisit<'a>(&'a dyn Fn(Ref<'_>) -> ControlFlow<Stop>);

impl PyVisit<'_> {
    /// Shows one reference to the collector, or does nothing for `None`.
    ///
    /// # Errors
    ///
    /// If the traversal must stop.
    pub fn call<'a, T, U: 'a>(&self, obj: T) -> Result<(), PyTraverseError>
    where
        T: Into<Option<&'a Py<U>>>,
    {
        let Some(object) = obj.into() else { return Ok(()) };
        match (self.0)(object.handle_unattached()) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(stop) => Err(PyTraverseError(stop.code())),
        }
    }
}

/// Runs `body` with a [`PyVisit`] that forwards to `visit`.
pub(crate) fn with_visit(
    visit: &mut pyo3_backend::Visit<'_, Active>,
    body: impl FnOnce(PyVisit<'_>) -> Result<(), PyTraverseError>,
) -> ControlFlow<Stop> {
    let visit = RefCell::new(visit);
    let call = |object: Ref<'_>| (visit.borrow_mut())(object);
    match body(PyVisit(&call)) {
        Ok(()) => ControlFlow::Continue(()),
        Err(PyTraverseError(code)) => ControlFlow::Break(Stop::new(code)),
    }
}
