//! `bytes`, `bytearray`, `tuple`, `list`, `dict`, `set`, `frozenset`.

use std::convert::Infallible;

use pyo3_backend::{Attached, Backend, Owned, kind};

use crate::{attached, done, eval, exec, failed, int, repr, text};

fn list<'py, B: Backend>(py: Attached<'py, B>, items: &[i64]) -> Owned<'py, B, kind::List> {
    let made = B::list_from::<Infallible>(py, items.len(), items.iter().map(|item| Ok(int(py, *item))));
    made.unwrap_or_else(|never| match never {})
}

fn tuple<'py, B: Backend>(py: Attached<'py, B>, items: &[i64]) -> Owned<'py, B, kind::Tuple> {
    let made = B::tuple_from::<Infallible>(py, items.len(), items.iter().map(|item| Ok(int(py, *item))));
    made.unwrap_or_else(|never| match never {})
}

fn shown<B: Backend, K>(py: Attached<'_, B>, object: &Owned<'_, B, K>) -> String {
    repr(py, object.as_ref().any())
}

/// `bytes` can be created and read.
pub fn bytes_are_made_and_read<B: Backend>() {
    attached::<B>(|py| {
        let bytes = B::bytes_from_slice(py, b"a\0b");
        assert_eq!(B::bytes_as_slice(py, bytes.as_ref()), b"a\0b");
        let filled = done(
            py,
            B::bytes_with(py, 4, |room| {
                assert_eq!(room, [0; 4]);
                room.copy_from_slice(b"four");
                Ok::<(), Infallible>(())
            }),
        );
        assert_eq!(shown(py, &filled.unwrap_or_else(|never| match never {})), "b'four'");
        let failed = done(py, B::bytes_with(py, 4, |_| Err("no")));
        assert_eq!(failed.err(), Some("no"));
    });
}

/// `bytearray` can be read and copied.
pub fn bytearrays_are_read<B: Backend>() {
    attached::<B>(|py| {
        let array = eval(py, "bytearray(b'abc')", &[]).cast::<kind::ByteArray>().ok().expect("a bytearray");
        assert_eq!(shown(py, &B::bytes_from_bytearray(py, array.as_ref())), "b'abc'");
        assert_eq!(B::bytearray_to_vec(py, array.as_ref()), b"abc");
        let empty = eval(py, "bytearray()", &[]).cast::<kind::ByteArray>().ok().expect("a bytearray");
        assert_eq!(B::bytearray_to_vec(py, empty.as_ref()), b"");
        let (start, length) = B::bytearray_contents(py, array.as_ref());
        // SAFETY: nothing changes the array meanwhile.
        assert_eq!(unsafe { std::slice::from_raw_parts(start, length) }, b"abc");
    });
}

/// `tuple` can be created, read and sliced.
pub fn tuples_are_made<B: Backend>() {
    attached::<B>(|py| {
        let three = tuple(py, &[1, 2, 3]);
        assert_eq!(B::tuple_len(py, three.as_ref()), 3);
        assert_eq!(B::tuple_get(py, three.as_ref(), 2).map(|item| repr(py, item)), Some("3".to_owned()));
        assert!(B::tuple_get(py, three.as_ref(), 3).is_none());
        // SAFETY: the tuple has three items.
        assert_eq!(repr(py, unsafe { B::tuple_get_unchecked(py, three.as_ref(), 1) }), "2");
        assert_eq!(shown(py, &B::tuple_slice(py, three.as_ref(), 1, 9)), "(2, 3)");
        assert_eq!(shown(py, &B::tuple_slice(py, three.as_ref(), 3, 1)), "()");
        if let Some(items) = B::tuple_as_slice(py, three.as_ref()) {
            assert_eq!(items.iter().map(|item| repr(py, *item)).collect::<Vec<_>>(), ["1", "2", "3"]);
        }
        let ended = B::tuple_from(py, 2, [Ok(int(py, 1)), Err("no")].into_iter());
        assert_eq!(ended.err(), Some("no"));
        let few = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            drop(B::tuple_from::<Infallible>(py, 2, [Ok(int(py, 1))].into_iter()));
        }));
        assert!(few.is_err());
        let mut asked = 0;
        let counting = std::iter::from_fn(|| {
            asked += 1;
            Some(Ok::<_, Infallible>(int(py, asked)))
        });
        let Ok(two) = B::tuple_from(py, 2, counting);
        assert_eq!((shown(py, &two).as_str(), asked), ("(1, 2)", 2));
    });
}

