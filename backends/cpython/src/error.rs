//! Raising, taking, inspecting and printing exceptions.

use core::ffi::CStr;
use core::marker::PhantomData;

use pyo3_backend::{ErrorOps, ExceptionType, kind};
use pyo3_ffi as ffi;

#[cfg(not(Py_3_12))]
use crate::convert::clone_borrowed;
use crate::convert::{borrowed, into_raw_or_null, raw, raw_or_null};
use crate::{At, CPython, Outcome, Owned, Ref};

/// Proof that the error indicator of this thread is set.
///
/// Zero-sized: an exception that only passes through is never fetched. Dropping it clears the indicator.
#[must_use = "dropping it discards the exception"]
pub struct Raised<'py>(PhantomData<At<'py>>);

impl<'py> Raised<'py> {
    /// Claims that an exception is set.
    ///
    /// # Safety
    ///
    /// The error indicator of this thread is set, and no other `Raised` stands for it.
    #[inline]
    pub(crate) unsafe fn assume(_py: At<'py>) -> Self {
        Raised(PhantomData)
    }

    /// Returns the exception that is set, if any.
    #[inline]
    pub(crate) fn pending(py: At<'py>) -> Option<Self> {
        // SAFETY: the thread is attached. The result is borrowed and only compared.
        let set = !unsafe { ffi::PyErr_Occurred() }.is_null();
        // SAFETY: an exception is set.
        set.then(|| unsafe { Self::assume(py) })
    }

    /// Leaves the exception set, for CPython to find.
    #[inline]
    pub(crate) fn leave(self) {
        core::mem::forget(self);
    }

    /// Raises a built-in exception with one of this crate's messages.
    ///
    /// Inlined, because the compiler then knows the class. Otherwise each module would contain a table of all built-in
    /// exceptions, and the dynamic linker would look up each of them when it loads the module.
    #[inline]
    pub(crate) fn with_message(py: At<'py>, class: ExceptionType, message: &CStr) -> Self {
        Self::of_class(py, CPython::exception_type(py, class), message)
    }

    #[cold]
    #[inline(never)]
    fn of_class(py: At<'py>, class: Ref<'_, kind::Type>, message: &CStr) -> Self {
        // SAFETY: attached; the class is an exception class, and the message ends in a null byte.
        unsafe {
            ffi::PyErr_SetString(raw(class), message.as_ptr());
            Self::assume(py)
        }
    }
}

impl Drop for Raised<'_> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: a `Raised` exists only while the thread is attached.
        unsafe { ffi::PyErr_Clear() }
    }
}

impl core::fmt::Debug for Raised<'_> {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str("Raised")
    }
}

/// An exception put aside while destructors run, which may raise and clear exceptions of their own.
pub(crate) struct SavedException<'py>(Option<Owned<'py, kind::BaseException>>);

impl<'py> SavedException<'py> {
    /// Puts aside the exception that is set, if any.
    #[inline]
    pub(crate) fn new(py: At<'py>) -> Self {
        SavedException(Raised::pending(py).map(|raised| CPython::error_take(py, raised)))
    }

    /// Returns whether no exception was set.
    #[cfg(all(Py_3_14, not(Py_LIMITED_API), not(Py_GIL_DISABLED)))]
    pub(crate) fn is_none(&self) -> bool {
        self.0.is_none()
    }
}

impl Drop for SavedException<'_> {
    #[inline]
    fn drop(&mut self) {
        if let Some(exception) = self.0.take() {
            CPython::error_raise(exception.py(), exception).leave();
        }
    }
}

impl ErrorOps for CPython {
    #[inline]
    fn error_take<'py>(py: At<'py>, raised: Raised<'py>) -> Owned<'py, kind::BaseException> {
        raised.leave();
        let exception = take_normalized(py);
        exception.unwrap_or_else(|| {
            // Some foreign code broke its promise: it returned null without setting an exception.
            let text = c"attempted to fetch exception but none was set";
            Raised::with_message(py, ExceptionType::SystemError, text).leave();
            take_normalized(py).unwrap_or_else(|| crate::convert::out_of_memory())
        })
    }

    #[inline]
    fn error_raise<'py>(py: At<'py>, exception: Owned<'py, kind::BaseException>) -> Raised<'py> {
        restore(py, exception);
        // SAFETY: just set.
        unsafe { Raised::assume(py) }
    }

