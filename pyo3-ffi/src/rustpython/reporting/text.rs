//! Text, bytes, codecs.

use core::ffi::{c_char, c_int};

pub use rustpython_capi::bytesobject::*;
pub use rustpython_capi::unicodeobject::*;

use super::{Object, reporting};

reporting! { unicodeobject:
    PyUnicode_FromStringAndSize(a: *const c_char, b: isize) -> Object;
    PyUnicode_FromString(a: *const c_char) -> Object;
    PyUnicode_FromObject(a: Object) -> Object;
    PyUnicode_FromOrdinal(a: c_int) -> Object;
    PyUnicode_AsUTF8AndSize(a: Object, b: *mut isize) -> *const c_char;
    PyUnicode_AsASCIIString(a: Object) -> Object;
    PyUnicode_AsLatin1String(a: Object) -> Object;
    PyUnicode_AsRawUnicodeEscapeString(a: Object) -> Object;
    PyUnicode_AsUTF16String(a: Object) -> Object;
    PyUnicode_AsUTF32String(a: Object) -> Object;
    PyUnicode_AsUnicodeEscapeString(a: Object) -> Object;
    PyUnicode_AsEncodedString(a: Object, b: *const c_char, c: *const c_char) -> Object;
    PyUnicode_AsUTF8String(a: Object) -> Object;
    PyUnicode_Decode(a: *const c_char, b: isize, c: *const c_char, d: *const c_char) -> Object;
    PyUnicode_DecodeASCII(a: *const c_char, b: isize, c: *const c_char) -> Object;
    PyUnicode_DecodeLatin1(a: *const c_char, b: isize, c: *const c_char) -> Object;
    PyUnicode_DecodeRawUnicodeEscape(a: *const c_char, b: isize, c: *const c_char) -> Object;
    PyUnicode_DecodeUTF7(a: *const c_char, b: isize, c: *const c_char) -> Object;
    PyUnicode_DecodeUTF8(a: *const c_char, b: isize, c: *const c_char) -> Object;
    PyUnicode_DecodeUnicodeEscape(a: *const c_char, b: isize, c: *const c_char) -> Object;
    PyUnicode_DecodeFSDefaultAndSize(a: *const c_char, b: isize) -> Object;
    PyUnicode_Concat(a: Object, b: Object) -> Object;
    PyUnicode_GetLength(a: Object) -> isize;
    PyUnicode_InternFromString(a: *const c_char) -> Object;
    quiet PyUnicode_Compare(a: Object, b: Object) -> c_int;
    quiet PyUnicode_CompareWithASCIIString(a: Object, b: *const c_char) -> c_int;
    PyUnicode_Equal(a: Object, b: Object) -> c_int;
    PyUnicode_EqualToUTF8(a: Object, b: *const c_char) -> c_int;
    PyUnicode_DecodeFSDefault(a: *const c_char) -> Object;
    PyUnicode_EncodeFSDefault(a: Object) -> Object;
    PyUnicode_FromEncodedObject(a: Object, b: *const c_char, c: *const c_char) -> Object;
    PyUnicode_Contains(a: Object, b: Object) -> c_int;
    PyUnicode_Format(a: Object, b: Object) -> Object;
    PyUnicode_IsIdentifier(a: Object) -> c_int;
    PyUnicode_Partition(a: Object, b: Object) -> Object;
    PyUnicode_RPartition(a: Object, b: Object) -> Object;
    PyUnicode_Translate(a: Object, b: Object, c: *const c_char) -> Object;
    PyUnicode_EqualToUTF8AndSize(a: Object, b: *const c_char, c: isize) -> c_int;
}

reporting! { bytesobject:
    PyBytes_FromString(a: *const c_char) -> Object;
    PyBytes_FromObject(a: Object) -> Object;
    PyBytes_Size(a: Object) -> isize;
    PyBytes_AsString(a: Object) -> *mut c_char;
    PyBytes_AsStringAndSize(a: Object, b: *mut *mut c_char, c: *mut isize) -> c_int;
}

reporting! { codecs:
    PyCodec_Register(a: Object) -> c_int;
    PyCodec_Unregister(a: Object) -> c_int;
    PyCodec_KnownEncoding(a: *const c_char) -> c_int;
    PyCodec_Encode(a: Object, b: *const c_char, c: *const c_char) -> Object;
    PyCodec_Decode(a: Object, b: *const c_char, c: *const c_char) -> Object;
    PyCodec_Encoder(a: *const c_char) -> Object;
    PyCodec_Decoder(a: *const c_char) -> Object;
    PyCodec_IncrementalEncoder(a: *const c_char, b: *const c_char) -> Object;
    PyCodec_IncrementalDecoder(a: *const c_char, b: *const c_char) -> Object;
    PyCodec_StreamReader(a: *const c_char, b: Object, c: *const c_char) -> Object;
    PyCodec_StreamWriter(a: *const c_char, b: Object, c: *const c_char) -> Object;
    PyCodec_RegisterError(a: *const c_char, b: Object) -> c_int;
    PyCodec_LookupError(a: *const c_char) -> Object;
    PyCodec_StrictErrors(a: Object) -> Object;
    PyCodec_IgnoreErrors(a: Object) -> Object;
    PyCodec_ReplaceErrors(a: Object) -> Object;
    PyCodec_XMLCharRefReplaceErrors(a: Object) -> Object;
    PyCodec_BackslashReplaceErrors(a: Object) -> Object;
    PyCodec_NameReplaceErrors(a: Object) -> Object;
}

reporting! { osmodule:
    PyOS_FSPath(a: Object) -> Object;
}
