//! Embeds an interpreter, with a module linked in. There is only one test, because a process has one interpreter.

mod support;

use pyo3_backend::*;
use support::*;

fn exec<'py>(py: At<'py>, module: Lent<'_, kind::Module>) -> Done<'py, ()> {
    CPython::object_set_attribute(py, module.any(), text(py, "answer").as_ref(), Some(int(py, 42).as_ref()))
}

struct Linked;

impl Module<CPython> for Linked {
    fn def() -> &'static ModuleDef<<CPython as ModuleOps>::ModuleState> {
        static DEF: ModuleDef<<CPython as ModuleOps>::ModuleState> = ModuleDef::new(c"linked", c"Linked in.", true);
        &DEF
    }

    fn exec<'py>(
        py: pyo3_backend::Attached<'py, CPython>,
        module: Ref<'_, CPython, kind::Module>,
    ) -> Outcome<'py, CPython, ()> {
        exec(py, module)
    }
}

extern "C" fn init() -> *mut <CPython as BackendTypes>::Object {
    CPython::module_init::<Linked>()
}

#[test]
fn an_interpreter_begins_and_ends() {
    assert!(!CPython::interpreter_is_initialized());
    assert!(!CPython::thread_is_attached());
    assert_eq!(CPython::thread_attach(|_| ()), Err(AttachError::NotInitialized));
    CPython::module_register(c"linked", init);

    // SAFETY: `body` returns an object that is only dropped afterwards.
    let left = unsafe {
        CPython::interpreter_embed(|py| {
            assert!(CPython::thread_is_attached());
            let once = "import linked, sys; result = linked.answer, linked.__doc__, 'linked' in sys.modules";
            assert_eq!(run(py, &[], once), "(42, 'Linked in.', True)");
            let again = "import linked, sys\nold = linked\ndel sys.modules['linked']\nimport linked\nresult = linked is old, linked.answer";
            assert_eq!(run(py, &[], again), "(False, 42)");
            let made = CPython::module_make::<Linked>(py).unwrap();
            assert_eq!(run(py, &[("m", made.as_ref().any())], "result = m.answer, m.__name__"), "(42, 'linked')");

            // Another interpreter cannot share the objects that a module keeps in statics.
            let other = "try: import _interpreters as i\nexcept ImportError: import _xxsubinterpreters as i\nx = i.create()\ntry: result = i.run_string(x, 'import linked')\nexcept Exception as e: result = e\nresult = 'subinterpreters' in str(result)\ni.destroy(x)";
            assert_eq!(run(py, &[], other), "True");

            let panicked = std::panic::catch_unwind(|| CPython::module_register(c"late", init));
            assert!(panicked.is_err());
            assert!(std::panic::catch_unwind(|| CPython::interpreter_embed(|_| ())).is_err());
            assert!(CPython::interpreter_version().starts_with("3."));
            fresh(py).into_global()
        })
    };

    assert!(!CPython::interpreter_is_initialized());
    assert!(!CPython::thread_is_attached());
    // No interpreter is left to release it.
    drop(left);
}
