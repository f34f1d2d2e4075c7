//! Runs functions that access fields of structures. In C they are macros and inline functions. Full API only.
#![cfg(not(any(feature = "runtime-rustpython", Py_LIMITED_API)))]

use std::ffi::{CStr, c_int, c_void};
use std::mem::MaybeUninit;
use std::ptr::{null, null_mut};

use pyo3_ffi::{self as ffi, PyObject};
// Link the compiled C code.
use pyo3_ffi_check as _;

use support::attached;

mod support;

// Values of C initializers, see `rules.rs`.
unsafe extern "C" {
    static check_tss: ffi::Py_tss_t;
    #[cfg(Py_3_12)]
    static check_config: ffi::PyInterpreterConfig;
    #[cfg(Py_3_12)]
    static check_legacy_config: ffi::PyInterpreterConfig;
}

/// Runs `source` and returns a new reference to the variable `name`.
///
/// # Safety
/// The thread is attached.
unsafe fn made(source: &CStr, name: &CStr) -> *mut PyObject {
    // SAFETY: upheld by the caller; all references created here are released here.
    unsafe {
        let scope = ffi::PyDict_New();
        let done = ffi::PyRun_String(source.as_ptr(), ffi::Py_file_input, scope, scope);
        assert!(!done.is_null());
        let value = ffi::Py_XNewRef(ffi::PyDict_GetItemString(scope, name.as_ptr()));
        assert!(!value.is_null());
        ffi::Py_DECREF(done);
        ffi::Py_DECREF(scope);
        value
    }
}

/// Whether `object` is the attribute `name` of `owner` in Python.
///
/// # Safety
/// The thread is attached, and both are live objects.
unsafe fn is_attribute(object: *mut PyObject, owner: *mut PyObject, name: &CStr) -> bool {
    // SAFETY: upheld by the caller.
    unsafe {
        let attribute = ffi::PyObject_GetAttrString(owner, name.as_ptr());
        assert!(!attribute.is_null());
        ffi::Py_DECREF(attribute);
        attribute == object
    }
}

#[test]
fn functions_show_what_they_are_made_of() {
    attached(|| {
        // SAFETY: the thread is attached; the function is alive until the end.
        unsafe {
            let source = c"def outer(value):\n    def inner(a: int = 1, *, b=2): return value, a, b\n    return inner\ninner = outer(0)";
            let function = made(source, c"inner");
            assert!(is_attribute(ffi::PyFunction_GET_CODE(function), function, c"__code__"));
            assert!(is_attribute(ffi::PyFunction_GET_GLOBALS(function), function, c"__globals__"));
            assert!(is_attribute(ffi::PyFunction_GET_DEFAULTS(function), function, c"__defaults__"));
            assert!(is_attribute(ffi::PyFunction_GET_KW_DEFAULTS(function), function, c"__kwdefaults__"));
            assert!(is_attribute(ffi::PyFunction_GET_CLOSURE(function), function, c"__closure__"));
            assert_eq!(ffi::PyFunction_GET_MODULE(function), ffi::PyFunction_GetModule(function));
            // The annotations may be created on first access.
            let annotations = ffi::PyFunction_GetAnnotations(function);
            assert_eq!(ffi::PyFunction_GET_ANNOTATIONS(function), annotations);
            assert!(is_attribute((*ffi::_PyFunction_CAST(function)).func_qualname, function, c"__qualname__"));
            let cell = ffi::PyTuple_GetItem(ffi::PyFunction_GET_CLOSURE(function), 0);
            let contents = ffi::PyCell_Get(cell);
            assert_eq!((*cell.cast::<ffi::PyCellObject>()).ob_ref, contents);
            ffi::Py_DECREF(contents);
            ffi::Py_DECREF(function);
        }
    });
}