/// `list` can be created, changed and read.
pub fn lists_change<B: Backend>() {
    attached::<B>(|py| {
        let list = list(py, &[3, 1]);
        done(py, B::list_append(py, list.as_ref(), int(py, 2).as_ref()));
        done(py, B::list_insert(py, list.as_ref(), 0, int(py, 9).as_ref()));
        done(py, B::list_insert(py, list.as_ref(), usize::MAX, int(py, 8).as_ref()));
        assert_eq!(shown(py, &list), "[9, 3, 1, 2, 8]");
        done(py, B::list_set(py, list.as_ref(), 1, int(py, 4)));
        let past = B::list_set(py, list.as_ref(), 5, int(py, 4));
        assert_eq!(failed(py, past), "IndexError: list assignment index out of range");
        assert_eq!(B::list_len(py, list.as_ref()), 5);
        assert!(B::list_get(py, list.as_ref(), 5).is_none());
        assert_eq!(repr(py, B::list_get(py, list.as_ref(), 4).expect("an item").as_ref()), "8");
        assert_eq!(shown(py, &B::list_slice(py, list.as_ref(), 1, 3)), "[4, 1]");
        assert_eq!(shown(py, &B::list_slice(py, list.as_ref(), 4, usize::MAX)), "[8]");
        done(py, B::list_set_slice(py, list.as_ref(), 0, 2, Some(tuple(py, &[7]).as_ref().any())));
        done(py, B::list_set_slice(py, list.as_ref(), 2, 9, None));
        assert_eq!(shown(py, &list), "[7, 1]");
        done(py, B::list_sort(py, list.as_ref()));
        assert_eq!(shown(py, &list), "[1, 7]");
        done(py, B::list_reverse(py, list.as_ref()));
        assert_eq!(shown(py, &B::list_to_tuple(py, list.as_ref())), "(7, 1)");
        done(py, B::list_append(py, list.as_ref(), text(py, "x").as_ref().any()));
        assert!(failed(py, B::list_sort(py, list.as_ref())).starts_with("TypeError: '<' not supported"));
    });
}

/// What is read from a list in one go are the values of its items, up to one that has no such value.
pub fn lists_are_read_in_blocks<B: Backend>() {
    attached::<B>(|py| {
        let numbers = eval(py, "[3, True, -2**63, 2**63, 5]", &[]);
        let floats = eval(py, "[0.5, -1.0, 2, 3.0]", &[]);
        let texts = eval(py, "['', 'b\\u00e4', b'c', 'd']", &[]);
        let of = |object| done(py, B::sequence_to_list(py, object));
        let (numbers, floats, texts) = (of(numbers.as_ref()), of(floats.as_ref()), of(texts.as_ref()));
        // A backend may read fewer items than it could, so each number is only an upper bound.
        let mut into = [7; 5];
        let read = B::list_read_ints(py, numbers.as_ref(), 0, &mut into);
        assert!(read <= 3 && into[..read] == [3, 1, i64::MIN][..read] && into[read..] == [7; 5][read..], "{into:?}");
        let mut into = [7.0; 2];
        let read = B::list_read_floats(py, floats.as_ref(), 1, &mut into);
        assert!(read <= 1 && into[..read] == [-1.0][..read] && into[1] == 7.0, "{into:?}");
        let mut into = [const { String::new() }; 2];
        let read = B::list_read_strings(py, texts.as_ref(), 0, &mut into);
        assert!(read <= 2 && into[..read] == ["", "b\u{e4}"][..read], "{into:?}");
        for start in [4, 5, usize::MAX] {
            assert_eq!(B::list_read_floats(py, floats.as_ref(), start, &mut [0.0]), 0, "past the end");
        }
        assert_eq!(B::list_read_floats(py, floats.as_ref(), 0, &mut []), 0, "no place");
    });
}

