//! Functions and descriptors made from C definitions: how they are called, and how their exceptions are raised.

use core::ffi::{CStr, c_char, c_int, c_void};
use std::ptr::null_mut;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyInt, PyTuple, PyType};
use pyo3_ffi::{self as ffi, PyObject};

/// Runs Python code in a scope with these objects.
#[track_caller]
fn run(py: Python<'_>, names: &[(&str, &Bound<'_, PyAny>)], code: &CStr) {
    let scope = PyDict::new(py);
    for (name, object) in names {
        scope.set_item(name, object).unwrap();
    }
    if let Err(error) = py.run(code, Some(&scope), None) {
        error.display(py);
        panic!("{error}");
    }
}

/// Creates a definition that is never freed.
fn definition(
    name: &'static CStr,
    function: ffi::PyMethodDefPointer,
    flags: c_int,
    doc: &'static CStr,
) -> *mut ffi::PyMethodDef {
    Box::leak(Box::new(ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: function,
        ml_flags: flags,
        ml_doc: if doc.is_empty() { core::ptr::null() } else { doc.as_ptr() },
    }))
}

/// Converts an owned pointer to a handle, or to the exception that is set.
fn owned<'py>(py: Python<'py>, object: *mut PyObject) -> PyResult<Bound<'py, PyAny>> {
    // SAFETY: `py` proves that the thread is attached. The functions called in this file return owned references or
    // null.
    unsafe { Bound::from_owned_ptr_or_err(py, object) }
}

/// Returns the tuple `(receiver, value)`, with `None` for null.
fn pair(receiver: *mut PyObject, value: *mut PyObject) -> *mut PyObject {
    // SAFETY: the runtime calls this on an attached thread; the pointers are null or borrowed from the caller.
    unsafe {
        let or_none = |object: *mut PyObject| if object.is_null() { ffi::Py_None() } else { object };
        let list = ffi::PyList_New(0);
        assert_eq!(ffi::PyList_Append(list, or_none(receiver)), 0);
        assert_eq!(ffi::PyList_Append(list, or_none(value)), 0);
        let pair = ffi::PyList_AsTuple(list);
        ffi::Py_DECREF(list);
        pair
    }
}

unsafe extern "C" fn plain(receiver: *mut PyObject, argument: *mut PyObject) -> *mut PyObject {
    pair(receiver, argument)
}

unsafe extern "C" fn keywords(_: *mut PyObject, positional: *mut PyObject, keywords: *mut PyObject) -> *mut PyObject {
    pair(positional, keywords)
}

unsafe extern "C" fn array(
    receiver: *mut PyObject,
    arguments: *mut *mut PyObject,
    count: ffi::Py_ssize_t,
) -> *mut PyObject {
    // SAFETY: the runtime calls this on an attached thread, with that many arguments.
    unsafe {
        let list = ffi::PyList_New(0);
        for index in 0..count as usize {
            assert_eq!(ffi::PyList_Append(list, *arguments.add(index)), 0);
        }
        let result = pair(receiver, list);
        ffi::Py_DECREF(list);
        result
    }
}

unsafe extern "C" fn array_and_names(
    _: *mut PyObject,
    arguments: *const *mut PyObject,
    count: ffi::Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the runtime calls this on an attached thread, with one additional argument for each name.
    unsafe {
        let more = if names.is_null() { 0 } else { ffi::PyTuple_Size(names) };
        array(names, arguments.cast_mut(), count + more)
    }
}

/// The limited API does not declare this type of function.
#[cfg(not(Py_LIMITED_API))]
unsafe extern "C" fn of_class(
    _: *mut PyObject,
    class: *mut ffi::PyTypeObject,
    arguments: *const *mut PyObject,
    count: ffi::Py_ssize_t,
    names: *mut PyObject,
) -> *mut PyObject {
    // SAFETY: the runtime calls this on an attached thread, with one additional argument for each name.
    unsafe {
        let values = array_and_names(null_mut(), arguments, count, names);
        let result = pair(class.cast(), values);
        ffi::Py_DECREF(values);
        result
    }
}

