//! Arguments for calling Python from Rust.

use pyo3_backend::{ArgumentArray, CallOps};

use crate::backend::{Active, Ref};
use crate::err::ResultExt;
use crate::types::{PyDict, PyTuple};
use crate::{Borrowed, Bound, BoundObject, IntoPyObject, IntoPyObjectExt, Py, PyAny, PyResult};

pub(crate) mod private {
    use super::{Borrowed, Bound, PyAny, PyDict, PyResult};
    use crate::types::PyString;

    pub trait Sealed {}

    /// Makes a call with each form of arguments. Hidden, because users need no forms but tuples of Rust values and
    /// `PyTuple`.
    pub trait Call<'py>: Sized {
        fn call(
            self,
            function: Borrowed<'_, 'py, PyAny>,
            kwargs: Option<&Bound<'py, PyDict>>,
        ) -> PyResult<Bound<'py, PyAny>>;

        fn call_method(
            self,
            object: Borrowed<'_, 'py, PyAny>,
            name: Borrowed<'_, 'py, PyString>,
            kwargs: Option<&Bound<'py, PyDict>>,
        ) -> PyResult<Bound<'py, PyAny>>;
    }
}

/// The positional arguments of a call: a tuple of Rust values, or a [`PyTuple`].
///
/// ```
/// # use pyo3::prelude::*;
/// # Python::initialize();
/// Python::attach(|py| {
///     let power: i64 = py.eval(c"pow", None, None)?.call1((2, 10))?.extract()?;
///     assert_eq!(power, 1024);
///     Ok::<(), PyErr>(())
/// }).unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of arguments for a call of Python",
    note = "a call takes a Rust tuple, or a `PyTuple` as `Bound`, `Borrowed` or `Py`",
    note = "one argument is a tuple of one: `(argument,)`"
)]
pub trait PyCallArgs<'py>: private::Sealed + private::Call<'py> {}

/// Calls a function with arguments in a Python tuple.
#[inline]
fn call_tuple<'py>(
    function: Borrowed<'_, 'py, PyAny>,
    args: &Bound<'py, PyTuple>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    Active::call(py.attached(), function.any_handle(), args.handle(), kwargs.map(Bound::handle))
        .or_raise(py)
        .map(Bound::wrap)
}

/// Calls a function with arguments in an array on the stack.
#[inline]
fn call_array<'py, const N: usize>(
    function: Borrowed<'_, 'py, PyAny>,
    args: [Ref<'_>; N],
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let py = function.py();
    let mut args = ArgumentArray::new(args);
    Active::call_positional(py.attached(), function.any_handle(), args.as_positional(), kwargs.map(Bound::handle))
        .or_raise(py)
        .map(Bound::wrap)
}

/// Calls a method without creating a bound method. The receiver is the first of `args`.
#[inline]
fn call_method_array<'py, const N: usize>(
    name: Borrowed<'_, 'py, crate::types::PyString>,
    args: [Ref<'_>; N],
) -> PyResult<Bound<'py, PyAny>> {
    let py = name.py();
    let mut args = ArgumentArray::new(args);
    Active::call_method(py.attached(), name.handle(), args.as_positional()).or_raise(py).map(Bound::wrap)
}

/// Looks up a method and calls it. This also works for keyword arguments and Python tuples.
fn call_looked_up<'py>(
    object: Borrowed<'_, 'py, PyAny>,
    name: Borrowed<'_, 'py, crate::types::PyString>,
    args: impl private::Call<'py>,
    kwargs: Option<&Bound<'py, PyDict>>,
) -> PyResult<Bound<'py, PyAny>> {
    let method = crate::types::PyAnyMethods::getattr(&*object, name)?;
    args.call(method.as_borrowed(), kwargs)
}

macro_rules! call_as_tuple {
    ($form:ty, $args:ident, $py:ident, $tuple:expr) => {
        impl<'py> PyCallArgs<'py> for $form {}

        impl<'py> private::Call<'py> for $form {
            #[inline]
            fn call(
                self,
                function: Borrowed<'_, 'py, PyAny>,
                kwargs: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Bound<'py, PyAny>> {
                let $args = self;
                let $py = function.py();
                let _ = $py;
                call_tuple(function, $tuple, kwargs)
            }

            fn call_method(
                self,
                object: Borrowed<'_, 'py, PyAny>,
                name: Borrowed<'_, 'py, crate::types::PyString>,
                kwargs: Option<&Bound<'py, PyDict>>,
            ) -> PyResult<Bound<'py, PyAny>> {
                call_looked_up(object, name, self, kwargs)
            }
        }
    };
}

