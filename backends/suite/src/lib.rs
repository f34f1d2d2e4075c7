//! Tests of the contract, for any backend.
//!
//! Each test is a generic function. [`contract_suite`] turns them into tests for one backend, with one line in the
//! backend's own tests. Nothing here depends on a particular runtime: each backend tests its own peculiarities.

#![expect(unsafe_code, reason = "some operations of the contract are unsafe to call")]

/// Defines functions of protocols, each as a type: `Name: Shape(py, argument: type) -> result { body }`.
macro_rules! protocol_functions {
    ($($name:ident: $shape:ident($py:ident, $($argument:ident: $type:ty),*) -> $result:ty $body:block)*) => {
        $(
            struct $name;

            impl<B: Backend> $shape<B> for $name
            where
                kind::Any: NativeBase<B>,
            {
                fn call<'a, 'py: 'a>($py: Attached<'py, B>, $($argument: $type),*) -> Outcome<'py, B, $result> $body
            }
        )*
    };
}

pub mod calls;
pub mod chains;
pub mod classes;
pub mod containers;
pub mod errors;
pub mod lending;
pub mod numbers;
pub mod objects;
pub mod protocols;
pub mod runtime;
pub mod standard;
pub mod text;

use std::thread;
use std::time::{Duration, Instant};

use pyo3_backend::{Attached, Backend, CompileMode, Outcome, Owned, Ref, kind};

/// Runs `body` attached, after starting an interpreter if none is running.
pub fn attached<B: Backend>(body: impl for<'py> FnOnce(Attached<'py, B>)) {
    B::interpreter_initialize();
    B::thread_attach(body).expect("the interpreter runs");
}

/// Collects cycles until `condition` holds, detached between two attempts.
///
/// The last reference to an object may not be the test's: while a collector runs on another thread, it holds references
/// to the objects that it looks at. And a collection does nothing while another one runs.
///
/// # Panics
///
/// Panics after ten seconds.
#[track_caller]
pub fn eventually<B: Backend>(py: Attached<'_, B>, condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(10), "it did not happen in ten seconds");
        exec(py, "import gc\nresult = gc.collect()", &[]);
        B::thread_detach(py, || thread::sleep(Duration::from_millis(10)));
    }
}

/// Evaluates an expression that can use `names`.
///
/// # Errors
///
/// What the expression raises.
pub fn try_eval<'py, B: Backend>(
    py: Attached<'py, B>,
    source: &str,
    names: &[(&str, Ref<'_, B>)],
) -> Outcome<'py, B, Owned<'py, B>> {
    run(py, source, CompileMode::Eval, names)
}

/// Like [`try_eval`], for an expression that raises nothing.
///
/// # Panics
///
/// If it raises.
pub fn eval<'py, B: Backend>(py: Attached<'py, B>, source: &str, names: &[(&str, Ref<'_, B>)]) -> Owned<'py, B> {
    done(py, try_eval(py, source, names))
}

/// Runs statements, and returns what they assign to `result`.
///
/// # Panics
///
/// If they raise, or do not assign to `result`.
pub fn exec<'py, B: Backend>(py: Attached<'py, B>, source: &str, names: &[(&str, Ref<'_, B>)]) -> Owned<'py, B> {
    let globals = globals(py, names);
    let source = std::ffi::CString::new(source).expect("text");
    let code = done(py, B::code_compile(py, &source, c"<test>", CompileMode::Exec));
    done(py, B::code_eval(py, code.as_ref(), globals.as_ref(), globals.as_ref().any()));
    let key = text(py, "result");
    done(py, B::dict_get(py, globals.as_ref(), key.as_ref().any())).expect("it assigns to `result`")
}

fn globals<'py, B: Backend>(py: Attached<'py, B>, names: &[(&str, Ref<'_, B>)]) -> Owned<'py, B, kind::Dict> {
    let globals = B::dict_new(py);
    for (name, value) in names {
        let name = text(py, name);
        done(py, B::dict_set(py, globals.as_ref(), name.as_ref().any(), *value));
    }
    globals
}

fn run<'py, B: Backend>(
    py: Attached<'py, B>,
    source: &str,
    mode: CompileMode,
    names: &[(&str, Ref<'_, B>)],
) -> Outcome<'py, B, Owned<'py, B>> {
    let globals = globals(py, names);
    let source = std::ffi::CString::new(source).expect("text");
    let code = B::code_compile(py, &source, c"<test>", mode)?;
    B::code_eval(py, code.as_ref(), globals.as_ref(), globals.as_ref().any())
}

/// Returns the value of an operation that must succeed.
///
/// # Panics
///
/// If it fails, with the exception as the message.
pub fn done<'py, B: Backend, T>(py: Attached<'py, B>, outcome: Outcome<'py, B, T>) -> T {
    outcome.unwrap_or_else(|raised| panic!("{}", message(py, raised)))
}

/// Returns the exception of an operation that must fail, in the form `TypeError: text`.
///
/// # Panics
///
/// If it succeeds.
pub fn failed<'py, B: Backend, T>(py: Attached<'py, B>, outcome: Outcome<'py, B, T>) -> String {
    match outcome {
        Ok(_) => panic!("it does not fail"),
        Err(raised) => message(py, raised),
    }
}

/// Returns an exception in the form `TypeError: text`.
pub fn message<'py, B: Backend>(py: Attached<'py, B>, raised: B::Raised<'py>) -> String {
    let exception = B::error_take(py, raised);
    let class = done(py, B::type_name(py, B::type_of(py, exception.as_ref().any())));
    let words = done(py, B::object_str(py, exception.as_ref().any()));
    format!("{}: {}", B::str_to_lossy(py, class.as_ref()), B::str_to_lossy(py, words.as_ref()))
}

/// Returns `repr(object)`.
pub fn repr<'py, B: Backend>(py: Attached<'py, B>, object: Ref<'_, B>) -> String {
    let repr = done(py, B::object_repr(py, object));
    B::str_to_lossy(py, repr.as_ref()).into_owned()
}

/// Makes a `str`.
pub fn text<'py, B: Backend>(py: Attached<'py, B>, text: &str) -> Owned<'py, B, kind::Str> {
    B::str_from_utf8(py, text)
}

/// Makes an `int`.
pub fn int<'py, B: Backend>(py: Attached<'py, B>, value: i64) -> Owned<'py, B> {
    B::int_from_i64(py, value).any()
}

