//! `unicodeobject.h`: `str`.

use super::*;

/// C API type `Py_UNICODE`, deprecated.
pub type Py_UNICODE = wchar_t;

constants! { Py_UNICODE_REPLACEMENT_CHARACTER: Py_UCS4 = 0xFFFD; }

type_checks! {
    PyUnicode_Check: flag Py_TPFLAGS_UNICODE_SUBCLASS;
    PyUnicode_CheckExact: exact PyUnicode_Type;
}

#[cfg(not(Py_LIMITED_API))]
pub use super::unicode_layout::*;

#[cfg(not(Py_LIMITED_API))]
inline_capi! { fn Py_UNICODE_TODECIMAL(ch: Py_UCS4) -> c_int = _PyUnicode_ToDecimalDigit(ch); }
#[cfg(not(Py_LIMITED_API))]
capi! { fn _PyUnicode_ToDecimalDigit(ch: Py_UCS4) -> c_int; }

capi_data! {
    static mut PyUnicode_Type: PyTypeObject;
    static mut PyUnicodeIter_Type: PyTypeObject;
}
capi! {
    fn PyUnicode_FromStringAndSize(u: *const c_char, size: Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_FromString(u: *const c_char) -> *mut PyObject;
    fn PyUnicode_Substring(str: *mut PyObject, start: Py_ssize_t, end: Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_AsUCS4(unicode: *mut PyObject, buffer: *mut Py_UCS4, buflen: Py_ssize_t, copy_null: c_int) -> *mut Py_UCS4;
    fn PyUnicode_AsUCS4Copy(unicode: *mut PyObject) -> *mut Py_UCS4;
    fn PyUnicode_GetLength(unicode: *mut PyObject) -> Py_ssize_t;
    fn PyUnicode_ReadChar(unicode: *mut PyObject, index: Py_ssize_t) -> Py_UCS4;
    fn PyUnicode_WriteChar(unicode: *mut PyObject, index: Py_ssize_t, character: Py_UCS4) -> c_int;
    fn PyUnicode_Resize(unicode: *mut *mut PyObject, length: Py_ssize_t) -> c_int;
    fn PyUnicode_FromEncodedObject(obj: *mut PyObject, encoding: *const c_char, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_FromObject(obj: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_FromFormat(format: *const c_char, ...) -> *mut PyObject;
    fn PyUnicode_InternInPlace(arg: *mut *mut PyObject);
    fn PyUnicode_InternFromString(u: *const c_char) -> *mut PyObject;
    fn PyUnicode_FromWideChar(w: *const wchar_t, size: Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_AsWideChar(unicode: *mut PyObject, w: *mut wchar_t, size: Py_ssize_t) -> Py_ssize_t;
    fn PyUnicode_AsWideCharString(unicode: *mut PyObject, size: *mut Py_ssize_t) -> *mut wchar_t;
    fn PyUnicode_FromOrdinal(ordinal: c_int) -> *mut PyObject;
    fn PyUnicode_GetDefaultEncoding() -> *const c_char;
    fn PyUnicode_Decode(s: *const c_char, size: Py_ssize_t, encoding: *const c_char, errors: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_3_15))] fn PyUnicode_AsDecodedObject(unicode: *mut PyObject, encoding: *const c_char, errors: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_3_15))] fn PyUnicode_AsDecodedUnicode(unicode: *mut PyObject, encoding: *const c_char, errors: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_3_15))] fn PyUnicode_AsEncodedObject(unicode: *mut PyObject, encoding: *const c_char, errors: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyUnicode_New(size: Py_ssize_t, maxchar: Py_UCS4) -> *mut PyObject;
    fn PyUnicode_AsEncodedString(unicode: *mut PyObject, encoding: *const c_char, errors: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_3_15))] fn PyUnicode_AsEncodedUnicode(unicode: *mut PyObject, encoding: *const c_char, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_BuildEncodingMap(string: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_DecodeUTF7(string: *const c_char, length: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyUnicode_CopyCharacters(to: *mut PyObject, to_start: Py_ssize_t, from: *mut PyObject, from_start: Py_ssize_t, how_many: Py_ssize_t) -> Py_ssize_t;
    fn PyUnicode_DecodeUTF7Stateful(string: *const c_char, length: Py_ssize_t, errors: *const c_char, consumed: *mut Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_DecodeUTF8(string: *const c_char, length: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyUnicode_Fill(unicode: *mut PyObject, start: Py_ssize_t, length: Py_ssize_t, fill_char: Py_UCS4) -> Py_ssize_t;
    fn PyUnicode_DecodeUTF8Stateful(string: *const c_char, length: Py_ssize_t, errors: *const c_char, consumed: *mut Py_ssize_t) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyUnicode_FromKindAndData(kind: c_int, buffer: *const c_void, size: Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_AsUTF8String(unicode: *mut PyObject) -> *mut PyObject;
    #[cfg(any(not(Py_LIMITED_API), Py_3_10))] fn PyUnicode_AsUTF8AndSize(unicode: *mut PyObject, size: *mut Py_ssize_t) -> *const c_char;
    fn PyUnicode_DecodeUTF32(string: *const c_char, length: Py_ssize_t, errors: *const c_char, byteorder: *mut c_int) -> *mut PyObject;
    fn PyUnicode_DecodeUTF32Stateful(string: *const c_char, length: Py_ssize_t, errors: *const c_char, byteorder: *mut c_int, consumed: *mut Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_AsUTF32String(unicode: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_DecodeUTF16(string: *const c_char, length: Py_ssize_t, errors: *const c_char, byteorder: *mut c_int) -> *mut PyObject;
    fn PyUnicode_DecodeUTF16Stateful(string: *const c_char, length: Py_ssize_t, errors: *const c_char, byteorder: *mut c_int, consumed: *mut Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_AsUTF16String(unicode: *mut PyObject) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyUnicode_AsUTF8(unicode: *mut PyObject) -> *const c_char;
    fn PyUnicode_DecodeUnicodeEscape(string: *const c_char, length: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_AsUnicodeEscapeString(unicode: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_DecodeRawUnicodeEscape(string: *const c_char, length: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_AsRawUnicodeEscapeString(unicode: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_DecodeLatin1(string: *const c_char, length: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_AsLatin1String(unicode: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_DecodeASCII(string: *const c_char, length: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_AsASCIIString(unicode: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_DecodeCharmap(string: *const c_char, length: Py_ssize_t, mapping: *mut PyObject, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_AsCharmapString(unicode: *mut PyObject, mapping: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_DecodeLocaleAndSize(str: *const c_char, len: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_DecodeLocale(str: *const c_char, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_EncodeLocale(unicode: *mut PyObject, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_FSConverter(ob: *mut PyObject, arg: *mut c_void) -> c_int;
    fn PyUnicode_FSDecoder(ob: *mut PyObject, arg: *mut c_void) -> c_int;
    fn PyUnicode_DecodeFSDefault(s: *const c_char) -> *mut PyObject;
    fn PyUnicode_DecodeFSDefaultAndSize(s: *const c_char, size: Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_EncodeFSDefault(unicode: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_Concat(left: *mut PyObject, right: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_Append(pleft: *mut *mut PyObject, right: *mut PyObject);
    fn PyUnicode_AppendAndDel(pleft: *mut *mut PyObject, right: *mut PyObject);
    fn PyUnicode_Split(s: *mut PyObject, sep: *mut PyObject, maxsplit: Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_Splitlines(s: *mut PyObject, keepends: c_int) -> *mut PyObject;
    fn PyUnicode_Partition(s: *mut PyObject, sep: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_RPartition(s: *mut PyObject, sep: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_RSplit(s: *mut PyObject, sep: *mut PyObject, maxsplit: Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_Translate(str: *mut PyObject, table: *mut PyObject, errors: *const c_char) -> *mut PyObject;
    fn PyUnicode_Join(separator: *mut PyObject, seq: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_Tailmatch(str: *mut PyObject, substr: *mut PyObject, start: Py_ssize_t, end: Py_ssize_t, direction: c_int) -> Py_ssize_t;
    fn PyUnicode_Find(str: *mut PyObject, substr: *mut PyObject, start: Py_ssize_t, end: Py_ssize_t, direction: c_int) -> Py_ssize_t;
    fn PyUnicode_FindChar(str: *mut PyObject, ch: Py_UCS4, start: Py_ssize_t, end: Py_ssize_t, direction: c_int) -> Py_ssize_t;
    fn PyUnicode_Count(str: *mut PyObject, substr: *mut PyObject, start: Py_ssize_t, end: Py_ssize_t) -> Py_ssize_t;
    fn PyUnicode_Replace(str: *mut PyObject, substr: *mut PyObject, replstr: *mut PyObject, maxcount: Py_ssize_t) -> *mut PyObject;
    fn PyUnicode_Compare(left: *mut PyObject, right: *mut PyObject) -> c_int;
    fn PyUnicode_CompareWithASCIIString(left: *mut PyObject, right: *const c_char) -> c_int;
    #[cfg(Py_3_13)] fn PyUnicode_EqualToUTF8(ob: *mut PyObject, s: *const c_char) -> c_int;
    #[cfg(Py_3_13)] fn PyUnicode_EqualToUTF8AndSize(ob: *mut PyObject, s: *const c_char, n: Py_ssize_t) -> c_int;
    fn PyUnicode_RichCompare(left: *mut PyObject, right: *mut PyObject, op: c_int) -> *mut PyObject;
    fn PyUnicode_Format(format: *mut PyObject, args: *mut PyObject) -> *mut PyObject;
    fn PyUnicode_Contains(container: *mut PyObject, element: *mut PyObject) -> c_int;
    fn PyUnicode_IsIdentifier(s: *mut PyObject) -> c_int;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _PyUnicode_JoinArray(separator: *mut PyObject, items: *const *mut PyObject, seqlen: Py_ssize_t) -> *mut PyObject;
    #[cfg(not(Py_3_12))] fn PyUnicode_GetSize(unicode: *mut PyObject) -> Py_ssize_t;
    #[cfg(not(Py_3_12))] fn PyUnicode_InternImmortal(arg: *mut *mut PyObject);
    #[cfg(all(not(Py_3_12), not(Py_LIMITED_API)))] fn _PyUnicode_Ready(unicode: *mut PyObject) -> c_int;
    #[cfg(all(not(Py_3_12), not(Py_LIMITED_API)))] fn PyUnicode_FromUnicode(u: *const wchar_t, size: Py_ssize_t) -> *mut PyObject;
    #[cfg(all(not(Py_3_12), not(Py_LIMITED_API)))] fn PyUnicode_AsUnicode(unicode: *mut PyObject) -> *mut wchar_t;
    #[cfg(all(not(Py_3_12), not(Py_LIMITED_API)))] fn PyUnicode_AsUnicodeAndSize(unicode: *mut PyObject, size: *mut Py_ssize_t) -> *mut wchar_t;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_Encode(s: *const wchar_t, size: Py_ssize_t, encoding: *const c_char, errors: *const c_char) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_EncodeUTF7(data: *const wchar_t, length: Py_ssize_t, base64seto: c_int, base64whitespace: c_int, errors: *const c_char) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_EncodeUTF8(data: *const wchar_t, length: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_EncodeUTF32(data: *const wchar_t, length: Py_ssize_t, errors: *const c_char, byteorder: c_int) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_EncodeUTF16(data: *const wchar_t, length: Py_ssize_t, errors: *const c_char, byteorder: c_int) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_EncodeUnicodeEscape(data: *const wchar_t, length: Py_ssize_t) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_EncodeRawUnicodeEscape(data: *const wchar_t, length: Py_ssize_t) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_EncodeLatin1(data: *const wchar_t, length: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_EncodeASCII(data: *const wchar_t, length: Py_ssize_t, errors: *const c_char) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_EncodeCharmap(data: *const wchar_t, length: Py_ssize_t, mapping: *mut PyObject, errors: *const c_char) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_TranslateCharmap(data: *const wchar_t, length: Py_ssize_t, table: *mut PyObject, errors: *const c_char) -> *mut PyObject;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_EncodeDecimal(s: *mut wchar_t, length: Py_ssize_t, output: *mut c_char, errors: *const c_char) -> c_int;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyUnicode_TransformDecimalToASCII(s: *mut wchar_t, length: Py_ssize_t) -> *mut PyObject;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn PyUnicode_GetMax() -> Py_UNICODE;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn Py_UNICODE_strlen(u: *const wchar_t) -> usize;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn Py_UNICODE_strcpy(s1: *mut wchar_t, s2: *const wchar_t) -> *mut wchar_t;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn Py_UNICODE_strcat(s1: *mut wchar_t, s2: *const wchar_t) -> *mut wchar_t;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn Py_UNICODE_strncpy(s1: *mut wchar_t, s2: *const wchar_t, n: usize) -> *mut wchar_t;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn Py_UNICODE_strcmp(s1: *const wchar_t, s2: *const wchar_t) -> c_int;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn Py_UNICODE_strncmp(s1: *const wchar_t, s2: *const wchar_t, n: usize) -> c_int;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn Py_UNICODE_strchr(s: *const wchar_t, c: Py_UNICODE) -> *mut wchar_t;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn Py_UNICODE_strrchr(s: *const wchar_t, c: Py_UNICODE) -> *mut wchar_t;
    #[cfg(all(not(Py_3_10), not(Py_LIMITED_API)))] fn PyUnicode_AsUnicodeCopy(unicode: *mut PyObject) -> *mut wchar_t;
}

// New in 3.14.
#[cfg(Py_3_14)]
capi! { fn PyUnicode_Equal(left: *mut PyObject, right: *mut PyObject) -> c_int; }
#[cfg(all(Py_3_14, not(Py_LIMITED_API)))]
opaque! { PyUnicodeWriter; }
#[cfg(all(Py_3_14, not(Py_LIMITED_API)))]
capi! {
    fn PyUnicodeWriter_Create(length: Py_ssize_t) -> *mut PyUnicodeWriter;
    fn PyUnicodeWriter_Discard(writer: *mut PyUnicodeWriter);
    fn PyUnicodeWriter_Finish(writer: *mut PyUnicodeWriter) -> *mut PyObject;
    fn PyUnicodeWriter_WriteChar(writer: *mut PyUnicodeWriter, ch: Py_UCS4) -> c_int;
    fn PyUnicodeWriter_WriteUTF8(writer: *mut PyUnicodeWriter, s: *const c_char, size: Py_ssize_t) -> c_int;
    fn PyUnicodeWriter_WriteASCII(writer: *mut PyUnicodeWriter, s: *const c_char, size: Py_ssize_t) -> c_int;
    fn PyUnicodeWriter_WriteStr(writer: *mut PyUnicodeWriter, ob: *mut PyObject) -> c_int;
    fn PyUnicodeWriter_WriteRepr(writer: *mut PyUnicodeWriter, ob: *mut PyObject) -> c_int;
    #[cfg(not(Py_3_15))] fn PyUnicodeWriter_WriteUCS4(writer: *mut PyUnicodeWriter, s: *mut Py_UCS4, size: Py_ssize_t) -> c_int;
    #[cfg(Py_3_15)] fn PyUnicodeWriter_WriteUCS4(writer: *mut PyUnicodeWriter, s: *const Py_UCS4, size: Py_ssize_t) -> c_int;
    fn PyUnicodeWriter_WriteSubstring(writer: *mut PyUnicodeWriter, ob: *mut PyObject, start: Py_ssize_t, end: Py_ssize_t) -> c_int;
    fn PyUnicodeWriter_DecodeUTF8Stateful(writer: *mut PyUnicodeWriter, s: *const c_char, length: Py_ssize_t, errors: *const c_char, consumed: *mut Py_ssize_t) -> c_int;
}
