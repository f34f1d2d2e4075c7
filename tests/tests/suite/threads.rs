//! Threads: attaching, detaching, and dropping references while detached.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use pyo3_tests::{assert_count, count_of, eval, eventually, fresh, run, scope};

/// Increments a counter when it is dropped.
#[pyclass(frozen)]
struct Witness(&'static AtomicUsize);

impl Drop for Witness {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn detach_gives_what_the_closure_gives() {
    Python::attach(|py| {
        assert_eq!(py.detach(|| 6 * 7), 42);
        assert_eq!(eval(&scope(py), c"6 * 7").extract::<i32>().unwrap(), 42);
    });
}

#[test]
fn attach_while_detached() {
    Python::attach(|py| {
        let sum = py.detach(|| {
            let one = Python::attach(|py| eval(&scope(py), c"1").extract::<i32>().unwrap());
            let two = Python::attach(|py| {
                py.detach(|| Python::attach(|py| eval(&scope(py), c"2").extract::<i32>().unwrap()))
            });
            one + two
        });
        assert_eq!(sum, 3);
        assert_eq!(eval(&scope(py), c"3").extract::<i32>().unwrap(), 3);
    });
}

#[test]
fn detached_thread_lets_others_run() {
    Python::attach(|py| {
        let list = PyList::empty(py).unbind();
        let threads: Vec<_> = (0..4)
            .map(|number| {
                let list = list.clone_ref(py);
                thread::spawn(move || {
                    Python::attach(|py| {
                        for _ in 0..100 {
                            list.bind(py).append(number).unwrap();
                        }
                        list.drop_ref(py);
                    });
                })
            })
            .collect();
        py.detach(|| threads.into_iter().for_each(|thread| thread.join().unwrap()));
        assert_eq!(list.bind(py).len(), 400);
    });
}

#[test]
fn panic_while_detached_comes_through() {
    Python::attach(|py| {
        let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            py.detach(|| std::panic::resume_unwind(Box::new("away")));
        }));
        assert_eq!(outcome.unwrap_err().downcast_ref::<&str>(), Some(&"away"));
        assert_eq!(eval(&scope(py), c"1 + 1").extract::<i32>().unwrap(), 2);
    });
    Python::attach(|py| assert_eq!(eval(&scope(py), c"1 + 1").extract::<i32>().unwrap(), 2));
}

#[test]
fn panic_while_attached_comes_through() {
    let outcome = thread::spawn(|| {
        Python::attach(|_| -> () { std::panic::resume_unwind(Box::new("away")) });
    })
    .join();
    assert_eq!(outcome.unwrap_err().downcast_ref::<&str>(), Some(&"away"));
    Python::attach(|py| assert_eq!(eval(&scope(py), c"1 + 1").extract::<i32>().unwrap(), 2));
}

#[test]
fn threads_come_and_go() {
    Python::initialize();
    for _ in 0..50 {
        let text = thread::spawn(|| {
            Python::attach(|py| {
                let scope = scope(py);
                run(&scope, c"import threading\nname = str(threading.current_thread().name)");
                eval(&scope, c"name").extract::<String>().unwrap()
            })
        })
        .join()
        .unwrap();
        assert!(!text.is_empty());
    }
}