#[test]
fn native_functions_show_what_they_are_made_of() {
    unsafe extern "C" fn nothing(_: *mut PyObject, _: *mut PyObject) -> *mut PyObject {
        // SAFETY: the runtime calls this on an attached thread.
        unsafe { ffi::Py_NewRef(ffi::Py_None()) }
    }
    unsafe extern "C" fn of_class(
        _: *mut PyObject,
        _: *mut ffi::PyTypeObject,
        _: *const *mut PyObject,
        _: ffi::Py_ssize_t,
        _: *mut PyObject,
    ) -> *mut PyObject {
        // SAFETY: the runtime calls this on an attached thread.
        unsafe { ffi::Py_NewRef(ffi::Py_None()) }
    }
    let definition = |ml_meth, ml_flags| {
        Box::leak(Box::new(ffi::PyMethodDef { ml_name: c"f".as_ptr(), ml_meth, ml_flags, ml_doc: null() }))
    };
    let plain = ffi::PyMethodDefPointer { PyCFunction: nothing };
    attached(|| {
        // SAFETY: the thread is attached; the definitions are never freed; the objects are alive while used.
        unsafe {
            let owner = ffi::PyList_New(0);
            let flags = ffi::METH_METHOD | ffi::METH_FASTCALL | ffi::METH_KEYWORDS;
            let cases = [
                (definition(plain, ffi::METH_NOARGS), owner, null_mut()),
                (definition(plain, ffi::METH_NOARGS | ffi::METH_STATIC), null_mut(), null_mut()),
                (definition(ffi::PyMethodDefPointer { PyCMethod: of_class }, flags), owner, &raw mut ffi::PyList_Type),
            ];
            for (def, receiver, class) in cases {
                let function = ffi::PyCMethod_New(def, owner, null_mut(), class);
                assert_eq!(ffi::PyCFunction_GET_FUNCTION(function), def.ml_meth);
                assert_eq!(ffi::PyCFunction_GET_FLAGS(function), def.ml_flags);
                assert_eq!(ffi::PyCFunction_GET_SELF(function), receiver);
                assert_eq!(ffi::PyCFunction_GET_CLASS(function), class);
                assert_eq!(ffi::PyCMethod_CheckExact(function), c_int::from(!class.is_null()));
                assert_eq!(ffi::PyCMethod_Check(function), c_int::from(!class.is_null()));
                ffi::Py_DECREF(function);
            }
            let function = ffi::PyCFunction_New(definition(plain, ffi::METH_NOARGS), owner);
            assert_eq!(ffi::PyCFunction_GET_SELF(function), owner);
            ffi::Py_DECREF(function);
            ffi::Py_DECREF(owner);
        }
    });
}

#[test]
fn moments_are_put_together() {
    attached(|| {
        // SAFETY: the thread is attached; the interface is imported before use; the objects are alive while used.
        unsafe {
            ffi::PyDateTime_IMPORT();
            let made = [
                (ffi::PyDate_FromDate(2024, 2, 29), c"2024-02-29"),
                (ffi::PyDateTime_FromDateAndTime(2024, 2, 29, 1, 2, 3, 4), c"2024-02-29 01:02:03.000004"),
                (ffi::PyDateTime_FromDateAndTimeAndFold(2024, 2, 29, 1, 2, 3, 4, 1), c"2024-02-29 01:02:03.000004"),
                (ffi::PyTime_FromTime(1, 2, 3, 4), c"01:02:03.000004"),
                (ffi::PyTime_FromTimeAndFold(1, 2, 3, 4, 1), c"01:02:03.000004"),
                // The parts are normalized.
                (ffi::PyDelta_FromDSU(1, 24 * 60 * 60, 1_000_001), c"2 days, 0:00:01.000001"),
            ];
            assert_eq!(ffi::PyDateTime_DATE_GET_FOLD(made[1].0), 0);
            assert_eq!(ffi::PyDateTime_DATE_GET_FOLD(made[2].0), 1);
            assert_eq!(ffi::PyDateTime_TIME_GET_FOLD(made[3].0), 0);
            assert_eq!(ffi::PyDateTime_TIME_GET_FOLD(made[4].0), 1);
            for (object, text) in made {
                let shown = ffi::PyObject_Str(object);
                assert_eq!(CStr::from_ptr(ffi::PyUnicode_AsUTF8(shown)), text);
                ffi::Py_DECREF(shown);
                ffi::Py_DECREF(object);
            }
        }
    });
}

