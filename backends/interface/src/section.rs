//! Critical sections: the lock that each object has where there is no global lock.

use crate::{Attached, RawMutex, Ref, ThreadOps};

/// Sections of code that have an object to themselves.
///
/// Where being attached excludes all other threads ([`InterpreterOps::ATTACHED_IS_EXCLUSIVE`](
/// crate::InterpreterOps::ATTACHED_IS_EXCLUSIVE)) there is nothing to do: `body` is run, at no cost.
///
/// Elsewhere one thread at a time is in a section of an object. A section is *suspended*, so that others get in, while
/// its thread is detached or waits to get into another section, and resumed after that; so sections by themselves never
/// wait for each other in a circle. Whoever has a section twice has it until the outer one ends. Only sections exclude
/// each other: code that uses the object without one is not kept out.
pub trait SectionOps: ThreadOps {
    /// The mutex. It belongs to the runtime, since a section of it is suspended like one of an object. [`RawLock`](
    /// crate::RawLock) where the runtime has none.
    type RawMutex: RawMutex<Self>;

    /// Runs `body` in a section of the subjects.
    ///
    /// Runs Python: no, but `body` may. A panic of `body` goes on after the section has ended. Of mutexes nothing is locked
    /// where being attached excludes other threads.
    /// CPython: `PyCriticalSection_Begin`, `PyCriticalSection_BeginMutex`, their forms for two, and `_End`, in free-threaded
    /// builds; in those that lack the forms for mutexes (3.13, and the stable ABI) [`locked`](crate::locked); else nothing.
    /// RustPython: a lock for each object in a table of the backend's own, since the machine's objects have none; a mutex is
    /// locked, and given back wherever the section is suspended.
    fn section_run<R>(py: Attached<'_, Self>, subjects: Subjects<'_, Self>, body: impl FnOnce() -> R) -> R;
}

/// What a section is of: one, or two of a sort.
pub enum Subjects<'a, B: SectionOps> {
    /// Objects.
    Objects(Ref<'a, B>, Option<Ref<'a, B>>),
    /// Mutexes.
    Mutexes(&'a B::RawMutex, Option<&'a B::RawMutex>),
}
