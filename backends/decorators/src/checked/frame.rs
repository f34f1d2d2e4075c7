//! What a thread is doing: the operation it is in, or what Python called.

use std::cell::Cell;
use std::marker::PhantomData;
use std::panic::Location;
use std::ptr::NonNull;

use pyo3_backend::{Attached, Backend, Kind, Members, Ref, is_attach_forbidden, locks_held};

use super::ledger;
use super::report::{Place, Report, is_reporting, report};

/// What may happen while an operation runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Python {
    /// No Python code.
    Never,
    /// Only what the collector runs, namely finalisers: the operation creates an object that the collector tracks.
    Collects,
    /// Any Python code.
    Runs,
}

/// Whether an exception may be pending when an operation starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Before {
    /// One may be pending: the operation concerns exceptions or reference counts.
    Anything,
    /// None may be pending.
    NothingRaised,
}

/// What a thread is doing.
#[derive(Clone, Copy)]
enum Doing {
    /// Running code outside of this crate.
    Other,
    /// Running an operation.
    Operation(Place, Python),
    /// Running something that Python has called.
    Called(&'static str),
    /// Running something that the runtime has called on its own initiative.
    Told(&'static str),
    /// Being visited by the collector.
    Traverse,
}

thread_local! {
    static DOING: Cell<Doing> = const { Cell::new(Doing::Other) };
}

/// Restores the previous activity on drop.
struct Back(Doing);

impl Drop for Back {
    fn drop(&mut self) {
        DOING.set(self.0);
    }
}

fn begin(doing: Doing) -> Back {
    Back(DOING.replace(doing))
}

/// Returns where this thread is, for the ledger and reports.
fn here() -> Place {
    match DOING.get() {
        Doing::Other => Place { operation: "(no operation)", caller: None },
        Doing::Operation(place, _) => place,
        Doing::Called(operation) | Doing::Told(operation) => Place { operation, caller: None },
        Doing::Traverse => Place { operation: "Class::traverse", caller: None },
    }
}

/// Reports a fault that concerns no object.
#[cold]
fn fault(fault: String) {
    about(fault, ledger::Entry::default());
}

/// Reports a fault that concerns an object.
#[cold]
fn about(fault: String, entry: ledger::Entry) {
    report(&Report { place: here(), fault, births: entry.births(), release: entry.release() });
}

/// Returns whether objects may be inspected: the thread is attached, and the collector is not visiting objects on it.
fn can_look<B: Backend>() -> bool {
    !is_reporting() && !is_attach_forbidden() && !matches!(DOING.get(), Doing::Traverse) && B::thread_is_attached()
}

/// Runs the caller's code inside an operation. It is not part of the operation.
pub(super) fn aside<R>(body: impl FnOnce() -> R) -> R {
    let _back = begin(Doing::Other);
    body()
}

/// A running operation.
pub(super) struct Operation<B> {
    raised: Option<bool>,
    _back: Back,
    backend: PhantomData<fn() -> B>,
}

impl<B: Backend> Operation<B> {
    /// Starts an operation that needs an attached thread.
    #[track_caller]
    pub(super) fn enter(name: &'static str, python: Python, before: Before) -> Self {
        let operation = Operation::enter_anywhere(name, python);
        if is_reporting() {
            return operation;
        }
        if is_attach_forbidden() || matches!(operation._back.0, Doing::Traverse) {
            fault(String::from("the collector is visiting objects on this thread, which must not touch Python now"));
        }
        if !B::thread_is_attached() {
            fault(String::from("the thread is not attached"));
        }
        let raised = raised::<B>();
        if before == Before::NothingRaised && raised == Some(true) {
            fault(String::from("an exception is waiting to be taken: only operations on exceptions may run now"));
        }
        if python == Python::Runs && locks_held() != 0 {
            fault(String::from("a lock of the backend is held, and Python code may run"));
        }
        Operation { raised, ..operation }
    }

    /// Starts an operation that needs no attached thread.
    #[track_caller]
    pub(super) fn enter_anywhere(name: &'static str, python: Python) -> Self {
        let place = Place { operation: name, caller: Some(Location::caller()) };
        Operation { raised: None, _back: begin(Doing::Operation(place, python)), backend: PhantomData }
    }

    /// Checks the state after the operation. `is_ok` is whether it succeeded, or `None` if it cannot fail.
    pub(super) fn ran(&self, is_ok: Option<bool>) {
        if is_reporting() {
            return;
        }
        if !B::thread_is_attached() {
            fault(String::from("the thread is not attached any more"));
        }
        match (is_ok, raised::<B>()) {
            (Some(true), Some(true)) => fault(String::from("it succeeded, but an exception is waiting to be taken")),
            (Some(false), Some(false)) => fault(String::from("it failed, but no exception is waiting to be taken")),
            (None, now) if now != self.raised => {
                let change = if now == Some(true) { "one is waiting now" } else { "the one that was waiting is gone" };
                fault(format!("it cannot fail, and leaves exceptions alone, but {change}"));
            }
            _ => {}
        }
    }

    /// Checks that an exception is pending before the operation if and only if one is expected.
    pub(super) fn starts_with(&self, expected: bool) {
        if !is_reporting() && self.raised == Some(!expected) {
            let words = if expected { "no exception is waiting" } else { "an exception is waiting" };
            fault(format!("{words} before it"));
        }
    }

    /// Checks that an exception is pending after the operation if and only if one is expected.
    pub(super) fn leaves(&self, expected: bool) {
        if !is_reporting() && raised::<B>() == Some(!expected) {
            let words = if expected { "no exception is waiting" } else { "an exception is still waiting" };
            fault(format!("{words} after it"));
        }
    }

    /// Checks a promise of the operation.
    pub(super) fn promises(&self, kept: impl FnOnce() -> bool, what: &str) {
        if !is_reporting() && !kept() {
            fault(format!("broken promise: {what}"));
        }
    }
}

fn raised<B: Backend>() -> Option<bool> {
    // SAFETY: called only after checking that the thread is attached.
    B::error_is_raised(unsafe { Attached::assume() })
}

/// Runs `call`, which Python has called. `is_ok` returns whether it succeeded.
pub(super) fn called<B: Backend, R>(what: &'static str, call: impl FnOnce() -> R, is_ok: impl FnOnce(&R) -> bool) -> R {
    if !is_reporting() {
        if let Doing::Operation(_, Python::Never) = DOING.get() {
            fault(format!("it must not run Python code, but Python has called a `{what}`"));
        }
        if let Doing::Traverse = DOING.get() {
            fault(format!("a visit must not run Python code, but Python has called a `{what}`"));
        }
        if locks_held() != 0 {
            fault(format!("a lock of the backend is held while Python code runs, which has called a `{what}`"));
        }
    }
    let _back = begin(Doing::Called(what));
    if !is_reporting() {
        if !B::thread_is_attached() {
            fault(String::from("the runtime has called it on a thread that is not attached"));
        }
        if raised::<B>() == Some(true) {
            fault(String::from("the runtime has called it while an exception is waiting to be taken"));
        }
    }
    let outcome = call();
    if !is_reporting() {
        match (is_ok(&outcome), raised::<B>()) {
            (true, Some(true)) => fault(String::from("it succeeded, but an exception is waiting to be taken")),
            (false, Some(false)) => fault(String::from("it failed, but no exception is waiting to be taken")),
            _ => {}
        }
    }
    outcome
}

/// Runs `call`, which the runtime has called on its own initiative.
pub(super) fn told<R>(what: &'static str, call: impl FnOnce() -> R) -> R {
    let _back = begin(Doing::Told(what));
    call()
}

/// Runs `call`, which is a visit of the collector.
pub(super) fn traversed<R>(call: impl FnOnce() -> R) -> R {
    let _back = begin(Doing::Traverse);
    call()
}

/// Checks an object that crosses: it is alive, it is of kind `K`, and no reference that a handle owns has been
/// released.
pub(super) fn look<B: Backend, K: Kind>(object: NonNull<B::Object>) {
    if !can_look::<B>() {
        return;
    }
    // SAFETY: `can_look` has checked that the thread is attached.
    let py: Attached<'_, B> = unsafe { Attached::assume() };
    // SAFETY: the caller claims that the object is alive. The check below tests that as far as a count can tell. If it
    // is dead, the program already has undefined behaviour.
    let handle: Ref<'_, B> = unsafe { Ref::from_ptr(object) };
    if let Some((count, entry)) = ledger::missing(object.addr().get(), || B::ref_count(py, handle)) {
        let held = entry.held;
        let words = match count {
            0 => format!("the object at {object:p} is dead"),
            _ => format!(
                "handles own {held} references to the object at {object:p}, but the runtime counts {count}: code has released \
                 a reference that it does not own"
            ),
        };
        about(words, entry);
    }
    if K::MEMBERS != Members::Any && !B::type_check_kind::<K>(py, handle) {
        let kind = match K::MEMBERS {
            Members::Any => String::from("any"),
            Members::Builtin(kind) => format!("{kind:?}"),
            Members::Exception(kind) => format!("{kind:?}"),
            Members::Iterator => String::from("iterator"),
            Members::DateTime(kind) => format!("{kind:?}"),
        };
        about(format!("the object at {object:p} is not of the kind {kind}"), ledger::known(object.addr().get()));
    }
}

/// Records that a handle owns a reference from now on.
pub(super) fn takes<B: Backend, K: Kind>(object: NonNull<B::Object>) {
    if !is_reporting() {
        ledger::take(object.addr().get(), here());
        look::<B, K>(object);
    }
}

/// Records that a handle gives up its reference.
pub(super) fn gives<B: Backend, K: Kind>(object: NonNull<B::Object>) {
    if is_reporting() {
        return;
    }
    look::<B, K>(object);
    if let Err(entry) = ledger::give(object.addr().get(), here()) {
        about(format!("a reference to the object at {object:p} is given up, but no handle owns one"), *entry);
    }
}
