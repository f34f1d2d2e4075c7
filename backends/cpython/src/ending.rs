//! Threads that attach in the moment when the interpreter ends.
//!
//! A thread asks whether the interpreter runs, and attaches then. If it loses the processor in between, and the interpreter
//! has ended when it goes on, CPython ends the process or follows pointers into memory that is gone. So threads are counted
//! while they attach, and the interpreter is kept from ending before the count is zero, twice:
//!
//! - by an exit function, since the next thing that the end does is to free the states of all other threads, that of a
//!   thread in the middle of `PyGILState_Ensure` among them. From then on threads that come are held up for a moment,
//!   until the end has begun;
//! - by a capsule in the interpreter's dict, which dies when threads are refused already, and while attaching still only
//!   means to be ended for it.
//!
//! A thread that comes back from a detached section after the end stays where it is, as one that comes back before the end.

#[cfg(all(not(Py_3_14), unix, panic = "unwind"))]
mod counted {
    use core::ffi::c_int;
    use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::ffi::CString;
    use std::thread;
    use std::time::{Duration, Instant};

    use pyo3_ffi as ffi;

    use crate::thread::is_finalizing;

    /// How many threads attach now.
    static ATTACHING: AtomicUsize = AtomicUsize::new(0);

    /// Whether the interpreter has our capsule.
    static WATCHED: AtomicBool = AtomicBool::new(false);

    /// How many interpreters have ended.
    static ENDED: AtomicUsize = AtomicUsize::new(0);

    /// Whether exit functions run, ours among them.
    static LEAVING: AtomicBool = AtomicBool::new(false);

    /// How long a thread that comes while exit functions run is held up. They may be waiting for it.
    const HELD_UP: Duration = Duration::from_millis(100);

    /// How long the end waits. A thread that CPython ends for attaching needs some milliseconds.
    const LIMIT: Duration = Duration::from_secs(2);

    /// A thread that attaches.
    pub(crate) struct Attaching(());

    impl Attaching {
        /// To be made before it is asked whether the interpreter runs.
        #[inline]
        pub(crate) fn new() -> Self {
            ATTACHING.fetch_add(1, Ordering::SeqCst);
            if LEAVING.load(Ordering::SeqCst) {
                hold_up();
            }
            Attaching(())
        }

        /// `PyGILState_Ensure`.
        ///
        /// # Safety
        ///
        /// An interpreter runs, or is ending: then this does not return.
        #[inline]
        pub(crate) unsafe fn ensure(self) -> ffi::PyGILState_STATE {
            unsafe extern "C-unwind" {
                // `pyo3_ffi` has it with another end: there nobody counts.
                fn PyGILState_Ensure() -> c_int;
            }

            /// For the thread that CPython ends in the call, which unwinds its stack.
            struct Stay(Option<Attaching>);

            impl Drop for Stay {
                fn drop(&mut self) {
                    self.0 = None;
                    stay();
                }
            }

            let mut unwound = Stay(Some(self));
            // SAFETY: the caller's promise.
            let state = unsafe { PyGILState_Ensure() };
            unwound.0 = None;
            core::mem::forget(unwound);
            watch();
            match state {
                0 => ffi::PyGILState_STATE::PyGILState_LOCKED,
                _ => ffi::PyGILState_STATE::PyGILState_UNLOCKED,
            }
        }
    }

    impl Drop for Attaching {
        #[inline]
        fn drop(&mut self) {
            ATTACHING.fetch_sub(1, Ordering::SeqCst);
        }
    }

    /// Waits, uncounted, until the end has begun, or does not come: exit functions can be run without one.
    #[cold]
    fn hold_up() {
        ATTACHING.fetch_sub(1, Ordering::SeqCst);
        let start = Instant::now();
        while LEAVING.load(Ordering::SeqCst) && !is_finalizing() {
            if start.elapsed() > HELD_UP {
                LEAVING.store(false, Ordering::SeqCst);
            }
            thread::sleep(Duration::from_micros(200));
        }
        ATTACHING.fetch_add(1, Ordering::SeqCst);
    }

    /// Does not return. The thread has no lock of the interpreter.
    #[cold]
    fn stay() -> ! {
        loop {
            thread::sleep(Duration::from_secs(3600));
        }
    }

    /// Puts the exit function and the capsule where the end will find them. The thread is attached, to the main interpreter.
    #[inline]
    pub(crate) fn watch() {
        if !WATCHED.load(Ordering::Relaxed) && !WATCHED.swap(true, Ordering::SeqCst) {
            register_exit_function();
            put_capsule();
        }
    }

