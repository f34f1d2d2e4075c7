//! Classes with fields that need a larger alignment than a word.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::prelude::*;

use pyo3_tests::{add_class, run, scope};

/// Needs a larger alignment than a word.
#[pyclass(subclass)]
struct Wide {
    value: u128,
    alive: Arc<AtomicUsize>,
}

#[pymethods]
impl Wide {
    fn value(&self) -> u128 {
        assert!((&raw const self.value).is_aligned());
        self.value
    }
}

#[pyclass(subclass, dict)]
struct WideWithDict(u128);

#[pyclass(subclass, weakref)]
struct WideWithWeakrefs(u128);

#[pyclass(subclass, dict, weakref)]
struct WideWithBoth(u128);

macro_rules! wide {
    ($($name:ident)*) => {
        $(
            #[pymethods]
            impl $name {
                #[new]
                fn new() -> Self {
                    $name(u128::MAX - 1)
                }

                fn value(&self) -> u128 {
                    assert!((&raw const self.0).is_aligned());
                    self.0
                }
            }
        )*
    };
}

wide! { WideWithDict WideWithWeakrefs WideWithBoth }

impl Drop for Wide {
    fn drop(&mut self) {
        self.alive.fetch_sub(1, Ordering::SeqCst);
    }
}

#[test]
fn wide_fields_stay_where_they_are() {
    Python::attach(|py| {
        let alive = Arc::new(AtomicUsize::new(0));
        let scope = scope(py);
        add_class::<WideWithDict>(&scope);
        add_class::<WideWithWeakrefs>(&scope);
        add_class::<WideWithBoth>(&scope);
        let counted = Arc::clone(&alive);
        #[pyclass]
        struct Maker(Arc<AtomicUsize>);
        #[pymethods]
        impl Maker {
            fn __call__(&self) -> Wide {
                self.0.fetch_add(1, Ordering::SeqCst);
                Wide { value: u128::MAX - 1, alive: Arc::clone(&self.0) }
            }
        }
        scope.set_item("Wide", Bound::new(py, Maker(counted)).unwrap()).unwrap();
        run(
            &scope,
            c"
import gc, weakref
made = 0
def check(cls, names=()):
    global made
    kept = []
    for _ in range(50):
        value = cls()
        for name in names: setattr(value, name, [name])
        assert value.value() == 2 ** 128 - 2
        assert all(getattr(value, name) == [name] for name in names)
        if hasattr(value, '__dict__'):
            value.other = value
            assert value.__dict__['other'] is value
        try: ref = weakref.ref(value)
        except TypeError: pass
        else: assert ref() is value
        assert value.value() == 2 ** 128 - 2
        kept.append(value)
    made += 1
    del kept[::2]
    gc.collect()
    assert all(value.value() == 2 ** 128 - 2 for value in kept)
check(Wide)
for base in (WideWithDict, WideWithWeakrefs, WideWithBoth):
    check(base)
    class Sub(base): pass
    check(Sub)
    class SubSub(Sub): pass
    check(SubSub)
    for names in ((), ('a',), ('a', 'b'), ('a', 'b', 'c')):
        # Members in front of such an instance may be more than a runtime can do, which it has to say then.
        try: Slotted = type('Slotted', (base,), {'__slots__': names})
        except TypeError as e: assert names and '__slots__' in str(e), e
        else:
            check(Slotted, names)
            check(type('More', (Slotted,), {}), names)
            try: Again = type('Again', (Slotted,), {'__slots__': ('d',)})
            except TypeError as e: assert '__slots__' in str(e), e
            else: check(Again, names + ('d',))
assert made >= 10
",
        );
        drop(scope);
        pyo3_tests::collect(py);
        pyo3_tests::eventually(|| alive.load(Ordering::SeqCst) == 0);
    });
}
