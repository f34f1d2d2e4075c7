//! The smallest possible backend: what the contract requires, and nothing else.

use std::ffi::{CStr, c_void};
use std::marker::PhantomData;
use std::ptr::NonNull;

use pyo3_backend::*;

use crate::adapt::Watch;

use self::adapters::{Adapted, AdaptedClass, Inner, Outer, adapt_members};

mod adapters {
    crate::adapt::adapters!(Core);
}

/// The backend `B`, restricted to the required operations.
pub struct Core<B>(PhantomData<fn() -> B>);

impl<B> Clone for Core<B> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<B> Copy for Core<B> {}

impl<B: Backend> BackendTypes for Core<B> {
    type Object = B::Object;
    type Raised<'py> = B::Raised<'py>;
}

impl<B: Backend> Watch for Core<B> {}

type At<'py, B> = Attached<'py, Core<B>>;
type Handle<'a, B, K = kind::Any> = Ref<'a, Core<B>, K>;
type Object<'py, B, K = kind::Any> = Owned<'py, Core<B>, K>;
type Maybe<'py, B, T> = Outcome<'py, Core<B>, T>;

impl<B: Backend> RefOps for Core<B> {
    fn ref_retain(py: At<'_, B>, object: Handle<'_, B>) {
        B::ref_retain(py.inner(), object.inner());
    }

    unsafe fn ref_release(py: At<'_, B>, object: NonNull<B::Object>) {
        // SAFETY: as the caller promises.
        unsafe { B::ref_release(py.inner(), object) }
    }

    unsafe fn ref_release_anywhere(object: NonNull<B::Object>) {
        // SAFETY: as the caller promises.
        unsafe { B::ref_release_anywhere(object) }
    }
}

impl<B: Backend> ErrorOps for Core<B> {
    fn error_take<'py>(py: At<'py, B>, raised: B::Raised<'py>) -> Object<'py, B, kind::BaseException> {
        B::error_take(py.inner(), raised).outer()
    }

    fn error_raise<'py>(py: At<'py, B>, exception: Object<'py, B, kind::BaseException>) -> B::Raised<'py> {
        B::error_raise(py.inner(), exception.inner())
    }

    fn exception_type<'py>(py: At<'py, B>, which: ExceptionType) -> Handle<'py, B, kind::Type> {
        B::exception_type(py.inner(), which).outer()
    }
}

impl<B: Backend> CApiOps for Core<B> {
    fn capi_error_fetch<'py>(py: At<'py, B>) -> Option<B::Raised<'py>> {
        B::capi_error_fetch(py.inner())
    }

    fn capi_error_leave<'py>(py: At<'py, B>, raised: B::Raised<'py>) {
        B::capi_error_leave(py.inner(), raised);
    }
}

impl<B: Backend> TypeOps for Core<B> {
    fn type_of<'a>(py: At<'_, B>, object: Handle<'a, B>) -> Handle<'a, B, kind::Type> {
        B::type_of(py.inner(), object.inner()).outer()
    }

    fn type_builtin<'py>(py: At<'py, B>, which: BuiltinType) -> Handle<'py, B, kind::Type> {
        B::type_builtin(py.inner(), which).outer()
    }

    fn type_is_subtype(py: At<'_, B>, sub: Handle<'_, B, kind::Type>, base: Handle<'_, B, kind::Type>) -> bool {
        B::type_is_subtype(py.inner(), sub.inner(), base.inner())
    }
}

impl<B: Backend> ObjectOps for Core<B> {
    fn object_get_attribute<'py>(
        py: At<'py, B>,
        object: Handle<'_, B>,
        name: Handle<'_, B, kind::Str>,
    ) -> Maybe<'py, B, Object<'py, B>> {
        B::object_get_attribute(py.inner(), object.inner(), name.inner()).outer()
    }

    fn object_set_attribute<'py>(
        py: At<'py, B>,
        object: Handle<'_, B>,
        name: Handle<'_, B, kind::Str>,
        value: Option<Handle<'_, B>>,
    ) -> Maybe<'py, B, ()> {
        B::object_set_attribute(py.inner(), object.inner(), name.inner(), value.inner())
    }

    fn constant<'py>(py: At<'py, B>, which: Constant) -> Handle<'py, B> {
        B::constant(py.inner(), which).outer()
    }
}

impl<B: Backend> IntOps for Core<B> {
    fn int_from_i64<'py>(py: At<'py, B>, value: i64) -> Object<'py, B, kind::Int> {
        B::int_from_i64(py.inner(), value).outer()
    }

    fn int_to_i64<'py>(py: At<'py, B>, object: Handle<'_, B>) -> Maybe<'py, B, i64> {
        B::int_to_i64(py.inner(), object.inner())
    }
}

