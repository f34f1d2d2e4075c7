//! Checks that references are neither lost nor released twice, exceptions are raised and cleared, and threads attach.

mod support;

use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3_backend::*;
use support::*;

#[test]
fn containers_keep_exactly_one_reference() {
    attached(|py| {
        let item = fresh(py);
        assert_eq!(count(&item), 1);
        for _ in 0..100 {
            let items = || [Ok::<_, ()>(item.clone()), Ok(item.clone())].into_iter();
            let tuple = CPython::tuple_from(py, 2, items()).unwrap();
            let list = CPython::list_from(py, 2, items()).unwrap();
            assert_eq!(count(&item), 5);
            assert!(CPython::tuple_get(py, tuple.as_ref(), 1).unwrap().is(item.as_ref()));
            assert!(CPython::tuple_get(py, tuple.as_ref(), 2).is_none());
            let got = CPython::list_get(py, list.as_ref(), 0).unwrap();
            assert_eq!(count(&got), 6);
            assert!(CPython::list_get(py, list.as_ref(), 2).is_none());

            CPython::list_set(py, list.as_ref(), 0, int(py, 1 << 40)).unwrap();
            assert_eq!(count(&item), 5);
            let error = CPython::list_set(py, list.as_ref(), 7, item.clone()).unwrap_err();
            assert_eq!(message(py, error), "IndexError: list assignment index out of range");
            assert_eq!(count(&item), 5);

            let dict = CPython::dict_new(py);
            let key = int(py, 1 << 41);
            CPython::dict_set(py, dict.as_ref(), key.as_ref(), item.as_ref()).unwrap();
            let found = CPython::dict_get(py, dict.as_ref(), key.as_ref()).unwrap().unwrap();
            assert_eq!(count(&found), 7);
            assert!(CPython::dict_get(py, dict.as_ref(), CPython::constant_none(py)).unwrap().is_none());
            let mut cursor = Default::default();
            let (_, value) = CPython::dict_next(py, dict.as_ref(), &mut cursor).unwrap();
            assert_eq!(count(&value), 8);
            assert!(CPython::dict_next(py, dict.as_ref(), &mut cursor).is_none());
            let error = CPython::dict_set(py, dict.as_ref(), item.as_ref(), item.as_ref()).unwrap_err();
            assert!(message(py, error).starts_with("TypeError: "));
        }
        assert_eq!(count(&item), 1);
    });
}

#[test]
fn an_aborted_tuple_gives_its_items_up() {
    attached(|py| {
        let item = fresh(py);
        let items = [Ok(item.clone()), Err("no"), Ok(item.clone())].into_iter();
        assert_eq!(CPython::tuple_from(py, 3, items).err(), Some("no"));
        assert_eq!(count(&item), 1);
    });
}

#[test]
fn exceptions_are_taken_and_raised_again() {
    attached(|py| {
        let value = fresh(py);
        for _ in 0..100 {
            let class = CPython::exception_type(py, ExceptionType::ValueError);
            let raised = CPython::error_raise_new(py, class.any(), value.as_ref());
            let exception = CPython::error_take(py, raised);
            assert!(CPython::capi_error_fetch(py).is_none());
            assert_eq!(count(&value), 2);
            let raised = CPython::error_raise(py, exception);
            drop(raised);
            assert!(CPython::capi_error_fetch(py).is_none());
            assert_eq!(count(&value), 1);
        }
        let raised = CPython::error_raise_new(py, CPython::constant_none(py), CPython::constant_none(py));
        assert_eq!(message(py, raised), "TypeError: exceptions must derive from BaseException");
    });
}

#[test]
fn every_exception_type_is_there() {
    attached(|py| {
        let base = CPython::exception_type(py, ExceptionType::BaseException);
        for which in ExceptionType::ALL {
            assert!(CPython::type_is_subtype(py, CPython::exception_type(py, *which), base), "{}", which.name());
        }
    });
}

