//! Exceptions: raising, taking, inspecting and printing them.

use core::ffi::CStr;

use crate::{Attached, Backend, BackendTypes, ExceptionType, Outcome, Owned, Ref, RefOps, kind, provided};

/// Operations that convert between a failed operation ([`Raised`](BackendTypes::Raised)) and the exception object.
///
/// Names begin with `error_` or `exception_`.
pub trait ErrorOps: RefOps {
    /// Takes the exception out of `raised`, after which nothing is pending. The exception is normalised: an instance
    /// with its traceback attached.
    ///
    /// Runs Python: on CPython before 3.12 it may (the exception's constructor).
    /// CPython: `PyErr_GetRaisedException` (3.12), else `PyErr_Fetch` and `PyErr_NormalizeException`. RustPython: the
    /// exception itself.
    fn error_take<'py>(py: Attached<'py, Self>, raised: Self::Raised<'py>) -> Owned<'py, Self, kind::BaseException>;

    /// Makes `exception` the pending one, unchanged: its traceback and context stay.
    ///
    /// Ownership: takes the exception. Runs Python: no.
    /// CPython: `PyErr_SetRaisedException` (3.12), `PyErr_Restore`. RustPython: the exception itself.
    fn error_raise<'py>(py: Attached<'py, Self>, exception: Owned<'py, Self, kind::BaseException>)
    -> Self::Raised<'py>;