    #[inline]
    fn error_raise_new<'py>(py: At<'py>, class: Ref<'_>, value: Ref<'_>) -> Raised<'py> {
        // SAFETY: both are live objects. For a checked class, `PyErr_SetObject` always sets an exception, whatever the
        // value.
        unsafe {
            if ffi::PyExceptionClass_Check(raw(class)) == 0 {
                return Raised::with_message(
                    py,
                    ExceptionType::TypeError,
                    c"exceptions must derive from BaseException",
                );
            }
            ffi::PyErr_SetObject(raw(class), raw(value));
            Raised::assume(py)
        }
    }

    #[inline]
    fn error_is_raised(_py: At<'_>) -> Option<bool> {
        // SAFETY: the thread is attached. The result is borrowed and only compared.
        Some(!unsafe { ffi::PyErr_Occurred() }.is_null())
    }

    #[inline]
    fn exception_type<'py>(_py: At<'py>, which: ExceptionType) -> Ref<'py, kind::Type> {
        // SAFETY: attached, so the interpreter has filled these statics. It does not change or free them before it
        // ends.
        unsafe { borrowed(exception_pointer(which)) }
    }

    #[inline]
    fn exception_matches(_py: At<'_>, exception: Ref<'_>, class: Ref<'_>) -> bool {
        // SAFETY: both are live objects.
        unsafe { ffi::PyErr_GivenExceptionMatches(raw(exception), raw(class)) != 0 }
    }

    #[inline]
    fn exception_traceback<'py>(
        py: At<'py>,
        exception: Ref<'_, kind::BaseException>,
    ) -> Option<Owned<'py, kind::Traceback>> {
        // SAFETY: an exception; the result is a new reference, or null for none.
        let traceback = unsafe { ffi::PyException_GetTraceback(raw(exception)) };
        // SAFETY: attached. Old versions keep a `None` that was set to remove a traceback.
        if traceback == unsafe { ffi::Py_None() } {
            // SAFETY: the new reference from above, which is released here.
            drop(unsafe { owned_or_none::<kind::Any>(py, traceback) });
            return None;
        }
        // SAFETY: the new reference from above, to a traceback, or null.
        unsafe { owned_or_none(py, traceback) }
    }

    fn exception_set_traceback(
        _py: At<'_>,
        exception: Ref<'_, kind::BaseException>,
        traceback: Option<Ref<'_, kind::Traceback>>,
    ) {
        // SAFETY: an exception, and a traceback or `None`. Only `None` removes a traceback.
        unsafe {
            let traceback = traceback.map_or_else(|| ffi::Py_None(), raw);
            ffi::PyException_SetTraceback(raw(exception), traceback);
        }
    }

    #[inline]
    fn exception_cause<'py>(
        py: At<'py>,
        exception: Ref<'_, kind::BaseException>,
    ) -> Option<Owned<'py, kind::BaseException>> {
        // SAFETY: an exception; the result is a new reference, or null for none.
        unsafe { owned_or_none(py, ffi::PyException_GetCause(raw(exception))) }
    }

    fn exception_set_cause<'py>(
        _py: At<'py>,
        exception: Ref<'_, kind::BaseException>,
        cause: Option<Owned<'py, kind::BaseException>>,
    ) {
        // SAFETY: an exception; the function takes over the reference to the cause.
        unsafe { ffi::PyException_SetCause(raw(exception), into_raw_or_null(cause)) }
    }

    #[inline]
    fn exception_context<'py>(
        py: At<'py>,
        exception: Ref<'_, kind::BaseException>,
    ) -> Option<Owned<'py, kind::BaseException>> {
        // SAFETY: an exception; the result is a new reference, or null for none.
        unsafe { owned_or_none(py, ffi::PyException_GetContext(raw(exception))) }
    }

    fn exception_set_context<'py>(
        _py: At<'py>,
        exception: Ref<'_, kind::BaseException>,
        context: Option<Owned<'py, kind::BaseException>>,
    ) {
        // SAFETY: an exception; the function takes over the reference to the context.
        unsafe { ffi::PyException_SetContext(raw(exception), into_raw_or_null(context)) }
    }

    fn error_print<'py>(py: At<'py>, exception: Owned<'py, kind::BaseException>, set_last: bool) {
        restore(py, exception);
        // SAFETY: attached, and an exception is set; the call clears it.
        unsafe { ffi::PyErr_PrintEx(set_last.into()) }
    }

    fn error_display<'py>(py: At<'py>, exception: Ref<'_, kind::BaseException>) {
        #[cfg(Py_3_12)]
        {
            let _ = py;
            // SAFETY: attached, with an exception.
            unsafe { ffi::PyErr_DisplayException(raw(exception)) }
        }
        #[cfg(not(Py_3_12))]
        {
            let traceback = Self::exception_traceback(py, exception);
            let traceback = raw_or_null(traceback.as_ref().map(|traceback| traceback.as_ref()));
            // SAFETY: attached; an exception with its own type and traceback, all borrowed.
            unsafe { ffi::PyErr_Display(ffi::Py_TYPE(raw(exception)).cast(), raw(exception), traceback) }
        }
    }

    fn error_write_unraisable<'py>(py: At<'py>, exception: Owned<'py, kind::BaseException>, object: Option<Ref<'_>>) {
        restore(py, exception);
        // SAFETY: attached, and an exception is set; the call clears it. The object may be null.
        unsafe { ffi::PyErr_WriteUnraisable(raw_or_null(object)) }
    }

    fn error_warn<'py>(py: At<'py>, category: Ref<'_>, message: &CStr, stack_level: i32) -> Outcome<'py, ()> {
        status!(py, unsafe ffi::PyErr_WarnEx(raw(category), message.as_ptr(), stack_level as ffi::Py_ssize_t))
    }
}

