//! Where our names and C's differ, and what cannot be compared. Every skip says why.

use std::collections::HashSet;

use ctest::{TestGenerator, Type};

use crate::flatten::Cfgs;

/// The headers, in the order they are included.
pub fn headers(limited_api: bool) -> Vec<&'static str> {
    let mut all = vec!["Python.h", "structmember.h"];
    if !limited_api {
        all.extend(["datetime.h", "frameobject.h", "marshal.h"]);
    }
    all
}

/// The C spelling of a type's name.
pub fn c_type(name: &str) -> String {
    match name {
        "c_void" => "void",
        "c_char" => "char",
        "c_schar" => "signed char",
        "c_uchar" => "unsigned char",
        "c_short" => "short",
        "c_ushort" => "unsigned short",
        "c_int" => "int",
        "c_uint" => "unsigned int",
        "c_long" => "long",
        "c_ulong" => "unsigned long",
        "c_longlong" => "long long",
        "c_ulonglong" => "unsigned long long",
        "c_double" => "double",
        "TypeFlags" => "unsigned long",
        "usize" => "size_t",
        "isize" => "Py_ssize_t",
        "i8" => "int8_t",
        "i16" => "int16_t",
        "i32" => "int32_t",
        "i64" => "int64_t",
        "u8" => "uint8_t",
        "u16" => "uint16_t",
        "u32" => "uint32_t",
        "u64" => "uint64_t",
        // No typedef in the headers.
        "_inittab" | "_frozen" | "wrapperbase" | "_PyInterpreterFrame" | "_mod" | "_node" | "symtable" => {
            return format!("struct {name}");
        }
        other => other,
    }
    .to_owned()
}

/// The C type of an argument that we deliberately declare otherwise; `None` for all others.
pub fn c_argument(function: &str, index: usize, cfgs: &Cfgs) -> Option<&'static str> {
    match (function, index) {
        // To C++ the header says `const char * const *`, and so do we: what is pointed to is never written.
        ("PyArg_ParseTupleAndKeywords", 3) if cfgs.has("Py_3_13") => Some("char * const *"),
        // As in PyO3, whose users' code is to compile: the other sign, or `const` in another place. Both pass the same way.
        ("PyThreadState_SetAsyncExc", 0) => Some("unsigned long"),
        ("Py_DecodeLocale" | "Py_EncodeLocale", 1) => Some("size_t *"),
        ("PyMemoryView_FromBuffer", 0) if !cfgs.has("Py_3_11") => Some("Py_buffer *"),
        ("PyConfig_SetArgv", 2) => Some("wchar_t * const *"),
        ("PyConfig_SetBytesArgv", 2) => Some("char * const *"),
        ("PyInitConfig_SetStrList", 3) => Some("char * const *"),
        ("PyInitConfig_GetInt", 2) => Some("int64_t *"),
        ("PyInitConfig_SetInt", 2) => Some("int64_t"),
        _ => None,
    }
}

/// The C type of a result that we deliberately declare otherwise; `None` for all others.
pub fn c_result(function: &str, cfgs: &Cfgs) -> Option<&'static str> {
    match function {
        // Unsigned as in all versions before, and as the constants to compare it with.
        "PyUnicode_KIND" if cfgs.has("Py_3_14") => Some("int"),
        // As in PyO3, whose users' code is to compile.
        "PyThreadState_GetID" => Some("uint64_t"),
        _ => None,
    }
}

/// Structures that C has as macros for initialisers, for `tests/layouts.rs` to compare ours with.
pub const VALUES: &str = "const Py_tss_t check_tss = Py_tss_NEEDS_INIT;\n";
/// The same, from 3.12 on.
pub const VALUES_3_12: &str = "const PyInterpreterConfig check_config = _PyInterpreterConfig_INIT;\n\
     const PyInterpreterConfig check_legacy_config = _PyInterpreterConfig_LEGACY_INIT;\n";

