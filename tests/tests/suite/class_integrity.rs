//! Instances hold values made by Rust. Whatever Python does to classes, it cannot forge a value, or pass off a value as
//! one of another class.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use pyo3_tests::{add_class, eval, raises, run, scope_of};

static DROPS: AtomicUsize = AtomicUsize::new(0);

/// A value that cannot be zero.
#[derive(Clone, Copy)]
struct Proof(std::num::NonZeroU32);

const MADE: Proof = Proof(std::num::NonZeroU32::new(7).unwrap());

macro_rules! classes {
    ($($(#[$class:meta])* $name:ident;)*) => {
        $(
            $(#[$class])*
            struct $name(Proof);

            #[pymethods]
            impl $name {
                #[getter]
                fn value(&self) -> u32 {
                    self.0.0.get()
                }

                fn method(slf: PyRef<'_, Self>) -> u32 {
                    slf.0.0.get()
                }
            }

            impl Drop for $name {
                fn drop(&mut self) {
                    assert_eq!(self.0.0.get(), 7);
                    DROPS.fetch_add(1, SeqCst);
                }
            }
        )*
    };
}

classes! {
    #[pyclass(subclass)] Mutable;
    #[pyclass(subclass, frozen)] Frozen;
    #[pyclass(subclass, dict, weakref)] Open;
    #[pyclass(subclass, unsendable)] Local;
    #[pyclass(subclass, extends = PyDict)] OfDict;
    #[pyclass(subclass, frozen, extends = PyList)] OfList;
    #[pyclass(subclass, extends = pyo3::exceptions::PyException)] OfException;
}

/// Returns Python code that creates instances of `name` with the `__new__` of `base` and uses them. Every use must
/// raise an exception.
fn uses(name: &str, base: &str) -> String {
    format!(
        "
{name}.__new__ = staticmethod(lambda cls: {base}.__new__(cls))
class Sub({name}):
    pass
raised = []
for cls in [{name}, Sub]:
    for use in [lambda it: it.value, lambda it: it.method(), lambda it: change(it), lambda it: read(it)]:
        try:
            use(cls())
        except BaseException as e:
            raised.append(e)
assert len(raised) == 8, raised
"
    )
}

macro_rules! without_a_value {
    ($($test:ident: $class:ident, $base:literal, $change:expr;)*) => {
        $(
            #[test]
            fn $test() {
                #[pyfunction]
                fn read(object: PyRef<'_, $class>) -> u32 {
                    object.0.0.get()
                }

                Python::attach(|py| {
                    let scope = scope_of::<$class>(py);
                    scope.set_item("read", wrap_pyfunction!(read, py).unwrap()).unwrap();
                    scope.set_item("change", $change(py)).unwrap();
                    let code = std::ffi::CString::new(uses(stringify!($class), $base)).unwrap();
                    run(&scope, &code);
                    // An instance made by Rust still works.
                    let good = Bound::new(py, $class(MADE)).unwrap();
                    assert_eq!(good.getattr("value").unwrap().extract::<u32>().unwrap(), 7);
                });
            }
        )*
    };
}

/// Creates a function that borrows an instance of the class mutably.
macro_rules! change {
    ($class:ident) => {
        |py| {
            #[pyfunction]
            fn change(mut object: PyRefMut<'_, $class>) {
                object.0 = MADE;
            }
            wrap_pyfunction!(change, py).unwrap()
        }
    };
}

/// Creates a function that reads an instance of a frozen class without a guard.
macro_rules! get {
    ($class:ident) => {
        |py| {
            #[pyfunction]
            fn get(object: Bound<'_, $class>) -> u32 {
                object.get().0.0.get()
            }
            wrap_pyfunction!(get, py).unwrap()
        }
    };
}

without_a_value! {
    a_mutable_class: Mutable, "object", change!(Mutable);
    a_frozen_class: Frozen, "object", get!(Frozen);
    a_class_with_a_dict: Open, "object", change!(Open);
    an_unsendable_class: Local, "object", change!(Local);
    a_kind_of_dict: OfDict, "dict", change!(OfDict);
    a_kind_of_list: OfList, "list", get!(OfList);
    a_kind_of_exception: OfException, "Exception", change!(OfException);
}

#[pyclass(subclass)]
struct Base(Proof);

#[pymethods]
impl Base {
    #[new]
    fn new() -> Self {
        Base(MADE)
    }

    fn base(&self) -> u32 {
        self.0.0.get()
    }
}

#[pyclass(extends = Base, subclass)]
struct Derived(Proof);

#[pymethods]
impl Derived {
    #[new]
    fn new() -> (Self, Base) {
        (Derived(MADE), Base(MADE))
    }

    fn derived(&self) -> u32 {
        self.0.0.get()
    }

    fn change(&mut self) {
        self.0 = MADE;
    }
}

#[test]
fn a_derived_class_made_by_its_base() {
    Python::attach(|py| {
        let scope = scope_of::<Base>(py);
        add_class::<Derived>(&scope);
        run(
            &scope,
            c"
assert Derived().base() == Derived().derived() == 7
Derived.__new__ = staticmethod(lambda cls: Base.__new__(cls))
for use in [lambda it: it.derived(), lambda it: it.change()]:
    try:
        use(Derived())
    except BaseException:
        pass
    else:
        raise AssertionError('there is a value from nowhere')
",
        );
    });
}

#[test]
fn exchanged_guards_are_noticed() {
    Python::attach(|py| {
        let both = || PyClassInitializer::from(Base(MADE)).add_subclass(Derived(MADE));
        let plain = Bound::new(py, Base(MADE)).unwrap();
        let derived = Bound::new(py, both()).unwrap();

        let exchanged = || {
            let (mut base, mut guard) = (plain.borrow_mut(), derived.borrow_mut());
            std::mem::swap(guard.as_super(), &mut base);
            (base, guard)
        };
        // The guard no longer refers to a `Derived`, so the conversion panics.
        let (base, guard) = exchanged();
        let object = catch_unwind(AssertUnwindSafe(|| Py::<Derived>::from(guard)));
        assert!(object.is_err());
        assert_eq!(base.0.0.get(), 7);
        drop(base);

        let (base, guard) = exchanged();
        let object = catch_unwind(AssertUnwindSafe(|| (&guard).into_pyobject(py).map(|object| object.to_owned())));
        assert!(object.is_err());
        drop((base, guard));

        // Both borrows have ended, each in its own instance.
        assert!(plain.try_borrow_mut().is_ok() && derived.try_borrow_mut().is_ok());

        // Exchanging two guards of the same class is harmless.
        let other = Bound::new(py, both()).unwrap();
        let (mut one, mut two) = (derived.borrow_mut(), other.borrow_mut());
        std::mem::swap(one.as_super(), two.as_super());
        assert_eq!(one.0.0.get(), 7);
        assert!(Py::<Derived>::from(one).is(&other));
    });
}

#[pyclass(extends = Derived)]
struct Leaf;

#[test]
fn a_guard_exchanged_two_classes_up_is_noticed() {
    Python::attach(|py| {
        let plain = Bound::new(py, Base(MADE)).unwrap();
        let values = PyClassInitializer::from(Base(MADE)).add_subclass(Derived(MADE)).add_subclass(Leaf);
        let leaf = Bound::new(py, values).unwrap();

        let (mut base, mut guard) = (plain.borrow_mut(), leaf.borrow_mut());
        std::mem::swap(guard.as_super().as_super(), &mut base);
        // The guard refers to a `Base`, so it does not give access to a `Derived` either.
        let derived = catch_unwind(AssertUnwindSafe(|| AsRef::<Derived>::as_ref(&guard).0.0.get()));
        assert!(derived.is_err());
    });
}

#[test]
fn a_panic_while_a_guard_is_narrowed_ends_the_borrow() {
    Python::attach(|py| {
        let object = Py::new(py, Base(MADE)).unwrap();
        let reading = catch_unwind(AssertUnwindSafe(|| {
            PyClassGuard::try_borrow(&object).unwrap().map(|_| -> &Proof { panic!("while reading") });
        }));
        assert!(reading.is_err() && object.try_borrow_mut(py).is_ok());
        let writing = catch_unwind(AssertUnwindSafe(|| {
            PyClassGuardMut::try_borrow_mut(&object).unwrap().map(|_| -> &mut Proof { panic!("while writing") });
        }));
        assert!(writing.is_err() && object.try_borrow_mut(py).is_ok());
    });
}

/// A value without size. Having one proves that Rust made it.
#[pyclass(frozen, subclass)]
struct Ticket;

#[pyclass(frozen, subclass, dict)]
struct OpenTicket;

#[pyclass(frozen, subclass)]
struct Anybody;

#[pymethods]
impl Anybody {
    #[new]
    fn new() -> Self {
        Anybody
    }
}

#[pyclass(frozen, subclass, dict)]
struct OpenAnybody;

#[pymethods]
impl OpenAnybody {
    #[new]
    fn new() -> Self {
        OpenAnybody
    }
}

#[test]
fn values_without_size_are_not_forged() {
    Python::attach(|py| {
        let scope = scope_of::<Ticket>(py);
        add_class::<OpenTicket>(&scope);
        add_class::<Anybody>(&scope);
        add_class::<OpenAnybody>(&scope);
        for code in [
            c"class Both(Anybody, Ticket): pass",
            c"class Both(OpenAnybody, OpenTicket): pass",
            c"Anybody().__class__ = Ticket",
            c"OpenAnybody().__class__ = OpenTicket",
            c"class Sub(Anybody): pass\nclass Other(Ticket): pass\nSub().__class__ = Other",
            c"class Plain: pass\nPlain().__class__ = Ticket",
            c"class Slots: __slots__ = ()\nSlots().__class__ = Ticket",
            c"class Sub(Anybody): pass\nSub.__bases__ = (Ticket,)",
        ] {
            let error = raises(&scope, code);
            assert!(error.is_instance_of::<PyTypeError>(py), "{code:?}: {error}");
        }
        assert!(!eval(&scope, c"isinstance(Anybody(), Ticket)").is_truthy().unwrap());
    });
}