#[test]
fn integers_go_both_ways() {
    attached(|py| {
        for value in [0, 1, -1, i64::MAX, i64::MIN, 255, -256] {
            assert_eq!(CPython::int_to_i64(py, int(py, value).as_ref()).unwrap(), value);
            let bytes = CPython::int_from_le_bytes(py, &value.to_le_bytes(), true);
            assert_eq!(CPython::int_to_i64(py, bytes.as_ref().any()).unwrap(), value);
            let mut out = [0; 16];
            CPython::int_to_le_bytes(py, int(py, value).as_ref(), &mut out, true).unwrap();
            assert_eq!(i128::from_le_bytes(out), i128::from(value));
        }
        let large = CPython::int_from_u64(py, u64::MAX);
        assert_eq!(CPython::int_to_u64(py, large.as_ref().any()).unwrap(), u64::MAX);
        let error = CPython::int_to_i64(py, large.as_ref().any()).unwrap_err();
        assert!(message(py, error).starts_with("OverflowError: Python int too large to convert to C "));
        let error = CPython::int_to_u64(py, int(py, -1).as_ref()).unwrap_err();
        assert!(message(py, error).starts_with("OverflowError: can't convert negative "));
        let mut out = [0; 2];
        CPython::int_to_le_bytes(py, int(py, 65535).as_ref(), &mut out, false).unwrap();
        assert_eq!(out, [255, 255]);
        let error = CPython::int_to_le_bytes(py, int(py, 65536).as_ref(), &mut out, false).unwrap_err();
        assert_eq!(message(py, error), "OverflowError: int too big to convert");
        let error = CPython::int_to_le_bytes(py, int(py, 32768).as_ref(), &mut out, true).unwrap_err();
        assert_eq!(message(py, error), "OverflowError: int too big to convert");
        let error = CPython::int_to_le_bytes(py, int(py, -1).as_ref(), &mut out, false).unwrap_err();
        assert_eq!(message(py, error), "OverflowError: can't convert negative int to unsigned");
        let error = CPython::int_to_i64(py, CPython::constant_none(py)).unwrap_err();
        assert_eq!(message(py, error), "TypeError: 'NoneType' object cannot be interpreted as an integer");
        // -1 without an exception is a value, and an exception that is already set stays set.
        assert_eq!(CPython::int_to_i64(py, int(py, -1).as_ref()).unwrap(), -1);
    });
}

#[test]
fn every_builtin_type_is_told() {
    attached(|py| {
        for (which, source) in [
            (BuiltinType::Function, "result = lambda: 0"),
            (BuiltinType::Code, "result = (lambda: 0).__code__"),
            (BuiltinType::Frame, "import sys; result = sys._getframe()"),
            (BuiltinType::WeakRef, "import weakref\nclass A: pass\na = A()\nresult = weakref.ref(a)"),
            (BuiltinType::MappingProxy, "result = int.__dict__"),
            (BuiltinType::Range, "result = range(3)"),
            (BuiltinType::BuiltinFunction, "result = len"),
            (BuiltinType::NoneType, "result = None"),
            (BuiltinType::Super, "result = super(int, 1)"),
        ] {
            let dict = CPython::dict_new(py);
            let source = std::ffi::CString::new(source).unwrap();
            let code = CPython::code_compile(py, &source, c"<test>", CompileMode::Exec).unwrap();
            CPython::code_eval(py, code.as_ref(), dict.as_ref(), dict.as_ref().any()).unwrap();
            let result = CPython::dict_get(py, dict.as_ref(), text(py, "result").as_ref().any()).unwrap().unwrap();
            assert!(CPython::type_check(py, result.as_ref(), which), "{which:?}");
            assert!(!CPython::type_check(py, text(py, "").as_ref().any(), which), "{which:?}");
        }
    });
}

#[test]
fn text_with_surrogates() {
    attached(|py| {
        let lone = [0xED, 0xA0, 0x80, b'x'];
        let bytes = CPython::bytes_from_slice(py, &lone);
        let string = CPython::str_decode(py, bytes.as_ref().any(), Some(c"utf-8"), Some(c"surrogatepass")).unwrap();
        let error = CPython::str_to_utf8(py, string.as_ref()).unwrap_err();
        assert!(message(py, error).starts_with("UnicodeEncodeError: "));
        let back = CPython::str_encode_surrogates(py, string.as_ref()).unwrap();
        assert_eq!(CPython::bytes_as_slice(py, back.as_ref()), lone);
        assert!(CPython::str_to_lossy(py, string.as_ref()).ends_with('x'));
        assert!(CPython::str_equals(py, text(py, "äx").as_ref(), "äx"));
        assert!(!CPython::str_equals(py, string.as_ref(), "x"));
        assert!(CPython::capi_error_fetch(py).is_none());
    });
}