impl<B: Backend> FloatOps for Core<B> {
    fn float_from_f64<'py>(py: At<'py, B>, value: f64) -> Object<'py, B, kind::Float> {
        B::float_from_f64(py.inner(), value).outer()
    }

    fn float_value(py: At<'_, B>, float: Handle<'_, B, kind::Float>) -> f64 {
        B::float_value(py.inner(), float.inner())
    }
}

impl<B: Backend> ComplexOps for Core<B> {}

impl<B: Backend> StrOps for Core<B> {
    fn str_from_utf8<'py>(py: At<'py, B>, text: &str) -> Object<'py, B, kind::Str> {
        B::str_from_utf8(py.inner(), text).outer()
    }

    fn str_to_utf8<'a, 'py>(py: At<'py, B>, string: Handle<'a, B, kind::Str>) -> Maybe<'py, B, &'a str> {
        B::str_to_utf8(py.inner(), string.inner())
    }
}

impl<B: Backend> BytesOps for Core<B> {
    fn bytes_from_slice<'py>(py: At<'py, B>, contents: &[u8]) -> Object<'py, B, kind::Bytes> {
        B::bytes_from_slice(py.inner(), contents).outer()
    }

    fn bytes_as_slice<'a>(py: At<'_, B>, bytes: Handle<'a, B, kind::Bytes>) -> &'a [u8] {
        B::bytes_as_slice(py.inner(), bytes.inner())
    }
}

impl<B: Backend> TupleOps for Core<B> {
    fn tuple_from<'py, E>(
        py: At<'py, B>,
        length: usize,
        items: impl Iterator<Item = Result<Object<'py, B>, E>>,
    ) -> Result<Object<'py, B, kind::Tuple>, E> {
        B::tuple_from(py.inner(), length, items.map(|item| item.map(Inner::inner))).outer()
    }

    fn tuple_get<'a>(py: At<'_, B>, tuple: Handle<'a, B, kind::Tuple>, index: usize) -> Option<Handle<'a, B>> {
        B::tuple_get(py.inner(), tuple.inner(), index).outer()
    }
}

impl<B: Backend> ListOps for Core<B> {
    fn list_from<'py, E>(
        py: At<'py, B>,
        length: usize,
        items: impl Iterator<Item = Result<Object<'py, B>, E>>,
    ) -> Result<Object<'py, B, kind::List>, E> {
        B::list_from(py.inner(), length, items.map(|item| item.map(Inner::inner))).outer()
    }

    fn list_get<'py>(py: At<'py, B>, list: Handle<'_, B, kind::List>, index: usize) -> Option<Object<'py, B>> {
        B::list_get(py.inner(), list.inner(), index).outer()
    }
}

impl<B: Backend> DictOps for Core<B> {
    type DictCursor = B::DictCursor;

    fn dict_set<'py>(
        py: At<'py, B>,
        dict: Handle<'_, B, kind::Dict>,
        key: Handle<'_, B>,
        value: Handle<'_, B>,
    ) -> Maybe<'py, B, ()> {
        B::dict_set(py.inner(), dict.inner(), key.inner(), value.inner())
    }

    fn dict_get<'py>(
        py: At<'py, B>,
        dict: Handle<'_, B, kind::Dict>,
        key: Handle<'_, B>,
    ) -> Maybe<'py, B, Option<Object<'py, B>>> {
        B::dict_get(py.inner(), dict.inner(), key.inner()).outer()
    }

    fn dict_next<'py>(
        py: At<'py, B>,
        dict: Handle<'_, B, kind::Dict>,
        cursor: &mut B::DictCursor,
    ) -> Option<(Object<'py, B>, Object<'py, B>)> {
        B::dict_next(py.inner(), dict.inner(), cursor).map(|(key, value)| (key.outer(), value.outer()))
    }
}

impl<B: Backend> SetOps for Core<B> {}

impl<B: Backend> SliceOps for Core<B> {}

impl<B: Backend> DateTimeOps for Core<B> {}

impl<B: Backend> SequenceOps for Core<B> {}

impl<B: Backend> MappingOps for Core<B> {}

impl<B: Backend> WeakrefOps for Core<B> {
    fn weakref_target<'py>(py: At<'py, B>, reference: Handle<'_, B>) -> Option<Object<'py, B>> {
        B::weakref_target(py.inner(), reference.inner()).outer()
    }
}

impl<B: Backend> CallOps for Core<B> {
    fn call<'py>(
        py: At<'py, B>,
        callable: Handle<'_, B>,
        args: Handle<'_, B, kind::Tuple>,
        kwargs: Option<Handle<'_, B, kind::Dict>>,
    ) -> Maybe<'py, B, Object<'py, B>> {
        B::call(py.inner(), callable.inner(), args.inner(), kwargs.inner()).outer()
    }
}

