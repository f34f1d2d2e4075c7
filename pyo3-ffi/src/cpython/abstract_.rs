//! `abstract.h`: the object, number, sequence, mapping and iterator protocols.

use super::*;

inline_capi! {
    fn PyMapping_DelItemString(ob: *mut PyObject, key: *const c_char) -> c_int = PyObject_DelItemString(ob, key);
    fn PyMapping_DelItem(ob: *mut PyObject, key: *mut PyObject) -> c_int = PyObject_DelItem(ob, key);
}

#[cfg(not(Py_LIMITED_API))]
inline_capi! {
    fn PySequence_ITEM(ob: *mut PyObject, i: Py_ssize_t) -> *mut PyObject =
    {
        let function = (*(*Py_TYPE(ob)).tp_as_sequence).sq_item.unwrap_unchecked();
        call_running!(function(ob: *mut PyObject, i: Py_ssize_t) -> *mut PyObject)
    };
    fn PySequence_Fast_GET_SIZE(ob: *mut PyObject) -> Py_ssize_t =
        if PyList_Check(ob) != 0 { PyList_GET_SIZE(ob) } else { PyTuple_GET_SIZE(ob) };
    fn PySequence_Fast_GET_ITEM(ob: *mut PyObject, i: Py_ssize_t) -> *mut PyObject =
        if PyList_Check(ob) != 0 { PyList_GET_ITEM(ob, i) } else { PyTuple_GET_ITEM(ob, i) };
    fn PySequence_Fast_ITEMS(ob: *mut PyObject) -> *mut *mut PyObject =
        if PyList_Check(ob) != 0 { (*ob.cast::<PyListObject>()).ob_item }
        else { (&raw mut (*ob.cast::<PyTupleObject>()).ob_item).cast() };
    fn PyObject_CallMethodNoArgs(ob: *mut PyObject, name: *mut PyObject) -> *mut PyObject =
        PyObject_VectorcallMethod(name, [ob].as_ptr(), 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, core::ptr::null_mut());
    fn PyObject_CallMethodOneArg(ob: *mut PyObject, name: *mut PyObject, arg: *mut PyObject) -> *mut PyObject =
        PyObject_VectorcallMethod(name, [ob, arg].as_ptr(), 2 | PY_VECTORCALL_ARGUMENTS_OFFSET, core::ptr::null_mut());
}

/// Returns the number of positional arguments in the `nargsf` of a vectorcall.
///
/// # Safety
/// Always safe to call. It is unsafe only because the C function is.
#[cfg(not(Py_LIMITED_API))]
#[inline]
pub unsafe fn PyVectorcall_NARGS(nargsf: usize) -> Py_ssize_t {
    (nargsf & !PY_VECTORCALL_ARGUMENTS_OFFSET) as Py_ssize_t
}

#[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))]
pub use self::before_3_11::*;

/// 3.9 and 3.10 define the vectorcall functions as inline C code over two exported functions.
#[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))]
mod before_3_11 {
    use super::*;

    /// Returns the function at `tp_vectorcall_offset` of an instance, if the type has the flag for it.
    ///
    /// # Safety
    /// The thread is attached and `callable` points to a live object.
    #[inline]
    pub unsafe fn PyVectorcall_Function(callable: *mut PyObject) -> Option<vectorcallfunc> {
        // SAFETY: the object is alive, and the flag guarantees that a function pointer or null is at that offset.
        unsafe {
            let ty = Py_TYPE(callable);
            if PyType_HasFeature(ty, Py_TPFLAGS_HAVE_VECTORCALL) == 0 {
                return None;
            }
            callable.byte_offset((*ty).tp_vectorcall_offset).cast::<Option<vectorcallfunc>>().read()
        }
    }

