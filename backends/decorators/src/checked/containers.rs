//! The table of operations, continued: `bytes`, `bytearray`, `tuple`, `list`, `dict`, sets, buffers.

use pyo3_backend::*;

use super::adapters::{Inner, Outer};
use super::frame::{Before, Operation, Python, aside};
use super::operations::{operations, python};
use super::plain::Settled;
use super::{At, Checked, Handle, Maybe, Object};

/// The body of an operation that creates an object from bytes that the caller writes.
macro_rules! filled {
    ($name:ident($py:ident, $length:ident, $fill:ident)) => {{
        let operation = Operation::<B>::enter(stringify!($name), Python::Runs, Before::NothingRaised);
        let mut given = None;
        let made = B::$name($py.inner(), $length, |contents| {
            given = Some((contents.len(), contents.iter().all(|byte| *byte == 0)));
            aside(|| $fill(contents))
        });
        operation.promises(|| given.is_none_or(|(given, _)| given == $length), "the buffer has the requested length");
        operation.promises(|| given.is_none_or(|(_, is_zero)| is_zero), "the buffer is zeroed");
        // The error of `fill` may be a pending exception.
        if !matches!(made, Ok(Err(_))) {
            operation.ran(Some(made.is_ok()));
        }
        made.outer()
    }};
}

operations! {
    impl BytesOps, NothingRaised, by hand {
        #[track_caller]
        fn bytes_with<'py, E>(
            py: At<'py, B>,
            length: usize,
            fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
        ) -> Maybe<'py, B, Result<Object<'py, B, kind::Bytes>, E>> {
            filled!(bytes_with(py, length, fill))
        }

        #[track_caller]
        fn bytearray_with<'py, E>(
            py: At<'py, B>,
            length: usize,
            fill: impl FnOnce(&mut [u8]) -> Result<(), E>,
        ) -> Maybe<'py, B, Result<Object<'py, B, kind::ByteArray>, E>> {
            filled!(bytearray_with(py, length, fill))
        }
    }
    quiet bytes_from_slice(py, contents: &[u8]) -> Object<'py, B, kind::Bytes>
        => |bytes| B::bytes_as_slice(py, bytes.as_ref()) == contents, "it has the contents that it was made with";
    quiet bytes_as_slice<'a>(py, bytes: Handle<'a, B, kind::Bytes>) -> &'a [u8]
        => |contents| std::ptr::eq(*contents, B::bytes_as_slice(py, bytes)), "the contents stay where they are";
    quiet bytes_from_bytearray(py, bytearray: Handle<'_, B, kind::ByteArray>) -> Object<'py, B, kind::Bytes>;
    quiet bytearray_to_vec(py, bytearray: Handle<'_, B, kind::ByteArray>) -> Vec<u8>;
    quiet bytearray_from_slice(py, contents: &[u8]) -> Maybe<'py, B, Object<'py, B, kind::ByteArray>>;
    quiet bytearray_contents(py, bytes: Handle<'_, B, kind::ByteArray>) -> (*mut u8, usize);
    quiet bytearray_len(py, bytearray: Handle<'_, B, kind::ByteArray>) -> usize;
    quiet bytearray_resize(py, bytearray: Handle<'_, B, kind::ByteArray>, length: usize) -> Maybe<'py, B, ()>;
}

operations! {
    impl TupleOps, NothingRaised, by hand {
        #[track_caller]
        fn tuple_from<'py, E>(
            py: At<'py, B>,
            length: usize,
            items: impl Iterator<Item = Result<Object<'py, B>, E>>,
        ) -> Result<Object<'py, B, kind::Tuple>, E> {
            let operation = Operation::<B>::enter("tuple_from", Python::Runs, Before::NothingRaised);
            let py = py.inner();
            let made = B::tuple_from(py, length, given(items));
            if let Ok(tuple) = &made {
                operation.ran(Some(true));
                operation.promises(|| B::tuple_len(py, tuple.as_ref()) == length, "the result has as many items as the caller passed");
            }
            made.outer()
        }

        #[track_caller]
        unsafe fn tuple_get_unchecked<'a>(
            py: At<'_, B>,
            tuple: Handle<'a, B, kind::Tuple>,
            index: usize,
        ) -> Handle<'a, B> {
            let operation = Operation::<B>::enter("tuple_get_unchecked", Python::Never, Before::NothingRaised);
            let (py, tuple) = (py.inner(), tuple.inner());
            operation.promises(|| index < B::tuple_len(py, tuple), "the index is below the length");
            // SAFETY: the caller promises that `index` is in bounds, which was just checked.
            let item = unsafe { B::tuple_get_unchecked(py, tuple, index) };
            operation.ran(None);
            item.outer()
        }

        #[track_caller]
        fn tuple_as_slice<'a>(
            py: At<'_, B>,
            tuple: Handle<'a, B, kind::Tuple>,
        ) -> Option<&'a [Handle<'a, B>]> {
            let operation = Operation::<B>::enter("tuple_as_slice", Python::Never, Before::NothingRaised);
            let (py, tuple) = (py.inner(), tuple.inner());
            let items = B::tuple_as_slice(py, tuple)?;
            operation.ran(None);
            operation.promises(|| items.len() == B::tuple_len(py, tuple), "the slice is as long as the tuple");
            for item in items {
                let _ = item.outer();
            }
            // SAFETY: the handles of both are transparent over the same pointer.
            Some(unsafe { std::slice::from_raw_parts(items.as_ptr().cast(), items.len()) })
        }
    }
    quiet tuple_len(py, tuple: Handle<'_, B, kind::Tuple>) -> usize;
    quiet tuple_get<'a>(py, tuple: Handle<'a, B, kind::Tuple>, index: usize) -> Option<Handle<'a, B>>
        => |item| item.is_some() == (index < B::tuple_len(py, tuple)), "there is an item at each index below the length";
    collects tuple_slice(
        py, tuple: Handle<'_, B, kind::Tuple>, low: usize, high: usize,
    ) -> Object<'py, B, kind::Tuple>;
}