unsafe extern "C" fn fails(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    // SAFETY: the runtime calls this on an attached thread.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_ValueError, c"of C".as_ptr()) };
    null_mut()
}

/// Raises an exception, handles it, and checks that none is set afterwards.
unsafe extern "C" fn recovers(receiver: *mut PyObject, argument: *mut PyObject) -> *mut PyObject {
    // SAFETY: the runtime calls this on an attached thread.
    unsafe {
        assert!(ffi::PyErr_Occurred().is_null());
        fails(receiver, argument);
        assert!(!ffi::PyErr_Occurred().is_null());
        ffi::PyErr_Clear();
        assert!(ffi::PyErr_Occurred().is_null());
        ffi::PyLong_FromLong(42)
    }
}

unsafe extern "C" fn silent(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
    null_mut()
}

unsafe extern "C" fn contradicts(receiver: *mut PyObject, argument: *mut PyObject) -> *mut PyObject {
    // SAFETY: the runtime calls this on an attached thread.
    unsafe {
        fails(receiver, argument);
        ffi::PyLong_FromLong(1)
    }
}

fn no_arguments(function: ffi::PyCFunction) -> ffi::PyMethodDefPointer {
    ffi::PyMethodDefPointer { PyCFunction: function }
}

#[test]
fn functions_get_their_arguments() {
    Python::initialize();
    Python::attach(|py| {
        let receiver = PyDict::new(py);
        let module = "a_module".into_pyobject(py).unwrap();
        let make = |name, function, flags, receiver: *mut PyObject| {
            let def = definition(name, function, flags, c"f($module, /)\n--\n\nA doc.");
            // SAFETY: the thread is attached, the definition is never freed, and the objects are alive.
            owned(py, unsafe { ffi::PyCFunction_NewEx(def, receiver, module.as_ptr()) }).unwrap()
        };
        let itself = receiver.as_ptr();
        let names = [
            ("nothing", make(c"nothing", no_arguments(plain), ffi::METH_NOARGS, itself)),
            ("one", make(c"one", no_arguments(plain), ffi::METH_O, itself)),
            ("alone", make(c"alone", no_arguments(plain), ffi::METH_O, null_mut())),
            ("static", make(c"static", no_arguments(plain), ffi::METH_O | ffi::METH_STATIC, itself)),
            ("many", make(c"many", no_arguments(plain), ffi::METH_VARARGS, null_mut())),
            (
                "keywords",
                make(
                    c"keywords",
                    ffi::PyMethodDefPointer { PyCFunctionWithKeywords: keywords },
                    ffi::METH_VARARGS | ffi::METH_KEYWORDS,
                    null_mut(),
                ),
            ),
            ("array", make(c"array", ffi::PyMethodDefPointer { PyCFunctionFast: array }, ffi::METH_FASTCALL, itself)),
            (
                "names",
                make(
                    c"names",
                    ffi::PyMethodDefPointer { PyCFunctionFastWithKeywords: array_and_names },
                    ffi::METH_FASTCALL | ffi::METH_KEYWORDS,
                    null_mut(),
                ),
            ),
        ];
        let mut all: Vec<_> = names.iter().map(|(name, function)| (*name, function)).collect();
        all.push(("receiver", receiver.as_any()));
        run(
            py,
            &all,
            c"
# Often enough for calls to be specialised.
for _ in range(200):
    assert nothing() == (receiver, None) and nothing()[0] is receiver
    assert one(1) == (receiver, 1) and array(1, 2) == (receiver, [1, 2])
    assert alone(1) == (None, 1)
assert globals()['static'](1) == (None, 1)
assert many() == (None, ()) and many(1, 2) == (None, (1, 2))
assert keywords(1) == ((1,), None), keywords(1)
assert keywords(1, a=2) == ((1,), {'a': 2}), keywords(1, a=2)
assert array(1, 2) == (receiver, [1, 2]) and array() == (receiver, [])
assert names(1) == (None, [1]) and names(1, a=2, b=3) == (('a', 'b'), [1, 2, 3])
assert one.__module__ == 'a_module' and one.__name__ == 'one'
assert one.__doc__.endswith('A doc.')

def message(*args, **kwargs):
    function, *args = args
    try:
        return function(*args, **kwargs)
    except TypeError as error:
        return str(error)
assert message(nothing, 1).endswith('nothing() takes no arguments (1 given)'), message(nothing, 1)
assert message(one).endswith('one() takes exactly one argument (0 given)'), message(one)
assert message(one, 1, 2).endswith('one() takes exactly one argument (2 given)')
for function in nothing, one, many, array:
    assert message(function, a=1).endswith('() takes no keyword arguments'), message(function, a=1)
",
        );
    });
}

