//! The ledger: how many references to each object the handles own, and where they came from.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};

use super::report::Place;

/// How many origins of references are kept for each object.
const BIRTHS: usize = 4;
/// How many objects that no handle owns any more are kept in each part of the ledger, for reports.
const PAST: usize = 64;
/// How many parts the ledger has, so that threads rarely wait for each other.
const PARTS: usize = 64;

static BOOKS: [Mutex<Part>; PARTS] =
    [const { Mutex::new(Part { held: BTreeMap::new(), past: VecDeque::new() }) }; PARTS];

/// Whether an interpreter has ended. Handles of its objects may still be dropped later, and are no longer in the
/// ledger.
static ENDED: AtomicBool = AtomicBool::new(false);

/// The objects at a subset of all addresses.
#[derive(Default)]
struct Part {
    held: BTreeMap<usize, Entry>,
    past: VecDeque<(usize, Entry)>,
}

/// What the ledger knows about an object.
#[derive(Clone, Default)]
pub(super) struct Entry {
    /// The number of references that handles own.
    pub(super) held: usize,
    births: [Option<Place>; BIRTHS],
    next: usize,
    release: Option<Place>,
}

impl Entry {
    pub(super) fn births(&self) -> Vec<Place> {
        self.births.iter().flatten().copied().collect()
    }

    pub(super) fn release(&self) -> Option<Place> {
        self.release
    }
}

fn part(address: usize) -> MutexGuard<'static, Part> {
    // Objects are aligned to 16 bytes.
    let part = (address >> 4) % PARTS;
    BOOKS[part].lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Records that a handle owns one more reference.
pub(super) fn take(address: usize, place: Place) {
    let mut part = part(address);
    let entry = part.held.entry(address).or_default();
    entry.held += 1;
    entry.births[entry.next % BIRTHS] = Some(place);
    entry.next += 1;
}

/// Records that a handle gives up a reference. Returns what is known about the object if no handle owns one.
pub(super) fn give(address: usize, place: Place) -> Result<(), Box<Entry>> {
    let mut part = part(address);
    let Some(entry) = part.held.get_mut(&address) else {
        if ENDED.load(Ordering::Acquire) {
            return Ok(());
        }
        let past = part.past.iter().rev().find(|(past, _)| *past == address);
        return Err(Box::new(past.map(|(_, entry)| entry.clone()).unwrap_or_default()));
    };
    entry.held -= 1;
    entry.release = Some(place);
    if entry.held == 0 {
        let entry = part.held.remove(&address).unwrap_or_default();
        if part.past.len() == PAST {
            part.past.pop_front();
        }
        part.past.push_back((address, entry));
    }
    Ok(())
}

/// Returns the runtime's count and what is known about the object, if the count is zero or less than what the handles
/// own.
///
/// Reads the count while the ledger is locked, so that no other thread can take or give up a reference in between.
pub(super) fn missing(address: usize, count: impl FnOnce() -> usize) -> Option<(usize, Entry)> {
    let part = part(address);
    let entry = part.held.get(&address);
    let count = count();
    if count != 0 && count >= entry.map_or(0, |entry| entry.held) {
        return None;
    }
    let past = || part.past.iter().rev().find(|(past, _)| *past == address).map(|(_, entry)| entry);
    Some((count, entry.or_else(past).cloned().unwrap_or_default()))
}

/// Returns what is known about an object.
pub(super) fn known(address: usize) -> Entry {
    part(address).held.get(&address).cloned().unwrap_or_default()
}

/// Clears the ledger for good. Handles that are left from an ended interpreter may be dropped later.
pub(super) fn forget() {
    ENDED.store(true, Ordering::Release);
    for part in &BOOKS {
        let mut part = part.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        part.held.clear();
        part.past.clear();
    }
}

/// Returns the number of references that handles own.
pub(super) fn held(address: usize) -> usize {
    known(address).held
}
