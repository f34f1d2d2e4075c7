//! Functions, classes, protocols and modules, with the entries through which Python calls Rust.

use std::ffi::CStr;

use pyo3_backend::*;

use super::adapters::{Adapted, AdaptedClass, Inner, Outer, adapt_members};
use super::frame::{Before, Operation, Python, called, told};
use super::operations::{operations, python};
use super::plain::Settled;
use super::{At, Checked, Handle, Maybe, Object};

impl<B: Backend> FunctionOps for Checked<B> {
    type FunctionState = B::FunctionState;

    #[track_caller]
    fn function_new<'py, F: DefinedFunction<Self>>(
        py: At<'py, B>,
        module: Option<Handle<'_, B, kind::Module>>,
    ) -> Maybe<'py, B, Object<'py, B, kind::BuiltinFunction>> {
        let operation = Operation::<B>::enter("function_new", Python::Collects, Before::NothingRaised);
        let made = B::function_new::<Adapted<Self, F>>(py.inner(), module.inner());
        operation.ran(Some(made.is_ok()));
        made.outer()
    }

    #[track_caller]
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
        let operation = Operation::<B>::enter("function_from_closure", Python::Collects, Before::NothingRaised);
        let closure = Told(Some(closure));
        let made = B::function_from_closure(py.inner(), name, doc, move |py, args, kwargs| {
            let call = || closure.get()(py.outer(), args.outer(), kwargs.outer()).map(Inner::inner);
            called::<B, _>("closure", call, Result::is_ok)
        });
        operation.ran(Some(made.is_ok()));
        made.outer()
    }
}

/// A closure that the runtime drops on its own initiative.
struct Told<F>(Option<F>);

impl<F> Told<F> {
    fn get(&self) -> &F {
        self.0.as_ref().expect("it is there until it is dropped")
    }
}

impl<F> Drop for Told<F> {
    fn drop(&mut self) {
        told("drop of a closure", || drop(self.0.take()));
    }
}

operations! {
    impl ModuleOps, NothingRaised, by hand {
        type ModuleState = B::ModuleState;

        fn module_init<M: Module<Self>>() -> *mut B::Object {
            B::module_init::<Adapted<Self, M>>()
        }

        #[track_caller]
        fn module_make<'py, M: Module<Self>>(py: At<'py, B>) -> Maybe<'py, B, Object<'py, B, kind::Module>> {
            let operation = Operation::<B>::enter("module_make", Python::Runs, Before::NothingRaised);
            let made = B::module_make::<Adapted<Self, M>>(py.inner());
            operation.ran(Some(made.is_ok()));
            made.outer()
        }

        fn module_register(name: &'static CStr, init: ModuleInit<Self>) {
            B::module_register(name, init);
        }
    }
    collects module_new(py, name: Handle<'_, B, kind::Str>) -> Maybe<'py, B, Object<'py, B, kind::Module>>;
    quiet module_dict(py, module: Handle<'_, B, kind::Module>) -> Object<'py, B, kind::Dict>;
    quiet module_name(py, module: Handle<'_, B, kind::Module>) -> Maybe<'py, B, Object<'py, B, kind::Str>>;
    quiet module_filename(py, module: Handle<'_, B, kind::Module>) -> Maybe<'py, B, Object<'py, B, kind::Str>>;
    quiet module_set_gil_used(py, module: Handle<'_, B, kind::Module>, gil_used: bool) -> Maybe<'py, B, ()>;
    runs module_exec_code(
        py, name: &CStr, filename: &CStr, code: Handle<'_, B, kind::Code>,
    ) -> Maybe<'py, B, Object<'py, B>>;
}

operations! {
    impl ClassOps, NothingRaised, by hand {
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

        #[track_caller]
        fn class_create<'py, C: Class<Self>>(
            py: At<'py, B>,
            spec: ClassSpec<'_, Self>,
        ) -> Maybe<'py, B, Object<'py, B, kind::Type>> {
            let operation = Operation::<B>::enter("class_create", Python::Runs, Before::NothingRaised);
            let ClassSpec { name, module, doc, flags, members } = spec;
            let spec = ClassSpec { name, module, doc, flags, members: adapt_members::<B, Self>(members) };
            let made = B::class_create::<AdaptedClass<Self, C>>(py.inner(), spec);
            operation.ran(Some(made.is_ok()));
            made.outer()
        }

        #[track_caller]
        unsafe fn class_allocate<'py, C: Class<Self>>(
            py: At<'py, B>,
            subtype: Handle<'_, B, kind::Type>,
            values: <Derived<C> as BaseClass<Self>>::Values,
        ) -> Maybe<'py, B, Object<'py, B>> {
            let operation = Operation::<B>::enter("class_allocate", Python::Runs, Before::NothingRaised);
            let (py, subtype) = (py.inner(), subtype.inner());
            // SAFETY: as the caller promises.
            let made = unsafe { B::class_allocate::<AdaptedClass<Self, C>>(py, subtype, values) };
            operation.ran(Some(made.is_ok()));
            let is_instance = |object: &Owned<'_, B>| B::type_is_subtype(py, B::type_of(py, object.as_ref()), subtype);
            operation.promises(|| made.as_ref().map_or(true, is_instance), "the result is an instance of the requested type");
            made.outer()
        }

        #[track_caller]
        unsafe fn class_has_memory<C: Class<Self>>(object: Handle<'_, B>) -> bool {
            let _operation = Operation::<B>::enter_anywhere("class_has_memory", Python::Never);
            // SAFETY: as the caller promises.
            unsafe { B::class_has_memory::<AdaptedClass<Self, C>>(object.inner()) }
        }

        #[track_caller]
        unsafe fn class_payload<'a, C: Class<Self>>(object: Handle<'a, B>) -> &'a C::Payload {
            let _operation = Operation::<B>::enter_anywhere("class_payload", Python::Never);
            // SAFETY: as the caller promises.
            unsafe { B::class_payload::<AdaptedClass<Self, C>>(object.inner()) }
        }
    }
    quiet class_set_attribute(
        py, class: Handle<'_, B, kind::Type>, name: Handle<'_, B, kind::Str>, value: Handle<'_, B>,
    ) -> Maybe<'py, B, ()>;
}

