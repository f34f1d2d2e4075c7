//! What a class is: the traits that `#[pyclass]` implements.

use core::ffi::CStr;

use pyo3_backend::{ClassFlags, FreeList, InstanceSlot};

use super::base::PyClassBaseType;
use super::clearing::Clearing;
use super::members::Items;
use super::threads::Threads;
use super::type_cell::TypeCell;
use super::{PyTraverseError, PyVisit};
use crate::{PyResult, PyTypeInfo, Python};

/// A Rust type that is a Python class: what `#[pyclass]` implements.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a Python class",
    label = "not a `#[pyclass]`",
    note = "put `#[pyclass]` on `{Self}`"
)]
pub trait PyClass: PyClassImpl + PyTypeInfo {
    /// `__name__`.
    const NAME: &'static str;

    /// Whether instances can only be read: [`True`](boolean_struct::True) for `#[pyclass(frozen)]`.
    type Frozen: boolean_struct::private::Boolean;
}

/// What `#[pyclass]` knows of a class. Implemented by the macro alone.
pub trait PyClassImpl: Sized + 'static {
    /// What it extends.
    type BaseType: PyTypeInfo + PyClassBaseType;

    /// Room for a `__dict__`.
    type DictSlot: InstanceSlot;

    /// Room for weak references.
    type WeakrefSlot: InstanceSlot;

    /// On which threads instances may be used.
    type Threads: Threads;

    /// `__module__`.
    const MODULE: Option<&'static str>;

    /// The class as a type hint.
    #[cfg(feature = "experimental-inspect")]
    const TYPE_HINT: crate::inspect::PyStaticExpr;

    /// `__doc__`, or empty.
    const DOC: &'static CStr;

    /// What is true of the class as a whole.
    const FLAGS: ClassFlags;

    /// Whether there is a `__traverse__`.
    const TRAVERSES: bool;

    /// The option `freelist`.
    fn free_list() -> Option<&'static FreeList> {
        None
    }

    /// Where the type object is kept.
    fn type_cell() -> &'static TypeCell;

    /// Collects methods, properties, protocols and class attributes.
    fn collect(items: &mut Items<Self>);

    /// `__traverse__`.
    ///
    /// # Errors
    ///
    /// Where the collector wants no more.
    fn traverse(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError>;

    /// `__clear__`.
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

        /// One of the two.
        pub trait Boolean {
            /// What an instance counts its borrows with.
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

    /// Yes.
    pub struct True(());

    /// No.
    pub struct False(());
}