/// Defines the tests of the contract for a backend, in a module.
///
/// ```ignore
/// pyo3_backend_suite::contract_suite!(contract: MyRuntime);
/// ```
#[macro_export]
macro_rules! contract_suite {
    ($module:ident: $backend:ty) => {
        mod $module {
            use super::*;

            $crate::contract_suite! { @each $backend;
                calls: arguments_arrive closures_are_called_and_dropped functions_refuse_arguments methods_are_called;
                chains: chains_are_collected chains_have_all_payloads links_describe_chains;
                classes: a_class_can_be_extended instances_have_payloads protocols_answer references_are_collected;
                containers: bytes_are_made_and_read bytearrays_are_read dicts_hold_entries dicts_merge lists_change lists_are_read_in_blocks
                    sets_hold_items tuples_are_made;
                errors: causes_and_contexts_are_kept exceptions_are_left_for_foreign_code exceptions_are_matched
                    exceptions_are_printed exceptions_are_raised_and_taken pending_exceptions_are_known warnings_are_issued what_cannot_be_raised_is_reported;
                lending: classes_lend_memory;
                numbers: complex_numbers_are_calculated_with complex_numbers_have_parts floats_are_read integers_of_any_size_are_read
                    integers_that_do_not_fit_are_refused;
                objects: attributes_are_got_and_set calls_of_operators constants_are_themselves items_are_got_and_set
                    iterators_end kinds_are_checked references_are_counted types_are_asked weak_references_lead_to_objects;
                protocols: descriptors_are_asked every_protocol_answers;
                runtime: capsules_carry_pointers code_is_compiled_and_run context_watchers_are_told_or_refused buffers_are_lent frames_are_made modules_are_made_and_filled
                    mutexes_exclude_threads references_outlive_attachments sections_exclude_threads
                    threads_attach_and_detach traversal_forbids_attaching;
                standard: bytearrays_are_made_and_resized dates_and_times_have_fields mappings_have_proxies mappings_list_their_parts
                    sequences_have_positions slices_say_their_indices weak_references_are_made;
                text: code_points_are_shown strings_are_encoded_and_decoded strings_are_made_and_read strings_end_with_a_null
                    surrogates_are_no_text;
            }
        }
    };
    (@each $backend:ty; $($topic:ident: $($test:ident)*;)*) => {
        $($(
            #[test]
            fn $test() {
                $crate::$topic::$test::<$backend>();
            }
        )*)*
    };
}
