//! Instances from creation to destruction: `__dict__`, weak references, drop, cycles.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};
use std::thread;
use std::time::Duration;

use pyo3::exceptions::{PyAttributeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::{PyTraverseError, PyVisit};

use pyo3_tests::{collect, eval, raises, run, scope_of};

#[pyclass(dict, weakref, subclass)]
struct Open {
    #[pyo3(get)]
    value: i32,
}

#[pymethods]
impl Open {
    #[new]
    #[pyo3(signature = (value = 1))]
    fn new(value: i32) -> Self {
        Open { value }
    }
}

#[pyclass(freelist = 2, dict, weakref)]
struct Kept {
    #[pyo3(get, set)]
    value: Option<i32>,
}

#[pymethods]
impl Kept {
    #[new]
    fn new() -> Self {
        Kept { value: None }
    }
}

#[pyclass]
struct Closed;

#[pymethods]
impl Closed {
    #[new]
    fn new() -> Self {
        Closed
    }
}

#[test]
fn with_dict_any_attribute() {
    Python::attach(|py| {
        let scope = scope_of::<Open>(py);
        run(
            &scope,
            c"
it = Open()
assert it.__dict__ == {}
it.anything = 1
assert it.anything == 1 and it.__dict__ == {'anything': 1}
it.__dict__['other'] = 2
assert it.other == 2
del it.anything
assert not hasattr(it, 'anything')
assert vars(it) == {'other': 2}
assert not hasattr(Open(), 'other')
assert 'value' in dir(it) and 'other' in dir(it)
",
        );
    });
}

#[test]
fn instances_of_a_class_with_a_free_list_begin_anew() {
    Python::attach(|py| {
        run(
            &scope_of::<Kept>(py),
            c"
seen = set()
for turn in range(100):
    kept = [Kept() for _ in range(turn % 4 + 1)]
    for it in kept:
        seen.add((it.value, len(it.__dict__)))
        it.value = it.other = turn
assert seen == {(None, 0)}, seen
",
        );
    });
}

#[test]
fn without_dict_none() {
    Python::attach(|py| {
        let scope = scope_of::<Closed>(py);
        assert!(raises(&scope, c"Closed().anything = 1").is_instance_of::<PyAttributeError>(py));
        assert!(!eval(&scope, c"hasattr(Closed(), '__dict__')").is_truthy().unwrap());
    });
}

#[test]
fn with_weakref() {
    Python::attach(|py| {
        let scope = scope_of::<Open>(py);
        run(
            &scope,
            c"
import weakref
called = []
it = Open(5)
ref = weakref.ref(it, called.append)
proxy = weakref.proxy(it)
assert ref() is it and proxy.value == 5
del it
",
        );
        // A collector on another thread may hold the object for a moment.
        pyo3_tests::eventually(|| eval(&scope, c"ref() is None and called == [ref]").is_truthy().unwrap());
        let scope = scope_of::<Closed>(py);
        let error = raises(&scope, c"import weakref; weakref.ref(Closed())");
        assert!(error.is_instance_of::<PyTypeError>(py));
    });
}

/// Counts its drops in a counter of the test.
#[pyclass(subclass)]
struct Mortal(&'static AtomicUsize);

impl Drop for Mortal {
    fn drop(&mut self) {
        self.0.fetch_add(1, SeqCst);
    }
}

#[test]
fn drop_runs_exactly_once() {
    static DEATHS: AtomicUsize = AtomicUsize::new(0);
    Python::attach(|py| {
        let scope = scope_of::<Mortal>(py);
        scope.set_item("it", Bound::new(py, Mortal(&DEATHS)).unwrap()).unwrap();
        run(&scope, c"other = it\nlist = [it] * 10\ndel it\ndel other");
        assert_eq!(DEATHS.load(SeqCst), 0);
        run(&scope, c"list.clear()");
        assert_eq!(DEATHS.load(SeqCst), 1);
    });
    Python::attach(collect);
    assert_eq!(DEATHS.load(SeqCst), 1);
}

#[test]
fn drop_runs_for_a_thousand() {
    static DEATHS: AtomicUsize = AtomicUsize::new(0);
    Python::attach(|py| {
        let all: Vec<_> = (0..1000).map(|_| Bound::new(py, Mortal(&DEATHS)).unwrap()).collect();
        assert_eq!(DEATHS.load(SeqCst), 0);
        drop(all);
        assert_eq!(DEATHS.load(SeqCst), 1000);
    });
}

#[pyclass(subclass)]
struct Born(#[expect(dead_code, reason = "only its drop matters")] Mortal);

static BORN_DEATHS: AtomicUsize = AtomicUsize::new(0);

#[pymethods]
impl Born {
    #[new]
    fn new() -> Self {
        Born(Mortal(&BORN_DEATHS))
    }
}

#[test]
fn drop_runs_for_instances_made_by_python_and_its_subclasses() {
    Python::attach(|py| {
        let scope = scope_of::<Born>(py);
        run(&scope, c"Born()\nclass Sub(Born): pass\nSub()\nit = Sub()\nit.attribute = [1]\ndel it");
        // A collector on another thread may hold an object for a moment.
        pyo3_tests::eventually(|| BORN_DEATHS.load(SeqCst) == 3);
        run(&scope, c"class WithDel(Born):\n    def __del__(self): self.seen = True\nWithDel()");
        pyo3_tests::eventually(|| BORN_DEATHS.load(SeqCst) == 4);
        assert!(
            raises(&scope, c"class Fails(Born):\n    def __init__(self): raise ValueError\nFails()")
                .value(py)
                .is_instance_of::<pyo3::exceptions::PyValueError>()
        );
    });
    pyo3_tests::eventually(|| BORN_DEATHS.load(SeqCst) == 5);
}

#[pyclass]
struct Holder {
    #[pyo3(get, set)]
    object: Option<Py<PyAny>>,
    _mortal: Mortal,
}

#[pymethods]
impl Holder {
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        show(visit, &self.object)
    }

    fn __clear__(&mut self) {
        self.object = None;
    }
}

/// A visitor is `Copy`, and all its paths name the same type.
fn show(visit: pyo3::class::gc::PyVisit<'_>, object: &Option<Py<PyAny>>) -> Result<(), pyo3::gc::PyTraverseError> {
    let copy: pyo3::class::PyVisit<'_> = visit;
    if let Some(object) = object {
        visit.call(object)?;
    }
    copy.call(None::<&Py<PyAny>>)
}

#[test]
fn cycles_through_rust_are_collected() {
    static DEATHS: AtomicUsize = AtomicUsize::new(0);
    Python::attach(|py| {
        for _ in 0..10 {
            let holder = Bound::new(py, Holder { object: None, _mortal: Mortal(&DEATHS) }).unwrap();
            holder.borrow_mut().object = Some(holder.clone().into_any().unbind());
            let list = pyo3::types::PyList::new(py, [&holder]).unwrap();
            let other =
                Bound::new(py, Holder { object: Some(list.clone().into_any().unbind()), _mortal: Mortal(&DEATHS) })
                    .unwrap();
            list.append(&other).unwrap();
        }
        collect(py);
    });
    pyo3_tests::eventually(|| {
        Python::attach(collect);
        DEATHS.load(SeqCst) == 20
    });
}

#[test]
fn what_is_reachable_is_not_collected() {
    static DEATHS: AtomicUsize = AtomicUsize::new(0);
    Python::attach(|py| {
        let list = pyo3::types::PyList::empty(py);
        let holder =
            Bound::new(py, Holder { object: Some(list.clone().into_any().unbind()), _mortal: Mortal(&DEATHS) })
                .unwrap();
        list.append(&holder).unwrap();
        drop(list);
        collect(py);
        collect(py);
        assert_eq!(DEATHS.load(SeqCst), 0);
        assert_eq!(holder.borrow().object.as_ref().unwrap().bind(py).len().unwrap(), 1);
        holder.borrow_mut().object = None;
    });
}

#[test]
fn dicts_of_instances_take_part_in_cycles() {
    Python::attach(|py| {
        let scope = scope_of::<Open>(py);
        run(
            &scope,
            c"
import gc, time, weakref
it = Open()
it.me = it
ref = weakref.ref(it)
del it
# Where another thread collects already, `gc.collect` may return at once.
for _ in range(1000):
    gc.collect()
    if ref() is None:
        break
    time.sleep(0.001)
assert ref() is None
",
        );
    });
}

/// A base class. Classes that extend it share its borrow count.
#[pyclass(subclass)]
struct Counting;

/// Holds no objects, but counts its traversals and clears.
#[pyclass(extends = Counting, dict)]
struct Watched {
    traversals: &'static AtomicUsize,
    clears: &'static AtomicUsize,
}

#[pymethods]
impl Watched {
    fn __traverse__(&self, _visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.traversals.fetch_add(1, SeqCst);
        Ok(())
    }

    fn __clear__(&mut self) {
        self.clears.fetch_add(1, SeqCst);
    }
}

fn watched<'py>(
    py: Python<'py>,
    traversals: &'static AtomicUsize,
    clears: &'static AtomicUsize,
) -> Bound<'py, Watched> {
    let value = PyClassInitializer::from(Counting).add_subclass(Watched { traversals, clears });
    Bound::new(py, value).unwrap()
}

