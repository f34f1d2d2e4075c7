//! Watching the current context.

use pyo3_backend::ContextOps;

use crate::CPython;

#[cfg(not(all(Py_3_14, not(Py_LIMITED_API), not(Py_GIL_DISABLED))))]
impl ContextOps for CPython {}

#[cfg(all(Py_3_14, not(Py_LIMITED_API), not(Py_GIL_DISABLED)))]
mod watching {
    use core::ffi::c_int;

    use pyo3_backend::{ContextEvent, ContextWatcher, ErrorOps, ObjectOps, kind};
    use pyo3_ffi as ffi;

    use super::*;
    use crate::attachment::entered;
    use crate::convert::borrowed;
    use crate::error::SavedException;
    use crate::{At, Outcome, Raised, Ref};

    impl ContextOps for CPython {
        fn context_add_watcher<W: ContextWatcher<Self>>(py: At<'_>) -> Outcome<'_, i32> {
            // SAFETY: attached. The function lives as long as the process, and CPython calls it as documented.
            let watcher = unsafe { ffi::PyContext_AddWatcher(changed::<W>) };
            if watcher < 0 {
                // SAFETY: a negative number means that an exception is set.
                return Err(unsafe { Raised::assume(py) });
            }
            Ok(watcher)
        }

        fn context_clear_watcher(py: At<'_>, watcher: i32) -> Outcome<'_, ()> {
            status!(py, unsafe ffi::PyContext_ClearWatcher(watcher))
        }
    }

    /// The callback of a watcher.
    ///
    /// # Safety
    ///
    /// CPython calls this on an attached thread, perhaps with an exception set. `object` lives during the call, and is
    /// a context or `None` if the event is a switch.
    unsafe extern "C" fn changed<W: ContextWatcher<CPython>>(
        event: ffi::PyContextEvent,
        object: *mut ffi::PyObject,
    ) -> c_int {
        // SAFETY: attached, as the caller promises.
        let saved = SavedException::new(unsafe { At::assume() });
        // SAFETY: attached, and a pending exception has been put aside.
        unsafe {
            entered(|py| {
                let object = (!object.is_null()).then(|| borrowed::<kind::Any>(object));
                let Err(raised) = call::<W>(py, event, object) else { return 0 };
                if saved.is_none() {
                    raised.leave();
                    return -1;
                }
                // With an exception set, CPython demands a zero, and reports nothing itself.
                let exception = CPython::error_take(py, raised);
                CPython::error_write_unraisable(py, exception, object);
                0
            })
        }
    }

    fn call<'a, 'py: 'a, W: ContextWatcher<CPython>>(
        py: At<'py>,
        event: ffi::PyContextEvent,
        object: Option<Ref<'a>>,
    ) -> Outcome<'py, ()> {
        let event = match event {
            ffi::Py_CONTEXT_SWITCHED => {
                ContextEvent::Switched(object.filter(|object| !object.is(CPython::constant_none(py))))
            }
            other => ContextEvent::Other(other, object),
        };
        W::call(py, event)?;
        // Code that calls the C API may have left an exception, and says that it succeeded.
        Raised::pending(py).map_or(Ok(()), Err)
    }
}
