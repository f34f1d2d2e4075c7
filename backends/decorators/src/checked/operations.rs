//! The table of operations, and what each may do: objects, types, exceptions, numbers, text, calls, code.
//!
//! A row is an operation as the contract declares it, after one of these words: `quiet` runs no Python code, `collects`
//! runs only what the collector runs, `runs` may run any. After `=>` comes a promise about the result.

use std::borrow::Cow;
use std::ffi::{CStr, c_char, c_void};
use std::ptr::NonNull;

use pyo3_backend::*;

use super::adapters::{Adapted, AdaptedClass, Inner, Outer};
use super::classes::outer;
use super::frame::{self, Before, Operation, Python};
use super::plain::Settled;
use super::{At, Checked, Handle, Maybe, Object};

/// Translates the word of a row.
macro_rules! python {
    (quiet) => {
        Python::Never
    };
    (collects) => {
        Python::Collects
    };
    (runs) => {
        Python::Runs
    };
}

/// Implements a trait of operations: those that need special code `by hand`, and the rows of the table.
macro_rules! operations {
    (
        impl $operations:ident, $before:ident, by hand { $($by_hand:tt)* }
        $(
            $word:ident $name:ident $(<$lifetime:lifetime>)? ($py:ident $(, $argument:ident: $type:ty)* $(,)?)
            $(-> $result:ty)? $(=> |$answer:ident| $kept:expr, $promise:literal)?;
        )*
    ) => {
        impl<B: Backend> $operations for Checked<B> {
            $($by_hand)*

            $(
                #[track_caller]
                fn $name<'py $(, $lifetime)?>($py: At<'py, B> $(, $argument: $type)*) $(-> $result)? {
                    let operation = Operation::<B>::enter(stringify!($name), python!($word), Before::$before);
                    let $py = $py.inner();
                    $(let $argument = $argument.inner();)*
                    let answer = B::$name($py $(, $argument)*);
                    operation.ran(answer.settled());
                    $(
                        let $answer = &answer;
                        operation.promises(|| $kept, $promise);
                    )?
                    answer.outer()
                }
            )*
        }
    };
}

pub(super) use {operations, python};

operations! {
    impl RefOps, Anything, by hand {
        #[track_caller]
        fn ref_retain(py: At<'_, B>, object: Handle<'_, B>) {
            let operation = Operation::<B>::enter("ref_retain", Python::Never, Before::Anything);
            B::ref_retain(py.inner(), object.inner());
            operation.ran(None);
            frame::takes::<B, kind::Any>(object.as_ptr());
        }

        #[track_caller]
        unsafe fn ref_release(py: At<'_, B>, object: NonNull<B::Object>) {
            let operation = Operation::<B>::enter("ref_release", Python::Runs, Before::Anything);
            frame::gives::<B, kind::Any>(object);
            // SAFETY: as the caller promises.
            unsafe { B::ref_release(py.inner(), object) }
            operation.ran(None);
        }

        #[track_caller]
        unsafe fn ref_release_anywhere(object: NonNull<B::Object>) {
            let _operation = Operation::<B>::enter_anywhere("ref_release_anywhere", Python::Runs);
            frame::gives::<B, kind::Any>(object);
            // SAFETY: as the caller promises.
            unsafe { B::ref_release_anywhere(object) }
        }

        #[track_caller]
        fn ref_adopted(object: NonNull<B::Object>) {
            let _operation = Operation::<B>::enter_anywhere("ref_adopted", Python::Never);
            B::ref_adopted(object);
            frame::takes::<B, kind::Any>(object);
        }

        #[track_caller]
        fn ref_disowned(object: NonNull<B::Object>) {
            let _operation = Operation::<B>::enter_anywhere("ref_disowned", Python::Never);
            frame::gives::<B, kind::Any>(object);
            B::ref_disowned(object);
        }
    }
    quiet ref_count(py, object: Handle<'_, B>) -> usize => |count| *count != 0, "an object that is alive has references";
}

impl<B: Backend> CApiOps for Checked<B> {
    #[track_caller]
    fn capi_error_fetch<'py>(py: At<'py, B>) -> Option<B::Raised<'py>> {
        let operation = Operation::<B>::enter("capi_error_fetch", Python::Never, Before::Anything);
        let raised = B::capi_error_fetch(py.inner());
        operation.leaves(raised.is_some());
        raised
    }

    #[track_caller]
    fn capi_error_leave<'py>(py: At<'py, B>, raised: B::Raised<'py>) {
        let operation = Operation::<B>::enter("capi_error_leave", Python::Never, Before::Anything);
        B::capi_error_leave(py.inner(), raised);
        operation.leaves(true);
    }

    fn capi_slot_buffer<C: Class<Self>, G: GetBufferFn<Self>, R: ReleaseBufferFn<Self>>() -> Option<Protocol<Self>> {
        B::capi_slot_buffer::<AdaptedClass<Self, C>, Adapted<Self, G>, Adapted<Self, R>>().map(outer)
    }
}

