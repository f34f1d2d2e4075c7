//! `bltinmodule.h`, `genericaliasobject.h`: iterators of built-in functions, generic aliases.

use super::*;

capi_data! {
    static mut PyFilter_Type: PyTypeObject;
    static mut PyMap_Type: PyTypeObject;
    static mut Py_GenericAliasType: PyTypeObject;
    static mut PyZip_Type: PyTypeObject;
}
capi! {
    fn Py_GenericAlias(ob: *mut PyObject, ob2: *mut PyObject) -> *mut PyObject;
}
