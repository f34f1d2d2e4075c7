//! Objects and types.

use pyo3_backend::{
    Attached, Backend, BinaryOp, BuiltinType, CompareOp, Constant, ExceptionType, Owned, UnaryOp, kind,
};

use crate::{attached, done, eval, eventually, exec, failed, int, repr, text, try_eval};

/// Attributes can be read, looked up, set and deleted, and a missing one raises.
pub fn attributes_are_got_and_set<B: Backend>() {
    attached::<B>(|py| {
        let thing = exec(py, "class Thing: pass\nresult = Thing()", &[]);
        let (name, value) = (text(py, "name"), int(py, 7));
        assert!(done(py, B::object_get_attribute_opt(py, thing.as_ref(), name.as_ref())).is_none());
        let missing = failed(py, B::object_get_attribute(py, thing.as_ref(), name.as_ref()));
        assert_eq!(missing, "AttributeError: 'Thing' object has no attribute 'name'");
        done(py, B::object_set_attribute(py, thing.as_ref(), name.as_ref(), Some(value.as_ref())));
        let found = done(py, B::object_get_attribute(py, thing.as_ref(), name.as_ref()));
        assert!(found.as_ref().is(value.as_ref()));
        assert!(done(py, B::object_get_attribute_opt(py, thing.as_ref(), name.as_ref())).is_some());
        done(py, B::object_set_attribute(py, thing.as_ref(), name.as_ref(), None));
        assert!(
            failed(py, B::object_set_attribute(py, thing.as_ref(), name.as_ref(), None)).starts_with("AttributeError")
        );
        let fails = exec(py, "class Thing:\n  @property\n  def name(self): return 1 / 0\nresult = Thing()", &[]);
        let raised = failed(py, B::object_get_attribute_opt(py, fails.as_ref(), name.as_ref()));
        assert_eq!(raised, "ZeroDivisionError: division by zero");
        let names = done(py, B::object_dir(py, thing.as_ref()));
        assert!(B::list_len(py, names.as_ref()) > 10);
    });
}

/// `object[key]`, `in` and `len` work.
pub fn items_are_got_and_set<B: Backend>() {
    attached::<B>(|py| {
        let list = eval(py, "[1, 2, 3]", &[]);
        let (zero, nine) = (int(py, 0), int(py, 9));
        done(py, B::object_set_item(py, list.as_ref(), zero.as_ref(), Some(nine.as_ref())));
        let first = done(py, B::object_get_item(py, list.as_ref(), zero.as_ref()));
        assert_eq!(repr(py, first.as_ref()), "9");
        assert!(done(py, B::object_contains(py, list.as_ref(), nine.as_ref())));
        done(py, B::object_set_item(py, list.as_ref(), zero.as_ref(), None));
        assert_eq!(done(py, B::object_len(py, list.as_ref())), 2);
        assert_eq!(done(py, B::sequence_len(py, list.as_ref())), 2);
        assert!(!done(py, B::object_contains(py, list.as_ref(), nine.as_ref())));
        assert_eq!(
            failed(py, B::object_get_item(py, list.as_ref(), nine.as_ref())),
            "IndexError: list index out of range"
        );
        assert_eq!(failed(py, B::object_len(py, nine.as_ref())), "TypeError: object of type 'int' has no len()");
        assert!(failed(py, B::object_contains(py, nine.as_ref(), nine.as_ref())).starts_with("TypeError"));
        let hinted = exec(py, "class Hinted:\n  def __length_hint__(self): return 5\nresult = Hinted()", &[]);
        assert_eq!(done(py, B::object_length_hint(py, hinted.as_ref(), 3)), 5);
        assert_eq!(done(py, B::object_length_hint(py, nine.as_ref(), 3)), 3);
    });
}

