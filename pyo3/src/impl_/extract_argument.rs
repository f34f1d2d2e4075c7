//! Converting one argument: with `FromPyObject`, or by borrowing from the object through a holder.

use core::marker::PhantomData;

use crate::conversion::FromPyObject;
use crate::err::CastError;
use crate::pyclass::boolean_struct::False;
use crate::pyclass::guard::Exclusive;
use crate::pyclass::{PyClass, PyClassGuard};
use crate::type_object::PyTypeCheck;
use crate::types::PyAnyMethods;
use crate::{Borrowed, Bound, PyAny, PyErr, PyResult};

/// A type that a function can take by reference: the holder keeps what the reference points into.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be used as a Python function argument",
    label = "this does not convert from a Python object",
    note = "for a `#[pyclass]`, take a reference, `&T`, or write `#[pyclass(from_py_object)]`; `&mut T` needs a class that is not `frozen`",
    note = "for a class of Python's own, take `&Bound<'_, PyList>` and the like",
    note = "for other types, write `#[derive(FromPyObject)]`; text and sequences come as `&str`, `String`, `PathBuf`, `Vec<T>`"
)]
pub trait ExtractReference<'a, 'holder, 'py>: Sized {
    /// The value that must outlive the reference: a guard, or another reference.
    type Holder: Default;

    /// The error of a failed conversion.
    type Error: Into<PyErr>;

    /// Converts `object`, keeping in `holder` what the result refers to.
    ///
    /// # Errors
    ///
    /// If the object is of another type, or cannot be borrowed.
    fn extract(object: Borrowed<'a, 'py, PyAny>, holder: &'holder mut Self::Holder) -> Result<Self, Self::Error>;
}

#[diagnostic::do_not_recommend]
impl<'a, 'holder, 'py, T: PyTypeCheck + 'a> ExtractReference<'a, 'holder, 'py> for &'holder Bound<'py, T>
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
impl<'a, 'holder, 'py, T> ExtractReference<'a, 'holder, 'py> for Option<T>
where
    T: ExtractReference<'a, 'holder, 'py>,
{
    type Holder = T::Holder;
    type Error = T::Error;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>, holder: &'holder mut T::Holder) -> Result<Self, T::Error> {
        if object.is_none() { Ok(None) } else { T::extract(object, holder).map(Some) }
    }
}

#[diagnostic::do_not_recommend]
impl<'a, 'holder, 'py, T: PyClass> ExtractReference<'a, 'holder, 'py> for &'holder T
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
impl<'a, 'holder, 'py, T: PyClass<Frozen = False>> ExtractReference<'a, 'holder, 'py> for &'holder mut T
where
    'a: 'holder,
{
    type Holder = Option<Exclusive<'a, T>>;
    type Error = PyErr;

    #[inline]
    fn extract(object: Borrowed<'a, 'py, PyAny>, holder: &'holder mut Self::Holder) -> PyResult<Self> {
        super::receiver::exclusive(object, holder)
    }
}

/// An argument of type `T`. Its inherent function is for types with [`FromPyObject`], and takes precedence over that of
/// [`FromHolder`].
pub struct Argument<T>(PhantomData<fn() -> T>);

impl<'a, 'py, T: FromPyObject<'a, 'py>> Argument<T> {
    /// Converts the argument called `name`. Nothing needs to be held.
    ///
    /// # Errors
    ///
    /// What the conversion raises, with a note that names the argument.
    #[inline]
    pub fn extract(object: Borrowed<'a, 'py, PyAny>, _holder: &mut (), name: &str) -> PyResult<T> {
        match T::extract(object) {
            Ok(value) => Ok(value),
            Err(error) => Err(noted(object, error.into(), name)),
        }
    }
}

/// Conversion of arguments of all other types.
pub trait FromHolder<T> {
    /// Converts the argument called `name`, keeping in `holder` what the result refers to.
    ///
    /// # Errors
    ///
    /// What the conversion raises, with a note that names the argument.
    #[inline]
    fn extract<'a, 'holder, 'py>(
        object: Borrowed<'a, 'py, PyAny>,
        holder: &'holder mut T::Holder,
        name: &str,
    ) -> PyResult<T>
    where
        T: ExtractReference<'a, 'holder, 'py>,
    {
        match T::extract(object, holder) {
            Ok(value) => Ok(value),
            Err(error) => Err(noted(object, error.into(), name)),
        }
    }
}

impl<T> FromHolder<T> for Argument<T> {}

/// Converts an argument as [`Argument::extract`] does, but with the user's function: `from_py_with`.
///
/// # Errors
///
/// What the function returns, with a note that names the argument.
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
    // If the note cannot be added, the error still says what is wrong.
    let _ = error.add_note(object.py(), format!("while processing '{name}'"));
    error
}

/// A value that can be the default for a parameter of type `Option<T>`: a `T` or an `Option<T>`.
pub trait IntoOption<T> {
    /// Converts the value to the type of the parameter.
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

/// Returns the default of a parameter of type `Option<T>`.
#[inline]
pub fn optional<T>(default: impl IntoOption<T>) -> Option<T> {
    default.into_option()
}