/// Takes over an optional reference.
///
/// # Safety
///
/// `ptr` is a new reference to an object of kind `K`, or null.
unsafe fn owned_or_none<'py, K>(_py: At<'py>, ptr: *mut ffi::PyObject) -> Option<Owned<'py, K>> {
    // SAFETY: upheld by the caller.
    core::ptr::NonNull::new(ptr).map(|ptr| unsafe { Owned::from_ptr(ptr) })
}

/// Takes the exception that is set, as an instance with its traceback.
#[cfg(Py_3_12)]
fn take_normalized(py: At<'_>) -> Option<Owned<'_, kind::BaseException>> {
    // SAFETY: attached; the result is a new reference, or null.
    unsafe { owned_or_none(py, ffi::PyErr_GetRaisedException()) }
}

/// Takes the exception that is set, as an instance with its traceback.
#[cfg(not(Py_3_12))]
fn take_normalized(py: At<'_>) -> Option<Owned<'_, kind::BaseException>> {
    let mut class = core::ptr::null_mut();
    let mut value = core::ptr::null_mut();
    let mut traceback = core::ptr::null_mut();
    // SAFETY: attached; the three are new references or null, and are taken over here. Normalising makes `value` an
    // instance whenever `class` is not null.
    unsafe {
        ffi::PyErr_Fetch(&mut class, &mut value, &mut traceback);
        if class.is_null() {
            return None;
        }
        ffi::PyErr_NormalizeException(&mut class, &mut value, &mut traceback);
        let traceback: Option<Owned<'_>> = owned_or_none(py, traceback);
        let _class: Option<Owned<'_>> = owned_or_none(py, class);
        let value = owned_or_none(py, value);
        if let (Some(exception), Some(traceback)) = (&value, traceback) {
            let exception: &Owned<'_, kind::BaseException> = exception;
            ffi::PyException_SetTraceback(raw(exception.as_ref()), raw(traceback.as_ref()));
        }
        value
    }
}

/// Sets the error indicator.
#[cfg(Py_3_12)]
#[inline]
fn restore<'py>(_py: At<'py>, exception: Owned<'py, kind::BaseException>) {
    // SAFETY: attached; takes over a reference to an exception.
    unsafe { ffi::PyErr_SetRaisedException(exception.into_ptr().as_ptr()) }
}

/// Sets the error indicator.
#[cfg(not(Py_3_12))]
fn restore<'py>(py: At<'py>, exception: Owned<'py, kind::BaseException>) {
    let traceback = into_raw_or_null(CPython::exception_traceback(py, exception.as_ref()));
    // SAFETY: attached; takes over references to the class of an exception, the exception, and its traceback or null.
    unsafe {
        let class: Option<Owned<'_>> = clone_borrowed(py, ffi::Py_TYPE(raw(exception.as_ref())).cast());
        ffi::PyErr_Restore(into_raw_or_null(class), exception.into_ptr().as_ptr(), traceback);
    }
}