operations! {
    impl ListOps, NothingRaised, by hand {
        #[track_caller]
        fn list_from<'py, E>(
            py: At<'py, B>,
            length: usize,
            items: impl Iterator<Item = Result<Object<'py, B>, E>>,
        ) -> Result<Object<'py, B, kind::List>, E> {
            let operation = Operation::<B>::enter("list_from", Python::Runs, Before::NothingRaised);
            let py = py.inner();
            let made = B::list_from(py, length, given(items));
            if let Ok(list) = &made {
                operation.ran(Some(true));
                // In rare cases the collector has shown the list to Python code, which may have changed it.
                operation.promises(|| B::list_len(py, list.as_ref()) == length, "the result has as many items as the caller passed");
            }
            made.outer()
        }
    }
    quiet list_len(py, list: Handle<'_, B, kind::List>) -> usize;
    quiet list_get(py, list: Handle<'_, B, kind::List>, index: usize) -> Option<Object<'py, B>>;
    quiet list_read_floats(py, list: Handle<'_, B, kind::List>, start: usize, values: &mut [f64]) -> usize;
    quiet list_read_ints(py, list: Handle<'_, B, kind::List>, start: usize, values: &mut [i64]) -> usize;
    quiet list_read_strings(py, list: Handle<'_, B, kind::List>, start: usize, values: &mut [String]) -> usize;
    runs list_set(py, list: Handle<'_, B, kind::List>, index: usize, value: Object<'py, B>) -> Maybe<'py, B, ()>;
    quiet list_append(py, list: Handle<'_, B, kind::List>, value: Handle<'_, B>) -> Maybe<'py, B, ()>;
    quiet list_insert(
        py, list: Handle<'_, B, kind::List>, index: usize, value: Handle<'_, B>,
    ) -> Maybe<'py, B, ()>;
    collects list_slice(
        py, list: Handle<'_, B, kind::List>, low: usize, high: usize,
    ) -> Object<'py, B, kind::List>;
    runs list_set_slice(
        py, list: Handle<'_, B, kind::List>, low: usize, high: usize, sequence: Option<Handle<'_, B>>,
    ) -> Maybe<'py, B, ()>;
    runs list_sort(py, list: Handle<'_, B, kind::List>) -> Maybe<'py, B, ()>;
    quiet list_reverse(py, list: Handle<'_, B, kind::List>) -> Maybe<'py, B, ()>;
    collects list_to_tuple(py, list: Handle<'_, B, kind::List>) -> Object<'py, B, kind::Tuple>;
}

operations! {
    impl DictOps, NothingRaised, by hand {
        type DictCursor = B::DictCursor;

        #[track_caller]
        fn dict_locked<R>(
            py: At<'_, B>,
            dict: Handle<'_, B, kind::Dict>,
            body: impl FnOnce(Handle<'_, B, kind::Dict>) -> R,
        ) -> R {
            let _operation = Operation::<B>::enter("dict_locked", Python::Runs, Before::NothingRaised);
            B::dict_locked(py.inner(), dict.inner(), |dict| {
                let dict = dict.outer();
                aside(|| body(dict))
            })
        }
    }
    collects dict_new(py) -> Object<'py, B, kind::Dict>
        => |dict| B::dict_len(py, dict.as_ref()) == 0, "a new dict is empty";
    quiet dict_len(py, dict: Handle<'_, B, kind::Dict>) -> usize;
    runs dict_set(
        py, dict: Handle<'_, B, kind::Dict>, key: Handle<'_, B>, value: Handle<'_, B>,
    ) -> Maybe<'py, B, ()>;
    runs dict_get(
        py, dict: Handle<'_, B, kind::Dict>, key: Handle<'_, B>,
    ) -> Maybe<'py, B, Option<Object<'py, B>>>;
    runs dict_set_default(
        py, dict: Handle<'_, B, kind::Dict>, key: Handle<'_, B>, value: Handle<'_, B>,
    ) -> Maybe<'py, B, (bool, Object<'py, B>)>
        => |stored| !matches!(stored, Ok((true, stored)) if !stored.as_ref().is(value)), "what is stored is the value given";
    runs dict_delete(py, dict: Handle<'_, B, kind::Dict>, key: Handle<'_, B>) -> Maybe<'py, B, ()>;
    runs dict_contains(py, dict: Handle<'_, B, kind::Dict>, key: Handle<'_, B>) -> Maybe<'py, B, bool>;
    quiet dict_next(
        py, dict: Handle<'_, B, kind::Dict>, cursor: &mut B::DictCursor,
    ) -> Option<(Object<'py, B>, Object<'py, B>)>;
    runs dict_clear(py, dict: Handle<'_, B, kind::Dict>);
    collects dict_copy(py, dict: Handle<'_, B, kind::Dict>) -> Maybe<'py, B, Object<'py, B, kind::Dict>>;
    collects dict_keys(py, dict: Handle<'_, B, kind::Dict>) -> Object<'py, B, kind::List>;
    collects dict_values(py, dict: Handle<'_, B, kind::Dict>) -> Object<'py, B, kind::List>;
    collects dict_items(py, dict: Handle<'_, B, kind::Dict>) -> Object<'py, B, kind::List>;
    runs dict_merge_pairs(py, dict: Handle<'_, B, kind::Dict>, pairs: Handle<'_, B>) -> Maybe<'py, B, ()>;
    runs dict_merge(
        py, dict: Handle<'_, B, kind::Dict>, other: Handle<'_, B>, replace: bool,
    ) -> Maybe<'py, B, ()>;
}

operations! {
    impl SetOps, NothingRaised, by hand {
        #[track_caller]
        fn set_len<K: AnySet>(py: At<'_, B>, set: Handle<'_, B, K>) -> usize {
            let operation = Operation::<B>::enter("set_len", Python::Never, Before::NothingRaised);
            let len = B::set_len::<K>(py.inner(), set.inner());
            operation.ran(None);
            len
        }

        #[track_caller]
        fn set_contains<'py, K: AnySet>(
            py: At<'py, B>,
            set: Handle<'_, B, K>,
            item: Handle<'_, B>,
        ) -> Maybe<'py, B, bool> {
            let operation = Operation::<B>::enter("set_contains", Python::Runs, Before::NothingRaised);
            let answer = B::set_contains::<K>(py.inner(), set.inner(), item.inner());
            operation.ran(Some(answer.is_ok()));
            answer
        }
    }
    collects set_new(py) -> Object<'py, B, kind::Set> => |set| B::set_len(py, set.as_ref()) == 0, "a new set is empty";
    collects frozenset_new(py) -> Object<'py, B, kind::FrozenSet>
        => |set| B::set_len(py, set.as_ref()) == 0, "a new set is empty";
    collects frozenset_from_set(
        py, set: Handle<'_, B, kind::Set>,
    ) -> Maybe<'py, B, Object<'py, B, kind::FrozenSet>>;
    collects frozenset_begin(py) -> Object<'py, B>;
    collects frozenset_finish(py, unfinished: Object<'py, B>) -> Maybe<'py, B, Object<'py, B, kind::FrozenSet>>;
    runs frozenset_add(py, unfinished: Handle<'_, B>, item: Handle<'_, B>) -> Maybe<'py, B, ()>;
    runs set_add(py, set: Handle<'_, B, kind::Set>, item: Handle<'_, B>) -> Maybe<'py, B, ()>;
    runs set_discard(py, set: Handle<'_, B, kind::Set>, item: Handle<'_, B>) -> Maybe<'py, B, bool>;
    quiet set_pop(py, set: Handle<'_, B, kind::Set>) -> Maybe<'py, B, Option<Object<'py, B>>>;
    runs set_clear(py, set: Handle<'_, B, kind::Set>);
}

operations! {
    impl BufferOps, NothingRaised, by hand {
        const HAS_BUFFERS: bool = B::HAS_BUFFERS;
        type BufferView = B::BufferView;

        #[track_caller]
        fn buffer_get<'py>(py: At<'py, B>, object: Handle<'_, B>) -> Maybe<'py, B, B::BufferView> {
            let operation = Operation::<B>::enter("buffer_get", Python::Runs, Before::NothingRaised);
            let view = B::buffer_get(py.inner(), object.inner());
            operation.ran(Some(view.is_ok()));
            operation.promises(|| B::HAS_BUFFERS || view.is_err(), "a backend without buffers lends none");
            view
        }

        #[track_caller]
        fn buffer_layout(view: &B::BufferView) -> BufferLayout<'_, Self> {
            let operation = Operation::<B>::enter_anywhere("buffer_layout", Python::Never);
            let BufferLayout { start, len, item_size, read_only, format, shape, strides, suboffsets, object } =
                B::buffer_layout(view);
            operation.promises(|| !start.is_null() || len == 0, "memory that is not empty has an address");
            operation.promises(
                || shape.len() == strides.len() && suboffsets.is_none_or(|offsets| offsets.len() == shape.len()),
                "shape and strides have as many dimensions",
            );
            let items = shape.iter().try_fold(item_size, |size, items| size.checked_mul(*items));
            operation.promises(|| items == Some(len), "the items fill the memory exactly");
            // SAFETY: the decorator is a view of the inner backend, and the handles of both are transparent over the
            // same pointer.
            let object = object.map(|object| unsafe { &*std::ptr::from_ref(object).cast() });
            BufferLayout { start, len, item_size, read_only, format, shape, strides, suboffsets, object }
        }

        #[track_caller]
        fn buffer_release(py: At<'_, B>, view: B::BufferView) {
            let operation = Operation::<B>::enter("buffer_release", Python::Runs, Before::Anything);
            B::buffer_release(py.inner(), view);
            operation.ran(None);
        }
    }
    runs buffer_memoryview(py, object: Handle<'_, B>) -> Maybe<'py, B, Object<'py, B, kind::MemoryView>>;
}

/// Converts items for the inner backend. Producing each item is the caller's code.
fn given<'py, B: Backend, E>(
    mut items: impl Iterator<Item = Result<Object<'py, B>, E>>,
) -> impl Iterator<Item = Result<Owned<'py, B>, E>> {
    std::iter::from_fn(move || {
        let item = aside(|| items.next())?;
        Some(item.map(Inner::inner))
    })
}
