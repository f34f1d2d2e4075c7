//! Exceptions.

use std::sync::Mutex;

use pyo3_backend::{Backend, ExceptionType, kind};

use crate::{attached, done, eval, exec, failed, int, message, repr, text, try_eval};

/// Exceptions can be raised, taken, and raised again.
pub fn exceptions_are_raised_and_taken<B: Backend>() {
    attached::<B>(|py| {
        let value_error = B::exception_type(py, ExceptionType::ValueError).any();
        let words = text(py, "words");
        assert_eq!(message(py, B::error_raise_new(py, value_error, words.as_ref().any())), "ValueError: words");
        assert_eq!(message(py, B::error_raise_new(py, value_error, B::constant_none(py))), "ValueError: ");
        let pair = eval(py, "(1, 2)", &[]);
        assert_eq!(message(py, B::error_raise_new(py, value_error, pair.as_ref())), "ValueError: (1, 2)");
        let instance = eval(py, "ValueError('own')", &[]);
        let taken = B::error_take(py, B::error_raise_new(py, value_error, instance.as_ref()));
        assert!(taken.as_ref().is(instance.as_ref()));
        let again = B::error_take(py, B::error_raise(py, taken));
        assert!(again.as_ref().is(instance.as_ref()));
        let no_class = message(py, B::error_raise_new(py, int(py, 1).as_ref(), B::constant_none(py)));
        assert_eq!(no_class, "TypeError: exceptions must derive from BaseException");
        let Err(raised) = try_eval(py, "1 / 0", &[]) else { panic!("it raises") };
        let exception = B::error_take(py, raised);
        let traceback = B::exception_traceback(py, exception.as_ref()).expect("there is one");
        B::exception_set_traceback(py, exception.as_ref(), None);
        assert!(B::exception_traceback(py, exception.as_ref()).is_none());
        B::exception_set_traceback(py, exception.as_ref(), Some(traceback.as_ref()));
        let kept = B::exception_traceback(py, exception.as_ref()).expect("it was set");
        assert!(kept.as_ref().is(traceback.as_ref()));
        // A discarded exception leaves nothing behind.
        let Err(raised) = try_eval(py, "1 / 0", &[]) else { panic!("it raises") };
        B::error_discard(raised);
        assert_eq!(repr(py, eval(py, "1 + 1", &[]).as_ref()), "2");
    });
}

/// Exceptions match as in `except` clauses.
pub fn exceptions_are_matched<B: Backend>() {
    attached::<B>(|py| {
        let error = eval(py, "KeyError('k')", &[]);
        let matches = |class: &str| B::exception_matches(py, error.as_ref(), eval(py, class, &[]).as_ref());
        assert!(matches("KeyError") && matches("LookupError") && !matches("ValueError"));
        assert!(matches("(ValueError, (OSError, KeyError))") && !matches("(ValueError,)") && !matches("1"));
        let class = eval(py, "KeyError", &[]);
        assert!(B::exception_matches(py, class.as_ref(), eval(py, "LookupError", &[]).as_ref()));
        for which in ExceptionType::ALL {
            let class = B::exception_type(py, *which);
            assert!(B::type_is_subtype(py, class, B::exception_type(py, ExceptionType::BaseException)), "{which:?}");
        }
    });
}

/// `__cause__` and `__context__` can be set and read.
pub fn causes_and_contexts_are_kept<B: Backend>() {
    attached::<B>(|py| {
        let make = |source: &str| eval(py, source, &[]).cast::<kind::BaseException>().ok().expect("an exception");
        let (error, cause, context) = (make("KeyError()"), make("ValueError()"), make("OSError()"));
        assert!(B::exception_cause(py, error.as_ref()).is_none() && B::exception_context(py, error.as_ref()).is_none());
        B::exception_set_cause(py, error.as_ref(), Some(cause.clone()));
        B::exception_set_context(py, error.as_ref(), Some(context.clone()));
        assert!(B::exception_cause(py, error.as_ref()).expect("set").as_ref().is(cause.as_ref()));
        assert!(B::exception_context(py, error.as_ref()).expect("set").as_ref().is(context.as_ref()));
        assert_eq!(repr(py, eval(py, "e.__suppress_context__", &[("e", error.as_ref().any())]).as_ref()), "True");
        B::exception_set_cause(py, error.as_ref(), None);
        assert!(B::exception_cause(py, error.as_ref()).is_none());
    });
}

