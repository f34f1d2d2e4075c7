//! Threads, sections, mutexes, modules, code, capsules and buffers.

use std::ffi::c_void;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};

use pyo3_backend::{
    AttachError, Attached, Backend, BuiltinType, CapsuleDropFn, CompileMode, ContextEvent, ContextWatcher, Module,
    ModuleDef, Outcome, RawMutex, Ref, Subjects, forbid_attach, kind,
};

use crate::{attached, done, eval, eventually, exec, failed, int, message, repr, text};

/// Threads can attach and detach, also nested.
pub fn threads_attach_and_detach<B: Backend>() {
    attached::<B>(|py| {
        assert!(B::thread_is_attached() && B::interpreter_is_initialized());
        B::thread_detach(py, || {
            assert!(!B::thread_is_attached());
            std::thread::scope(|threads| {
                threads.spawn(|| {
                    assert!(!B::thread_is_attached());
                    let answer = B::thread_attach(|py| {
                        assert!(B::thread_is_attached());
                        B::thread_attach(|py| repr(py, eval(py, "1 + 1", &[]).as_ref())).map(|answer| (answer, py).0)
                    });
                    assert_eq!(answer, Ok(Ok("2".to_owned())));
                    assert!(!B::thread_is_attached());
                });
            });
        });
        assert!(B::thread_is_attached());
        done(py, B::thread_check_signals(py));
        let panicked =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| B::thread_detach(py, || panic!("as wanted"))));
        assert!(panicked.is_err() && B::thread_is_attached());
    });
    assert!(!B::thread_is_attached() && !B::interpreter_version().is_empty());
}

/// A thread on which objects are visited cannot attach.
pub fn traversal_forbids_attaching<B: Backend>() {
    B::interpreter_initialize();
    let refused = forbid_attach(|| B::thread_attach(|_| ()));
    assert_eq!(refused, Err(AttachError::InTraverse));
    assert_eq!(B::thread_attach(|_| ()), Ok(()));
}

/// References can be dropped on any thread.
pub fn references_outlive_attachments<B: Backend>() {
    attached::<B>(|py| {
        let list = eval(py, "[]", &[]);
        let global = list.clone().into_global();
        B::thread_detach(py, || drop(std::thread::spawn(move || drop(global)).join()));
        let global = list.into_global();
        assert_eq!(repr(py, global.as_ref(py)), "[]");
        drop(global);
    });
}

/// Sections of one object and of two exclude other threads.
pub fn sections_exclude_threads<B: Backend>() {
    attached::<B>(|py| {
        let (one, other) = (eval(py, "[1]", &[]).into_global(), eval(py, "[2]", &[]).into_global());
        let inside = AtomicUsize::new(0);
        let visit = || {
            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
            std::thread::yield_now();
            inside.fetch_sub(1, Ordering::SeqCst);
        };
        B::thread_detach(py, || {
            std::thread::scope(|threads| {
                for index in 0..4 {
                    let (one, other, visit) = (&one, &other, &visit);
                    threads.spawn(move || {
                        for _ in 0..50 {
                            let entered = B::thread_attach(|py| {
                                let second = (index % 2 == 0).then(|| other.as_ref(py));
                                B::section_run(py, Subjects::Objects(one.as_ref(py), second), visit);
                            });
                            assert_eq!(entered, Ok(()));
                        }
                    });
                }
            });
        });
        assert_eq!(B::section_run(py, Subjects::Objects(one.as_ref(py), Some(one.as_ref(py))), || 7), 7);
    });
}

/// Mutexes, and sections of them, exclude other threads.
pub fn mutexes_exclude_threads<B: Backend>() {
    attached::<B>(|py| {
        let mutex = <B::RawMutex as RawMutex<B>>::UNLOCKED;
        let inside = AtomicUsize::new(0);
        B::thread_detach(py, || {
            std::thread::scope(|threads| {
                for _ in 0..4 {
                    threads.spawn(|| {
                        for _ in 0..50 {
                            RawMutex::<B>::lock(&mutex);
                            assert!(RawMutex::<B>::is_locked(&mutex));
                            assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                            inside.fetch_sub(1, Ordering::SeqCst);
                            RawMutex::<B>::unlock(&mutex);
                        }
                    });
                }
            });
        });
        let other = <B::RawMutex as RawMutex<B>>::UNLOCKED;
        assert_eq!(B::section_run(py, Subjects::Mutexes(&mutex, Some(&other)), || 7), 7);
        assert!(!RawMutex::<B>::is_locked(&mutex) && !RawMutex::<B>::is_locked(&other));
    });
}

/// A watcher that counts.
struct Counter;

