//! Panics in unusual places: creating an error, preparing a class, dropping the payload of a panic.

use std::ffi::{c_int, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use pyo3::PyErrArguments;
use pyo3::exceptions::PyValueError;
use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::panic::PanicException;
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyDict, PyTuple};

use pyo3_tests::{add_class, collect, eval, run, scope, scope_with, with_unraisable};

/// Exception arguments whose creation panics.
struct Bomb;

impl PyErrArguments for Bomb {
    fn arguments(self, _py: Python<'_>) -> Py<PyAny> {
        panic!("while the error was made")
    }
}

fn bomb() -> PyErr {
    PyErr::new::<PyValueError, _>(Bomb)
}

#[pyfunction]
fn fails() -> PyResult<()> {
    Err(bomb())
}

#[pyclass]
struct Fails;

#[pymethods]
impl Fails {
    #[new]
    #[pyo3(signature = (fails = false))]
    fn new(fails: bool) -> PyResult<Self> {
        if fails { Err(bomb()) } else { Ok(Fails) }
    }

    fn method(&self) -> PyResult<()> {
        Err(bomb())
    }

    #[getter]
    fn value(&self) -> PyResult<()> {
        Err(bomb())
    }

    fn __len__(&self) -> PyResult<usize> {
        Err(bomb())
    }
}

/// Defines `message(call)`, which returns the arguments of the `PanicException` that a call raises.
fn define_message(scope: &Bound<'_, PyDict>) {
    scope.set_item("PanicException", scope.py().get_type::<PanicException>()).unwrap();
    run(
        scope,
        c"
def message(call, *args):
    try:
        call(*args)
    except PanicException as panic:
        return panic.args
",
    );
}

#[test]
fn an_error_that_cannot_be_made_is_a_panic() {
    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(fails, py)]);
        add_class::<Fails>(&scope);
        define_message(&scope);
        run(
            &scope,
            c"
expected = ('while the error was made',)
assert message(fails) == expected
assert message(Fails, True) == expected
assert message(Fails().method) == expected
assert message(lambda: Fails().value) == expected
assert message(len, Fails()) == expected
",
        );
    });
}

#[test]
fn an_error_of_a_closure_that_cannot_be_made_is_a_panic() {
    Python::attach(|py| {
        let closure = |_: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| -> PyResult<()> { Err(bomb()) };
        let scope = scope(py);
        scope.set_item("closure", PyCFunction::new_closure(py, None, None, closure).unwrap()).unwrap();
        define_message(&scope);
        run(&scope, c"assert message(closure) == ('while the error was made',)");
    });
}

#[pyclass]
struct FailsToClear(Option<Py<PyAny>>);

#[pymethods]
impl FailsToClear {
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.0)
    }

    fn __clear__(&mut self) -> PyResult<()> {
        self.0 = None;
        Err(bomb())
    }
}

#[test]
fn an_error_of_clear_that_cannot_be_made_is_reported() {
    Python::attach(|py| {
        let scope = scope(py);
        with_unraisable(&scope, || {
            let object = Bound::new(py, FailsToClear(None)).unwrap();
            object.borrow_mut().0 = Some(object.clone().into_any().unbind());
            drop(object);
            collect(py);
        });
        run(
            &scope,
            c"assert ('PanicException', 'while the error was made') in [(it[0].__name__, it[1]) for it in seen], seen",
        );
    });
}

#[pyclass]
struct FailsToLend;

#[pymethods]
impl FailsToLend {
    unsafe fn __getbuffer__(&self, _view: *mut c_void, _flags: c_int) -> PyResult<()> {
        Err(bomb())
    }
}

#[test]
fn an_error_of_a_buffer_that_cannot_be_made_is_a_panic() {
    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("exporter", Py::new(py, FailsToLend).unwrap()).unwrap();
        define_message(&scope);
        run(&scope, c"assert message(memoryview, exporter) == ('while the error was made',)");
    });
}

/// Panics when it is dropped.
struct PanicsInDrop;

impl Drop for PanicsInDrop {
    fn drop(&mut self) {
        panic!("in the drop of what a panic left behind");
    }
}

#[test]
fn what_a_panic_leaves_behind_may_panic_as_well() {
    #[pyfunction]
    fn panics() {
        panic_any(PanicsInDrop);
    }

    Python::attach(|py| {
        let scope = scope_with(py, [wrap_pyfunction!(panics, py)]);
        define_message(&scope);
        run(&scope, c"assert message(panics) == ('panic from Rust code',)");
    });
}

#[pyclass]
struct PanicsInTraverse;

#[pymethods]
impl PanicsInTraverse {
    fn __traverse__(&self, _visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        panic_any(PanicsInDrop);
    }
}

