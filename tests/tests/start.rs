//! Tests the interpreter right after its start, by a thread that is not the first one of the process. It needs a
//! separate process.

use std::{env, fs, thread};

use pyo3::prelude::*;

/// `site` runs this slowly, so that a thread that attaches too early would see it unfinished.
const CUSTOMIZE: &str = "
import sys, threading, time
sys.customized = False
time.sleep(0.5)
sys.customized = threading.current_thread() is threading.main_thread()
";

// A single test, because the interpreter starts only once.
#[test]
fn the_starting_thread_is_the_main_one_and_site_is_imported_before_anybody_attaches() {
    let folder = env::temp_dir().join(format!("pyo3-start-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("sitecustomize.py"), CUSTOMIZE).unwrap();
    // SAFETY: no other thread of this process reads or writes the environment yet.
    unsafe { env::set_var("PYTHONPATH", &folder) };

    let other = thread::spawn(|| {
        loop {
            let seen =
                Python::try_attach(|py| -> PyResult<bool> { py.import("sys")?.getattr("customized")?.extract() });
            if let Some(seen) = seen {
                return seen.unwrap();
            }
            thread::yield_now();
        }
    });
    Python::initialize();
    Python::attach(|py| {
        py.run(
            c"
import site, sys, threading, _thread
assert sys.customized and 'sitecustomize' in sys.modules
assert threading.main_thread().ident == threading.get_ident() == _thread.get_ident()
assert threading.current_thread() is threading.main_thread()
assert [thread.name for thread in threading.enumerate()] == ['MainThread'], threading.enumerate()
import signal
signal.signal(signal.SIGTERM, signal.SIG_DFL)
",
            None,
            None,
        )
        .map_err(|error| error.display(py))
        .unwrap();
        assert!(py.detach(|| other.join().unwrap()));
    });
    fs::remove_dir_all(folder).unwrap();
}