#[test]
fn calls() {
    attached(|py| {
        let pair = text(py, "%s-%s");
        let (a, b) = (int(py, 1), int(py, 2));
        let args = CPython::tuple_from::<()>(py, 2, [Ok(a.clone()), Ok(b.clone())].into_iter()).unwrap();
        let mut array = ArgumentArray::new([pair.as_ref().any(), args.as_ref().any()]);
        let name = CPython::str_intern(py, "__mod__");
        let result = CPython::call_method(py, name.as_ref(), array.as_positional()).unwrap();
        assert_eq!(run(py, &[("r", result.as_ref())], "result = r"), "'1-2'");

        let dict = CPython::type_builtin(py, BuiltinType::Dict).any();
        let kwargs = CPython::dict_new(py);
        CPython::dict_set(py, kwargs.as_ref(), text(py, "k").as_ref().any(), a.as_ref()).unwrap();
        let mut none = ArgumentArray::<CPython, 0>::new([]);
        let made = CPython::call_positional(py, dict, none.as_positional(), Some(kwargs.as_ref())).unwrap();
        assert_eq!(run(py, &[("r", made.as_ref())], "result = r"), "{'k': 1}");
        let int_type = CPython::type_builtin(py, BuiltinType::Int).any();
        let seven = text(py, "7");
        let mut one = ArgumentArray::new([seven.as_ref().any()]);
        let made = CPython::call_positional(py, int_type, one.as_positional(), None).unwrap();
        assert_eq!(CPython::int_to_i64(py, made.as_ref()).unwrap(), 7);
    });
}

#[test]
fn attributes_that_may_be_missing() {
    attached(|py| {
        let object = text(py, "x");
        let there = CPython::str_intern(py, "upper");
        let missing = CPython::str_intern(py, "no_such_thing");
        assert!(CPython::object_get_attribute_opt(py, object.as_ref().any(), there.as_ref()).unwrap().is_some());
        assert!(CPython::object_get_attribute_opt(py, object.as_ref().any(), missing.as_ref()).unwrap().is_none());
        assert!(CPython::capi_error_fetch(py).is_none());
        assert_eq!(CPython::object_length_hint(py, fresh(py).as_ref(), 3).unwrap(), 0);
        assert_eq!(CPython::object_length_hint(py, object.as_ref().any(), 3).unwrap(), 1);
        assert_eq!(CPython::object_length_hint(py, CPython::constant_none(py), 3).unwrap(), 3);
    });
}

#[test]
fn threads_attach_and_references_wait_for_them() {
    attached(|py| {
        let object = fresh(py);
        let global = object.clone().into_global();
        assert!(CPython::thread_is_attached());
        CPython::thread_detach(py, || {
            assert!(!CPython::thread_is_attached());
            std::thread::spawn(move || {
                assert!(!CPython::thread_is_attached());
                CPython::thread_attach(|py| {
                    assert!(CPython::thread_is_attached());
                    assert_eq!(CPython::ref_count(py, global.as_ref(py)), 2);
                })
                .unwrap();
                // Released by a thread that is not attached, so it is kept until one is.
                drop(global);
            })
            .join()
            .unwrap();
        });
        assert!(CPython::thread_is_attached());
        assert_eq!(count(&object), 1);
        assert_eq!(forbid_attach(|| CPython::thread_attach(|_| ())), Err(AttachError::InTraverse));
        assert_eq!(CPython::thread_attach(|_| 1), Ok(1));
        CPython::thread_check_signals(py).unwrap();
    });
}

#[test]
fn a_panic_leaves_the_thread_as_it_was() {
    CPython::interpreter_initialize();
    let panicked = std::panic::catch_unwind(|| CPython::thread_attach(|_| panic!("in attach")));
    assert!(panicked.is_err());
    assert!(!CPython::thread_is_attached());
    attached(|py| {
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            CPython::thread_detach(py, || panic!("in detach"))
        }));
        assert!(panicked.is_err());
        assert!(CPython::thread_is_attached());
    });
}