/// ctest, configured for this interpreter. Functions in `wrapped` have another address in Rust.
pub fn generator(cfgs: &Cfgs, wrapped: HashSet<String>) -> TestGenerator {
    let limited_api = cfgs.has("Py_LIMITED_API");
    let py_3_10 = cfgs.has("Py_3_10");
    let py_3_11 = cfgs.has("Py_3_11");
    let py_3_12 = cfgs.has("Py_3_12");
    let py_3_13 = cfgs.has("Py_3_13");
    let py_3_14 = cfgs.has("Py_3_14");
    let py_3_15 = cfgs.has("Py_3_15");
    let wide = cfgs.has("target_pointer_width=64");
    let mut generator = TestGenerator::new();
    generator.edition(2024).skip_private(true);
    for header in headers(limited_api) {
        generator.header(header);
    }
    generator
        // The headers themselves are not free of these.
        .flag("-Wno-unused-function")
        .flag("-Wno-unused-variable")
        .flag("-Wno-missing-field-initializers")
        .flag("-Wno-sign-compare")
        .rename_struct_ty(|name| Some(c_type(name)))
        .rename_type(move |name| match name {
            // The underscore went in 3.13.
            "PyCFunctionFast" | "PyCFunctionFastWithKeywords" if !py_3_13 => Some(format!("_{name}")),
            _ => Some(c_type(name)),
        })
        .rename_struct_field(move |owner, field| match (owner.ident(), field.ident()) {
            // `type` is a keyword of Rust.
            ("PyMemberDef", "type_code") => Some("type".to_owned()),
            // The name went to one of the halves.
            ("PyObject", "ob_refcnt") if py_3_14 && wide => Some("ob_refcnt_full".to_owned()),
            // A union without a name: its members are all at one place.
            ("PySlot", "sl_value") => Some("sl_ptr".to_owned()),
            _ => None,
        })
        .rename_constant(move |constant| {
            let name = constant.ident();
            if let Some(plain) = name.strip_prefix("Py_T_").or(name.strip_prefix("_Py_T_")).filter(|_| !py_3_12) {
                return Some(format!("T_{plain}"));
            }
            match name {
                "_Py_WRITE_RESTRICTED" if !py_3_12 => Some("PY_WRITE_RESTRICTED".to_owned()),
                "Py_READONLY" if !py_3_12 => Some("READONLY".to_owned()),
                "Py_AUDIT_READ" if !py_3_10 => Some("READ_RESTRICTED".to_owned()),
                "Py_AUDIT_READ" if !py_3_12 => Some("PY_AUDIT_READ".to_owned()),
                _ => None,
            }
        })
        // The limited API hides these, with no other value to compare.
        .skip_const(move |constant| {
            let hidden = matches!(
                constant.ident(),
                "PY_VECTORCALL_ARGUMENTS_OFFSET" | "PyBUF_WRITEABLE" | "Py_bf_getbuffer" | "Py_bf_releasebuffer"
            );
            let unknown = match constant.ident() {
                // Numbers of later versions, which PyO3 names for all.
                "Py_am_send" => !py_3_10,
                "Py_RELATIVE_OFFSET" | "Py_mod_multiple_interpreters" => !py_3_12,
                "Py_mod_gil" => !py_3_13,
                "Py_tp_vectorcall" | "Py_tp_token" => !py_3_14,
                // And of earlier ones.
                "CO_NOFREE" => py_3_11,
                "Py_fstring_input" => py_3_12,
                "PYOS_STACK_MARGIN" => py_3_14,
                "_PyHASH_MULTIPLIER" => py_3_13,
                _ => false,
            };
            unknown || limited_api && hidden
        })
        // Names of ours for what C leaves without a name.
        .skip_alias(move |alias: &Type| match alias.ident() {
            "TypeFlags" | "NativeTssKey" | "PyObjectObRefcnt" => true,
            // Hidden by the limited API.
            // 3.10's.
            "PyFrameState" => !py_3_10,
            "vectorcallfunc" | "Py_UNICODE" | "getbufferproc" | "releasebufferproc" => limited_api,
            _ => false,
        })
        // Unions and bit fields that C declares in place: place and size are compared, the type has no name in C.
        .skip_struct_field_type(|owner, field| {
            matches!(
                (owner.ident(), field.ident()),
                ("PyObject", "ob_refcnt")
                    | ("PyASCIIObject", "state")
                    | ("PyUnicodeObject", "data")
                    | ("PyMethodDef", "ml_meth")
                    | ("Py_tss_t", "_key")
                    | ("PyTypeObject", "tp_subclasses")
                    | ("PyDictObject", "ma_values")
                    | ("PyHeapTypeObject", "ht_cached_keys" | "_spec_cache")
                    | ("PySlot", "sl_value")
                    // As in PyO3: signed.
                    | ("PyTypeObject", "tp_watched")
                    // An enumeration that C declares in place.
                    | ("PyStatus", "_type")
                    // Const in C.
                    | ("PyHash_FuncDef", "hash" | "hash_bits" | "seed_bits")
                    // As in PyO3: a class, where C says object.
                    | ("PyDateTime_CAPI", "DateTime_FromTimestamp" | "Date_FromTimestamp")
            )
        })
        .skip_struct(|one| one.ident() == "_specialization_cache")
        .skip_union(|one| one.ident() == "PySlotValue")
        // Gone from the headers of 3.15 or 3.13. libpython still has them, and programs may still name them.
        .skip_fn(move |function| {
            let gone = matches!(
                function.ident(),
                "PySys_ResetWarnOptions"
                    | "PyWeakref_GetObject"
                    | "Py_GetExecPrefix"
                    | "Py_GetPath"
                    | "Py_GetPrefix"
                    | "Py_GetProgramFullPath"
                    | "Py_GetProgramName"
                    | "Py_GetPythonHome"
            );
            let gone_before = matches!(
                function.ident(),
                "PySys_SetPath"
                    | "PySys_AddWarnOption"
                    | "PySys_AddWarnOptionUnicode"
                    | "PySys_HasWarnOptions"
                    | "PySys_AddXOption"
            );
            // Declared where `PY_SSIZE_T_CLEAN` is defined, under the name that it is behind.
            let hidden = function.ident() == "_PyArg_Parse_SizeT";
            py_3_15 && gone || py_3_13 && gone_before || hidden
        })
        // C has these as macros or inline functions as well, and takes the address of the latter.
        .skip_fn_ptrcheck(move |name| {
            wrapped.contains(name)
                || matches!(
                    name,
                    "PyObject_Length"
                        | "PySequence_Length"
                        | "PySequence_In"
                        | "PyMapping_Length"
                        | "PyMutex_Lock"
                        | "PyMutex_Unlock"
                        | "PyMutex_IsLocked"
                        | "PyUnstable_Long_IsCompact"
                        | "PyUnstable_Long_CompactValue"
                )
        })
        // A union, or an enumeration of Rust, cannot be sent there and back by value without naming a member.
        .skip_roundtrip(|name| matches!(name, "PyMethodDef" | "PyStatus"));
    generator
}
