//! Tests the results and error messages of operations on values, text and exceptions.

use pyo3_backend::{
    BytesOps, CodeOps, DictOps, ErrorOps, ExceptionType, FloatOps, IntOps, InterpreterOps, ListOps, ObjectOps, StrOps,
    ThreadOps, TupleOps, TypeOps, kind,
};
use pyo3_backend_rustpython::RustPython;

use crate::{attached, describe, eval, eval_with, exec, repr};

#[test]
fn integers() {
    attached(|py| {
        let value = |source: &str| eval(py, source);
        assert_eq!(RustPython::int_to_i64(py, value("-2**63").as_ref()).ok(), Some(i64::MIN));
        assert_eq!(RustPython::int_to_u64(py, value("2**64 - 1").as_ref()).ok(), Some(u64::MAX));
        assert_eq!(RustPython::int_to_i64(py, value("True").as_ref()).ok(), Some(1));
        let error = |outcome| describe(py, outcome);
        let too_large = RustPython::int_to_i64(py, value("2**63").as_ref()).unwrap_err();
        assert_eq!(error(too_large), "OverflowError: Python int too large to convert to C long");
        let negative = RustPython::int_to_u64(py, value("-1").as_ref()).unwrap_err();
        assert_eq!(error(negative), "OverflowError: can't convert negative int to unsigned");
        let too_big = RustPython::int_to_u64(py, value("2**64").as_ref()).unwrap_err();
        assert_eq!(error(too_big), "OverflowError: int too big to convert");
        let wrong = RustPython::int_to_i64(py, value("1.5").as_ref()).unwrap_err();
        assert_eq!(error(wrong), "TypeError: 'float' object cannot be interpreted as an integer");

        for (source, signed) in
            [("2**100 + 7", false), ("-2**100 - 7", true), ("0", true), ("-1", true), ("255", false)]
        {
            let mut bytes = [0xaa; 16];
            RustPython::int_to_le_bytes(py, value(source).as_ref(), &mut bytes, signed).expect(source);
            let back = RustPython::int_from_le_bytes(py, &bytes, signed);
            let same = eval_with(py, &format!("n == {source}"), &[("n", back.as_ref().any())]);
            assert_eq!(repr(py, same.expect("a bool").as_ref()), "True", "{source}");
        }
        let index = exec(py, "class I:\n    def __index__(self): return 7\ni = I()", &[]);
        let index = eval_with(py, "g['i']", &[("g", index.as_ref().any())]).expect("an object");
        assert_eq!(RustPython::int_to_i64(py, index.as_ref()).ok(), Some(7));
        assert_eq!(RustPython::float_to_f64(py, index.as_ref()).ok(), Some(7.0));
        let wrong = RustPython::float_to_f64(py, value("'x'").as_ref()).unwrap_err();
        assert_eq!(error(wrong), "TypeError: must be real number, not str");
    });
}

#[test]
fn text_with_surrogates() {
    attached(|py| {
        let text = RustPython::object_str(py, eval(py, r"'a\ud800b'").as_ref()).expect("a str");
        let raised = RustPython::str_to_utf8(py, text.as_ref()).unwrap_err();
        assert_eq!(
            describe(py, raised),
            r"UnicodeEncodeError: 'utf-8' codec can't encode character '\ud800' in position 1: surrogates not allowed"
        );
        let bytes = RustPython::str_encode_surrogates(py, text.as_ref()).expect("bytes");
        assert_eq!(RustPython::bytes_as_slice(py, bytes.as_ref()), b"a\xed\xa0\x80b");
        assert!(RustPython::str_to_lossy(py, text.as_ref()).contains('\u{fffd}'));

        let interned = RustPython::str_intern(py, "interned text");
        assert!(interned.as_ref().is(RustPython::str_intern(py, "interned text").as_ref()));
        assert!(RustPython::str_equals(py, interned.as_ref(), "interned text"));

        let source = RustPython::bytes_from_slice(py, b"\xff\xfe");
        let raised = RustPython::str_decode(py, source.as_ref().any(), None, None).err().expect("an error");
        assert!(
            describe(py, raised).starts_with("UnicodeDecodeError: 'utf-8' codec can't decode byte 0xff in position 0")
        );
        let decoded =
            RustPython::str_decode(py, source.as_ref().any(), Some(c"latin-1"), Some(c"strict")).expect("text");
        assert!(RustPython::str_equals(py, decoded.as_ref(), "\u{ff}\u{fe}"));
    });
}