#[test]
fn modules() {
    static RUNS: AtomicUsize = AtomicUsize::new(0);

    fn exec<'py>(py: At<'py>, module: Lent<'_, kind::Module>) -> Done<'py, ()> {
        RUNS.fetch_add(1, Ordering::SeqCst);
        CPython::object_set_attribute(py, module.any(), text(py, "answer").as_ref(), Some(int(py, 42).as_ref()))
    }

    struct Made;

    impl Module<CPython> for Made {
        fn def() -> &'static ModuleDef<<CPython as ModuleOps>::ModuleState> {
            static DEF: ModuleDef<<CPython as ModuleOps>::ModuleState> = ModuleDef::new(c"made", c"A module.", false);
            &DEF
        }

        fn exec<'py>(
            py: pyo3_backend::Attached<'py, CPython>,
            module: Ref<'_, CPython, kind::Module>,
        ) -> Outcome<'py, CPython, ()> {
            exec(py, module)
        }
    }

    attached(|py| {
        let module = CPython::module_make::<Made>(py).unwrap();
        let answer = run(py, &[("m", module.as_ref().any())], "result = m.answer, m.__name__, m.__doc__");
        assert_eq!(answer, "(42, 'made', 'A module.')");
        assert!(!CPython::module_init::<Made>().is_null());
        let name = CPython::module_name(py, module.as_ref()).unwrap();
        assert!(CPython::str_equals(py, name.as_ref(), "made"));
        assert_eq!(RUNS.load(Ordering::SeqCst), 1);
    });
}

#[test]
fn a_capsule_asks_for_its_name_and_dies_once() {
    use std::ffi::c_void;
    use std::ptr::NonNull;

    static DROPPED: AtomicUsize = AtomicUsize::new(0);

    struct DropNumber;

    impl CapsuleDropFn<CPython> for DropNumber {
        unsafe fn call(_py: At<'_>, pointer: NonNull<c_void>, context: *mut c_void) {
            assert!(!context.is_null());
            // SAFETY: the box that the test leaked.
            let number = unsafe { Box::from_raw(pointer.cast::<usize>().as_ptr()) };
            DROPPED.fetch_add(*number, Ordering::SeqCst);
        }
    }

    attached(|py| {
        let number = NonNull::from(Box::leak(Box::new(7_usize)));
        let destructor = CPython::capsule_destructor::<DropNumber>();
        // SAFETY: the destructor matches the pointer.
        let made = unsafe { CPython::capsule_new(py, number.cast(), Some(c"a.name"), Some(destructor)) };
        let capsule = made.unwrap_or_else(|raised| panic!("{}", message(py, raised)));
        let of = capsule.as_ref();

        assert_eq!(CPython::capsule_pointer(py, of, Some(c"a.name")).ok(), Some(number.cast()));
        for name in [Some(c"another"), None] {
            assert!(!CPython::capsule_is_valid(py, of, name));
            let refused = CPython::capsule_pointer(py, of, name).unwrap_err();
            assert_eq!(message(py, refused), "ValueError: PyCapsule_GetPointer called with incorrect name");
        }
        assert_eq!(CPython::capsule_context(py, of).ok(), Some(std::ptr::null_mut()));
        CPython::capsule_set_context(py, of, number.as_ptr().cast()).unwrap();
        assert_eq!(CPython::capsule_context(py, of).ok(), Some(number.as_ptr().cast()));

        // An exception that is being propagated stays set.
        let class = CPython::exception_type(py, ExceptionType::KeyError);
        let raised = CPython::error_raise_new(py, class.any(), CPython::constant_none(py));
        drop(capsule);
        assert_eq!(DROPPED.load(Ordering::SeqCst), 7);
        assert!(message(py, raised).starts_with("KeyError"));
    });
}

#[test]
fn context_watchers_exist_where_cpython_has_them() {
    struct Ignore;

    impl ContextWatcher<CPython> for Ignore {
        fn call<'a, 'py: 'a>(_py: At<'py>, _event: ContextEvent<'a, CPython>) -> Outcome<'py, CPython, ()> {
            Ok(())
        }
    }

    attached(|py| {
        let watcher = CPython::context_add_watcher::<Ignore>(py);
        assert_eq!(watcher.is_ok(), cfg!(all(Py_3_14, not(Py_LIMITED_API), not(Py_GIL_DISABLED))));
        if let Ok(watcher) = watcher {
            CPython::context_clear_watcher(py, watcher).unwrap();
        }
    });
}