#[test]
fn flags_that_contradict_each_other_are_an_error() {
    Python::initialize();
    Python::attach(|py| {
        let def = |flags| definition(c"f", no_arguments(plain), flags, c"");
        let class = py.get_type::<pyo3::types::PyList>();
        let class = class.as_type_ptr();
        for (flags, class, text) in [
            (ffi::METH_NOARGS | ffi::METH_O, null_mut(), "f() method: bad call flags"),
            (ffi::METH_KEYWORDS, null_mut(), "f() method: bad call flags"),
            (ffi::METH_O, class, "attempting to create PyCFunction with class but no METH_METHOD flag"),
        ] {
            // SAFETY: the thread is attached, and the definition is never freed.
            let made = unsafe { ffi::PyCMethod_New(def(flags), null_mut(), null_mut(), class) };
            let error = owned(py, made).unwrap_err();
            assert_eq!(error.to_string(), format!("SystemError: {text}"));
        }
    });
}

/// Code that calls the functions while handling an exception, which must be the same afterwards.
const WHILE_HANDLING: &CStr = c"
import sys

def check(call, expected):
    try:
        raise KeyError('handled')
    except KeyError as handled:
        for _ in range(3):
            try:
                assert call() == 42
            except expected as error:
                assert error.__context__ is handled, error.__context__
            else:
                assert expected is NoError
            assert sys.exc_info()[1] is handled, sys.exc_info()
        try:
            raise
        except KeyError as again:
            assert again is handled
    assert sys.exc_info() == (None, None, None)

class NoError(Exception):
    pass
";

#[test]
fn functions_leave_what_is_handled() {
    Python::initialize();
    Python::attach(|py| {
        let make = |name, function| {
            let def = definition(name, no_arguments(function), ffi::METH_NOARGS, c"");
            // SAFETY: the thread is attached, and the definition is never freed.
            owned(py, unsafe { ffi::PyCMethod_New(def, null_mut(), null_mut(), null_mut()) }).unwrap()
        };
        let (fails, recovers) = (make(c"fails", fails), make(c"recovers", recovers));
        let (silent, contradicts) = (make(c"silent", silent), make(c"contradicts", contradicts));
        let scope = [("fails", &fails), ("recovers", &recovers), ("silent", &silent), ("contradicts", &contradicts)];
        let code = format!(
            "{}
check(fails, ValueError)
check(recovers, NoError)
check(silent, SystemError)

def message(function):
    try:
        function()
    except SystemError as error:
        # 3.9 says `error`.
        return str(error).replace('an error', 'an exception'), error.__cause__
assert message(silent) == ('<built-in function silent> returned NULL without setting an exception', None)
text, cause = message(contradicts)
assert text == '<built-in function contradicts> returned a result with an exception set'
assert isinstance(cause, ValueError) and str(cause) == 'of C'
",
            WHILE_HANDLING.to_str().unwrap()
        );
        run(py, &scope, &std::ffi::CString::new(code).unwrap());
    });
}

unsafe extern "C" fn get(receiver: *mut PyObject, closure: *mut c_void) -> *mut PyObject {
    // SAFETY: the runtime calls this on an attached thread, with an instance of the class and the closure of the
    // definition.
    unsafe {
        let name = ffi::PyUnicode_FromString(closure.cast::<c_char>());
        let value = ffi::PyDict_GetItemWithError(receiver, name);
        if value.is_null() && ffi::PyErr_Occurred().is_null() {
            ffi::PyErr_SetObject(ffi::PyExc_ValueError, name);
        }
        ffi::Py_DECREF(name);
        ffi::Py_XNewRef(value)
    }
}