operations! {
    impl ErrorOps, Anything, by hand {
        #[track_caller]
        fn error_take<'py>(py: At<'py, B>, raised: B::Raised<'py>) -> Object<'py, B, kind::BaseException> {
            let operation = Operation::<B>::enter("error_take", Python::Runs, Before::Anything);
            operation.starts_with(true);
            let exception = B::error_take(py.inner(), raised);
            operation.leaves(false);
            exception.outer()
        }

        #[track_caller]
        fn error_raise<'py>(py: At<'py, B>, exception: Object<'py, B, kind::BaseException>) -> B::Raised<'py> {
            let operation = Operation::<B>::enter("error_raise", Python::Never, Before::NothingRaised);
            let raised = B::error_raise(py.inner(), exception.inner());
            operation.leaves(true);
            raised
        }

        #[track_caller]
        fn error_raise_new<'py>(
            py: At<'py, B>,
            class: Handle<'_, B>,
            value: Handle<'_, B>,
        ) -> <Self as BackendTypes>::Raised<'py> {
            let operation = Operation::<B>::enter("error_raise_new", Python::Runs, Before::NothingRaised);
            let raised = B::error_raise_new(py.inner(), class.inner(), value.inner());
            operation.leaves(true);
            raised
        }

        fn error_is_raised(py: At<'_, B>) -> Option<bool> {
            B::error_is_raised(py.inner())
        }

        #[track_caller]
        fn error_discard(raised: B::Raised<'_>) {
            let operation = Operation::<B>::enter("error_discard", Python::Runs, Before::Anything);
            B::error_discard(raised);
            operation.leaves(false);
        }
    }
    quiet exception_type(py, which: ExceptionType) -> Handle<'py, B, kind::Type>;
    quiet exception_matches(py, exception: Handle<'_, B>, class: Handle<'_, B>) -> bool;
    quiet exception_traceback(py, exception: Handle<'_, B, kind::BaseException>) -> Option<Object<'py, B, kind::Traceback>>;
    quiet exception_set_traceback(
        py, exception: Handle<'_, B, kind::BaseException>, traceback: Option<Handle<'_, B, kind::Traceback>>,
    );
    quiet exception_cause(py, exception: Handle<'_, B, kind::BaseException>) -> Option<Object<'py, B, kind::BaseException>>;
    runs exception_set_cause(
        py, exception: Handle<'_, B, kind::BaseException>, cause: Option<Object<'py, B, kind::BaseException>>,
    );
    quiet exception_context(py, exception: Handle<'_, B, kind::BaseException>) -> Option<Object<'py, B, kind::BaseException>>;
    runs exception_set_context(
        py, exception: Handle<'_, B, kind::BaseException>, context: Option<Object<'py, B, kind::BaseException>>,
    );
    runs error_print(py, exception: Object<'py, B, kind::BaseException>, set_last: bool);
    runs error_display(py, exception: Handle<'_, B, kind::BaseException>);
    runs error_write_unraisable(py, exception: Object<'py, B, kind::BaseException>, object: Option<Handle<'_, B>>);
    runs error_warn(py, category: Handle<'_, B>, message: &CStr, stack_level: i32) -> Maybe<'py, B, ()>;
}

operations! {
    impl TypeOps, NothingRaised, by hand {
        #[track_caller]
        fn type_check_kind<K: Kind>(py: At<'_, B>, object: Handle<'_, B>) -> bool {
            let operation = Operation::<B>::enter("type_check_kind", Python::Never, Before::NothingRaised);
            let answer = B::type_check_kind::<K>(py.inner(), object.inner());
            operation.ran(None);
            answer
        }
    }
    quiet type_of<'a>(py, object: Handle<'a, B>) -> Handle<'a, B, kind::Type>;
    quiet type_builtin(py, which: BuiltinType) -> Handle<'py, B, kind::Type>;
    quiet type_check(py, object: Handle<'_, B>, which: BuiltinType) -> bool;
    quiet type_check_exact(py, object: Handle<'_, B>, which: BuiltinType) -> bool
        => |is_exact| !is_exact || B::type_check(py, object, which), "what is exactly of a type is of it";
    quiet type_check_exception(py, object: Handle<'_, B>, which: ExceptionType) -> bool;
    quiet type_is_subtype(py, sub: Handle<'_, B, kind::Type>, base: Handle<'_, B, kind::Type>) -> bool
        => |answer| *answer || !sub.is(base), "a type is a subtype of itself";
    runs type_is_instance(py, object: Handle<'_, B>, class: Handle<'_, B>) -> Maybe<'py, B, bool>;
    runs type_is_subclass(py, sub: Handle<'_, B>, class: Handle<'_, B>) -> Maybe<'py, B, bool>;
    runs type_name(py, class: Handle<'_, B, kind::Type>) -> Maybe<'py, B, Object<'py, B, kind::Str>>;
    runs type_qualname(py, class: Handle<'_, B, kind::Type>) -> Maybe<'py, B, Object<'py, B, kind::Str>>;
    runs type_new_exception(
        py, name: &CStr, doc: Option<&CStr>, bases: Option<Handle<'_, B>>, dict: Option<Handle<'_, B, kind::Dict>>,
    ) -> Maybe<'py, B, Object<'py, B, kind::Type>>;
}

operations! {
    impl ObjectOps, NothingRaised, by hand {}
    runs object_get_attribute(py, object: Handle<'_, B>, name: Handle<'_, B, kind::Str>) -> Maybe<'py, B, Object<'py, B>>;
    runs object_get_attribute_opt(
        py, object: Handle<'_, B>, name: Handle<'_, B, kind::Str>,
    ) -> Maybe<'py, B, Option<Object<'py, B>>>;
    runs object_set_attribute(
        py, object: Handle<'_, B>, name: Handle<'_, B, kind::Str>, value: Option<Handle<'_, B>>,
    ) -> Maybe<'py, B, ()>;
    runs object_get_item(py, object: Handle<'_, B>, key: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B>>;
    runs object_set_item(
        py, object: Handle<'_, B>, key: Handle<'_, B>, value: Option<Handle<'_, B>>,
    ) -> Maybe<'py, B, ()>;
    runs object_contains(py, object: Handle<'_, B>, value: Handle<'_, B>) -> Maybe<'py, B, bool>;
    runs object_len(py, object: Handle<'_, B>) -> Maybe<'py, B, usize>
        => |len| len.as_ref().is_ok_and(|len| isize::try_from(*len).is_ok()) || len.is_err(), "a length is in reach of an index";
    runs object_repr(py, object: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B, kind::Str>>;
    runs object_str(py, object: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B, kind::Str>>;
    runs object_hash(py, object: Handle<'_, B>) -> Maybe<'py, B, isize>
        => |hash| !matches!(hash, Ok(-1)), "a hash is never -1";
    runs object_is_truthy(py, object: Handle<'_, B>) -> Maybe<'py, B, bool>;
    runs object_dir(py, object: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B, kind::List>>;
    runs object_compare(py, left: Handle<'_, B>, right: Handle<'_, B>, op: CompareOp) -> Maybe<'py, B, Object<'py, B>>;
    runs object_compare_bool(py, left: Handle<'_, B>, right: Handle<'_, B>, op: CompareOp) -> Maybe<'py, B, bool>;
    runs object_unary(py, op: UnaryOp, operand: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B>>;
    runs object_binary(py, op: BinaryOp, left: Handle<'_, B>, right: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B>>;
    runs object_power(
        py, base: Handle<'_, B>, exponent: Handle<'_, B>, modulus: Handle<'_, B>,
    ) -> Maybe<'py, B, Object<'py, B>>;
    runs object_iter(py, object: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B, kind::Iterator>>;
    runs iter_next(py, iterator: Handle<'_, B>) -> Maybe<'py, B, Option<Object<'py, B>>>;
    quiet object_is_iterator(py, object: Handle<'_, B>) -> bool;
    quiet object_is_callable(py, object: Handle<'_, B>) -> bool;
    runs object_length_hint(py, object: Handle<'_, B>, default: usize) -> Maybe<'py, B, usize>;
    quiet constant(py, which: Constant) -> Handle<'py, B>
        => |object| object.is(B::constant(py, which)), "a constant exists once";
    quiet constant_none(py) -> Handle<'py, B> => |object| object.is(B::constant(py, Constant::None)), "it is `None`";
    quiet constant_not_implemented(py) -> Handle<'py, B>
        => |object| object.is(B::constant(py, Constant::NotImplemented)), "it is `NotImplemented`";
    quiet constant_ellipsis(py) -> Handle<'py, B> => |object| object.is(B::constant(py, Constant::Ellipsis)), "it is `...`";
    quiet constant_bool(py, value: bool) -> Handle<'py, B, kind::Bool>
        => |object| B::bool_value(py, *object) == value, "it has the value that it was made with";
    quiet bool_value(py, value: Handle<'_, B, kind::Bool>) -> bool;
}

operations! {
    impl IntOps, NothingRaised, by hand {}
    quiet int_from_i64(py, value: i64) -> Object<'py, B, kind::Int>;
    quiet int_from_u64(py, value: u64) -> Object<'py, B, kind::Int>;
    quiet int_from_le_bytes(py, bytes: &[u8], signed: bool) -> Object<'py, B, kind::Int>;
    quiet int_from_digits(py, negative: bool, digits: &[u32]) -> Object<'py, B, kind::Int>;
    runs int_value(py, object: Handle<'_, B>) -> Maybe<'py, B, IntValue>;
    runs int_to_i64(py, object: Handle<'_, B>) -> Maybe<'py, B, i64>;
    runs int_to_u64(py, object: Handle<'_, B>) -> Maybe<'py, B, u64>;
    runs int_to_le_bytes(py, object: Handle<'_, B>, out: &mut [u8], signed: bool) -> Maybe<'py, B, ()>;
}

operations! {
    impl FloatOps, NothingRaised, by hand {}
    quiet float_from_f64(py, value: f64) -> Object<'py, B, kind::Float>
        => |float| B::float_value(py, float.as_ref()).to_bits() == value.to_bits() || value.is_nan(),
        "it has the value that it was made with";
    quiet float_value(py, float: Handle<'_, B, kind::Float>) -> f64;
    runs float_to_f64(py, object: Handle<'_, B>) -> Maybe<'py, B, f64>;
}

operations! {
    impl ComplexOps, NothingRaised, by hand {}
    quiet complex_from_f64(py, real: f64, imag: f64) -> Object<'py, B, kind::Complex>;
    runs complex_to_f64(py, object: Handle<'_, B>) -> Maybe<'py, B, (f64, f64)>;
    quiet complex_value(py, complex: Handle<'_, B, kind::Complex>) -> (f64, f64);
    quiet complex_arithmetic(
        py, op: ComplexOp, left: Handle<'_, B, kind::Complex>, right: Handle<'_, B, kind::Complex>,
    ) -> Maybe<'py, B, Object<'py, B, kind::Complex>>;
}

operations! {
    impl StrOps, NothingRaised, by hand {}
    quiet str_from_utf8(py, text: &str) -> Object<'py, B, kind::Str>
        => |string| B::str_equals(py, string.as_ref(), text), "it has the text that it was made with";
    quiet str_intern(py, text: &str) -> Object<'py, B, kind::Str>
        => |string| B::str_equals(py, string.as_ref(), text), "it has the text that it was made with";
    quiet str_to_utf8<'a>(py, string: Handle<'a, B, kind::Str>) -> Maybe<'py, B, &'a str>
        => |text| text.as_ref().is_err() || B::str_to_utf8(py, string).is_ok_and(|again| text.as_ref().is_ok_and(|text| std::ptr::eq(again, *text))),
        "the text stays where it is";
    quiet str_to_c_str<'a>(py, string: Handle<'a, B, kind::Str>) -> Maybe<'py, B, &'a CStr>
        => |text| text.as_ref().is_err() || B::str_to_c_str(py, string).is_ok_and(|again| text.as_ref().is_ok_and(|text| std::ptr::eq(again, *text))),
        "the text stays where it is";
    quiet str_data<'a>(py, string: Handle<'a, B, kind::Str>) -> Maybe<'py, B, Option<StrData<'a>>>;
    quiet str_encode_surrogates(py, string: Handle<'_, B, kind::Str>) -> Maybe<'py, B, Object<'py, B, kind::Bytes>>;
    quiet str_to_lossy<'a>(py, string: Handle<'a, B, kind::Str>) -> Cow<'a, str>;
    runs str_decode(
        py, source: Handle<'_, B>, encoding: Option<&CStr>, errors: Option<&CStr>,
    ) -> Maybe<'py, B, Object<'py, B, kind::Str>>;
    quiet str_equals(py, string: Handle<'_, B, kind::Str>, text: &str) -> bool;
}

operations! {
    impl CallOps, NothingRaised, by hand {}
    runs call(
        py, callable: Handle<'_, B>, args: Handle<'_, B, kind::Tuple>, kwargs: Option<Handle<'_, B, kind::Dict>>,
    ) -> Maybe<'py, B, Object<'py, B>>;
    runs call_positional(
        py, callable: Handle<'_, B>, args: Positional<'_, Checked<B>>, kwargs: Option<Handle<'_, B, kind::Dict>>,
    ) -> Maybe<'py, B, Object<'py, B>>;
    runs call_method(
        py, name: Handle<'_, B, kind::Str>, args: Positional<'_, Checked<B>>,
    ) -> Maybe<'py, B, Object<'py, B>>;
}

operations! {
    impl CodeOps, NothingRaised, by hand {}
    runs code_compile(
        py, source: &CStr, filename: &CStr, mode: CompileMode,
    ) -> Maybe<'py, B, Object<'py, B, kind::Code>>;
    runs code_eval(
        py, code: Handle<'_, B, kind::Code>, globals: Handle<'_, B, kind::Dict>, locals: Handle<'_, B>,
    ) -> Maybe<'py, B, Object<'py, B>>;
    runs frame_new(
        py, filename: &CStr, function: &CStr, line: i32,
    ) -> Maybe<'py, B, Object<'py, B, kind::Frame>>;
    runs code_import(py, name: Handle<'_, B, kind::Str>) -> Maybe<'py, B, Object<'py, B>>;
    collects code_main_dict(py) -> Maybe<'py, B, Object<'py, B, kind::Dict>>;
}

operations! {
    impl ContextOps, NothingRaised, by hand {
        #[track_caller]
        fn context_add_watcher<W: ContextWatcher<Self>>(py: At<'_, B>) -> Maybe<'_, B, i32> {
            let operation = Operation::<B>::enter("context_add_watcher", Python::Never, Before::NothingRaised);
            let watcher = B::context_add_watcher::<super::adapters::Adapted<Self, W>>(py.inner());
            operation.ran(watcher.settled());
            watcher
        }
    }
    quiet context_clear_watcher(py, watcher: i32) -> Maybe<'py, B, ()>;
}

operations! {
    impl CapsuleOps, NothingRaised, by hand {
        fn capsule_destructor<F: CapsuleDropFn<Self>>() -> CapsuleDestructor<Self> {
            B::capsule_destructor::<super::adapters::Adapted<Self, F>>()
        }

        #[track_caller]
        unsafe fn capsule_new<'py>(
            py: At<'py, B>,
            pointer: NonNull<c_void>,
            name: Option<&'static CStr>,
            destructor: Option<CapsuleDestructor<Self>>,
        ) -> Maybe<'py, B, Object<'py, B, kind::Capsule>> {
            let operation = Operation::<B>::enter("capsule_new", Python::Collects, Before::NothingRaised);
            // SAFETY: as the caller promises.
            let made = unsafe { B::capsule_new(py.inner(), pointer, name, destructor) };
            operation.ran(Some(made.is_ok()));
            made.outer()
        }
    }
    quiet capsule_parts(py, capsule: Handle<'_, B, kind::Capsule>) -> Maybe<'py, B, CapsuleParts>;
    quiet capsule_pointer(
        py, capsule: Handle<'_, B, kind::Capsule>, name: Option<&CStr>,
    ) -> Maybe<'py, B, NonNull<c_void>>;
    quiet capsule_name(py, capsule: Handle<'_, B, kind::Capsule>) -> Maybe<'py, B, Option<NonNull<c_char>>>;
    quiet capsule_context(py, capsule: Handle<'_, B, kind::Capsule>) -> Maybe<'py, B, *mut c_void>;
    quiet capsule_set_context(
        py, capsule: Handle<'_, B, kind::Capsule>, context: *mut c_void,
    ) -> Maybe<'py, B, ()>;
    quiet capsule_is_valid(py, capsule: Handle<'_, B, kind::Capsule>, name: Option<&CStr>) -> bool;
}
