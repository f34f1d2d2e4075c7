//! Protocols of `#[pymethods]`: strings, hash, comparison, containers, iteration, calls; and their visible names.

use pyo3::class::basic::CompareOp;
use pyo3::exceptions::{PyIndexError, PyKeyError, PyTypeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use pyo3_tests::{assert_messages, eval, raises, run, scope_of};

#[pyclass(subclass)]
struct Bag {
    items: Vec<i64>,
    position: usize,
}

#[pymethods]
impl Bag {
    #[new]
    #[pyo3(signature = (*items))]
    fn new(items: Vec<i64>) -> Self {
        Bag { items, position: 0 }
    }

    fn __repr__(&self) -> String {
        format!("Bag{:?}", self.items)
    }

    fn __str__(&self) -> String {
        format!("a bag of {}", self.items.len())
    }

    fn __hash__(&self) -> u64 {
        self.items.iter().sum::<i64>() as u64
    }

    fn __richcmp__(&self, other: PyRef<'_, Bag>, op: CompareOp) -> bool {
        op.matches(self.items.cmp(&other.items))
    }

    fn __len__(&self) -> usize {
        self.items.len()
    }

    fn __bool__(&self) -> bool {
        self.items.iter().any(|item| *item != 0)
    }

    fn __getitem__(&self, index: isize) -> PyResult<i64> {
        let index = if index < 0 { index + self.items.len() as isize } else { index };
        self.items.get(index as usize).copied().ok_or_else(|| PyIndexError::new_err("no such item"))
    }

    fn __setitem__(&mut self, index: usize, value: i64) -> PyResult<()> {
        let place = self.items.get_mut(index).ok_or_else(|| PyKeyError::new_err(index))?;
        *place = value;
        Ok(())
    }

    fn __delitem__(&mut self, index: usize) -> PyResult<()> {
        if index >= self.items.len() {
            return Err(PyIndexError::new_err("nothing to delete"));
        }
        self.items.remove(index);
        Ok(())
    }

    fn __contains__(&self, item: i64) -> bool {
        self.items.contains(&item)
    }

    fn __iter__(mut slf: PyRefMut<'_, Self>) -> PyRefMut<'_, Self> {
        slf.position = 0;
        slf
    }

    fn __next__(&mut self) -> Option<i64> {
        self.position += 1;
        self.items.get(self.position - 1).copied()
    }

    #[pyo3(signature = (*args, **kwargs))]
    fn __call__(&self, args: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>) -> usize {
        self.items.len() + args.len() * 10 + kwargs.map_or(0, |kwargs| kwargs.len()) * 100
    }
}

#[test]
fn texts_and_hash() {
    Python::attach(|py| {
        run(
            &scope_of::<Bag>(py),
            c"
b = Bag(1, 2)
assert repr(b) == 'Bag[1, 2]' and str(b) == 'a bag of 2'
assert f'{b}' == 'a bag of 2' and f'{b!r}' == 'Bag[1, 2]' and '%s' % b == 'a bag of 2'
assert repr([b]) == '[Bag[1, 2]]'
assert hash(b) == 3 and hash(Bag(-1)) == -2
assert {b: 'x'}[Bag(1, 2)] == 'x'
assert len({Bag(1, 2), Bag(1, 2), Bag(3)}) == 2
",
        );
    });
}

/// Its hash is -1, in an integer type of either sign.
macro_rules! minus_one {
    ($($class:ident: $integer:ty),*) => {
        $(
            #[pyclass(subclass)]
            struct $class;

            #[pymethods]
            impl $class {
                #[new]
                fn new() -> Self {
                    $class
                }

                fn __hash__(&self) -> $integer {
                    (0 as $integer).wrapping_sub(1)
                }
            }
        )*
    };
}

minus_one!(Signed: i8, SignedWide: i128, Unsigned: u64, UnsignedWide: u128, UnsignedNarrow: u8);

#[test]
fn no_hash_is_minus_one() {
    Python::attach(|py| {
        let scope = scope_of::<Signed>(py);
        pyo3_tests::add_class::<SignedWide>(&scope);
        pyo3_tests::add_class::<Unsigned>(&scope);
        pyo3_tests::add_class::<UnsignedWide>(&scope);
        pyo3_tests::add_class::<UnsignedNarrow>(&scope);
        run(
            &scope,
            c"
for cls in Signed, SignedWide, Unsigned, UnsignedWide:
    assert hash(cls()) == cls().__hash__() == -2, cls
    class Sub(cls): pass
    assert hash(Sub()) == -2 and super(Sub, Sub()).__hash__() == -2, cls
assert hash(UnsignedNarrow()) == 255
",
        );
    });
}

#[test]
fn rich_comparison() {
    Python::attach(|py| {
        let scope = scope_of::<Bag>(py);
        run(
            &scope,
            c"
assert Bag(1) == Bag(1) and Bag(1) != Bag(2) and not Bag(1) == Bag(2) and not Bag(1) != Bag(1)
assert Bag(1) < Bag(2) and Bag(2) > Bag(1) and Bag(1) <= Bag(1) and Bag(1) >= Bag(1)
assert not Bag(2) < Bag(1)
assert Bag(1) != 1 and not Bag(1) == 'x' and 1 != Bag(1) and Bag(1) != None
assert sorted([Bag(3), Bag(1)]) == [Bag(1), Bag(3)]
assert max(Bag(3), Bag(1)) == Bag(3)
assert Bag(1) in [Bag(2), Bag(1)]
assert Bag.__eq__(Bag(1), 5) is NotImplemented and Bag(1).__lt__('x') is NotImplemented
",
        );
        assert!(raises(&scope, c"Bag(1) < 1").is_instance_of::<PyTypeError>(py));
        assert!(raises(&scope, c"1 >= Bag(1)").is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn containers() {
    Python::attach(|py| {
        let scope = scope_of::<Bag>(py);
        run(
            &scope,
            c"
b = Bag(1, 2, 3)
assert len(b) == 3 and b[0] == 1 and b[-1] == 3 and b[True] == 2
b[1] = 20
assert b[1] == 20 and 20 in b and 2 not in b
del b[0]
assert repr(b) == 'Bag[20, 3]'
assert bool(b) and not Bag() and not Bag(0)
",
        );
        assert!(raises(&scope, c"b['x']").is_instance_of::<PyTypeError>(py));
        assert!(raises(&scope, c"b[0] = 'x'").is_instance_of::<PyTypeError>(py));
        assert!(raises(&scope, c"'x' in b").is_instance_of::<PyTypeError>(py));
        assert_messages(
            &scope,
            &[
                (c"b[9]", "IndexError: no such item"),
                (c"b[9] = 1", "KeyError: 9"),
                (c"del b[9]", "IndexError: nothing to delete"),
            ],
        );
    });
}

#[test]
fn iteration_and_calls() {
    Python::attach(|py| {
        run(
            &scope_of::<Bag>(py),
            c"
b = Bag(1, 2, 3)
assert list(b) == [1, 2, 3] and [x for x in b] == [1, 2, 3] and sum(b) == 6
first, second, third = b
assert (first, second, third) == (1, 2, 3)
assert iter(b) is b and next(b) == 1
for _ in b: pass
try:
    next(b)
except StopIteration as stop:
    assert stop.value is None
else:
    assert False
assert next(b, 'default') == 'default'
assert b() == 3 and b(1) == 13 and b(1, x=2) == 113 and b(*[1, 2], **{'k': 1}) == 123
assert callable(b) and b.__call__(1) == 13
",
        );
    });
}

#[test]
fn dunders_are_visible() {
    Python::attach(|py| {
        let scope = scope_of::<Bag>(py);
        run(
            &scope,
            c"
b = Bag(1, 2)
assert Bag.__repr__(b) == 'Bag[1, 2]' and b.__repr__() == 'Bag[1, 2]' and Bag.__str__(b) == 'a bag of 2'
assert Bag.__len__(b) == 2 and b.__len__() == 2
assert Bag.__getitem__(b, 0) == 1 and b.__contains__(2)
assert b.__hash__() == 3 and b.__bool__() is True
assert Bag.__eq__(b, Bag(1, 2)) is True and b.__ne__(b) is False and b.__lt__(Bag(2)) is True
b.__setitem__(0, 5)
assert b.__getitem__(0) == 5
b.__delitem__(0)
assert len(b) == 1
assert b.__iter__() is b and b.__next__() == 2
for name in '__repr__ __str__ __hash__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __len__ __bool__ __getitem__ __setitem__ __delitem__ __contains__ __iter__ __next__ __call__ __new__'.split():
    assert name in Bag.__dict__, name
    assert callable(getattr(Bag, name)), name
",
        );
        assert!(raises(&scope, c"Bag.__repr__(5)").is_instance_of::<PyTypeError>(py));
        assert!(raises(&scope, c"Bag.__len__([])").is_instance_of::<PyTypeError>(py));
    });
}

#[test]
fn python_subclasses_override() {
    Python::attach(|py| {
        let scope = scope_of::<Bag>(py);
        run(
            &scope,
            c"
class Sub(Bag):
    def __repr__(self): return 'Sub of ' + super().__repr__()
    def __len__(self): return super().__len__() + 100
    def __getitem__(self, key): return ('sub', super().__getitem__(key))
    def __contains__(self, item): return item == 'always' or super().__contains__(item)
    def __eq__(self, other): return 'equal'
    __hash__ = Bag.__hash__
    def __call__(self): return 'called'
    def __iter__(self): return iter('sub')
s = Sub(1, 2)
assert repr(s) == 'Sub of Bag[1, 2]' and str(s) == 'a bag of 2'
assert len(s) == 102 and s[1] == ('sub', 2) and 'always' in s and 1 in s
assert (s == 5) == 'equal' and hash(s) == 3 and s() == 'called' and list(s) == ['s', 'u', 'b']
class Plain(Bag): pass
p = Plain(1, 2)
assert repr(p) == 'Bag[1, 2]' and len(p) == 2 and p[0] == 1 and 2 in p and list(p) == [1, 2] and p() == 2
assert p == Bag(1, 2) and hash(p) == 3
class Unhashable(Bag):
    def __eq__(self, other): return True
",
        );
        assert!(raises(&scope, c"hash(Unhashable())").is_instance_of::<PyTypeError>(py));
    });
}

#[pyclass]
struct OnlyEq(i32);

#[pymethods]
impl OnlyEq {
    #[new]
    fn new(value: i32) -> Self {
        OnlyEq(value)
    }

    fn __eq__(&self, other: PyRef<'_, OnlyEq>) -> bool {
        self.0 == other.0
    }
}

#[test]
fn eq_alone_gives_ne_but_no_hash() {
    Python::attach(|py| {
        let scope = scope_of::<OnlyEq>(py);
        run(
            &scope,
            c"
assert OnlyEq(1) == OnlyEq(1) and OnlyEq(1) != OnlyEq(2) and not OnlyEq(1) != OnlyEq(1)
assert OnlyEq(1) != 1
",
        );
        let error = raises(&scope, c"hash(OnlyEq(1))");
        assert!(error.is_instance_of::<PyTypeError>(py));
        assert!(error.to_string().contains("unhashable type"), "{error}");
        assert!(raises(&scope, c"OnlyEq(1) < OnlyEq(2)").is_instance_of::<PyTypeError>(py));
    });
}

#[pyclass]
struct Separate(i32);

#[pymethods]
impl Separate {
    #[new]
    fn new(value: i32) -> Self {
        Separate(value)
    }

    fn __lt__(&self, other: i32) -> bool {
        self.0 < other
    }

    fn __ge__(&self, other: i32) -> PyResult<bool> {
        if other == 13 { Err(PyValueError::new_err("unlucky")) } else { Ok(self.0 >= other) }
    }

    fn __ne__(&self, _other: i32) -> &'static str {
        "who knows"
    }
}

#[test]
fn comparisons_one_by_one() {
    Python::attach(|py| {
        let scope = scope_of::<Separate>(py);
        run(
            &scope,
            c"
s = Separate(5)
assert s < 6 and not s < 5 and s >= 5 and 6 > s and (s != 5) == 'who knows'
assert not s == 5 and s == s
",
        );
        assert_eq!(raises(&scope, c"s >= 13").to_string(), "ValueError: unlucky");
        assert!(raises(&scope, c"s <= 5").is_instance_of::<PyTypeError>(py));
    });
}

#[pyclass]
struct Attributes {
    stored: std::collections::BTreeMap<String, i32>,
    #[pyo3(get, set)]
    real: i32,
}

#[pymethods]
impl Attributes {
    #[new]
    fn new() -> Self {
        Attributes { stored: Default::default(), real: 1 }
    }

    fn __getattr__(&self, name: String) -> PyResult<i32> {
        self.stored.get(&name).copied().ok_or_else(|| pyo3::exceptions::PyAttributeError::new_err(name))
    }

    fn __setattr__(&mut self, name: String, value: i32) {
        self.stored.insert(name, value);
    }

    fn __delattr__(&mut self, name: &str) -> PyResult<()> {
        self.stored.remove(name).map(|_| ()).ok_or_else(|| pyo3::exceptions::PyAttributeError::new_err(name.to_owned()))
    }
}

#[test]
fn attribute_hooks() {
    Python::attach(|py| {
        let scope = scope_of::<Attributes>(py);
        run(
            &scope,
            c"
a = Attributes()
assert a.real == 1 and not hasattr(a, 'x')
a.x = 5
assert a.x == 5 and hasattr(a, 'x')
a.real = 9
assert a.real == 1
del a.x
assert getattr(a, 'x', 'gone') == 'gone'
",
        );
        assert_eq!(raises(&scope, c"a.missing").to_string(), "AttributeError: missing");
        assert_eq!(raises(&scope, c"del a.missing").to_string(), "AttributeError: missing");
    });
}

#[pyclass]
struct Manager {
    #[pyo3(get)]
    log: Vec<String>,
}

#[pymethods]
impl Manager {
    #[new]
    fn new() -> Self {
        Manager { log: vec![] }
    }

    fn __enter__(mut slf: PyRefMut<'_, Self>) -> PyRefMut<'_, Self> {
        slf.log.push("enter".into());
        slf
    }

    fn __exit__(
        &mut self,
        kind: &Bound<'_, PyAny>,
        _value: &Bound<'_, PyAny>,
        _traceback: &Bound<'_, PyAny>,
    ) -> PyResult<bool> {
        self.log.push(format!(
            "exit {}",
            if kind.is_none() { "none".into() } else { kind.getattr("__name__")?.to_string() }
        ));
        Ok(true)
    }

    fn __format__(&self, spec: &str) -> String {
        format!("<{spec}>")
    }

    fn __int__(&self) -> i32 {
        7
    }

    fn __float__(&self) -> f64 {
        7.5
    }

    fn __index__(&self) -> i32 {
        2
    }

    fn __reversed__(&self) -> Vec<i32> {
        vec![3, 2, 1]
    }

    fn __bytes__(&self) -> &[u8] {
        b"bytes"
    }

    #[classmethod]
    fn __class_getitem__(cls: &Bound<'_, pyo3::types::PyType>, key: &str) -> PyResult<String> {
        Ok(format!("{}[{key}]", cls.name()?))
    }
}

#[test]
fn other_special_methods() {
    Python::attach(|py| {
        let scope = scope_of::<Manager>(py);
        run(
            &scope,
            c"
m = Manager()
with m as inner:
    assert inner is m
with m:
    raise KeyError('swallowed')
assert m.log == ['enter', 'exit none', 'enter', 'exit KeyError']
assert f'{m:>5}' == '<>5>' and format(m) == '<>'
assert int(m) == 7 and float(m) == 7.5 and [0, 1, 2][m] == 2 and hex(m) == '0x2'
assert reversed(m) == [3, 2, 1] and bytes(m) == b'bytes'
assert Manager['k'] == 'Manager[k]'
",
        );
        assert!(eval(&scope, c"m").is_truthy().unwrap());
    });
}
