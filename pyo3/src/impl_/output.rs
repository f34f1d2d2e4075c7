//! Converting the value that a function returns.
//!
//! The value's type decides, by method lookup on a [`Probe`]: inherent functions take precedence over those of
//! [`ReturnFallback`]. So `()` becomes `None`, a `Result` is unwrapped or raised, and everything else is converted.

use core::marker::PhantomData;

use crate::conversion::{IntoPyObject, IntoPyObjectExt};
use crate::exceptions::PyStopAsyncIteration;
use crate::pyclass::{PyClass, PyClassInitializer};
use crate::types::{PyNone, PyNotImplemented, PyType};
use crate::{Borrowed, Bound, PyAny, PyErr, PyResult, Python};

/// Stands for the type of a returned value.
pub struct Probe<T>(PhantomData<fn() -> T>);

/// Returns the probe for the type of `value`.
#[inline]
pub fn probe<T>(_value: &T) -> Probe<T> {
    Probe(PhantomData)
}

impl<T, E> Probe<Result<T, E>> {
    /// Converts the error to a `PyErr`.
    ///
    /// # Errors
    ///
    /// The error of `value`.
    #[inline]
    pub fn into_result(self, value: Result<T, E>) -> PyResult<T>
    where
        E: Raised,
    {
        value.map_err(Raised::into_py_err)
    }
}

/// An error that Python can raise. A separate trait, so that the compiler says what is missing.
#[diagnostic::on_unimplemented(
    message = "the error type `{Self}` cannot be raised as a Python exception",
    label = "the error of this result is `{Self}`",
    note = "write `impl From<{Self}> for PyErr`, or return a `PyErr`"
)]
pub trait Raised {
    /// Converts the error to an exception.
    fn into_py_err(self) -> PyErr;
}

#[diagnostic::do_not_recommend]
impl<E: Into<PyErr>> Raised for E {
    #[inline]
    fn into_py_err(self) -> PyErr {
        self.into()
    }
}

impl Probe<()> {
    /// Returns `None`.
    #[inline]
    pub fn into_object(self, py: Python<'_>, (): ()) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyNone::get(py).to_any().to_owned())
    }
}

impl<T> Probe<Option<T>> {
    /// Converts the next item. `None` is the end.
    ///
    /// # Errors
    ///
    /// What the conversion raises.
    #[inline]
    pub fn into_next<'py, 'v>(self, py: Python<'py>, value: Option<T>) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        T: IntoPyObject<'v>,
        'py: 'v,
    {
        value.map(|value| converted(py, value)).transpose()
    }
}

/// Converts a value whose handles may live no longer than a borrow of the instance or of an argument, such as the
/// `Bound<'_, PyAny>` of a method with `&self`. The object itself may outlive the borrow.
#[inline]
fn converted<'py, 'v, T>(py: Python<'py>, value: T) -> PyResult<Bound<'py, PyAny>>
where
    T: IntoPyObject<'v>,
    'py: 'v,
{
    let object: Bound<'v, PyAny> = value.into_bound_py_any(py)?;
    Ok(object.unbind().into_bound(py))
}

/// The treatment of most types.
pub trait ReturnFallback<T> {
    /// Returns the value, which is not a `Result`.
    fn into_result(self, value: T) -> PyResult<T>;

    /// Converts the value to an object.
    ///
    /// # Errors
    ///
    /// What the conversion raises.
    fn into_object<'py, 'v>(self, py: Python<'py>, value: T) -> PyResult<Bound<'py, PyAny>>
    where
        T: IntoPyObject<'v>,
        'py: 'v;

    /// Converts the value to an item, which is always present.
    ///
    /// # Errors
    ///
    /// What the conversion raises.
    fn into_next<'py, 'v>(self, py: Python<'py>, value: T) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        T: IntoPyObject<'v>,
        'py: 'v;
}

impl<T> ReturnFallback<T> for Probe<T> {
    #[inline]
    fn into_result(self, value: T) -> PyResult<T> {
        Ok(value)
    }

    #[inline]
    fn into_object<'py, 'v>(self, py: Python<'py>, value: T) -> PyResult<Bound<'py, PyAny>>
    where
        T: IntoPyObject<'v>,
        'py: 'v,
    {
        converted(py, value)
    }

    #[inline]
    fn into_next<'py, 'v>(self, py: Python<'py>, value: T) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        T: IntoPyObject<'v>,
        'py: 'v,
    {
        converted(py, value).map(Some)
    }
}

/// Stands for the type that the constructor of `C` returned.
pub struct NewProbe<C, T>(PhantomData<fn() -> (C, T)>);

/// Returns the probe for the type of `value`.
#[inline]
pub fn probe_new<C, T>(_value: &T) -> NewProbe<C, T> {
    NewProbe(PhantomData)
}

impl<C: PyClass, T: Into<PyClassInitializer<C>>> NewProbe<C, T> {
    /// Creates an instance of `class`, which is `C` or a subclass.
    ///
    /// # Errors
    ///
    /// If the runtime cannot allocate the instance.
    #[inline]
    pub fn create<'py>(
        self,
        py: Python<'py>,
        class: Borrowed<'_, 'py, PyAny>,
        value: T,
    ) -> PyResult<Bound<'py, PyAny>> {
        let class = super::receiver::cast::<PyType>(&class)?;
        value.into().create_of_type(py, class).map(Bound::into_any)
    }
}

/// Constructors that return only the value of the class although the base class needs a value as well.
pub trait NewWithoutBase<C> {
    /// Does not compile, because nothing implements [`Complete`].
    fn create<'py>(self, py: Python<'py>, class: Borrowed<'_, 'py, PyAny>, value: C) -> PyResult<Bound<'py, PyAny>>
    where
        C: PyClass + Complete<C::BaseType>;
}

impl<C> NewWithoutBase<C> for NewProbe<C, C> {
    fn create<'py>(self, _py: Python<'py>, _class: Borrowed<'_, 'py, PyAny>, value: C) -> PyResult<Bound<'py, PyAny>>
    where
        C: PyClass + Complete<C::BaseType>,
    {
        value.never()
    }
}

/// A class with the base class `Base` whose value alone makes an instance. Nothing implements this trait: a class that
/// qualifies has `Into<PyClassInitializer>`, so the trait is not used for it.
#[diagnostic::on_unimplemented(
    message = "the constructor of `{Self}` must make a value of its base class `{Base}` as well",
    label = "return `({Self}, {Base})` here",
    note = "where the base class has a base class itself, return `PyClassInitializer::from(base).add_subclass(value)`"
)]
pub trait Complete<Base> {
    /// Is never called.
    fn never<'py>(self) -> PyResult<Bound<'py, PyAny>>;
}