    #[cold]
    fn register_exit_function() {
        /// What `atexit` calls. Python writes nothing into it.
        struct Definition(ffi::PyMethodDef);

        // SAFETY: constant names and a function, which nobody changes.
        unsafe impl Sync for Definition {}

        static LEAVES: Definition = Definition(ffi::PyMethodDef {
            ml_name: c"leave".as_ptr(),
            ml_meth: ffi::PyMethodDefPointer { PyCFunction: leaves },
            ml_flags: ffi::METH_NOARGS,
            ml_doc: core::ptr::null(),
        });

        // SAFETY: attached, no exception is set; the definition is a static; each reference is given up once.
        unsafe {
            let definition = (&raw const LEAVES.0).cast_mut();
            let function = ffi::PyCFunction_NewEx(definition, core::ptr::null_mut(), core::ptr::null_mut());
            let module = ffi::PyImport_ImportModule(c"atexit".as_ptr());
            if !function.is_null() && !module.is_null() {
                ffi::Py_XDECREF(ffi::PyObject_CallMethod(module, c"register".as_ptr(), c"O".as_ptr(), function));
            }
            // Without it, the end is what it is without us.
            ffi::PyErr_Clear();
            ffi::Py_XDECREF(module);
            ffi::Py_XDECREF(function);
        }
    }

    /// The exit function: waits, detached, for the threads that attach.
    unsafe extern "C" fn leaves(_slf: *mut ffi::PyObject, _arguments: *mut ffi::PyObject) -> *mut ffi::PyObject {
        LEAVING.store(true, Ordering::SeqCst);
        // SAFETY: Python calls this attached, and gets the thread back so. It is not ending yet.
        unsafe {
            let state = ffi::PyEval_SaveThread();
            wait_for_none();
            ffi::PyEval_RestoreThread(state);
            ffi::Py_NewRef(ffi::Py_None())
        }
    }

    /// Waits until no thread attaches.
    fn wait_for_none() {
        let start = Instant::now();
        while ATTACHING.load(Ordering::SeqCst) > 0 && start.elapsed() < LIMIT {
            thread::sleep(Duration::from_micros(200));
        }
    }

    #[cold]
    fn put_capsule() {
        // Each copy of this crate in the process has one of its own.
        let name = CString::new(format!("pyo3-attaching-{:p}", &ATTACHING)).expect("an address has no null byte");
        // SAFETY: attached, no exception is set. The dict is lent; the capsule points to a static, and has no name.
        unsafe {
            let dict = ffi::PyInterpreterState_GetDict(ffi::PyInterpreterState_Get());
            let capsule = ffi::PyCapsule_New((&raw const ATTACHING).cast_mut().cast(), core::ptr::null(), Some(ends));
            // Without memory for it, the end is what it is without us.
            if dict.is_null() || capsule.is_null() || ffi::PyDict_SetItemString(dict, name.as_ptr(), capsule) != 0 {
                ffi::PyErr_Clear();
            }
            ffi::Py_XDECREF(capsule);
        }
    }

    /// Waits for the threads that attach: CPython ends them for it.
    unsafe extern "C" fn ends(_capsule: *mut ffi::PyObject) {
        wait_for_none();
        LEAVING.store(false, Ordering::SeqCst);
        WATCHED.store(false, Ordering::SeqCst);
        ENDED.fetch_add(1, Ordering::SeqCst);
    }

    /// The interpreter that a thread detaches from.
    pub(crate) struct Interpreter(usize);

    impl Interpreter {
        /// The one that runs.
        #[inline]
        pub(crate) fn current() -> Self {
            Interpreter(ENDED.load(Ordering::Relaxed))
        }

        /// Does not return where it has ended.
        #[inline]
        pub(crate) fn must_run(&self) {
            if self.0 != ENDED.load(Ordering::Acquire) {
                stay();
            }
        }
    }
}

#[cfg(not(all(not(Py_3_14), unix, panic = "unwind")))]
mod uncounted {
    //! CPython keeps threads that come too late where they are, and does not tell of it.

    use pyo3_ffi as ffi;

    /// A thread that attaches.
    pub(crate) struct Attaching(());

    impl Attaching {
        #[inline]
        pub(crate) fn new() -> Self {
            Attaching(())
        }

        /// `PyGILState_Ensure`.
        ///
        /// # Safety
        ///
        /// An interpreter runs, or is ending: then this does not return.
        #[inline]
        pub(crate) unsafe fn ensure(self) -> ffi::PyGILState_STATE {
            // SAFETY: the caller's promise.
            unsafe { ffi::PyGILState_Ensure() }
        }
    }

    #[inline]
    pub(crate) fn watch() {}

    /// The interpreter that a thread detaches from.
    pub(crate) struct Interpreter(());

    impl Interpreter {
        #[inline]
        pub(crate) fn current() -> Self {
            Interpreter(())
        }

        #[inline]
        pub(crate) fn must_run(&self) {}
    }
}

#[cfg(all(not(Py_3_14), unix, panic = "unwind"))]
pub(crate) use counted::{Attaching, Interpreter, watch};
#[cfg(not(all(not(Py_3_14), unix, panic = "unwind")))]
pub(crate) use uncounted::{Attaching, Interpreter, watch};
