//! Tests attaching, detaching, and dropping references on other threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use pyo3_backend::{AttachError, DictOps, FunctionOps, Global, ObjectOps, RefOps, StrOps, ThreadOps};
use pyo3_backend_rustpython::RustPython;
use rustpython_vm::vm::thread::with_current_vm;

use crate::{attached, eval, eval_with, exec, repr, wait_for};

#[test]
fn nested() {
    assert!(!RustPython::thread_is_attached());
    attached(|py| {
        assert!(RustPython::thread_is_attached());
        let inner = RustPython::thread_attach(|py| repr(py, eval(py, "1 + 1").as_ref()));
        assert_eq!(inner, Ok("2".to_owned()));
        RustPython::thread_detach(py, || {
            assert!(!RustPython::thread_is_attached());
            assert_eq!(RustPython::thread_attach(|py| repr(py, eval(py, "2 + 2").as_ref())), Ok("4".to_owned()));
            assert!(!RustPython::thread_is_attached());
        });
        assert_eq!(repr(py, eval(py, "3 + 3").as_ref()), "6");
    });
    assert!(!RustPython::thread_is_attached());
}

#[test]
fn panics_leave_the_thread_as_it_was() {
    assert!(catch_unwind(|| attached(|_| panic!("attached"))).is_err());
    assert!(!RustPython::thread_is_attached());
    attached(|py| {
        let caught = catch_unwind(AssertUnwindSafe(|| RustPython::thread_detach(py, || panic!("detached"))));
        assert!(caught.is_err());
        assert!(RustPython::thread_is_attached());
        assert_eq!(repr(py, eval(py, "'still here'").as_ref()), "'still here'");
    });
    assert!(!RustPython::thread_is_attached());
}

#[test]
fn the_collector_may_forbid_it() {
    attached(|_| {
        let refused = pyo3_backend::forbid_attach(|| RustPython::thread_attach(|_| ()));
        assert_eq!(refused, Err(AttachError::InTraverse));
        assert_eq!(RustPython::thread_attach(|_| ()), Ok(()));
    });
}

#[test]
fn foreign_threads_work_while_the_collector_runs() {
    attached(|py| {
        let shared: Global<RustPython> = eval(py, "[[] for _ in range(100)]").into_global();
        let done = AtomicBool::new(false);
        let rounds = AtomicUsize::new(0);
        RustPython::thread_detach(py, || {
            thread::scope(|scope| {
                scope.spawn(|| {
                    while !done.load(Ordering::Relaxed) {
                        attached(|py| drop(eval(py, "__import__('gc').collect()")));
                        rounds.fetch_add(1, Ordering::Relaxed);
                    }
                });
                let workers: Vec<_> = (0..3)
                    .map(|_| {
                        scope.spawn(|| {
                            for _ in 0..200 {
                                attached(|py| {
                                    let list = shared.bind(py).clone();
                                    let made = eval_with(
                                        py,
                                        "[l[i % 100] for i in range(50)] + [{'self': l}]",
                                        &[("l", list.as_ref())],
                                    );
                                    assert_eq!(
                                        RustPython::object_len(py, made.expect("a list").as_ref()).ok(),
                                        Some(51)
                                    );
                                });
                            }
                        })
                    })
                    .collect();
                for worker in workers {
                    worker.join().expect("a worker");
                }
                done.store(true, Ordering::Relaxed);
            });
        });
        assert!(rounds.into_inner() > 0);
        wait_for(py, || RustPython::ref_count(py, shared.as_ref(py)) == 1);
    });
}

#[test]
fn references_dropped_while_detached_are_given_up_later() {
    attached(|py| {
        let globals = exec(py, "dropped = []\nclass D:\n    def __del__(self): dropped.append(1)\n", &[]);
        let names = [("g", globals.as_ref().any())];
        let make = || eval_with(py, "g['D']()", &names).expect("an object").into_global();
        let dropped = || repr(py, eval_with(py, "len(g['dropped'])", &names).expect("a length").as_ref());

        let (first, second) = (make(), make());
        assert_eq!(dropped(), "0");
        RustPython::thread_detach(py, move || drop(first));
        // The reference is released at the end of the detached section, or by a thread of another test that attaches
        // before.
        wait_for(py, || dropped() == "1");

        RustPython::thread_detach(py, move || thread::spawn(move || drop(second)).join().expect("a thread"));
        wait_for(py, || dropped() == "2");
    });
}

