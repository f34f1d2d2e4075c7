//! The module `process_ends`, which the programs of the test of that name import: threads that are busy when the
//! process ends, objects that outlive the interpreter, and calls through Rust.

use std::cell::RefCell;
use std::sync::OnceLock;
use std::sync::mpsc::{Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use pyo3::exceptions::{PyRuntimeError, PyTimeoutError};
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PySet};

/// Adds all functions and classes to the module.
///
/// # Errors
///
/// Returns any exception raised while adding them.
pub fn fill(module: &Bound<'_, PyModule>) -> PyResult<()> {
    let py = module.py();
    module.add_class::<Node>()?;
    module.add_class::<Counter>()?;
    module.add_class::<SlowDrop>()?;
    let functions: [PyResult<Bound<'_, PyCFunction>>; 16] = [
        wrap_pyfunction!(thread_detached, py),
        wrap_pyfunction!(thread_in_python, py),
        wrap_pyfunction!(thread_calling, py),
        wrap_pyfunction!(threads_attaching, py),
        wrap_pyfunction!(threads_trying_to_attach, py),
        wrap_pyfunction!(thread_detaching, py),
        wrap_pyfunction!(thread_in_drop, py),
        wrap_pyfunction!(thread_in_operators, py),
        wrap_pyfunction!(thread_dropping_results, py),
        wrap_pyfunction!(threads_dropping, py),
        wrap_pyfunction!(call, py),
        wrap_pyfunction!(call_for_ever, py),
        wrap_pyfunction!(call_on_another_thread, py),
        wrap_pyfunction!(wait_for_signal, py),
        wrap_pyfunction!(keep_in_static, py),
        wrap_pyfunction!(keep_in_thread_local, py),
    ];
    functions.into_iter().try_for_each(|function| module.add_function(function?))
}

/// Starts a thread and waits until it reports that it has begun.
fn spawn(py: Python<'_>, body: impl FnOnce(Sender<()>) + Send + 'static) -> PyResult<()> {
    let (begun, wait) = channel();
    py.detach(move || {
        thread::spawn(move || body(begun));
        wait.recv_timeout(Duration::from_secs(20))
    })
    .map_err(|_| PyTimeoutError::new_err("the thread did not begin"))
}

/// Starts a thread that detaches and sleeps.
#[pyfunction]
fn thread_detached(py: Python<'_>) -> PyResult<()> {
    spawn(py, move |begun| {
        Python::attach(|py| {
            py.detach(move || {
                begun.send(()).ok();
                thread::sleep(Duration::from_secs(3600));
            });
        });
    })
}

/// Starts an attached thread that runs Python code, which never returns to Rust.
#[pyfunction]
fn thread_in_python(py: Python<'_>) -> PyResult<()> {
    spawn(py, move |begun| {
        Python::attach(|py| {
            // Has a destructor that would run if the frame were unwound.
            let kept = py.get_type::<Counter>();
            begun.send(()).ok();
            py.run(c"while True: pass", None, None).expect("it does not end");
            drop(kept);
        });
    })
}

/// Starts an attached thread that calls Python again and again.
#[pyfunction]
fn thread_calling(py: Python<'_>, callable: Py<PyAny>) -> PyResult<()> {
    spawn(py, move |begun| {
        Python::attach(|py| {
            begun.send(()).ok();
            for number in 0_u64.. {
                callable.call1(py, (number,)).expect("the callable takes a number");
            }
        });
    })
}

/// Starts a thread that repeatedly drops the only reference to the result of the callable.
#[pyfunction]
fn thread_dropping_results(py: Python<'_>, callable: Py<PyAny>) -> PyResult<()> {
    spawn(py, move |begun| {
        Python::attach(|py| {
            begun.send(()).ok();
            loop {
                drop(callable.call0(py).expect("the callable takes nothing"));
            }
        });
    })
}

/// Starts a thread that repeatedly uses the operators of an object.
#[pyfunction]
fn thread_in_operators(py: Python<'_>, object: Py<PyAny>) -> PyResult<()> {
    spawn(py, move |begun| {
        Python::attach(|py| {
            let object = object.bind(py);
            let (seen, places) = (PySet::empty(py).expect("a set can be made"), PyDict::new(py));
            begun.send(()).ok();
            loop {
                object.add(object).expect("objects can be added");
                object.neg().expect("an object can be negated");
                object.contains(object).expect("an object says what it contains");
                object.is_truthy().expect("an object is true or not");
                object.len().expect("an object has a length");
                object.hash().expect("an object has a hash");
                seen.add(object).expect("an object can be in a set");
                places.set_item(object, object).expect("an object can be a key");
            }
        });
    })
}

/// Starts threads that attach again and again, until that fails.
#[pyfunction]
fn threads_attaching(py: Python<'_>) -> PyResult<()> {
    for _ in 0..4 {
        spawn(py, move |begun| {
            begun.send(()).ok();
            loop {
                Python::attach(|py| drop(Counter::new().into_pyobject(py)));
            }
        })?;
    }
    // Sleep attached, so that the new threads have to wait if only one thread can be attached.
    thread::sleep(Duration::from_millis(10));
    Ok(())
}

