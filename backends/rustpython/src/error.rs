//! Exceptions. They travel in results, and so does [`Raised`]. The [indicator](crate::indicator) is for code written
//! against the C API.

use core::ffi::CStr;
use core::fmt;
use core::marker::PhantomData;

use pyo3_backend::{Attached, ErrorOps, ExceptionType, Outcome, Owned, Ref, kind};
use rustpython_vm::builtins::{PyBaseException, PyBaseExceptionRef, PyTuple, PyType};
use rustpython_vm::{AsObject, Py, PyObject, VirtualMachine};

use crate::convert::{disown_as, lend_as, object, outcome, own_as, payload};
use crate::types::exception_class;
use crate::vm::vm;
use crate::{RustPython, traceback};

/// A failed operation: the exception itself.
pub struct Raised<'py>(PyBaseExceptionRef, PhantomData<(&'py (), *mut ())>);

impl<'py> Raised<'py> {
    /// Wraps an exception of the VM, on an attached thread.
    #[inline]
    pub(crate) fn new(_py: Attached<'py, RustPython>, exception: PyBaseExceptionRef) -> Self {
        Raised(exception, PhantomData)
    }

    /// Returns the exception.
    #[inline]
    pub(crate) fn into_exception(self) -> PyBaseExceptionRef {
        self.0
    }
}

impl fmt::Debug for Raised<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Raised").field(&&*self.0.class().name()).finish()
    }
}

impl ErrorOps for RustPython {
    #[inline]
    fn error_take<'py>(py: Attached<'py, Self>, raised: Raised<'py>) -> Owned<'py, Self, kind::BaseException> {
        own_as(py, raised.0)
    }

    #[inline]
    fn error_raise<'py>(py: Attached<'py, Self>, exception: Owned<'py, Self, kind::BaseException>) -> Raised<'py> {
        Raised::new(py, disown_as(exception))
    }

    fn error_raise_new<'py>(py: Attached<'py, Self>, class: Ref<'_, Self>, value: Ref<'_, Self>) -> Raised<'py> {
        Raised::new(py, make_exception(object(class), object(value), vm(py)))
    }

    fn exception_type<'py>(py: Attached<'py, Self>, which: ExceptionType) -> Ref<'py, Self, kind::Type> {
        lend_as(exception_class(&vm(py).ctx, which))
    }

    fn exception_matches(_py: Attached<'_, Self>, exception: Ref<'_, Self>, class: Ref<'_, Self>) -> bool {
        matches(object(exception), object(class))
    }

    fn exception_traceback<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
    ) -> Option<Owned<'py, Self, kind::Traceback>> {
        payload(exception).__traceback__().map(|traceback| own_as(py, traceback))
    }

    fn exception_set_traceback(
        _py: Attached<'_, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
        traceback: Option<Ref<'_, Self, kind::Traceback>>,
    ) {
        let exception = payload(exception);
        // The setters of the VM drop the replaced value under a lock, so that must not be the last reference.
        let _old = exception.__traceback__();
        exception.set_traceback(traceback.map(|traceback| payload(traceback).to_owned()));
    }

    fn exception_cause<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
    ) -> Option<Owned<'py, Self, kind::BaseException>> {
        payload(exception).__cause__().map(|cause| own_as(py, cause))
    }

    fn exception_set_cause<'py>(
        _py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
        cause: Option<Owned<'py, Self, kind::BaseException>>,
    ) {
        let exception = payload(exception);
        let _old = exception.__cause__();
        exception.set_cause(cause.map(disown_as));
    }

    fn exception_context<'py>(
        py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
    ) -> Option<Owned<'py, Self, kind::BaseException>> {
        payload(exception).__context__().map(|context| own_as(py, context))
    }

    fn exception_set_context<'py>(
        _py: Attached<'py, Self>,
        exception: Ref<'_, Self, kind::BaseException>,
        context: Option<Owned<'py, Self, kind::BaseException>>,
    ) {
        let exception = payload(exception);
        let _old = exception.__context__();
        exception.set_context(context.map(disown_as));
    }

    fn error_print<'py>(py: Attached<'py, Self>, exception: Owned<'py, Self, kind::BaseException>, set_last: bool) {
        let vm = vm(py);
        let exception = disown_as(exception);
        if set_last {
            let (class, value, traceback) = vm.split_exception(exception.clone());
            let entries = [
                ("last_exc", value.clone()),
                ("last_type", class),
                ("last_value", value),
                ("last_traceback", traceback),
            ];
            for (name, value) in entries {
                // If the record cannot be stored, the exception is printed anyway, as in CPython.
                let _ = vm.sys_module.as_object().set_attr(vm.ctx.intern_str(name), value, vm);
            }
        }
        vm.print_exception(&exception);
    }

    fn error_display<'py>(py: Attached<'py, Self>, exception: Ref<'_, Self, kind::BaseException>) {
        let vm = vm(py);
        if traceback::display(vm, payload(exception)).is_ok() {
            return;
        }
        let mut text = String::new();
        // Writing to a `String` cannot fail.
        let _ = vm.write_exception(&mut text, payload(exception));
        let stderr = rustpython_vm::stdlib::sys::get_stderr(vm).ok().filter(|stderr| !vm.is_none(stderr));
        let written = stderr.is_some_and(|stderr| {
            let written = vm.call_method(&stderr, "write", (text.clone(),)).is_ok();
            let _ = vm.call_method(&stderr, "flush", ());
            written
        });
        if !written {
            eprint!("{text}");
        }
    }

    fn error_write_unraisable<'py>(
        py: Attached<'py, Self>,
        exception: Owned<'py, Self, kind::BaseException>,
        context: Option<Ref<'_, Self>>,
    ) {
        let vm = vm(py);
        let context = context.map_or_else(|| vm.ctx.none(), |context| object(context).to_owned());
        vm.run_unraisable(disown_as(exception), None, context);
    }

    fn error_warn<'py>(
        py: Attached<'py, Self>,
        category: Ref<'_, Self>,
        message: &CStr,
        stack_level: i32,
    ) -> Outcome<'py, Self, ()> {
        let vm = vm(py);
        let warn = || {
            let module = vm.import("warnings", 0)?;
            let message = vm.ctx.new_str(message.to_string_lossy().into_owned());
            let level = vm.ctx.new_int(stack_level);
            vm.call_method(&module, "warn", (message, object(category).to_owned(), level)).map(drop)
        };
        outcome(py, warn())
    }
}

