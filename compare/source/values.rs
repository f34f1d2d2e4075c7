//! Text, numbers, dates, types, modules, code and errors.

use std::borrow::Cow;
use std::ffi::CString;
use std::io;

use pyo3::exceptions::*;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::*;

use crate::eval;
use crate::report::{Report, shown};

pub fn run(report: &Report<'_>, scope: &Bound<'_, PyDict>) -> PyResult<()> {
    texts(report, scope);
    bytes(report, scope);
    numbers(report, scope);
    into_python(report, scope.py());
    dates(report, scope.py());
    slices_and_iterators(report, scope);
    types(report, scope);
    modules(report, scope.py());
    code(report, scope.py());
    errors(report, scope);
    errors_of_rust(report, scope);
    others(report, scope);
    Ok(())
}

fn texts(report: &Report<'_>, scope: &Bound<'_, PyDict>) {
    let py = scope.py();
    for source in ["''", "'abc'", "'h\\xe9'", "'\\U0001f600'", "'\\ud800x'", "'a\\x00b'", "Text('q')"] {
        let line = |name: &str, call: &dyn Fn(Bound<'_, PyString>) -> PyResult<String>| {
            report.line(&format!("{source}.{name}"), || call(eval(scope, source)?.cast_into()?));
        };
        line("to_str", &|text| Ok(text.to_str()?.to_owned()));
        line("to_cow", &|text| Ok(text.to_cow()?.into_owned()));
        line("to_string_lossy", &|text| Ok(text.to_string_lossy().into_owned()));
        line("encode_utf8", &|text| shown(text.encode_utf8()?.as_any()));
        line("==", &|text| Ok(format!("{} {}", text == "abc", text.as_any().eq("abc")?)));
        line("Display, Debug", &|text| Ok(format!("{text} {text:?}")));
        line("extract PyBackedStr", &|text| Ok(format!("{:?}", text.extract::<PyBackedStr>()?)));
        line("extract char", &|text| Ok(text.extract::<char>()?.to_string()));
        line("extract Cow", &|text| Ok(text.extract::<Cow<'_, str>>()?.into_owned()));
        line("extract CString", &|text| Ok(format!("{:?}", text.extract::<CString>()?)));
    }
    report.line("PyString::from_bytes", || shown(PyString::from_bytes(py, b"ab\xff")?.as_any()));
    report.line("PyString::from_fmt", || shown(PyString::from_fmt(py, format_args!("{}-{}", 1, "a"))?.as_any()));
    for (source, encoding, errors) in [
        ("b'ab'", Some(c"utf-8"), Some(c"strict")),
        ("b'ab\\xff'", Some(c"utf-8"), Some(c"strict")),
        ("b'ab\\xff'", None, Some(c"ignore")),
        ("b'ab'", Some(c"nothing"), None),
        ("'ab'", None, None),
        ("5", None, None),
        ("bytearray(b'q')", None, None),
    ] {
        report.line(&format!("PyString::from_encoded_object {source} {encoding:?} {errors:?}"), || {
            shown(PyString::from_encoded_object(&eval(scope, source)?, encoding, errors)?.as_any())
        });
    }
}

fn bytes(report: &Report<'_>, scope: &Bound<'_, PyDict>) {
    let py = scope.py();
    report.line("PyBytes::new_with", || {
        let fill = |bytes: &mut [u8]| {
            bytes[0] = 65;
            Ok(())
        };
        shown(PyBytes::new_with(py, 3, fill)?.as_any())
    });
    report.line("PyBytes::new_with, failing", || {
        shown(PyBytes::new_with(py, 3, |_| Err(PyValueError::new_err("no")))?.as_any())
    });
    report.line("PyBytes, by index", || {
        Ok(format!("{} {:?}", PyBytes::new(py, b"ab")[1], &PyBytes::new(py, b"ab")[..1]))
    });
    report.line("PyBytes ==", || Ok((PyBytes::new(py, b"ab") == b"ab"[..]).to_string()));
    for source in ["b'ab'", "'ab'", "[1, 2]", "5"] {
        report
            .line(&format!("PyByteArray::from {source}"), || shown(PyByteArray::from(&eval(scope, source)?)?.as_any()));
        report.line(&format!("PyMemoryView::from {source}"), || {
            shown(&PyMemoryView::from(&eval(scope, source)?)?.call_method0("tolist")?)
        });
    }
    report.line("PyByteArray::resize, exported", || {
        let bytes = PyByteArray::new(py, b"abc");
        let view = PyMemoryView::from(&bytes)?;
        let resized = bytes.resize(10);
        drop(view);
        resized.map(|()| "done".to_owned())
    });
}

fn numbers(report: &Report<'_>, scope: &Bound<'_, PyDict>) {
    let py = scope.py();
    for source in ["Count(5)", "Measure(2.5)", "True", "5", "2.5", "2**70", "1j"] {
        let line = |name: &str, call: &dyn Fn(Bound<'_, PyAny>) -> PyResult<String>| {
            report.line(&format!("{source}.{name}"), || call(eval(scope, source)?));
        };
        line("extract i64", &|number| Ok(number.extract::<i64>()?.to_string()));
        line("extract f64", &|number| Ok(number.extract::<f64>()?.to_string()));
        line("PyFloat::value", &|number| Ok(number.cast::<PyFloat>()?.value().to_string()));
        line("PyComplex::abs", &|number| Ok(number.cast::<PyComplex>()?.abs().to_string()));
        line("add", &|number| shown(&number.add(1)?));
    }
    let complex = |real, imag| PyComplex::from_doubles(py, real, imag);
    report.line("PyComplex, operators", || {
        let (a, b) = (complex(1.0, 2.0), complex(3.0, 4.0));
        Ok(format!("{} {} {} {} {} {}", &a + &b, &a - &b, &a * &b, &a / &b, a.pow(&b), -&a))
    });
    report.line("PyComplex, divided by zero", || Ok((&complex(1.0, 2.0) / &complex(0.0, 0.0)).to_string()));
}

/// Converts Rust values to Python.
fn into_python(report: &Report<'_>, py: Python<'_>) {
    macro_rules! lines {
        ($($value:expr),* $(,)?) => {
            $(report.line(concat!("into_pyobject ", stringify!($value)), || {
                shown(&$value.into_pyobject(py).map_err(PyErr::from)?.into_any())
            });)*
        };
    }
    lines![
        usize::MAX,
        i128::MIN,
        u128::MAX,
        0.1f32,
        'é',
        (),
        None::<i32>,
        Some("text"),
        [1u16, 2],
        [1u8, 2],
        vec![1u8],
        &[1u8, 2][..],
        &[1i8, 2][..],
        (1, "two", 3.0),
        std::time::Duration::from_millis(1500),
        std::time::Duration::MAX,
        std::time::UNIX_EPOCH,
        Cow::Borrowed("text"),
        Cow::Borrowed(&b"bytes"[..]),
        std::path::Path::new("/path"),
        std::ffi::OsStr::new("text"),
        std::net::Ipv4Addr::LOCALHOST,
        std::net::Ipv6Addr::LOCALHOST,
        c"text",
        vec![Some((1, "a")), None],
        std::collections::BTreeMap::from([(1, "a")]),
        std::collections::BTreeSet::from([1]),
        std::num::NonZeroI32::MIN,
    ];
}

fn dates(report: &Report<'_>, py: Python<'_>) {
    let utc = || PyTzInfo::utc(py).map(|utc| utc.to_owned());
    for (year, month, day) in [(2020, 2, 29), (2020, 2, 30), (2020, 13, 1), (0, 1, 1), (10_000, 1, 1)] {
        report.line(&format!("PyDate::new {year} {month} {day}"), || {
            let date = PyDate::new(py, year, month, day)?;
            Ok(format!("{date} {} {} {}", date.get_year(), date.get_month(), date.get_day()))
        });
        report.line(&format!("PyDateTime::new {year} {month} {day}"), || {
            let moment = PyDateTime::new(py, year, month, day, 3, 4, 5, 6, Some(&utc()?))?;
            Ok(format!("{moment} {:?} {}", moment.get_tzinfo().map(|zone| zone.to_string()), moment.get_fold()))
        });
    }
    for (hour, minute, second, microsecond) in
        [(1, 2, 3, 4), (24, 0, 0, 0), (0, 60, 0, 0), (0, 0, 60, 0), (0, 0, 0, 1_000_000)]
    {
        report.line(&format!("PyTime::new {hour} {minute} {second} {microsecond}"), || {
            let time = PyTime::new_with_fold(py, hour, minute, second, microsecond, None, true)?;
            Ok(format!("{time} {} {} {}", time.get_hour(), time.get_microsecond(), time.get_fold()))
        });
    }
    for timestamp in [0.0, 1.5, -1e9, 1e30, f64::NAN] {
        report.line(&format!("PyDate::from_timestamp {timestamp}"), || {
            shown(PyDate::from_timestamp(py, timestamp)?.as_any())
        });
        report.line(&format!("PyDateTime::from_timestamp {timestamp}"), || {
            shown(PyDateTime::from_timestamp(py, timestamp, Some(&utc()?))?.as_any())
        });
    }
    for (days, seconds) in [(1, -2), (i32::MAX, 0), (2, 0), (0, 3600)] {
        report.line(&format!("PyDelta::new {days} {seconds}"), || {
            let delta = PyDelta::new(py, days, seconds, 3_000_000, true)?;
            Ok(format!("{delta} {} {} {}", delta.get_days(), delta.get_seconds(), delta.get_microseconds()))
        });
        report.line(&format!("PyTzInfo::fixed_offset {days} {seconds}"), || {
            shown(PyTzInfo::fixed_offset(py, PyDelta::new(py, days, seconds, 0, true)?)?.as_any())
        });
    }
    report.line("PyTzInfo::timezone", || shown(PyTzInfo::timezone(py, "UTC")?.as_any()));
    report.line("PyTzInfo::timezone, unknown", || shown(PyTzInfo::timezone(py, "Nowhere/No")?.as_any()));
}

fn slices_and_iterators(report: &Report<'_>, scope: &Bound<'_, PyDict>) {
    let py = scope.py();
    for (start, stop, step) in [(0, 5, 1), (-3, -1, 1), (5, 0, -1), (isize::MIN, isize::MAX, 2), (1, 1, 1), (1, 2, 0)] {
        report.line(&format!("PySlice::new {start} {stop} {step}"), || {
            let indices = PySlice::new(py, start, stop, step).indices(4)?;
            Ok(format!("{} {} {} {}", indices.start, indices.stop, indices.step, indices.slicelength))
        });
        report.line(&format!("PyRange::new_with_step {start} {stop} {step}"), || {
            let range = PyRange::new_with_step(py, start, stop, step)?;
            Ok(format!("{range} {} {} {}", range.start()?, range.stop()?, range.step()?))
        });
    }
    report.line("PySlice::full", || shown(PySlice::full(py).as_any()));
    report.line("PyIterator::send", || {
        let mut items = eval(scope, "echo()")?.try_iter()?;
        let first = items.next().transpose()?;
        let second = items.send(&5i32.into_pyobject(py)?.into_any())?;
        Ok(format!("{first:?} {second:?} {:?}", items.send(py.None().bind(py))?))
    });
    report.line("PyIterator::size_hint", || {
        let hint = |source| Ok::<_, PyErr>(eval(scope, source)?.try_iter()?.size_hint());
        Ok(format!("{:?} {:?}", hint("iter([1, 2])")?, hint("echo()")?))
    });
    report.line("PyIterator, failing in between", || {
        let items = eval(scope, "(1 / number for number in (1, 0, 2))")?.try_iter()?;
        Ok(items.map(|item| item.map_or_else(|error| error.to_string(), |item| item.to_string())).collect())
    });
}

fn types(report: &Report<'_>, scope: &Bound<'_, PyDict>) {
    for source in
        ["int", "Plain", "Outer.Inner", "collections.OrderedDict", "datetime.datetime", "type", "Items", "ValueError"]
    {
        let line = |name: &str, call: &dyn Fn(Bound<'_, PyType>) -> PyResult<String>| {
            report.line(&format!("{source}.{name}"), || call(eval(scope, source)?.cast_into()?));
        };
        line("name, qualname, module", &|class| {
            Ok(format!("{} {} {}", class.name()?, class.qualname()?, class.module()?))
        });
        line("fully_qualified_name", &|class| Ok(class.fully_qualified_name()?.to_string()));
        line("mro, bases", &|class| Ok(format!("{} {}", class.mro(), class.bases())));
        line("is_subclass", &|class| Ok(class.is_subclass(&eval(scope, "list")?)?.to_string()));
        line("is_subclass of no type", &|class| Ok(class.is_subclass(&eval(scope, "5")?)?.to_string()));
        line("Debug", &|class| Ok(format!("{class:?}")));
    }
}

fn modules(report: &Report<'_>, py: Python<'_>) {
    report.line("PyModule::new", || {
        let module = PyModule::new(py, "fresh")?;
        module.add("a", 1)?;
        module.add_submodule(&PyModule::new(py, "fresh.sub")?)?;
        Ok(format!("{} {} {}", module.name()?, module.index()?, module.dict().len()))
    });
    report.line("PyModule::filename, none", || Ok(PyModule::new(py, "fresh")?.filename()?.to_string()));
    report.line("PyModule::add, __all__ no list", || {
        let module = PyModule::new(py, "fresh")?;
        module.setattr("__all__", 5)?;
        module.add("a", 1).map(|()| "done".to_owned())
    });
    for name in ["no_such_module", "os.path", "", "os.nothing"] {
        report.line(&format!("import {name}"), || Ok(py.import(name)?.name()?.to_string()));
    }
    for source in [c"x = 1", c"x = = 1", c"1 / 0"] {
        report.line(&format!("PyModule::from_code {source:?}"), || {
            shown(&PyModule::from_code(py, source, c"file.py", c"from_code")?.getattr("x")?)
        });
    }
}

fn code(report: &Report<'_>, py: Python<'_>) {
    for source in [c"1 +", c"missing", c"1 / 0", c"(yield)", c"import os", c"", c"1 + 2"] {
        report.line(&format!("eval {source:?}"), || shown(&py.eval(source, None, None)?));
        report.line(&format!("run {source:?}"), || py.run(source, None, None).map(|()| "done".to_owned()));
        report.line(&format!("PyCode::compile {source:?}"), || {
            shown(&PyCode::compile(py, source, c"file.py", pyo3::types::code::PyCodeInput::Eval)?.run(None, None)?)
        });
    }
    report.line("run with locals", || {
        let locals = PyDict::new(py);
        py.run(c"z = 3", None, Some(&locals))?;
        shown(locals.as_any())
    });
    report.line("run with globals", || {
        let globals = PyDict::new(py);
        py.run(c"z = 3", Some(&globals), None)?;
        Ok(format!("{} {}", globals.contains("__builtins__")?, globals.contains("z")?))
    });
}

fn errors(report: &Report<'_>, scope: &Bound<'_, PyDict>) {
    let py = scope.py();
    let made: [(&str, fn() -> PyErr); 5] = [
        ("a text", || PyValueError::new_err("text")),
        ("a tuple", || PyValueError::new_err(("text", 1))),
        ("nothing", || PyValueError::new_err(())),
        ("None", || PyValueError::new_err(None::<i32>)),
        ("arguments that do not fit", || PyUnicodeDecodeError::new_err("text")),
    ];
    for (name, error) in made {
        report.line(&format!("PyErr of {name}"), || {
            let error = error();
            Ok(format!("{error} {error:?} {}", error.value(py).repr()?))
        });
    }
    report.line("PyErr::from_type, no exception", || Ok(PyErr::from_type(py.get_type::<PyInt>(), "x").to_string()));
    report.line("PyErr::from_value, a type", || {
        Ok(PyErr::from_value(py.get_type::<PyKeyError>().into_any()).to_string())
    });
    report.line("PyErr::matches", || {
        let error = PyKeyError::new_err("k");
        let types = (py.get_type::<PyInt>(), py.get_type::<PyKeyError>());
        Ok(format!("{} {}", error.matches(py, py.get_type::<PyLookupError>())?, error.matches(py, types)?))
    });
    report.line("PyErr::matches, no type", || Ok(PyKeyError::new_err("k").matches(py, "x")?.to_string()));
    report.line("PyErr::traceback", || {
        let error = eval(scope, "fail()").expect_err("it fails");
        Ok(error.traceback(py).map(|traceback| traceback.format()).transpose()?.unwrap_or_default())
    });
    report.line("PyErr::set_cause", || {
        let error = PyValueError::new_err("outer");
        error.set_cause(py, Some(PyKeyError::new_err("inner")));
        Err(error)
    });
    report.line("PyErr::set_context", || {
        let error = PyValueError::new_err("outer");
        error.set_context(py, Some(PyKeyError::new_err("inner")));
        Ok(format!("{:?} {:?}", error.cause(py), error.context(py)))
    });
    report.line("PyErr::restore and take", || {
        PyValueError::new_err("text").restore(py);
        Ok(format!("{:?}", PyErr::take(py)))
    });
    report.line("PyErr::fetch, nothing", || Ok(PyErr::fetch(py).to_string()));
    report.line("PyErr::take, a panic", || {
        pyo3::panic::PanicException::new_err("panic").restore(py);
        Ok(format!("{:?}", PyErr::take(py)))
    });
    report.line("PyErr::warn, as an error", || {
        let warnings = py.import("warnings")?;
        warnings.call_method1("simplefilter", ("error",))?;
        let warned = PyErr::warn(py, &py.get_type::<PyUserWarning>(), c"careful", 0);
        warnings.call_method0("resetwarnings")?;
        warned.map(|()| "done".to_owned())
    });
    report.line("PyErr::new_type", || Ok(PyErr::new_type(py, c"module.Name", Some(c"doc"), None, None)?.to_string()));
    report.line("PyErr::new_type, no module", || Ok(PyErr::new_type(py, c"Name", None, None, None)?.to_string()));
    report.line("PyErr::clone_ref", || {
        let error = PyValueError::new_err("text");
        Ok(error.clone_ref(py).value(py).is(error.value(py)).to_string())
    });
}

/// Converts errors of the standard library to exceptions and back.
fn errors_of_rust(report: &Report<'_>, scope: &Bound<'_, PyDict>) {
    for number in 1..134 {
        report.line(&format!("errno {number}"), || Err(io::Error::from_raw_os_error(number).into()));
    }
    for name in [
        "MemoryError",
        "IsADirectoryError",
        "NotADirectoryError",
        "FileExistsError",
        "FileNotFoundError",
        "TimeoutError",
        "BlockingIOError",
        "InterruptedError",
        "PermissionError",
        "BrokenPipeError",
        "ConnectionAbortedError",
        "ConnectionRefusedError",
        "ConnectionResetError",
        "ChildProcessError",
        "ProcessLookupError",
        "OSError",
        "ValueError",
        "KeyboardInterrupt",
    ] {
        report.line(&format!("io::Error from {name}"), || {
            let error = io::Error::from(PyErr::from_value(eval(scope, name)?.call0()?));
            Ok(format!("{:?} {error}", error.kind()))
        });
    }
    macro_rules! lines {
        ($($error:expr),* $(,)?) => {
            $(report.line(stringify!($error), || $error.map(|_| "no error".to_owned()).map_err(PyErr::from));)*
        };
    }
    lines![
        "x".parse::<i32>(),
        "".parse::<i32>(),
        "x".parse::<f64>(),
        "x".parse::<bool>(),
        "x".parse::<std::net::IpAddr>(),
        u8::try_from(300i32),
        char::try_from(0xd800u32),
        String::from_utf8(vec![0x61, 0xff]),
        CString::new("a\0"),
        <[u8; 2]>::try_from(&[1u8][..]),
    ];
}

fn others(report: &Report<'_>, scope: &Bound<'_, PyDict>) {
    let py = scope.py();
    report.line("PyCapsule", || {
        let capsule = PyCapsule::new_with_value(py, 5, c"name")?;
        Ok(format!("{capsule} {}", capsule.is_valid_checked(Some(c"name"))))
    });
    report.line("PyCapsule::pointer_checked, other name", || {
        PyCapsule::new_with_value(py, 5, c"name")?.pointer_checked(Some(c"other")).map(|_| "done".to_owned())
    });
    report.line("PyWeakrefReference::upgrade", || {
        let object = eval(scope, "Plain()")?;
        let weak = PyWeakrefReference::new(&object)?;
        let before = weak.upgrade().is_some();
        drop(object);
        Ok(format!("{before} {}", weak.upgrade().is_some()))
    });
    report.line("PyWeakrefReference::upgrade_as", || {
        let object = eval(scope, "Plain()")?;
        PyWeakrefReference::new(&object)?.upgrade_as::<PyInt>()?;
        Ok("done".to_owned())
    });
    report.line("PyWeakrefProxy, gone", || {
        let object = eval(scope, "Plain()")?;
        let proxy = PyWeakrefProxy::new(&object)?;
        drop(object);
        shown(&proxy.getattr("x")?)
    });
    report.line("PySuper::new", || shown(PySuper::new(&py.get_type::<PyInt>(), &eval(scope, "True")?)?.as_any()));
    report.line("PySuper::new, no instance", || {
        shown(PySuper::new(&py.get_type::<PyInt>(), &eval(scope, "'x'")?)?.as_any())
    });
    report.line("PyCFunction::new_closure", || {
        let function =
            PyCFunction::new_closure(py, Some(c"name"), Some(c"doc"), |arguments, _| match arguments.len() {
                3 => Err(PyValueError::new_err("three")),
                4 => panic!("four"),
                count => Ok(count),
            })?;
        let call = |count: usize| function.call1(PyTuple::new(py, vec![0; count])?);
        Ok(format!("{:?} {:?} {:?} {}", call(2), call(3), call(4), function.getattr("__name__")?))
    });
    report.line("PyGenericAlias::new", || {
        shown(PyGenericAlias::new(py, &py.get_type::<PyList>(), &py.get_type::<PyInt>())?.as_any())
    });
    report.line("Py, shown and called", || {
        let function = eval(scope, "len")?.unbind();
        Ok(format!("{function} {function:?} {} {:?}", function.call1(py, ("abc",))?, function.call0(py)))
    });
    report.line("Bound::cast", || {
        let object = eval(scope, "True")?;
        Ok(format!("{} {}", object.cast::<PyInt>().is_ok(), object.cast_exact::<PyInt>().is_ok()))
    });
    report.line("Bound::cast_into, wrong", || {
        let error = eval(scope, "5")?.cast_into::<PyList>().expect_err("it is no list");
        Ok(format!("{error} {error:?}"))
    });
}