impl<B: Backend> FunctionOps for Core<B> {
    type FunctionState = B::FunctionState;

    fn function_new<'py, F: DefinedFunction<Self>>(
        py: At<'py, B>,
        module: Option<Handle<'_, B, kind::Module>>,
    ) -> Maybe<'py, B, Object<'py, B, kind::BuiltinFunction>> {
        B::function_new::<Adapted<Self, F>>(py.inner(), module.inner()).outer()
    }

    fn function_from_closure<'py, F>(
        py: At<'py, B>,
        name: &'static CStr,
        doc: &'static CStr,
        closure: F,
    ) -> Maybe<'py, B, Object<'py, B, kind::BuiltinFunction>>
    where
        F: for<'a> Fn(
                At<'a, B>,
                Handle<'a, B, kind::Tuple>,
                Option<Handle<'a, B, kind::Dict>>,
            ) -> Maybe<'a, B, Object<'a, B>>
            + Send
            + 'static,
    {
        let made = B::function_from_closure(py.inner(), name, doc, move |py, args, kwargs| {
            closure(py.outer(), args.outer(), kwargs.outer()).map(Inner::inner)
        });
        made.outer()
    }
}

impl<B: Backend> ModuleOps for Core<B> {
    type ModuleState = B::ModuleState;

    fn module_init<M: Module<Self>>() -> *mut B::Object {
        B::module_init::<Adapted<Self, M>>()
    }

    fn module_register(name: &'static CStr, init: ModuleInit<Self>) {
        B::module_register(name, init);
    }
}

impl<B: Backend> CodeOps for Core<B> {
    fn code_import<'py>(py: At<'py, B>, name: Handle<'_, B, kind::Str>) -> Maybe<'py, B, Object<'py, B>> {
        B::code_import(py.inner(), name.inner()).outer()
    }
}

impl<B: Backend> ContextOps for Core<B> {}

impl<B: Backend> InterpreterOps for Core<B> {
    const ATTACHED_IS_EXCLUSIVE: bool = B::ATTACHED_IS_EXCLUSIVE;

    fn interpreter_is_initialized() -> bool {
        B::interpreter_is_initialized()
    }

    fn interpreter_initialize() {
        B::interpreter_initialize();
    }

    unsafe fn interpreter_embed<R>(body: impl for<'py> FnOnce(At<'py, B>) -> R) -> R {
        // SAFETY: as the caller promises.
        unsafe { B::interpreter_embed(|py| body(py.outer())) }
    }

    fn interpreter_version() -> &'static str {
        B::interpreter_version()
    }
}

impl<B: Backend> ThreadOps for Core<B> {
    const HAS_THREADS: bool = B::HAS_THREADS;

    fn thread_is_attached() -> bool {
        B::thread_is_attached()
    }

    fn thread_attach<R>(body: impl for<'py> FnOnce(At<'py, B>) -> R) -> Result<R, AttachError> {
        B::thread_attach(|py| body(py.outer()))
    }

    fn thread_detach<R>(py: At<'_, B>, body: impl FnOnce() -> R + Send) -> R {
        B::thread_detach(py.inner(), body)
    }
}

/// The mutex of the inner backend.
#[repr(transparent)]
pub struct InnerMutex<B: Backend>(B::RawMutex);

impl<B: Backend> RawMutex<Core<B>> for InnerMutex<B> {
    const UNLOCKED: Self = InnerMutex(<B::RawMutex as RawMutex<B>>::UNLOCKED);

    fn lock(&self) {
        RawMutex::<B>::lock(&self.0);
    }

    fn unlock(&self) {
        RawMutex::<B>::unlock(&self.0);
    }

    fn is_locked(&self) -> bool {
        RawMutex::<B>::is_locked(&self.0)
    }
}

impl<B: Backend> SectionOps for Core<B> {
    type RawMutex = InnerMutex<B>;

    fn section_run<R>(py: At<'_, B>, subjects: Subjects<'_, Self>, body: impl FnOnce() -> R) -> R {
        let subjects = match subjects {
            Subjects::Objects(first, second) => Subjects::Objects(first.inner(), second.inner()),
            Subjects::Mutexes(first, second) => Subjects::Mutexes(&first.0, second.map(|second| &second.0)),
        };
        B::section_run(py.inner(), subjects, body)
    }
}

impl<B: Backend> ClassOps for Core<B> {
    type MethodEntry = B::MethodEntry;
    type GetterEntry = B::GetterEntry;
    type SetterEntry = B::SetterEntry;
    type SlotEntry = B::SlotEntry;
    type NativeInfo<P: 'static> = B::NativeInfo<P>;

    fn class_method_entry<C: Class<Self>, F: Function<Self>>(kind: MethodKind) -> B::MethodEntry {
        B::class_method_entry::<AdaptedClass<Self, C>, Adapted<Self, F>>(kind)
    }

