//! [`PyBool`]: Python's `bool`.

use pyo3_backend::ObjectOps;

use crate::backend::Active;
use crate::{Borrowed, Bound, Python};

native_types! {
    /// Python's `bool`. Its methods are in [`PyBoolMethods`].
    ///
    /// [`PyBool::new`] or the conversion of a Rust `bool` gives one.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyBool;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let truth = py.eval(c"3 > 2", None, None)?.cast_into::<PyBool>()?;
    ///     assert!(truth.is_true());
    ///     assert!(truth.is(PyBool::new(py, true)));
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    PyBool = Bool;
}

impl PyBool {
    /// Returns `True` or `False`, as a borrowed reference, because both live as long as the interpreter.
    #[inline]
    pub fn new(py: Python<'_>, val: bool) -> Borrowed<'_, '_, Self> {
        Borrowed::from_handle(Active::constant_bool(py.attached(), val))
    }
}

/// Methods of [`PyBool`].
#[doc(alias = "PyBool")]
pub trait PyBoolMethods<'py>: crate::types::sealed::Sealed {
    /// Returns `true` for `True` and `false` for `False`.
    ///
    /// ```
    /// # use pyo3::prelude::*;
    /// use pyo3::types::PyBool;
    ///
    /// # Python::initialize();
    /// Python::attach(|py| {
    ///     let empty = py.eval(c"[] == [1]", None, None)?.cast_into::<PyBool>()?;
    ///     assert!(!empty.is_true());
    ///     Ok::<(), PyErr>(())
    /// })
    /// # .unwrap();
    /// ```
    fn is_true(&self) -> bool;
}

impl<'py> PyBoolMethods<'py> for Bound<'py, PyBool> {
    #[inline]
    fn is_true(&self) -> bool {
        Active::bool_value(self.py().attached(), self.handle())
    }
}

/// Implements equality of Python's `bool` and Rust's, with either on the left, and through references.
macro_rules! equalities {
    ($(($left:ty, $right:ty) |$a:ident, $b:ident| $equal:expr;)+) => {
        $(
            impl PartialEq<$right> for $left {
                #[inline]
                fn eq(&self, other: &$right) -> bool {
                    let ($a, $b) = (self, other);
                    $equal
                }
            }
        )+
    };
}

equalities! {
    (Bound<'_, PyBool>, bool) |object, value| object.is_true() == *value;
    (Bound<'_, PyBool>, &bool) |object, value| object.is_true() == **value;
    (&Bound<'_, PyBool>, bool) |object, value| object.is_true() == *value;
    (Borrowed<'_, '_, PyBool>, bool) |object, value| object.is_true() == *value;
    (Borrowed<'_, '_, PyBool>, &bool) |object, value| object.is_true() == **value;
    (bool, Bound<'_, PyBool>) |value, object| object.is_true() == *value;
    (bool, &Bound<'_, PyBool>) |value, object| object.is_true() == *value;
    (&bool, Bound<'_, PyBool>) |value, object| object.is_true() == **value;
    (bool, Borrowed<'_, '_, PyBool>) |value, object| object.is_true() == *value;
    (&bool, Borrowed<'_, '_, PyBool>) |value, object| object.is_true() == **value;
}