/// Starts threads that keep trying to attach, even after that fails.
#[pyfunction]
fn threads_trying_to_attach(py: Python<'_>) -> PyResult<()> {
    for _ in 0..4 {
        spawn(py, move |begun| {
            begun.send(()).ok();
            loop {
                if Python::try_attach(|py| drop(Counter::new().into_pyobject(py))).is_none() {
                    thread::yield_now();
                }
            }
        })?;
    }
    Ok(())
}

/// Starts a thread that detaches and attaches again and again.
#[pyfunction]
fn thread_detaching(py: Python<'_>) -> PyResult<()> {
    spawn(py, move |begun| {
        Python::attach(|py| {
            let kept = py.get_type::<Counter>();
            begun.send(()).ok();
            loop {
                py.detach(thread::yield_now);
                assert!(!kept.is_none());
            }
        });
    })
}

/// Starts a thread that spends most of its time in the `Drop` of a class.
#[pyfunction]
fn thread_in_drop(py: Python<'_>) -> PyResult<()> {
    spawn(py, move |begun| {
        Python::attach(|py| {
            begun.send(()).ok();
            loop {
                drop(Bound::new(py, SlowDrop).expect("an instance can be made"));
            }
        });
    })
}

/// Starts threads that drop references while they are detached.
#[pyfunction]
fn threads_dropping(py: Python<'_>, object: Py<PyAny>) -> PyResult<()> {
    for _ in 0..2 {
        let object = object.clone_ref(py);
        spawn(py, move |begun| {
            begun.send(()).ok();
            while let Some(copies) = Python::try_attach(|py| [(); 16].map(|()| object.clone_ref(py))) {
                drop(copies);
            }
            // This reference is dropped when the interpreter is gone.
            drop(object);
        })?;
    }
    Ok(())
}

/// Calls from Rust.
#[pyfunction]
fn call(callable: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
    // Has a destructor to run when the call unwinds.
    let kept = callable.clone();
    let result = kept.call0()?;
    Ok(result.unbind())
}

/// Calls from Rust until the call raises an exception.
#[pyfunction]
fn call_for_ever(callable: &Bound<'_, PyAny>) -> PyResult<()> {
    loop {
        callable.clone().call0()?;
    }
}

/// Calls on a Rust thread and waits for the result.
#[pyfunction]
fn call_on_another_thread(py: Python<'_>, callable: Py<PyAny>) -> PyResult<Py<PyAny>> {
    let call = || Python::try_attach(|py| callable.call0(py));
    let called = py.detach(|| thread::scope(|scope| scope.spawn(call).join()));
    match called {
        Ok(Some(result)) => result,
        Ok(None) => Err(PyRuntimeError::new_err("the thread could not attach")),
        Err(_) => Err(PyRuntimeError::new_err("the thread panicked")),
    }
}

/// Reports that it has begun, then works detached and checks for signals now and then.
#[pyfunction]
fn wait_for_signal(py: Python<'_>, begun: &Bound<'_, PyAny>) -> PyResult<()> {
    begun.call0()?;
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        py.detach(|| thread::sleep(Duration::from_millis(20)));
        py.check_signals()?;
    }
    Err(PyTimeoutError::new_err("there was no signal"))
}

/// Keeps an object as long as the process lives.
#[pyfunction]
fn keep_in_static(object: Py<PyAny>) {
    static KEPT: OnceLock<Py<PyAny>> = OnceLock::new();
    KEPT.set(object).ok();
}

/// Keeps an object as long as the thread lives, which may outlive the interpreter.
#[pyfunction]
fn keep_in_thread_local(object: Py<PyAny>) {
    thread_local! {
        static KEPT: RefCell<Vec<Py<PyAny>>> = const { RefCell::new(Vec::new()) };
    }
    KEPT.with_borrow_mut(|kept| kept.push(object));
}

/// An object that may refer to itself, and that runs Python when it is dropped.
#[pyclass(dict, subclass, weakref)]
struct Node {
    #[pyo3(get, set)]
    other: Option<Py<PyAny>>,
    name: String,
}

#[pymethods]
impl Node {
    #[new]
    fn new(name: String) -> Self {
        Node { other: None, name }
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.other)
    }

    fn __clear__(&mut self) {
        self.other = None;
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        Python::try_attach(|py| {
            // During finalization, `print` may already be gone.
            if let Ok(print) = py.import("builtins").and_then(|builtins| builtins.getattr("print")) {
                print.call1((format!("{} dies", self.name),)).ok();
            }
        });
    }
}

/// A callable that counts its calls.
#[pyclass]
struct Counter(u64);

#[pymethods]
impl Counter {
    #[new]
    fn new() -> Self {
        Counter(0)
    }

    fn __call__(&mut self) -> u64 {
        self.0 += 1;
        self.0
    }
}

/// An object that detaches and sleeps for a moment when it is dropped.
#[pyclass(frozen)]
struct SlowDrop;

impl Drop for SlowDrop {
    fn drop(&mut self) {
        Python::try_attach(|py| py.detach(|| thread::sleep(Duration::from_millis(2))));
    }
}
