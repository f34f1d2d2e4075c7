//! The interpreter, threads, sections and mutexes.

use pyo3_backend::*;

use super::adapters::{Inner, Outer};
use super::frame::{Before, Operation, Python, aside};
use super::{At, Checked, Maybe};

impl<B: Backend> InterpreterOps for Checked<B> {
    const ATTACHED_IS_EXCLUSIVE: bool = B::ATTACHED_IS_EXCLUSIVE;

    fn interpreter_is_initialized() -> bool {
        B::interpreter_is_initialized()
    }

    #[track_caller]
    fn interpreter_initialize() {
        let operation = Operation::<B>::enter_anywhere("interpreter_initialize", Python::Runs);
        B::interpreter_initialize();
        operation.promises(B::interpreter_is_initialized, "an interpreter runs afterwards");
    }

    unsafe fn interpreter_embed<R>(body: impl for<'py> FnOnce(At<'py, B>) -> R) -> R {
        // SAFETY: as the caller promises.
        let result = unsafe { B::interpreter_embed(|py| aside(|| body(py.outer()))) };
        // The interpreter has ended, so references that handles still own no longer count.
        super::ledger::forget();
        result
    }

    fn interpreter_version() -> &'static str {
        B::interpreter_version()
    }
}

impl<B: Backend> ThreadOps for Checked<B> {
    const HAS_THREADS: bool = B::HAS_THREADS;

    fn thread_is_attached() -> bool {
        B::thread_is_attached()
    }

    #[track_caller]
    fn thread_attach<R>(body: impl for<'py> FnOnce(At<'py, B>) -> R) -> Result<R, AttachError> {
        let operation = Operation::<B>::enter_anywhere("thread_attach", Python::Runs);
        let (was_attached, is_forbidden) = (B::thread_is_attached(), is_attach_forbidden());
        let result = B::thread_attach(|py| {
            operation.promises(|| !is_forbidden, "a thread on which the collector visits objects is not attached");
            operation.promises(B::thread_is_attached, "the thread is attached while the body runs");
            aside(|| body(py.outer()))
        });
        operation
            .promises(|| B::thread_is_attached() == was_attached, "the thread is as attached afterwards as before");
        result
    }

    #[track_caller]
    fn thread_detach<R>(py: At<'_, B>, body: impl FnOnce() -> R + Send) -> R {
        let operation = Operation::<B>::enter("thread_detach", Python::Runs, Before::NothingRaised);
        let (was_attached, result) = B::thread_detach(py.inner(), || (B::thread_is_attached(), aside(body)));
        operation.promises(|| !was_attached, "the thread is not attached while the body runs");
        operation.ran(None);
        result
    }

    #[track_caller]
    fn thread_check_signals<'py>(py: At<'py, B>) -> Maybe<'py, B, ()> {
        let operation = Operation::<B>::enter("thread_check_signals", Python::Runs, Before::NothingRaised);
        let outcome = B::thread_check_signals(py.inner());
        operation.ran(Some(outcome.is_ok()));
        outcome
    }
}

/// A mutex of the inner backend.
#[repr(transparent)]
pub struct CheckedMutex<B: Backend> {
    mutex: B::RawMutex,
}

impl<B: Backend> RawMutex<Checked<B>> for CheckedMutex<B> {
    const UNLOCKED: Self = CheckedMutex { mutex: B::RawMutex::UNLOCKED };

    #[track_caller]
    fn lock(&self) {
        let operation = Operation::<B>::enter_anywhere("RawMutex::lock", Python::Runs);
        let was_attached = B::thread_is_attached();
        self.mutex.lock();
        operation.promises(|| self.mutex.is_locked(), "the mutex is locked");
        operation
            .promises(|| B::thread_is_attached() == was_attached, "the thread is as attached afterwards as before");
    }

    #[track_caller]
    fn unlock(&self) {
        let operation = Operation::<B>::enter_anywhere("RawMutex::unlock", Python::Never);
        operation.promises(|| self.mutex.is_locked(), "only a locked mutex is unlocked");
        self.mutex.unlock();
    }

    fn is_locked(&self) -> bool {
        self.mutex.is_locked()
    }
}

impl<B: Backend> SectionOps for Checked<B> {
    type RawMutex = CheckedMutex<B>;

    #[track_caller]
    fn section_run<R>(py: At<'_, B>, subjects: Subjects<'_, Self>, body: impl FnOnce() -> R) -> R {
        let _operation = Operation::<B>::enter("section_run", Python::Runs, Before::NothingRaised);
        let subjects = match subjects {
            Subjects::Objects(first, second) => Subjects::Objects(first.inner(), second.inner()),
            Subjects::Mutexes(first, second) => Subjects::Mutexes(&first.mutex, second.map(|second| &second.mutex)),
        };
        B::section_run(py.inner(), subjects, || aside(body))
    }
}
