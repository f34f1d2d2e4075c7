//! Classes that extend native types: numbers, sets, times, weak references, exceptions with fields.
//!
//! A native base is created without arguments, whatever arguments the constructor of the class takes.

use std::ffi::CStr;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3::PyTypeInfo;
use pyo3::exceptions::*;
use pyo3::prelude::*;
use pyo3::types::*;

use pyo3_tests::{add_class, collect, eventually, raises, run, scope};

/// The number of dropped values, for each test that counts them.
static DROPPED: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];

/// The value in an instance.
struct Kept {
    text: String,
    counter: Option<usize>,
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Some(counter) = self.counter {
            DROPPED[counter].fetch_add(1, Ordering::SeqCst);
        }
    }
}

macro_rules! classes {
    ($($class:ident extends $base:ident;)*) => {
        $(
            #[pyclass(subclass, extends = $base)]
            struct $class {
                kept: Kept,
            }

            #[pymethods]
            impl $class {
                #[new]
                #[pyo3(signature = (*args, **kwargs))]
                fn new(args: &Bound<'_, PyTuple>, kwargs: Option<&Bound<'_, PyDict>>) -> Self {
                    let count = args.len() + kwargs.map_or(0, |kwargs| kwargs.len());
                    $class { kept: Kept { text: format!("{count} arguments"), counter: None } }
                }

                #[getter]
                fn kept(&self) -> &str {
                    &self.kept.text
                }

                fn count_drop(&mut self, counter: usize) {
                    self.kept.counter = Some(counter);
                }
            }
        )*

        fn add_all(scope: &Bound<'_, PyDict>) {
            $(add_class::<$class>(scope);)*
        }
    };
}

classes! {
    OfComplex extends PyComplex;
    OfFloat extends PyFloat;
    OfFrozenSet extends PyFrozenSet;
    OfDate extends PyDate;
    OfDateTime extends PyDateTime;
    OfDelta extends PyDelta;
    OfTime extends PyTime;
    OfWeakref extends PyWeakrefReference;
    OfAttributeError extends PyAttributeError;
    OfFileNotFoundError extends PyFileNotFoundError;
    OfGroup extends PyBaseExceptionGroup;
    OfImportError extends PyImportError;
    OfMemoryError extends PyMemoryError;
    OfModuleNotFoundError extends PyModuleNotFoundError;
    OfNameError extends PyNameError;
    OfOSError extends PyOSError;
    OfStopIteration extends PyStopIteration;
    OfSyntaxError extends PySyntaxError;
    OfSystemExit extends PySystemExit;
    OfUnicodeDecodeError extends PyUnicodeDecodeError;
    OfUnicodeEncodeError extends PyUnicodeEncodeError;
    OfUnicodeError extends PyUnicodeError;
    OfUnicodeTranslateError extends PyUnicodeTranslateError;
}

