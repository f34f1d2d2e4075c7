//! Classes written in Rust: the traits behind `#[pyclass]`, and guards for the values in their instances.

mod access;
mod gc;
mod guard;
mod guard_mut;
mod payload;

pub use self::gc::{PyTraverseError, PyVisit};
pub use self::guard::{PyClassGuard, PyClassGuardError, PyClassGuardMap};
pub use self::guard_mut::{PyClassGuardMapMut, PyClassGuardMut, PyClassGuardMutError, PyClassGuardMutSuper};
pub use crate::pyclass_init::PyClassInitializer;

pub(crate) use self::gc::with_visit;
pub(crate) use self::payload::Flag;
pub use self::payload::{AnyThread, OneThread};
pub(crate) use self::payload::{
    BorrowFlag, Payload, Threads, begin_read, begin_write, ensure_thread, flag, flag_in, is_filled, payload,
};

use core::cmp::Ordering;

use crate::PyTypeInfo;
use crate::impl_::pyclass::PyClassImpl;

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

/// Truth values as types.
pub mod boolean_struct {
    pub(crate) mod private {
        use crate::pyclass::payload::{BorrowFlag, Flag, NoFlag};

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

/// The six comparisons, as `__richcmp__` is told of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `<`
    Lt = 0,
    /// `<=`
    Le = 1,
    /// `==`
    Eq = 2,
    /// `!=`
    Ne = 3,
    /// `>`
    Gt = 4,
    /// `>=`
    Ge = 5,
}

impl CompareOp {
    /// The operator with CPython's number `op`.
    ///
    /// ```
    /// # use pyo3::pyclass::CompareOp;
    /// assert_eq!(CompareOp::from_raw(2), Some(CompareOp::Eq));
    /// assert_eq!(CompareOp::from_raw(6), None);
    /// ```
    pub fn from_raw(op: core::ffi::c_int) -> Option<Self> {
        Some(match op {
            0 => CompareOp::Lt,
            1 => CompareOp::Le,
            2 => CompareOp::Eq,
            3 => CompareOp::Ne,
            4 => CompareOp::Gt,
            5 => CompareOp::Ge,
            _ => return None,
        })
    }

    /// Whether two values that compare as `result` satisfy the operator.
    ///
    /// ```
    /// # use pyo3::pyclass::CompareOp;
    /// assert!(CompareOp::Le.matches(1.cmp(&2)));
    /// ```
    pub fn matches(&self, result: Ordering) -> bool {
        match self {
            CompareOp::Lt => result.is_lt(),
            CompareOp::Le => result.is_le(),
            CompareOp::Eq => result.is_eq(),
            CompareOp::Ne => result.is_ne(),
            CompareOp::Gt => result.is_gt(),
            CompareOp::Ge => result.is_ge(),
        }
    }
}
