//! A catalogue of faults: for each, a backend with exactly that fault, and the report that `Checked` makes.
//!
//! The backend is that of a toy runtime. Every entry runs twice: with its fault, which must be reported under the name
//! of the operation, and without it, which must not be reported.

use std::ffi::c_void;
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::ptr::NonNull;

use pyo3_backend::*;
use pyo3_backend_decorators::{Checked, Report, with_reporter};

use toy::{Fault, Toy, set_callback, with_fault};

mod toy;

type C = Checked<Toy>;
type At<'py> = Attached<'py, C>;

/// Runs `body` on a new thread, because each thread of the toy has its own interpreter.
fn report_of(fault: Fault, body: fn()) -> Option<Report> {
    let run = move || {
        with_fault(fault);
        let outcome = with_reporter(|report| panic_any(report.clone()), || catch_unwind(AssertUnwindSafe(body)));
        outcome.err().map(|payload| *payload.downcast::<Report>().expect("nothing else panics"))
    };
    std::thread::spawn(run).join().expect("panics are caught")
}

/// Runs `body` attached.
fn attached(body: impl for<'py> FnOnce(At<'py>)) {
    C::thread_attach(body).expect("the toy is there");
}

/// Returns a function that returns `None`.
fn function(py: At<'_>) -> Owned<'_, C> {
    let function = C::function_from_closure(py, c"f", c"", |py, _, _| Ok(C::constant_none(py).to_owned(py)));
    function.unwrap_or_else(|_| panic!("the toy makes functions")).any()
}

/// Makes a tuple of the items.
fn tuple<'py>(py: At<'py>, items: Vec<Owned<'py, C>>) -> Owned<'py, C, kind::Tuple> {
    let tuple = C::tuple_from(py, items.len(), items.into_iter().map(Ok::<_, ()>));
    tuple.expect("no item fails")
}

/// Makes a list of the items.
fn list<'py>(py: At<'py>, items: Vec<Owned<'py, C>>) -> Owned<'py, C, kind::List> {
    let list = C::list_from(py, items.len(), items.into_iter().map(Ok::<_, ()>));
    list.expect("no item fails")
}

fn int(py: At<'_>) -> Owned<'_, C> {
    C::int_from_i64(py, 1000).any()
}

/// Declares a test for each fault: the operation that is reported, words of the report, and code that triggers the
/// fault.
macro_rules! faults {
    ($($name:ident: $fault:ident, $operation:literal, $words:literal => $body:expr;)*) => {
        $(#[test]
        fn $name() {
            fn body() {
                let body: fn() = $body;
                body();
            }
            let clean = report_of(Fault::None, body);
            assert!(clean.is_none(), "reported without the fault: {}", clean.unwrap());
            let report = report_of(Fault::$fault, body).expect("the fault is reported");
            assert_eq!(report.place.operation, $operation, "{report}");
            assert!(report.fault.contains($words), "{report}");
        })*

        /// The names of all faults in the catalogue.
        const FAULTS: &[&str] = &[$(stringify!($name)),*];
    };
}

faults! {
    // Attachment.
    attach_does_not_attach: AttachDoesNotAttach, "thread_attach", "attached while the body runs" => || attached(|_| ());
    attach_leaves_the_thread_attached: AttachStaysAttached, "thread_attach", "as attached afterwards as before" => || attached(|_| ());
    detach_does_not_detach: DetachStaysAttached, "thread_detach", "not attached while the body runs"
        => || attached(|py| C::thread_detach(py, || ()));
    python_calls_on_a_detached_thread: CallsDetached, "closure", "not attached" => || attached(|py| {
        let function = function(py);
        assert!(C::call(py, function.as_ref(), tuple(py, vec![]).as_ref(), None).is_ok());
    });

    // References.
    retain_takes_no_reference: RetainForgets, "ref_retain", "the runtime counts 1" => || attached(|py| {
        let int = int(py);
        drop(int.clone());
    });
    release_gives_up_two: ReleaseTwice, "int_to_i64", "the runtime counts 1" => || attached(|py| {
        let int = int(py);
        let copies = (int.clone(), int.clone());
        drop(copies.0);
        assert!(C::int_to_i64(py, int.as_ref()).is_ok());
    });
    an_item_comes_out_without_a_reference: ListGetForgetsRetain, "list_get", "is dead" => || attached(|py| {
        let list = list(py, vec![int(py)]);
        for _ in 0..2 {
            drop(C::list_get(py, list.as_ref(), 0));
        }
    });
    a_call_gives_up_its_arguments: CallTakesArguments, "ref_release", "is dead" => || attached(|py| {
        let (function, arguments) = (function(py), tuple(py, vec![]));
        assert!(C::call(py, function.as_ref(), arguments.as_ref(), None).is_ok());
    });
    a_borrowed_item_is_dead: TupleGetIsDead, "tuple_get", "is dead" => || attached(|py| {
        let tuple = tuple(py, vec![int(py)]);
        assert!(C::tuple_get(py, tuple.as_ref(), 0).is_some());
    });

    // Kinds.
    a_string_is_none: StrIsBytes, "str_from_utf8", "not of the kind Str" => || attached(|py| {
        drop(C::str_from_utf8(py, "text"));
    });
    repr_gives_a_number: ResultHasOtherKind, "object_repr", "not of the kind Str" => || attached(|py| {
        assert!(C::object_repr(py, int(py).as_ref()).is_ok());
    });
    a_capsule_is_none: CapsuleIsNone, "capsule_new", "not of the kind Capsule" => || attached(|py| {
        // SAFETY: there is no destructor.
        let capsule = unsafe { C::capsule_new(py, NonNull::<c_void>::dangling(), None, None) };
        assert!(capsule.is_ok());
    });
    an_instance_is_of_another_class: AllocatesAnother, "class_allocate", "of the requested type"
        => || attached(|py| drop(thing(py)));

    // Exceptions.
    failure_without_an_exception: ErrWithoutException, "object_get_attribute", "no exception is waiting" => || attached(|py| {
        let (int, name) = (int(py), C::str_from_utf8(py, "name"));
        let outcome = C::object_get_attribute(py, int.as_ref(), name.as_ref());
        C::error_discard(outcome.err().expect("the toy has no attributes"));
    });
    success_with_an_exception: OkWithException, "object_set_attribute", "it succeeded, but" => || attached(|py| {
        let (int, name) = (int(py), C::str_from_utf8(py, "name"));
        assert!(C::object_set_attribute(py, int.as_ref(), name.as_ref(), None).is_ok());
    });
    what_cannot_fail_raises: InfallibleRaises, "type_builtin", "it cannot fail" => || attached(|py| {
        C::type_builtin(py, BuiltinType::Int);
    });
    take_leaves_the_exception: TakeLeavesPending, "error_take", "still waiting" => || attached(|py| drop(C::error_take(py, raise(py))));
    raise_forgets_the_exception: RaiseForgets, "error_raise", "no exception is waiting" => || attached(|py| {
        let (int, name) = (int(py), C::str_from_utf8(py, "name"));
        let outcome = C::object_get_attribute(py, int.as_ref(), name.as_ref());
        let exception = C::error_take(py, outcome.err().expect("the toy has no attributes"));
        C::error_discard(C::error_raise(py, exception));
    });
    a_pending_exception_is_not_found: PendingForgets, "capi_error_fetch", "still waiting" => || attached(|py| {
        C::capi_error_leave(py, raise(py));
        C::error_discard(C::capi_error_fetch(py).expect("it was left"));
    });
    release_loses_the_exception: ReleaseLosesException, "ref_release", "is gone" => || attached(|py| {
        let int = int(py);
        let raised = raise(py);
        drop(int);
        C::error_discard(raised);
    });
    a_function_is_called_during_an_exception: ConstructorSeesException, "closure", "while an exception is waiting"
        => || attached(|py| {
            let function = function(py);
            assert!(C::call(py, function.as_ref(), tuple(py, vec![]).as_ref(), None).is_ok());
        });

    // Python code.
    type_of_runs_python: TypeOfRunsPython, "type_of", "must not run Python code" => || attached(|py| {
        let (int, function) = (int(py), function(py));
        set_callback(function.as_ptr());
        C::type_of(py, int.as_ref());
    });
    making_a_string_runs_python: StrRunsPython, "str_from_utf8", "must not run Python code" => || attached(|py| {
        let function = function(py);
        set_callback(function.as_ptr());
        drop(C::str_from_utf8(py, "text"));
    });
    setting_a_class_attribute_runs_python: ClassSetAttributeRunsPython, "class_set_attribute", "must not run Python code"
        => || attached(|py| {
            let (function, name) = (function(py), C::str_from_utf8(py, "name"));
            set_callback(function.as_ptr());
            let class = C::type_builtin(py, BuiltinType::Int);
            assert!(C::class_set_attribute(py, class, name.as_ref(), C::constant_none(py)).is_ok());
        });
    python_runs_under_a_lock: DictGetHoldsLock, "dict_get", "a lock of the backend is held" => || attached(|py| {
        let (dict, function) = (C::dict_new(py), function(py));
        set_callback(function.as_ptr());
        assert!(C::dict_get(py, dict.as_ref(), C::constant_none(py)).is_ok());
    });

    // Promises about values.
    a_list_of_another_length: ListOfAnotherLength, "list_from", "as many items" => || attached(|py| {
        drop(list(py, vec![int(py)]));
    });
    a_tuple_of_another_length: TupleOfAnotherLength, "tuple_from", "as many items" => || attached(|py| {
        drop(tuple(py, vec![int(py)]));
    });
    an_item_past_the_end: TupleGetPastTheEnd, "tuple_get", "below the length" => || attached(|py| {
        let tuple = tuple(py, vec![int(py)]);
        assert!(C::tuple_get(py, tuple.as_ref(), 0).is_some());
        C::tuple_get(py, tuple.as_ref(), 1);
    });
    a_string_has_other_text: StrHasOtherText, "str_from_utf8", "the text that it was made with" => || attached(|py| {
        drop(C::str_from_utf8(py, "text"));
    });
    text_moves: StrMoves, "str_to_utf8", "stays where it is" => || attached(|py| {
        let string = C::str_from_utf8(py, "text");
        assert!(C::str_to_utf8(py, string.as_ref()).is_ok());
    });
    bytes_are_longer: BytesAreLonger, "bytes_from_slice", "the contents that it was made with" => || attached(|py| {
        drop(C::bytes_from_slice(py, b"bytes"));
    });
    a_float_is_rounded: FloatIsRounded, "float_from_f64", "the value that it was made with" => || attached(|py| {
        drop(C::float_from_f64(py, 0.5));
    });
    there_are_two_of_a_constant: ConstantIsNew, "constant", "exists once" => || attached(|py| {
        C::constant(py, Constant::Ellipsis);
    });
    a_type_is_no_subtype_of_itself: TypeIsNoSubtypeOfItself, "type_is_subtype", "of itself" => || attached(|py| {
        let class = C::type_builtin(py, BuiltinType::Int);
        C::type_is_subtype(py, class, class);
    });
    a_hash_is_minus_one: HashIsMinusOne, "object_hash", "never -1" => || attached(|py| {
        assert!(C::object_hash(py, int(py).as_ref()).is_ok());
    });
    a_buffer_is_nowhere: BufferWithoutMemory, "buffer_layout", "has an address" => || attached(buffer);
    a_buffer_of_another_length: BufferOfAnotherLength, "buffer_layout", "fill the memory exactly" => || attached(buffer);
    a_mutex_forgets: UnlockedMutex, "RawMutex::lock", "the mutex is locked" => || {
        let mutex = <C as SectionOps>::RawMutex::UNLOCKED;
        mutex.lock();
        mutex.unlock();
    };
    nothing_is_initialized: InitializeDoesNothing, "interpreter_initialize", "an interpreter runs afterwards" => C::interpreter_initialize;
}

#[test]
fn the_catalogue_is_large() {
    assert!(FAULTS.len() >= 20, "{}", FAULTS.len());
}

/// Raises an exception, which is pending then.
fn raise(py: At<'_>) -> <C as BackendTypes>::Raised<'_> {
    C::error_raise_new(py, C::exception_type(py, ExceptionType::ValueError).any(), C::constant_none(py))
}

fn buffer(py: At<'_>) {
    let bytes = C::bytes_from_slice(py, b"bytes");
    let view = C::buffer_get(py, bytes.as_ref().any()).unwrap_or_else(|_| panic!("bytes have a buffer"));
    assert_eq!(C::buffer_layout(&view).len, 5);
    C::buffer_release(py, view);
}

/// `object` as a base.
struct BaseObject;

impl NativeType<C> for BaseObject {
    fn type_object<'py>(py: At<'py>) -> Ref<'py, C, kind::Type> {
        C::type_builtin(py, BuiltinType::Object)
    }
}

/// A class whose instances hold a number.
struct Thing;

impl Class<C> for Thing {
    type Base = Native<kind::Any, BaseObject>;
    type Payload = u32;
    const HAS_DICT: bool = false;
    const HAS_WEAKREFS: bool = false;
    const MAY_TRAVERSE: bool = false;

    fn type_object<'py>(py: At<'py>) -> Ref<'py, C, kind::Type> {
        // Any type will do.
        C::exception_type(py, ExceptionType::BaseException)
    }

    fn traverse(_payloads: Payloads<'_, C, Self>, _visit: &mut Visit<'_, C>) -> std::ops::ControlFlow<Stop> {
        std::ops::ControlFlow::Continue(())
    }

    fn clear<'a>(_py: Attached<'_, C>, _object: Option<Ref<'a, C>>, _payloads: Payloads<'a, C, Self>) {}

    unsafe fn dispose(_py: Attached<'_, C>, _payload: &mut std::mem::ManuallyDrop<u32>) {}
}