fn all(py: Python<'_>) -> Bound<'_, PyDict> {
    let scope = scope(py);
    add_all(&scope);
    run(&scope, c"import datetime, gc, weakref");
    scope
}

#[test]
fn numbers_and_frozen_sets() {
    Python::attach(|py| {
        run(
            &all(py),
            c"
for Class, base, zero in ((OfFloat, float, 0.0), (OfComplex, complex, 0j), (OfFrozenSet, frozenset, frozenset())):
    class Sub(Class):
        def more(self): return 'more'
    for Made in (Class, Sub):
        x = Made(1, 2, three=3)
        assert isinstance(x, base) and type(x) is Made and x.kept == '3 arguments', x
        assert x == zero and hash(x) == hash(zero) and not x
        assert base(x) == zero and type(base(x)) is base
    assert Sub().more() == 'more'
    assert issubclass(Class, base) and Class.__mro__[1] is base
assert OfFloat() + 1 == 1.0 and OfFloat().is_integer() and OfComplex().real == 0.0
assert OfFrozenSet() | {1} == {1} and len(OfFrozenSet()) == 0 and {OfFrozenSet(): 1}[frozenset()] == 1
",
        );
    });
}

#[test]
fn spans_and_times_of_day() {
    Python::attach(|py| {
        run(
            &all(py),
            c"
for Class, base in ((OfDelta, datetime.timedelta), (OfTime, datetime.time)):
    class Sub(Class): pass
    for Made in (Class, Sub):
        made = [Made(1) for _ in range(100)]
        assert all(isinstance(x, base) and x == base() and x.kept == '1 arguments' for x in made)
        assert hash(made[0]) == hash(base())
assert OfDelta() + datetime.timedelta(1) == datetime.timedelta(1)
assert OfTime().isoformat() == '00:00:00' and OfTime().tzinfo is None
",
        );
    });
}

/// A base that needs arguments cannot be created as part of an instance.
#[test]
fn bases_that_need_arguments() {
    Python::attach(|py| {
        let scope = all(py);
        run(
            &scope,
            c"
bases = [(OfDate, datetime.date), (OfDateTime, datetime.datetime), (OfWeakref, weakref.ref)]
# An older Python, or its stable ABI, has `BaseException` in its place.
if OfGroup.__base__ is not BaseException: bases.append((OfGroup, BaseExceptionGroup))
for Class, base in bases:
    class Sub(Class): pass
    assert issubclass(Sub, base) and Class.__mro__[1] is base and not isinstance(1, Class)
    for Made in (Class, Sub):
        try: Made(2020, 1, 2)
        except TypeError as error: ours = str(error)
        else: assert False
        try: base()
        except TypeError as error: assert str(error) == ours, (str(error), ours)
",
        );
        for code in [c"OfDate()", c"OfDateTime(2020, 1, 2)", c"OfWeakref(OfDate)"] {
            assert!(raises(&scope, code).is_instance_of::<PyTypeError>(py), "{code:?}");
        }
    });
}

#[test]
fn exceptions_with_fields_are_as_pythons_own() {
    Python::attach(|py| {
        let scope = all(py);
        run(
            &scope,
            c"
def compare(Class, base, args, kwargs, fields):
    class Sub(Class): pass
    try: expected = base(*args, **kwargs)
    except TypeError: return  # an older Python, without these keywords
    for Made in (Class, Sub):
        error = Made(*args, **kwargs)
        assert error.kept == f'{len(args) + len(kwargs)} arguments'
        assert error.args == expected.args and str(error) == str(expected), (Made, error.args, str(error))
        for field in fields:
            here, there = getattr(error, field, 'absent'), getattr(expected, field, 'absent')
            assert here == there and type(here) is type(there), (Made, field, here, there)
        try: raise error
        except base as caught: assert caught is error and caught.__traceback__ is not None
        error.more = 1
        assert error.__dict__['more'] == 1

compare(OfAttributeError, AttributeError, ('text',), {'name': 'n', 'obj': 3}, ['name', 'obj'])
compare(OfAttributeError, AttributeError, ('text',), {}, ['name', 'obj'])
compare(OfImportError, ImportError, ('text',), {'name': 'n', 'path': 'p'}, ['msg', 'name', 'path'])
compare(OfModuleNotFoundError, ModuleNotFoundError, ('text',), {'name': 'n'}, ['msg', 'name', 'path'])
compare(OfNameError, NameError, ('text',), {'name': 'n'}, ['name'])
compare(OfStopIteration, StopIteration, (5, 6), {}, ['value'])
compare(OfStopIteration, StopIteration, (), {}, ['value'])
compare(OfSystemExit, SystemExit, (3,), {}, ['code'])
compare(OfMemoryError, MemoryError, ('text', 1), {}, [])
place = ['msg', 'filename', 'lineno', 'offset', 'text', 'print_file_and_line']
compare(OfSyntaxError, SyntaxError, ('text', ('file', 1, 2, 'line')), {}, place)
part = ['encoding', 'object', 'start', 'end', 'reason']
compare(OfUnicodeDecodeError, UnicodeDecodeError, ('utf-8', b'abc', 1, 2, 'why'), {}, part)
compare(OfUnicodeEncodeError, UnicodeEncodeError, ('utf-8', 'abc', 1, 2, 'why'), {}, part)
compare(OfUnicodeTranslateError, UnicodeTranslateError, ('abc', 1, 2, 'why'), {}, part)
compare(OfUnicodeError, UnicodeError, ('abc', 1), {}, [])
",
        );
        assert!(raises(&scope, c"OfUnicodeDecodeError('utf-8')").is_instance_of::<PyTypeError>(py));
    });
}

/// `OSError` takes its arguments in `__new__`, which is called without arguments for a native base.
#[test]
fn errors_of_the_system_have_fields_to_be_set() {
    Python::attach(|py| {
        run(
            &all(py),
            c"
for Class, base in ((OfOSError, OSError), (OfFileNotFoundError, FileNotFoundError)):
    class Sub(Class): pass
    for Made in (Class, Sub):
        error = Made(2, 'text')
        assert isinstance(error, base) and isinstance(error, OSError) and error.kept == '2 arguments'
        assert error.errno is None and error.strerror is None and error.filename is None and error.args == ()
        error.errno, error.strerror, error.filename = 2, 'text', 'file'
        assert str(error) == \"[Errno 2] text: 'file'\", str(error)
        try: raise error
        except OSError as caught: assert caught is error
    class Filled(Class):
        def __init__(self, number, text):
            self.errno, self.strerror = number, text
    assert str(Filled(5, 'five')) == '[Errno 5] five'
",
        );
    });
}

/// Whether an exception can be extended depends only on types, so it is enough to name those without a class above.
#[test]
fn every_exception_can_be_extended() {
    fn can_be_extended<T: pyo3::impl_::pyclass::PyClassBaseType + PyTypeInfo>(py: Python<'_>) -> String {
        T::type_object(py).name().unwrap().to_string()
    }

    macro_rules! names {
        ($($name:ident)*) => {
            |py| vec![$(can_be_extended::<$name>(py),)*]
        };
    }

    Python::attach(|py| {
        let names = names! {
            PyArithmeticError PyAssertionError PyAttributeError PyBaseException PyBlockingIOError PyBrokenPipeError
            PyBufferError PyBytesWarning PyChildProcessError PyConnectionAbortedError PyConnectionError
            PyConnectionRefusedError PyConnectionResetError PyDeprecationWarning PyEOFError PyException
            PyFileExistsError PyFileNotFoundError PyFloatingPointError PyFutureWarning PyGeneratorExit PyImportError
            PyImportWarning PyIndexError PyInterruptedError PyIsADirectoryError PyKeyError
            PyKeyboardInterrupt PyLookupError PyMemoryError PyModuleNotFoundError PyNameError PyNotADirectoryError
            PyNotImplementedError PyOSError PyOverflowError PyPendingDeprecationWarning PyPermissionError
            PyProcessLookupError PyRecursionError PyReferenceError PyResourceWarning PyRuntimeError PyRuntimeWarning
            PyStopAsyncIteration PyStopIteration PySyntaxError PySyntaxWarning PySystemError PySystemExit
            PyTimeoutError PyTypeError PyUnboundLocalError PyUnicodeDecodeError PyUnicodeEncodeError PyUnicodeError
            PyUnicodeTranslateError PyUnicodeWarning PyUserWarning PyValueError PyWarning PyZeroDivisionError
        }(py);
        let scope = scope(py);
        scope.set_item("names", names).unwrap();
        // Skip exceptions of newer versions, and two without a Rust type.
        run(
            &scope,
            c"
import builtins
apart = {'IndentationError', 'TabError', 'BaseExceptionGroup', 'ExceptionGroup', 'EncodingWarning',
         'ImportCycleError', 'PythonFinalizationError', '_IncompleteInputError'}
every = {value.__name__ for value in vars(builtins).values()
         if isinstance(value, type) and issubclass(value, BaseException)}
assert every - apart == set(names), every.symmetric_difference(names)
",
        );
    });
}

/// Runs the code, and waits until `count` values have been dropped.
fn drops(counter: usize, count: usize, code: &CStr) {
    Python::attach(|py| {
        run(&all(py), code);
        eventually(|| {
            collect(py);
            DROPPED[counter].load(Ordering::SeqCst) == count
        });
    });
}

#[test]
fn values_in_instances_are_dropped() {
    drops(
        0,
        70,
        c"
for Class in (OfFloat, OfComplex, OfFrozenSet, OfOSError, OfSystemExit, OfUnicodeDecodeError, OfSyntaxError):
    args = ('utf-8', b'abc', 1, 2, 'why') if Class is OfUnicodeDecodeError else ()
    made = [Class(*args) for _ in range(10)]
    for x in made:
        x.count_drop(0)
        if issubclass(Class, BaseException): x.this = x
    made = x = None
",
    );
}

#[test]
fn cycles_through_causes_and_fields_are_collected() {
    drops(
        1,
        20,
        c"
made = [OfSystemExit() for _ in range(20)]
for error in made: error.count_drop(1)
for error in made[:10]: error.code = error
for error in made[10:]: error.__cause__ = error
made = error = None
",
    );
}
