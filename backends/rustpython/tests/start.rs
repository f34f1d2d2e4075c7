//! Tests an interpreter started by a thread with a small stack, in its own process.

use std::thread;

use pyo3_backend::{CodeOps, CompileMode, DictOps, InterpreterOps, ThreadOps};
use pyo3_backend_rustpython::RustPython;
use rustpython_vm::vm::thread::with_current_vm;

/// Native code that calls itself through Python code until `RecursionError` is raised, because no stack is large
/// enough.
const ENDLESS: &std::ffi::CStr = c"
import sys
sys.setrecursionlimit(10 ** 6)
def again(): return eval('again()', globals())
for _ in range(3):
    try: again()
    except RecursionError: pass
    else: assert False
";

#[test]
fn the_stack_of_the_thread_that_started_is_watched() {
    let body = || {
        RustPython::interpreter_initialize();
        let run = RustPython::thread_attach(|py| {
            let code = RustPython::code_compile(py, ENDLESS, c"<test>", CompileMode::Exec).expect("code");
            let globals = RustPython::dict_new(py);
            RustPython::code_eval(py, code.as_ref(), globals.as_ref(), globals.as_ref().any()).is_ok()
        });
        assert_eq!(run, Ok(true));
        // The thread that built the interpreter has left no traces.
        let threads = RustPython::thread_attach(|_| with_current_vm(|vm| vm.state.thread_frames.lock().len()));
        assert_eq!(threads, Ok(1));
    };
    let thread = thread::Builder::new().stack_size(1 << 20).spawn(body).expect("a thread");
    thread.join().expect("no panic");
}
