//! Critical sections: locks for objects and mutexes that a thread holds during a section.
//!
//! The machine's objects have no locks, and its threads run in parallel. So the locks are here, in tables: an entry for
//! each object in a section, under the object's address. No other object gets that address while the section borrows
//! the object.
//!
//! A thread that has to wait suspends the sections it is in, and so does one that detaches through the backend. This
//! module does not see when the machine itself waits (`Lock.acquire`, `time.sleep`): then the thread stays in its
//! sections.

use core::cell::RefCell;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};

use pyo3_backend::{Attached, DEADLOCK, RawLock, Ref, SectionOps, ThreadOps};

use crate::RustPython;
use crate::reentrant_mutex::this_thread;
use crate::thread::detach_as_it_is;

/// The number of tables. Objects are distributed over many of them, so threads that use different objects rarely meet.
const TABLES: usize = 64;

static LOCKS: [Table; TABLES] = [const { Table { taken: Mutex::new(Vec::new()), freed: Condvar::new() } }; TABLES];

struct Table {
    taken: Mutex<Vec<Taken>>,
    freed: Condvar,
}

/// An object that is locked by a thread.
struct Taken {
    object: usize,
    thread: usize,
    /// The number of that thread's sections that lock the object.
    times: usize,
}

impl Table {
    fn of(object: usize) -> &'static Table {
        // Fibonacci hashing, because objects are aligned and often lie at regular distances.
        let mixed = object.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as usize);
        &LOCKS[mixed >> (usize::BITS - TABLES.trailing_zeros())]
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Taken>> {
        // The table is consistent after every statement.
        self.taken.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// What a section locks.
#[derive(Clone, Copy)]
enum Subject {
    /// The address of an object.
    Object(usize),
    /// A mutex. It outlives the section, which borrows it.
    Mutex(*const RawLock),
}

impl Subject {
    fn object(object: Ref<'_, RustPython>) -> Self {
        Subject::Object(object.as_ptr().addr().get())
    }

    fn try_take(self, me: usize) -> bool {
        match self {
            Subject::Object(object) => try_take(object, me),
            // SAFETY: the section borrows the mutex, see `section_run`.
            Subject::Mutex(mutex) => unsafe { &*mutex }.try_lock(),
        }
    }

    /// Blocks until no other thread holds the lock.
    fn wait(self, me: usize) {
        match self {
            Subject::Object(object) => wait(object, me),
            // SAFETY: as above.
            Subject::Mutex(mutex) => unsafe { &*mutex }.wait(),
        }
    }

    fn give_back(self, me: usize) {
        match self {
            Subject::Object(object) => give_back(object, me),
            // SAFETY: as above.
            Subject::Mutex(mutex) => unsafe { &*mutex }.give_back(),
        }
    }
}

/// The one or two locks of a section.
#[derive(Clone, Copy)]
struct Subjects {
    first: Subject,
    second: Option<Subject>,
}

impl Subjects {
    fn one(first: Subject) -> Self {
        Subjects { first, second: None }
    }

    fn objects(first: Ref<'_, RustPython>, second: Ref<'_, RustPython>) -> Self {
        Subjects { first: Subject::object(first), second: (!first.is(second)).then(|| Subject::object(second)) }
    }

    /// Locks all of them or none. Returns the one that another thread holds as an error.
    fn try_take(self, me: usize) -> Result<(), Subject> {
        if !self.first.try_take(me) {
            return Err(self.first);
        }
        if let Some(second) = self.second
            && !second.try_take(me)
        {
            self.first.give_back(me);
            return Err(second);
        }
        Ok(())
    }

    /// Locks all of them, once no other thread holds one. The thread is detached.
    fn wait_and_take(self, me: usize) {
        while let Err(busy) = self.try_take(me) {
            if !RustPython::HAS_THREADS {
                panic!("{DEADLOCK}");
            }
            busy.wait(me);
        }
    }

    fn give_back(self, me: usize) {
        if let Some(second) = self.second {
            second.give_back(me);
        }
        self.first.give_back(me);
    }
}

fn try_take(object: usize, me: usize) -> bool {
    let mut taken = Table::of(object).lock();
    match taken.iter_mut().find(|entry| entry.object == object) {
        None => taken.push(Taken { object, thread: me, times: 1 }),
        Some(entry) if entry.thread == me => entry.times += 1,
        Some(_) => return false,
    }
    true
}

fn wait(object: usize, me: usize) {
    let table = Table::of(object);
    let mut taken = table.lock();
    while taken.iter().any(|entry| entry.object == object && entry.thread != me) {
        taken = table.freed.wait(taken).unwrap_or_else(|poisoned| poisoned.into_inner());
    }
}

fn give_back(object: usize, me: usize) {
    let table = Table::of(object);
    let mut taken = table.lock();
    let mine = |entry: &Taken| entry.object == object && entry.thread == me;
    let Some(place) = taken.iter().position(mine) else { return };
    taken[place].times -= 1;
    if taken[place].times == 0 {
        taken.swap_remove(place);
        drop(taken);
        // Several threads may be waiting, for different objects of this table.
        table.freed.notify_all();
    }
}

/// The sections that a thread is in.
struct Open {
    sections: Vec<Section>,
    /// The number of sections from before the thread detached. They stay suspended until it attaches again.
    floor: usize,
}

struct Section {
    subjects: Subjects,
    suspended: bool,
}

thread_local! {
    static OPEN: RefCell<Open> = const { RefCell::new(Open { sections: Vec::new(), floor: 0 }) };
}

/// The number of open sections in all threads. If it is zero, detaching has nothing to suspend.
static ANY: AtomicUsize = AtomicUsize::new(0);

/// Suspends the sections of this thread: releases their locks, so that other threads can take them.
fn suspend_all(me: usize) {
    OPEN.with_borrow_mut(|open| {
        for section in open.sections.iter_mut().filter(|section| !section.suspended) {
            section.suspended = true;
            section.subjects.give_back(me);
        }
    });
}

/// Takes the locks of the innermost section again, if it is suspended.
fn resume(py: Attached<'_, RustPython>, me: usize) {
    let suspended = OPEN.with_borrow(|open| match open.sections.last() {
        Some(section) if section.suspended && open.sections.len() > open.floor => Some(section.subjects),
        _ => None,
    });
    let Some(subjects) = suspended else { return };
    take(py, subjects, me);
    OPEN.with_borrow_mut(|open| {
        if let Some(section) = open.sections.last_mut() {
            section.suspended = false;
        }
    });
}

fn take(py: Attached<'_, RustPython>, subjects: Subjects, me: usize) {
    if subjects.try_take(me).is_err() {
        suspend_all(me);
        detach_as_it_is(py, || subjects.wait_and_take(me));
    }
}

/// The time in which this thread is detached and in no section. Ends when the thread is attached again.
pub(crate) struct Outside<'py>(Attached<'py, RustPython>, usize);