unsafe extern "C" fn set(receiver: *mut PyObject, value: *mut PyObject, closure: *mut c_void) -> c_int {
    // SAFETY: the same as for the getter; a null value deletes the attribute.
    unsafe {
        let name = closure.cast::<c_char>();
        if value.is_null() {
            ffi::PyDict_DelItemString(receiver, name)
        } else if value == ffi::Py_None() {
            ffi::PyErr_SetString(ffi::PyExc_ValueError, c"not None".as_ptr());
            -1
        } else {
            ffi::PyDict_SetItemString(receiver, name, value)
        }
    }
}

#[test]
fn attributes_are_read_and_written() {
    Python::initialize();
    Python::attach(|py| {
        let scope = PyDict::new(py);
        py.run(c"class Table(dict): pass", None, Some(&scope)).unwrap();
        let class = scope.get_item("Table").unwrap().unwrap();
        let getset = |name: &'static CStr, get, set| {
            let def = Box::leak(Box::new(ffi::PyGetSetDef {
                name: name.as_ptr(),
                get,
                set,
                doc: c"Of C.".as_ptr(),
                closure: c"key".as_ptr().cast_mut().cast(),
            }));
            // SAFETY: the thread is attached, the definition is never freed, and `class` is a live class.
            let descriptor = owned(py, unsafe { ffi::PyDescr_NewGetSet(class.as_ptr().cast(), def) }).unwrap();
            class.setattr(name.to_str().unwrap(), descriptor).unwrap();
        };
        getset(c"both", Some(get), Some(set));
        getset(c"readable", Some(get), None);
        getset(c"writable", None, Some(set));
        let code = format!(
            "{}
table = Table(key=1)
assert table.both == 1 and Table.both.__doc__ == 'Of C.'
table.both = 2
assert table == {{'key': 2}} and table.readable == 2
table.writable = 42
assert table.both == 42
check(lambda: table.both, NoError)
del table.both
assert table == {{}}
check(lambda: table.both, ValueError)
check(lambda: setattr(table, 'both', None), ValueError)
check(lambda: delattr(table, 'both'), KeyError)

def message(function, *args):
    try:
        return function(*args)
    except (AttributeError, TypeError) as error:
        return type(error).__name__ + ': ' + str(error)
assert message(setattr, table, 'readable', 1) == \"AttributeError: attribute 'readable' of 'Table' objects is not writable\"
assert message(getattr, table, 'writable') == \"AttributeError: attribute 'writable' of 'Table' objects is not readable\"
other = \"TypeError: descriptor 'both' for 'Table' objects doesn't apply to a 'dict' object\"
assert message(Table.__dict__['both'].__get__, {{}}) == other, message(Table.__dict__['both'].__get__, {{}})
assert message(Table.__dict__['both'].__set__, {{}}, 1) == other, message(Table.__dict__['both'].__set__, {{}}, 1)
",
            WHILE_HANDLING.to_str().unwrap()
        );
        run(py, &[("Table", &class)], &std::ffi::CString::new(code).unwrap());
    });
}

