//! `str`.

use pyo3_backend::{Backend, StrData, kind};

use crate::{attached, done, eval, failed, repr};

/// Text survives the way to Python and back.
pub fn strings_are_made_and_read<B: Backend>() {
    attached::<B>(|py| {
        for words in ["", "words", "größer\0", "\u{10ffff} 🦀"] {
            let string = B::str_from_utf8(py, words);
            assert_eq!(done(py, B::str_to_utf8(py, string.as_ref())), words);
            assert_eq!(B::str_to_lossy(py, string.as_ref()), words);
            assert!(B::str_equals(py, string.as_ref(), words) && !B::str_equals(py, string.as_ref(), "other"));
        }
        let (one, other) = (B::str_intern(py, "interned"), B::str_intern(py, "interned"));
        assert!(one.as_ref().is(other.as_ref()));
    });
}

/// Strings with surrogates are not valid Unicode text.
pub fn surrogates_are_no_text<B: Backend>() {
    attached::<B>(|py| {
        let string = eval(py, "'a\\udc80b'", &[]).cast::<kind::Str>().ok().expect("a string");
        assert!(failed(py, B::str_to_utf8(py, string.as_ref())).starts_with("UnicodeEncodeError"));
        let bytes = done(py, B::str_encode_surrogates(py, string.as_ref()));
        assert_eq!(B::bytes_as_slice(py, bytes.as_ref()), b"a\xed\xb2\x80b");
        assert!(B::str_to_lossy(py, string.as_ref()).contains('\u{fffd}'));
        assert!(!B::str_equals(py, string.as_ref(), "ab"));
    });
}

/// Strings can be encoded and decoded with codecs.
pub fn strings_are_encoded_and_decoded<B: Backend>() {
    attached::<B>(|py| {
        let bytes = B::bytes_from_slice(py, b"gr\xfc\xdfe");
        let decode = |encoding, errors| B::str_decode(py, bytes.as_ref().any(), encoding, errors);
        let words = done(py, decode(Some(c"latin-1"), None));
        assert_eq!(done(py, B::str_to_utf8(py, words.as_ref())), "grüße");
        assert!(failed(py, decode(None, None)).starts_with("UnicodeDecodeError"));
        let ignored = done(py, decode(Some(c"utf-8"), Some(c"ignore")));
        assert_eq!(repr(py, ignored.as_ref().any()), "'gre'");
        assert_eq!(failed(py, decode(Some(c"nosuchcodec"), None)), "LookupError: unknown encoding: nosuchcodec");
    });
}

/// Text can be read as a C string.
pub fn strings_end_with_a_null<B: Backend>() {
    attached::<B>(|py| {
        let string = B::str_from_utf8(py, "größer");
        let found = done(py, B::str_to_c_str(py, string.as_ref()));
        assert_eq!(found.to_bytes(), "größer".as_bytes());
        let again = done(py, B::str_to_c_str(py, string.as_ref()));
        assert!(std::ptr::eq(found, again), "it stays where it is");
        assert!(failed(py, B::str_to_c_str(py, B::str_from_utf8(py, "a\0").as_ref())).starts_with("ValueError"));
        let surrogate = eval(py, "'\\udc80'", &[]).cast::<kind::Str>().ok().expect("a string");
        assert!(failed(py, B::str_to_c_str(py, surrogate.as_ref())).starts_with("UnicodeEncodeError"));
    });
}

/// Code points can be read in place, if the runtime allows it.
pub fn code_points_are_shown<B: Backend>() {
    attached::<B>(|py| {
        let ascii = B::str_from_utf8(py, "words");
        assert_eq!(done(py, B::str_data(py, ascii.as_ref())), Some(StrData::Ucs1(b"words")));
        let points = |words: &str| -> Option<Vec<u32>> {
            let string = B::str_from_utf8(py, words);
            Some(match done(py, B::str_data(py, string.as_ref()))? {
                StrData::Ucs1(points) => points.iter().copied().map(u32::from).collect(),
                StrData::Ucs2(points) => points.iter().copied().map(u32::from).collect(),
                StrData::Ucs4(points) => points.to_vec(),
            })
        };
        for words in ["größer", "日本", "🦀!"] {
            let own: Vec<u32> = words.chars().map(u32::from).collect();
            assert!(points(words).is_none_or(|points| points == own), "{words}");
        }
        let surrogate = eval(py, "'\\udc80'", &[]).cast::<kind::Str>().ok().expect("a string");
        let found = done(py, B::str_data(py, surrogate.as_ref()));
        assert!(found.is_none_or(|found| found == StrData::Ucs2(&[0xdc80])), "{found:?}");
    });
}
