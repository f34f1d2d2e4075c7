//! `import.h`: importing modules and registering built-in ones.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    #[derive(Clone, Copy)]
    struct _inittab { name: *const c_char, initfunc: Option<unsafe extern "C" fn() -> *mut PyObject>, }
    #[derive(Clone, Copy)]
    struct _frozen {
        name: *const c_char,
        code: *const c_uchar,
        size: c_int,
        #[cfg(Py_3_11)] is_package: c_int,
        #[cfg(all(Py_3_11, not(Py_3_13)))] get_code: Option<unsafe extern "C" fn() -> *mut PyObject>,
    }
}

inline_capi! {
    fn PyImport_ImportModuleEx(name: *const c_char, globals: *mut PyObject, locals: *mut PyObject, fromlist: *mut PyObject) -> *mut PyObject =
        PyImport_ImportModuleLevel(name, globals, locals, fromlist, 0);
}

capi_data! {
    #[cfg(not(Py_LIMITED_API))] static mut PyImport_Inittab: *mut _inittab;
    #[cfg(not(Py_LIMITED_API))] static mut PyImport_FrozenModules: *const _frozen;
}
capi! {
    #[cfg(not(any(Py_3_14, Py_LIMITED_API)))] fn PyInit__imp() -> *mut PyObject;
    fn PyImport_GetMagicNumber() -> c_long;
    fn PyImport_GetMagicTag() -> *const c_char;
    #[cfg(not(Py_LIMITED_API))] fn PyImport_ExtendInittab(newtab: *mut _inittab) -> c_int;
    fn PyImport_GetModuleDict() -> *mut PyObject;
    fn PyImport_GetModule(name: *mut PyObject) -> *mut PyObject;
    fn PyImport_AddModuleObject(name: *mut PyObject) -> *mut PyObject;
    fn PyImport_AddModule(name: *const c_char) -> *mut PyObject;
    #[cfg(Py_3_13)] fn PyImport_AddModuleRef(name: *const c_char) -> *mut PyObject;
    fn PyImport_GetImporter(path: *mut PyObject) -> *mut PyObject;
    fn PyImport_AppendInittab(name: *const c_char, initfunc: Option<unsafe extern "C" fn() -> *mut PyObject>) -> c_int;
}
capi_running! {
    fn PyImport_ExecCodeModule(name: *const c_char, co: *mut PyObject) -> *mut PyObject;
    fn PyImport_ExecCodeModuleEx(name: *const c_char, co: *mut PyObject, pathname: *const c_char) -> *mut PyObject;
    fn PyImport_ExecCodeModuleWithPathnames(name: *const c_char, co: *mut PyObject, pathname: *const c_char, cpathname: *const c_char) -> *mut PyObject;
    fn PyImport_ExecCodeModuleObject(name: *mut PyObject, co: *mut PyObject, pathname: *mut PyObject, cpathname: *mut PyObject) -> *mut PyObject;
    fn PyImport_ImportModule(name: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_3_15))] fn PyImport_ImportModuleNoBlock(name: *const c_char) -> *mut PyObject;
    fn PyImport_ImportModuleLevel(name: *const c_char, globals: *mut PyObject, locals: *mut PyObject, fromlist: *mut PyObject, level: c_int) -> *mut PyObject;
    fn PyImport_ImportModuleLevelObject(name: *mut PyObject, globals: *mut PyObject, locals: *mut PyObject, fromlist: *mut PyObject, level: c_int) -> *mut PyObject;
    fn PyImport_Import(name: *mut PyObject) -> *mut PyObject;
    fn PyImport_ReloadModule(m: *mut PyObject) -> *mut PyObject;
    fn PyImport_ImportFrozenModuleObject(name: *mut PyObject) -> c_int;
    fn PyImport_ImportFrozenModule(name: *const c_char) -> c_int;
}

#[cfg(Py_3_14)]
capi! {
    fn PyImport_ImportModuleAttr(module: *mut PyObject, attr: *mut PyObject) -> *mut PyObject;
    fn PyImport_ImportModuleAttrString(module: *const c_char, attr: *const c_char) -> *mut PyObject;
}