#[test]
fn exceptions() {
    attached(|py| {
        let value_error = RustPython::exception_type(py, ExceptionType::ValueError).any();
        let raise = |value: &str| RustPython::error_raise_new(py, value_error, eval(py, value).as_ref());
        assert_eq!(describe(py, raise("None")), "ValueError: ");
        assert_eq!(describe(py, raise("'one'")), "ValueError: one");
        assert_eq!(describe(py, raise("('one', 2)")), "ValueError: ('one', 2)");
        assert_eq!(describe(py, raise("UnicodeError('kept')")), "UnicodeError: kept");
        let wrong = RustPython::error_raise_new(py, eval(py, "int").as_ref(), RustPython::constant_none(py));
        assert_eq!(describe(py, wrong), "TypeError: exceptions must derive from BaseException");

        let exception = RustPython::error_take(py, raise("'matched'"));
        let matches =
            |class: &str| RustPython::exception_matches(py, exception.as_ref().any(), eval(py, class).as_ref());
        assert!(matches("ValueError") && matches("Exception") && matches("(KeyError, (ValueError,))"));
        assert!(!matches("KeyError") && !matches("()") && !matches("3"));
        for which in ExceptionType::ALL {
            let class = RustPython::exception_type(py, *which);
            let name = RustPython::type_name(py, class).expect("a name");
            assert!(RustPython::str_equals(py, name.as_ref(), which.name()), "{which:?}");
        }

        let raised = eval_with(py, "1 / 0", &[]).err().expect("an error");
        let exception = RustPython::error_take(py, raised);
        let traceback = RustPython::exception_traceback(py, exception.as_ref()).expect("a traceback");
        RustPython::exception_set_traceback(py, exception.as_ref(), None);
        assert!(RustPython::exception_traceback(py, exception.as_ref()).is_none());
        RustPython::exception_set_traceback(py, exception.as_ref(), Some(traceback.as_ref()));
        assert!(RustPython::exception_traceback(py, exception.as_ref()).is_some());
    });
}

#[test]
fn new_exception_types() {
    attached(|py| {
        let base = RustPython::exception_type(py, ExceptionType::LookupError);
        let class = RustPython::type_new_exception(
            py,
            c"some.where.NotThere",
            Some(c"It is not there."),
            Some(base.any()),
            None,
        );
        let class = class.expect("a class");
        exec(
            py,
            "assert issubclass(E, LookupError) and E.__module__ == 'some.where' and E.__name__ == 'NotThere'
assert E.__doc__ == 'It is not there.'
try: raise E('x')
except LookupError as e: assert e.args == ('x',)
",
            &[("E", class.as_ref().any())],
        );
        let raised = RustPython::type_new_exception(py, c"NoModule", None, None, None).err().expect("an error");
        assert_eq!(describe(py, raised), "SystemError: PyErr_NewException: name must be module.class");
    });
}

#[test]
fn warnings_go_through_the_filters() {
    attached(|py| {
        let category = RustPython::exception_type(py, ExceptionType::UserWarning).any();
        let context = eval(py, "__import__('warnings').catch_warnings(action='error')");
        drop(eval_with(py, "c.__enter__()", &[("c", context.as_ref())]));
        let raised = RustPython::error_warn(py, category, c"careful", 1).unwrap_err();
        drop(eval_with(py, "c.__exit__(None, None, None)", &[("c", context.as_ref())]));
        assert_eq!(describe(py, raised), "UserWarning: careful");
    });
}

