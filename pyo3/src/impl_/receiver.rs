//! The receiver of a method: the instance in the form that it takes, the class, or the module.

use crate::err::PyResult;
use crate::pyclass::boolean_struct::False;
use crate::pyclass::guard::Exclusive;
use crate::pyclass::{PyClass, PyClassGuard, PyClassGuardError, PyClassGuardMut, PyClassGuardMutError};
use crate::type_object::PyTypeCheck;
use crate::types::{PyAnyMethods, PyType};
use crate::{Borrowed, Bound, Py, PyAny, PyRef, PyRefMut};

/// Returns an empty place for a guard.
#[inline]
pub fn no_guard<G>() -> Option<G> {
    None
}

/// Borrows the instance of `T` for reading, keeping the guard in `holder`.
///
/// # Errors
///
/// `TypeError` if it is of another class, `RuntimeError` if it is borrowed mutably.
#[inline]
pub fn shared<'a, 'holder, 'py, T: PyClass>(
    object: Borrowed<'a, 'py, PyAny>,
    holder: &'holder mut Option<PyClassGuard<'a, T>>,
) -> PyResult<&'holder T>
where
    'a: 'holder,
{
    match PyClassGuard::of_any(object) {
        Ok(guard) => Ok(&**holder.insert(guard)),
        Err(reason) => Err(PyClassGuardError::exception::<T>(object, reason)),
    }
}

/// Borrows the instance of `T` for writing, keeping the guard in `holder`.
///
/// # Errors
///
/// `TypeError` if it is of another class, `RuntimeError` if it is borrowed.
#[inline]
pub fn exclusive<'a, 'holder, 'py, T: NotFrozen>(
    object: Borrowed<'a, 'py, PyAny>,
    holder: &'holder mut Option<Exclusive<'a, T>>,
) -> PyResult<&'holder mut T>
where
    'a: 'holder,
{
    match Exclusive::of_any(object) {
        Ok(guard) => Ok(holder.insert(guard).value()),
        Err(reason) => Err(PyClassGuardMutError::exception::<T>(object, reason)),
    }
}

/// A class whose instances can change.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is a `frozen` class, so its methods cannot take `&mut self`",
    label = "take `&self` here, or remove `frozen` from the class",
    note = "a `frozen` class can keep what changes in an atomic or a lock"
)]
pub trait NotFrozen: PyClass<Frozen = False> {}

#[diagnostic::do_not_recommend]
impl<T: PyClass<Frozen = False>> NotFrozen for T {}

/// Casts the receiver to a `T`.
///
/// # Errors
///
/// `TypeError` if the receiver is of another type.
#[inline]
pub fn cast<'s, 'py, T: PyTypeCheck>(object: &'s Borrowed<'_, 'py, PyAny>) -> PyResult<&'s Bound<'py, T>> {
    Ok(Bound::cast(object)?)
}

/// Returns the class of the instance that a slot was called with, for a `#[classmethod]` in a slot.
#[inline]
pub fn class_of<'py>(instance: Borrowed<'_, 'py, PyAny>) -> Bound<'py, PyType> {
    instance.get_type()
}

/// A form in which a function can take its receiver, an instance of `C`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the first argument here",
    label = "not a form of `{C}`",
    note = "take a reference to the object, `&Bound<'_, {C}>`; for the instance of a class also `&self`, `&mut self` or `PyRef<'_, Self>`"
)]
pub trait Receiver<'s, 'py, C>: Sized {
    /// Converts the receiver to this form.
    ///
    /// # Errors
    ///
    /// `RuntimeError` if this form borrows the value and that is not possible now.
    fn receive(object: &'s Bound<'py, C>) -> PyResult<Self>;
}

impl<'s, 'py, C> Receiver<'s, 'py, C> for &'s Bound<'py, C> {
    #[inline]
    fn receive(object: &'s Bound<'py, C>) -> PyResult<Self> {
        Ok(object)
    }
}

impl<'s, 'py, C> Receiver<'s, 'py, C> for Borrowed<'s, 'py, C> {
    #[inline]
    fn receive(object: &'s Bound<'py, C>) -> PyResult<Self> {
        Ok(object.as_borrowed())
    }
}

impl<'py, C> Receiver<'_, 'py, C> for Bound<'py, C> {
    #[inline]
    fn receive(object: &Bound<'py, C>) -> PyResult<Self> {
        Ok(object.clone())
    }
}

impl<'py, C> Receiver<'_, 'py, C> for Py<C> {
    #[inline]
    fn receive(object: &Bound<'py, C>) -> PyResult<Self> {
        Ok(object.clone().unbind())
    }
}

impl<'s, 'py, C: PyClass> Receiver<'s, 'py, C> for &'s Bound<'py, PyAny> {
    #[inline]
    fn receive(object: &'s Bound<'py, C>) -> PyResult<Self> {
        Ok(object.as_any())
    }
}

impl<'py, C: PyClass> Receiver<'_, 'py, C> for Bound<'py, PyAny> {
    #[inline]
    fn receive(object: &Bound<'py, C>) -> PyResult<Self> {
        Ok(object.as_any().clone())
    }
}

impl<'py, C: PyClass> Receiver<'_, 'py, C> for Py<PyAny> {
    #[inline]
    fn receive(object: &Bound<'py, C>) -> PyResult<Self> {
        Ok(object.as_any().clone().unbind())
    }
}

impl<'py, C: PyClass> Receiver<'_, 'py, C> for PyRef<'py, C> {
    #[inline]
    fn receive(object: &Bound<'py, C>) -> PyResult<Self> {
        Ok(PyRef::try_borrow_borrowed(object.as_borrowed())?)
    }
}

impl<'py, C: PyClass<Frozen = False>> Receiver<'_, 'py, C> for PyRefMut<'py, C> {
    #[inline]
    fn receive(object: &Bound<'py, C>) -> PyResult<Self> {
        Ok(PyRefMut::try_borrow_borrowed(object.as_borrowed())?)
    }
}

impl<'s, 'py, C: PyClass> Receiver<'s, 'py, C> for PyClassGuard<'s, C> {
    #[inline]
    fn receive(object: &'s Bound<'py, C>) -> PyResult<Self> {
        Ok(PyClassGuard::try_borrow_borrowed(object.as_borrowed())?)
    }
}

impl<'s, 'py, C: PyClass<Frozen = False>> Receiver<'s, 'py, C> for PyClassGuardMut<'s, C> {
    #[inline]
    fn receive(object: &'s Bound<'py, C>) -> PyResult<Self> {
        Ok(PyClassGuardMut::try_borrow_borrowed(object.as_borrowed())?)
    }
}
