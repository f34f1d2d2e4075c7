//! Protocols of containers, slices, weak references and `datetime`.

use pyo3_backend::{
    Backend, BuiltinType, DateField, DateParts, DateTimeType, DeltaField, MappingPart, SliceIndices, TimeField,
    TimeParts, kind,
};

use crate::{attached, done, eval, eventually, exec, failed, int, repr};

/// A sequence written in Python.
const A_SEQUENCE: &str = "
class Items:
    def __init__(self, *items): self.items = list(items)
    def __len__(self): return len(self.items)
    def __getitem__(self, index): return self.items[index]
    def __setitem__(self, index, value): self.items[index] = value
    def __delitem__(self, index): del self.items[index]
    def __add__(self, other): return Items(*self.items, *other)
    def __mul__(self, count): return Items(*(self.items * count))
result = Items(1, 2, 3, 2)
";

/// The sequence protocol, for a list and for a class written in Python.
pub fn sequences_have_positions<B: Backend>() {
    attached::<B>(|py| {
        for sequence in [eval(py, "[1, 2, 3, 2]", &[]), exec(py, A_SEQUENCE, &[])] {
            let sequence = sequence.as_ref();
            let shown = |source| repr(py, eval(py, source, &[("s", sequence)]).as_ref());
            assert!(B::sequence_check(py, sequence));
            assert_eq!(done(py, B::sequence_len(py, sequence)), 4);
            assert_eq!(repr(py, done(py, B::sequence_get(py, sequence, 2)).as_ref()), "3");
            assert!(failed(py, B::sequence_get(py, sequence, 4)).starts_with("IndexError"));
            assert!(failed(py, B::sequence_get(py, sequence, usize::MAX)).starts_with("IndexError"));
            assert_eq!(done(py, B::sequence_count(py, sequence, int(py, 2).as_ref())), 2);
            assert_eq!(done(py, B::sequence_index(py, sequence, int(py, 2).as_ref())), 1);
            let absent = failed(py, B::sequence_index(py, sequence, int(py, 9).as_ref()));
            assert_eq!(absent, "ValueError: sequence.index(x): x not in sequence");
            let slice = done(py, B::sequence_get_slice(py, sequence, 1, usize::MAX));
            assert_eq!(repr(py, slice.as_ref()), "[2, 3, 2]");

            done(py, B::sequence_set(py, sequence, 0, Some(int(py, 7).as_ref())));
            done(py, B::sequence_set(py, sequence, 3, None));
            assert_eq!(shown("list(s)"), "[7, 2, 3]");
            let joined = done(py, B::sequence_concat(py, sequence, eval(py, "[4]", &[]).as_ref(), false));
            assert_eq!(repr(py, done(py, B::sequence_to_list(py, joined.as_ref())).as_ref().any()), "[7, 2, 3, 4]");
            let twice = done(py, B::sequence_repeat(py, sequence, 2, false));
            assert_eq!(done(py, B::sequence_len(py, twice.as_ref())), 6);
            let values = eval(py, "[8, 9]", &[]);
            done(py, B::sequence_set_slice(py, sequence, 0, 2, Some(values.as_ref())));
            done(py, B::sequence_set_slice(py, sequence, 2, 9, None));
            assert_eq!(repr(py, done(py, B::sequence_to_tuple(py, sequence)).as_ref().any()), "(8, 9)");
        }
        // Neither an instance of a class whose metaclass has `__getitem__`, nor a mapping, is a sequence.
        let enumeration = exec(py, "import enum\nclass E(enum.Enum): A = 1\nresult = E.A", &[]);
        assert!(!B::sequence_check(py, enumeration.as_ref()));
        let derived = exec(py, "class D(dict):\n  def __getitem__(self, key): return key\nresult = D()", &[]);
        assert!(!B::sequence_check(py, derived.as_ref()));
        for source in ["{}", "type.__dict__", "1", "{1}", "iter([])"] {
            assert!(!B::sequence_check(py, eval(py, source, &[]).as_ref()), "{source}");
        }
        for source in ["()", "''", "b''", "range(1)", "memoryview(b'')"] {
            assert!(B::sequence_check(py, eval(py, source, &[]).as_ref()), "{source}");
        }
        let list = eval(py, "[1]", &[]);
        let more = eval(py, "[2]", &[]);
        let same = done(py, B::sequence_concat(py, list.as_ref(), more.as_ref(), true));
        let same = done(py, B::sequence_repeat(py, same.as_ref(), 2, true));
        assert!(same.as_ref().is(list.as_ref()), "a list is changed in place");
        assert_eq!(repr(py, list.as_ref()), "[1, 2, 1, 2]");

        let number = int(py, 3);
        let message = failed(py, B::sequence_concat(py, number.as_ref(), more.as_ref(), false));
        assert!(message.starts_with("TypeError: ") && message.ends_with("object can't be concatenated"), "{message}");
        let message = failed(py, B::sequence_to_list(py, number.as_ref()));
        assert_eq!(message, "TypeError: 'int' object is not iterable");
        let message = failed(py, B::sequence_to_tuple(py, number.as_ref()));
        assert_eq!(message, "TypeError: 'int' object is not iterable");
    });
}