    inline_capi! {
        fn PyObject_Vectorcall(callable: *mut PyObject, args: *const *mut PyObject, nargsf: usize, kwnames: *mut PyObject) -> *mut PyObject =
            match PyVectorcall_Function(callable) {
                None => _PyObject_MakeTpCall(PyThreadState_Get(), callable, args, PyVectorcall_NARGS(nargsf), kwnames),
                Some(function) => {
                    let result = call_running!(
                        function(callable: *mut PyObject, args: *const *mut PyObject, nargsf: usize, kwnames: *mut PyObject)
                            -> *mut PyObject
                    );
                    _Py_CheckFunctionResult(PyThreadState_Get(), callable, result, core::ptr::null())
                }
            };
        // The name in 3.8.
        fn _PyObject_Vectorcall(callable: *mut PyObject, args: *const *mut PyObject, nargsf: usize, kwnames: *mut PyObject) -> *mut PyObject =
            PyObject_Vectorcall(callable, args, nargsf, kwnames);
    }

    /// Calls `callable` with one argument.
    ///
    /// # Safety
    /// As for [`PyObject_Vectorcall`].
    #[inline]
    pub unsafe fn PyObject_CallOneArg(callable: *mut PyObject, arg: *mut PyObject) -> *mut PyObject {
        // The offset flag allows the callee to overwrite the entry before the arguments.
        let args = [core::ptr::null_mut(), arg];
        // SAFETY: there is one argument, at index 1. The rest is upheld by the caller.
        unsafe {
            PyObject_Vectorcall(
                callable,
                args.as_ptr().add(1),
                1 | PY_VECTORCALL_ARGUMENTS_OFFSET,
                core::ptr::null_mut(),
            )
        }
    }
}

