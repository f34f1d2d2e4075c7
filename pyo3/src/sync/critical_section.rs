//! Critical sections: exclusive access to an object, also on a runtime without a global lock.
//!
//! If attached threads run one at a time, as on CPython with a GIL, attachment is protection enough, and these
//! functions just call the closure. Otherwise they lock the object:
//!
//! - Only one thread at a time is in a critical section of an object. Other threads wait, detached.
//! - A thread may enter a section of an object again while it is in one.
//! - A section is *suspended* while its thread is detached ([`Python::detach`](crate::Python::detach)) or waits to
//!   enter another section. So sections alone cannot cause a deadlock, but **what a section protects may change
//!   wherever its code calls Python or enters another section**. To lock two related objects together, use
//!   [`with_critical_section2`].
//! - A section excludes other *sections*, nothing else. The methods of lists, dicts and other built-in types do not
//!   enter one on every runtime. Use sections for data that is only accessed in sections, such as the fields of your
//!   own classes.
//!
//! On free-threaded CPython, these functions call `PyCriticalSection_Begin` and its relatives, and use the lock in the
//! object itself, which extensions in C share. RustPython's objects have no lock, so `pyo3` keeps one for each object
//! in a section. There is one exception to the suspension described above: while code in a section waits inside
//! RustPython (as in Python's `lock.acquire()` or `time.sleep()`), other threads stay locked out. Do not wait there for
//! a thread that needs the same section.

#![expect(unsafe_code, reason = "PyO3's API gives access to the value of a mutex without a guard")]

use core::cell::UnsafeCell;

use pyo3_backend::{SectionOps, Subjects};

use crate::backend::Active;
use crate::sync::PyMutexTrait;
use crate::{Bound, PyAny, Python};

/// Runs `f` while no other thread is in a critical section of `object`.
///
/// The [module documentation](self) describes the details for each runtime.
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
/// Nested sections lock one object after the other, and the outer section may be suspended. This function locks both
/// objects at once. `a` and `b` may be the same object.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::sync::critical_section::with_critical_section2;
/// use pyo3::types::PyList;
///
/// # Python::initialize();
/// Python::attach(|py| {
///     let (from, to) = (PyList::new(py, [1, 2])?, PyList::empty(py));
///     with_critical_section2(&from, &to, || {
///         while !from.is_empty() {
///             let item = from.get_item(0)?;
///             from.del_item(0)?;
///             to.append(item)?;
///         }
///         Ok::<(), PyErr>(())
///     })?;
///     assert_eq!(to.to_string(), "[1, 2]");
///     Ok::<(), PyErr>(())
/// })
/// # .unwrap();
/// ```
#[inline]
pub fn with_critical_section2<F, R>(a: &Bound<'_, PyAny>, b: &Bound<'_, PyAny>, f: F) -> R
where
    F: FnOnce() -> R,
{
    Active::section_run(a.py().attached(), Subjects::Objects(a.any_handle(), Some(b.any_handle())), f)
}

/// Runs `f` in a critical section of a mutex.
///
/// If attached threads run at the same time, the mutex is locked during the section, and unlocked while the section is
/// suspended. If they run one at a time, nothing is locked, and **the section does not exclude a detached thread that
/// has locked the mutex**. For these reasons, the methods of [`EnteredCriticalSection`] that access the value are
/// `unsafe`.
///
/// The caller must not have locked the mutex.
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
/// Works like [`with_critical_section_mutex`], but locks both at once. If they are the same mutex, `f` gets `None` for
/// the second.
///
/// ```
/// # use pyo3::prelude::*;
/// use pyo3::sync::PyMutex;
/// use pyo3::sync::critical_section::with_critical_section_mutex2;
///
/// static FROM: PyMutex<u32> = PyMutex::new(5);
/// static TO: PyMutex<u32> = PyMutex::new(0);
///
/// # Python::initialize();
/// Python::attach(|py| {
///     with_critical_section_mutex2(py, &FROM, &TO, |mut from, to| {
///         // The second is `None` if both are the same mutex.
///         if let Some(mut to) = to {
///             // SAFETY: no Python code runs and nothing detaches while the references live.
///             let (from, to) = unsafe { (from.get_mut(), to.get_mut()) };
///             *to += std::mem::take(from);
///         }
///     });
///     assert_eq!(*TO.lock().unwrap(), 5);
/// });
/// ```
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

/// Access to the value of a mutex in a [critical section](with_critical_section_mutex) of it.
pub struct EnteredCriticalSection<'a, T>(&'a UnsafeCell<T>);

impl<T> EnteredCriticalSection<'_, T> {
    /// Returns a mutable reference to the value.
    ///
    /// # Safety
    ///
    /// While the reference lives:
    ///
    /// - Nothing may suspend the section: no Python code may run, which even dropping or comparing objects can do, and
    ///   the thread may neither detach nor enter another section.
    /// - The thread may not use a reference from another section of the same mutex.
    /// - No detached thread may have the mutex locked, or lock it.
    pub unsafe fn get_mut(&mut self) -> &mut T {
        // SAFETY: the caller promises exclusive access while the reference lives.
        unsafe { &mut *self.0.get() }
    }

    /// Returns a shared reference to the value.
    ///
    /// # Safety
    ///
    /// Same as [`get_mut`](Self::get_mut).
    pub unsafe fn get(&self) -> &T {
        // SAFETY: the caller promises that nothing changes the value while the reference lives.
        unsafe { &*self.0.get() }
    }
}
