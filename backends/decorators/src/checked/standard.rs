//! The table of operations, continued: protocols of containers, slices, weak references, `datetime`.

use pyo3_backend::*;

use super::adapters::{Inner, Outer};
use super::frame::{Before, Operation, Python};
use super::operations::{operations, python};
use super::plain::Settled;
use super::{At, Checked, Handle, Maybe, Object};

operations! {
    impl SequenceOps, NothingRaised, by hand {}
    quiet sequence_check(py, object: Handle<'_, B>) -> bool;
    runs sequence_len(py, sequence: Handle<'_, B>) -> Maybe<'py, B, usize>
        => |len| len.as_ref().is_ok_and(|len| isize::try_from(*len).is_ok()) || len.is_err(), "a length is in reach of an index";
    runs sequence_get(py, sequence: Handle<'_, B>, index: usize) -> Maybe<'py, B, Object<'py, B>>;
    runs sequence_set(
        py, sequence: Handle<'_, B>, index: usize, value: Option<Handle<'_, B>>,
    ) -> Maybe<'py, B, ()>;
    runs sequence_get_slice(py, sequence: Handle<'_, B>, low: usize, high: usize) -> Maybe<'py, B, Object<'py, B>>;
    runs sequence_set_slice(
        py, sequence: Handle<'_, B>, low: usize, high: usize, values: Option<Handle<'_, B>>,
    ) -> Maybe<'py, B, ()>;
    runs sequence_concat(
        py, left: Handle<'_, B>, right: Handle<'_, B>, in_place: bool,
    ) -> Maybe<'py, B, Object<'py, B>>;
    runs sequence_repeat(
        py, sequence: Handle<'_, B>, count: usize, in_place: bool,
    ) -> Maybe<'py, B, Object<'py, B>>;
    runs sequence_count(py, sequence: Handle<'_, B>, value: Handle<'_, B>) -> Maybe<'py, B, usize>;
    runs sequence_index(py, sequence: Handle<'_, B>, value: Handle<'_, B>) -> Maybe<'py, B, usize>;
    runs sequence_to_list(py, iterable: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B, kind::List>>;
    runs sequence_to_tuple(py, iterable: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B, kind::Tuple>>;
}

operations! {
    impl MappingOps, NothingRaised, by hand {}
    runs mapping_list(
        py, mapping: Handle<'_, B>, part: MappingPart,
    ) -> Maybe<'py, B, Object<'py, B, kind::List>>;
    collects mapping_proxy(py, mapping: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B, kind::MappingProxy>>;
}

operations! {
    impl SliceOps, NothingRaised, by hand {}
    quiet slice_new(
        py, start: Handle<'_, B>, stop: Handle<'_, B>, step: Handle<'_, B>,
    ) -> Object<'py, B, kind::Slice>;
    quiet slice_from_indices(py, start: isize, stop: isize, step: isize) -> Object<'py, B, kind::Slice>;
    runs slice_indices(
        py, slice: Handle<'_, B, kind::Slice>, length: usize,
    ) -> Maybe<'py, B, SliceIndices>
        => |indices| indices.as_ref().is_err() || indices.as_ref().is_ok_and(|indices| indices.len <= length && indices.step != 0),
        "a slice has no more indices than the sequence";
}

operations! {
    impl WeakrefOps, NothingRaised, by hand {}
    quiet weakref_target(py, reference: Handle<'_, B>) -> Option<Object<'py, B>>;
    collects weakref_new(
        py, object: Handle<'_, B>, callback: Option<Handle<'_, B>>,
    ) -> Maybe<'py, B, Object<'py, B, kind::WeakRef>>;
    collects weakref_proxy_new(
        py, object: Handle<'_, B>, callback: Option<Handle<'_, B>>,
    ) -> Maybe<'py, B, Object<'py, B>>
        => |proxy| proxy.as_ref().is_err() || proxy.as_ref().is_ok_and(|proxy| B::weakref_is_proxy(py, proxy.as_ref())),
        "it is a proxy";
    quiet weakref_is_proxy(py, object: Handle<'_, B>) -> bool;
}

/// The body of an operation that reads a field of an object whose kind is a type parameter.
macro_rules! field {
    ($name:ident($py:ident, $time:ident, $field:ident)) => {{
        let operation = Operation::<B>::enter(stringify!($name), Python::Never, Before::NothingRaised);
        let value = B::$name::<K>($py.inner(), $time.inner(), $field);
        operation.ran(None);
        operation.promises(|| value >= 0, "no part of a time is negative");
        value
    }};
}

operations! {
    impl DateTimeOps, NothingRaised, by hand {
        #[track_caller]
        fn date_field<K: HasDate>(py: At<'_, B>, date: Handle<'_, B, K>, field: DateField) -> i32 {
            field!(date_field(py, date, field))
        }

        #[track_caller]
        fn time_field<K: HasTime>(py: At<'_, B>, time: Handle<'_, B, K>, field: TimeField) -> i32 {
            field!(time_field(py, time, field))
        }

        #[track_caller]
        fn time_zone<'py, K: HasTime>(
            py: At<'py, B>,
            time: Handle<'_, B, K>,
        ) -> Option<Object<'py, B, kind::TzInfo>> {
            let operation = Operation::<B>::enter("time_zone", Python::Never, Before::NothingRaised);
            let zone = B::time_zone::<K>(py.inner(), time.inner());
            operation.ran(None);
            zone.outer()
        }
    }
    runs datetime_type(py, which: DateTimeType) -> Maybe<'py, B, Object<'py, B, kind::Type>>;
    runs datetime_check(py, object: Handle<'_, B>, which: DateTimeType) -> bool;
    quiet delta_field(py, delta: Handle<'_, B, kind::Delta>, field: DeltaField) -> i32;
    runs date_new(py, date: DateParts) -> Maybe<'py, B, Object<'py, B, kind::Date>>;
    runs datetime_new(
        py, date: DateParts, time: TimeParts, zone: Option<Handle<'_, B, kind::TzInfo>>,
    ) -> Maybe<'py, B, Object<'py, B, kind::DateTime>>;
    runs time_new(
        py, time: TimeParts, zone: Option<Handle<'_, B, kind::TzInfo>>,
    ) -> Maybe<'py, B, Object<'py, B, kind::Time>>;
    runs delta_new(
        py, days: i32, seconds: i32, microseconds: i32,
    ) -> Maybe<'py, B, Object<'py, B, kind::Delta>>;
    runs time_zone_from_offset(
        py, offset: Handle<'_, B, kind::Delta>,
    ) -> Maybe<'py, B, Object<'py, B, kind::TzInfo>>;
}