fn thing(py: At<'_>) -> Owned<'_, C> {
    let class = Thing::type_object(py);
    // SAFETY: `class` is the type of the class.
    let thing = unsafe { C::class_allocate::<Thing>(py, class, Values::new(7, ())) }
        .unwrap_or_else(|_| panic!("the toy has memory"));
    // SAFETY: `class_allocate` has just made it an instance of the class.
    let made = unsafe { (C::class_has_memory::<Thing>(thing.as_ref()), *C::class_payload::<Thing>(thing.as_ref())) };
    assert_eq!(made, (true, 7));
    thing
}

// Faults of the code that uses the backend.

/// Returns the report of a body that is itself faulty.
fn blamed(body: fn()) -> Report {
    report_of(Fault::None, body).expect("the fault is reported")
}

#[test]
fn operations_need_an_attached_thread() {
    let report = blamed(|| {
        // SAFETY: deliberately violated; this is the fault under test.
        C::int_from_i64(unsafe { Attached::assume() }, 1);
    });
    assert_eq!((report.place.operation, report.fault.as_str()), ("int_from_i64", "the thread is not attached"));
    let caller = report.place.caller.expect("it is known");
    assert!(caller.file().ends_with("faults.rs"), "{report}");
}

#[test]
fn nothing_is_done_while_the_collector_visits() {
    let report = blamed(|| attached(|py| forbid_attach(|| drop(C::int_from_i64(py, 1)))));
    assert!(report.fault.contains("the collector is visiting"), "{report}");
}

#[test]
fn nothing_is_done_while_an_exception_waits() {
    let report = blamed(|| {
        attached(|py| {
            let raised = raise(py);
            drop(C::int_from_i64(py, 1));
            C::error_discard(raised);
        });
    });
    assert_eq!(report.place.operation, "int_from_i64");
    assert!(report.fault.contains("an exception is waiting"), "{report}");
}

#[test]
fn a_reference_is_given_up_once() {
    let report = blamed(|| {
        attached(|py| {
            let list = list(py, vec![int(py)]);
            let item = C::list_get(py, list.as_ref(), 0).expect("there is one");
            // SAFETY: deliberately violated, since the reference belongs to `item`.
            let again: Owned<'_, C> = unsafe { std::ptr::read(&item) };
            drop(item);
            drop(again);
        });
    });
    assert_eq!(report.place.operation, "ref_release");
    assert!(report.fault.contains("no handle owns one"), "{report}");
    let births: Vec<_> = report.births.iter().map(|birth| birth.operation).collect();
    assert!(births.contains(&"list_get"), "{report}");
    assert_eq!(report.release.map(|place| place.operation), Some("ref_release"), "{report}");
}

#[test]
fn a_claimed_kind_is_seen_through() {
    let report = blamed(|| {
        attached(|py| {
            let int = int(py);
            // SAFETY: deliberately violated; this is the fault under test.
            C::list_len(py, unsafe { int.as_ref().assume_kind() });
        });
    });
    assert_eq!(report.place.operation, "list_len");
    assert!(report.fault.contains("not of the kind List"), "{report}");
}

#[test]
fn a_foreign_release_is_seen() {
    let report = blamed(|| {
        attached(|py| {
            let int = int(py);
            // SAFETY: deliberately violated, since the reference belongs to `int`. This stands for faulty foreign code.
            unsafe { Toy::ref_release(Attached::assume(), int.as_ptr()) };
            let _ = C::int_to_i64(py, int.as_ref());
        });
    });
    assert_eq!(report.place.operation, "int_to_i64");
    assert!(report.births.iter().any(|birth| birth.operation == "int_from_i64"), "{report}");
}

#[test]
fn pointers_are_accounted_for() {
    let clean = report_of(Fault::None, || {
        attached(|py| {
            let int = int(py);
            let pointer = int.as_ptr();
            assert_eq!(C::held(pointer), 1);
            let pointer = int.into_ptr();
            assert_eq!(C::held(pointer), 0);
            // SAFETY: this takes back the reference given away above.
            let global: Global<C> = unsafe { Global::from_ptr(pointer) };
            assert_eq!(C::held(pointer), 1);
            drop((global.bind(py).clone(), global));
            assert_eq!(C::held(pointer), 0);
        });
    });
    assert!(clean.is_none(), "{}", clean.unwrap());
}

#[test]
fn what_is_unlocked_was_locked() {
    let report = blamed(|| {
        let mutex = <C as SectionOps>::RawMutex::UNLOCKED;
        mutex.unlock();
    });
    assert_eq!(report.place.operation, "RawMutex::unlock");
}

/// Without a reporter, the process reports the fault and aborts.
#[test]
fn a_fault_ends_the_process() {
    const AGAIN: &str = "FAULTS_END_THE_PROCESS";
    if std::env::var_os(AGAIN).is_some() {
        // SAFETY: deliberately violated; this is the fault under test.
        C::int_from_i64(unsafe { Attached::assume() }, 1);
        unreachable!("the process has ended");
    }
    let program = std::env::current_exe().expect("this test is a program");
    let arguments = ["--exact", "a_fault_ends_the_process", "--nocapture"];
    let output = std::process::Command::new(program).args(arguments).env(AGAIN, "1").output().expect("it starts");
    assert!(!output.status.success());
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(text.contains("the thread is not attached") && text.contains("`int_from_i64`, called at"), "{text}");
}

/// The toy claims to have no threads, so nobody could ever release the lock.
#[test]
fn waiting_is_a_deadlock_where_there_are_no_threads() {
    let lock = RawLock::new();
    RawMutex::<Toy>::lock(&lock);
    let waited = catch_unwind(AssertUnwindSafe(|| RawMutex::<Toy>::lock(&lock)));
    let message = waited.expect_err("it cannot have it").downcast::<String>().expect("the message is formatted");
    assert_eq!(*message, DEADLOCK);
    RawMutex::<Toy>::unlock(&lock);
    RawMutex::<Toy>::lock(&lock);
    assert!(RawMutex::<Toy>::is_locked(&lock));
}