    /// Raises `class` with `value`: an instance of the class, a tuple of arguments, one argument, or `None` (the Python
    /// object) for no argument.
    ///
    /// If `class` is not an exception class, raises `TypeError: exceptions must derive from BaseException` instead.
    ///
    /// Runs Python: yes (the constructor), now or when the exception is taken.
    /// CPython: `PyErr_SetObject`. RustPython: `invoke_exception`.
    fn error_raise_new<'py>(py: Attached<'py, Self>, class: Ref<'_, Self>, value: Ref<'_, Self>) -> Self::Raised<'py>
    where
        Self: Backend,
    {
        let exception = match make_exception(py, class, value) {
            Ok(exception) => exception,
            Err(raised) => return raised,
        };
        Self::error_raise(py, exception)
    }

    /// Returns whether an exception is pending, or `None` if the runtime cannot tell without disturbing it. For
    /// diagnostics.
    ///
    /// Override if a failed operation leaves a mark on the thread.
    ///
    /// Runs Python: no.
    /// CPython: `PyErr_Occurred`. RustPython: `None`, as by default, because an exception is a value there, known only
    /// to its owner.
    #[inline(always)]
    fn error_is_raised(_py: Attached<'_, Self>) -> Option<bool> {
        None
    }

    /// Returns a built-in exception type.
    ///
    /// Runs Python: no.
    /// CPython: `PyExc_ValueError` and its like. RustPython: `ctx.exceptions.value_error` and its like.
    fn exception_type<'py>(py: Attached<'py, Self>, which: ExceptionType) -> Ref<'py, Self, kind::Type>;

    /// Returns whether `except class:` would catch `exception`, an instance or a class. `class` may be a tuple.
    ///
    /// Runs Python: no. CPython: `PyErr_GivenExceptionMatches`. RustPython: `fast_isinstance` over the tuple.
    fn exception_matches(py: Attached<'_, Self>, exception: Ref<'_, Self>, class: Ref<'_, Self>) -> bool
    where
        Self: Backend,
    {
        if let Some(classes) = class.cast::<kind::Tuple>(py) {
            let mut items = (0..Self::tuple_len(py, classes)).filter_map(|index| Self::tuple_get(py, classes, index));
            return items.any(|class| Self::exception_matches(py, exception, class));
        }
        let (Some(class), own) = (class.cast::<kind::Type>(py), exception.cast::<kind::Type>(py)) else { return false };
        Self::type_is_subtype(py, own.unwrap_or_else(|| Self::type_of(py, exception)), class)
    }

    /// Returns `exception.__traceback__`, or `None`.
    ///
    /// Runs Python: no. CPython: `PyException_GetTraceback`. RustPython: `__traceback__`.
    fn exception_traceback<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
    ) -> Option<Owned<'py, Self, kind::Traceback>>
    where
        Self: Backend,
    {
        exception_attribute(py, exception, "__traceback__")
    }

    /// Sets or removes `exception.__traceback__`.
    ///
    /// Runs Python: no. CPython: `PyException_SetTraceback`. RustPython: `set_traceback`.
    fn exception_set_traceback(
        py: Attached<'_, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
        traceback: Option<Ref<'_, Self, kind::Traceback>>,
    ) where
        Self: Backend,
    {
        set_exception_attribute(py, exception, "__traceback__", traceback.map(Ref::any));
    }

    /// Returns `exception.__cause__`, or `None`.
    ///
    /// Runs Python: no. CPython: `PyException_GetCause`. RustPython: `__cause__`.
    fn exception_cause<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
    ) -> Option<Owned<'py, Self, kind::BaseException>>
    where
        Self: Backend,
    {
        exception_attribute(py, exception, "__cause__")
    }

    /// Sets or removes `exception.__cause__`, like `raise .. from cause`.
    ///
    /// Runs Python: finalisers of the old cause. CPython: `PyException_SetCause`. RustPython: `set_cause`.
    fn exception_set_cause<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
        cause: Option<Owned<'py, Self, kind::BaseException>>,
    ) where
        Self: Backend,
    {
        set_exception_attribute(py, exception, "__cause__", cause.as_ref().map(|cause| cause.as_ref().any()));
    }

    /// Returns `exception.__context__`, or `None`.
    ///
    /// Runs Python: no. CPython: `PyException_GetContext`. RustPython: `__context__`.
    fn exception_context<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
    ) -> Option<Owned<'py, Self, kind::BaseException>>
    where
        Self: Backend,
    {
        exception_attribute(py, exception, "__context__")
    }

    /// Sets or removes `exception.__context__`.
    ///
    /// Runs Python: finalisers of the old context. CPython: `PyException_SetContext`. RustPython: `set_context`.
    fn exception_set_context<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
        context: Option<Owned<'py, Self, kind::BaseException>>,
    ) where
        Self: Backend,
    {
        set_exception_attribute(py, exception, "__context__", context.as_ref().map(|it| it.as_ref().any()));
    }

    /// Prints `exception` with its traceback through `sys.excepthook`. If `set_last`, also stores it in `sys.last_exc`.
    ///
    /// A `SystemExit` ends the process on CPython; RustPython prints it.
    ///
    /// Ownership: takes the exception. Runs Python: yes. CPython: `PyErr_PrintEx`. RustPython: `print_exception`.
    fn error_print<'py>(py: Attached<'py, Self>, exception: Owned<'py, Self, kind::BaseException>, set_last: bool)
    where
        Self: Backend,
    {
        let hooked = hand_over(py, exception.as_ref(), set_last);
        if let Err(raised) = hooked {
            Self::error_discard(raised);
            Self::error_display(py, exception.as_ref());
        }
    }

    /// Prints `exception` with its traceback to `sys.stderr`, regardless of `sys.excepthook`.
    ///
    /// Runs Python: yes. CPython: `PyErr_DisplayException` (3.12), `PyErr_Display`. RustPython: `write_exception`.
    fn error_display<'py>(py: Attached<'py, Self>, exception: Ref<'_, Self, kind::BaseException>)
    where
        Self: Backend,
    {
        let arguments = [exception.any()];
        if let Err(raised) = provided::function(py, "traceback", "print_exception", &arguments) {
            // The report itself failed, so there is no way to report this.
            Self::error_discard(raised);
        }
    }

    /// Reports an exception that cannot be raised, through `sys.unraisablehook`.
    ///
    /// Ownership: takes the exception. Runs Python: yes. CPython: `PyErr_WriteUnraisable`. RustPython: `run_unraisable`.
    fn error_write_unraisable<'py>(
        py: Attached<'py, Self>,
        exception: Owned<'py, Self, kind::BaseException>,
        object: Option<Ref<'_, Self>>,
    ) where
        Self: Backend,
    {
        if let Err(raised) = report(py, exception.as_ref(), object) {
            Self::error_discard(raised);
            Self::error_display(py, exception.as_ref());
        }
    }

    /// Issues a warning of a category.
    ///
    /// Runs Python: yes. Errors: the warning itself, if a filter turns it into an exception.
    /// CPython: `PyErr_WarnEx`. RustPython: `warnings.warn`.
    fn error_warn<'py>(
        py: Attached<'py, Self>,
        category: Ref<'_, Self>,
        message: &CStr,
        stack_level: i32,
    ) -> Outcome<'py, Self, ()>
    where
        Self: Backend,
    {
        let message = Self::str_from_utf8(py, &message.to_string_lossy());
        let level = Self::int_from_i64(py, stack_level.into());
        provided::function(py, "warnings", "warn", &[message.as_ref().any(), category, level.as_ref().any()]).map(drop)
    }

    /// Discards a failure. The same as dropping `raised`, but states the intent.
    ///
    /// Runs Python: finalisers of the exception. CPython: `PyErr_Clear`. RustPython: drop of the exception.
    #[inline]
    fn error_discard(raised: <Self as BackendTypes>::Raised<'_>) {
        drop(raised);
    }
}