static SWITCHES: AtomicUsize = AtomicUsize::new(0);

impl<B: Backend> ContextWatcher<B> for Counter {
    fn call<'a, 'py: 'a>(py: Attached<'py, B>, event: ContextEvent<'a, B>) -> Outcome<'py, B, ()> {
        if let ContextEvent::Switched(Some(context)) = event {
            assert!(repr(py, context).contains("Context"));
            SWITCHES.fetch_add(1, Ordering::SeqCst);
        }
        Ok(())
    }
}

/// Watchers are told of contexts until they are removed, or there are none.
pub fn context_watchers_are_told_or_refused<B: Backend>() {
    attached::<B>(|py| {
        let switch = || drop(exec(py, "from contextvars import Context\nresult = Context().run(int)", &[]));
        let before = SWITCHES.load(Ordering::SeqCst);
        match B::context_add_watcher::<Counter>(py) {
            Ok(watcher) => {
                switch();
                done(py, B::context_clear_watcher(py, watcher));
                assert!(SWITCHES.load(Ordering::SeqCst) > before);
                let unknown = failed(py, B::context_clear_watcher(py, -1));
                assert!(unknown.starts_with("ValueError: "), "{unknown}");
            }
            Err(raised) => {
                let refused = "NotImplementedError: this Python does not report changes of the current context";
                assert_eq!(message(py, raised), refused);
                assert_eq!(failed(py, B::context_clear_watcher(py, 0)), refused);
            }
        }
    });
}

/// A module with one attribute.
struct Made;

impl<B: Backend> Module<B> for Made {
    fn def() -> &'static ModuleDef<B::ModuleState> {
        // Each backend needs its own definition, which must live as long as the process.
        Box::leak(Box::new(ModuleDef::new(c"made", c"A module.", false)))
    }

    fn exec<'py>(py: Attached<'py, B>, module: Ref<'_, B, kind::Module>) -> Outcome<'py, B, ()> {
        B::object_set_attribute(py, module.any(), text(py, "answer").as_ref(), Some(int(py, 42).as_ref()))
    }
}

/// Modules can be written in Rust, or filled by running code.
pub fn modules_are_made_and_filled<B: Backend>() {
    attached::<B>(|py| {
        let module = done(py, B::module_make::<Made>(py));
        let facts = eval(py, "(m.__name__, m.__doc__, m.answer)", &[("m", module.as_ref().any())]);
        assert_eq!(repr(py, facts.as_ref()), "('made', 'A module.', 42)");
        done(py, B::module_set_gil_used(py, module.as_ref(), false));
        let name = done(py, B::module_name(py, module.as_ref()));
        assert!(B::str_equals(py, name.as_ref(), "made"));
        let no_file = failed(py, B::module_filename(py, module.as_ref()));
        assert_eq!(no_file, "SystemError: module filename missing");
        let empty = done(py, B::module_new(py, text(py, "empty").as_ref()));
        let dict = B::module_dict(py, empty.as_ref());
        assert!(done(py, B::dict_contains(py, dict.as_ref(), text(py, "__name__").as_ref().any())));
        let code = done(py, B::code_compile(py, c"x = __file__", c"file.py", CompileMode::Exec));
        let run = done(py, B::module_exec_code(py, c"from_code", c"file.py", code.as_ref()));
        assert_eq!(repr(py, eval(py, "m.x", &[("m", run.as_ref())]).as_ref()), "'file.py'");
        let code = done(py, B::code_compile(py, c"1 / 0", c"file.py", CompileMode::Exec));
        assert!(
            failed(py, B::module_exec_code(py, c"bad_code", c"file.py", code.as_ref())).starts_with("ZeroDivision")
        );
        let left = eval(py, "'bad_code' in __import__('sys').modules", &[]);
        assert_eq!(repr(py, left.as_ref()), "False");
        let path = done(py, B::code_import(py, text(py, "os.path").as_ref()));
        assert_eq!(repr(py, eval(py, "hasattr(m, 'join')", &[("m", path.as_ref())]).as_ref()), "True");
        assert!(failed(py, B::code_import(py, text(py, "none_such").as_ref())).starts_with("ModuleNotFoundError"));
    });
}