#[test]
fn methods_get_their_receiver() {
    Python::initialize();
    Python::attach(|py| {
        let scope = PyDict::new(py);
        py.run(c"class Table(dict): pass", None, Some(&scope)).unwrap();
        let class = scope.get_item("Table").unwrap().unwrap();
        let ty = class.as_ptr().cast::<ffi::PyTypeObject>();
        // SAFETY: the thread is attached, the definitions are never freed, and `class` is a live class.
        unsafe {
            let method =
                |name, function, flags| ffi::PyDescr_NewMethod(ty, definition(name, function, flags, c"Of C."));
            for (name, descriptor) in [
                ("method", method(c"method", no_arguments(plain), ffi::METH_VARARGS)),
                ("fails", method(c"fails", no_arguments(fails), ffi::METH_NOARGS)),
                ("recovers", method(c"recovers", no_arguments(recovers), ffi::METH_NOARGS)),
                ("silent", method(c"silent", no_arguments(silent), ffi::METH_NOARGS)),
                (
                    "class_method",
                    ffi::PyDescr_NewClassMethod(ty, definition(c"class_method", no_arguments(plain), ffi::METH_O, c"")),
                ),
            ] {
                class.setattr(name, owned(py, descriptor).unwrap()).unwrap();
            }
        }
        let code = format!(
            "{}
table = Table()
for _ in range(200):
    assert table.method(1) == (table, (1,)) and table.method(1)[0] is table
    assert table.recovers() == 42 and Table.recovers(table) == 42
assert Table.method(table, 1) == (table, (1,)) and Table.method.__doc__ == 'Of C.'
assert Table.class_method(1) == (Table, 1) and table.class_method(1) == (Table, 1)
class Derived(Table): pass
assert Derived.class_method(1) == (Derived, 1)
check(table.fails, ValueError)
check(table.recovers, NoError)
check(table.silent, SystemError)

def message(function, *args):
    try:
        return function(*args)
    except (SystemError, TypeError) as error:
        return str(error)
assert message(Table.method).endswith('method() needs an argument'), message(Table.method)
assert 'dict' in message(Table.method, {{}})
",
            WHILE_HANDLING.to_str().unwrap()
        );
        run(py, &[("Table", &class)], &std::ffi::CString::new(code).unwrap());
    });
}

/// Other functions of the C API that are called while an exception is being handled.
#[test]
fn errors_of_evaluated_code_are_raised() {
    unsafe extern "C" fn evaluates(_: *mut PyObject, source: *mut PyObject) -> *mut PyObject {
        // SAFETY: the runtime calls this on an attached thread, and all references created here are released here.
        unsafe {
            assert!(ffi::PyErr_Occurred().is_null());
            let text = [c"40 + 2", c"1 / 0", c"1 +"][ffi::PyLong_AsLong(source) as usize];
            let code = ffi::Py_CompileString(text.as_ptr(), c"source".as_ptr(), ffi::Py_eval_input);
            if code.is_null() {
                assert!(!ffi::PyErr_Occurred().is_null());
                return code;
            }
            let scope = ffi::PyDict_New();
            let value = ffi::PyEval_EvalCode(code, scope, scope);
            assert_eq!(value.is_null(), !ffi::PyErr_Occurred().is_null());
            ffi::Py_DECREF(scope);
            ffi::Py_DECREF(code);
            value
        }
    }
    unsafe extern "C" fn calls(_: *mut PyObject, object: *mut PyObject) -> *mut PyObject {
        // SAFETY: the runtime calls this on an attached thread, and all references created here are released here.
        unsafe {
            let name = ffi::PyUnicode_FromString(c"missing".as_ptr());
            let value = ffi::compat::PyObject_CallMethodNoArgs(object, name);
            assert_eq!(value.is_null(), !ffi::PyErr_Occurred().is_null());
            ffi::Py_DECREF(name);
            value
        }
    }
    Python::initialize();
    Python::attach(|py| {
        let make = |name, function| {
            let def = definition(name, no_arguments(function), ffi::METH_O, c"");
            // SAFETY: the thread is attached, and the definition is never freed.
            owned(py, unsafe { ffi::PyCFunction_New(def, null_mut()) }).unwrap()
        };
        let code = format!(
            "{}
check(lambda: evaluates(0), NoError)
check(lambda: evaluates(1), ZeroDivisionError)
check(lambda: evaluates(2), SyntaxError)
check(lambda: calls(1), AttributeError)
",
            WHILE_HANDLING.to_str().unwrap()
        );
        let (evaluates, calls) = (make(c"evaluates", evaluates), make(c"calls", calls));
        run(py, &[("evaluates", &evaluates), ("calls", &calls)], &std::ffi::CString::new(code).unwrap());
    });
}

