//! Context watchers. If the runtime has none, adding one raises `NotImplementedError`, which is then all there is to test.

use std::cell::{Cell, RefCell};
use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{PyNotImplementedError, PyValueError};
use pyo3::prelude::*;
use pyo3::sync::MutexExt;
use pyo3::types::PyContext;
use pyo3::types::context::{
    BoundContextWatcherGuard, ContextEvent, ContextWatcherGuard, WatchCallback, watch_callback,
};
use pyo3_tests::{run, scope, with_unraisable};

/// There is place for few watchers, so only one test at a time has some.
static WATCHERS: Mutex<()> = Mutex::new(());

thread_local! {
    static SEEN: RefCell<Vec<Option<Py<PyAny>>>> = const { RefCell::new(Vec::new()) };
    static CALLS: Cell<usize> = const { Cell::new(0) };
    /// Whether a test of this file runs on the thread. Watchers are also told what happens on other threads.
    static MINE: Cell<bool> = const { Cell::new(false) };
}

fn record(_: Python<'_>, event: ContextEvent<'_, '_>) -> PyResult<()> {
    if let ContextEvent::Switched(context) = event {
        SEEN.with_borrow_mut(|seen| seen.push(context.map(|context| context.to_owned().into_any().unbind())));
    }
    Ok(())
}

fn count(_: Python<'_>, _: ContextEvent<'_, '_>) -> PyResult<()> {
    CALLS.set(CALLS.get() + 1);
    Ok(())
}

fn refuse(_: Python<'_>, _: ContextEvent<'_, '_>) -> PyResult<()> {
    if !MINE.get() {
        return Ok(());
    }
    CALLS.set(CALLS.get() + 1);
    Err(PyValueError::new_err("not this one"))
}

fn panic(_: Python<'_>, _: ContextEvent<'_, '_>) -> PyResult<()> {
    if !MINE.get() {
        return Ok(());
    }
    CALLS.set(CALLS.get() + 1);
    panic!("over with it")
}

/// Runs `body` if the runtime has watchers. It may add some.
fn with_watchers(body: impl for<'py> FnOnce(Python<'py>) -> PyResult<()>) {
    Python::attach(|py| {
        let _alone = WATCHERS.lock_py_attached(py).unwrap_or_else(PoisonError::into_inner);
        match PyContext::add_watcher(py, watch_callback!(count)) {
            Ok(watcher) => {
                watcher.clear().expect("nobody else has removed it");
                CALLS.set(0);
                MINE.set(true);
                body(py).expect("it raises nothing");
            }
            Err(error) => {
                assert!(error.is_instance_of::<PyNotImplementedError>(py), "{error}");
                let message = "NotImplementedError: this Python does not report changes of the current context";
                assert_eq!(error.to_string(), message);
            }
        }
    });
}

/// Makes a new context the current one for a moment.
fn switch(py: Python<'_>) {
    run(&scope(py), c"import contextvars\ncontext = contextvars.Context()\ncontext.run(int)");
}

fn watch(py: Python<'_>, callback: WatchCallback) -> BoundContextWatcherGuard<'_> {
    PyContext::add_watcher(py, callback).expect("there is place for it")
}

#[test]
fn a_watcher_sees_which_context_is_current() {
    with_watchers(|py| {
        SEEN.take();
        let watcher = watch(py, watch_callback!(record));
        let scope = scope(py);
        run(&scope, c"import contextvars\ncontext = contextvars.Context()\ncontext.run(int)");
        drop(watcher);
        switch(py);
        let seen = SEEN.take();
        assert_eq!(seen.len(), 2, "one for entering it, one for leaving it, none without a watcher");
        let context = scope.get_item("context")?.expect("it is made");
        assert!(seen[0].as_ref().expect("there is one").bind(py).is(&context));
        assert!(!seen[1].as_ref().is_some_and(|other| other.bind(py).is(&context)));
        Ok(())
    });
}

#[test]
fn each_guard_removes_its_watcher() {
    with_watchers(|py| {
        let one = watch(py, watch_callback!(count));
        let other = watch(py, watch_callback!(count));
        switch(py);
        assert_eq!(CALLS.take(), 4);
        one.clear()?;
        switch(py);
        assert_eq!(CALLS.take(), 2);
        let other = other.unbind().into_bound(py);
        switch(py);
        assert_eq!(CALLS.take(), 2);
        other.unbind().clear(py)?;
        switch(py);
        assert_eq!(CALLS.take(), 0);
        Ok(())
    });
}

#[test]
fn a_guard_can_be_dropped_on_another_thread() {
    fn needs_send<T: Send + Sync>(it: T) -> T {
        it
    }

    with_watchers(|py| {
        let watcher: ContextWatcherGuard = needs_send(watch(py, watch_callback!(count)).unbind());
        py.detach(|| std::thread::spawn(move || drop(watcher)).join()).expect("it does not panic");
        switch(py);
        assert_eq!(CALLS.take(), 0);
        Ok(())
    });
}

#[test]
fn errors_and_panics_of_a_watcher_are_reported() {
    with_watchers(|py| {
        let scope = scope(py);
        with_unraisable(&scope, || {
            let watcher = watch(py, watch_callback!(refuse));
            switch(py);
            drop(watcher);
        });
        assert_eq!(CALLS.take(), 2);
        run(&scope, c"assert [(it[0], it[1]) for it in seen] == [(ValueError, 'not this one')] * 2, seen");
        with_unraisable(&scope, || {
            let watcher = watch(py, watch_callback!(panic));
            switch(py);
            drop(watcher);
        });
        assert_eq!(CALLS.take(), 2);
        run(&scope, c"assert [it[1] for it in seen] == ['over with it'] * 2, seen");
        Ok(())
    });
}

#[test]
fn an_exception_in_the_context_is_not_disturbed() {
    with_watchers(|py| {
        let scope = scope(py);
        with_unraisable(&scope, || {
            let _watcher = watch(py, watch_callback!(refuse));
            run(
                &scope,
                c"import contextvars\ntry:\n    contextvars.Context().run(int, 'x')\nexcept ValueError as error:\n    caught = str(error)",
            );
        });
        assert_eq!(CALLS.take(), 2);
        run(&scope, c"assert 'invalid literal' in caught and len(seen) == 2, (caught, seen)");
        Ok(())
    });
}

#[test]
fn there_is_place_for_few_watchers() {
    with_watchers(|py| {
        let mut watchers = Vec::new();
        let refused = loop {
            match PyContext::add_watcher(py, watch_callback!(count)) {
                Ok(watcher) => watchers.push(watcher),
                Err(error) => break error,
            }
        };
        assert_eq!(refused.to_string(), "RuntimeError: no more context watcher IDs available");
        assert!(watchers.len() > 1);
        Ok(())
    });
}