/// The parts of a dict, and of a class that defines them itself.
pub fn mappings_list_their_parts<B: Backend>() {
    attached::<B>(|py| {
        let listed = |source, part| {
            let mapping = exec(py, source, &[]);
            repr(py, done(py, B::mapping_list(py, mapping.as_ref(), part)).as_ref().any())
        };
        let dict = "result = {'a': 1, 'b': 2}";
        assert_eq!(listed(dict, MappingPart::Keys), "['a', 'b']");
        assert_eq!(listed(dict, MappingPart::Values), "[1, 2]");
        assert_eq!(listed(dict, MappingPart::Items), "[('a', 1), ('b', 2)]");
        let class = "
class Odd(dict):
    def keys(self): return ('one', 'two')
    def values(self): return iter([1, 2])
result = Odd()
";
        assert_eq!(listed(class, MappingPart::Keys), "['one', 'two']");
        assert_eq!(listed(class, MappingPart::Values), "[1, 2]");
        let number = int(py, 1);
        let message = failed(py, B::mapping_list(py, number.as_ref(), MappingPart::Keys));
        assert_eq!(message, "AttributeError: 'int' object has no attribute 'keys'");
    });
}

/// A proxy shows the contents of its mapping, and objects that are no mappings are rejected.
pub fn mappings_have_proxies<B: Backend>() {
    attached::<B>(|py| {
        let dict = exec(py, "result = {'a': 1}", &[]);
        let proxy = done(py, B::mapping_proxy(py, dict.as_ref()));
        assert!(B::type_check_exact(py, proxy.as_ref().any(), BuiltinType::MappingProxy));
        assert_eq!(repr(py, proxy.as_ref().any()), "mappingproxy({'a': 1})");
        for other in ["1", "[]", "()"] {
            let other = eval(py, other, &[]);
            let message = failed(py, B::mapping_proxy(py, other.as_ref()));
            assert!(message.starts_with("TypeError: mappingproxy() argument must be a mapping"), "{message}");
        }
    });
}

