//! `with_embedded_python_interpreter`, which ends the interpreter: hence a process of its own.

use std::sync::atomic::{AtomicBool, Ordering};

use pyo3::prelude::*;

#[pyclass(frozen)]
struct Witness;

static DIED: AtomicBool = AtomicBool::new(false);
static AT_EXIT: AtomicBool = AtomicBool::new(false);

impl Drop for Witness {
    fn drop(&mut self) {
        DIED.store(true, Ordering::SeqCst);
    }
}

#[pyfunction]
fn at_exit() {
    AT_EXIT.store(true, Ordering::SeqCst);
}

#[test]
fn an_interpreter_lives_as_long_as_the_closure() {
    // SAFETY: no object of Python outlives the closure.
    let sum = unsafe {
        pyo3::with_embedded_python_interpreter(|py| {
            let witness = Bound::new(py, Witness).unwrap();
            py.import("builtins").unwrap().setattr("witness", witness).unwrap();
            let atexit = py.import("atexit").unwrap();
            atexit.call_method1("register", (wrap_pyfunction!(at_exit, py).unwrap(),)).unwrap();
            let nested = Python::attach(|py| py.eval(c"20 + 1", None, None).unwrap().extract::<i32>().unwrap());
            nested + py.eval(c"21", None, None).unwrap().extract::<i32>().unwrap()
        })
    };
    assert_eq!(sum, 42);
    assert!(AT_EXIT.load(Ordering::SeqCst));
    assert!(Python::try_attach(|_| ()).is_none());
    // Whether what builtins held was dropped is the runtime's affair; that it does no harm is ours.
    let _ = DIED.load(Ordering::SeqCst);
}
