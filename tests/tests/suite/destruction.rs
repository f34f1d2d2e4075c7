//! Objects are destroyed exactly once, and never while in use.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::gc::{PyTraverseError, PyVisit};
use pyo3::prelude::*;
use pyo3::types::{PyCFunction, PyCapsule, PyCapsuleMethods, PyDict, PyTuple};
use pyo3::wrap_pyfunction;

use pyo3_tests::{collect, eval, eventually, run, scope};

/// Counts its drops, and holds a text that would reveal a use after free.
struct Counted {
    drops: Arc<AtomicUsize>,
    text: String,
}

impl Counted {
    fn new(drops: &Arc<AtomicUsize>) -> Self {
        Counted { drops: Arc::clone(drops), text: "still here".repeat(100) }
    }

    fn check(&self) {
        assert_eq!(self.drops.load(Ordering::SeqCst), 0);
        assert!(self.text == "still here".repeat(100));
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.text.replace_range(.., "gone");
        self.drops.fetch_add(1, Ordering::SeqCst);
    }
}

#[test]
fn a_closure_outlives_its_call() {
    let drops = Arc::new(AtomicUsize::new(0));
    Python::attach(|py| {
        let counted = Counted::new(&drops);
        let closure = move |args: &Bound<'_, PyTuple>, _: Option<&Bound<'_, PyDict>>| -> PyResult<Py<PyAny>> {
            counted.check();
            let result = args.get_item(0)?.call0()?;
            counted.check();
            Ok(result.unbind())
        };
        let scope = scope(py);
        scope.set_item("f", PyCFunction::new_closure(py, None, None, closure).unwrap()).unwrap();
        run(
            &scope,
            c"
holder = getattr(f, '__self__', None)
def destroy():
    global f
    for _ in range(3):
        getattr(holder, '__del__', lambda: None)()
        getattr(type(holder), '__del__', lambda holder: None)(holder)
    return 5
assert f(destroy) == 5
assert f(lambda: 6) == 6
def lose():
    global f, holder
    del f, holder
    import gc; gc.collect()
    return 7
assert f(lose) == 7
",
        );
        eventually(|| drops.load(Ordering::SeqCst) == 1);
    });
}

#[test]
fn a_capsule_keeps_its_value_as_long_as_it_lives() {
    let drops = Arc::new(AtomicUsize::new(0));
    Python::attach(|py| {
        let capsule = PyCapsule::new_with_value(py, Counted::new(&drops), c"the.name").unwrap();
        let pointer = capsule.pointer_checked(Some(c"the.name")).unwrap().cast::<Counted>();
        let scope = scope(py);
        scope.set_item("c", &capsule).unwrap();
        run(
            &scope,
            c"
import threading
def destroy():
    for _ in range(100):
        getattr(c, '__del__', lambda: None)()
        getattr(type(c), '__del__', lambda c: None)(c)
destroy()
threads = [threading.Thread(target=destroy) for _ in range(4)]
for t in threads: t.start()
for t in threads: t.join()
c = None
",
        );
        assert!(capsule.is_valid_checked(Some(c"the.name")));
        // SAFETY: the capsule is alive and holds a value of this type.
        unsafe { pointer.as_ref() }.check();
        drop(scope);
        assert_eq!(drops.load(Ordering::SeqCst), 0);
        drop(capsule);
        eventually(|| drops.load(Ordering::SeqCst) == 1);
    });
}

static CALLS: AtomicUsize = AtomicUsize::new(0);

/// Uses its module.
#[pyfunction]
#[pyo3(pass_module)]
fn name_of_module(module: &Bound<'_, PyModule>) -> PyResult<usize> {
    let touched = module.dict().set_item("touched", 1).is_ok();
    Ok(module.name()?.to_string().len() * usize::from(touched))
}

#[pyfunction]
#[pyo3(pass_module, signature = (*args))]
fn count_in_module(module: &Bound<'_, PyModule>, args: &Bound<'_, PyTuple>) -> PyResult<usize> {
    Ok(module.name()?.to_string().len() + args.len())
}

/// Calls functions when it is dropped.
#[pyclass]
struct CallsAtTheEnd {
    functions: Vec<Py<PyAny>>,
    #[pyo3(get, set)]
    other: Option<Py<PyAny>>,
}

#[pymethods]
impl CallsAtTheEnd {
    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        for function in &self.functions {
            visit.call(function)?;
        }
        visit.call(&self.other)
    }

    fn __clear__(&mut self) {
        self.other = None;
    }
}

impl Drop for CallsAtTheEnd {
    fn drop(&mut self) {
        Python::attach(|py| {
            for function in &self.functions {
                // The module may be empty or gone by then, so an error is fine.
                let _ = function.call0(py);
                let _ = function.call1(py, (1, 2));
                CALLS.fetch_add(1, Ordering::SeqCst);
            }
        });
    }
}

#[test]
fn a_function_does_not_use_a_module_that_is_gone() {
    const ROUNDS: usize = 50;
    Python::attach(|py| {
        for round in 0..ROUNDS {
            let module = PyModule::new(py, "short.lived").unwrap();
            module.add_function(wrap_pyfunction!(name_of_module, &module).unwrap()).unwrap();
            module.add_function(wrap_pyfunction!(count_in_module, &module).unwrap()).unwrap();
            let functions =
                || ["name_of_module", "count_in_module"].map(|name| module.getattr(name).unwrap().unbind()).to_vec();
            assert_eq!(
                module.getattr("count_in_module").unwrap().call1((1, 2)).unwrap().extract::<usize>().unwrap(),
                13
            );
            let one = Bound::new(py, CallsAtTheEnd { functions: functions(), other: None }).unwrap();
            let two = Bound::new(py, CallsAtTheEnd { functions: functions(), other: None }).unwrap();
            one.borrow_mut().other = Some(two.clone().into_any().unbind());
            // Build the cycle in both orders, which decide what is destroyed first.
            if round % 2 == 0 {
                two.borrow_mut().other = Some(module.clone().into_any().unbind());
                module.add("one", &one).unwrap();
            } else {
                two.borrow_mut().other = Some(one.clone().into_any().unbind());
                module.add("list", [&one, &two].map(|object| object.clone())).unwrap();
            }
        }
        collect(py);
    });
    pyo3_tests::eventually(|| {
        Python::attach(collect);
        CALLS.load(Ordering::SeqCst) == 4 * ROUNDS
    });
}

#[test]
fn a_function_that_takes_its_module_looks_like_any() {
    Python::attach(|py| {
        let module = PyModule::new(py, "of.functions").unwrap();
        module.add_function(wrap_pyfunction!(name_of_module, &module).unwrap()).unwrap();
        let scope = scope(py);
        scope.set_item("m", &module).unwrap();
        run(
            &scope,
            c"
f = m.name_of_module
assert f.__name__ == f.__qualname__ == 'name_of_module' and f.__module__ == 'of.functions' and f.__self__ is m
assert f() == 12 and f is not m and repr(f) == '<built-in function name_of_module>'
import types
assert type(f) is types.BuiltinFunctionType
for call in (lambda: f(1), lambda: f(a=1)):
    try: call()
    except TypeError as e: assert 'takes no' in str(e), e
    else: assert False
",
        );
        drop(eval(&scope, c"m.touched"));
    });
}
