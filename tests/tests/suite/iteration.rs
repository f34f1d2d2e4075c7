//! Containers that other threads change during an iteration: the items may be old or new, but are alive.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyDict, PyList, PySet};

use pyo3_tests::{run, scope};

/// Runs `look` 300 times while two threads run `change` on `shared` in a loop.
fn while_changing(change: &'static std::ffi::CStr, make: &std::ffi::CStr, look: impl Fn(&Bound<'_, PyAny>) + Sync) {
    Python::attach(|py| {
        let scope = scope(py);
        let shared = py.eval(make, None, None).unwrap();
        scope.set_item("shared", &shared).unwrap();
        let done = AtomicBool::new(false);
        let body = scope.clone().unbind();
        let unbound = shared.clone().unbind();
        let seen = py.detach(|| {
            thread::scope(|threads| {
                for _ in 0..2 {
                    threads.spawn(|| {
                        while !done.load(Ordering::Relaxed) {
                            Python::attach(|py| run(body.bind(py), change));
                        }
                    });
                }
                struct Stop<'a>(&'a AtomicBool);
                impl Drop for Stop<'_> {
                    fn drop(&mut self) {
                        self.0.store(true, Ordering::Relaxed);
                    }
                }
                let _stop = Stop(&done);
                (0..300).map(|_| Python::attach(|py| look(unbound.bind(py)))).count()
            })
        });
        assert_eq!(seen, 300);
    });
}

/// Checks that an item is one of the test's texts.
#[track_caller]
fn check(item: &Bound<'_, PyAny>) {
    let text: String = item.extract().unwrap();
    assert!(text.starts_with("item "), "{text:?}");
}

#[test]
fn a_list_that_grows_and_shrinks() {
    while_changing(
        c"
for i in range(50): shared.append('item ' + str(i) * 20)
del shared[10:]
shared[:] = ['item ' + str(i) for i in range(7)]
shared.clear()
",
        c"['item 0']",
        |shared| {
            let list = shared.cast::<PyList>().unwrap();
            list.iter().for_each(|item| check(&item));
            list.iter().rev().for_each(|item| check(&item));
            list.try_iter().unwrap().for_each(|item| check(&item.unwrap()));
            if let Ok(item) = list.get_item(3) {
                check(&item);
            }
            list.get_slice(0, 5).iter().for_each(|item| check(&item));
            list.to_tuple().iter().for_each(|item| check(&item));
            shared.extract::<Vec<String>>().unwrap().iter().for_each(|text| assert!(text.starts_with("item ")));
        },
    );
}

#[test]
fn a_dict_that_grows_and_shrinks() {
    while_changing(
        c"
for i in range(50): shared['item ' + str(i) * 20] = 'item ' + str(i) * 30
for key in list(shared): shared.pop(key, None)
shared.update({'item a': 'item b'})
shared.clear()
",
        c"{}",
        |shared| {
            let dict = shared.cast::<PyDict>().unwrap();
            // If the dict changes during an iteration, the iteration panics or ends, as documented.
            let walked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                for (key, value) in dict {
                    check(&key);
                    check(&value);
                }
            }));
            if let Err(panic) = walked {
                let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
                let text = text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
                assert!(text.contains("dictionary"), "{text}");
            }
            dict.keys().iter().for_each(|item| check(&item));
            dict.values().iter().for_each(|item| check(&item));
            for (key, value) in &dict.copy().unwrap() {
                check(&key);
                check(&value);
            }
            if let Some(value) = dict.get_item("item a").unwrap() {
                check(&value);
            }
        },
    );
}

#[test]
fn a_set_that_grows_and_shrinks() {
    while_changing(
        c"
for i in range(50): shared.add('item ' + str(i) * 20)
for item in list(shared): shared.discard(item)
shared.update({'item a', 'item b'})
shared.clear()
",
        c"set()",
        |shared| {
            let set = shared.cast::<PySet>().unwrap();
            // If the set changes during an iteration, the iteration raises an exception.
            for item in set.try_iter().unwrap() {
                match item {
                    Ok(item) => check(&item),
                    Err(error) => {
                        assert!(error.to_string().contains("changed size during iteration"), "{error}");
                        break;
                    }
                }
            }
            assert!(set.contains("item z").is_ok_and(|found| !found));
        },
    );
}

#[test]
fn a_bytearray_that_grows_and_shrinks() {
    while_changing(
        // A reader may use the buffer protocol, which fixes the size for that time.
        c"
try:
    for i in range(50): shared.extend(b'item ' * 20)
    shared[:] = b'item '
except BufferError: pass
",
        c"bytearray(b'item ')",
        |shared| {
            let bytes = shared.cast::<PyByteArray>().unwrap().to_vec();
            assert!(bytes.starts_with(b"item "), "{bytes:?}");
        },
    );
}
