//! The differences between our names and those of C, and the items that cannot be compared. Every exception has a
//! reason.

use std::collections::HashSet;

use ctest::{TestGenerator, Type};

use crate::flatten::Cfgs;

/// Returns the headers in the order in which they are included.
pub fn headers(limited_api: bool) -> Vec<&'static str> {
    let mut all = vec!["Python.h", "structmember.h"];
    if !limited_api {
        all.extend(["datetime.h", "frameobject.h", "marshal.h"]);
    }
    all
}

/// Returns the C name of a type.
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
        // The headers have no typedef for these.
        "_inittab" | "_frozen" | "wrapperbase" | "_PyInterpreterFrame" | "_mod" | "_node" | "symtable" => {
            return format!("struct {name}");
        }
        other => other,
    }
    .to_owned()
}

/// Returns the C type of an argument that we deliberately declare differently, or `None` for all others.
pub fn c_argument(function: &str, index: usize, cfgs: &Cfgs) -> Option<&'static str> {
    match (function, index) {
        // C++ sees `const char * const *` in the header, and so does Rust: the strings are never written.
        ("PyArg_ParseTupleAndKeywords", 3) if cfgs.has("Py_3_13") => Some("char * const *"),
        // Like PyO3, for compatibility: a different sign, or `const` in another place. The ABI is the same.
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

/// Returns the C type of a result that we deliberately declare differently, or `None` for all others.
pub fn c_result(function: &str, cfgs: &Cfgs) -> Option<&'static str> {
    match function {
        // Unsigned, as in all earlier versions, and like the constants that it is compared with.
        "PyUnicode_KIND" if cfgs.has("Py_3_14") => Some("int"),
        // Like PyO3, for compatibility.
        "PyThreadState_GetID" => Some("uint64_t"),
        _ => None,
    }
}

/// Values of C macros for initializers. `tests/layouts.rs` compares ours with them.
pub const VALUES: &str = "const Py_tss_t check_tss = Py_tss_NEEDS_INIT;\n";
/// More of them, from 3.12 on.
pub const VALUES_3_12: &str = "const PyInterpreterConfig check_config = _PyInterpreterConfig_INIT;\n\
     const PyInterpreterConfig check_legacy_config = _PyInterpreterConfig_LEGACY_INIT;\n";

/// Configures ctest for this interpreter. The functions in `wrapped` have a different address in Rust.
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
        // The headers themselves cause these warnings.
        .flag("-Wno-unused-function")
        .flag("-Wno-unused-variable")
        .flag("-Wno-missing-field-initializers")
        .flag("-Wno-sign-compare")
        .rename_struct_ty(|name| Some(c_type(name)))
        .rename_type(move |name| match name {
            // 3.13 removed the underscore.
            "PyCFunctionFast" | "PyCFunctionFastWithKeywords" if !py_3_13 => Some(format!("_{name}")),
            _ => Some(c_type(name)),
        })
        .rename_struct_field(move |owner, field| match (owner.ident(), field.ident()) {
            // `type` is a keyword of Rust.
            ("PyMemberDef", "type_code") => Some("type".to_owned()),
            // In C, one of the halves has this name.
            ("PyObject", "ob_refcnt") if py_3_14 && wide => Some("ob_refcnt_full".to_owned()),
            // An anonymous union, whose members are all at the same place.
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
        // The limited API hides these, and has no other value to compare.
        .skip_const(move |constant| {
            let hidden = matches!(
                constant.ident(),
                "PY_VECTORCALL_ARGUMENTS_OFFSET" | "PyBUF_WRITEABLE" | "Py_bf_getbuffer" | "Py_bf_releasebuffer"
            );
            let unknown = match constant.ident() {
                // Numbers of later versions, which PyO3 defines for all versions.
                "Py_am_send" => !py_3_10,
                "Py_RELATIVE_OFFSET" | "Py_mod_multiple_interpreters" => !py_3_12,
                "Py_mod_gil" => !py_3_13,
                "Py_tp_vectorcall" | "Py_tp_token" => !py_3_14,
                // Numbers of earlier versions.
                "CO_NOFREE" => py_3_11,
                "Py_fstring_input" => py_3_12,
                "PYOS_STACK_MARGIN" => py_3_14,
                "_PyHASH_MULTIPLIER" => py_3_13,
                _ => false,
            };
            unknown || limited_api && hidden
        })
        // Names for anonymous C types.
        .skip_alias(move |alias: &Type| match alias.ident() {
            "TypeFlags" | "NativeTssKey" | "PyObjectObRefcnt" => true,
            // Hidden by the limited API, or, for the first, specific to 3.10.
            "PyFrameState" => !py_3_10,
            "vectorcallfunc" | "Py_UNICODE" | "getbufferproc" | "releasebufferproc" => limited_api,
            _ => false,
        })
        // Anonymous unions and bit fields. Their place and size are compared, but C has no name for the type.
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
                    // Signed, like in PyO3.
                    | ("PyTypeObject", "tp_watched")
                    // An anonymous enumeration.
                    | ("PyStatus", "_type")
                    // `const` in C.
                    | ("PyHash_FuncDef", "hash" | "hash_bits" | "seed_bits")
                    // Class pointers, like in PyO3. C declares object pointers.
                    | ("PyDateTime_CAPI", "DateTime_FromTimestamp" | "Date_FromTimestamp")
            )
        })
        .skip_struct(|one| one.ident() == "_specialization_cache")
        .skip_union(|one| one.ident() == "PySlotValue")
        // 3.13 or 3.15 removed them from the headers, but libpython still exports them, and programs may still use
        // them.
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
            // Declared only if `PY_SSIZE_T_CLEAN` is defined, and under another name.
            let hidden = function.ident() == "_PyArg_Parse_SizeT";
            py_3_15 && gone || py_3_13 && gone_before || hidden
        })
        // In C, these are also macros or inline functions. C takes the address of the inline function.
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
        // A union or a Rust enumeration cannot be passed to C and back by value without naming a member.
        .skip_roundtrip(|name| matches!(name, "PyMethodDef" | "PyStatus"));
    generator
}
