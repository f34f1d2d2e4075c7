//! Weak references and proxies.

use pyo3::prelude::*;
use pyo3::types::{PyWeakref, PyWeakrefProxy, PyWeakrefReference};

use pyo3_tests::{eval, eventually, run, scope};

const CLASSES: &std::ffi::CStr = c"
import weakref

class Thing:
    def method(self):
        return 'called'

class Meta(type):
    pass

class Made(metaclass=Meta):
    pass

# Says as little of the object as it can.
class Shy:
    def __getattribute__(self, name):
        raise AttributeError(name)
    def __call__(self):
        return 'not me'

thing, shy = Thing(), Shy()
";

#[test]
fn upgrading_gives_the_object() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, CLASSES);
        for name in [c"thing", c"Thing", c"Made", c"shy", c"thing.method.__func__"] {
            let object = eval(&scope, name);
            let reference = PyWeakrefReference::new(&object).unwrap();
            assert!(reference.upgrade().unwrap().is(&object), "{name:?}");
            let proxy = PyWeakrefProxy::new(&object).unwrap();
            assert!(proxy.upgrade().unwrap().is(&object), "{name:?}");
            for either in [reference.into_any(), proxy.into_any()] {
                assert!(either.cast::<PyWeakref>().unwrap().upgrade().unwrap().is(&object), "{name:?}");
            }
        }
    });
}

#[test]
fn what_a_subclass_says_when_called_is_not_the_object() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, CLASSES);
        let thing = eval(&scope, c"thing");
        // `WeakMethod` refers to the instance, but calling it returns a bound method.
        let method = eval(&scope, c"weakref.WeakMethod(thing.method)").cast_into::<PyWeakrefReference>().unwrap();
        assert!(method.upgrade().unwrap().is(&thing));
        run(
            &scope,
            c"
class Loud(weakref.ref):
    def __call__(self):
        raise ValueError('do not call me')
loud = Loud(thing)
",
        );
        let loud = eval(&scope, c"loud").cast_into::<PyWeakref>().unwrap();
        assert!(loud.upgrade().unwrap().is(&thing));
    });
}

#[test]
fn upgrading_what_is_gone_gives_none() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, CLASSES);
        let thing = eval(&scope, c"Thing()");
        let reference = PyWeakrefReference::new(&thing).unwrap();
        let proxy = PyWeakrefProxy::new(&thing).unwrap();
        let either = PyWeakrefReference::new(&thing).unwrap().into_any().cast_into::<PyWeakref>().unwrap();
        drop(thing);
        eventually(|| reference.upgrade().is_none());
        assert!(proxy.upgrade().is_none());
        assert!(either.upgrade().is_none());
        assert!(PyErr::take(py).is_none());
    });
}