#[test]
fn thread_locals_may_hold_objects() {
    thread_local! {
        static KEPT: std::cell::RefCell<Option<Global<RustPython>>> = const { std::cell::RefCell::new(None) };
    }
    attached(|py| {
        let object = eval(py, "[]");
        let sent = object.clone().into_global();
        RustPython::thread_detach(py, move || {
            let thread = thread::spawn(move || {
                // First used before the thread attaches, so it is dropped after the VM's thread-local values.
                KEPT.with_borrow(|kept| assert!(kept.is_none()));
                attached(|_| KEPT.set(Some(sent)));
            });
            thread.join().expect("a thread");
        });
        wait_for(py, || RustPython::ref_count(py, object.as_ref()) == 1);
    });
}

#[test]
fn closures_run_on_one_thread_at_a_time() {
    attached(|py| {
        let running = Arc::new(AtomicUsize::new(0));
        let counter = std::cell::Cell::new(0_u32);
        let function = RustPython::function_from_closure(py, c"exclusive", c"", move |py, _, _| {
            assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0);
            counter.set(counter.get() + 1);
            let result = eval(py, &format!("[i for i in range(50)] and {}", counter.get()));
            running.fetch_sub(1, Ordering::SeqCst);
            Ok(result)
        });
        let function = function.expect("a function").any().into_global();
        RustPython::thread_detach(py, || {
            thread::scope(|scope| {
                for _ in 0..4 {
                    scope.spawn(|| {
                        attached(|py| {
                            drop(
                                eval_with(py, "[f() for _ in range(50)]", &[("f", function.as_ref(py))])
                                    .expect("a list"),
                            )
                        });
                    });
                }
            });
        });
        let total = eval_with(py, "f()", &[("f", function.as_ref(py))]).expect("a number");
        assert_eq!(repr(py, total.as_ref()), "201");
    });
}

/// Checks that the registry does not grow with each thread: the slot of a thread that ended is reused by one with the
/// same identity.
#[test]
fn ended_threads_leave_no_more_behind_than_ran_at_once() {
    const AT_ONCE: usize = 10;
    const WAVES: usize = 20;

    let slots = || attached(|_| with_current_vm(|vm| vm.state.thread_frames.lock().len()));
    let before = slots();
    for _ in 0..WAVES {
        thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                scope.spawn(|| attached(|py| drop(eval(py, "[]"))));
            }
        });
    }
    // Other tests have threads too, but not that many.
    let more = slots().saturating_sub(before);
    assert!(more < AT_ONCE * WAVES / 2, "{more} slots more after {} threads", AT_ONCE * WAVES);
}

#[test]
fn imports_follow_modules_that_replace_themselves() {
    attached(|py| {
        let globals = exec(
            py,
            "
import pathlib, sys, tempfile, threading
errors = []
with tempfile.TemporaryDirectory() as folder:
    sys.path.insert(0, folder)
    pathlib.Path(folder, 'replaced.py').write_text('''
import sys, time, types
time.sleep(0.1)
module = types.ModuleType(__name__)
module.answer = 42
sys.modules[__name__] = module
time.sleep(0.1)
''')
    barrier = threading.Barrier(8)
    def body():
        barrier.wait()
        try:
            from replaced import answer
            import replaced
            assert replaced.answer == answer == 42
        except BaseException as error:
            errors.append(error)
    threads = [threading.Thread(target=body) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.path.remove(folder)
    del sys.modules['replaced']
",
            &[],
        );
        let name = RustPython::str_from_utf8(py, "errors");
        let errors = RustPython::dict_get(py, globals.as_ref(), name.as_ref().any());
        let errors = errors.ok().flatten().expect("the code has set it");
        assert_eq!(repr(py, errors.as_ref()), "[]");
    });
}