/// Constructors that return something else.
pub trait NewFallback<T> {
    /// Converts the value to an object.
    ///
    /// # Errors
    ///
    /// What the conversion raises.
    fn create<'py>(self, py: Python<'py>, class: Borrowed<'_, 'py, PyAny>, value: T) -> PyResult<Bound<'py, PyAny>>
    where
        T: IntoPyObject<'py>;
}

impl<C, T> NewFallback<T> for &NewProbe<C, T> {
    #[inline]
    fn create<'py>(self, py: Python<'py>, _class: Borrowed<'_, 'py, PyAny>, value: T) -> PyResult<Bound<'py, PyAny>>
    where
        T: IntoPyObject<'py>,
    {
        value.into_bound_py_any(py)
    }
}

/// A type that `__hash__` can return.
pub trait Hash {
    /// Converts the value to a hash of Python's. It may be -1, which the backend replaces.
    fn into_hash(self) -> isize;
}

macro_rules! hashes {
    ($($integer:ty)*) => {
        $(
            impl Hash for $integer {
                #[inline]
                fn into_hash(self) -> isize {
                    self as isize
                }
            }
        )*
    };
}

hashes! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

/// Returns `NotImplemented`.
#[inline]
pub fn not_implemented(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    Ok(Refuse::refuse(py))
}

/// The result of an in-place operator.
pub enum Applied {
    /// The operator changed the receiver.
    Done,
    /// The operator does not support the other operand.
    Refused,
}

/// A result type that can express `NotImplemented`.
pub trait Refuse<'py>: Sized {
    /// Returns the value that stands for `NotImplemented`.
    fn refuse(py: Python<'py>) -> Self;
}

impl<'py> Refuse<'py> for Bound<'py, PyAny> {
    #[inline]
    fn refuse(py: Python<'py>) -> Self {
        PyNotImplemented::get(py).to_any().to_owned()
    }
}

impl Refuse<'_> for Applied {
    #[inline]
    fn refuse(_py: Python<'_>) -> Self {
        Applied::Refused
    }
}

/// Refuses an operand of a type that the operator does not support.
#[inline]
pub fn refused<'py, R: Refuse<'py>>(py: Python<'py>) -> PyResult<R> {
    Ok(R::refuse(py))
}

/// Turns the end of an asynchronous iteration into an exception.
///
/// # Errors
///
/// `StopAsyncIteration` if there is no item.
pub fn or_stop_async<'py>(item: PyResult<Option<Bound<'py, PyAny>>>) -> PyResult<Bound<'py, PyAny>> {
    item?.ok_or_else(|| PyStopAsyncIteration::new_err(()))
}

/// Drops the value of a function that is called for its effect, but keeps its error.
///
/// # Errors
///
/// What the function returned.
pub fn discard<T: Discard>(value: T) -> PyResult<()> {
    value.discard()
}

/// A type that `__clear__` can return.
pub trait Discard {
    /// Drops the value.
    ///
    /// # Errors
    ///
    /// The error, if the value is one.
    fn discard(self) -> PyResult<()>;
}

impl Discard for () {
    fn discard(self) -> PyResult<()> {
        Ok(())
    }
}

impl<E: Raised> Discard for Result<(), E> {
    fn discard(self) -> PyResult<()> {
        self.map_err(Raised::into_py_err)
    }
}