#[test]
fn errors_show_what_they_carry() {
    attached(|| {
        // SAFETY: the thread is attached; each error is of the class whose layout is used.
        unsafe {
            let error = made(c"e = StopIteration(7)", c"e");
            assert!(is_attribute((*error.cast::<ffi::PyStopIterationObject>()).value, error, c"value"));
            ffi::Py_DECREF(error);
            let error = made(c"e = SystemExit(7)", c"e");
            assert!(is_attribute((*error.cast::<ffi::PySystemExitObject>()).code, error, c"code"));
            ffi::Py_DECREF(error);
            let error = made(c"e = ImportError('no', name='a', path='b')", c"e");
            assert!(is_attribute((*error.cast::<ffi::PyImportErrorObject>()).path, error, c"path"));
            ffi::Py_DECREF(error);
            let error = made(c"e = UnicodeEncodeError('x', 'abc', 1, 2, 'no')", c"e");
            let layout = error.cast::<ffi::PyUnicodeErrorObject>();
            assert_eq!(((*layout).start, (*layout).end), (1, 2));
            assert!(is_attribute((*layout).reason, error, c"reason"));
            ffi::Py_DECREF(error);
            let error = made(c"e = OSError(2, 'no', 'a', None, 'b')", c"e");
            assert!(is_attribute((*error.cast::<ffi::PyOSErrorObject>()).filename2, error, c"filename2"));
            ffi::Py_DECREF(error);
            let error = made(c"e = SyntaxError('no', ('f', 1, 2, 'text'))", c"e");
            assert!(is_attribute((*error.cast::<ffi::PySyntaxErrorObject>()).text, error, c"text"));
            ffi::Py_DECREF(error);
            let error = made(c"try: 1 / 0\nexcept ZeroDivisionError as error: e = error", c"e");
            let traceback = (*error.cast::<ffi::PyBaseExceptionObject>()).traceback;
            assert_eq!(ffi::PyTraceBack_Check(traceback), 1);
            let traceback = traceback.cast::<ffi::PyTracebackObject>();
            assert_eq!((*traceback).tb_next, null_mut());
            assert!(is_attribute((*traceback).tb_frame.cast(), traceback.cast(), c"tb_frame"));
            ffi::Py_DECREF(error);
        }
    });
}

#[test]
fn weak_references_and_descriptors_show_what_they_hold() {
    attached(|| {
        // SAFETY: the thread is attached; the objects are alive while used, and of the type whose layout is used.
        unsafe {
            let target = ffi::PySet_New(null_mut());
            let reference = ffi::PyWeakref_NewRef(target, null_mut());
            let layout = reference.cast::<ffi::PyWeakReference>();
            assert_eq!(((*layout).wr_object, (*layout).wr_callback, (*layout).hash), (target, null_mut(), -1));
            ffi::Py_DECREF(reference);
            ffi::Py_DECREF(target);
            let append = made(c"d = list.__dict__['append']", c"d");
            let layout = append.cast::<ffi::PyMethodDescrObject>();
            assert_eq!((*layout).d_common.d_type, &raw mut ffi::PyList_Type);
            assert!(is_attribute((*layout).d_common.d_name, append, c"__name__"));
            assert_eq!(CStr::from_ptr((*(*layout).d_method).ml_name), c"append");
            ffi::Py_DECREF(append);
            let length = made(c"d = list.__dict__['__len__']", c"d");
            let layout = length.cast::<ffi::PyWrapperDescrObject>();
            assert_eq!(CStr::from_ptr((*(*layout).d_base).name), c"__len__");
            ffi::Py_DECREF(length);
            let real = made(c"d = int.__dict__['real']", c"d");
            assert_eq!(CStr::from_ptr((*(*real.cast::<ffi::PyGetSetDescrObject>()).d_getset).name), c"real");
            ffi::Py_DECREF(real);
            let start = made(c"d = slice.__dict__['start']", c"d");
            assert_eq!(CStr::from_ptr((*(*start.cast::<ffi::PyMemberDescrObject>()).d_member).name), c"start");
            ffi::Py_DECREF(start);
        }
    });
}

