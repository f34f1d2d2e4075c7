//! The definition of a class: the traits that `#[pyclass]` implements.

use core::ffi::CStr;

use pyo3_backend::{ClassFlags, FreeList};

use super::base::PyClassBaseType;
use super::clearing::Clearing;
use super::members::Members;
use super::threads::Threads;
use super::type_cell::TypeCell;
use super::{PyTraverseError, PyVisit};
use crate::{PyResult, PyTypeInfo, Python};

/// A Rust type that is a Python class. `#[pyclass]` implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a Python class",
    label = "not a `#[pyclass]`",
    note = "put `#[pyclass]` on `{Self}`"
)]
pub trait PyClass: PyClassImpl + PyTypeInfo {
    /// The name of the class: `__name__`.
    const NAME: &'static str;

    /// Whether instances can only be read: [`True`](boolean_struct::True) for `#[pyclass(frozen)]`.
    type Frozen: boolean_struct::private::Boolean;
}

/// The properties of a class that `#[pyclass]` declares. Only the macro implements it.
pub trait PyClassImpl: Sized + 'static {
    /// The class that this one extends.
    type BaseType: PyTypeInfo + PyClassBaseType;

    /// The threads on which instances may be used.
    type Threads: Threads;

    /// Whether the class gives instances a `__dict__`.
    const HAS_DICT: bool;

    /// Whether the class allows weak references to instances.
    const HAS_WEAKREFS: bool;

    /// The module of the class: `__module__`.
    const MODULE: Option<&'static str>;

    /// The class as a type hint.
    #[cfg(feature = "experimental-inspect")]
    const TYPE_HINT: crate::inspect::PyStaticExpr;

    /// The docstring: `__doc__`. Empty if there is none.
    const DOC: &'static CStr;

    /// Options that apply to the class as a whole.
    const FLAGS: ClassFlags;

    /// Whether the class has a `__traverse__`.
    const TRAVERSES: bool;

    /// The list that keeps dead instances for reuse: the option `freelist`.
    const FREE_LIST: Option<&'static FreeList> = None;

    /// Returns the static that stores the type object.
    fn type_cell() -> &'static TypeCell;

    /// Returns methods, properties, protocols and class attributes.
    fn members() -> Members;

    /// Shows the value's references to the collector: `__traverse__`.
    ///
    /// # Errors
    ///
    /// If the collector stops the traversal.
    fn traverse(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError>;

    /// Clears the value's references: `__clear__`.
    ///
    /// # Errors
    ///
    /// What the user's function returns.
    fn clear(py: Python<'_>, cell: Clearing<'_, Self>) -> PyResult<()>;
}

/// Truth values as types.
pub mod boolean_struct {
    pub(crate) mod private {
        use crate::pyclass::borrow::{BorrowFlag, Flag, NoFlag};

        /// Either [`True`](super::True) or [`False`](super::False).
        pub trait Boolean {
            /// The type that counts the borrows of an instance, depending on whether its class is frozen.
            #[doc(hidden)]
            type Flag: Flag;
        }

        impl Boolean for super::True {
            type Flag = NoFlag;
        }

        impl Boolean for super::False {
            type Flag = BorrowFlag;
        }
    }

    /// The type that stands for `true`.
    pub struct True(());

    /// The type that stands for `false`.
    pub struct False(());
}