/// Slices can be created, and give the right indices.
pub fn slices_say_their_indices<B: Backend>() {
    attached::<B>(|py| {
        let (one, none) = (int(py, 1), B::constant_none(py));
        let slice = B::slice_new(py, one.as_ref(), none, none);
        assert_eq!(repr(py, slice.as_ref().any()), "slice(1, None, None)");
        let slice = B::slice_from_indices(py, isize::MIN, 2, -3);
        assert_eq!(repr(py, slice.as_ref().any()), format!("slice({}, 2, -3)", isize::MIN));
        let indices = |source: &str, length| {
            let slice = eval(py, source, &[]).cast::<kind::Slice>().ok().expect("a slice");
            B::slice_indices(py, slice.as_ref(), length)
        };
        let of = |source, length| {
            let SliceIndices { start, stop, step, len } = done(py, indices(source, length));
            (start, stop, step, len)
        };
        assert_eq!(of("slice(None)", 4), (0, 4, 1, 4));
        assert_eq!(of("slice(None, None, -1)", 4), (3, -1, -1, 4));
        assert_eq!(of("slice(-3, 10**30, 2)", 4), (1, 4, 2, 2));
        assert_eq!(of("slice(-10**30, 10**30, 10**30)", 4), (0, 4, isize::MAX, 1));
        assert_eq!(of("slice(10**30, None, -10**30)", 4), (3, -1, -isize::MAX, 1));
        assert_eq!(of("slice(3, 1)", 4), (3, 1, 1, 0));
        assert_eq!(of("slice(True, None)", 0), (0, 0, 1, 0));
        let message = failed(py, indices("slice(None, None, 0)", 4));
        assert!(message.starts_with("ValueError: slice step cannot be zero"), "{message}");
        assert!(failed(py, indices("slice('a')", 4)).starts_with("TypeError: "));
    });
}

/// `weakref.ref` and `weakref.proxy` can be created.
pub fn weak_references_are_made<B: Backend>() {
    attached::<B>(|py| {
        let object = exec(py, "class Plain: pass\nresult = Plain()", &[]);
        let reference = done(py, B::weakref_new(py, object.as_ref(), None));
        let target = B::weakref_target(py, reference.as_ref().any()).expect("the object is alive");
        assert!(target.as_ref().is(object.as_ref()));
        drop(target);
        assert!(!B::weakref_is_proxy(py, reference.as_ref().any()));

        let gone = eval(py, "[]", &[]);
        let callback = eval(py, "gone.append", &[("gone", gone.as_ref())]);
        let proxy = done(py, B::weakref_proxy_new(py, object.as_ref(), Some(callback.as_ref())));
        assert!(B::weakref_is_proxy(py, proxy.as_ref()));
        let callable = exec(py, "class Callable:\n    def __call__(self): pass\nresult = Callable()", &[]);
        let callable_proxy = done(py, B::weakref_proxy_new(py, callable.as_ref(), Some(B::constant_none(py))));
        assert!(B::weakref_is_proxy(py, callable_proxy.as_ref()));

        drop(object);
        eventually(py, || B::weakref_target(py, reference.as_ref().any()).is_none());
        assert!(B::weakref_target(py, proxy.as_ref()).is_none());
        eventually(py, || repr(py, eval(py, "len(gone)", &[("gone", gone.as_ref())]).as_ref()) == "1");
        let message = failed(py, B::weakref_new(py, int(py, 1).as_ref(), None));
        assert_eq!(message, "TypeError: cannot create weak reference to 'int' object");
        let message = failed(py, B::weakref_proxy_new(py, int(py, 1).as_ref(), None));
        assert_eq!(message, "TypeError: cannot create weak reference to 'int' object");
    });
}

/// `bytearray` can be created and resized.
pub fn bytearrays_are_made_and_resized<B: Backend>() {
    attached::<B>(|py| {
        let fill = |room: &mut [u8]| {
            assert_eq!(room, [0; 3]);
            room.copy_from_slice(b"abc");
            Ok::<(), &str>(())
        };
        let array = done(py, B::bytearray_with(py, 3, fill)).expect("it is filled");
        assert_eq!(B::bytearray_len(py, array.as_ref()), 3);
        let copy = done(py, B::bytearray_from_slice(py, b"xyz"));
        assert_eq!(repr(py, copy.as_ref().any()), "bytearray(b'xyz')");
        done(py, B::bytearray_resize(py, array.as_ref(), 5));
        assert_eq!(repr(py, array.as_ref().any()), r"bytearray(b'abc\x00\x00')");
        done(py, B::bytearray_resize(py, array.as_ref(), 2));
        assert_eq!(repr(py, array.as_ref().any()), "bytearray(b'ab')");
        let view = eval(py, "memoryview(array)", &[("array", array.as_ref().any())]);
        assert!(failed(py, B::bytearray_resize(py, array.as_ref(), 9)).starts_with("BufferError"));
        drop(view);
        assert_eq!(done(py, B::bytearray_with(py, 1, |_| Err("no"))).err(), Some("no"));
        assert!(failed(py, B::bytearray_with(py, usize::MAX, |_| Err("not called"))).ends_with("Error: "));
    });
}

