//! Functions, modules and classes of the toy.

use super::*;

/// The arguments of a call. There are only positional ones.
#[derive(Clone, Copy)]
struct Given<'a>(&'a [Pointer]);

/// The name of a keyword argument. There are none.
enum Name {}

impl KeywordName<Toy> for Name {
    fn text(&self, _py: At<'_>) -> Option<&str> {
        match *self {}
    }

    fn to_object<'py>(&self, _py: At<'py>) -> Own<'py, kind::Str> {
        match *self {}
    }
}

impl<'a> Arguments<'a, Toy> for Given<'a> {
    type Name = Name;

    fn positional(self) -> &'a [Handle<'a>] {
        // SAFETY: handles are transparent over the pointer.
        unsafe { std::slice::from_raw_parts(self.0.as_ptr().cast(), self.0.len()) }
    }

    fn keyword_count(self) -> usize {
        0
    }

    fn each_keyword<E>(self, _py: At<'_>, _visit: impl FnMut(&Name, Handle<'a>) -> Result<(), E>) -> Result<(), E> {
        Ok(())
    }
}

/// A function in the form that the toy calls: with an optional receiver and the arguments.
pub type Function_ = fn(Option<Pointer>, &[Pointer]) -> Result<Pointer, Raised>;

fn function<F: Function<Toy>>(receiver: Option<Pointer>, arguments: &[Pointer]) -> Result<Pointer, Raised> {
    // SAFETY: the toy calls functions on attached threads.
    let py = unsafe { Attached::assume() };
    F::call(py, receiver.map(lend), Given(arguments)).map(Owned::into_ptr)
}

fn getter<F: UnaryFn<Toy>>(receiver: Option<Pointer>, _arguments: &[Pointer]) -> Result<Pointer, Raised> {
    // SAFETY: as above.
    let py = unsafe { Attached::assume() };
    F::call(py, lend(receiver.expect("a getter has one"))).map(Owned::into_ptr)
}

impl FunctionOps for Toy {
    type FunctionState = ();

    fn function_new<'py, F: DefinedFunction<Toy>>(
        _py: At<'py>,
        module: Option<Handle<'_, kind::Module>>,
    ) -> Outcome<'py, Toy, Own<'py, kind::BuiltinFunction>> {
        let module = module.map(Handle::as_ptr);
        let native: Native = Box::new(move |_, arguments| function::<F>(module, arguments));
        Ok(make(BuiltinType::BuiltinFunction, Value::Function(native)))
    }

    fn function_from_closure<'py, F>(
        _py: At<'py>,
        _name: &'static CStr,
        _doc: &'static CStr,
        closure: F,
    ) -> Outcome<'py, Toy, Own<'py, kind::BuiltinFunction>>
    where
        F: for<'a> Fn(At<'a>, Handle<'a, kind::Tuple>, Option<Handle<'a, kind::Dict>>) -> Outcome<'a, Toy, Own<'a>>
            + Send
            + 'static,
    {
        let native: Native = Box::new(move |py, arguments| {
            if is(Fault::ConstructorSeesException) {
                std::mem::forget(set_pending(ExceptionType::ValueError));
            }
            let arguments = arguments.iter().copied().map(retain).collect();
            let arguments: Own<'_, kind::Tuple> = make(BuiltinType::Tuple, Value::Tuple(arguments));
            closure(py, arguments.as_ref(), None).map(Owned::into_ptr)
        });
        Ok(make(BuiltinType::BuiltinFunction, Value::Function(native)))
    }
}

impl ModuleOps for Toy {
    type ModuleState = ();

    fn module_init<M: Module<Toy>>() -> *mut Object {
        builtin(BuiltinType::Module).as_ptr()
    }

    fn module_register(_name: &'static CStr, _init: ModuleInit<Toy>) {}
}

impl NativeBase<Toy> for kind::Any {
    type Part = ();
    const INFO: () = ();
}

impl ClassOps for Toy {
    type MethodEntry = Function_;
    type GetterEntry = Function_;
    type SetterEntry = ();
    type SlotEntry = Function_;
    type NativeInfo<P: 'static> = ();

    fn class_method_entry<C: Class<Toy>, F: Function<Toy>>(_kind: MethodKind) -> Function_ {
        function::<F>
    }

    fn class_getter_entry<C: Class<Toy>, F: UnaryFn<Toy>>() -> Function_ {
        getter::<F>
    }

    fn class_setter_entry<C: Class<Toy>, F: SetFn<Toy>>() {}

    fn class_create<'py, C: Class<Toy>>(
        py: At<'py>,
        _spec: ClassSpec<'_, Toy>,
    ) -> Outcome<'py, Toy, Own<'py, kind::Type>> {
        let base = <C::Base as BaseClass<Toy>>::type_object(py).as_ptr();
        Ok(make(BuiltinType::Type, Value::Type(Some(base))))
    }

    fn class_set_attribute<'py>(
        py: At<'py>,
        _class: Handle<'_, kind::Type>,
        _name: Handle<'_, kind::Str>,
        _value: Handle<'_>,
    ) -> Outcome<'py, Toy, ()> {
        if is(Fault::ClassSetAttributeRunsPython) {
            run_python(py);
        }
        Ok(())
    }

    unsafe fn class_allocate<'py, C: Class<Toy>>(
        _py: At<'py>,
        subtype: Handle<'_, kind::Type>,
        values: <Derived<C> as BaseClass<Toy>>::Values,
    ) -> Outcome<'py, Toy, Own<'py>> {
        let memory = Box::into_raw(Box::new(values)).cast();
        let class = if is(Fault::AllocatesAnother) { builtin(BuiltinType::Object) } else { subtype.as_ptr() };
        // SAFETY: the object is new.
        Ok(unsafe { Owned::from_ptr(new(Some(class), Value::Instance(memory, TypeId::of::<C>()))) })
    }

    unsafe fn class_has_memory<C: Class<Toy>>(object: Handle<'_>) -> bool {
        matches!(of(object).value, Value::Instance(_, class) if class == TypeId::of::<C>())
    }

    unsafe fn class_payload<'a, C: Class<Toy>>(object: Handle<'a>) -> &'a C::Payload {
        let Value::Instance(memory, _) = get(object.as_ptr()).value else { unreachable!("it has the memory of one") };
        // SAFETY: `class_allocate` stored this, and instances are never freed.
        let values = unsafe { &*memory.cast::<<Derived<C> as BaseClass<Toy>>::Values>() };
        &values.own
    }
}

impl ProtocolOps for Toy {
    fn slot_constructor<C: Class<Toy>, F: Function<Toy>>() -> Function_ {
        function::<F>
    }
}
