//! Arbitrary values of standard library types, compared with what Python computes.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fmt::{Debug, Display};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::num::{NonZeroI128, NonZeroU8, NonZeroU64};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use proptest::prelude::*;
use pyo3::IntoPyObjectExt;
use pyo3::conversion::FromPyObjectOwned;
use pyo3::exceptions::{PyOverflowError, PyTypeError, PyUnicodeEncodeError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::{becomes, scope_of_modules};
use pyo3_tests::{eval, run, scope};

/// Generates integers near the bounds of every type, and others. As text, because no Rust type holds them all.
fn integer() -> impl Strategy<Value = String> {
    let bit = prop::sample::select(vec![0u32, 7, 8, 15, 16, 29, 30, 31, 32, 59, 60, 62, 63, 64, 126, 127, 128, 200]);
    let near = (bit, any::<bool>(), -2..=2i8).prop_map(|(bit, negative, more)| {
        let sign = if negative { "-" } else { "" };
        format!("({sign}(1 << {bit}) + {more})")
    });
    prop_oneof![
        near,
        any::<i128>().prop_map(|value| value.to_string()),
        any::<i16>().prop_map(|value| value.to_string())
    ]
}

/// Compares the extraction of an integer with parsing its digits.
fn check_integer<'py, T>(object: &Bound<'py, PyAny>, digits: &str)
where
    T: FromPyObjectOwned<'py> + IntoPyObject<'py> + std::str::FromStr + Display + Debug + PartialEq + Copy,
{
    match (digits.parse::<T>(), object.extract::<T>().map_err(Into::<PyErr>::into)) {
        (Ok(expected), Ok(found)) => {
            assert_eq!(expected, found);
            assert!(is_same(found, object), "{digits}");
        }
        (Err(_), Err(error)) => {
            let py = object.py();
            // Zero does not fit non-zero types.
            let wanted = if digits == "0" { error.is_instance_of::<PyValueError>(py) } else { false };
            assert!(wanted || error.is_instance_of::<PyOverflowError>(py), "{digits}: {error}");
        }
        (expected, found) => {
            panic!("{digits} as {}: {:?}, but {found:?}", std::any::type_name::<T>(), expected.ok())
        }
    }
}

/// Whether a value converts to an object that equals `object` and has the same type.
#[track_caller]
fn is_same<'py>(value: impl IntoPyObject<'py>, object: &Bound<'py, PyAny>) -> bool {
    let value = value.into_bound_py_any(object.py()).unwrap();
    value.eq(object).unwrap() && value.get_type().is(object.get_type())
}

/// Generates bytes, as in file names and beyond.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(prop_oneof![4 => any::<u8>(), 4 => b'a'..=b'z', 1 => 0x7fu8..=0xffu8], 0..20)
}

/// Generates code points of all UTF-8 lengths, including surrogates.
fn codes(surrogates: u32) -> impl Strategy<Value = Vec<u32>> {
    let plain = any::<char>().prop_map(u32::from);
    let code = prop_oneof![6 => 0..0x80u32, 3 => 0x80..0x800u32, 3 => plain, surrogates => 0xd800..0xe000u32];
    prop::collection::vec(code, 0..12)
}

/// Creates the `str` with these code points.
fn text<'py>(py: Python<'py>, codes: &[u32]) -> Bound<'py, PyAny> {
    let scope = scope(py);
    scope.set_item("codes", codes).unwrap();
    eval(&scope, c"''.join(map(chr, codes))")
}

