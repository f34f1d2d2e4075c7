//! Building, storing and ending the interpreter. A process has one at a time.

use core::cell::Cell;
use core::sync::atomic::{AtomicPtr, AtomicU8, Ordering};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Mutex, MutexGuard};
use std::thread::{ThreadId, current};

use pyo3_backend::{AttachError, Attached, InterpreterOps, ThreadOps};
use rustpython_vm::vm::thread::ThreadedVirtualMachine;
use rustpython_vm::{AsObject, Interpreter, InterpreterBuilder, PyObjectRef, PyResult, Settings, VirtualMachine};

use crate::RustPython;
use crate::thread::is_attached;
use crate::vm::{enter, vm};
use crate::{environment, imports, module, recursion, signals, start, traceback};

const ABSENT: u8 = 0;
const RUNNING: u8 = 1;
const FINALIZING: u8 = 2;

/// The exit status after `KeyboardInterrupt`: 128 plus the signal's number, or the status that Windows uses.
const INTERRUPTED: u32 = if cfg!(windows) { 0xC000_013A } else { 130 };

/// The state of the interpreter.
static STATE: AtomicU8 = AtomicU8::new(ABSENT);

/// The interpreter. Only the thread that owns it follows the pointer.
static MAIN: AtomicPtr<Interpreter> = AtomicPtr::new(core::ptr::null_mut());

/// Held while an interpreter is built or ended.
static LIFE: Mutex<()> = Mutex::new(());

/// The data that other threads need.
static SHARED: Mutex<Option<Shared>> = Mutex::new(None);

struct Shared {
    /// The thread that started the interpreter.
    owner: ThreadId,
    /// A machine that runs no code. The machines of other threads are copied from it, and not from the main machine,
    /// which its own thread may be changing.
    model: ThreadedVirtualMachine,
}

impl Shared {
    /// Creates a machine for this thread.
    fn new_machine(&self) -> ThreadedVirtualMachine {
        self.model.run(|vm| {
            recursion::apply(vm);
            vm.new_thread()
        })
    }
}