macro_rules! exception_pointers {
    ($which:ident: $($name:ident => $static:ident $(, else [$version:meta] $fallback:ident)?;)*) => {
        match $which {
            $(
                $(#[cfg($version)])?
                // SAFETY: the interpreter writes it before any thread attaches, and it is only read after that.
                ExceptionType::$name => unsafe { ffi::$static },
                $(
                    #[cfg(not($version))]
                    // SAFETY: as above.
                    ExceptionType::$name => unsafe { ffi::$fallback },
                )?
            )*
        }
    };
}

/// Returns the static that holds an exception type, or its nearest ancestor if this version does not have the type.
///
/// # Safety
///
/// The thread is attached, so the interpreter has filled the statics.
#[inline]
unsafe fn exception_pointer(which: ExceptionType) -> *mut ffi::PyObject {
    exception_pointers! { which:
        BaseException => PyExc_BaseException;
        Exception => PyExc_Exception;
        ArithmeticError => PyExc_ArithmeticError;
        AssertionError => PyExc_AssertionError;
        AttributeError => PyExc_AttributeError;
        BaseExceptionGroup => PyExc_BaseExceptionGroup, else [Py_3_11] PyExc_BaseException;
        BlockingIOError => PyExc_BlockingIOError;
        BrokenPipeError => PyExc_BrokenPipeError;
        BufferError => PyExc_BufferError;
        BytesWarning => PyExc_BytesWarning;
        ChildProcessError => PyExc_ChildProcessError;
        ConnectionAbortedError => PyExc_ConnectionAbortedError;
        ConnectionError => PyExc_ConnectionError;
        ConnectionRefusedError => PyExc_ConnectionRefusedError;
        ConnectionResetError => PyExc_ConnectionResetError;
        DeprecationWarning => PyExc_DeprecationWarning;
        EOFError => PyExc_EOFError;
        EncodingWarning => PyExc_EncodingWarning, else [Py_3_10] PyExc_Warning;
        FileExistsError => PyExc_FileExistsError;
        FileNotFoundError => PyExc_FileNotFoundError;
        FloatingPointError => PyExc_FloatingPointError;
        FutureWarning => PyExc_FutureWarning;
        GeneratorExit => PyExc_GeneratorExit;
        ImportError => PyExc_ImportError;
        ImportWarning => PyExc_ImportWarning;
        IndentationError => PyExc_IndentationError;
        IndexError => PyExc_IndexError;
        InterruptedError => PyExc_InterruptedError;
        IsADirectoryError => PyExc_IsADirectoryError;
        KeyboardInterrupt => PyExc_KeyboardInterrupt;
        KeyError => PyExc_KeyError;
        LookupError => PyExc_LookupError;
        MemoryError => PyExc_MemoryError;
        ModuleNotFoundError => PyExc_ModuleNotFoundError;
        NameError => PyExc_NameError;
        NotADirectoryError => PyExc_NotADirectoryError;
        NotImplementedError => PyExc_NotImplementedError;
        OSError => PyExc_OSError;
        OverflowError => PyExc_OverflowError;
        PendingDeprecationWarning => PyExc_PendingDeprecationWarning;
        PermissionError => PyExc_PermissionError;
        ProcessLookupError => PyExc_ProcessLookupError;
        PythonFinalizationError => PyExc_PythonFinalizationError, else [all(Py_3_13, not(Py_LIMITED_API))] PyExc_RuntimeError;
        RecursionError => PyExc_RecursionError;
        ReferenceError => PyExc_ReferenceError;
        ResourceWarning => PyExc_ResourceWarning;
        RuntimeError => PyExc_RuntimeError;
        RuntimeWarning => PyExc_RuntimeWarning;
        StopAsyncIteration => PyExc_StopAsyncIteration;
        StopIteration => PyExc_StopIteration;
        SyntaxError => PyExc_SyntaxError;
        SyntaxWarning => PyExc_SyntaxWarning;
        SystemError => PyExc_SystemError;
        SystemExit => PyExc_SystemExit;
        TabError => PyExc_TabError;
        TimeoutError => PyExc_TimeoutError;
        TypeError => PyExc_TypeError;
        UnboundLocalError => PyExc_UnboundLocalError;
        UnicodeDecodeError => PyExc_UnicodeDecodeError;
        UnicodeEncodeError => PyExc_UnicodeEncodeError;
        UnicodeError => PyExc_UnicodeError;
        UnicodeTranslateError => PyExc_UnicodeTranslateError;
        UnicodeWarning => PyExc_UnicodeWarning;
        UserWarning => PyExc_UserWarning;
        ValueError => PyExc_ValueError;
        Warning => PyExc_Warning;
        ZeroDivisionError => PyExc_ZeroDivisionError;
    }
}