capi! {
    #[cfg(not(Py_LIMITED_API))] fn _PyStack_AsDict(values: *const *mut PyObject, kwnames: *mut PyObject) -> *mut PyObject;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyVectorcall_Function(callable: *mut PyObject) -> Option<vectorcallfunc>;
    fn PyObject_CallFunction(callable: *mut PyObject, format: *const c_char, ...) -> *mut PyObject;
    fn PyObject_CallMethod(obj: *mut PyObject, name: *const c_char, format: *const c_char, ...) -> *mut PyObject;
    fn PyObject_CallFunctionObjArgs(callable: *mut PyObject, ...) -> *mut PyObject;
    fn PyObject_CallMethodObjArgs(obj: *mut PyObject, name: *mut PyObject, ...) -> *mut PyObject;
    #[cfg(any(not(Py_LIMITED_API), Py_3_12))] fn PyVectorcall_Call(callable: *mut PyObject, tuple: *mut PyObject, dict: *mut PyObject) -> *mut PyObject;
    fn PyObject_Type(o: *mut PyObject) -> *mut PyObject;
    fn PyObject_DelItemString(o: *mut PyObject, key: *const c_char) -> c_int;
    fn PyIter_Check(ob: *mut PyObject) -> c_int;
    #[cfg(Py_3_10)] fn PyAIter_Check(ob: *mut PyObject) -> c_int;
    fn PyNumber_Check(o: *mut PyObject) -> c_int;
    fn PyIndex_Check(ob: *mut PyObject) -> c_int;
    fn PySequence_Check(o: *mut PyObject) -> c_int;
    fn PyMapping_Check(o: *mut PyObject) -> c_int;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _Py_CheckFunctionResult(tstate: *mut PyThreadState, callable: *mut PyObject, result: *mut PyObject, location: *const c_char) -> *mut PyObject;
    #[cfg(not(Py_3_13))] fn _PyObject_CallMethod_SizeT(obj: *mut PyObject, name: *const c_char, format: *const c_char, ...) -> *mut PyObject;
    #[cfg(not(Py_3_13))] fn PyObject_AsCharBuffer(obj: *mut PyObject, buffer: *mut *const c_char, buffer_len: *mut Py_ssize_t) -> c_int;
    #[cfg(not(Py_3_13))] fn PyObject_CheckReadBuffer(obj: *mut PyObject) -> c_int;
    #[cfg(not(Py_3_13))] fn PyObject_AsReadBuffer(obj: *mut PyObject, buffer: *mut *const c_void, buffer_len: *mut Py_ssize_t) -> c_int;
    #[cfg(not(Py_3_13))] fn PyObject_AsWriteBuffer(obj: *mut PyObject, buffer: *mut *mut c_void, buffer_len: *mut Py_ssize_t) -> c_int;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyBuffer_GetPointer(view: *mut Py_buffer, indices: *mut Py_ssize_t) -> *mut c_void;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyBuffer_ToContiguous(buf: *mut c_void, view: *mut Py_buffer, len: Py_ssize_t, order: c_char) -> c_int;
    #[cfg(all(not(Py_3_11), not(Py_LIMITED_API)))] fn PyBuffer_FromContiguous(view: *mut Py_buffer, buf: *mut c_void, len: Py_ssize_t, order: c_char) -> c_int;
    #[cfg(not(Py_3_13))] fn _PyObject_CallFunction_SizeT(callable: *mut PyObject, format: *const c_char, ...) -> *mut PyObject;
}
capi_running! {
    #[cfg(not(Py_LIMITED_API))] fn PyObject_VectorcallDict(callable: *mut PyObject, args: *const *mut PyObject, nargsf: usize, kwargs: *mut PyObject) -> *mut PyObject;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn PyObject_CallOneArg(func: *mut PyObject, arg: *mut PyObject) -> *mut PyObject;
    fn PyObject_CallNoArgs(func: *mut PyObject) -> *mut PyObject;
    fn PyObject_Call(callable: *mut PyObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject;
    fn PyObject_CallObject(callable: *mut PyObject, args: *mut PyObject) -> *mut PyObject;
    #[cfg(any(Py_3_12, all(Py_3_11, not(Py_LIMITED_API))))] fn PyObject_Vectorcall(callable: *mut PyObject, args: *const *mut PyObject, nargsf: usize, kwnames: *mut PyObject) -> *mut PyObject;
    #[cfg(any(not(Py_LIMITED_API), Py_3_12))] fn PyObject_VectorcallMethod(name: *mut PyObject, args: *const *mut PyObject, nargsf: usize, kwnames: *mut PyObject) -> *mut PyObject;
    fn PyObject_GetItem(o: *mut PyObject, key: *mut PyObject) -> *mut PyObject;
    fn PyObject_SetItem(o: *mut PyObject, key: *mut PyObject, v: *mut PyObject) -> c_int;
    fn PyObject_DelItem(o: *mut PyObject, key: *mut PyObject) -> c_int;
    fn PyObject_Format(obj: *mut PyObject, format_spec: *mut PyObject) -> *mut PyObject;
    fn PyObject_GetIter(ob: *mut PyObject) -> *mut PyObject;
    #[cfg(Py_3_10)] fn PyObject_GetAIter(ob: *mut PyObject) -> *mut PyObject;
    fn PyIter_Next(ob: *mut PyObject) -> *mut PyObject;
    #[cfg(Py_3_10)] fn PyIter_Send(ob: *mut PyObject, ob2: *mut PyObject, arg: *mut *mut PyObject) -> PySendResult;
    fn PyObject_IsInstance(object: *mut PyObject, typeorclass: *mut PyObject) -> c_int;
    fn PyObject_IsSubclass(object: *mut PyObject, typeorclass: *mut PyObject) -> c_int;
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _PyObject_MakeTpCall(tstate: *mut PyThreadState, callable: *mut PyObject, args: *const *mut PyObject, nargs: Py_ssize_t, keywords: *mut PyObject) -> *mut PyObject;
    #[cfg(not(Py_LIMITED_API))] fn PyObject_LengthHint(o: *mut PyObject, n: Py_ssize_t) -> Py_ssize_t;
    fn PyObject_Size(o: *mut PyObject) -> Py_ssize_t;
    fn PyObject_Length(o: *mut PyObject) -> Py_ssize_t;
    fn PyNumber_Add(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Subtract(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Multiply(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_MatrixMultiply(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_FloorDivide(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_TrueDivide(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Remainder(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Divmod(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Power(o1: *mut PyObject, o2: *mut PyObject, o3: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Negative(o: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Positive(o: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Absolute(o: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Invert(o: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Lshift(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Rshift(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_And(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Xor(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Or(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Index(o: *mut PyObject) -> *mut PyObject;
    fn PyNumber_AsSsize_t(o: *mut PyObject, exc: *mut PyObject) -> Py_ssize_t;
    fn PyNumber_Long(o: *mut PyObject) -> *mut PyObject;
    fn PyNumber_Float(o: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceAdd(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceSubtract(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceMultiply(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceMatrixMultiply(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceFloorDivide(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceTrueDivide(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceRemainder(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlacePower(o1: *mut PyObject, o2: *mut PyObject, o3: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceLshift(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceRshift(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceAnd(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceXor(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_InPlaceOr(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PyNumber_ToBase(n: *mut PyObject, base: c_int) -> *mut PyObject;
    fn PySequence_Size(o: *mut PyObject) -> Py_ssize_t;
    fn PySequence_Length(o: *mut PyObject) -> Py_ssize_t;
    fn PySequence_Concat(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PySequence_Repeat(o: *mut PyObject, count: Py_ssize_t) -> *mut PyObject;
    fn PySequence_GetItem(o: *mut PyObject, i: Py_ssize_t) -> *mut PyObject;
    fn PySequence_GetSlice(o: *mut PyObject, i1: Py_ssize_t, i2: Py_ssize_t) -> *mut PyObject;
    fn PySequence_SetItem(o: *mut PyObject, i: Py_ssize_t, v: *mut PyObject) -> c_int;
    fn PySequence_DelItem(o: *mut PyObject, i: Py_ssize_t) -> c_int;
    fn PySequence_SetSlice(o: *mut PyObject, i1: Py_ssize_t, i2: Py_ssize_t, v: *mut PyObject) -> c_int;
    fn PySequence_DelSlice(o: *mut PyObject, i1: Py_ssize_t, i2: Py_ssize_t) -> c_int;
    fn PySequence_Tuple(o: *mut PyObject) -> *mut PyObject;
    fn PySequence_List(o: *mut PyObject) -> *mut PyObject;
    fn PySequence_Fast(o: *mut PyObject, m: *const c_char) -> *mut PyObject;
    fn PySequence_Count(o: *mut PyObject, value: *mut PyObject) -> Py_ssize_t;
    fn PySequence_Contains(seq: *mut PyObject, ob: *mut PyObject) -> c_int;
    fn PySequence_In(o: *mut PyObject, value: *mut PyObject) -> c_int;
    fn PySequence_Index(o: *mut PyObject, value: *mut PyObject) -> Py_ssize_t;
    fn PySequence_InPlaceConcat(o1: *mut PyObject, o2: *mut PyObject) -> *mut PyObject;
    fn PySequence_InPlaceRepeat(o: *mut PyObject, count: Py_ssize_t) -> *mut PyObject;
    fn PyMapping_Size(o: *mut PyObject) -> Py_ssize_t;
    fn PyMapping_Length(o: *mut PyObject) -> Py_ssize_t;
    fn PyMapping_HasKeyString(o: *mut PyObject, key: *const c_char) -> c_int;
    fn PyMapping_HasKey(o: *mut PyObject, key: *mut PyObject) -> c_int;
    #[cfg(Py_3_13)] fn PyMapping_HasKeyWithError(o: *mut PyObject, key: *mut PyObject) -> c_int;
    #[cfg(Py_3_13)] fn PyMapping_HasKeyStringWithError(o: *mut PyObject, key: *const c_char) -> c_int;
    fn PyMapping_Keys(o: *mut PyObject) -> *mut PyObject;
    fn PyMapping_Values(o: *mut PyObject) -> *mut PyObject;
    fn PyMapping_Items(o: *mut PyObject) -> *mut PyObject;
    fn PyMapping_GetItemString(o: *mut PyObject, key: *const c_char) -> *mut PyObject;
    #[cfg(Py_3_13)] fn PyMapping_GetOptionalItem(ob: *mut PyObject, ob2: *mut PyObject, arg: *mut *mut PyObject) -> c_int;
    #[cfg(Py_3_13)] fn PyMapping_GetOptionalItemString(ob: *mut PyObject, s: *const c_char, arg: *mut *mut PyObject) -> c_int;
    fn PyMapping_SetItemString(o: *mut PyObject, key: *const c_char, value: *mut PyObject) -> c_int;
}

#[cfg(all(Py_LIMITED_API, Py_3_12))]
capi! { fn PyVectorcall_NARGS(nargsf: usize) -> Py_ssize_t; }

#[cfg(Py_3_14)]
capi! { fn PyIter_NextItem(iter: *mut PyObject, item: *mut *mut PyObject) -> c_int; }