/// `dict` stores and returns entries.
pub fn dicts_hold_entries<B: Backend>() {
    attached::<B>(|py| {
        let dict = B::dict_new(py);
        let (one, two) = (int(py, 1), int(py, 2));
        done(py, B::dict_set(py, dict.as_ref(), one.as_ref(), two.as_ref()));
        assert!(done(py, B::dict_get(py, dict.as_ref(), one.as_ref())).expect("it is there").as_ref().is(two.as_ref()));
        assert!(done(py, B::dict_get(py, dict.as_ref(), two.as_ref())).is_none());
        assert!(done(py, B::dict_contains(py, dict.as_ref(), one.as_ref())));
        let (is_new, value) = done(py, B::dict_set_default(py, dict.as_ref(), one.as_ref(), one.as_ref()));
        assert!(!is_new && value.as_ref().is(two.as_ref()));
        let (is_new, _) = done(py, B::dict_set_default(py, dict.as_ref(), two.as_ref(), one.as_ref()));
        assert!(is_new && B::dict_len(py, dict.as_ref()) == 2);
        let (mut cursor, mut entries) = (B::DictCursor::default(), Vec::new());
        while let Some((key, value)) = B::dict_next(py, dict.as_ref(), &mut cursor) {
            entries.push((repr(py, key.as_ref()), repr(py, value.as_ref())));
        }
        assert_eq!(entries, [("1", "2"), ("2", "1")].map(|(key, value)| (key.to_owned(), value.to_owned())));
        assert_eq!(shown(py, &B::dict_keys(py, dict.as_ref())), "[1, 2]");
        assert_eq!(shown(py, &B::dict_values(py, dict.as_ref())), "[2, 1]");
        assert_eq!(shown(py, &B::dict_items(py, dict.as_ref())), "[(1, 2), (2, 1)]");
        assert_eq!(B::dict_locked(py, dict.as_ref(), |locked| B::dict_len(py, locked)), 2);
        let copy = done(py, B::dict_copy(py, dict.as_ref()));
        done(py, B::dict_delete(py, dict.as_ref(), one.as_ref()));
        assert_eq!(failed(py, B::dict_delete(py, dict.as_ref(), one.as_ref())), "KeyError: 1");
        B::dict_clear(py, dict.as_ref());
        assert_eq!((shown(py, &dict), shown(py, &copy)), ("{}".to_owned(), "{1: 2, 2: 1}".to_owned()));
        let unhashable = eval(py, "[]", &[]);
        assert!(failed(py, B::dict_set(py, dict.as_ref(), unhashable.as_ref(), one.as_ref())).starts_with("TypeError"));
        assert!(failed(py, B::dict_get(py, dict.as_ref(), unhashable.as_ref())).starts_with("TypeError"));
        // The methods of a subclass are ignored.
        let sub = exec(
            py,
            "class D(dict):\n  def __getitem__(self, key): 1 / 0\n  __setitem__ = __len__ = __getitem__\nresult = D()",
            &[],
        );
        let sub = sub.cast::<kind::Dict>().ok().expect("a dict");
        done(py, B::dict_set(py, sub.as_ref(), one.as_ref(), two.as_ref()));
        assert!(done(py, B::dict_get(py, sub.as_ref(), one.as_ref())).is_some());
        assert_eq!(B::dict_len(py, sub.as_ref()), 1);
    });
}

/// `dict.update`, and the same without replacing entries.
pub fn dicts_merge<B: Backend>() {
    attached::<B>(|py| {
        let dict = |source: &str| eval(py, source, &[]).cast::<kind::Dict>().ok().expect("a dict");
        let (own, other) = (dict("{1: 'own'}"), eval(py, "{1: 'other', 2: 'other'}", &[]));
        done(py, B::dict_merge(py, own.as_ref(), other.as_ref(), false));
        assert_eq!(shown(py, &own), "{1: 'own', 2: 'other'}");
        done(py, B::dict_merge(py, own.as_ref(), other.as_ref(), true));
        assert_eq!(shown(py, &own), "{1: 'other', 2: 'other'}");
        let number = int(py, 1);
        let message = failed(py, B::dict_merge(py, own.as_ref(), number.as_ref(), true));
        assert_eq!(message, "AttributeError: 'int' object has no attribute 'keys'");
        let pairs = eval(py, "[('ab', 1), [2, 3], 'xy', (2, 4)]", &[]);
        let dict = B::dict_new(py);
        done(py, B::dict_merge_pairs(py, dict.as_ref(), pairs.as_ref()));
        assert_eq!(shown(py, &dict), "{'ab': 1, 2: 4, 'x': 'y'}");
        // A mapping is treated as an iterable of its keys.
        let mapping = eval(py, "{'pq': 'other'}", &[]);
        done(py, B::dict_merge_pairs(py, dict.as_ref(), mapping.as_ref()));
        assert_eq!(shown(py, &dict), "{'ab': 1, 2: 4, 'x': 'y', 'p': 'q'}");
        for (wrong, class) in [("1", "TypeError"), ("[1]", "TypeError"), ("['abc']", "ValueError")] {
            let wrong = eval(py, wrong, &[]);
            assert!(failed(py, B::dict_merge_pairs(py, dict.as_ref(), wrong.as_ref())).starts_with(class));
        }
    });
}

