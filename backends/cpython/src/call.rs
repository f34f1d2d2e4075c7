//! Calling Python from Rust.

use pyo3_backend::{CallOps, Positional, kind};

use crate::convert::{raw, raw_or_null};
use crate::{At, CPython, Outcome, Owned, Ref};

impl CallOps for CPython {
    #[inline]
    fn call<'py>(
        py: At<'py>,
        callable: Ref<'_>,
        args: Ref<'_, kind::Tuple>,
        kwargs: Option<Ref<'_, kind::Dict>>,
    ) -> Outcome<'py, Owned<'py>> {
        owned!(py, unsafe ffi::PyObject_Call(raw(callable), raw(args), raw_or_null(kwargs)))
    }

    #[inline]
    fn call_positional<'py>(
        py: At<'py>,
        callable: Ref<'_>,
        args: Positional<'_, Self>,
        kwargs: Option<Ref<'_, kind::Dict>>,
    ) -> Outcome<'py, Owned<'py>> {
        positional(py, callable, args, kwargs)
    }

    #[inline]
    fn call_method<'py>(py: At<'py>, name: Ref<'_, kind::Str>, args: Positional<'_, Self>) -> Outcome<'py, Owned<'py>> {
        method(py, name, args)
    }
}

/// `PyObject_Vectorcall` and its relatives exist in the full API, and in the limited API from 3.12 on.
#[cfg(any(Py_3_12, not(Py_LIMITED_API)))]
mod vectorcall {
    use pyo3_ffi as ffi;

    use super::*;

    /// Returns the count of the arguments, marked to say that there is a free place before the first.
    #[inline]
    fn count(args: &Positional<'_, CPython>) -> usize {
        args.len() | ffi::PY_VECTORCALL_ARGUMENTS_OFFSET
    }

    #[inline]
    pub(super) fn positional<'py>(
        py: At<'py>,
        callable: Ref<'_>,
        mut args: Positional<'_, CPython>,
        kwargs: Option<Ref<'_, kind::Dict>>,
    ) -> Outcome<'py, Owned<'py>> {
        // Inlined, the number of arguments is a constant.
        #[cfg(not(Py_LIMITED_API))]
        if let ([only], None) = (args.as_slice(), kwargs) {
            return owned!(py, unsafe ffi::PyObject_CallOneArg(raw(callable), raw(*only)));
        }
        let count = count(&args);
        let first = args.as_mut_ptr().cast();
        match kwargs {
            #[cfg(Py_3_11)]
            None => owned!(py, unsafe ffi::PyObject_Vectorcall(raw(callable), first, count, core::ptr::null_mut())),
            // Before 3.11, `PyObject_Vectorcall` is an inline function of the header. This one does the same.
            #[cfg(not(Py_3_11))]
            None => owned!(py, unsafe ffi::PyObject_VectorcallDict(raw(callable), first, count, core::ptr::null_mut())),
            Some(kwargs) => with_kwargs(py, callable, args, kwargs),
        }
    }

    #[cfg(not(Py_LIMITED_API))]
    fn with_kwargs<'py>(
        py: At<'py>,
        callable: Ref<'_>,
        mut args: Positional<'_, CPython>,
        kwargs: Ref<'_, kind::Dict>,
    ) -> Outcome<'py, Owned<'py>> {
        let count = count(&args);
        owned!(py, unsafe ffi::PyObject_VectorcallDict(raw(callable), args.as_mut_ptr().cast(), count, raw(kwargs)))
    }

    #[cfg(Py_LIMITED_API)]
    fn with_kwargs<'py>(
        py: At<'py>,
        callable: Ref<'_>,
        args: Positional<'_, CPython>,
        kwargs: Ref<'_, kind::Dict>,
    ) -> Outcome<'py, Owned<'py>> {
        let args = super::tuple(py, args.as_slice());
        CPython::call(py, callable, args.as_ref(), Some(kwargs))
    }

    #[inline]
    pub(super) fn method<'py>(
        py: At<'py>,
        name: Ref<'_, kind::Str>,
        mut args: Positional<'_, CPython>,
    ) -> Outcome<'py, Owned<'py>> {
        let count = count(&args);
        let first = args.as_mut_ptr().cast();
        owned!(py, unsafe ffi::PyObject_VectorcallMethod(raw(name), first, count, core::ptr::null_mut()))
    }
}

#[cfg(all(Py_LIMITED_API, not(Py_3_12)))]
mod vectorcall {
    use super::*;

    pub(super) fn positional<'py>(
        py: At<'py>,
        callable: Ref<'_>,
        args: Positional<'_, CPython>,
        kwargs: Option<Ref<'_, kind::Dict>>,
    ) -> Outcome<'py, Owned<'py>> {
        let args = super::tuple(py, args.as_slice());
        CPython::call(py, callable, args.as_ref(), kwargs)
    }

    pub(super) fn method<'py>(
        py: At<'py>,
        name: Ref<'_, kind::Str>,
        args: Positional<'_, CPython>,
    ) -> Outcome<'py, Owned<'py>> {
        use pyo3_backend::ObjectOps;

        let [receiver, args @ ..] = args.as_slice() else {
            unreachable!("a method call has its receiver as first argument");
        };
        let method = CPython::object_get_attribute(py, *receiver, name)?;
        let args = super::tuple(py, args);
        CPython::call(py, method.as_ref(), args.as_ref(), None)
    }
}

use vectorcall::{method, positional};

#[cfg(Py_LIMITED_API)]
fn tuple<'py>(py: At<'py>, items: &[Ref<'_>]) -> Owned<'py, kind::Tuple> {
    use pyo3_backend::TupleOps;

    let items_owned = items.iter().map(|&item| Ok(Ref::to_owned(item, py)));
    let Ok(tuple) = CPython::tuple_from::<core::convert::Infallible>(py, items.len(), items_owned);
    tuple
}