/// Creates an exception with a message.
#[cold]
pub(crate) fn raise_message<'py>(
    py: Attached<'py, RustPython>,
    which: ExceptionType,
    message: impl Into<String>,
) -> Raised<'py> {
    let vm = vm(py);
    Raised::new(py, vm.new_exception_msg(exception_class(&vm.ctx, which).to_owned(), message.into().into()))
}

/// Creates the exception instance that `PyErr_SetObject` would create from its arguments.
fn make_exception(class: &PyObject, value: &PyObject, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let Some(class) = exception_subtype(class, vm) else {
        return vm.new_type_error("exceptions must derive from BaseException");
    };
    if let Some(instance) = value.downcast_ref::<PyBaseException>()
        && instance.fast_isinstance(class)
    {
        return instance.to_owned();
    }
    let arguments = if vm.is_none(value) {
        Vec::new()
    } else if let Some(tuple) = value.downcast_ref::<PyTuple>() {
        tuple.as_slice().to_vec()
    } else {
        vec![value.to_owned()]
    };
    // If the constructor raises, its exception is raised instead.
    vm.invoke_exception(class, arguments).unwrap_or_else(|raised| raised)
}

fn exception_subtype<'a>(class: &'a PyObject, vm: &VirtualMachine) -> Option<&'a Py<PyType>> {
    class.downcast_ref::<PyType>().filter(|class| class.fast_issubclass(vm.ctx.exceptions.base_exception_type))
}

/// Whether `except class:` would catch `exception`, an instance or a class.
fn matches(exception: &PyObject, class: &PyObject) -> bool {
    if let Some(classes) = class.downcast_ref::<PyTuple>() {
        return classes.as_slice().iter().any(|class| matches(exception, class));
    }
    let raised = match exception.downcast_ref::<PyType>() {
        Some(raised) => raised,
        None => exception.class(),
    };
    match class.downcast_ref::<PyType>() {
        Some(class) => raised.fast_issubclass(class),
        None => exception.is(class),
    }
}