/// How a detached thread can attach.
#[expect(clippy::large_enum_variant, reason = "it is matched immediately")]
pub(crate) enum Entry {
    /// This thread owns the interpreter, and enters its main machine.
    Main(&'static Interpreter),
    /// This thread gets a machine of its own.
    New(ThreadedVirtualMachine),
}

/// Returns how this detached thread can attach.
pub(crate) fn entry() -> Result<Entry, AttachError> {
    match STATE.load(Ordering::Acquire) {
        RUNNING => {}
        FINALIZING => return Err(AttachError::Finalizing),
        _ => return Err(AttachError::NotInitialized),
    }
    // Threads wait for this lock detached, and it is only held while a few references are copied.
    let shared = lock(&SHARED);
    let Some(shared) = shared.as_ref() else {
        return Err(AttachError::Finalizing);
    };
    if shared.owner == current().id() {
        // SAFETY: the pointer is valid while `SHARED` is filled, because only the owner empties it, in `end`, while it
        // is not attached. So the owner may follow the pointer here, and keep the reference until it detaches.
        return Ok(Entry::Main(unsafe { &*MAIN.load(Ordering::Acquire) }));
    }
    Ok(Entry::New(shared.new_machine()))
}

/// Creates a machine for this detached thread, even if it is the owner: callers of the C API attach and detach without
/// a scope, which entering the main machine would need.
pub(crate) fn new_machine() -> Option<ThreadedVirtualMachine> {
    if STATE.load(Ordering::Acquire) != RUNNING {
        return None;
    }
    lock(&SHARED).as_ref().map(Shared::new_machine)
}

thread_local! {
    /// Whether this thread has ended an interpreter, or is ending it.
    static ENDED_HERE: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread has ended the interpreter, or is ending it.
pub(crate) fn was_ended_here() -> bool {
    ENDED_HERE.get()
}

/// Whether an interpreter is ending or has ended.
pub(crate) fn is_finalized() -> bool {
    STATE.load(Ordering::Acquire) == FINALIZING
}

/// Creates a builder configured like this backend's own interpreter: settings for a library in another program's
/// process, `PYTHONPATH`, the standard library, and the native modules registered so far.
///
/// With the feature `freeze-stdlib`, the standard library is in the executable. Otherwise, the environment variable
/// `PYO3_RUSTPYTHON_STDLIB` names its folder; the default is the one that `rustpython-pylib` was built from.
///
/// For applications that add modules or hooks, and pass the result to [`set_interpreter`].
///
/// # Panics
///
/// If the standard library is read from disk and its folder does not exist.
pub fn builder(mut settings: Settings) -> InterpreterBuilder {
    // Output appears when it is written, even if standard output is not a terminal.
    settings.buffered_stdio = false;
    settings.install_signal_handlers = false;
    if !settings.ignore_environment
        && !settings.isolated
        && let Some(folders) = std::env::var_os("PYTHONPATH")
    {
        let folders = std::env::split_paths(&folders).filter(|folder| !folder.as_os_str().is_empty());
        settings.path_list.extend(folders.map(|folder| folder.to_string_lossy().into_owned()));
    }
    program_builder(settings)
}

/// Creates a builder for a program that is a Python interpreter. Unlike [`builder`], it uses the settings unchanged,
/// including signals, buffers and paths. [`run_program`] takes the result.
///
/// # Panics
///
/// The same as for [`builder`].
/// As [`builder`].
pub fn program_builder(settings: Settings) -> InterpreterBuilder {
    add_python_stdlib(bare_builder(settings))
}

/// Creates a builder like [`program_builder`], but without the Python part of the standard library. The program adds
/// all of it or a part with `InterpreterBuilder::add_frozen_modules`.
///
/// The interpreter needs these modules to start: `encodings`, `codecs`, `io`, `abc`, `os`, `stat`, `posixpath`,
/// `genericpath` and `_collections_abc`, and also `site` and `_sitebuiltins` if the settings enable `site`.
pub fn bare_builder(mut settings: Settings) -> InterpreterBuilder {
    environment::settle(&mut settings);
    if settings.argv.is_empty() {
        settings.argv = vec![String::new()];
    }
    // A virtual machine with debug assertions starts with a limit of 256, too low to import the standard library. It
    // also checks the real stack.
    let builder = Interpreter::builder(settings).init_hook(|vm| vm.recursion_limit.set(recursion::AT_START));
    #[cfg_attr(not(feature = "ssl"), expect(unused_mut, reason = "`ssl` changes it"))]
    let mut stdlib = rustpython_stdlib::stdlib_module_defs(&builder.ctx);
    #[cfg(feature = "ssl")]
    crate::tls::provide(&mut stdlib, &builder.ctx);
    let registered = module::registered(&builder.ctx);
    builder.add_native_modules(&stdlib).add_native_modules(&registered)
}

#[cfg(feature = "freeze-stdlib")]
fn add_python_stdlib(builder: InterpreterBuilder) -> InterpreterBuilder {
    builder.add_frozen_modules(rustpython_pylib::FROZEN_STDLIB)
}

#[cfg(not(feature = "freeze-stdlib"))]
fn add_python_stdlib(builder: InterpreterBuilder) -> InterpreterBuilder {
    /// The variable that names the folder with the standard library.
    const STDLIB_VARIABLE: &str = "PYO3_RUSTPYTHON_STDLIB";

    let folder = std::env::var(STDLIB_VARIABLE).unwrap_or_else(|_| rustpython_pylib::LIB_PATH.to_owned());
    assert!(
        std::path::Path::new(&folder).join("encodings").is_dir(),
        "there is no Python standard library in {folder:?}: let the environment variable {STDLIB_VARIABLE} name a folder that \
         holds RustPython's `Lib`, or build with the feature `freeze-stdlib`, which puts it into the executable"
    );
    builder.init_hook(move |vm| {
        let state = rustpython_vm::common::rc::PyRc::get_mut(&mut vm.state)
            .expect("nobody shares the state of a machine that is being built");
        let paths = &mut state.config.paths;
        paths.stdlib_dir = Some(folder.clone());
        paths.module_search_paths.insert(0, folder);
    })
}

/// Sets an interpreter that the application has built itself. The calling thread owns it from now on.
///
/// # Errors
///
/// Returns the interpreter if one runs already.
pub fn set_interpreter(interpreter: Interpreter) -> Result<(), Box<Interpreter>> {
    let _life = lock(&LIFE);
    if STATE.load(Ordering::Acquire) == RUNNING {
        return Err(Box::new(interpreter));
    }
    begin(interpreter);
    Ok(())
}

/// Runs a whole program with its own interpreter, like the executable `python`.
///
/// `body` runs attached, on the interpreter's main machine. An exception that it raises is reported as at the end of a
/// script: `SystemExit` as a status or a message, and any other as a traceback. Then the interpreter ends: it waits for
/// threads and runs exit functions. Returns the exit status of the process. After `KeyboardInterrupt`, the process
/// kills itself with the signal on systems with signals, so that a shell sees it.
///
/// # Panics
///
/// If an interpreter runs already, or if `body` panics.
pub fn run_program(interpreter: Interpreter, body: impl FnOnce(&VirtualMachine) -> PyResult<()>) -> u32 {
    assert!(set_interpreter(interpreter).is_ok(), "an interpreter runs in this process already");
    let (outcome, ended) = attach_and_end(|py| {
        let vm = vm(py);
        body(vm).map_err(|error| {
            // The machine would end the process here, before exit functions have run.
            let interrupted = error.fast_isinstance(vm.ctx.exceptions.keyboard_interrupt);
            let status = if interrupted {
                vm.print_exception(&error);
                INTERRUPTED
            } else {
                vm.handle_exit_exception(error)
            };
            (status, interrupted)
        })
    });
    match outcome {
        Ok(()) | Err((0, _)) => ended,
        Err((status, interrupted)) => {
            // This system has no such signal.
            #[cfg(not(unix))]
            let _ = interrupted;
            #[cfg(unix)]
            if interrupted && rustpython_vm::host_env::signal::set_sigint_default_onstack().is_ok() {
                // If sending fails, the process continues and returns the status.
                rustpython_vm::host_env::signal::send_sigint_to_self().ok();
            }
            status
        }
    }
}

/// Publishes an interpreter. The caller holds `LIFE`.
fn begin(interpreter: Interpreter) {
    pyo3_backend::mark!();
    // `import __main__` works from the start, as on CPython. If that fails, code that needs the module raises the error
    // itself. The same applies to a `sys` without the wrapped attributes.
    interpreter.enter(|vm| {
        drop(vm.ensure_main_module());
        crate::sysconfig::complete(vm);
        crate::bytes::correct_items(&vm.ctx);
        drop(recursion::share(vm));
        drop(traceback::install_hook(vm));
        drop(imports::follow_replacements(vm));
        if !vm.state.config.settings.install_signal_handlers {
            drop(signals::note_dispositions(vm));
        }
    });
    let model = interpreter.new_thread();
    MAIN.store(Box::into_raw(Box::new(interpreter)), Ordering::Release);
    *lock(&SHARED) = Some(Shared { owner: current().id(), model });
    STATE.store(RUNNING, Ordering::Release);
}

/// Attaches this thread, which owns the interpreter, then ends the interpreter. Also returns the exit status.
fn attach_and_end<R>(body: impl for<'py> FnOnce(Attached<'py, RustPython>) -> R) -> (R, u32) {
    let outcome = catch_unwind(AssertUnwindSafe(|| RustPython::thread_attach(body)));
    let status = end();
    match outcome {
        Ok(Ok(value)) => (value, status),
        Ok(Err(error)) => unreachable!("the interpreter has just been started by this thread: {error:?}"),
        Err(panic) => resume_unwind(panic),
    }
}

/// Ends the interpreter that this thread owns. Returns the exit status, which says whether output could be written. The
/// thread is not attached.
fn end() -> u32 {
    let _life = lock(&LIFE);
    // The code that runs at the start of the shutdown may need threads, so they are not refused yet.
    // SAFETY: `SHARED` is filled, and this thread owns the interpreter.
    unsafe { &*MAIN.load(Ordering::Acquire) }.enter(shut_down);
    ENDED_HERE.set(true);
    STATE.store(FINALIZING, Ordering::Release);
    let shared = lock(&SHARED).take();
    let main = MAIN.swap(core::ptr::null_mut(), Ordering::AcqRel);
    assert!(!main.is_null(), "the interpreter ends once");
    // SAFETY: `begin` made the pointer from a box, and the swap returns it only once. Nothing borrows the interpreter:
    // only this thread ever does, and it is not attached.
    let interpreter = unsafe { Box::from_raw(main) };
    // The references of the model and the deferred ones have to be released by an attached thread.
    interpreter.enter(|vm| {
        drop(shared);
        enter(vm, |_| ()); // releases the deferred references
    });
    interpreter.finalize(None)
}

/// Waits for threads and runs exit functions, as the start of a shutdown. The machine does so again when it ends, but
/// then nothing is left to do.
fn shut_down(vm: &VirtualMachine) {
    let run = |module: PyObjectRef, function: &'static str| {
        if let Err(error) = vm.call_method(&module, function, ()) {
            vm.run_unraisable(error, Some(format!("Exception ignored in {function}")), module);
        }
    };
    // If nothing has imported `threading`, there are no threads.
    let modules = vm.sys_module.get_attr("modules", vm);
    if let Ok(threading) = modules.and_then(|modules| modules.get_item("threading", vm)) {
        run(threading, "_shutdown");
    }
    if let Ok(atexit) = vm.import("atexit", 0) {
        run(atexit, "_run_exitfuncs");
    }
}

/// Locks a mutex, even a poisoned one: none of them guards an invariant that a panic could break.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
}

impl InterpreterOps for RustPython {
    const ATTACHED_IS_EXCLUSIVE: bool = false;

    fn interpreter_is_initialized() -> bool {
        STATE.load(Ordering::Acquire) == RUNNING || is_attached()
    }

    fn interpreter_initialize() {
        if Self::interpreter_is_initialized() {
            return;
        }
        let _life = lock(&LIFE);
        if STATE.load(Ordering::Acquire) != RUNNING {
            begin(start::build());
        }
    }

    unsafe fn interpreter_embed<R>(body: impl for<'py> FnOnce(Attached<'py, Self>) -> R) -> R {
        {
            let _life = lock(&LIFE);
            assert!(
                STATE.load(Ordering::Acquire) != RUNNING && !is_attached(),
                "an interpreter runs already: it can neither be started again nor be ended here"
            );
            begin(start::build());
        }
        attach_and_end(body).0
    }

    fn interpreter_version() -> &'static str {
        rustpython_vm::version::RUSTPYTHON_VERSION
    }
}