#[test]
fn objects_are_made_by_their_layout() {
    attached(|| {
        // SAFETY: the thread is attached; the types have these layouts; fields are written before they are read.
        unsafe {
            let float = ffi::PyObject_New::<ffi::PyFloatObject>(&raw mut ffi::PyFloat_Type);
            (*float).ob_fval = 1.5;
            assert_eq!(ffi::PyFloat_AsDouble(float.cast()), 1.5);
            ffi::Py_DECREF(float.cast());
            let tuple = ffi::PyObject_GC_NewVar::<ffi::PyTupleObject>(&raw mut ffi::PyTuple_Type, 1);
            ffi::PyTuple_SET_ITEM(tuple.cast(), 0, ffi::Py_NewRef(ffi::Py_None()));
            let tuple = ffi::PyObject_GC_Resize::<ffi::PyTupleObject>(tuple.cast(), 2);
            assert!(!tuple.is_null());
            ffi::PyTuple_SET_ITEM(tuple.cast(), 1, ffi::Py_NewRef(ffi::Py_None()));
            assert_eq!(ffi::PyTuple_Size(tuple.cast()), 2);
            assert_eq!(ffi::PyTuple_GetItem(tuple.cast(), 0), ffi::Py_None());
            // An object tracked by the collector cannot be resized. Its destruction untracks it.
            ffi::PyObject_GC_Track(tuple.cast());
            ffi::Py_DECREF(tuple.cast());
            assert_eq!(ffi::PyType_SUPPORTS_WEAKREFS(&raw mut ffi::PySet_Type), 1);
            assert_eq!(ffi::PyType_SUPPORTS_WEAKREFS(&raw mut ffi::PyLong_Type), 0);
        }
    });
}

#[cfg(not(Py_3_14))]
#[test]
fn the_state_of_a_string_is_read_and_written() {
    attached(|| {
        for (text, ascii) in [("abc", 1), ("\u{20ac}uro", 0)] {
            // SAFETY: the thread is attached; the string is alive while used.
            unsafe {
                let string = ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as ffi::Py_ssize_t);
                let state = &*string.cast::<ffi::PyASCIIObject>();
                assert_eq!((state.kind(), state.compact(), state.ascii()), (ffi::PyUnicode_KIND(string), 1, ascii));
                assert_eq!(state.interned(), ffi::PyUnicode_CHECK_INTERNED(string));
                ffi::Py_DECREF(string);
            }
        }
        // SAFETY: all zeroes are a valid value of the structure, and it is never used as a string.
        unsafe {
            let mut state = MaybeUninit::<ffi::PyASCIIObject>::zeroed().assume_init();
            state.set_kind(ffi::PyUnicode_4BYTE_KIND);
            state.set_interned(ffi::SSTATE_INTERNED_IMMORTAL);
            state.set_compact(1);
            state.set_ascii(1);
            assert_eq!((state.interned(), state.kind(), state.compact(), state.ascii()), (2, 4, 1, 1));
            state.set_kind(ffi::PyUnicode_1BYTE_KIND);
            assert_eq!((state.interned(), state.kind(), state.compact(), state.ascii()), (2, 1, 1, 1));
            #[cfg(Py_3_12)]
            {
                assert_eq!(state.statically_allocated(), 0);
                state.set_statically_allocated(1);
                assert_eq!((state.statically_allocated(), state.ascii()), (1, 1));
            }
            #[cfg(not(Py_3_12))]
            {
                assert_eq!(state.ready(), 0);
                state.set_ready(1);
                assert_eq!((state.ready(), state.ascii()), (1, 1));
            }
        }
    });
}

