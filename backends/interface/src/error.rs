//! Exceptions: raising, taking, inspecting, printing.

use core::ffi::CStr;

use crate::{Attached, BackendTypes, ExceptionType, Outcome, Owned, Ref, RefOps, kind};

/// Between a failed operation ([`Raised`](BackendTypes::Raised)) and the exception object.
pub trait ErrorOps: RefOps {
    /// Takes the exception out of `raised`, normalised (an instance, its traceback attached); nothing is pending then.
    ///
    /// Runs Python: on CPython before 3.12 it may (the exception's constructor).
    /// CPython: `PyErr_GetRaisedException` (3.12), else `PyErr_Fetch` and `PyErr_NormalizeException`.
    /// RustPython: the exception itself.
    fn take<'py>(py: Attached<'py, Self>, raised: Self::Raised<'py>) -> Owned<'py, Self, kind::BaseException>;

    /// Makes `exception` the pending one, as it is: its traceback and context stay.
    ///
    /// Ownership: takes the exception. Runs Python: no. CPython: `PyErr_SetRaisedException` (3.12), `PyErr_Restore`.
    fn raise<'py>(py: Attached<'py, Self>, exception: Owned<'py, Self, kind::BaseException>) -> Self::Raised<'py>;

    /// Raises `class` with `value`: an instance of the class, a tuple of arguments, one argument, or `None` (the
    /// Python object) for no argument.
    ///
    /// Where `class` is no exception class, `TypeError: exceptions must derive from BaseException` is raised instead.
    /// Runs Python: yes (the constructor), now or when the exception is taken.
    /// CPython: `PyErr_SetObject`. RustPython: `invoke_exception`.
    fn raise_from<'py>(py: Attached<'py, Self>, class: Ref<'_, Self>, value: Ref<'_, Self>) -> Self::Raised<'py>;

    /// The exception that is pending although no operation returned it: set by foreign code through the C API.
    ///
    /// Runs Python: no. CPython: `PyErr_Occurred`. RustPython: the slot that `rustpython-capi` keeps it in, which is that of
    /// the exception being handled: asked for without need inside an `except` clause, it gives that one.
    fn pending<'py>(py: Attached<'py, Self>) -> Option<Self::Raised<'py>>;

    /// Leaves the exception pending for foreign code that is about to return to Python: the opposite of
    /// [`pending`](Self::pending).
    ///
    /// Runs Python: no. CPython: nothing, the indicator is set already. RustPython: `set_exception`.
    fn leave_pending<'py>(py: Attached<'py, Self>, raised: Self::Raised<'py>);

    /// A built-in exception type.
    ///
    /// CPython: `PyExc_ValueError` and its like. RustPython: `ctx.exceptions.value_error` and its like.
    fn exception_type<'py>(py: Attached<'py, Self>, which: ExceptionType) -> Ref<'py, Self, kind::Type>;

    /// Whether an `except class:` clause would catch `exception` (an instance or a class); `class` may be a tuple.
    ///
    /// Runs Python: no. CPython: `PyErr_GivenExceptionMatches`. RustPython: `fast_isinstance` over the tuple.
    fn exception_matches(py: Attached<'_, Self>, exception: Ref<'_, Self>, class: Ref<'_, Self>) -> bool;

    /// `exception.__traceback__`, or `None`.
    ///
    /// Runs Python: no. CPython: `PyException_GetTraceback`. RustPython: `__traceback__`.
    fn traceback<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
    ) -> Option<Owned<'py, Self, kind::Traceback>>;

    /// Sets or removes `exception.__traceback__`.
    ///
    /// Runs Python: no. CPython: `PyException_SetTraceback`. RustPython: `set_traceback`.
    fn set_traceback(
        py: Attached<'_, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
        traceback: Option<Ref<'_, Self, kind::Traceback>>,
    );

    /// `exception.__cause__`, or `None`. CPython: `PyException_GetCause`. RustPython: `__cause__`.
    fn cause<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
    ) -> Option<Owned<'py, Self, kind::BaseException>>;

    /// Sets or removes `exception.__cause__`, as `raise .. from cause` does.
    ///
    /// CPython: `PyException_SetCause`. RustPython: `set_cause`.
    fn set_cause<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
        cause: Option<Owned<'py, Self, kind::BaseException>>,
    );

    /// `exception.__context__`, or `None`. CPython: `PyException_GetContext`. RustPython: `__context__`.
    fn context<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
    ) -> Option<Owned<'py, Self, kind::BaseException>>;

    /// Sets or removes `exception.__context__`. CPython: `PyException_SetContext`. RustPython: `set_context`.
    fn set_context<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
        context: Option<Owned<'py, Self, kind::BaseException>>,
    );

    /// Prints `exception` with its traceback through `sys.excepthook`; `set_last` also stores it in `sys.last_exc`.
    ///
    /// Ownership: takes the exception. A `SystemExit` ends the process on CPython; RustPython prints it.
    /// Runs Python: yes. CPython: `PyErr_PrintEx`. RustPython: `print_exception`.
    fn print<'py>(py: Attached<'py, Self>, exception: Owned<'py, Self, kind::BaseException>, set_last: bool);

    /// Prints `exception` with its traceback to `sys.stderr`, whatever `sys.excepthook` is.
    ///
    /// Runs Python: yes. CPython: `PyErr_DisplayException` (3.12), `PyErr_Display`. RustPython: `write_exception`.
    fn display<'py>(py: Attached<'py, Self>, exception: Ref<'_, Self, kind::BaseException>);

    /// Reports an exception that cannot be raised, through `sys.unraisablehook`.
    ///
    /// Ownership: takes the exception. Runs Python: yes. CPython: `PyErr_WriteUnraisable`. RustPython: `run_unraisable`.
    fn write_unraisable<'py>(
        py: Attached<'py, Self>,
        exception: Owned<'py, Self, kind::BaseException>,
        object: Option<Ref<'_, Self>>,
    );

    /// Issues a warning of a category.
    ///
    /// Runs Python: yes. Errors: the warning itself where filters turn it into an exception.
    /// CPython: `PyErr_WarnEx`. RustPython: `warnings.warn`.
    fn warn<'py>(
        py: Attached<'py, Self>,
        category: Ref<'_, Self>,
        message: &CStr,
        stack_level: i32,
    ) -> Outcome<'py, Self, ()>;

    /// Forgets a failure. The same as dropping `raised`; a name for it where that is the point.
    #[inline]
    fn discard(raised: <Self as BackendTypes>::Raised<'_>) {
        drop(raised);
    }
}
