//! The interpreter of libpython.

use pyo3_ffi as ffi;

/// Runs `body` attached, starting the interpreter if no test has done so.
pub fn attached(body: impl FnOnce()) {
    static START: std::sync::Once = std::sync::Once::new();
    START.call_once(|| {
        // SAFETY: started once. The starting thread detaches, so that every test attaches in the same way.
        unsafe {
            ffi::Py_InitializeEx(0);
            ffi::PyEval_SaveThread();
        }
    });
    // SAFETY: the interpreter runs and never ends.
    let state = unsafe { ffi::PyGILState_Ensure() };
    body();
    // SAFETY: the state of this thread's only attachment.
    unsafe { ffi::PyGILState_Release(state) };
}
