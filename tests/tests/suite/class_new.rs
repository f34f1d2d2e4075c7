//! Python code replaces or removes the `__new__` of a class. Objects that no constructor of the class has made hold no
//! value, and no one can read a value from them.

use std::num::NonZeroU32;

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use pyo3_tests::{collect, run, scope_of};

/// A value that cannot be zero.
#[derive(Clone, Copy)]
struct Proof(NonZeroU32);

const MADE: Proof = Proof(NonZeroU32::new(7).unwrap());

/// Creates instances of the class and of subclasses in every way that Python offers, and uses each of them in every
/// way. All uses of an object must succeed, or all must fail.
const CODE: &std::ffi::CStr = c"
import copyreg
class Mixin: pass
class Slotted: __slots__ = ()
class Newer:
    def __new__(it): return object.__new__(it)

def subclasses():
    class Sub(cls): pass
    class Own(cls):
        def __new__(it): return base.__new__(it)
    class First(Mixin, cls): pass
    class Last(cls, Mixin): pass
    class Both(Slotted, Sub): pass
    class Mixed(Newer, First): pass
    class Moved(cls): pass
    class Again(Mixin, Moved): pass
    for bases in ((Mixin, cls), (Mixin, Own), (First,), (Newer, cls)):
        # What a runtime refuses is not to be used.
        try: Moved.__bases__ = bases
        except TypeError: pass
        yield from (Moved, Again)
    yield from (Sub, Own, First, Last, Both, Mixed)

uses = [lambda it: it.value, lambda it: it.method(), read, change]
def values(it):
    values = []
    for use in uses:
        try:
            values.append(use(it))
        # No value, or none that may be looked at.
        except (RuntimeError, TypeError) as e:
            values.append(None)
    return values

good = values(cls())
assert good[:3] == [7, 7, 7], good

def look():
    made = set()
    for it in (cls, *before, *subclasses()):
        for name, make in {
            'call': lambda: it(),
            'own': lambda: it.__new__(it),
            'base': lambda: base.__new__(it),
            'object': lambda: object.__new__(it),
            'mixed': lambda: Newer.__new__(it),
            'plain': lambda: Mixin.__new__(it),
            'pickle': lambda: copyreg.__newobj__(it),
            'old pickle': lambda: copyreg._reconstructor(it, base, None),
        }.items():
            try:
                one = make()
            except TypeError:
                continue
            answers = values(one)
            assert answers == good or answers == [None] * 4, (it, name, answers)
            made.add(answers == good)
            assert isinstance(one, cls) and repr(one)
    return made

before = list(subclasses())
assert True in look()
def remove(): del cls.__new__
def by_base(): cls.__new__ = base.__new__
def by_object(): cls.__new__ = object.__new__
def by_lambda(): cls.__new__ = staticmethod(lambda it: base.__new__(it))
def by_function(): cls.__new__ = lambda it: base.__new__(it)
for change_class in (remove, by_base, by_object, by_lambda, by_function, by_lambda, remove):
    change_class()
    made = look()
    if base is object and change_class in (by_lambda, by_function):
        # Python's choice is respected, up to where a value is needed.
        assert False in made, change_class
";

macro_rules! without_their_constructor {
    ($(#[$class:meta] $test:ident: $name:ident, $base:literal, $change:ty;)*) => {
        $(
            #[$class]
            struct $name(Proof);

            #[pymethods]
            impl $name {
                #[new]
                fn new() -> Self {
                    $name(MADE)
                }

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
                }
            }

            #[test]
            fn $test() {
                #[pyfunction]
                fn read(object: &Bound<'_, $name>) -> PyResult<u32> {
                    Ok(object.try_borrow()?.0.0.get())
                }

                #[pyfunction]
                fn change(object: $change) -> u32 {
                    object.0.0.get()
                }

                Python::attach(|py| {
                    let scope = scope_of::<$name>(py);
                    scope.set_item("cls", py.get_type::<$name>()).unwrap();
                    scope.set_item("base", py.eval($base, None, None).unwrap()).unwrap();
                    scope.set_item("read", wrap_pyfunction!(read, py).unwrap()).unwrap();
                    scope.set_item("change", wrap_pyfunction!(change, py).unwrap()).unwrap();
                    run(&scope, CODE);
                    drop(scope);
                    collect(py);
                    // An instance made by Rust still works.
                    let good = Bound::new(py, $name(MADE)).unwrap();
                    assert_eq!(good.getattr("value").unwrap().extract::<u32>().unwrap(), 7);
                });
            }
        )*
    };
}

without_their_constructor! {
    #[pyclass(subclass)] a_mutable_class: Mutable, c"object", PyRefMut<'_, Mutable>;
    #[pyclass(subclass, frozen)] a_frozen_class: Frozen, c"object", PyRef<'_, Frozen>;
    #[pyclass(subclass, dict, weakref)] a_class_with_a_dict: Open, c"object", PyRefMut<'_, Open>;
    #[pyclass(subclass, unsendable)] an_unsendable_class: Local, c"object", PyRefMut<'_, Local>;
    #[pyclass(subclass, extends = PyDict)] a_kind_of_dict: OfDict, c"dict", PyRefMut<'_, OfDict>;
    #[pyclass(subclass, frozen, extends = PyList)] a_kind_of_list: OfList, c"list", PyRef<'_, OfList>;
    #[pyclass(subclass, extends = pyo3::exceptions::PyException)]
    a_kind_of_exception: OfException, c"Exception", PyRefMut<'_, OfException>;
}