#[test]
fn imports_and_globals() {
    attached(|py| {
        let name = RustPython::str_from_utf8(py, "json.decoder");
        let module = RustPython::code_import(py, name.as_ref()).expect("a module");
        let same = eval_with(py, "m is __import__('json').decoder", &[("m", module.as_ref())]);
        assert_eq!(repr(py, same.expect("a bool").as_ref()), "True");
        let missing = RustPython::str_from_utf8(py, "no_such_module");
        let raised = RustPython::code_import(py, missing.as_ref()).err().expect("an error");
        assert_eq!(describe(py, raised), "ModuleNotFoundError: No module named 'no_such_module'");
        RustPython::code_main_dict(py).expect("a dict");
        assert!(RustPython::interpreter_version().starts_with("3."));
        RustPython::thread_check_signals(py).expect("no signal");
    });
}

#[test]
fn iteration_and_dicts() {
    attached(|py| {
        let iterator =
            RustPython::object_iter(py, eval(py, "(n * n for n in range(3))").as_ref()).expect("an iterator");
        let mut seen = Vec::new();
        while let Some(item) = RustPython::iter_next(py, iterator.as_ref().any()).expect("an item") {
            seen.push(RustPython::int_to_i64(py, item.as_ref()).expect("a number"));
        }
        assert_eq!(seen, [0, 1, 4]);

        let dict = RustPython::dict_new(py);
        let unhashable = eval(py, "[]");
        let raised = RustPython::dict_set(py, dict.as_ref(), unhashable.as_ref(), unhashable.as_ref()).unwrap_err();
        assert!(describe(py, raised).starts_with("TypeError: "), "unhashable");
        let raised = RustPython::dict_delete(py, dict.as_ref(), eval(py, "'k'").as_ref()).unwrap_err();
        assert_eq!(describe(py, raised), "KeyError: 'k'");
        let raised = RustPython::dict_merge(py, dict.as_ref(), eval(py, "[(1, 2)]").as_ref(), true).unwrap_err();
        assert!(describe(py, raised).starts_with("AttributeError: "), "a list of pairs is no mapping");
        RustPython::dict_merge(py, dict.as_ref(), eval(py, "{1: 2, 3: 4}").as_ref(), true).expect("a merge");
        RustPython::dict_merge(py, dict.as_ref(), eval(py, "{1: 9, 5: 6}").as_ref(), false).expect("a merge");
        assert_eq!(repr(py, dict.as_ref().any()), "{1: 2, 3: 4, 5: 6}");
        RustPython::dict_clear(py, dict.as_ref());
        assert_eq!(RustPython::dict_len(py, dict.as_ref()), 0);

        let list =
            RustPython::list_from::<()>(py, 3, ["3", "1", "2"].into_iter().map(|n| Ok(eval(py, n)))).expect("a list");
        RustPython::list_sort(py, list.as_ref()).expect("sorted");
        RustPython::list_reverse(py, list.as_ref()).expect("reversed");
        assert_eq!(repr(py, list.as_ref().any()), "[3, 2, 1]");
        let raised = RustPython::list_set_slice(py, list.as_ref(), 0, 1, Some(eval(py, "5").as_ref())).unwrap_err();
        assert!(describe(py, raised).starts_with("TypeError: "));
        RustPython::list_set_slice(py, list.as_ref(), 1, 99, None).expect("cut");
        assert_eq!(RustPython::list_len(py, list.as_ref()), 1);
        let empty = RustPython::tuple_from::<()>(py, 0, std::iter::empty()).expect("a tuple");
        assert!(RustPython::type_check_kind::<kind::Tuple>(py, empty.as_ref().any()));
        assert!(!RustPython::type_check_kind::<kind::List>(py, empty.as_ref().any()));
    });
}