#[test]
fn data_hangs_on_code() {
    attached(|| {
        unsafe extern "C" fn nothing_to_free(_: *mut c_void) {}
        // SAFETY: the thread is attached; the code is alive while used.
        unsafe {
            let code = made(c"code = compile('1', '', 'eval')", c"code");
            let index = ffi::PyUnstable_Eval_RequestCodeExtraIndex(nothing_to_free);
            assert!(index >= 0 && ffi::_PyEval_RequestCodeExtraIndex(nothing_to_free) > index);
            let (mut value, mut found) = (7_u8, null_mut::<c_void>());
            assert_eq!(ffi::PyUnstable_Code_SetExtra(code, index, (&raw mut value).cast()), 0);
            assert_eq!(ffi::_PyCode_GetExtra(code, index, &mut found), 0);
            assert_eq!(found.cast(), &raw mut value);
            assert_eq!(ffi::_PyCode_SetExtra(code, index, null_mut()), 0);
            assert_eq!(ffi::PyUnstable_Code_GetExtra(code, index, &mut found), 0);
            assert!(found.is_null());
            ffi::Py_DECREF(code);
        }
    });
}

#[test]
fn a_configuration_is_filled_and_cleared() {
    attached(|| {
        let mut config = MaybeUninit::<ffi::PyConfig>::zeroed();
        // SAFETY: the thread is attached, so that strings are decoded as in the interpreter. C initializes the
        // structure.
        unsafe {
            ffi::PyConfig_InitIsolatedConfig(config.as_mut_ptr());
            let config = config.assume_init_mut();
            assert_eq!((config.isolated, config.use_environment, config.user_site_directory), (1, 0, 0));
            // The second-to-last field in all versions, so all fields before it have the same size as in C.
            assert_eq!(config._init_main, 1);
            let status = ffi::PyConfig_SetBytesString(config, &raw mut config.run_filename, c"name".as_ptr());
            assert_eq!((ffi::PyStatus_Exception(status), status._type), (0, ffi::_PyStatus_TYPE::_PyStatus_TYPE_OK));
            let name = std::slice::from_raw_parts(config.run_filename, 5);
            assert!(name.iter().zip(b"name\0").all(|(wide, byte)| *wide as u32 == u32::from(*byte)));
            let status = ffi::PyWideStringList_Append(&mut config.argv, config.run_filename);
            assert_eq!((ffi::PyStatus_IsError(status), config.argv.length), (0, 1));
            ffi::PyConfig_Clear(config);
            assert!(config.run_filename.is_null() && config.argv.length == 0);
            let status = ffi::PyStatus_Error(c"no".as_ptr());
            assert_eq!((ffi::PyStatus_IsError(status), ffi::PyStatus_IsExit(status)), (1, 0));
            assert_eq!(CStr::from_ptr(status.err_msg), c"no");
            let status = ffi::PyStatus_Exit(3);
            assert_eq!((ffi::PyStatus_IsExit(status), status.exitcode), (1, 3));
        }
    });
}

/// Returns the bytes of a structure without padding.
///
/// # Safety
/// The structure has no padding.
#[cfg(Py_3_12)]
unsafe fn bytes<T>(value: &T) -> &[u8] {
    // SAFETY: upheld by the caller.
    unsafe { std::slice::from_raw_parts((&raw const *value).cast(), std::mem::size_of::<T>()) }
}

#[test]
fn initialisers_are_those_of_c() {
    let key = ffi::Py_tss_NEEDS_INIT;
    // SAFETY: these are constants of C, and the configurations consist of seven `int`s.
    unsafe {
        assert_eq!((key._is_initialized, key._key), (check_tss._is_initialized, check_tss._key));
        #[cfg(Py_3_12)]
        {
            assert_eq!(bytes(&ffi::_PyInterpreterConfig_INIT), bytes(&check_config));
            assert_eq!(bytes(&ffi::_PyInterpreterConfig_LEGACY_INIT), bytes(&check_legacy_config));
        }
    }
}
