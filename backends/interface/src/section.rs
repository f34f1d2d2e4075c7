//! Critical sections: the lock that each object has where there is no global lock.

use crate::{Attached, Ref, ThreadOps};

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
    /// Runs `body` in a section of `object`.
    ///
    /// Runs Python: no, but `body` may. A panic of `body` goes on after the section has ended.
    /// CPython: `PyCriticalSection_Begin` and `_End` in free-threaded builds, else nothing.
    /// RustPython: a lock for the object in a table of the backend's own, since the machine's objects have none.
    fn with_section<R>(py: Attached<'_, Self>, object: Ref<'_, Self>, body: impl FnOnce() -> R) -> R;

    /// Runs `body` in a section of both objects, which may be the same one.
    ///
    /// As [`with_section`](Self::with_section). CPython: `PyCriticalSection2_Begin` and `_End`.
    fn with_sections<R>(
        py: Attached<'_, Self>,
        first: Ref<'_, Self>,
        second: Ref<'_, Self>,
        body: impl FnOnce() -> R,
    ) -> R;
}
