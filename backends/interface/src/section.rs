//! Critical sections: a lock for each object, on runtimes without a global lock.

use crate::{Attached, RawMutex, Ref, ThreadOps};

/// Critical sections of objects.
///
/// If being attached excludes all other threads
/// ([`InterpreterOps::ATTACHED_IS_EXCLUSIVE`](crate::InterpreterOps::ATTACHED_IS_EXCLUSIVE)), `body` simply runs, at no
/// cost.
///
/// Otherwise only one thread at a time is in a section of an object. A section is *suspended*, so that other threads
/// can enter, while its thread is detached or waits to enter another section, and resumed afterwards. So sections alone
/// never deadlock. A thread that enters a section twice keeps it until the outer one ends. Sections exclude only each
/// other: code that uses the object without a section is not kept out.
pub trait SectionOps: ThreadOps {
    /// The mutex. It belongs to the runtime, because a section of a mutex is suspended like a section of an object.
    /// [`RawLock`](crate::RawLock) if the runtime has none.
    type RawMutex: RawMutex<Self>;

    /// Runs `body` in a critical section of the subjects.
    ///
    /// If `body` panics, the section ends before the panic continues. Mutexes are not locked if being attached excludes
    /// other threads.
    ///
    /// Runs Python: no, but `body` may.
    /// CPython: in free-threaded builds `PyCriticalSection_Begin`, `PyCriticalSection_BeginMutex`, their forms for two,
    /// and `_End`; [`locked`](crate::locked) if the forms for mutexes are missing (3.13 and the stable ABI); nothing in
    /// other builds.
    /// RustPython: a lock for each object in a table of the backend, because the VM's objects have none. A mutex is
    /// locked, and unlocked while the section is suspended.
    fn section_run<R>(py: Attached<'_, Self>, subjects: Subjects<'_, Self>, body: impl FnOnce() -> R) -> R;
}

/// The subjects of a critical section: one or two objects, or one or two mutexes.
pub enum Subjects<'a, B: SectionOps> {
    /// Objects.
    Objects(Ref<'a, B>, Option<Ref<'a, B>>),
    /// Mutexes.
    Mutexes(&'a B::RawMutex, Option<&'a B::RawMutex>),
}
