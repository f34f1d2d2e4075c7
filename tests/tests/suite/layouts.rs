//! Instances keep their layout: whatever Python does to classes, no object is mistaken for one with other fields.

use pyo3::PyClassInitializer;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use pyo3_tests::{add_class, eval, raises, run, scope};

macro_rules! blocks {
    ($($name:ident: $words:literal,)*) => {
        $(
            /// A value of the given number of words. One of these sizes matches each small native object.
            #[pyclass(subclass)]
            struct $name {
                words: [usize; $words],
            }

            #[pymethods]
            impl $name {
                #[new]
                fn new() -> Self {
                    $name { words: [$words; $words] }
                }

                fn sum(&self) -> usize {
                    self.words.iter().sum()
                }
            }
        )*

        fn add_blocks(scope: &Bound<'_, PyDict>) {
            $(add_class::<$name>(scope);)*
        }
    };
}

blocks! {
    Block1: 1,
    Block2: 2,
    Block3: 3,
    Block4: 4,
    Block5: 5,
    Block6: 6,
    Block7: 7,
    Block8: 8,
    Block9: 9,
    Block10: 10,
    Block11: 11,
    Block12: 12,
    Block13: 13,
    Block14: 14,
    Block15: 15,
    Block16: 16,
}

/// As large as `Pointer`, but filled with a number.
#[pyclass(subclass)]
struct Number(u64);

#[pymethods]
impl Number {
    #[new]
    fn new() -> Self {
        Number(0x4141_4141_4141_4141)
    }

    fn number(&self) -> u64 {
        self.0
    }
}

#[pyclass(subclass)]
struct Pointer(Box<u64>);

#[pymethods]
impl Pointer {
    #[new]
    fn new() -> Self {
        Pointer(Box::new(7))
    }

    fn follow(&self) -> u64 {
        *self.0
    }
}

#[pyclass(extends = Number, subclass)]
struct NumberChild(u64);

#[pymethods]
impl NumberChild {
    #[new]
    fn new() -> PyClassInitializer<Self> {
        PyClassInitializer::from(Number(1)).add_subclass(NumberChild(2))
    }

    fn child(&self) -> u64 {
        self.0
    }
}

#[pyclass(extends = PyException, subclass)]
struct NumberError(usize);

#[pymethods]
impl NumberError {
    #[new]
    fn new() -> Self {
        NumberError(usize::MAX / 255 * 0x41)
    }

    fn number(&self) -> usize {
        self.0
    }
}

#[pyclass(extends = PyValueError, subclass)]
struct PointerError(Box<u64>);

#[pymethods]
impl PointerError {
    #[new]
    fn new() -> Self {
        PointerError(Box::new(8))
    }

    fn follow(&self) -> u64 {
        *self.0
    }
}

/// A proof of permission. It has no size, and Python cannot create one.
#[pyclass(frozen, subclass)]
struct Permit;

#[pymethods]
impl Permit {
    fn is_valid(&self) -> bool {
        true
    }
}

#[pyclass(subclass)]
struct Unmade(Box<u64>);

#[pymethods]
impl Unmade {
    fn follow(&self) -> u64 {
        *self.0
    }
}

