//! What becomes of a returned value.
//!
//! The value's type decides, by method lookup on a [`Probe`]: inherent functions hide those of [`Fallback`] where they
//! apply. So `()` is `None`, a `Result` is taken apart, and everything else is converted.

use core::marker::PhantomData;

use crate::conversion::{IntoPyObject, IntoPyObjectExt};
use crate::exceptions::PyStopAsyncIteration;
use crate::pyclass::{PyClass, PyClassInitializer};
use crate::types::{PyNone, PyNotImplemented, PyType};
use crate::{Borrowed, Bound, PyAny, PyErr, PyResult, Python};

/// Stands for the type of a returned value.
pub struct Probe<T>(PhantomData<fn() -> T>);

/// The type of this value.
#[inline]
pub fn probe<T>(_value: &T) -> Probe<T> {
    Probe(PhantomData)
}

impl<T, E> Probe<Result<T, E>> {
    /// The value, or the error as a `PyErr`.
    ///
    /// # Errors
    ///
    /// The error.
    #[inline]
    pub fn into_result(self, value: Result<T, E>) -> PyResult<T>
    where
        E: Raised,
    {
        value.map_err(Raised::into_py_err)
    }
}

/// Errors that Python can see. A trait of its own, so that the compiler says what is missing.
#[diagnostic::on_unimplemented(
    message = "the error type `{Self}` cannot be raised as a Python exception",
    label = "the error of this result is `{Self}`",
    note = "write `impl From<{Self}> for PyErr`, or return a `PyErr`"
)]
pub trait Raised {
    /// As an exception.
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
    /// `None`.
    ///
    /// # Errors
    ///
    /// None.
    #[inline]
    pub fn into_object(self, py: Python<'_>, (): ()) -> PyResult<Bound<'_, PyAny>> {
        Ok(PyNone::get(py).to_any().to_owned())
    }
}

impl<T> Probe<Option<T>> {
    /// The next item, or the end.
    ///
    /// # Errors
    ///
    /// As its conversion.
    #[inline]
    pub fn into_next<'py>(self, py: Python<'py>, value: Option<T>) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        T: IntoPyObject<'py>,
    {
        value.map(|value| value.into_bound_py_any(py)).transpose()
    }
}

/// What is done with values of most types.
pub trait Fallback<T> {
    /// The value, which is no `Result`.
    ///
    /// # Errors
    ///
    /// None.
    fn into_result(self, value: T) -> PyResult<T>;

    /// The value as an object.
    ///
    /// # Errors
    ///
    /// As its conversion.
    fn into_object<'py>(self, py: Python<'py>, value: T) -> PyResult<Bound<'py, PyAny>>
    where
        T: IntoPyObject<'py>;

    /// The value as an item that is always there.
    ///
    /// # Errors
    ///
    /// As its conversion.
    fn into_next<'py>(self, py: Python<'py>, value: T) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        T: IntoPyObject<'py>;
}

impl<T> Fallback<T> for Probe<T> {
    #[inline]
    fn into_result(self, value: T) -> PyResult<T> {
        Ok(value)
    }

    #[inline]
    fn into_object<'py>(self, py: Python<'py>, value: T) -> PyResult<Bound<'py, PyAny>>
    where
        T: IntoPyObject<'py>,
    {
        value.into_bound_py_any(py)
    }

    #[inline]
    fn into_next<'py>(self, py: Python<'py>, value: T) -> PyResult<Option<Bound<'py, PyAny>>>
    where
        T: IntoPyObject<'py>,
    {
        value.into_bound_py_any(py).map(Some)
    }
}

/// Stands for what the constructor of `C` returned.
pub struct NewProbe<C, T>(PhantomData<fn() -> (C, T)>);

/// The type of this value.
#[inline]
pub fn probe_new<C, T>(_value: &T) -> NewProbe<C, T> {
    NewProbe(PhantomData)
}

impl<C: PyClass, T: Into<PyClassInitializer<C>>> NewProbe<C, T> {
    /// An instance of `class`, which is the class or a subclass.
    ///
    /// # Errors
    ///
    /// If the runtime cannot allocate one.
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

/// Constructors that return the value of the class alone, where the base class needs a value as well.
pub trait NewWithoutBase<C> {
    /// Does not compile.
    ///
    /// # Errors
    ///
    /// None.
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

/// Classes with the base class `Base` whose value alone makes an instance. Nothing implements it: such a class has
/// `Into<PyClassInitializer>`, and is not asked.
#[diagnostic::on_unimplemented(
    message = "the constructor of `{Self}` must make a value of its base class `{Base}` as well",
    label = "return `({Self}, {Base})` here",
    note = "where the base class has a base class itself, return `PyClassInitializer::from(base).add_subclass(value)`"
)]
pub trait Complete<Base> {
    /// Is never called.
    ///
    /// # Errors
    ///
    /// None.
    fn never<'py>(self) -> PyResult<Bound<'py, PyAny>>;
}

/// Constructors that return something else.
pub trait NewFallback<T> {
    /// The value as an object.
    ///
    /// # Errors
    ///
    /// As its conversion.
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

/// What `__hash__` can return.
pub trait Hash {
    /// As Python wants it. -1 means an error there, and becomes -2.
    fn into_hash(self) -> isize;
}

macro_rules! hashes {
    ($($integer:ty)*) => {
        $(
            impl Hash for $integer {
                #[inline]
                fn into_hash(self) -> isize {
                    match self as isize {
                        -1 => -2,
                        hash => hash,
                    }
                }
            }
        )*
    };
}

hashes! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

/// `NotImplemented`.
///
/// # Errors
///
/// None.
#[inline]
pub fn not_implemented(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    Ok(Refuse::refuse(py))
}

/// What an in-place operator did.
pub enum Applied {
    /// It changed the receiver.
    Done,
    /// It does not know the other operand.
    Refused,
}

/// Results that can say `NotImplemented`.
pub trait Refuse<'py>: Sized {
    /// The value that says so.
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

/// An operand of a type that the operator does not know.
///
/// # Errors
///
/// None.
#[inline]
pub fn refused<'py, R: Refuse<'py>>(py: Python<'py>) -> PyResult<R> {
    Ok(R::refuse(py))
}

/// The end of an asynchronous iteration.
///
/// # Errors
///
/// `StopAsyncIteration` if there is no item.
pub fn or_stop_async<'py>(item: PyResult<Option<Bound<'py, PyAny>>>) -> PyResult<Bound<'py, PyAny>> {
    item?.ok_or_else(|| PyStopAsyncIteration::new_err(()))
}

/// Drops the value of a function that is called for its effect; its error is kept.
///
/// # Errors
///
/// What the function returned.
pub fn discard<T: Discard>(value: T) -> PyResult<()> {
    value.discard()
}

/// What `__clear__` can return.
pub trait Discard {
    /// Success or failure.
    ///
    /// # Errors
    ///
    /// The failure.
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