#[cfg(not(Py_LIMITED_API))]
#[test]
fn methods_get_the_class_that_defines_them() {
    Python::initialize();
    Python::attach(|py| {
        let scope = PyDict::new(py);
        py.run(c"class Table(dict): pass", None, Some(&scope)).unwrap();
        let class = scope.get_item("Table").unwrap().unwrap();
        let function = ffi::PyMethodDefPointer { PyCMethod: of_class };
        let flags = ffi::METH_METHOD | ffi::METH_FASTCALL | ffi::METH_KEYWORDS;
        let def = definition(c"of_class", function, flags, c"");
        // SAFETY: the thread is attached, the definition is never freed, and `class` is a live class.
        let method = owned(py, unsafe { ffi::PyDescr_NewMethod(class.as_ptr().cast(), def) }).unwrap();
        class.setattr("of_class", method).unwrap();
        run(
            py,
            &[("Table", &class)],
            c"
class Derived(Table): pass
assert Derived().of_class(1, a=2) == (Table, (('a',), [1, 2])), Derived().of_class(1, a=2)
",
        );
        // SAFETY: the thread is attached, and the definition is never freed.
        let made = unsafe { ffi::PyCMethod_New(def, null_mut(), null_mut(), null_mut()) };
        let text = "SystemError: attempting to create PyCMethod with a METH_METHOD flag but no class";
        assert_eq!(owned(py, made).unwrap_err().to_string(), text);
    });
}

/// Checks functions for which -1 means failure, and functions for which -1 may be a regular result, with an object that
/// fails at everything.
#[test]
fn failures_are_told_by_minus_one() {
    /// Returns the results, each with the exception that was set, which it clears.
    unsafe extern "C" fn statuses(_: *mut PyObject, object: *mut PyObject) -> *mut PyObject {
        // SAFETY: the runtime calls this on an attached thread, and all references created here are released here.
        unsafe {
            let (name, other) = (ffi::PyUnicode_FromString(c"a".as_ptr()), ffi::PyUnicode_FromString(c"b".as_ptr()));
            let (minus_one, list) = (ffi::PyLong_FromLong(-1), ffi::PyList_New(0));
            let answers: [&dyn Fn() -> isize; 7] = [
                &|| ffi::PyObject_SetAttr(object, name, object) as isize,
                &|| ffi::PyObject_Size(object),
                &|| ffi::PyObject_IsTrue(object) as isize,
                &|| ffi::PyObject_Hash(object),
                &|| ffi::PyLong_AsSsize_t(minus_one),
                &|| ffi::PyNumber_AsSsize_t(minus_one, ffi::PyExc_ValueError),
                &|| ffi::PyUnicode_Compare(name, other) as isize,
            ];
            for answer in answers {
                assert_eq!(answer(), -1);
                let raised = ffi::PyErr_Occurred();
                assert_eq!(ffi::PyList_Append(list, if raised.is_null() { ffi::Py_None() } else { raised }), 0);
                ffi::PyErr_Clear();
            }
            for object in [name, other, minus_one] {
                ffi::Py_DECREF(object);
            }
            list
        }
    }
    Python::initialize();
    Python::attach(|py| {
        let def = definition(c"statuses", no_arguments(statuses), ffi::METH_O, c"");
        // SAFETY: the thread is attached, and the definition is never freed.
        let statuses = owned(py, unsafe { ffi::PyCFunction_New(def, null_mut()) }).unwrap();
        run(
            py,
            &[("statuses", &statuses)],
            c"
import sys

class Fails:
    def fail(self, *args): raise ValueError
    __setattr__ = __len__ = __bool__ = __hash__ = fail

class FailsAgain:
    'Raises what is being handled.'
    def again(self, *args): raise
    __setattr__ = __len__ = __bool__ = __hash__ = again

assert statuses(Fails()) == [ValueError] * 4 + [None] * 3, statuses(Fails())
try:
    1 / 0
except ZeroDivisionError as error:
    assert statuses(Fails()) == [ValueError] * 4 + [None] * 3, statuses(Fails())
    assert statuses(FailsAgain()) == [ZeroDivisionError] * 4 + [None] * 3, statuses(FailsAgain())
    assert sys.exc_info()[1] is error
",
        );
    });
}

