//! Threads that attach at the moment when the interpreter ends.
//!
//! A thread checks that the interpreter runs, and then attaches. If it is preempted in between, and the interpreter has
//! ended when it resumes, CPython ends the process or follows pointers into freed memory. So threads are counted while
//! they attach, and two mechanisms make the end wait until the count is zero:
//!
//! - an exit function, because the next step of the end frees the states of all other threads, including that of a
//!   thread in the middle of `PyGILState_Ensure`. From then on, new threads are held up for a moment, until the end has
//!   begun;
//! - a capsule in the interpreter's dict. It dies when CPython already refuses threads, so that attaching only ends
//!   them.
//!
//! From 3.14 on, CPython itself blocks threads that come too late. Only one that is making its state at the moment when
//! the others are freed still uses freed memory.
//!
//! A thread that returns from a detached section after the end blocks forever, like one that returns before the end.

#[cfg(all(unix, panic = "unwind"))]
mod counted {
    use core::ffi::c_int;
    use core::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::ffi::CString;
    use std::thread;
    use std::time::{Duration, Instant};

    use pyo3_ffi as ffi;

    use crate::thread::is_finalizing;

    /// The number of threads that are attaching.
    static ATTACHING: AtomicUsize = AtomicUsize::new(0);

    /// Whether the interpreter has our capsule.
    static WATCHED: AtomicBool = AtomicBool::new(false);

    /// The number of interpreters that have ended.
    static ENDED: AtomicUsize = AtomicUsize::new(0);

    /// Whether the exit functions have started to run, including ours.
    static LEAVING: AtomicBool = AtomicBool::new(false);

    /// How long to hold up a thread that comes while exit functions run. They may be waiting for it.
    const HELD_UP: Duration = Duration::from_millis(100);

    /// How long the end waits. CPython needs some milliseconds to end a thread that attaches.
    const LIMIT: Duration = Duration::from_secs(2);

    /// The count of one thread that is attaching.
    pub(crate) struct Attaching(());

    impl Attaching {
        /// Counts the thread. To be called before the check that the interpreter runs.
        #[inline]
        pub(crate) fn new() -> Self {
            ATTACHING.fetch_add(1, Ordering::SeqCst);
            if LEAVING.load(Ordering::SeqCst) {
                hold_up();
            }
            Attaching(())
        }

