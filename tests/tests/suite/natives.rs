//! Native types used with our classes: weak proxies, time zones, names.

use pyo3::exceptions::PyNotImplementedError;
use pyo3::prelude::*;
use pyo3::types::{PyTzInfo, PyWeakref, PyWeakrefProxy, PyWeakrefReference};

use pyo3_tests::{add_class, eval, raises, run, scope, scope_of};

#[test]
fn a_weak_proxy_is_no_weak_reference() {
    Python::attach(|py| {
        let scope = scope(py);
        run(
            &scope,
            c"
import weakref
class Plain: pass
class Callable:
    def __call__(self): pass
class Ref(weakref.ref): pass
plain, called = Plain(), Callable()
refs = [weakref.ref(plain), Ref(plain)]
proxies = [weakref.proxy(plain), weakref.proxy(called)]
",
        );
        for reference in eval(&scope, c"refs").try_iter().unwrap() {
            let reference = reference.unwrap();
            assert!(reference.cast::<PyWeakrefReference>().is_ok());
            assert!(reference.cast::<PyWeakrefProxy>().is_err() && reference.cast::<PyWeakref>().is_ok());
        }
        for proxy in eval(&scope, c"proxies").try_iter().unwrap() {
            let proxy = proxy.unwrap();
            assert!(proxy.cast::<PyWeakrefReference>().is_err());
            assert!(proxy.cast::<PyWeakrefProxy>().is_ok() && proxy.cast::<PyWeakref>().is_ok());
        }
    });
}

/// A time zone with a fixed offset and no daylight saving time.
#[pyclass(extends = PyTzInfo, subclass)]
struct Zone;

#[pymethods]
impl Zone {
    #[new]
    fn new() -> Self {
        Zone
    }

    fn utcoffset<'py>(&self, py: Python<'py>, _when: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        py.import("datetime")?.call_method1("timedelta", (0, 3600))
    }
}

#[test]
fn what_a_time_zone_leaves_out_raises() {
    Python::attach(|py| {
        let scope = scope(py);
        add_class::<Zone>(&scope);
        run(
            &scope,
            c"
import datetime
class Full(Zone):
    def dst(self, when): return datetime.timedelta(0)
    def tzname(self, when): return 'full'
    def fromutc(self, when): return super().fromutc(when)
when = datetime.datetime(2020, 1, 2, tzinfo=Full())
assert when.utcoffset() == datetime.timedelta(hours=1) and when.tzname() == 'full'
assert datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc).astimezone(Full()).hour == 1
assert isinstance(Zone(), datetime.tzinfo)
",
        );
        for (code, name) in [
            (c"Zone().dst(None)", "dst"),
            (c"Zone().tzname(None)", "tzname"),
            (c"super(Full, Full()).dst(when)", "dst"),
            (c"datetime.datetime(2020, 1, 2, tzinfo=Zone()).dst()", "dst"),
        ] {
            let error = raises(&scope, code);
            assert!(error.is_instance_of::<PyNotImplementedError>(py), "{error}");
            assert_eq!(error.value(py).to_string(), format!("a tzinfo subclass must implement {name}()"));
        }
        for code in [c"Zone().dst()", c"Zone().dst(1, 2)", c"Zone.dst(1, 2)"] {
            assert!(raises(&scope, code).is_instance_of::<pyo3::exceptions::PyTypeError>(py));
        }
    });
}

#[pyclass(module = "names")]
struct Renamed;

#[test]
fn a_class_can_be_renamed() {
    Python::attach(|py| {
        let scope = scope_of::<Renamed>(py);
        run(&scope, c"Renamed.__qualname__ = 'Outer.Other'; Renamed.__name__ = 'Other'");
        run(&scope, c"assert Renamed.__name__ == 'Other' and Renamed.__qualname__ == 'Outer.Other'");
        run(&scope, c"assert 'Outer.Other' in repr(Renamed)");
    });
}
