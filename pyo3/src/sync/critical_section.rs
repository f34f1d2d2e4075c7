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
//!   one on every runtime. It is good for what is reached through sections only, such as fields of your own classes.
//!
//! On free-threaded CPython these are `PyCriticalSection_Begin` and its like, and the lock is the object's own, so
//! extensions in C share it. On RustPython, whose objects have no lock, `pyo3` keeps one for each object in a section. It
//! is suspended as above, with one exception: while code in the section waits inside the runtime (`lock.acquire()`,
//! `time.sleep()` from Python) others stay locked out. Do not wait there for a thread that needs the same section.

#![expect(unsafe_code, reason = "what a mutex protects is reached without a guard, in the API we are compatible with")]

use core::cell::UnsafeCell;

use pyo3_backend::{SectionOps, Subjects};

use crate::backend::Active;
use crate::sync::PyMutexTrait;
use crate::{Bound, PyAny, Python};

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
    Active::section_run(object.py().attached(), Subjects::Objects(object.any_handle(), None), f)
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
    Active::section_run(a.py().attached(), Subjects::Objects(a.any_handle(), Some(b.any_handle())), f)
}

/// Runs `f` in a critical section of a mutex.
///
/// As with objects: where attached threads run at the same time, the mutex is locked for the section, and unlocked while
/// the section is suspended. Where they do not, nothing is locked, and **a thread that locked the mutex and is detached is
/// not kept out**. What the mutex protects is reached through the methods of [`EnteredCriticalSection`], which are
/// `unsafe` for these reasons.
///
/// The caller must not have the mutex locked.
///
/// ```
/// use pyo3::prelude::*;
/// use pyo3::sync::PyMutex;
/// use pyo3::sync::critical_section::with_critical_section_mutex;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let mutex = PyMutex::new(vec![1, 2]);
///     with_critical_section_mutex(py, &mutex, |mut numbers| {
///         // SAFETY: `push` calls no Python, and nobody locks this mutex detached.
///         unsafe { numbers.get_mut() }.push(3);
///     });
///     assert_eq!(*mutex.lock().unwrap(), [1, 2, 3]);
/// });
/// ```
pub fn with_critical_section_mutex<'a, F, R, T, PyMutex>(py: Python<'_>, mutex: &'a PyMutex, f: F) -> R
where
    F: for<'s> FnOnce(EnteredCriticalSection<'s, T>) -> R,
    T: 'a,
    PyMutex: PyMutexTrait<'a, T>,
{
    let mutex = mutex.plain();
    Active::section_run(py.attached(), Subjects::Mutexes(mutex.raw(), None), || f(EnteredCriticalSection(mutex.data())))
}

/// Runs `f` in a critical section of two mutexes.
///
/// As [`with_critical_section_mutex`], with both locked at once. Where they are the same one, `f` gets `None` for the
/// second.
pub fn with_critical_section_mutex2<'a, 'b, F, R, T1, T2, PyMutex1, PyMutex2>(
    py: Python<'_>,
    m1: &'a PyMutex1,
    m2: &'b PyMutex2,
    f: F,
) -> R
where
    F: for<'s> FnOnce(EnteredCriticalSection<'s, T1>, Option<EnteredCriticalSection<'s, T2>>) -> R,
    T1: 'a,
    T2: 'b,
    PyMutex1: PyMutexTrait<'a, T1>,
    PyMutex2: PyMutexTrait<'b, T2>,
{
    let (first, second) = (m1.plain(), m2.plain());
    if core::ptr::addr_eq(first, second) {
        return Active::section_run(py.attached(), Subjects::Mutexes(first.raw(), None), || {
            f(EnteredCriticalSection(first.data()), None)
        });
    }
    Active::section_run(py.attached(), Subjects::Mutexes(first.raw(), Some(second.raw())), || {
        f(EnteredCriticalSection(first.data()), Some(EnteredCriticalSection(second.data())))
    })
}

/// What a mutex protects, in a [critical section](with_critical_section_mutex) of it.
pub struct EnteredCriticalSection<'a, T>(&'a UnsafeCell<T>);

impl<T> EnteredCriticalSection<'_, T> {
    /// The value.
    ///
    /// # Safety
    ///
    /// As long as the reference lives, nothing may suspend the section: no Python code runs, which destructors and
    /// comparisons of objects may do, and the thread neither detaches nor enters another section. The thread is in no other
    /// section of this mutex whose reference still lives. And no thread that is detached has the mutex locked, or locks it.
    pub unsafe fn get_mut(&mut self) -> &mut T {
        // SAFETY: the caller's promise.
        unsafe { &mut *self.0.get() }
    }

    /// The value, to be read.
    ///
    /// # Safety
    ///
    /// As [`get_mut`](Self::get_mut).
    pub unsafe fn get(&self) -> &T {
        // SAFETY: the caller's promise.
        unsafe { &*self.0.get() }
    }
}