/// Warnings are issued through the module `warnings`.
pub fn warnings_are_issued<B: Backend>() {
    attached::<B>(|py| {
        let category = B::exception_type(py, ExceptionType::DeprecationWarning).any();
        let filters = exec(
            py,
            "import warnings\nresult = warnings.filters[:]\nwarnings.simplefilter('error', DeprecationWarning)",
            &[],
        );
        let turned = failed(py, B::error_warn(py, category, c"old", 1));
        exec(py, "import warnings\nwarnings.filters[:] = f\nresult = None", &[("f", filters.as_ref())]);
        assert_eq!(turned, "DeprecationWarning: old");
    });
}

/// A backend knows whether an exception is pending, or says that it cannot tell.
pub fn pending_exceptions_are_known<B: Backend>() {
    attached::<B>(|py| {
        assert_ne!(B::error_is_raised(py), Some(true));
        let value_error = B::exception_type(py, ExceptionType::ValueError).any();
        let raised = B::error_raise_new(py, value_error, B::constant_none(py));
        assert_ne!(B::error_is_raised(py), Some(false));
        B::error_discard(raised);
        assert_ne!(B::error_is_raised(py), Some(true));
    });
}

/// Code outside of the contract leaves its exception on the thread, and finds one there.
pub fn exceptions_are_left_for_foreign_code<B: Backend>() {
    attached::<B>(|py| {
        assert!(B::capi_error_fetch(py).is_none());
        let value_error = B::exception_type(py, ExceptionType::ValueError).any();
        let words = text(py, "left");
        B::capi_error_leave(py, B::error_raise_new(py, value_error, words.as_ref().any()));
        let found = B::capi_error_fetch(py).expect("it was left");
        assert_eq!(message(py, found), "ValueError: left");
        assert!(B::capi_error_fetch(py).is_none());
    });
}

/// Held while a test replaces one of Python's global hooks: tests of several backends share a process.
static HOOKS: Mutex<()> = Mutex::new(());

/// Exceptions are printed through `sys.excepthook`, or directly.
pub fn exceptions_are_printed<B: Backend>() {
    let _alone = HOOKS.lock();
    attached::<B>(|py| {
        let error = || eval(py, "ValueError('shown')", &[]).cast::<kind::BaseException>().ok().expect("an exception");
        let seen = exec(
            py,
            "import io, sys
result = []
def hook(kind, error, traceback): result.append((kind, error, traceback))
sys.excepthook = hook
stderr, sys.stderr = sys.stderr, io.StringIO()
result.append(stderr)
",
            &[],
        );
        B::error_print(py, error(), true);
        B::error_display(py, error().as_ref());
        let seen = exec(
            py,
            "import sys
sys.excepthook = sys.__excepthook__
text, sys.stderr = sys.stderr.getvalue(), seen.pop(0)
result = seen, repr(sys.last_value), text
",
            &[("seen", seen.as_ref())],
        );
        let expected =
            "([(<class 'ValueError'>, ValueError('shown'), None)], \"ValueError('shown')\", 'ValueError: shown\\n')";
        assert_eq!(repr(py, seen.as_ref()), expected);
    });
}

/// Exceptions that cannot be raised go to `sys.unraisablehook`.
pub fn what_cannot_be_raised_is_reported<B: Backend>() {
    let _alone = HOOKS.lock();
    attached::<B>(|py| {
        let seen = exec(
            py,
            "import sys\nresult = []\nsys.unraisablehook = lambda e: result.append((e.exc_type, e.exc_value, e.object))",
            &[],
        );
        let error = eval(py, "ValueError(1)", &[]).cast::<kind::BaseException>().ok().expect("an exception");
        let about = int(py, 5);
        B::error_write_unraisable(py, error, Some(about.as_ref()));
        exec(py, "import sys\nsys.unraisablehook = sys.__unraisablehook__\nresult = None", &[]);
        assert_eq!(repr(py, seen.as_ref()), "[(<class 'ValueError'>, ValueError(1), 5)]");
        done(py, try_eval(py, "None", &[]));
    });
}
