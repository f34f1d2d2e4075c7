//! Tests `with_embedded_python_interpreter`. It ends the interpreter, so it needs a separate process.

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
    // SAFETY: no Python object is used after the closure.
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
    // Runtimes may or may not drop objects in `builtins`. Both must be harmless.
    let _ = DIED.load(Ordering::SeqCst);
}