/// Source text can be compiled, and code objects run.
pub fn code_is_compiled_and_run<B: Backend>() {
    attached::<B>(|py| {
        let main = done(py, B::code_main_dict(py));
        assert!(done(py, B::dict_contains(py, main.as_ref(), text(py, "__name__").as_ref().any())));
        let refused = failed(py, B::code_compile(py, c"1 +", c"<test>", CompileMode::Eval));
        assert!(refused.starts_with("SyntaxError"), "{refused}");
        let code = done(py, B::code_compile(py, c"a + b", c"<test>", CompileMode::Eval));
        let globals = eval(py, "{'a': 1, 'b': 1}", &[]).cast::<kind::Dict>().ok().expect("a dict");
        let locals = eval(py, "{'b': 5}", &[]);
        let sum = done(py, B::code_eval(py, code.as_ref(), globals.as_ref(), locals.as_ref()));
        assert_eq!(repr(py, sum.as_ref()), "6");
    });
}

/// Frames can be made for code that is not Python.
pub fn frames_are_made<B: Backend>() {
    attached::<B>(|py| {
        let frame = done(py, B::frame_new(py, c"page.html", c"template", 70_000));
        let place = eval(py, "f.f_lineno, f.f_code.co_filename, f.f_code.co_name", &[("f", frame.as_ref().any())]);
        assert_eq!(repr(py, place.as_ref()), "(70000, 'page.html', 'template')");
        assert!(B::capi_error_fetch(py).is_none(), "nothing is left behind");
    });
}

static CAPSULES_DROPPED: AtomicUsize = AtomicUsize::new(0);

/// A destructor that counts its calls.
struct Counts;

impl<B: Backend> CapsuleDropFn<B> for Counts {
    unsafe fn call(_py: Attached<'_, B>, pointer: NonNull<c_void>, context: *mut c_void) {
        assert_eq!((pointer.addr().get(), context.addr()), (16, 7));
        CAPSULES_DROPPED.fetch_add(1, Ordering::SeqCst);
    }
}

/// Capsules carry a pointer, a name and a context.
pub fn capsules_carry_pointers<B: Backend>() {
    attached::<B>(|py| {
        let pointer = NonNull::new(std::ptr::without_provenance_mut::<c_void>(16)).expect("not null");
        let destructor = B::capsule_destructor::<Counts>();
        // SAFETY: the destructor does not follow the pointer.
        let capsule = done(py, unsafe { B::capsule_new(py, pointer, Some(c"some.name"), Some(destructor)) });
        assert_eq!(done(py, B::capsule_pointer(py, capsule.as_ref(), Some(c"some.name"))), pointer);
        let other = failed(py, B::capsule_pointer(py, capsule.as_ref(), Some(c"other")));
        assert_eq!(other, "ValueError: PyCapsule_GetPointer called with incorrect name");
        assert!(B::capsule_is_valid(py, capsule.as_ref(), Some(c"some.name")));
        assert!(!B::capsule_is_valid(py, capsule.as_ref(), None));
        assert!(done(py, B::capsule_context(py, capsule.as_ref())).is_null());
        let context = std::ptr::without_provenance_mut(7);
        done(py, B::capsule_set_context(py, capsule.as_ref(), context));
        let parts = done(py, B::capsule_parts(py, capsule.as_ref()));
        assert_eq!((parts.pointer, parts.context), (pointer, context));
        assert_eq!(parts.name, done(py, B::capsule_name(py, capsule.as_ref())));
        let before = CAPSULES_DROPPED.load(Ordering::SeqCst);
        drop(capsule);
        eventually(py, || CAPSULES_DROPPED.load(Ordering::SeqCst) > before);
    });
}

/// Buffers can be read.
pub fn buffers_are_lent<B: Backend>() {
    attached::<B>(|py| {
        if !B::HAS_BUFFERS {
            assert!(failed(py, B::buffer_get(py, eval(py, "b''", &[]).as_ref())).starts_with("BufferError"));
            return;
        }
        let array = eval(py, "bytearray(b'abcd')", &[]);
        let view = done(py, B::buffer_get(py, array.as_ref()));
        let layout = B::buffer_layout(&view);
        assert_eq!((layout.len, layout.item_size, layout.read_only), (4, 1, false));
        assert_eq!((layout.shape, layout.strides, layout.format), (&[4][..], &[1][..], c"B"));
        assert!(layout.object.expect("somebody lends").as_ref(py).is(array.as_ref()));
        B::buffer_release(py, view);
        let refused = failed(py, B::buffer_get(py, int(py, 1).as_ref()));
        assert_eq!(refused, "TypeError: a bytes-like object is required, not 'int'");
        let shown = done(py, B::buffer_memoryview(py, array.as_ref()));
        assert!(B::type_check_exact(py, shown.as_ref().any(), BuiltinType::MemoryView));
        assert_eq!(repr(py, eval(py, "bytes(m)", &[("m", shown.as_ref().any())]).as_ref()), "b'abcd'");
        assert!(failed(py, B::buffer_memoryview(py, int(py, 1).as_ref())).starts_with("TypeError: "));
    });
}
