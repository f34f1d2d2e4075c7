//! Built-in types: access and checks.

use core::ffi::CStr;

use pyo3_backend::{Attached, BuiltinType, ExceptionType, Outcome, Owned, Ref, TypeOps, kind};
use rustpython_vm::builtins::{
    PyBaseException, PyByteArray, PyBytes, PyCode, PyComplex, PyDict, PyFloat, PyFrozenSet, PyInt, PyList,
    PyMappingProxy, PyMemoryView, PyModule, PySet, PySlice, PyStr, PyTraceback, PyTuple, PyType, PyWeak,
};
use rustpython_vm::function::{FuncArgs, KwArgs};
use rustpython_vm::{AsObject, Context, Py, PyObjectRef, PyResult, VirtualMachine};

use crate::RustPython;
use crate::convert::{lend_as, object, outcome, own_outcome_as, payload};
use crate::vm::vm;

impl TypeOps for RustPython {
    #[inline]
    fn type_of<'a>(_py: Attached<'_, Self>, handle: Ref<'a, Self>) -> Ref<'a, Self, kind::Type> {
        lend_as(object(handle).class())
    }

    #[inline]
    fn type_builtin<'py>(_py: Attached<'py, Self>, which: BuiltinType) -> Ref<'py, Self, kind::Type> {
        lend_as(builtin_class(Context::genesis(), which))
    }

    #[inline]
    fn type_check(_py: Attached<'_, Self>, handle: Ref<'_, Self>, which: BuiltinType) -> bool {
        let object = object(handle);
        // If a kind has its own payload, the check is for the payload, because its operations rely on that.
        match which {
            BuiltinType::Object => true,
            BuiltinType::Type => object.downcastable::<PyType>(),
            BuiltinType::Int => object.downcastable::<PyInt>(),
            BuiltinType::Float => object.downcastable::<PyFloat>(),
            BuiltinType::Complex => object.downcastable::<PyComplex>(),
            BuiltinType::Str => object.downcastable::<PyStr>(),
            BuiltinType::Bytes => object.downcastable::<PyBytes>(),
            BuiltinType::ByteArray => object.downcastable::<PyByteArray>(),
            BuiltinType::Tuple => object.downcastable::<PyTuple>(),
            BuiltinType::List => object.downcastable::<PyList>(),
            BuiltinType::Dict => object.downcastable::<PyDict>(),
            BuiltinType::Set => object.downcastable::<PySet>(),
            BuiltinType::FrozenSet => object.downcastable::<PyFrozenSet>(),
            BuiltinType::Slice => object.downcastable::<PySlice>(),
            BuiltinType::Module => object.downcastable::<PyModule>(),
            BuiltinType::Code => object.downcastable::<PyCode>(),
            BuiltinType::Traceback => object.downcastable::<PyTraceback>(),
            BuiltinType::MappingProxy => object.downcastable::<PyMappingProxy>(),
            BuiltinType::MemoryView => object.downcastable::<PyMemoryView>(),
            // A weak proxy has the same payload.
            BuiltinType::WeakRef => {
                object.downcastable::<PyWeak>() && object.fast_isinstance(builtin_class(Context::genesis(), which))
            }
            // It cannot be extended.
            BuiltinType::Bool => object.class().is(builtin_class(Context::genesis(), which)),
            BuiltinType::Range
            | BuiltinType::Function
            | BuiltinType::BuiltinFunction
            | BuiltinType::Frame
            | BuiltinType::Capsule
            | BuiltinType::Super
            | BuiltinType::NoneType
            | BuiltinType::EllipsisType
            | BuiltinType::NotImplementedType => object.fast_isinstance(builtin_class(Context::genesis(), which)),
        }
    }

    #[inline]
    fn type_check_exact(_py: Attached<'_, Self>, handle: Ref<'_, Self>, which: BuiltinType) -> bool {
        object(handle).class().is(builtin_class(Context::genesis(), which))
    }

    fn type_check_exception(_py: Attached<'_, Self>, handle: Ref<'_, Self>, which: ExceptionType) -> bool {
        let object = object(handle);
        match which {
            ExceptionType::BaseException => object.downcastable::<PyBaseException>(),
            _ => object.fast_isinstance(exception_class(Context::genesis(), which)),
        }
    }

    #[inline]
    fn type_is_subtype(
        _py: Attached<'_, Self>,
        sub: Ref<'_, Self, kind::Type>,
        base: Ref<'_, Self, kind::Type>,
    ) -> bool {
        sub.is(base) || payload(sub).fast_issubclass(payload(base))
    }

    fn type_is_instance<'py>(
        py: Attached<'py, Self>,
        handle: Ref<'_, Self>,
        class: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool> {
        outcome(py, object(handle).is_instance(object(class), vm(py)))
    }

    fn type_is_subclass<'py>(
        py: Attached<'py, Self>,
        sub: Ref<'_, Self>,
        class: Ref<'_, Self>,
    ) -> Outcome<'py, Self, bool> {
        outcome(py, object(sub).is_subclass(object(class), vm(py)))
    }

    fn type_name<'py>(
        py: Attached<'py, Self>,
        class: Ref<'_, Self, kind::Type>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>> {
        own_outcome_as(py, text_attribute(payload(class), "__name__", vm(py)))
    }

    fn type_qualname<'py>(
        py: Attached<'py, Self>,
        class: Ref<'_, Self, kind::Type>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Str>> {
        own_outcome_as(py, text_attribute(payload(class), "__qualname__", vm(py)))
    }

    fn type_new_exception<'py>(
        py: Attached<'py, Self>,
        name: &CStr,
        doc: Option<&CStr>,
        bases: Option<Ref<'_, Self>>,
        dict: Option<Ref<'_, Self, kind::Dict>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Type>> {
        let vm = vm(py);
        let bases = bases.map(|bases| object(bases).to_owned());
        let dict = dict.map(|dict| payload(dict).to_owned());
        let make = || {
            let Ok(name) = name.to_str() else {
                return Err(vm.new_system_error("the name of an exception type must be UTF-8"));
            };
            let Some((module, name)) = name.rsplit_once('.') else {
                return Err(vm.new_system_error("PyErr_NewException: name must be module.class"));
            };
            let namespace = match dict {
                Some(dict) => rustpython_vm::PyPayload::into_ref(dict.copy(), &vm.ctx),
                None => vm.ctx.new_dict(),
            };
            if !namespace.contains_key("__module__", vm) {
                namespace.set_item("__module__", vm.ctx.new_str(module).into(), vm)?;
            }
            if let Some(doc) = doc {
                namespace.set_item("__doc__", vm.ctx.new_str(doc.to_string_lossy().into_owned()).into(), vm)?;
            }
            let bases = match bases {
                Some(bases) if bases.downcastable::<PyTuple>() => bases,
                Some(base) => vm.ctx.new_tuple(vec![base]).into(),
                None => vm.ctx.new_tuple(vec![vm.ctx.exceptions.exception_type.to_owned().into()]).into(),
            };
            let arguments: Vec<PyObjectRef> = vec![vm.ctx.new_str(name).into(), bases, namespace.into()];
            // `type(name, bases, namespace)` finds the right metaclass by itself.
            let class =
                vm.ctx.types.type_type.as_object().call_with_args(FuncArgs::new(arguments, KwArgs::default()), vm)?;
            class.downcast::<PyType>().map_err(|_| vm.new_type_error("the metaclass made no type"))
        };
        own_outcome_as(py, make())
    }
}

