//! Critical sections: a table of objects that threads have to themselves.
//!
//! The machine's objects have no lock of their own, and its threads run at the same time. So the lock is here: an entry
//! for each object in a section, under the object's address, which is its own as long as the section borrows it.
//!
//! A thread that has to wait gives up the sections it is in, and one that detaches through the backend does, too. What
//! the machine itself waits for (`Lock.acquire`, `time.sleep`) is not seen here: the thread stays in its sections.

use core::cell::RefCell;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};

use pyo3_backend::{Attached, Ref, SectionOps};

use crate::RustPython;
use crate::exclusive::this_thread;
use crate::thread::detach_as_it_is;

/// Objects are spread over so many tables, so that threads rarely meet at one that do not meet at an object.
const TABLES: usize = 64;

static LOCKS: [Table; TABLES] = [const { Table { taken: Mutex::new(Vec::new()), freed: Condvar::new() } }; TABLES];

struct Table {
    taken: Mutex<Vec<Taken>>,
    freed: Condvar,
}

/// An object that a thread has to itself.
struct Taken {
    object: usize,
    thread: usize,
    /// How many sections of that thread it is in.
    times: usize,
}

impl Table {
    fn of(object: usize) -> &'static Table {
        // Fibonacci hashing: objects are aligned, and lie at regular distances.
        let mixed = object.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as usize);
        &LOCKS[mixed >> (usize::BITS - TABLES.trailing_zeros())]
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Taken>> {
        // The table is whole after every statement.
        self.taken.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

/// What a section is of: one object or two.
#[derive(Clone, Copy)]
struct Objects {
    first: usize,
    second: Option<usize>,
}

impl Objects {
    /// Takes all of them or none. `Err` says which one another thread has.
    fn try_take(self, me: usize) -> Result<(), usize> {
        try_take(self.first, me)?;
        if let Some(second) = self.second
            && let Err(busy) = try_take(second, me)
        {
            give_back(self.first, me);
            return Err(busy);
        }
        Ok(())
    }

    /// Takes all of them, once no other thread has one. The thread is detached.
    fn wait_and_take(self, me: usize) {
        while let Err(busy) = self.try_take(me) {
            let table = Table::of(busy);
            let mut taken = table.lock();
            while taken.iter().any(|entry| entry.object == busy && entry.thread != me) {
                taken = table.freed.wait(taken).unwrap_or_else(|poisoned| poisoned.into_inner());
            }
        }
    }

    fn give_back(self, me: usize) {
        if let Some(second) = self.second {
            give_back(second, me);
        }
        give_back(self.first, me);
    }
}

fn try_take(object: usize, me: usize) -> Result<(), usize> {
    let mut taken = Table::of(object).lock();
    match taken.iter_mut().find(|entry| entry.object == object) {
        None => taken.push(Taken { object, thread: me, times: 1 }),
        Some(entry) if entry.thread == me => entry.times += 1,
        Some(_) => return Err(object),
    }
    Ok(())
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
        // Several may wait, each for another object of this table.
        table.freed.notify_all();
    }
}

/// The sections that a thread is in.
struct Open {
    sections: Vec<Section>,
    /// The sections before this one are from before the thread detached, and stay suspended until it is back.
    floor: usize,
}

struct Section {
    objects: Objects,
    suspended: bool,
}

thread_local! {
    static OPEN: RefCell<Open> = const { RefCell::new(Open { sections: Vec::new(), floor: 0 }) };
}

/// How many sections are open in all threads: where none is, detaching need not look.
static ANY: AtomicUsize = AtomicUsize::new(0);

/// Gives up what the sections of this thread have, so that others get in.
fn suspend_all(me: usize) {
    OPEN.with_borrow_mut(|open| {
        for section in open.sections.iter_mut().filter(|section| !section.suspended) {
            section.suspended = true;
            section.objects.give_back(me);
        }
    });
}

/// Takes what the innermost section had before it was suspended.
fn resume(py: Attached<'_, RustPython>, me: usize) {
    let suspended = OPEN.with_borrow(|open| match open.sections.last() {
        Some(section) if section.suspended && open.sections.len() > open.floor => Some(section.objects),
        _ => None,
    });
    let Some(objects) = suspended else { return };
    take(py, objects, me);
    OPEN.with_borrow_mut(|open| {
        if let Some(section) = open.sections.last_mut() {
            section.suspended = false;
        }
    });
}

fn take(py: Attached<'_, RustPython>, objects: Objects, me: usize) {
    if objects.try_take(me).is_err() {
        suspend_all(me);
        detach_as_it_is(py, || objects.wait_and_take(me));
    }
}

/// A detached stretch of this thread, during which it is in no section. Ends when the thread is attached again.
pub(crate) struct Outside<'py>(Attached<'py, RustPython>, usize);

/// Leaves the sections that this thread is in, for as long as it is detached.
#[inline]
pub(crate) fn outside(py: Attached<'_, RustPython>) -> Option<Outside<'_>> {
    // This thread's own sections are among those counted, so it is enough for it to see its own writes.
    if ANY.load(Ordering::Relaxed) == 0 {
        return None;
    }
    // A thread that is ending is in none.
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

/// Ends the innermost section, also when its body panics.
struct Leave<'py>(Attached<'py, RustPython>);

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        let me = this_thread();
        if let Some(section) = OPEN.with_borrow_mut(|open| open.sections.pop())
            && !section.suspended
        {
            section.objects.give_back(me);
        }
        ANY.fetch_sub(1, Ordering::Relaxed);
        resume(self.0, me);
    }
}

fn with<R>(py: Attached<'_, RustPython>, objects: Objects, body: impl FnOnce() -> R) -> R {
    take(py, objects, this_thread());
    ANY.fetch_add(1, Ordering::Relaxed);
    OPEN.with_borrow_mut(|open| open.sections.push(Section { objects, suspended: false }));
    let _leave = Leave(py);
    body()
}

impl SectionOps for RustPython {
    fn with_section<R>(py: Attached<'_, Self>, object: Ref<'_, Self>, body: impl FnOnce() -> R) -> R {
        with(py, Objects { first: object.as_ptr().addr().get(), second: None }, body)
    }

    fn with_sections<R>(
        py: Attached<'_, Self>,
        first: Ref<'_, Self>,
        second: Ref<'_, Self>,
        body: impl FnOnce() -> R,
    ) -> R {
        let second = (!first.is(second)).then(|| second.as_ptr().addr().get());
        with(py, Objects { first: first.as_ptr().addr().get(), second }, body)
    }
}
