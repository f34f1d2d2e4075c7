//! Tests an interpreter that ends, in its own process.

use std::ffi::CStr;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3_backend::{
    AttachError, Attached, CodeOps, CompileMode, DictOps, Global, InterpreterOps, Owned, StrOps, ThreadOps,
};
use pyo3_backend_rustpython::{RustPython, builder, set_interpreter};

fn eval<'py>(py: Attached<'py, RustPython>, source: &CStr) -> Owned<'py, RustPython> {
    let code = RustPython::code_compile(py, source, c"<test>", CompileMode::Eval).expect("code");
    let globals = RustPython::dict_new(py);
    RustPython::code_eval(py, code.as_ref(), globals.as_ref(), globals.as_ref().any()).expect("a value")
}

// Only one test, because the order of the steps matters.
#[test]
fn a_life() {
    assert!(!RustPython::interpreter_is_initialized());
    assert_eq!(RustPython::thread_attach(|_| ()), Err(AttachError::NotInitialized));

    let mut left: Option<Global<RustPython>> = None;
    // SAFETY: the object that is left is only dropped.
    let text = unsafe {
        RustPython::interpreter_embed(|py| {
            assert!(RustPython::interpreter_is_initialized() && RustPython::thread_is_attached());
            assert!(catch_unwind(|| RustPython::interpreter_embed(|_| ())).is_err(), "one at a time");
            left = Some(eval(py, c"[1, 2, 3]").into_global());
            let thread = RustPython::thread_detach(py, || {
                std::thread::spawn(|| RustPython::thread_attach(|py| drop(eval(py, c"sum(range(100))"))))
                    .join()
                    .expect("a thread")
            });
            assert_eq!(thread, Ok(()));
            let text = eval(py, c"'result'").cast::<pyo3_backend::kind::Str>().ok().expect("a string");
            RustPython::str_to_lossy(py, text.as_ref()).into_owned()
        })
    };
    assert_eq!(text, "result");
    assert!(!RustPython::interpreter_is_initialized() && !RustPython::thread_is_attached());
    assert_eq!(RustPython::thread_attach(|_| ()), Err(AttachError::Finalizing));
    drop(left);

    // SAFETY: no object is created.
    let panicked = catch_unwind(AssertUnwindSafe(|| unsafe { RustPython::interpreter_embed(|_| panic!("inside")) }));
    assert!(panicked.is_err());
    assert!(!RustPython::interpreter_is_initialized());

    set_interpreter(builder(Default::default()).build()).map_err(|_| ()).expect("none runs");
    RustPython::interpreter_initialize();
    assert_eq!(RustPython::thread_attach(|py| drop(eval(py, c"__import__('json').dumps([1])"))), Ok(()));
    assert!(set_interpreter(builder(Default::default()).build()).is_err());
}