/// Returns an attribute of a class that is a string.
fn text_attribute(
    class: &Py<PyType>,
    name: &'static str,
    vm: &VirtualMachine,
) -> PyResult<rustpython_vm::PyRef<PyStr>> {
    class
        .as_object()
        .get_attr(vm.ctx.intern_str(name), vm)?
        .downcast::<PyStr>()
        .map_err(|_| vm.new_type_error(format!("type {name} is not a str")))
}

/// Returns the class of a built-in type.
#[inline]
pub(crate) fn builtin_class(ctx: &'static Context, which: BuiltinType) -> &'static Py<PyType> {
    let types = &ctx.types;
    match which {
        BuiltinType::Object => types.object_type,
        BuiltinType::Type => types.type_type,
        BuiltinType::Int => types.int_type,
        BuiltinType::Float => types.float_type,
        BuiltinType::Bool => types.bool_type,
        BuiltinType::Complex => types.complex_type,
        BuiltinType::Str => types.str_type,
        BuiltinType::Bytes => types.bytes_type,
        BuiltinType::ByteArray => types.bytearray_type,
        BuiltinType::Tuple => types.tuple_type,
        BuiltinType::List => types.list_type,
        BuiltinType::Dict => types.dict_type,
        BuiltinType::Set => types.set_type,
        BuiltinType::FrozenSet => types.frozenset_type,
        BuiltinType::Slice => types.slice_type,
        BuiltinType::Range => types.range_type,
        BuiltinType::Module => types.module_type,
        BuiltinType::Function => types.function_type,
        BuiltinType::BuiltinFunction => types.builtin_function_or_method_type,
        BuiltinType::Code => types.code_type,
        BuiltinType::Frame => types.frame_type,
        BuiltinType::Traceback => types.traceback_type,
        BuiltinType::MappingProxy => types.mappingproxy_type,
        BuiltinType::MemoryView => types.memoryview_type,
        BuiltinType::WeakRef => types.weakref_type,
        BuiltinType::Capsule => types.capsule_type,
        BuiltinType::Super => types.super_type,
        BuiltinType::NoneType => types.none_type,
        BuiltinType::EllipsisType => types.ellipsis_type,
        BuiltinType::NotImplementedType => types.not_implemented_type,
    }
}

macro_rules! exception_classes {
    ($($name:ident => $field:ident,)*) => {
        /// Returns the class of a built-in exception type.
        pub(crate) fn exception_class(ctx: &Context, which: ExceptionType) -> &'static Py<PyType> {
            match which {
                $(ExceptionType::$name => ctx.exceptions.$field,)*
            }
        }
    };
}