#[test]
fn so_may_what_a_panic_in_the_collector_leaves_behind() {
    Python::attach(|py| {
        let object = Bound::new(py, PanicsInTraverse).unwrap();
        collect(py);
        assert!(object.try_borrow_mut().is_ok());
    });
}

#[test]
fn an_error_that_could_not_be_made_says_so_on_every_thread() {
    Python::attach(|py| {
        let error = Arc::new(bomb());
        assert!(catch_unwind(AssertUnwindSafe(|| drop(error.value(py).clone()))).is_err());
        let (sender, receiver) = mpsc::channel();
        let asked = error.clone();
        thread::spawn(move || {
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                Python::attach(|py| drop(asked.value(py).clone()));
            }));
            sender.send(outcome.unwrap_err().downcast_ref::<String>().cloned()).ok();
        });
        let text = py.detach(move || receiver.recv_timeout(Duration::from_secs(20)));
        assert_eq!(text.expect("the thread gets an answer").as_deref(), Some("making the exception panicked before"));
    });
}

#[test]
fn a_class_attribute_that_panicked_is_made_again() {
    static PANICS: AtomicBool = AtomicBool::new(true);

    #[pyclass]
    struct Late;

    #[pymethods]
    impl Late {
        #[classattr]
        fn answer() -> u32 {
            assert!(!PANICS.swap(false, Ordering::SeqCst), "the first time");
            42
        }
    }

    Python::attach(|py| {
        assert!(catch_unwind(AssertUnwindSafe(|| drop(py.get_type::<Late>()))).is_err());
        assert_eq!(py.get_type::<Late>().getattr("answer").unwrap().extract::<u32>().unwrap(), 42);
    });
}

/// Defines a class whose attributes two threads compute at once, and compares what they see.
macro_rules! class_made_twice {
    ($($class:ident)+) => {
        $({
            static ARRIVED: AtomicUsize = AtomicUsize::new(0);

            #[pyclass]
            struct $class;

            #[pymethods]
            impl $class {
                #[classattr]
                fn a(py: Python<'_>) -> Py<PyAny> {
                    pyo3_tests::fresh(py).unbind()
                }

                #[classattr]
                fn b(py: Python<'_>) -> Py<PyAny> {
                    pyo3_tests::fresh(py).unbind()
                }

                #[classattr]
                fn c(py: Python<'_>) -> Py<PyAny> {
                    pyo3_tests::fresh(py).unbind()
                }

                #[classattr]
                fn d(py: Python<'_>) -> Py<PyAny> {
                    let fresh = pyo3_tests::fresh(py).unbind();
                    // Make both threads wait for each other, so that they continue at the same time.
                    py.detach(|| {
                        ARRIVED.fetch_add(1, Ordering::SeqCst);
                        while ARRIVED.load(Ordering::SeqCst) < 2 {
                            std::hint::spin_loop();
                        }
                    });
                    fresh
                }
            }

            let see = || Python::attach(|py| {
                let class = py.get_type::<$class>();
                // Look at the attributes in reverse order: a thread that sets one again would do so now.
                ["d", "c", "b", "a"].map(|name| class.getattr(name).unwrap().as_ptr() as usize)
            });
            let (first, second) = thread::scope(|scope| {
                let (first, second) = (scope.spawn(see), scope.spawn(see));
                (first.join().unwrap(), second.join().unwrap())
            });
            assert_eq!(first, second, concat!("attributes of ", stringify!($class)));
            assert_eq!(first, see());
        })+
    };
}

#[test]
fn class_attributes_keep_their_identity() {
    Python::initialize();
    class_made_twice!(A B C D E F G H I J K L M N O P);
}

#[test]
fn an_exception_on_its_way_survives_an_object_of_another_thread() {
    /// Has nothing to drop, but is still dropped on the wrong thread.
    #[pyclass(unsendable)]
    struct Bare;

    Python::attach(|py| {
        let scope = scope(py);
        with_unraisable(&scope, || {
            scope.set_item("box", [Py::new(py, Bare).unwrap()]).unwrap();
            run(
                &scope,
                c"
import threading
found = []
def work():
    try:
        # The object is given up while the exception is on its way.
        print(box.pop(), 1 / 0)
    except BaseException as error:
        found.append(type(error).__name__)
thread = threading.Thread(target=work)
thread.start()
thread.join()
",
            );
        });
        assert_eq!(eval(&scope, c"found").extract::<Vec<String>>().unwrap(), ["ZeroDivisionError"]);
        let seen: Vec<(String, String)> = eval(&scope, c"[(it[0].__name__, it[1]) for it in seen]").extract().unwrap();
        assert!(seen.iter().any(|(_, text)| text.ends_with("is unsendable, but is being dropped on another thread")));
    });
}
