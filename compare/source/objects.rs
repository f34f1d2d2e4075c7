//! Operations that any object supports: protocols, conversions, casts.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::*;

use crate::eval;
use crate::report::{Report, shown};

type Call = fn(&Bound<'_, PyAny>) -> PyResult<String>;

/// Lists calls with their names. Each returns a text that describes the result.
macro_rules! calls {
    ($($name:literal $call:expr;)*) => { &[$(($name, $call)),*] };
}

const PROTOCOLS: &[(&str, Call)] = calls! {
    "repr" |object| shown(object);
    "str" |object| Ok(object.str()?.to_string_lossy().into_owned());
    "Display" |object| Ok(object.to_string());
    "len" |object| Ok(object.len()?.to_string());
    "is_empty" |object| Ok(object.is_empty()?.to_string());
    "is_truthy" |object| Ok(object.is_truthy()?.to_string());
    "is_callable" |object| Ok(object.is_callable().to_string());
    "hash" |object| object.hash().map(|_| "a number".to_owned());
    "neg" |object| shown(&object.neg()?);
    "pos" |object| shown(&object.pos()?);
    "abs" |object| shown(&object.abs()?);
    "bitnot" |object| shown(&object.bitnot()?);
    "getattr" |object| shown(&object.getattr("nothing")?);
    "getattr_opt" |object| Ok(format!("{:?}", object.getattr_opt("nothing")?.map(|value| value.to_string())));
    "hasattr" |object| Ok(object.hasattr("attr")?.to_string());
    "setattr" |object| object.setattr("new", 1).map(|()| "done".to_owned());
    "delattr" |object| object.delattr("nothing").map(|()| "done".to_owned());
    "get_item 0" |object| shown(&object.get_item(0)?);
    "get_item -1" |object| shown(&object.get_item(-1)?);
    "get_item 'a'" |object| shown(&object.get_item("a")?);
    "get_item slice" |object| shown(&object.get_item(PySlice::new(object.py(), 0, 1, 1))?);
    "contains 1" |object| Ok(object.contains(1)?.to_string());
    "contains 'a'" |object| Ok(object.contains("a")?.to_string());
    "contains None" |object| Ok(object.contains(object.py().None())?.to_string());
    "call1" |object| shown(&object.call1((1,))?);
    "call" |object| shown(&object.call((1,), Some(&[("other", 1)].into_py_dict(object.py())?))?);
    "call_method0" |object| shown(&object.call_method0("nothing")?);
    "dir" |object| object.dir().map(|_| "a list".to_owned());
    "try_iter" |object| {
        let items = object.try_iter()?.take(3).map(|item| shown(&item?));
        Ok(items.collect::<PyResult<Vec<_>>>()?.join(", "))
    };
    "is_instance" |object| Ok(object.is_instance_of::<PyInt>().to_string());
    "is_instance of it" |object| Ok(object.py().None().bind(object.py()).is_instance(object)?.to_string());
    "get_type" |object| {
        let class = object.get_type();
        Ok(format!("{} {} {}", class.name()?, class.module()?, class.qualname()?))
    };
    "as a key" |object| {
        let dict = PyDict::new(object.py());
        dict.set_item(object, 1)?;
        Ok(dict.contains(object)?.to_string())
    };
    "in a set" |object| {
        let set = PySet::new(object.py(), [object])?;
        set.add(object)?;
        Ok(format!("{} {}", set.len(), set.contains(object)?))
    };
    "PyErr::from_value" |object| Ok(PyErr::from_value(object.clone()).get_type(object.py()).name()?.to_string());
    "PyWeakrefReference::new" |object| PyWeakrefReference::new(object).map(|_| "done".to_owned());
    "PyBuffer" |object| {
        let buffer = PyBuffer::<u8>::get(object)?;
        Ok(format!("{:?} {}", buffer.to_vec(object.py())?, buffer.readonly()))
    };
};

macro_rules! conversions {
    ($($ty:ty),* $(,)?) => {
        &[$((concat!("extract ", stringify!($ty)), |object| Ok(format!("{:?}", object.extract::<$ty>()?)))),*]
    };
}

const CONVERSIONS: &[(&str, Call)] = conversions![
    i8,
    u8,
    i32,
    u32,
    i64,
    u64,
    isize,
    usize,
    i128,
    u128,
    std::num::NonZeroU8,
    f32,
    f64,
    bool,
    char,
    String,
    std::ffi::CString,
    PathBuf,
    OsString,
    Vec<u8>,
    Vec<i32>,
    [u8; 2],
    (i32, i32),
    BTreeSet<i32>,
    BTreeMap<String, i32>,
    Option<i32>,
    Duration,
    IpAddr,
    pyo3::pybacked::PyBackedStr,
    pyo3::pybacked::PyBackedBytes,
];

macro_rules! casts {
    ($($ty:ty),* $(,)?) => {
        &[$((concat!("cast ", stringify!($ty)), |object| Ok(object.cast::<$ty>().map(|_| "done".to_owned())?))),*]
    };
}

const CASTS: &[(&str, Call)] = casts![
    PyInt,
    PyFloat,
    PyBool,
    PyComplex,
    PyString,
    PyBytes,
    PyByteArray,
    PyTuple,
    PyList,
    PyDict,
    PySet,
    PyFrozenSet,
    PySlice,
    PyModule,
    PyType,
    PyFunction,
    PyCFunction,
    PyMemoryView,
    PyDate,
    PyDateTime,
    PyTime,
    PyDelta,
    PyTzInfo,
    PySequence,
    PyMapping,
    PyIterator,
    PyMappingProxy,
    PyWeakref,
    PyWeakrefReference,
    PyGenericAlias,
    PyRange,
    PyCode,
    PyFrame,
    PyTraceback,
    PySuper,
];

/// Makes all calls with each subject of `objects.py`. Each call gets a fresh object.
pub fn run(report: &Report<'_>, scope: &Bound<'_, PyDict>) -> PyResult<()> {
    for subject in scope.as_any().get_item("subjects")?.extract::<Vec<String>>()? {
        for (name, call) in [PROTOCOLS, CONVERSIONS, CASTS].into_iter().flatten() {
            report.line(&format!("{name} | {subject}"), || call(&eval(scope, &subject)?));
        }
    }
    Ok(())
}