/// Returns `os.fsdecode` or `os.fsencode`.
fn coder<'py>(py: Python<'py>, name: &str) -> Bound<'py, PyAny> {
    scope_of_modules(py, &["os"]).get_item(name).unwrap().expect("the module has it")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn integers_of_every_width(code in integer()) {
        Python::attach(|py| {
            let object = eval(&scope(py), &std::ffi::CString::new(code).unwrap());
            let digits = object.to_string();
            macro_rules! check {
                ($($int:ty)*) => { $(check_integer::<$int>(&object, &digits);)* };
            }
            check! {
                i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize NonZeroI128 NonZeroU8 NonZeroU64
            }
            // An object with `__index__` is read as its result.
            let scope = scope_of_modules(py, &[]);
            scope.set_item("value", &object).unwrap();
            run(&scope, c"
class Like:
    def __index__(self): return value
class Sub(int):
    def __index__(self): raise ValueError('is not asked')
");
            for code in [c"Like()", c"Sub(value)"] {
                let like = eval(&scope, code);
                assert_eq!(like.extract::<i128>().ok(), digits.parse().ok());
                assert_eq!(like.extract::<u64>().ok(), digits.parse().ok());
                assert_eq!(like.extract::<i32>().ok(), digits.parse().ok());
                assert_eq!(like.extract::<u8>().ok(), digits.parse().ok());
            }
        });
    }

    #[test]
    fn floats_of_any_bits(bits in any::<u64>(), small in any::<u32>()) {
        Python::attach(|py| {
            let scope = scope_of_modules(py, &["struct"]);
            scope.set_item("bits", bits).unwrap();
            scope.set_item("small", small).unwrap();
            let (long, short) = (f64::from_bits(bits), f32::from_bits(small));
            let same = |ours: f64, theirs: f64| ours.to_bits() == theirs.to_bits() || ours.is_nan() && theirs.is_nan();
            let object = eval(&scope, c"unpack('<d', pack('<Q', bits))[0]");
            assert!(same(object.extract::<f64>().unwrap(), long), "{object}");
            assert!(same(long.into_pyobject(py).unwrap().extract::<f64>().unwrap(), long));
            assert_eq!(long.into_pyobject(py).unwrap().repr().unwrap().to_string(), object.repr().unwrap().to_string());
            let rounded = object.extract::<f32>().unwrap();
            assert!(same(rounded.into(), (long as f32).into()), "{object}");
            let object = eval(&scope, c"unpack('<f', pack('<I', small))[0]");
            assert!(same(object.extract::<f32>().unwrap().into(), short.into()), "{object}");
            let made = short.into_pyobject(py).unwrap();
            assert_eq!(made.repr().unwrap().to_string(), object.repr().unwrap().to_string());
        });
    }

    #[test]
    fn integers_become_floats_as_python_rounds_them(code in integer()) {
        Python::attach(|py| {
            let object = eval(&scope(py), &std::ffi::CString::new(code).unwrap());
            let expected: f64 = py.get_type::<pyo3::types::PyFloat>().call1((&object,)).unwrap().extract().unwrap();
            assert_eq!(object.extract::<f64>().unwrap(), expected);
        });
    }

    #[test]
    fn text_of_any_code_points(codes in prop_oneof![codes(0), codes(1)]) {
        Python::attach(|py| {
            let object = text(py, &codes);
            let expected: Option<String> = codes.iter().map(|code| char::from_u32(*code)).collect();
            match (object.extract::<String>(), expected) {
                (Ok(found), Some(expected)) => {
                    assert_eq!(found, expected);
                    assert!(is_same(PyString::new(py, &found), &object));
                    assert!(is_same(&*found, &object));
                    assert!(is_same(found.clone(), &object));
                    assert_eq!(object.len().unwrap(), codes.len());
                    let chars: Vec<char> = found.chars().collect();
                    let list: Vec<char> = eval(&scope(py), c"list").call1((&object,)).unwrap().extract().unwrap();
                    assert_eq!(list, chars);
                    assert_eq!(object.extract::<char>().ok(), (chars.len() == 1).then(|| chars[0]));
                    for character in chars {
                        assert!(is_same(character, PyString::new(py, &character.to_string()).as_any()));
                    }
                }
                (Err(error), None) => {
                    assert!(error.is_instance_of::<PyUnicodeEncodeError>(py), "{error}");
                    let theirs = object.call_method1("encode", ("utf-8",)).unwrap_err();
                    assert_eq!(error.to_string(), theirs.to_string());
                }
                (found, expected) => panic!("{found:?} for {expected:?}"),
            }
            let lossy = object.cast::<PyString>().unwrap().to_string_lossy().into_owned();
            let exact: Vec<u8> = object.call_method1("encode", ("utf-8", "surrogatepass")).unwrap().extract().unwrap();
            assert_eq!(lossy, String::from_utf8_lossy(&exact));
        });
    }

    #[test]
    #[cfg(unix)]
    fn names_of_the_system_are_as_os_encodes_them(bytes in bytes(), codes in codes(1)) {
        use std::os::unix::ffi::{OsStrExt, OsStringExt};

        Python::attach(|py| {
            let name = OsStr::from_bytes(&bytes);
            let expected = coder(py, "fsdecode").call1((&*bytes,)).unwrap();
            assert!(is_same(name, &expected), "{name:?}");
            assert_eq!(expected.extract::<OsString>().unwrap(), name);
            assert_eq!(expected.extract::<PathBuf>().unwrap(), Path::new(name));
            let theirs = py.import("pathlib").unwrap().call_method1("Path", (&expected,)).unwrap();
            assert!(is_same(Path::new(name), &theirs), "{theirs}");

            let object = text(py, &codes);
            match (object.extract::<OsString>(), coder(py, "fsencode").call1((&object,))) {
                (Ok(found), Ok(expected)) => assert_eq!(found.into_vec(), expected.extract::<Vec<u8>>().unwrap()),
                (Err(ours), Err(theirs)) => assert_eq!(ours.to_string(), theirs.to_string()),
                (ours, theirs) => panic!("{codes:x?}: {ours:?}, but {theirs:?}"),
            }
        });
    }

    #[test]
    fn bytes_of_any_kind(bytes in bytes()) {
        Python::attach(|py| {
            let scope = scope(py);
            scope.set_item("numbers", bytes.iter().map(|byte| i32::from(*byte)).collect::<Vec<_>>()).unwrap();
            for code in [c"bytes(numbers)", c"bytearray(numbers)", c"numbers", c"tuple(numbers)"] {
                assert_eq!(eval(&scope, code).extract::<Vec<u8>>().unwrap(), bytes, "{code:?}");
            }
            let expected = eval(&scope, c"bytes(numbers)");
            assert_eq!(expected.extract::<&[u8]>().unwrap(), bytes);
            assert!(is_same(&*bytes, &expected));
            assert!(is_same(bytes.clone(), &expected));
        });
    }

    #[test]
    fn durations_to_the_microsecond(seconds in prop_oneof![any::<u64>(), 0..100_000_000_000_000u64], nanos in 0..1_000_000_000u32) {
        Python::attach(|py| {
            let duration = Duration::new(seconds, nanos);
            let scope = scope_of_modules(py, &["datetime"]);
            scope.set_item("seconds", seconds).unwrap();
            scope.set_item("micros", nanos / 1000).unwrap();
            let theirs = py.eval(c"timedelta(0, seconds, micros)", Some(&scope), None);
            match (duration.into_pyobject(py), theirs) {
                (Ok(ours), Ok(theirs)) => {
                    assert!(ours.eq(&theirs).unwrap(), "{ours} is not {theirs}");
                    let cut = Duration::new(seconds, nanos / 1000 * 1000);
                    assert_eq!(theirs.extract::<Duration>().unwrap(), cut);
                    let negative = theirs.neg().unwrap();
                    assert_eq!(negative.extract::<Duration>().is_ok(), cut.is_zero());
                }
                (Err(ours), Err(theirs)) => {
                    assert!(ours.is_instance_of::<PyOverflowError>(py) || ours.is_instance_of::<PyValueError>(py), "{ours}");
                    assert!(theirs.is_instance_of::<PyOverflowError>(py), "{theirs}");
                }
                (ours, theirs) => panic!("{duration:?}: {ours:?}, but {theirs:?}"),
            }
        });
    }

    #[test]
    fn times_of_the_system(seconds in -70_000_000_000..300_000_000_000i64, nanos in 0..1_000_000_000u32) {
        Python::attach(|py| {
            let whole = Duration::from_secs(seconds.unsigned_abs());
            let start = if seconds < 0 { UNIX_EPOCH - whole } else { UNIX_EPOCH + whole };
            let micros = Duration::from_micros(u64::from(nanos / 1000));
            let scope = scope_of_modules(py, &["datetime"]);
            scope.set_item("seconds", seconds).unwrap();
            scope.set_item("micros", nanos / 1000).unwrap();
            let code = c"datetime(1970, 1, 1, tzinfo=timezone.utc) + timedelta(0, seconds, micros)";
            match ((start + micros).into_pyobject(py), py.eval(code, Some(&scope), None)) {
                (Ok(ours), Ok(theirs)) => {
                    assert!(ours.eq(&theirs).unwrap(), "{ours} is not {theirs}");
                    match theirs.extract::<SystemTime>() {
                        Ok(back) => assert_eq!(back, start + micros),
                        // Like PyO3, refuses times before 1970.
                        Err(error) => assert!(seconds < 0 && error.is_instance_of::<PyValueError>(py), "{error}"),
                    }
                }
                (Err(ours), Err(theirs)) => assert_eq!(ours.to_string(), theirs.to_string()),
                (ours, theirs) => panic!("{seconds}: {ours:?}, but {theirs:?}"),
            }
        });
    }

    #[test]
    fn addresses(four in any::<u32>(), six in prop_oneof![any::<u128>(), any::<u32>().prop_map(|low| 0xffff << 32 | u128::from(low))]) {
        Python::attach(|py| {
            let scope = scope_of_modules(py, &["ipaddress"]);
            let (four, six) = (Ipv4Addr::from_bits(four), Ipv6Addr::from_bits(six));
            becomes(&scope, four, &format!("IPv4Address({})", four.to_bits()));
            both_ways!(&scope, &IpAddr::from(four), &format!("ip_address('{four}')"));
            becomes(&scope, six, &format!("IPv6Address({})", six.to_bits()));
            both_ways!(&scope, &IpAddr::from(six), &format!("ip_address('{six}')"));
            // Text is parsed too.
            let address: IpAddr = PyString::new(py, &six.to_string()).extract().unwrap();
            assert_eq!(address, six);
        });
    }

    #[test]
    fn collections_of_pairs(pairs in prop::collection::vec((any::<i64>(), codes(0)), 0..8)) {
        Python::attach(|py| {
            let pairs: Vec<(i64, String)> = pairs
                .into_iter()
                .map(|(key, codes)| (key, codes.into_iter().filter_map(char::from_u32).collect()))
                .collect();
            let scope = scope(py);
            scope.set_item("pairs", &pairs).unwrap();
            assert_eq!(eval(&scope, c"pairs").extract::<Vec<(i64, String)>>().unwrap(), pairs);
            let dict = eval(&scope, c"dict(pairs)");
            let hashed: HashMap<i64, String> = pairs.iter().cloned().collect();
            let sorted: BTreeMap<i64, String> = pairs.iter().cloned().collect();
            assert_eq!(dict.extract::<HashMap<i64, String>>().unwrap(), hashed);
            assert_eq!(dict.extract::<BTreeMap<i64, String>>().unwrap(), sorted);
            assert!(is_same(hashed, &dict));
            let made = sorted.into_pyobject(py).unwrap();
            assert!(is_same(made.keys(), &eval(&scope, c"sorted(dict(pairs))")));
            assert!(is_same(made, &dict));

            let keys: HashSet<i64> = pairs.iter().map(|(key, _)| *key).collect();
            let words: BTreeSet<String> = pairs.iter().map(|(_, word)| word.clone()).collect();
            for code in [c"{key for key, _ in pairs}", c"frozenset(key for key, _ in pairs)"] {
                assert_eq!(eval(&scope, code).extract::<HashSet<i64>>().unwrap(), keys);
            }
            assert!(is_same(keys, &eval(&scope, c"{key for key, _ in pairs}")));
            let theirs = eval(&scope, c"{word for _, word in pairs}");
            assert_eq!(theirs.extract::<BTreeSet<String>>().unwrap(), words);
            assert!(is_same(words, &theirs));
        });
    }

    #[test]
    fn tuples_have_a_length(values in prop::collection::vec(any::<i32>(), 0..6)) {
        fn read<'py, T: FromPyObjectOwned<'py>>(object: &Bound<'py, PyAny>) -> Result<T, PyErr> {
            object.extract::<T>().map_err(Into::into)
        }

        Python::attach(|py| {
            let tuple = pyo3::types::PyTuple::new(py, &values).unwrap().into_any();
            let found = [
                read::<(i32,)>(&tuple).map(|(a,)| vec![a]),
                read::<(i32, i32)>(&tuple).map(|(a, b)| vec![a, b]),
                read::<(i32, i32, i32)>(&tuple).map(|(a, b, c)| vec![a, b, c]),
                read::<(i32, i32, i32, i32)>(&tuple).map(|(a, b, c, d)| vec![a, b, c, d]),
            ];
            for (length, found) in (1..).zip(found) {
                match found {
                    Ok(found) => assert_eq!(found, values),
                    Err(error) => {
                        assert_ne!(length, values.len());
                        let is_type_error = error.is_instance_of::<PyTypeError>(py);
                        assert!(is_type_error || error.is_instance_of::<PyValueError>(py), "{error}");
                    }
                }
            }
            if let [a, b, c] = *values {
                assert!(is_same((a, b, c), &tuple));
                assert!(is_same((&a, &b, &c), &tuple));
            }
        });
    }
}