    fn class_getter_entry<C: Class<Self>, F: UnaryFn<Self>>() -> B::GetterEntry {
        B::class_getter_entry::<AdaptedClass<Self, C>, Adapted<Self, F>>()
    }

    fn class_setter_entry<C: Class<Self>, F: SetFn<Self>>() -> B::SetterEntry {
        B::class_setter_entry::<AdaptedClass<Self, C>, Adapted<Self, F>>()
    }

    fn class_create<'py, C: Class<Self>>(
        py: At<'py, B>,
        spec: ClassSpec<'_, Self>,
    ) -> Maybe<'py, B, Object<'py, B, kind::Type>> {
        let ClassSpec { name, module, doc, flags, members } = spec;
        let spec = ClassSpec { name, module, doc, flags, members: adapt_members::<B, Self>(members) };
        B::class_create::<AdaptedClass<Self, C>>(py.inner(), spec).outer()
    }

    fn class_set_attribute<'py>(
        py: At<'py, B>,
        class: Handle<'_, B, kind::Type>,
        name: Handle<'_, B, kind::Str>,
        value: Handle<'_, B>,
    ) -> Maybe<'py, B, ()> {
        B::class_set_attribute(py.inner(), class.inner(), name.inner(), value.inner())
    }

    unsafe fn class_allocate<'py, C: Class<Self>>(
        py: At<'py, B>,
        subtype: Handle<'_, B, kind::Type>,
        values: <Derived<C> as BaseClass<Self>>::Values,
    ) -> Maybe<'py, B, Object<'py, B>> {
        // SAFETY: as the caller promises.
        unsafe { B::class_allocate::<AdaptedClass<Self, C>>(py.inner(), subtype.inner(), values) }.outer()
    }

    unsafe fn class_has_memory<C: Class<Self>>(object: Handle<'_, B>) -> bool {
        // SAFETY: as the caller promises.
        unsafe { B::class_has_memory::<AdaptedClass<Self, C>>(object.inner()) }
    }

    unsafe fn class_payload<'a, C: Class<Self>>(object: Handle<'a, B>) -> &'a C::Payload {
        // SAFETY: as the caller promises.
        unsafe { B::class_payload::<AdaptedClass<Self, C>>(object.inner()) }
    }
}

impl<B: Backend> ProtocolOps for Core<B> {
    fn slot_constructor<C: Class<Self>, F: Function<Self>>() -> B::SlotEntry {
        B::slot_constructor::<AdaptedClass<Self, C>, Adapted<Self, F>>()
    }
}

impl<B: Backend> CapsuleOps for Core<B> {
    fn capsule_destructor<F: CapsuleDropFn<Self>>() -> CapsuleDestructor<Self> {
        B::capsule_destructor::<Adapted<Self, F>>()
    }

    unsafe fn capsule_new<'py>(
        py: At<'py, B>,
        pointer: NonNull<c_void>,
        name: Option<&'static CStr>,
        destructor: Option<CapsuleDestructor<Self>>,
    ) -> Maybe<'py, B, Object<'py, B, kind::Capsule>> {
        // SAFETY: as the caller promises.
        unsafe { B::capsule_new(py.inner(), pointer, name, destructor) }.outer()
    }

    fn capsule_parts<'py>(py: At<'py, B>, capsule: Handle<'_, B, kind::Capsule>) -> Maybe<'py, B, CapsuleParts> {
        B::capsule_parts(py.inner(), capsule.inner())
    }

    fn capsule_set_context<'py>(
        py: At<'py, B>,
        capsule: Handle<'_, B, kind::Capsule>,
        context: *mut c_void,
    ) -> Maybe<'py, B, ()> {
        B::capsule_set_context(py.inner(), capsule.inner(), context)
    }
}

impl<B: Backend> BufferOps for Core<B> {
    const HAS_BUFFERS: bool = B::HAS_BUFFERS;
    type BufferView = B::BufferView;

    fn buffer_get<'py>(py: At<'py, B>, object: Handle<'_, B>) -> Maybe<'py, B, B::BufferView> {
        B::buffer_get(py.inner(), object.inner())
    }

    fn buffer_layout(view: &B::BufferView) -> BufferLayout<'_, Self> {
        let BufferLayout { start, len, item_size, read_only, format, shape, strides, suboffsets, object } =
            B::buffer_layout(view);
        // SAFETY: the decorator is a view of the inner backend, and the handles of both are transparent over the same
        // pointer.
        let object = object.map(|object| unsafe { &*std::ptr::from_ref(object).cast() });
        BufferLayout { start, len, item_size, read_only, format, shape, strides, suboffsets, object }
    }

    fn buffer_release(py: At<'_, B>, view: B::BufferView) {
        B::buffer_release(py.inner(), view);
    }
}