/// Functions must be unsafe on both runtimes. Otherwise, the compiler would report unnecessary unsafe blocks in users'
/// code.
#[deny(unused_unsafe)]
#[test]
fn functions_without_conditions_are_unsafe_too() {
    Python::initialize();
    Python::attach(|_| {
        // SAFETY: the thread is attached, and all objects are released at the end. Each call has its own block, so that
        // each would trigger the lint.
        let made = [
            unsafe { ffi::PyLong_FromLong(1) },
            unsafe { ffi::PyLong_FromSize_t(2) },
            unsafe { ffi::PyFloat_FromDouble(1.5) },
            unsafe { ffi::PyComplex_FromDoubles(1.0, 2.0) },
            unsafe { ffi::PyBool_FromLong(1) },
            unsafe { ffi::PyDict_New() },
            unsafe { ffi::PyList_New(1) },
        ];
        assert!(made.iter().all(|object| !object.is_null()));
        // SAFETY: the thread is attached, and we own a reference to each object.
        unsafe { made.into_iter().for_each(|object| ffi::Py_DECREF(object)) };
        // SAFETY: the thread is attached.
        assert_ne!(unsafe { ffi::Py_IsInitialized() }, 0);
        // SAFETY: the thread is attached.
        assert!(unsafe { ffi::PyErr_Occurred() }.is_null());
        // SAFETY: the thread is attached.
        assert!(!unsafe { ffi::Py_GetVersion() }.is_null());
        // SAFETY: the thread is attached.
        assert!(unsafe { ffi::PyFloat_GetMax() } > unsafe { ffi::PyFloat_GetMin() });
        // SAFETY: the thread is attached.
        assert!(unsafe { ffi::PyGC_Collect() } >= 0);
    });
}

/// On RustPython, the fields are not in the type's memory. There, the compiler would refuse `(*ty).tp_base`.
#[cfg(any(not(Py_LIMITED_API), feature = "runtime-rustpython"))]
#[test]
fn fields_of_types_are_read() {
    Python::initialize();
    Python::attach(|py| {
        let scope = PyDict::new(py);
        py.run(
            c"
class Number(int):
    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, *args, **kwargs) if cls is Number else 'other'
class Derived(Number): pass
",
            Some(&scope),
            None,
        )
        .unwrap();
        let [number, derived] = ["Number", "Derived"].map(|name| {
            let class = scope.get_item(name).unwrap().unwrap();
            class.cast_into::<PyType>().unwrap()
        });
        let int = py.get_type::<PyInt>();
        let [int, number, derived] = [&int, &number, &derived].map(|class| class.as_type_ptr());
        let args = PyTuple::new(py, ["11"]).unwrap();
        let named = PyDict::new(py);
        named.set_item("base", 2).unwrap();
        // SAFETY: the thread is attached; the types, the tuple and the dict are alive; all of them can be called so.
        unsafe {
            assert_eq!(((&*derived).tp_base, (&*number).tp_base), (number, int));
            let object = (&*int).tp_base;
            assert!((&*object).tp_base.is_null() && std::ptr::eq(object, py.get_type::<PyAny>().as_type_ptr()));
            assert_eq!(ffi::PyType_GetSlot(number, ffi::Py_tp_base), int.cast());

            let make = |of: *mut ffi::PyTypeObject, class: *mut ffi::PyTypeObject, named: *mut PyObject| {
                owned(py, (&*of).tp_new.unwrap()(class, args.as_ptr(), named))
            };
            let made = make(number, number, null_mut()).unwrap();
            assert!(made.get_type().as_type_ptr() == number && made.eq(11).unwrap());
            assert!(make(number, number, named.as_ptr()).unwrap().eq(3).unwrap());
            // That of `int` makes an instance of `Derived`, whose own would not.
            let made = make(int, derived, null_mut()).unwrap();
            assert!(made.get_type().as_type_ptr() == derived && made.eq(11).unwrap());
            assert!(make(derived, derived, null_mut()).unwrap().eq("other").unwrap());
            let text = PyTuple::new(py, ["many"]).unwrap();
            let error = owned(py, (&*int).tp_new.unwrap()(int, text.as_ptr(), null_mut())).unwrap_err();
            assert!(error.is_instance_of::<PyValueError>(py));
        }
    });
}
