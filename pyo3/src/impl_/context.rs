//! What the output of `watch_callback!` uses.

use pyo3_backend::{ContextEvent as Event, ContextOps, ContextWatcher};

use super::adapter::{Adapter, borrowed};
use crate::backend::{Active, Attached, Outcome};
use crate::err::ResultExt;
use crate::panic::catch_and_raise;
use crate::types::context::{ContextEvent, WatchCallback};
use crate::{PyResult, Python};

/// The function of a context watcher.
pub type Function = for<'a, 'py> fn(Python<'py>, ContextEvent<'a, 'py>) -> PyResult<()>;

/// A type for the function of a context watcher.
pub trait Watcher: 'static {
    /// The function.
    const FUNCTION: Function;
}

impl<W: Watcher> ContextWatcher<Active> for Adapter<W> {
    fn call<'a, 'py: 'a>(py: Attached<'py>, event: Event<'a, Active>) -> Outcome<'py, ()> {
        let py = Python::from_attached(py);
        catch_and_raise(py, || {
            let event = match event {
                Event::Switched(None) => ContextEvent::Switched(None),
                Event::Switched(Some(context)) => ContextEvent::Switched(Some(borrowed(py, context).cast()?)),
                Event::Other(raw_event, object) => {
                    ContextEvent::Unknown { raw_event, object: object.map(|object| borrowed(py, object)) }
                }
            };
            (W::FUNCTION)(py, event)
        })
    }
}

/// Creates the callback that calls `W`.
pub const fn callback<W: Watcher>() -> WatchCallback {
    WatchCallback::new(|py| Active::context_add_watcher::<Adapter<W>>(py.attached()).or_raise(py))
}
