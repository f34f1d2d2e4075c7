//! Critical sections: an object to oneself for a while, on runtimes without a global lock.
//!
//! Where attached threads run one at a time (CPython with its global lock), being attached is all the protection there
//! is, and these functions only call the closure. Elsewhere they lock the object:
//!
//! - one thread at a time is in a section of an object; others wait, detached;
//! - a thread may enter a section of an object that it has one of already;
//! - a section is *suspended* while its thread is detached ([`Python::detach`](crate::Python::detach)), or waits to enter
//!   another section. So sections alone never wait for each other for ever, and **what the section protects may change
//!   wherever its code calls Python or enters another section**. Two objects that belong together are locked together,
//!   with [`with_critical_section2`];
//! - a section keeps other *sections* out, nothing else: methods of lists, dicts and other built-in types do not take
//!   one on every runtime. It is good for what is reached through sections only, such as fields of one's own classes.
//!
//! On free-threaded CPython these are `PyCriticalSection_Begin` and its like, and the lock is the object's own, so
//! extensions in C share it. On RustPython, whose objects have no lock, `pyo3` keeps one for each object in a section. It
//! is suspended as above, with one exception: while code in the section waits inside the runtime (`lock.acquire()`,
//! `time.sleep()` from Python) others stay locked out. Do not wait there for a thread that needs the same section.

use pyo3_backend::SectionOps;

use crate::backend::Active;
use crate::{Bound, PyAny};

/// Runs `f` while no other thread is in a critical section of `object`.
///
/// See the [module](self) for what that means on each runtime.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::sync::critical_section::with_critical_section;
/// use pyo3::types::PyList;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let list = PyList::new(py, [1, 2])?;
///     let length = with_critical_section(&list, || list.len());
///     assert_eq!(length, 2);
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
#[inline]
pub fn with_critical_section<F, R>(object: &Bound<'_, PyAny>, f: F) -> R
where
    F: FnOnce() -> R,
{
    Active::with_section(object.py().attached(), object.any_handle(), f)
}

/// Runs `f` while no other thread is in a critical section of `a` or of `b`.
///
/// Sections in each other lock one object after the other, and the outer one may be suspended; this locks both at once.
/// They may be the same object.
#[inline]
pub fn with_critical_section2<F, R>(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>, f: F) -> R
where
    F: FnOnce() -> R,
{
    Active::with_sections(a.py().attached(), a.any_handle(), b.any_handle(), f)
}