/// `set` and `frozenset` store items.
pub fn sets_hold_items<B: Backend>() {
    attached::<B>(|py| {
        let set = B::set_new(py);
        let (one, two) = (int(py, 1), int(py, 2));
        done(py, B::set_add(py, set.as_ref(), one.as_ref()));
        done(py, B::set_add(py, set.as_ref(), one.as_ref()));
        done(py, B::set_add(py, set.as_ref(), two.as_ref()));
        assert_eq!((B::set_len(py, set.as_ref()), shown(py, &set).as_str()), (2, "{1, 2}"));
        assert_eq!(shown(py, &B::frozenset_new(py)), "frozenset()");
        let frozen = done(py, B::frozenset_from_set(py, set.as_ref()));
        assert!(done(py, B::set_discard(py, set.as_ref(), one.as_ref())));
        assert!(!done(py, B::set_discard(py, set.as_ref(), one.as_ref())));
        assert!(!done(py, B::set_contains(py, set.as_ref(), one.as_ref())));
        assert!(done(py, B::set_contains(py, frozen.as_ref(), one.as_ref())));
        assert_eq!(B::set_len(py, frozen.as_ref()), 2);
        let unfinished = B::frozenset_begin(py);
        for item in [&one, &two, &one] {
            done(py, B::frozenset_add(py, unfinished.as_ref(), item.as_ref()));
        }
        let list = eval(py, "[]", &[]);
        assert!(failed(py, B::frozenset_add(py, unfinished.as_ref(), list.as_ref())).starts_with("TypeError"));
        let finished = done(py, B::frozenset_finish(py, unfinished));
        assert_eq!(shown(py, &finished), "frozenset({1, 2})");
        let popped = done(py, B::set_pop(py, set.as_ref()));
        assert!(popped.expect("one is left").as_ref().is(two.as_ref()));
        assert!(done(py, B::set_pop(py, set.as_ref())).is_none());
        done(py, B::set_add(py, set.as_ref(), two.as_ref()));
        B::set_clear(py, set.as_ref());
        assert_eq!(shown(py, &set), "set()");
        for unhashable in ["[]", "set()"] {
            let unhashable = eval(py, unhashable, &[]);
            assert!(failed(py, B::set_add(py, set.as_ref(), unhashable.as_ref())).starts_with("TypeError"));
            assert!(failed(py, B::set_contains(py, set.as_ref(), unhashable.as_ref())).starts_with("TypeError"));
            assert!(failed(py, B::set_discard(py, set.as_ref(), unhashable.as_ref())).starts_with("TypeError"));
        }
        // The methods of a subclass are ignored.
        let sub = exec(
            py,
            "class S(set):\n  def add(self, item): 1 / 0\n  discard = pop = clear = __contains__ = __len__ = add\nresult = S()",
            &[],
        );
        let sub = sub.cast::<kind::Set>().ok().expect("a set");
        done(py, B::set_add(py, sub.as_ref(), one.as_ref()));
        assert!(done(py, B::set_contains(py, sub.as_ref(), one.as_ref())));
        assert_eq!(B::set_len(py, sub.as_ref()), 1);
        assert!(done(py, B::set_discard(py, sub.as_ref(), one.as_ref())));
        assert!(done(py, B::set_pop(py, sub.as_ref())).is_none());
        B::set_clear(py, sub.as_ref());
    });
}
