//! `complexobject.h`: `complex`.

use super::*;

#[cfg(not(Py_LIMITED_API))]
structs! {
    #[derive(Clone, Copy, Debug)]
    struct Py_complex { real: c_double, imag: c_double, }
    struct PyComplexObject { ob_base: PyObject, cval: Py_complex, }
}

type_checks! {
    PyComplex_Check: subtype PyComplex_Type;
    PyComplex_CheckExact: exact PyComplex_Type;
}

capi_data! {
    static mut PyComplex_Type: PyTypeObject;
}
capi! {
    #[cfg(not(Py_LIMITED_API))] fn _Py_c_sum(arg: Py_complex, arg2: Py_complex) -> Py_complex;
    #[cfg(not(Py_LIMITED_API))] fn _Py_c_diff(arg: Py_complex, arg2: Py_complex) -> Py_complex;
    #[cfg(not(Py_LIMITED_API))] fn _Py_c_neg(arg: Py_complex) -> Py_complex;
    #[cfg(not(Py_LIMITED_API))] fn _Py_c_prod(arg: Py_complex, arg2: Py_complex) -> Py_complex;
    #[cfg(not(Py_LIMITED_API))] fn _Py_c_quot(arg: Py_complex, arg2: Py_complex) -> Py_complex;
    fn PyComplex_FromDoubles(real: c_double, imag: c_double) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn _Py_c_pow(arg: Py_complex, arg2: Py_complex) -> Py_complex;
    #[cfg(not(Py_LIMITED_API))] fn _Py_c_abs(arg: Py_complex) -> c_double;
    fn PyComplex_RealAsDouble(op: *mut PyObject) -> c_double;
    fn PyComplex_ImagAsDouble(op: *mut PyObject) -> c_double;
    #[cfg(not(Py_LIMITED_API))] fn PyComplex_FromCComplex(arg: Py_complex) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyComplex_AsCComplex(op: *mut PyObject) -> Py_complex;
}