exception_classes! {
    BaseException => base_exception_type,
    Exception => exception_type,
    ArithmeticError => arithmetic_error,
    AssertionError => assertion_error,
    AttributeError => attribute_error,
    BaseExceptionGroup => base_exception_group,
    BlockingIOError => blocking_io_error,
    BrokenPipeError => broken_pipe_error,
    BufferError => buffer_error,
    BytesWarning => bytes_warning,
    ChildProcessError => child_process_error,
    ConnectionAbortedError => connection_aborted_error,
    ConnectionError => connection_error,
    ConnectionRefusedError => connection_refused_error,
    ConnectionResetError => connection_reset_error,
    DeprecationWarning => deprecation_warning,
    EOFError => eof_error,
    EncodingWarning => encoding_warning,
    FileExistsError => file_exists_error,
    FileNotFoundError => file_not_found_error,
    FloatingPointError => floating_point_error,
    FutureWarning => future_warning,
    GeneratorExit => generator_exit,
    ImportError => import_error,
    ImportWarning => import_warning,
    IndentationError => indentation_error,
    IndexError => index_error,
    InterruptedError => interrupted_error,
    IsADirectoryError => is_a_directory_error,
    KeyboardInterrupt => keyboard_interrupt,
    KeyError => key_error,
    LookupError => lookup_error,
    MemoryError => memory_error,
    ModuleNotFoundError => module_not_found_error,
    NameError => name_error,
    NotADirectoryError => not_a_directory_error,
    NotImplementedError => not_implemented_error,
    OSError => os_error,
    OverflowError => overflow_error,
    PendingDeprecationWarning => pending_deprecation_warning,
    PermissionError => permission_error,
    ProcessLookupError => process_lookup_error,
    PythonFinalizationError => python_finalization_error,
    RecursionError => recursion_error,
    ReferenceError => reference_error,
    ResourceWarning => resource_warning,
    RuntimeError => runtime_error,
    RuntimeWarning => runtime_warning,
    StopAsyncIteration => stop_async_iteration,
    StopIteration => stop_iteration,
    SyntaxError => syntax_error,
    SyntaxWarning => syntax_warning,
    SystemError => system_error,
    SystemExit => system_exit,
    TabError => tab_error,
    TimeoutError => timeout_error,
    TypeError => type_error,
    UnboundLocalError => unbound_local_error,
    UnicodeDecodeError => unicode_decode_error,
    UnicodeEncodeError => unicode_encode_error,
    UnicodeError => unicode_error,
    UnicodeTranslateError => unicode_translate_error,
    UnicodeWarning => unicode_warning,
    UserWarning => user_warning,
    ValueError => value_error,
    Warning => warning,
    ZeroDivisionError => zero_division_error,
}