/// A `datetime` whose class overrides its fields.
const OVERRIDES: &str = "
import datetime
class Odd(datetime.datetime):
    year = property(lambda self: 1 / 0)
    hour = property(lambda self: 'late')
    tzinfo = property(lambda self: 3)
result = Odd(2024, 2, 29, 13, 14, 15, 16, datetime.timezone.utc, fold=1)
";

/// Dates, times and durations can be created and read.
pub fn dates_and_times_have_fields<B: Backend>() {
    attached::<B>(|py| {
        let date = DateParts { year: 2024, month: 2, day: 29 };
        let time = TimeParts { hour: 13, minute: 14, second: 15, microsecond: 16, fold: true };
        let shown = repr(py, done(py, B::date_new(py, date)).as_ref().any());
        assert_eq!(shown, "datetime.date(2024, 2, 29)");
        let offset = done(py, B::delta_new(py, 0, 3600, 0));
        let zone = done(py, B::time_zone_from_offset(py, offset.as_ref()));
        let late = done(py, B::datetime_new(py, date, time, Some(zone.as_ref())));
        assert!(B::time_zone(py, late.as_ref()).is_some_and(|found| found.as_ref().is(zone.as_ref())));
        let late = done(py, B::object_str(py, late.as_ref().any()));
        assert_eq!(B::str_to_lossy(py, late.as_ref()), "2024-02-29 13:14:15.000016+01:00");
        let noon = TimeParts { hour: 12, minute: 0, second: 0, microsecond: 0, fold: false };
        let noon = done(py, B::time_new(py, noon, None));
        assert_eq!(repr(py, noon.as_ref().any()), "datetime.time(12, 0)");
        assert!(B::time_zone(py, noon.as_ref()).is_none());
        let delta = done(py, B::delta_new(py, 1, -1, 1_000_001));
        let fields = [DeltaField::Days, DeltaField::Seconds, DeltaField::Microseconds];
        assert_eq!(fields.map(|field| B::delta_field(py, delta.as_ref(), field)), [1, 0, 1]);

        let odd = exec(py, OVERRIDES, &[]).cast::<kind::DateTime>().ok().expect("a datetime");
        let fields = [DateField::Year, DateField::Month, DateField::Day];
        assert_eq!(fields.map(|field| B::date_field(py, odd.as_ref(), field)), [2024, 2, 29]);
        let fields = [TimeField::Hour, TimeField::Minute, TimeField::Second, TimeField::Microsecond, TimeField::Fold];
        assert_eq!(fields.map(|field| B::time_field(py, odd.as_ref(), field)), [13, 14, 15, 16, 1]);
        assert!(B::time_zone(py, odd.as_ref()).is_some());
        assert!(odd.as_ref().any().cast::<kind::Date>(py).is_some(), "a datetime is a date");
        assert!(noon.as_ref().any().cast::<kind::Date>(py).is_none());

        let message = failed(py, B::date_new(py, DateParts { year: 2023, month: 2, day: 29 }));
        assert!(message.starts_with("ValueError: day "), "{message}");
        assert!(failed(py, B::delta_new(py, i32::MAX, 0, 0)).starts_with("OverflowError"));
        let day = done(py, B::delta_new(py, 1, 0, 0));
        assert!(failed(py, B::time_zone_from_offset(py, day.as_ref())).starts_with("ValueError"));
        for which in [DateTimeType::Date, DateTimeType::Delta, DateTimeType::TzInfo] {
            let class = done(py, B::datetime_type(py, which));
            let name = done(py, B::type_name(py, class.as_ref()));
            assert_eq!(B::str_to_lossy(py, name.as_ref()), which.name());
        }
        let object = B::type_builtin(py, BuiltinType::Object);
        assert!(!B::datetime_check(py, object.any(), DateTimeType::TzInfo));
    });
}
