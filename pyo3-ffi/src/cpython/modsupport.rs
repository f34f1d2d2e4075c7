//! `modsupport.h`: parsing arguments, building values, filling modules.

use super::*;

constants! {
    Py_CLEANUP_SUPPORTED: c_int = 0x20000;
    PYTHON_API_VERSION: c_int = 1013;
    PYTHON_ABI_VERSION: c_int = 3;
}

inline_capi! {
    fn PyModule_Create(def: *mut PyModuleDef) -> *mut PyObject =
        PyModule_Create2(def, if cfg!(Py_LIMITED_API) { PYTHON_ABI_VERSION } else { PYTHON_API_VERSION });
    fn PyModule_FromDefAndSpec(def: *mut PyModuleDef, spec: *mut PyObject) -> *mut PyObject =
        PyModule_FromDefAndSpec2(def, spec, if cfg!(Py_LIMITED_API) { PYTHON_ABI_VERSION } else { PYTHON_API_VERSION });
}

capi! {
    fn PyArg_Parse(ob: *mut PyObject, s: *const c_char, ...) -> c_int;
    // The function behind `PyArg_Parse` if `PY_SSIZE_T_CLEAN` is defined. It is in the stable ABI of every version.
    #[cfg(all(Py_LIMITED_API, not(Py_3_10)))] fn _PyArg_Parse_SizeT(ob: *mut PyObject, s: *const c_char, ...) -> c_int;
    fn PyArg_ParseTuple(ob: *mut PyObject, s: *const c_char, ...) -> c_int;
    #[cfg(Py_3_13)] fn PyArg_ParseTupleAndKeywords(ob: *mut PyObject, ob2: *mut PyObject, s: *const c_char, s2: *const *const c_char, ...) -> c_int;
    fn PyArg_ValidateKeywordArguments(ob: *mut PyObject) -> c_int;
    fn PyArg_UnpackTuple(ob: *mut PyObject, s: *const c_char, n: Py_ssize_t, n2: Py_ssize_t, ...) -> c_int;
    fn Py_BuildValue(s: *const c_char, ...) -> *mut PyObject;
    #[cfg(Py_3_10)] fn PyModule_AddObjectRef(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int;
    #[cfg(Py_3_13)] fn PyModule_Add(module: *mut PyObject, name: *const c_char, value: *mut PyObject) -> c_int;
    fn PyModule_AddObject(module: *mut PyObject, s: *const c_char, value: *mut PyObject) -> c_int;
    fn PyModule_AddIntConstant(ob: *mut PyObject, s: *const c_char, arg: c_long) -> c_int;
    fn PyModule_AddStringConstant(ob: *mut PyObject, s: *const c_char, s2: *const c_char) -> c_int;
    fn PyModule_AddType(module: *mut PyObject, ty: *mut PyTypeObject) -> c_int;
    fn PyModule_SetDocString(ob: *mut PyObject, s: *const c_char) -> c_int;
    fn PyModule_AddFunctions(ob: *mut PyObject, arg: *mut PyMethodDef) -> c_int;
    fn PyModule_Create2(arg: *mut PyModuleDef, apiver: c_int) -> *mut PyObject;
    fn PyModule_FromDefAndSpec2(def: *mut PyModuleDef, spec: *mut PyObject, module_api_version: c_int) -> *mut PyObject;
    #[cfg(not(Py_3_13))] fn PyArg_ParseTupleAndKeywords(ob: *mut PyObject, ob2: *mut PyObject, s: *const c_char, s2: *mut *mut c_char, ...) -> c_int;
}
capi_running! {
    fn PyModule_ExecDef(module: *mut PyObject, def: *mut PyModuleDef) -> c_int;
}

#[cfg(Py_3_15)]
pub use self::abi::*;

/// The ABI that a module declares.
#[cfg(Py_3_15)]
mod abi {
    use super::*;

    structs! {
        struct PyABIInfo {
            abiinfo_major_version: u8,
            abiinfo_minor_version: u8,
            flags: u16,
            build_version: u32,
            abi_version: u32,
        }
    }

    constants! {
        PyABIInfo_STABLE: u16 = 0x0001;
        PyABIInfo_GIL: u16 = 0x0002;
        PyABIInfo_FREETHREADED: u16 = 0x0004;
        PyABIInfo_INTERNAL: u16 = 0x0008;
        PyABIInfo_FREETHREADING_AGNOSTIC: u16 = PyABIInfo_GIL | PyABIInfo_FREETHREADED;
        PyABIInfo_DEFAULT_FLAGS: u16 = match (cfg!(Py_LIMITED_API), cfg!(Py_GIL_DISABLED)) {
            (true, true) => PyABIInfo_STABLE | PyABIInfo_FREETHREADING_AGNOSTIC,
            (true, false) => PyABIInfo_STABLE | PyABIInfo_GIL,
            (false, true) => PyABIInfo_FREETHREADED,
            (false, false) => PyABIInfo_GIL,
        };
    }

    capi! {
        fn PyABIInfo_Check(info: *mut PyABIInfo, module_name: *const c_char) -> c_int;
    }
}