/// Operators and comparisons give the results of Python.
pub fn calls_of_operators<B: Backend>() {
    attached::<B>(|py| {
        let (seven, two) = (int(py, 7), int(py, 2));
        let apply = |op| repr(py, done(py, B::object_binary(py, op, seven.as_ref(), two.as_ref())).as_ref());
        let wanted = [
            (BinaryOp::Add, "9"),
            (BinaryOp::Subtract, "5"),
            (BinaryOp::Multiply, "14"),
            (BinaryOp::TrueDivide, "3.5"),
            (BinaryOp::FloorDivide, "3"),
            (BinaryOp::Remainder, "1"),
            (BinaryOp::DivMod, "(3, 1)"),
            (BinaryOp::LeftShift, "28"),
            (BinaryOp::RightShift, "1"),
            (BinaryOp::And, "2"),
            (BinaryOp::Or, "7"),
            (BinaryOp::Xor, "5"),
        ];
        for (op, result) in wanted {
            assert_eq!(apply(op), result, "{op:?}");
        }
        let matrix = B::object_binary(py, BinaryOp::MatrixMultiply, seven.as_ref(), two.as_ref());
        assert_eq!(failed(py, matrix), "TypeError: unsupported operand type(s) for @: 'int' and 'int'");
        let unary = |op| repr(py, done(py, B::object_unary(py, op, eval(py, "-7", &[]).as_ref())).as_ref());
        let unary: Vec<String> =
            [UnaryOp::Negative, UnaryOp::Positive, UnaryOp::Absolute, UnaryOp::Invert].map(unary).into();
        assert_eq!(unary, ["7", "-7", "7", "6"]);
        let five = int(py, 5);
        assert_eq!(repr(py, done(py, B::object_power(py, seven.as_ref(), two.as_ref(), five.as_ref())).as_ref()), "4");
        assert_eq!(
            repr(py, done(py, B::object_power(py, seven.as_ref(), two.as_ref(), B::constant_none(py))).as_ref()),
            "49"
        );
        let compares = |op| done(py, B::object_compare_bool(py, seven.as_ref(), two.as_ref(), op));
        let compares: Vec<bool> =
            [CompareOp::Lt, CompareOp::Le, CompareOp::Eq, CompareOp::Ne, CompareOp::Gt, CompareOp::Ge]
                .map(compares)
                .into();
        assert_eq!(compares, [false, false, false, true, true, true]);
        // Identity does not imply equality.
        let nan = eval(py, "float('nan')", &[]);
        assert!(!done(py, B::object_compare_bool(py, nan.as_ref(), nan.as_ref(), CompareOp::Eq)));
        let answer = done(py, B::object_compare(py, seven.as_ref(), two.as_ref(), CompareOp::Eq));
        assert!(answer.as_ref().is(B::constant_bool(py, false)));
        assert!(
            done(py, B::object_is_truthy(py, seven.as_ref()))
                && !done(py, B::object_is_truthy(py, B::constant_none(py)))
        );
        assert_eq!(done(py, B::object_hash(py, seven.as_ref())), 7);
        let list = eval(py, "[]", &[]);
        assert_eq!(failed(py, B::object_hash(py, list.as_ref())), "TypeError: unhashable type: 'list'");
        let words = done(py, B::object_str(py, eval(py, "'words'", &[]).as_ref()));
        assert!(B::str_equals(py, words.as_ref(), "words"));
    });
}

/// `iter` and `next` work, and iterators end.
pub fn iterators_end<B: Backend>() {
    attached::<B>(|py| {
        let pair = eval(py, "(1, 2)", &[]);
        let iterator = done(py, B::object_iter(py, pair.as_ref()));
        assert!(B::object_is_iterator(py, iterator.as_ref().any()) && !B::object_is_iterator(py, pair.as_ref()));
        let mut items = Vec::new();
        while let Some(item) = done(py, B::iter_next(py, iterator.as_ref().any())) {
            items.push(repr(py, item.as_ref()));
        }
        assert_eq!(items, ["1", "2"]);
        assert!(done(py, B::iter_next(py, iterator.as_ref().any())).is_none());
        assert_eq!(failed(py, B::object_iter(py, int(py, 1).as_ref())), "TypeError: 'int' object is not iterable");
        let fails = eval(py, "(1 // i for i in (0,))", &[]).cast::<kind::Iterator>().ok().expect("an iterator");
        assert!(pair.as_ref().cast::<kind::Iterator>(py).is_none());
        assert!(failed(py, B::iter_next(py, fails.as_ref().any())).starts_with("ZeroDivisionError"));
        let list = eval(py, "[]", &[]);
        assert_eq!(failed(py, B::iter_next(py, list.as_ref())), "TypeError: 'list' object is not an iterator");
        // The object was an iterator until its class changed.
        let lost = "class Own:\n  def __next__(self): return 1\nresult = Own()\ndel Own.__next__";
        let lost = exec(py, lost, &[]);
        assert_eq!(failed(py, B::iter_next(py, lost.as_ref())), "TypeError: 'Own' object is not an iterator");
    });
}

/// The singleton objects are the ones that Python code sees.
pub fn constants_are_themselves<B: Backend>() {
    attached::<B>(|py| {
        let all = [
            (Constant::None, "None"),
            (Constant::NotImplemented, "NotImplemented"),
            (Constant::Ellipsis, "..."),
            (Constant::True, "True"),
            (Constant::False, "False"),
        ];
        for (which, source) in all {
            assert!(B::constant(py, which).is(eval(py, source, &[]).as_ref()), "{which:?}");
        }
        assert!(B::constant_ellipsis(py).is(B::constant(py, Constant::Ellipsis)));
        assert!(B::bool_value(py, B::constant_bool(py, true)) && !B::bool_value(py, B::constant_bool(py, false)));
    });
}

/// A cast succeeds only for objects of the kind.
pub fn kinds_are_checked<B: Backend>() {
    fn is<B: Backend, K: pyo3_backend::Kind>(py: Attached<'_, B>, source: &str) -> bool {
        eval(py, source, &[]).cast::<K>().is_ok()
    }

    attached::<B>(|py| {
        assert!(is::<B, kind::List>(py, "[]") && !is::<B, kind::List>(py, "()"));
        assert!(is::<B, kind::Int>(py, "True") && is::<B, kind::Bool>(py, "True") && !is::<B, kind::Bool>(py, "1"));
        assert!(is::<B, kind::Dict>(py, "type('D', (dict,), {})()"));
        assert!(is::<B, kind::BaseException>(py, "KeyError()") && !is::<B, kind::BaseException>(py, "KeyError"));
        assert!(is::<B, kind::Type>(py, "KeyError") && is::<B, kind::Any>(py, "1"));
        let pair = eval(py, "(1, 2)", &[]);
        assert!(B::type_check_kind::<kind::Tuple>(py, pair.as_ref()));
        assert!(!B::type_check_kind::<kind::Iterator>(py, pair.as_ref()));
    });
}