fn special<B: Backend>(method: Special<B>) -> Special<Checked<B>> {
    Special { name: method.name, entry: method.entry }
}

/// Converts the implementation of a protocol for the decorator.
pub(super) fn outer<B: Backend>(protocol: Protocol<B>) -> Protocol<Checked<B>> {
    match protocol {
        Protocol::Slot(entry) => Protocol::Slot(entry),
        Protocol::Methods(methods) => Protocol::Methods(methods.into_iter().map(special).collect()),
    }
}

/// Implements the operations for protocols, which touch no object.
macro_rules! slots {
    ($($name:ident<$shape:ident>($($slot:ident: $type:ty)?);)*) => {
        $(fn $name<C: Class<Self>, F: $shape<Self>>($($slot: $type)?) -> Protocol<Self> {
            outer(B::$name::<AdaptedClass<Self, C>, Adapted<Self, F>>($($slot)?))
        })*
    };
}

impl<B: Backend> ProtocolOps for Checked<B> {
    slots! {
        slot_unary<UnaryFn>(slot: UnarySlot);
        slot_next<NextFn>();
        slot_len<LenFn>();
        slot_hash<HashFn>();
        slot_bool<BoolFn>();
        slot_contains<ContainsFn>();
        slot_binary<BinaryFn>(slot: BinarySlot);
        slot_repeat<RepeatFn>(slot: RepeatSlot);
        slot_ternary<TernaryFn>(slot: TernarySlot);
        slot_compare<CompareFn>();
        slot_set<SetFn>(slot: SetSlot);
        slot_descriptor_get<DescriptorGetFn>();
        slot_call<Function>();
        slot_init<Function>();
    }

    fn slot_constructor<C: Class<Self>, F: Function<Self>>() -> B::SlotEntry {
        B::slot_constructor::<AdaptedClass<Self, C>, Adapted<Self, F>>()
    }

    #[track_caller]
    fn slot_generic_get_attribute<'py>(
        py: At<'py, B>,
        object: Handle<'_, B>,
        name: Handle<'_, B>,
    ) -> Maybe<'py, B, Object<'py, B>> {
        let operation = Operation::<B>::enter("slot_generic_get_attribute", Python::Runs, Before::NothingRaised);
        let value = B::slot_generic_get_attribute(py.inner(), object.inner(), name.inner());
        operation.ran(Some(value.is_ok()));
        value.outer()
    }
}