/// Suspends the sections of this thread while it is detached.
#[inline]
pub(crate) fn outside(py: Attached<'_, RustPython>) -> Option<Outside<'_>> {
    // The count includes the sections of this thread. It sees its own writes, so a relaxed load is enough.
    if ANY.load(Ordering::Relaxed) == 0 {
        return None;
    }
    // A thread that is ending is in no section.
    let floor = OPEN.try_with(|open| {
        let mut open = open.borrow_mut();
        let count = open.sections.len();
        core::mem::replace(&mut open.floor, count)
    });
    let floor = floor.ok()?;
    suspend_all(this_thread());
    Some(Outside(py, floor))
}

impl Drop for Outside<'_> {
    fn drop(&mut self) {
        OPEN.with_borrow_mut(|open| open.floor = self.1);
        resume(self.0, this_thread());
    }
}

fn enter(py: Attached<'_, RustPython>, subjects: Subjects) {
    take(py, subjects, this_thread());
    ANY.fetch_add(1, Ordering::Relaxed);
    OPEN.with_borrow_mut(|open| open.sections.push(Section { subjects, suspended: false }));
}

/// Ends the innermost section, if any.
fn leave(py: Attached<'_, RustPython>) {
    let Some(section) = OPEN.with_borrow_mut(|open| open.sections.pop()) else { return };
    let me = this_thread();
    if !section.suspended {
        section.subjects.give_back(me);
    }
    ANY.fetch_sub(1, Ordering::Relaxed);
    resume(py, me);
}

/// Begins a section of one or two objects, for code that has no scope to end it. [`end`] ends it.
pub(crate) fn begin(py: Attached<'_, RustPython>, first: Ref<'_, RustPython>, second: Option<Ref<'_, RustPython>>) {
    enter(py, second.map_or_else(|| Subjects::one(Subject::object(first)), |second| Subjects::objects(first, second)));
}

/// Ends the section that this thread began last.
pub(crate) fn end(py: Attached<'_, RustPython>) {
    leave(py);
}

/// Ends the innermost section, even if its body panics.
struct Leave<'py>(Attached<'py, RustPython>);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        leave(self.0);
    }
}

fn with<R>(py: Attached<'_, RustPython>, subjects: Subjects, body: impl FnOnce() -> R) -> R {
    enter(py, subjects);
    let _leave = Leave(py);
    body()
}

impl SectionOps for RustPython {
    type RawMutex = RawLock;

    // The pointers in the subjects are used until the section ends, which is before this function returns.
    fn section_run<R>(
        py: Attached<'_, Self>,
        subjects: pyo3_backend::Subjects<'_, Self>,
        body: impl FnOnce() -> R,
    ) -> R {
        let subjects = match subjects {
            pyo3_backend::Subjects::Objects(first, None) => Subjects::one(Subject::object(first)),
            pyo3_backend::Subjects::Objects(first, Some(second)) => Subjects::objects(first, second),
            pyo3_backend::Subjects::Mutexes(first, second) => {
                Subjects { first: Subject::Mutex(first), second: second.map(|second| Subject::Mutex(second)) }
            }
        };
        with(py, subjects, body)
    }
}
