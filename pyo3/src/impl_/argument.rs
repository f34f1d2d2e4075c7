//! Converting one argument: by `FromPyObject`, or by borrowing from the object through a holder.

use core::marker::PhantomData;

use crate::conversion::FromPyObject;
use crate::err::CastError;
use crate::pyclass::boolean_struct::False;
use crate::pyclass::{PyClass, PyClassGuard, PyClassGuardMut};
use crate::type_object::PyTypeCheck;
use crate::types::PyAnyMethods;
use crate::{Borrowed, Bound, PyAny, PyErr, PyResult};

/// Types a function can take.
///
/// `CONVERTS` tells the two ways apart, so that they do not overlap: types with [`FromPyObject`] (`true`), and references
/// into something kept in a holder (`false`). [`Probe`] knows which it is.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a Python function argument",
    label = "required by the function's signature",
    note = "implement `FromPyObject` for `{Self}`, for instance with `#[pyclass(from_py_object)]` or `#[derive(FromPyObject)]`",
    note = "a reference, `&T` or `&mut T`, can be taken where `T` is a `#[pyclass]`"
)]
pub trait Argument<'a, 'holder, 'py, const CONVERTS: bool>: Sized {
    /// What must outlive the value: a guard, or nothing.
    type Holder: Default;

    /// What goes wrong.
    type Error: Into<PyErr>;

    /// Converts.
    ///
    /// # Errors
    ///
    /// Where the object is of another type, or cannot be borrowed.
    fn extract(object: Borrowed<'a, 'py, PyAny>, holder: &'holder mut Self::Holder) -> Result<Self, Self::Error>;
}

impl<'a, 'py, T: FromPyObject<'a, 'py>> Argument<'a, '_, 'py, true> for T {
    type Holder = ();
    type Error = T::Error;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>, (): &mut ()) -> Result<Self, T::Error> {
        T::extract(object)
    }
}

#[diagnostic::do_not_recommend]
impl<'a, 'holder, 'py, T: PyTypeCheck + 'a> Argument<'a, 'holder, 'py, false> for &'holder Bound<'py, T>
where
    'py: 'holder,
{
    type Holder = Option<Borrowed<'a, 'py, T>>;
    type Error = CastError<'a, 'py>;

    #[inline]
    fn extract(
        object: Borrowed<'a, 'py, PyAny>,
        holder: &'holder mut Option<Borrowed<'a, 'py, T>>,
    ) -> Result<Self, CastError<'a, 'py>> {
        Ok(&**holder.insert(object.cast()?))
    }
}

#[diagnostic::do_not_recommend]
impl<'a, 'holder, 'py, T> Argument<'a, 'holder, 'py, false> for Option<T>
where
    T: Argument<'a, 'holder, 'py, false>,
{
    type Holder = T::Holder;
    type Error = T::Error;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>, holder: &'holder mut T::Holder) -> Result<Self, T::Error> {
        if object.is_none() { Ok(None) } else { T::extract(object, holder).map(Some) }
    }
}

#[diagnostic::do_not_recommend]
impl<'a, 'holder, 'py, T: PyClass> Argument<'a, 'holder, 'py, false> for &'holder T
where
    'a: 'holder,
{
    type Holder = Option<PyClassGuard<'a, T>>;
    type Error = PyErr;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>, holder: &'holder mut Self::Holder) -> PyResult<Self> {
        super::receiver::shared(object, holder)
    }
}

#[diagnostic::do_not_recommend]
impl<'a, 'holder, 'py, T: PyClass<Frozen = False>> Argument<'a, 'holder, 'py, false> for &'holder mut T
where
    'a: 'holder,
{
    type Holder = Option<PyClassGuardMut<'a, T>>;
    type Error = PyErr;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>, holder: &'holder mut Self::Holder) -> PyResult<Self> {
        super::receiver::exclusive(object, holder)
    }
}

/// Answers whether `T` has [`FromPyObject`]: the inherent constant hides the trait's where it applies.
pub struct Probe<T>(PhantomData<fn() -> T>);

impl<'a, 'py, T: FromPyObject<'a, 'py>> Probe<T> {
    /// It has.
    pub const CONVERTS: bool = true;
}

/// The answer for all other types.
pub trait Otherwise {
    /// It has not.
    const CONVERTS: bool = false;
}

impl<T> Otherwise for Probe<T> {}

/// Converts the argument called `name`.
///
/// # Errors
///
/// As the conversion, with a note that names the argument.
#[inline]
pub fn extract<'a, 'holder, 'py, T, const CONVERTS: bool>(
    object: Borrowed<'a, 'py, PyAny>,
    holder: &'holder mut T::Holder,
    name: &str,
) -> PyResult<T>
where
    T: Argument<'a, 'holder, 'py, CONVERTS>,
{
    match T::extract(object, holder) {
        Ok(value) => Ok(value),
        Err(error) => Err(noted(object, error.into(), name)),
    }
}

/// As [`extract`], through a function of the user's: `from_py_with`.
///
/// # Errors
///
/// As the function, with a note that names the argument.
#[inline]
pub fn extract_with<'a, 'holder, 'py, T, E: Into<PyErr>>(
    object: Borrowed<'a, 'py, PyAny>,
    holder: &'holder mut Option<Borrowed<'a, 'py, PyAny>>,
    name: &str,
    convert: impl FnOnce(&'holder Bound<'py, PyAny>) -> Result<T, E>,
) -> PyResult<T> {
    match convert(holder.insert(object)) {
        Ok(value) => Ok(value),
        Err(error) => Err(noted(object, error.into(), name)),
    }
}

#[cold]
#[inline(never)]
fn noted(object: Borrowed<'_, '_, PyAny>, error: PyErr, name: &str) -> PyErr {
    // Without a note the error still says what is wrong.
    let _ = error.add_note(object.py(), format!("while processing '{name}'"));
    error
}

/// A default for a parameter of type `Option<T>`: written as `T` or as `Option<T>`.
pub trait IntoOption<T> {
    /// The default.
    fn into_option(self) -> Option<T>;
}

impl<T> IntoOption<T> for T {
    fn into_option(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoOption<T> for Option<T> {
    fn into_option(self) -> Option<T> {
        self
    }
}

/// The default of a parameter of type `Option<T>`.
#[inline]
pub fn optional<T>(default: impl IntoOption<T>) -> Option<T> {
    default.into_option()
}