impl private::Sealed for Bound<'_, PyTuple> {}
impl private::Sealed for &Bound<'_, PyTuple> {}
impl private::Sealed for Borrowed<'_, '_, PyTuple> {}
impl private::Sealed for Py<PyTuple> {}
impl private::Sealed for &Py<PyTuple> {}

call_as_tuple!(Bound<'py, PyTuple>, args, py, &args);
call_as_tuple!(&Bound<'py, PyTuple>, args, py, args);
call_as_tuple!(Borrowed<'_, 'py, PyTuple>, args, py, &args);
call_as_tuple!(Py<PyTuple>, args, py, args.bind(py));
call_as_tuple!(&Py<PyTuple>, args, py, args.bind(py));

impl private::Sealed for () {}

impl<'py> private::Call<'py> for () {
    #[inline]
    fn call(
        self,
        function: Borrowed<'_, 'py, PyAny>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        call_array(function, [], kwargs)
    }

    #[inline]
    fn call_method(
        self,
        object: Borrowed<'_, 'py, PyAny>,
        name: Borrowed<'_, 'py, crate::types::PyString>,
        kwargs: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        match kwargs {
            None => call_method_array(name, [object.any_handle()]),
            Some(_) => call_looked_up(object, name, self, kwargs),
        }
    }
}

impl PyCallArgs<'_> for () {}

macro_rules! tuples {
    ($(($($type:ident $value:ident),+))*) => {
        $(
            impl<$($type),+> private::Sealed for ($($type,)+) {}

            impl<'py, $($type: IntoPyObject<'py>),+> private::Call<'py> for ($($type,)+) {
                #[inline]
                fn call(
                    self,
                    function: Borrowed<'_, 'py, PyAny>,
                    kwargs: Option<&Bound<'py, PyDict>>,
                ) -> PyResult<Bound<'py, PyAny>> {
                    let py = function.py();
                    let ($($value,)+) = self;
                    $(let $value = $value.into_pyobject_or_pyerr(py)?;)+
                    call_array(function, [$(BoundObject::as_borrowed(&$value).any_handle()),+], kwargs)
                }

                #[inline]
                fn call_method(
                    self,
                    object: Borrowed<'_, 'py, PyAny>,
                    name: Borrowed<'_, 'py, crate::types::PyString>,
                    kwargs: Option<&Bound<'py, PyDict>>,
                ) -> PyResult<Bound<'py, PyAny>> {
                    if kwargs.is_some() {
                        return call_looked_up(object, name, self, kwargs);
                    }
                    let py = object.py();
                    let ($($value,)+) = self;
                    $(let $value = $value.into_pyobject_or_pyerr(py)?;)+
                    call_method_array(name, [object.any_handle(), $(BoundObject::as_borrowed(&$value).any_handle()),+])
                }
            }

            impl<'py, $($type: IntoPyObject<'py>),+> PyCallArgs<'py> for ($($type,)+) {}

            impl<'a, $($type),+> private::Sealed for &'a ($($type,)+) {}

            impl<'a, 'py, $($type),+> private::Call<'py> for &'a ($($type,)+)
            where
                $(&'a $type: IntoPyObject<'py>,)+
            {
                #[inline]
                fn call(
                    self,
                    function: Borrowed<'_, 'py, PyAny>,
                    kwargs: Option<&Bound<'py, PyDict>>,
                ) -> PyResult<Bound<'py, PyAny>> {
                    let ($($value,)+) = self;
                    private::Call::call(($($value,)+), function, kwargs)
                }

                #[inline]
                fn call_method(
                    self,
                    object: Borrowed<'_, 'py, PyAny>,
                    name: Borrowed<'_, 'py, crate::types::PyString>,
                    kwargs: Option<&Bound<'py, PyDict>>,
                ) -> PyResult<Bound<'py, PyAny>> {
                    let ($($value,)+) = self;
                    private::Call::call_method(($($value,)+), object, name, kwargs)
                }
            }

            impl<'a, 'py, $($type),+> PyCallArgs<'py> for &'a ($($type,)+) where $(&'a $type: IntoPyObject<'py>,)+ {}
        )*
    };
}

tuples! {
    (A a)
    (A a, B b)
    (A a, B b, C c)
    (A a, B b, C c, D d)
    (A a, B b, C c, D d, E e)
    (A a, B b, C c, D d, E e, F f)
    (A a, B b, C c, D d, E e, F f, G g)
    (A a, B b, C c, D d, E e, F f, G g, H h)
    (A a, B b, C c, D d, E e, F f, G g, H h, I i)
    (A a, B b, C c, D d, E e, F f, G g, H h, I i, J j)
    (A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k)
    (A a, B b, C c, D d, E e, F f, G g, H h, I i, J j, K k, L l)
}
