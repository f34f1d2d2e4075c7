//! Conversions for types of crates that a runtime also uses, but with other features. Needs the feature `apart`.

use std::ffi::CString;
use std::sync::Arc;

use bigdecimal::BigDecimal;
use hashbrown::{HashMap, HashSet};
use num_bigint::BigInt;
use parking_lot::{Mutex, ReentrantMutex, RwLock};
use proptest::prelude::*;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::sync::{MutexExt, RwLockExt};
use pyo3::types::{PyDict, PySet};

use pyo3_tests::{eval, run, scope};

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn decimals_keep_all_digits(digits in any::<i128>(), shift in 0..100usize, scale in -500..500i64) {
        Python::attach(|py| {
            let value = BigDecimal::new(BigInt::from(digits) << shift, scale);
            let scope = scope(py);
            run(&scope, c"from decimal import Decimal");
            let code = CString::new(format!("Decimal('{}E{}')", BigInt::from(digits) << shift, -scale)).unwrap();
            let expected = eval(&scope, &code);
            let object = value.clone().into_pyobject(py).unwrap();
            assert_eq!(object.str().unwrap().to_string(), expected.str().unwrap().to_string());
            assert!(object.get_type().is(expected.get_type()));
            assert_eq!(expected.extract::<BigDecimal>().unwrap(), value);
        });
    }

    #[test]
    fn maps_and_sets(entries in any::<std::collections::HashMap<String, i32>>()) {
        Python::attach(|py| {
            let map: HashMap<String, i32> = entries.clone().into_iter().collect();
            let expected = entries.into_pyobject(py).unwrap();
            for object in [(&map).into_pyobject(py).unwrap(), map.clone().into_pyobject(py).unwrap()] {
                assert!(object.is_exact_instance_of::<PyDict>());
                assert!(object.as_any().eq(&expected).unwrap());
            }
            assert_eq!(expected.extract::<HashMap<String, i32>>().unwrap(), map);
            let set: HashSet<String> = map.into_keys().collect();
            for object in [(&set).into_pyobject(py).unwrap(), set.clone().into_pyobject(py).unwrap()] {
                assert!(object.is_exact_instance_of::<PySet>());
                assert_eq!(object.extract::<HashSet<String>>().unwrap(), set);
            }
        });
    }
}

#[test]
fn what_is_a_decimal_number() {
    Python::attach(|py| {
        let scope = scope(py);
        run(&scope, c"from decimal import *; getcontext().prec = 5");
        for (code, text) in [
            (c"Decimal('1.10')", "1.10"),
            (c"2 ** 100", "1267650600228229401496703205376"),
            (c"1.5", "1.5"),
            (c"'-0.001'", "-0.001"),
        ] {
            let value: BigDecimal = eval(&scope, code).extract().unwrap();
            assert_eq!(value.to_string(), text);
            // The precision of Python's decimal context has no effect.
            assert_eq!(value.into_pyobject(py).unwrap().str().unwrap(), text);
        }
        for code in [c"Decimal('NaN')", c"Decimal('-Infinity')", c"True", c"None", c"'x'"] {
            let error = eval(&scope, code).extract::<BigDecimal>().unwrap_err();
            assert!(error.is_instance_of::<PyValueError>(py), "{error}");
        }
        let error = BigDecimal::new(1.into(), i64::MIN).into_pyobject(py).unwrap_err();
        assert!(error.get_type(py).is(scope.get_item("InvalidOperation").unwrap().unwrap()), "{error}");
        run(&scope, c"getcontext().prec = 28");
    });
}

#[test]
fn maps_come_from_a_dict_and_sets_from_sets() {
    Python::attach(|py| {
        let scope = scope(py);
        let error = eval(&scope, c"[('a', 1)]").extract::<HashMap<String, i32>>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'list' object is not an instance of 'dict'");
        assert_eq!(eval(&scope, c"frozenset([1])").extract::<HashSet<i32>>().unwrap(), HashSet::from_iter([1]));
        let error = eval(&scope, c"[1]").extract::<HashSet<i32>>().unwrap_err();
        assert_eq!(error.to_string(), "TypeError: 'list' object is not an instance of 'set'");
        assert!(eval(&scope, c"{'x'}").extract::<HashSet<i32>>().is_err());
    });
}

#[test]
fn guards_that_keep_their_lock() {
    Python::attach(|py| {
        let mutex = Arc::new(Mutex::new(1));
        let guard = mutex.lock_py_attached(py);
        assert!(mutex.try_lock().is_none());
        let weak = Arc::downgrade(&mutex);
        drop(mutex);
        assert_eq!(*guard, 1);
        drop(guard);
        assert!(weak.upgrade().is_none());

        let mutex = Arc::new(ReentrantMutex::new(2));
        assert_eq!(*mutex.lock_py_attached(py) + *mutex.lock_py_attached(py), 4);

        let lock = Arc::new(RwLock::new(3));
        *lock.write_py_attached(py) += 1;
        let guards = (lock.read_py_attached(py), lock.read_py_attached(py));
        assert_eq!((*guards.0, *guards.1), (4, 4));
    });
}