fn classes(py: Python<'_>) -> Bound<'_, PyDict> {
    let scope = scope(py);
    add_blocks(&scope);
    add_class::<Number>(&scope);
    add_class::<Pointer>(&scope);
    add_class::<NumberChild>(&scope);
    add_class::<NumberError>(&scope);
    add_class::<PointerError>(&scope);
    add_class::<Permit>(&scope);
    add_class::<Unmade>(&scope);
    run(
        &scope,
        c"
def refused(action, *errors):
    try:
        action()
    except errors or TypeError:
        return
    raise AssertionError('this must be refused')
blocks = [value for name, value in sorted(globals().items()) if name.startswith('Block')]
assert len(blocks) == 16
",
    );
    scope
}

#[test]
fn a_native_object_does_not_become_an_instance() {
    Python::attach(|py| {
        let scope = classes(py);
        run(
            &scope,
            c"
import collections, contextvars, functools, io, itertools, re, threading, types
natives = [
    lambda: contextvars.ContextVar('x'), contextvars.Context, lambda: contextvars.ContextVar('x').set(1),
    lambda: functools.partial(print), itertools.count, lambda: itertools.chain([1]), lambda: itertools.repeat(1),
    lambda: re.compile('a'), lambda: re.match('a', 'a'), lambda: iter([]), lambda: iter({}), lambda: iter('a'),
    types.SimpleNamespace, threading.Lock, threading.RLock, collections.deque, collections.defaultdict, io.BytesIO,
    io.StringIO, object, int, str, bytes, bytearray, list, dict, set, frozenset, float, complex, lambda: slice(1),
    lambda: (lambda: 0), lambda: print, lambda: type('Empty', (), {})(), lambda: type('Slots', (), {'__slots__': ()})(),
    lambda: type('Slot', (), {'__slots__': ('a',)})(), lambda: types.ModuleType('m'), lambda: memoryview(b''), property,
    lambda: classmethod(len), lambda: staticmethod(len), lambda: (i for i in ()), lambda: zip([]), lambda: enumerate([]),
    lambda: map(len, []), lambda: filter(len, []), lambda: reversed([]), lambda: super(int, 1), lambda: range(1),
    lambda: types.MappingProxyType({}), Exception, OSError, StopIteration, SystemExit, lambda: weakref.ref(set()),
]
import weakref
targets = [*blocks, Number, Pointer, NumberChild, Permit, Unmade, NumberError, PointerError]
targets += [type('Sub', (t,), {}) for t in blocks]
targets += [type('Slotted', (t,), {'__slots__': ()}) for t in blocks]
for make in natives:
    value = make()
    before = type(value)
    for target in targets:
        refused(lambda: setattr(value, '__class__', target), TypeError, AttributeError)
        assert type(value) is before
",
        );
    });
}

#[test]
fn an_instance_does_not_become_one_of_another_class() {
    Python::attach(|py| {
        let scope = classes(py);
        run(
            &scope,
            c"
for source in [*blocks, Number, Pointer, NumberChild, NumberError, PointerError]:
    for target in [*blocks, Number, Pointer, NumberChild, NumberError, PointerError, Permit, Unmade]:
        if target is source: continue
        value = source()
        refused(lambda: setattr(value, '__class__', target))
        sub, other = type('Sub', (source,), {}), type('Other', (target,), {})
        value = sub()
        refused(lambda: setattr(value, '__class__', other))
        slotted = type('Slotted', (source,), {'__slots__': ()})
        value = slotted()
        refused(lambda: setattr(value, '__class__', target))
# What shares a layout may.
one, two = type('One', (Pointer,), {}), type('Two', (Pointer,), {})
value = one()
value.__class__ = two
assert type(value) is two and value.follow() == 7
",
        );
    });
}

#[test]
fn bases_do_not_change_to_another_layout() {
    Python::attach(|py| {
        let scope = classes(py);
        run(
            &scope,
            c"
refused(lambda: setattr(NumberChild, '__bases__', (Pointer,)))
assert NumberChild().number() == 1 and NumberChild().child() == 2
class Sub(Number): pass
refused(lambda: setattr(Sub, '__bases__', (Pointer,)))
class Mixin: __slots__ = ()
Sub.__bases__ = (Number, Mixin)
refused(lambda: setattr(Sub, '__bases__', (Pointer, Mixin)))
assert Sub().number() == 0x4141414141414141

# Classes that are no siblings can be made such: exceptions share one layout.
try: NumberError.__bases__ = (ValueError,)
except TypeError: pass
e = NumberError()
refused(lambda: setattr(e, '__class__', PointerError))
assert e.number() in (0x41414141, 0x4141414141414141)
",
        );
        let error = raises(&scope, c"class Both(Number, Pointer): pass");
        assert!(error.to_string().contains("conflict"), "{error}");
    });
}

#[test]
fn an_order_of_resolution_does_not_lend_methods() {
    Python::attach(|py| {
        run(
            &classes(py),
            c"
# From 3.15 on, the message has the name of the module.
named = {'__module__': 'tests'}
def order(*names):
    class Meta(type):
        def mro(cls): return [cls, *names]
    return Meta
refused(lambda: order(Pointer, object)('Fake', (object,), named))
refused(lambda: order(Pointer, Number, object)('Fake', (Number,), named))
refused(lambda: order(Permit, object)('Fake', (object,), named))
",
        );
    });
}

#[test]
fn no_constructor_makes_instances_of_another_class() {
    Python::attach(|py| {
        run(
            &classes(py),
            c"
class SubPointer(Pointer): pass
class SubUnmade(Unmade): pass
class SubPermit(Permit): pass
for cls in (Pointer, SubPointer, NumberChild, Unmade, SubUnmade, Permit, SubPermit, PointerError, NumberError):
    refused(lambda: object.__new__(cls))
    refused(lambda: dict.__new__(cls))
    refused(lambda: Exception.__new__(cls))
for cls in (Pointer, SubPointer, Unmade, SubUnmade, Permit, SubPermit, PointerError):
    refused(lambda: Number.__new__(cls))
refused(lambda: Number.__new__(NumberChild))
refused(lambda: Unmade())
refused(lambda: SubUnmade())
refused(lambda: Permit())
refused(lambda: SubPermit())
import copyreg
refused(lambda: copyreg.__newobj__(SubUnmade))
refused(lambda: copyreg._reconstructor(SubUnmade, object, None))
refused(lambda: copyreg._reconstructor(SubPointer, object, None))
",
        );
    });
}

#[test]
fn methods_look_at_what_they_are_called_with() {
    Python::attach(|py| {
        let scope = classes(py);
        for code in [c"Pointer.follow(Number())", c"Pointer.follow(object())", c"Pointer.follow.__get__(Number())()"] {
            let error = raises(&scope, code);
            assert!(error.is_instance_of::<pyo3::exceptions::PyTypeError>(py), "{error}");
        }
        assert_eq!(eval(&scope, c"Pointer.follow(Pointer())").extract::<u64>().unwrap(), 7);
        drop(eval(&scope, c"Block3().sum()"));
    });
}