/// References can be taken and released, one by one.
pub fn references_are_counted<B: Backend>() {
    attached::<B>(|py| {
        let object = eval(py, "[]", &[]);
        // A backend may not know the number.
        let count = || Some(B::ref_count(py, object.as_ref())).filter(|count| *count != usize::MAX);
        eventually(py, || {
            let before = count();
            B::ref_retain(py, object.as_ref());
            B::ref_retain(py, object.as_ref());
            let retained = count();
            // SAFETY: the references that were just taken.
            unsafe {
                B::ref_release(py, object.as_ref().as_ptr());
                B::ref_release_anywhere(object.as_ref().as_ptr());
            }
            retained == before.map(|before| before + 2) && count() == before
        });
        // SAFETY: the same reference.
        let object = unsafe { Owned::<B>::from_ptr(object.into_ptr()) };
        assert_eq!(repr(py, object.as_ref()), "[]");
        let watch = exec(py, "class Watched: pass\nresult = Watched()", &[]);
        let weak = done(py, B::weakref_new(py, watch.as_ref(), None));
        let held = watch.clone();
        drop(watch);
        assert!(B::weakref_target(py, weak.as_ref().any()).is_some());
        drop(held);
        eventually(py, || B::weakref_target(py, weak.as_ref().any()).is_none());
    });
}

/// Types have names, and know their subtypes and instances.
pub fn types_are_asked<B: Backend>() {
    attached::<B>(|py| {
        let sub = exec(py, "class Sub(list):\n  class Inner: pass\nresult = Sub", &[]);
        let object = eval(py, "Sub()", &[("Sub", sub.as_ref())]);
        let class = sub.as_ref().cast::<kind::Type>(py).expect("a class");
        assert!(B::type_of(py, object.as_ref()).is(sub.as_ref()));
        assert!(B::type_is_subtype(py, class, B::type_builtin(py, BuiltinType::List)));
        assert!(B::type_check(py, object.as_ref(), BuiltinType::List));
        assert!(!B::type_check_exact(py, object.as_ref(), BuiltinType::List));
        let list = B::type_builtin(py, BuiltinType::List).any();
        assert!(
            done(py, B::type_is_instance(py, object.as_ref(), list))
                && done(py, B::type_is_subclass(py, sub.as_ref(), list))
        );
        assert!(failed(py, B::type_is_instance(py, object.as_ref(), object.as_ref())).starts_with("TypeError"));
        assert!(B::object_is_callable(py, sub.as_ref()) && !B::object_is_callable(py, object.as_ref()));
        let inner = eval(py, "Sub.Inner", &[("Sub", sub.as_ref())]).cast::<kind::Type>().ok().expect("a class");
        let (name, qualname) = (B::type_name(py, inner.as_ref()), B::type_qualname(py, inner.as_ref()));
        assert!(B::str_equals(py, done(py, name).as_ref(), "Inner"));
        assert!(B::str_equals(py, done(py, qualname).as_ref(), "Sub.Inner"));
        let error = eval(py, "ModuleNotFoundError()", &[]);
        assert!(B::type_check_exception(py, error.as_ref(), ExceptionType::ImportError));
        assert!(!B::type_check_exception(py, error.as_ref(), ExceptionType::ValueError));
        let made = B::type_new_exception(py, c"some.where.Trouble", Some(c"Its doc."), None, None);
        let made = done(py, made);
        let facts = eval(py, "(t.__module__, t.__name__, t.__doc__, t.__bases__)", &[("t", made.as_ref().any())]);
        assert_eq!(repr(py, facts.as_ref()), "('some.where', 'Trouble', 'Its doc.', (<class 'Exception'>,))");
    });
}

/// Weak references and proxies return their objects until these die.
pub fn weak_references_lead_to_objects<B: Backend>() {
    attached::<B>(|py| {
        let thing = exec(py, "class Thing: pass\nresult = Thing()", &[]);
        for source in ["weakref.ref(thing)", "weakref.proxy(thing)"] {
            let names = &[("thing", thing.as_ref())];
            let source = format!("__import__('weakref').{}", source.trim_start_matches("weakref."));
            let weak = done(py, try_eval(py, &source, names));
            let target = B::weakref_target(py, weak.as_ref()).expect("it is alive");
            assert!(target.as_ref().is(thing.as_ref()));
        }
        let gone = exec(py, "import weakref\nclass Thing: pass\nresult = weakref.ref(Thing())", &[]);
        eventually(py, || B::weakref_target(py, gone.as_ref()).is_none());
    });
}
