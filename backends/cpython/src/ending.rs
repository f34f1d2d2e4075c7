//! Threads that attach in the moment when the interpreter ends.
//!
//! A thread asks whether the interpreter runs, and attaches then. If it loses the processor in between, and the interpreter
//! has ended when it goes on, CPython ends the process or follows pointers into memory that is gone. So threads are counted
//! while they attach, and the interpreter is kept from ending before the count is zero: by a capsule in the interpreter's
//! dict, which dies when threads are refused already, and while attaching still only means to be ended for it.
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

    /// How many threads attach now.
    static ATTACHING: AtomicUsize = AtomicUsize::new(0);

    /// Whether the interpreter has our capsule.
    static WATCHED: AtomicBool = AtomicBool::new(false);

    /// How many interpreters have ended.
    static ENDED: AtomicUsize = AtomicUsize::new(0);

    /// How long the end waits. A thread that CPython ends for attaching needs some milliseconds.
    const LIMIT: Duration = Duration::from_secs(2);

    /// A thread that attaches.
    pub(crate) struct Attaching(());

    impl Attaching {
        /// To be made before it is asked whether the interpreter runs.
        #[inline]
        pub(crate) fn new() -> Self {
            ATTACHING.fetch_add(1, Ordering::SeqCst);
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

    /// Does not return. The thread has no lock of the interpreter.
    #[cold]
    fn stay() -> ! {
        loop {
            thread::sleep(Duration::from_secs(3600));
        }
    }

    /// Puts the capsule where the end will find it. The thread is attached, to the main interpreter.
    #[inline]
    fn watch() {
        if !WATCHED.load(Ordering::Relaxed) && !WATCHED.swap(true, Ordering::SeqCst) {
            put_capsule();
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
        let start = Instant::now();
        while ATTACHING.load(Ordering::SeqCst) > 0 && start.elapsed() < LIMIT {
            thread::sleep(Duration::from_micros(200));
        }
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
pub(crate) use counted::{Attaching, Interpreter};
#[cfg(not(all(not(Py_3_14), unix, panic = "unwind")))]
pub(crate) use uncounted::{Attaching, Interpreter};