#[test]
fn each_kind_of_number_takes_what_python_takes_for_it() {
    fn taken<'py, T: FromPyObjectOwned<'py>>(object: &Bound<'py, PyAny>) -> bool {
        object.extract::<T>().is_ok()
    }

    Python::attach(|py| {
        let scope: Bound<'_, PyDict> = scope_of_modules(py, &["decimal", "fractions"]);
        run(
            &scope,
            c"
class Index:
    def __index__(self): return 3
class Float:
    def __float__(self): return 1.5
class Int:
    def __int__(self): return 3
import operator
def works(function, value):
    try: function(value)
    except (TypeError, ValueError): return False
    return True
values = [1, True, 1.5, 1j, '1', b'1', None, Index(), Float(), Int(), Decimal(1), Fraction(1, 2), [], ()]
as_index = [works(operator.index, value) for value in values]
# Of what `float` takes, text apart.
as_float = [works(float, value) and not isinstance(value, (str, bytes)) for value in values]
as_complex = [works(complex, value) and not isinstance(value, (str, bytes)) for value in values]
",
        );
        let flags = |name: &str| scope.get_item(name).unwrap().unwrap().extract::<Vec<bool>>().unwrap();
        let values: Vec<Bound<'_, PyAny>> = scope.get_item("values").unwrap().unwrap().extract().unwrap();

        macro_rules! ask {
            ($type:ty) => {
                values.iter().map(taken::<$type>).collect::<Vec<_>>()
            };
        }
        assert_eq!(ask!(i32), flags("as_index"));
        assert_eq!(ask!(u64), flags("as_index"));
        assert_eq!(ask!(i128), flags("as_index"));
        assert_eq!(ask!(f64), flags("as_float"));
        assert_eq!(ask!(f32), flags("as_float"));
        assert_eq!(ask!(num_complex::Complex64), flags("as_complex"));
    });
}