        /// Calls `PyGILState_Ensure`.
        ///
        /// # Safety
        ///
        /// An interpreter runs, or is ending. If it is ending, this does not return.
        #[inline]
        pub(crate) unsafe fn ensure(self) -> ffi::PyGILState_STATE {
            unsafe extern "C-unwind" {
                // Declared again, because the wrapper of `pyo3_ffi` blocks an ended thread itself, still counted.
                fn PyGILState_Ensure() -> c_int;
            }

            /// Blocks the thread if CPython ends it during the call, which unwinds its stack.
            struct Stay(Option<Attaching>);

            impl Drop for Stay {
                fn drop(&mut self) {
                    self.0 = None;
                    stay();
                }
            }

            let mut unwound = Stay(Some(self));
            // SAFETY: upheld by the caller.
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

    /// Waits, uncounted, until the end has begun. Gives up after a while: exit functions can run without an end.
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

    /// Blocks forever. The thread holds no lock of the interpreter.
    #[cold]
    fn stay() -> ! {
        loop {
            thread::sleep(Duration::from_secs(3600));
        }
    }

    /// Registers the exit function and the capsule. The thread is attached to the main interpreter.
    #[inline]
    pub(crate) fn watch() {
        if !WATCHED.load(Ordering::Relaxed) && !WATCHED.swap(true, Ordering::SeqCst) {
            register_exit_function();
            put_capsule();
        }
    }

    #[cold]
    fn register_exit_function() {
        /// The definition of the function that `atexit` calls. Python does not write to it.
        struct Definition(ffi::PyMethodDef);

        // SAFETY: constant names and a function, which nothing changes.
        unsafe impl Sync for Definition {}

        static LEAVES: Definition = Definition(ffi::PyMethodDef {
            ml_name: c"leave".as_ptr(),
            ml_meth: ffi::PyMethodDefPointer { PyCFunction: leaves },
            ml_flags: ffi::METH_NOARGS,
            ml_doc: core::ptr::null(),
        });

        // SAFETY: attached, with no exception set; the definition is a static; each reference is released once.
        unsafe {
            let definition = (&raw const LEAVES.0).cast_mut();
            let function = ffi::PyCFunction_NewEx(definition, core::ptr::null_mut(), core::ptr::null_mut());
            let module = ffi::PyImport_ImportModule(c"atexit".as_ptr());
            if !function.is_null() && !module.is_null() {
                ffi::Py_XDECREF(ffi::PyObject_CallMethod(module, c"register".as_ptr(), c"O".as_ptr(), function));
            }
            // If registering fails, the end is merely not delayed.
            ffi::PyErr_Clear();
            ffi::Py_XDECREF(module);
            ffi::Py_XDECREF(function);
        }
    }

    /// The exit function: detaches and waits for the threads that are attaching.
    unsafe extern "C" fn leaves(_slf: *mut ffi::PyObject, _arguments: *mut ffi::PyObject) -> *mut ffi::PyObject {
        LEAVING.store(true, Ordering::SeqCst);
        // SAFETY: Python calls this attached, and it is attached again on return. The interpreter is not ending yet.
        unsafe {
            let state = ffi::PyEval_SaveThread();
            wait_for_none();
            ffi::PyEval_RestoreThread(state);
            ffi::Py_NewRef(ffi::Py_None())
        }
    }

    /// Waits until no thread is attaching.
    fn wait_for_none() {
        let start = Instant::now();
        while ATTACHING.load(Ordering::SeqCst) > 0 && start.elapsed() < LIMIT {
            thread::sleep(Duration::from_micros(200));
        }
    }

    #[cold]
    fn put_capsule() {
        // Each copy of this crate in the process needs its own capsule.
        let name = CString::new(format!("pyo3-attaching-{:p}", &ATTACHING)).expect("an address has no null byte");
        // SAFETY: attached, with no exception set. The dict is borrowed; the capsule points to a static, and has no
        // name.
        unsafe {
            let dict = ffi::PyInterpreterState_GetDict(ffi::PyInterpreterState_Get());
            let capsule = ffi::PyCapsule_New((&raw const ATTACHING).cast_mut().cast(), core::ptr::null(), Some(ends));
            // If memory runs out, the end is merely not delayed.
            if dict.is_null() || capsule.is_null() || ffi::PyDict_SetItemString(dict, name.as_ptr(), capsule) != 0 {
                ffi::PyErr_Clear();
            }
            ffi::Py_XDECREF(capsule);
        }
    }

    /// Waits for the threads that are attaching, which CPython ends.
    unsafe extern "C" fn ends(_capsule: *mut ffi::PyObject) {
        wait_for_none();
        LEAVING.store(false, Ordering::SeqCst);
        WATCHED.store(false, Ordering::SeqCst);
        ENDED.fetch_add(1, Ordering::SeqCst);
    }

    /// Remembers the interpreter that a thread detaches from.
    pub(crate) struct Interpreter(usize);

    impl Interpreter {
        /// Returns the interpreter that runs.
        #[inline]
        pub(crate) fn current() -> Self {
            Interpreter(ENDED.load(Ordering::Relaxed))
        }

        /// Blocks forever if the interpreter has ended.
        #[inline]
        pub(crate) fn must_run(&self) {
            if self.0 != ENDED.load(Ordering::Acquire) {
                stay();
            }
        }
    }
}

#[cfg(not(all(unix, panic = "unwind")))]
mod uncounted {
    //! Counts nothing, since it could not block threads that CPython ends without unwinding.

    use pyo3_ffi as ffi;

    /// A thread that is attaching. It is not counted.
    pub(crate) struct Attaching(());

    impl Attaching {
        #[inline]
        pub(crate) fn new() -> Self {
            Attaching(())
        }

        /// Calls `PyGILState_Ensure`.
        ///
        /// # Safety
        ///
        /// An interpreter runs, or is ending. If it is ending, this does not return.
        #[inline]
        pub(crate) unsafe fn ensure(self) -> ffi::PyGILState_STATE {
            // SAFETY: upheld by the caller.
            unsafe { ffi::PyGILState_Ensure() }
        }
    }

    #[inline]
    pub(crate) fn watch() {}

    /// Remembers nothing: CPython handles the thread.
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

#[cfg(all(unix, panic = "unwind"))]
pub(crate) use counted::{Attaching, Interpreter, watch};
#[cfg(not(all(unix, panic = "unwind")))]
pub(crate) use uncounted::{Attaching, Interpreter, watch};