/// Creates the instance of `class` that [`ErrorOps::error_raise_new`] raises.
fn make_exception<'py, B: Backend>(
    py: Attached<'py, B>,
    class: Ref<'_, B>,
    value: Ref<'_, B>,
) -> Outcome<'py, B, Owned<'py, B, kind::BaseException>> {
    let not_derived = || provided::raise(py, ExceptionType::TypeError, "exceptions must derive from BaseException");
    let Some(class) = class.cast::<kind::Type>(py) else { return Err(not_derived()) };
    if !B::type_is_subtype(py, class, B::exception_type(py, ExceptionType::BaseException)) {
        return Err(not_derived());
    }
    if let Some(value) = value.cast::<kind::BaseException>(py)
        && B::type_is_subtype(py, B::type_of(py, value.any()), class)
    {
        return Ok(value.to_owned(py));
    }
    let made = if let Some(arguments) = value.cast::<kind::Tuple>(py) {
        B::call(py, class.any(), arguments, None)?
    } else if value.is(B::constant_none(py)) {
        provided::call(py, class.any(), &[])?
    } else {
        provided::call(py, class.any(), &[value])?
    };
    made.cast().map_err(|_| not_derived())
}

/// Returns an attribute of an exception, or `None` if it is the Python object `None` or of another kind.
fn exception_attribute<'py, B: Backend, K: crate::Kind>(
    py: Attached<'py, B>,
    exception: Ref<'_, B, kind::BaseException>,
    name: &str,
) -> Option<Owned<'py, B, K>> {
    match provided::attribute(py, exception.any(), name) {
        Ok(value) => value.cast().ok(),
        Err(raised) => {
            B::error_discard(raised);
            None
        }
    }
}

fn set_exception_attribute<B: Backend>(
    py: Attached<'_, B>,
    exception: Ref<'_, B, kind::BaseException>,
    name: &str,
    value: Option<Ref<'_, B>>,
) {
    if let Err(raised) =
        provided::set_attribute(py, exception.any(), name, value.unwrap_or_else(|| B::constant_none(py)))
    {
        B::error_discard(raised);
    }
}

/// Passes an exception to `sys.excepthook`.
fn hand_over<'py, B: Backend>(
    py: Attached<'py, B>,
    exception: Ref<'_, B, kind::BaseException>,
    set_last: bool,
) -> Outcome<'py, B, ()> {
    let sys = B::code_import(py, B::str_from_utf8(py, "sys").as_ref())?;
    let class = B::type_of(py, exception.any()).any();
    let traceback = B::exception_traceback(py, exception);
    let traceback = traceback.as_ref().map_or_else(|| B::constant_none(py), |traceback| traceback.as_ref().any());
    if set_last {
        let last = [
            ("last_exc", exception.any()),
            ("last_type", class),
            ("last_value", exception.any()),
            ("last_traceback", traceback),
        ];
        for (name, value) in last {
            provided::set_attribute(py, sys.as_ref(), name, value)?;
        }
    }
    let hook = provided::attribute(py, sys.as_ref(), "excepthook")?;
    provided::call(py, hook.as_ref(), &[class, exception.any(), traceback]).map(drop)
}

/// Passes an exception to `sys.unraisablehook`.
fn report<'py, B: Backend>(
    py: Attached<'py, B>,
    exception: Ref<'_, B, kind::BaseException>,
    object: Option<Ref<'_, B>>,
) -> Outcome<'py, B, ()> {
    let none = B::constant_none(py);
    let traceback = B::exception_traceback(py, exception);
    let arguments = provided::member(py, "types", "SimpleNamespace")?;
    let arguments = provided::call(py, arguments.as_ref(), &[])?;
    let entries = [
        ("exc_type", B::type_of(py, exception.any()).any()),
        ("exc_value", exception.any()),
        ("exc_traceback", traceback.as_ref().map_or(none, |traceback| traceback.as_ref().any())),
        ("err_msg", none),
        ("object", object.unwrap_or(none)),
    ];
    for (name, value) in entries {
        provided::set_attribute(py, arguments.as_ref(), name, value)?;
    }
    provided::function(py, "sys", "unraisablehook", &[arguments.as_ref()]).map(drop)
}
