//! The interpreter, threads, sections and mutexes.

use pyo3_backend::*;

use super::adapters::{Inner, Outer};
use super::frame::{Before, Operation, Python, aside};
use super::{At, Checked, Maybe};

impl<B: Backend> InterpreterOps for Checked<B> {
    const ATTACHED_IS_EXCLUSIVE: bool = B::ATTACHED_IS_EXCLUSIVE;
    const IMPLEMENTATION: &'static str = B::IMPLEMENTATION;

    fn is_initialized() -> bool {
        B::is_initialized()
    }

    #[track_caller]
    fn initialize() {
        let operation = Operation::<B>::enter_anywhere("initialize", Python::Runs);
        B::initialize();
        operation.promises(B::is_initialized, "an interpreter runs after it");
    }

    unsafe fn with_embedded<R>(body: impl for<'py> FnOnce(At<'py, B>) -> R) -> R {
        // SAFETY: as the caller promises.
        let result = unsafe { B::with_embedded(|py| aside(|| body(py.outer()))) };
        // What handles own of an interpreter that has ended is nothing any more.
        super::ledger::forget();
        result
    }

    fn version() -> &'static str {
        B::version()
    }
}

impl<B: Backend> ThreadOps for Checked<B> {
    fn is_attached() -> bool {
        B::is_attached()
    }

    #[track_caller]
    fn attach<R>(body: impl for<'py> FnOnce(At<'py, B>) -> R) -> Result<R, AttachError> {
        let operation = Operation::<B>::enter_anywhere("attach", Python::Runs);
        let (was_attached, is_forbidden) = (B::is_attached(), is_attach_forbidden());
        let result = B::attach(|py| {
            operation.promises(|| !is_forbidden, "a thread on which the collector visits objects is not attached");
            operation.promises(B::is_attached, "the thread is attached while the body runs");
            aside(|| body(py.outer()))
        });
        operation.promises(|| B::is_attached() == was_attached, "the thread is left as it was");
        result
    }

    #[track_caller]
    fn detach<R>(py: At<'_, B>, body: impl FnOnce() -> R) -> R {
        let operation = Operation::<B>::enter("detach", Python::Runs, Before::NothingRaised);
        let result = B::detach(py.inner(), || {
            operation.promises(|| !B::is_attached(), "the thread is not attached while the body runs");
            aside(body)
        });
        operation.ran(None);
        result
    }

    #[track_caller]
    fn check_signals<'py>(py: At<'py, B>) -> Maybe<'py, B, ()> {
        let operation = Operation::<B>::enter("check_signals", Python::Runs, Before::NothingRaised);
        let outcome = B::check_signals(py.inner());
        operation.ran(Some(outcome.is_ok()));
        outcome
    }
}

/// A mutex of the backend inside.
#[repr(transparent)]
pub struct CheckedMutex<B: Backend> {
    mutex: B::RawMutex,
}

impl<B: Backend> RawMutex<Checked<B>> for CheckedMutex<B> {
    const UNLOCKED: Self = CheckedMutex { mutex: B::RawMutex::UNLOCKED };

    #[track_caller]
    fn lock(&self) {
        let operation = Operation::<B>::enter_anywhere("RawMutex::lock", Python::Runs);
        let was_attached = B::is_attached();
        self.mutex.lock();
        operation.promises(|| self.mutex.is_locked(), "it is locked");
        operation.promises(|| B::is_attached() == was_attached, "the thread is left as it was");
    }

    #[track_caller]
    fn unlock(&self) {
        let operation = Operation::<B>::enter_anywhere("RawMutex::unlock", Python::Never);
        operation.promises(|| self.mutex.is_locked(), "what is unlocked is locked");
        self.mutex.unlock();
    }

    fn is_locked(&self) -> bool {
        self.mutex.is_locked()
    }
}

impl<B: Backend> SectionOps for Checked<B> {
    type RawMutex = CheckedMutex<B>;

    #[track_caller]
    fn in_section<R>(py: At<'_, B>, subjects: Subjects<'_, Self>, body: impl FnOnce() -> R) -> R {
        let _operation = Operation::<B>::enter("in_section", Python::Runs, Before::NothingRaised);
        let subjects = match subjects {
            Subjects::Objects(first, second) => Subjects::Objects(first.inner(), second.inner()),
            Subjects::Mutexes(first, second) => Subjects::Mutexes(&first.mutex, second.map(|second| &second.mutex)),
        };
        B::in_section(py.inner(), subjects, || aside(body))
    }
}
