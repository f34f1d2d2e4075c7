//! The content of a [`PyErr`](super::PyErr): an exception, or what is needed to create it.
//!
//! Results carry it along every path that may fail, so it is small: two words.

#![expect(unsafe_code, reason = "an exception is written once, by the thread that has claimed the state")]

use std::cell::{RefCell, UnsafeCell};
use std::mem::{ManuallyDrop, MaybeUninit};
use std::ptr::{NonNull, null_mut, without_provenance_mut};
use std::sync::atomic::{AtomicPtr, Ordering};

use pyo3_backend::ErrorOps;

use super::recipe::{Made, Recipe, Start};
use crate::backend::{Active, Raised};
use crate::exceptions::PyBaseException;
use crate::{Py, Python};

pub(super) struct PyErrState {
    /// Initialized if and only if `recipe` is null. From then on it does not change while the state is shared.
    exception: UnsafeCell<MaybeUninit<Py<PyBaseException>>>,
    /// Null, [`BUSY`], [`FAILED`], or a [`Recipe`], which the state owns.
    recipe: AtomicPtr<Start>,
}

const _: () = assert!(size_of::<PyErrState>() == 2 * size_of::<usize>());

/// A thread is following the recipe. It alone may write the exception.
const BUSY: *mut Start = without_provenance_mut(1);
/// The recipe panicked: there will be no exception.
const FAILED: *mut Start = without_provenance_mut(2);

const FAILED_BEFORE: &str = "making the exception panicked before";

// SAFETY: it owns an exception or a recipe, which are both `Send`.
unsafe impl Send for PyErrState {}
// SAFETY: both are `Sync`. Shared, the exception is only read once `recipe` is null, and it is only written by the one
// thread that has replaced the recipe by `BUSY`.
unsafe impl Sync for PyErrState {}

impl std::panic::RefUnwindSafe for PyErrState {}

thread_local! {
    /// The states whose recipes this thread is following, so that it does not wait for itself.
    static FOLLOWING: RefCell<Vec<NonNull<PyErrState>>> = const { RefCell::new(Vec::new()) };
}

/// What an owned state contains.
enum Content {
    Exception(Py<PyBaseException>),
    Recipe(Recipe),
    Nothing,
}

impl PyErrState {
    #[inline]
    pub(super) fn normalized(exception: Py<PyBaseException>) -> Self {
        PyErrState { exception: UnsafeCell::new(MaybeUninit::new(exception)), recipe: AtomicPtr::new(null_mut()) }
    }