#[test]
fn a_derived_class_is_not_traversed_while_borrowed_mutably() {
    static TRAVERSALS: AtomicUsize = AtomicUsize::new(0);
    static CLEARS: AtomicUsize = AtomicUsize::new(0);
    Python::attach(|py| {
        let object = watched(py, &TRAVERSALS, &CLEARS);
        let is_traversed = || {
            let before = TRAVERSALS.load(SeqCst);
            collect(py);
            TRAVERSALS.load(SeqCst) > before
        };
        let guard = object.borrow_mut();
        assert!(!is_traversed());
        drop(guard);
        assert!(is_traversed());
        // The base class uses the same borrow count.
        let guard = object.as_super().borrow_mut();
        assert!(!is_traversed());
        drop(guard);
        assert!(is_traversed());
    });
}

#[test]
fn a_collection_happens_where_another_thread_has_begun_one() {
    static DEATHS: AtomicUsize = AtomicUsize::new(0);
    static BEGINS: AtomicBool = AtomicBool::new(false);
    Python::attach(|py| {
        let other = thread::spawn(|| {
            Python::attach(|py| {
                BEGINS.store(true, SeqCst);
                collect(py);
            });
        });
        py.detach(|| pyo3_tests::eventually(|| BEGINS.load(SeqCst)));
        let holder = Bound::new(py, Holder { object: None, _mortal: Mortal(&DEATHS) }).unwrap();
        holder.borrow_mut().object = Some(holder.clone().into_any().unbind());
        drop(holder);
        // Stay attached. On a free-threaded build, the other thread's collector is running by then, and waits for this
        // thread.
        thread::sleep(Duration::from_millis(50));
        collect(py);
        assert_eq!(DEATHS.load(SeqCst), 1);
        py.detach(|| other.join().unwrap());
    });
}

#[test]
fn a_derived_class_is_not_cleared_while_borrowed() {
    static TRAVERSALS: AtomicUsize = AtomicUsize::new(0);
    static HELD: AtomicUsize = AtomicUsize::new(0);
    static FREE: AtomicUsize = AtomicUsize::new(0);
    Python::attach(|py| {
        for (clears, is_held) in [(&HELD, true), (&FREE, false)] {
            let object = watched(py, &TRAVERSALS, clears);
            object.setattr("me", &object).unwrap();
            let object = object.unbind();
            if is_held {
                // A guard that holds no reference, and whose borrow never ends.
                std::mem::forget(pyo3::pyclass::PyClassGuardMut::try_borrow_mut(&object).unwrap());
            }
        }
    });
    pyo3_tests::eventually(|| {
        Python::attach(collect);
        FREE.load(SeqCst) == 1
    });
    assert_eq!(HELD.load(SeqCst), 0);
}