#[test]
fn threads_of_python_call_rust() {
    #[pyfunction]
    fn square(py: Python<'_>, number: u64) -> u64 {
        py.detach(|| number * number)
    }

    Python::attach(|py| {
        let scope = scope(py);
        scope.set_item("square", wrap_pyfunction!(square, py).unwrap()).unwrap();
        run(
            &scope,
            c"
import threading
found = {}
def work(start):
    for number in range(start, start + 100):
        found[number] = square(number)
threads = [threading.Thread(target=work, args=(100 * i,)) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert found == {number: number * number for number in range(400)}
",
        );
    });
}

#[test]
fn drop_while_detached_happens_later() {
    static DEATHS: AtomicUsize = AtomicUsize::new(0);
    Python::attach(|py| {
        let witness = Py::new(py, Witness(&DEATHS)).unwrap();
        py.detach(move || drop(witness));
    });
    eventually(|| DEATHS.load(Ordering::SeqCst) == 1);
}

#[test]
fn drop_on_a_thread_that_never_attached_happens_later() {
    static DEATHS: AtomicUsize = AtomicUsize::new(0);
    let witnesses: Vec<Py<Witness>> =
        Python::attach(|py| (0..100).map(|_| Py::new(py, Witness(&DEATHS)).unwrap()).collect());
    thread::spawn(move || drop(witnesses)).join().unwrap();
    eventually(|| DEATHS.load(Ordering::SeqCst) == 100);
}

#[test]
fn drops_elsewhere_happen_while_this_thread_stays_attached() {
    static DEATHS: AtomicUsize = AtomicUsize::new(0);
    let drop_elsewhere = |witness: Py<Witness>| thread::spawn(move || drop(witness)).join().unwrap();
    Python::attach(|py| {
        // Deferred drops happen when Python calls Rust,
        #[pyfunction]
        fn nothing() {}

        let nothing = wrap_pyfunction!(nothing, py).unwrap();
        drop_elsewhere(Py::new(py, Witness(&DEATHS)).unwrap());
        nothing.call0().unwrap();
        assert_eq!(DEATHS.load(Ordering::SeqCst), 1);
        // and when an attached thread attaches again.
        drop_elsewhere(Py::new(py, Witness(&DEATHS)).unwrap());
        Python::attach(|_| {});
        assert_eq!(DEATHS.load(Ordering::SeqCst), 2);
    });
}

#[test]
fn drop_while_detached_counts_once() {
    Python::attach(|py| {
        let object = fresh(py);
        let before = count_of(&object);
        let copies: Vec<Py<PyAny>> = (0..100).map(|_| object.clone().unbind()).collect();
        assert_count(&object, before + 100);
        py.detach(move || drop(copies));
        let object = object.unbind();
        py.detach(|| eventually(|| Python::attach(|py| count_of(object.bind(py)) == before)));
    });
}

#[test]
fn drop_while_attached_happens_now() {
    static DEATHS: AtomicUsize = AtomicUsize::new(0);
    Python::attach(|py| {
        drop(Py::new(py, Witness(&DEATHS)).unwrap());
        assert_eq!(DEATHS.load(Ordering::SeqCst), 1);
        drop(Bound::new(py, Witness(&DEATHS)).unwrap());
        assert_eq!(DEATHS.load(Ordering::SeqCst), 2);
        Py::new(py, Witness(&DEATHS)).unwrap().drop_ref(py);
        assert_eq!(DEATHS.load(Ordering::SeqCst), 3);
    });
}

#[test]
fn references_travel_between_threads() {
    let (sender, receiver) = mpsc::channel::<Py<PyDict>>();
    let worker = thread::spawn(move || {
        for dict in receiver {
            Python::attach(|py| dict.bind(py).set_item("seen", true).unwrap());
        }
    });
    let dicts: Vec<Py<PyDict>> = Python::attach(|py| (0..20).map(|_| PyDict::new(py).unbind()).collect());
    for dict in &dicts {
        let copy = Python::attach(|py| dict.clone_ref(py));
        sender.send(copy).unwrap();
    }
    drop(sender);
    worker.join().unwrap();
    Python::attach(|py| {
        for dict in dicts {
            assert!(dict.bind(py).contains("seen").unwrap());
        }
    });
}

#[test]
fn errors_travel_between_threads() {
    let error = thread::spawn(|| Python::attach(|py| py.run(c"raise KeyError('from afar')", None, None).unwrap_err()))
        .join()
        .unwrap();
    Python::attach(|py| assert_eq!(error.value(py).to_string(), "'from afar'"));
    let lazy = thread::spawn(|| PyValueError::new_err("made without Python")).join().unwrap();
    Python::attach(|py| assert_eq!(lazy.value(py).to_string(), "made without Python"));
}