    /// Creates the state of an exception whose class and arguments `make` returns.
    #[inline]
    pub(super) fn lazy<F>(make: F) -> Self
    where
        F: FnOnce(Python<'_>) -> Made + Send + Sync + 'static,
    {
        let recipe = AtomicPtr::new(Recipe::new(make).into_raw().as_ptr());
        PyErrState { exception: UnsafeCell::new(MaybeUninit::uninit()), recipe }
    }

    /// Returns the exception. Creates it if necessary.
    #[inline]
    pub(super) fn value(&self, py: Python<'_>) -> &Py<PyBaseException> {
        if !self.recipe.load(Ordering::Acquire).is_null() {
            self.normalize(py);
        }
        // SAFETY: `recipe` is null. Whoever wrote that had written the exception before.
        unsafe { (*self.exception.get()).assume_init_ref() }
    }

    pub(super) fn into_value(self, py: Python<'_>) -> Py<PyBaseException> {
        self.value(py);
        match self.into_content() {
            Content::Exception(exception) => exception,
            Content::Recipe(_) | Content::Nothing => unreachable!("`value` made it"),
        }
    }

    /// Raises the exception. A lazy one is not created here. As this owns the state, no other thread is creating it.
    pub(super) fn into_raised(self, py: Python<'_>) -> Raised<'_> {
        match self.into_content() {
            Content::Exception(exception) => Active::error_raise(py.attached(), exception.into_bound(py).into_handle()),
            Content::Recipe(recipe) => raise(py, recipe.follow(py)),
            Content::Nothing => panic!("{FAILED_BEFORE}"),
        }
    }

    #[inline]
    fn into_content(self) -> Content {
        // SAFETY: the state is not dropped, so its content is taken once.
        unsafe { ManuallyDrop::new(self).take_content() }
    }

    /// Takes what the state contains.
    ///
    /// # Safety
    ///
    /// Afterwards the state is neither used nor dropped.
    #[inline]
    unsafe fn take_content(&mut self) -> Content {
        let recipe = *self.recipe.get_mut();
        match NonNull::new(recipe) {
            // SAFETY: null means that there is an exception, and it is taken once.
            None => Content::Exception(unsafe { self.exception.get_mut().assume_init_read() }),
            Some(_) if recipe == BUSY || recipe == FAILED => Content::Nothing,
            // SAFETY: a recipe that the state owns, and it is taken once.
            Some(recipe) => Content::Recipe(unsafe { Recipe::from_raw(recipe) }),
        }
    }

    /// Whether this thread is following the recipe. `false` also at the end of a thread, when its list is gone.
    fn is_followed_here(&self) -> bool {
        FOLLOWING.try_with(|states| states.borrow().contains(&NonNull::from(self))).unwrap_or(false)
    }

    /// Creates the exception, on one thread. This runs Python. Other threads wait detached.
    #[cold]
    fn normalize(&self, py: Python<'_>) {
        loop {
            let seen = self.recipe.load(Ordering::Acquire);
            if seen.is_null() {
                return;
            }
            assert!(seen != FAILED, "{FAILED_BEFORE}");
            if seen == BUSY {
                assert!(!self.is_followed_here(), "Re-entrant normalization of PyErr detected");
                py.detach(std::thread::yield_now);
            } else if self.recipe.compare_exchange(seen, BUSY, Ordering::Acquire, Ordering::Relaxed).is_ok() {
                let following = Following::new(self);
                // SAFETY: `seen` is neither null nor a mark, so it is a recipe. This thread alone has replaced it.
                let recipe = unsafe { Recipe::from_raw(NonNull::new_unchecked(seen)) };
                let raised = raise(py, recipe.follow(py));
                following.succeed(Py::from_handle(Active::error_take(py.attached(), raised).into_global()));
                return;
            }
        }
    }
}

impl Drop for PyErrState {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the state is gone afterwards, and its fields have no destructors.
        drop(unsafe { self.take_content() });
    }
}

/// The time in which this thread follows the recipe of a state. Without success, that is if it panics, the state has
/// failed.
struct Following<'a>(&'a PyErrState);

impl<'a> Following<'a> {
    fn new(state: &'a PyErrState) -> Self {
        let _ = FOLLOWING.try_with(|states| states.borrow_mut().push(NonNull::from(state)));
        Following(state)
    }

    fn succeed(self, exception: Py<PyBaseException>) {
        // SAFETY: this thread has replaced the recipe by `BUSY`, so nobody else writes, and nobody reads before `recipe`
        // is null.
        unsafe { (*self.0.exception.get()).write(exception) };
        self.0.recipe.store(null_mut(), Ordering::Release);
    }
}

impl Drop for Following<'_> {
    fn drop(&mut self) {
        let _ = FOLLOWING.try_with(|states| states.borrow_mut().retain(|state| *state != NonNull::from(self.0)));
        let _ = self.0.recipe.compare_exchange(BUSY, FAILED, Ordering::Release, Ordering::Relaxed);
    }
}

/// Raises an exception of this class with these arguments, like the statement `raise`.
fn raise(py: Python<'_>, (class, value): Made) -> Raised<'_> {
    // Dropping a `Bound` is cheaper than dropping a `Py`, which must check whether the thread is attached.
    let (class, value) = (class.into_bound(py), value.into_bound(py));
    Active::error_raise_new(py.attached(), class.any_handle(), value.any_handle())
}
