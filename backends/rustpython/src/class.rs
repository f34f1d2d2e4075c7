//! Creating types and instances.
//!
//! A class becomes a static type of the VM, created the way RustPython's derive macros create the built-in ones: first
//! the type with an empty table of slots, then its slots, then the visible wrappers (`C.__neg__`) for its own slots,
//! and last the inherited slots.

use core::ffi::CStr;

use pyo3_backend::{
    Attached, BaseClass, Class, ClassFlags, ClassOps, ClassSpec, Derived, ExceptionType, Function, FunctionDef, Member,
    MethodKind, Outcome, Owned, Ref, SetFn, Special, UnaryFn, kind,
};
use rustpython_vm::builtins::{PyBaseObject, PyGetSet, PyType, object_generic_set_dict, object_get_dict};
use rustpython_vm::class::add_operators;
use rustpython_vm::function::{
    Callee, FuncArgs, ItemDoc, PyMethodFlags, PyNativeFn, PySetterValue, plain_doc, static_raw_func,
};
use rustpython_vm::object::SIZEOF_PYOBJECT_HEAD;
use rustpython_vm::types::{PyTypeFlags, PyTypeSlots, SLOT_DEFS, hash_not_implemented};
use rustpython_vm::{AsObject, Context, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use crate::base::{Make, NativeInfo, refusal};
use crate::convert::{leak, lend, object, outcome, own, own_as, payload, plain_result, result, static_text};
use crate::error::raise_message;
use crate::function::{VmArguments, calling_flags, item_doc, leak_definition};
use crate::layout::{Layout, NEW_DOC, announced_size};
use crate::payload::{NativePart, Payload, expose, payload_of};
use crate::slots::{New, SlotEntry, Target, inherit_right_operators};
use crate::vm::{enter, vm};
use crate::{RustPython, tzinfo, unicode_errors};

/// The place where a method is defined, which its native form remembers.
struct MethodSite {
    /// The name of the method in error messages.
    name: &'static str,
    class: &'static Py<PyType>,
}

/// The entry of a method, which creates its native form.
#[derive(Clone, Copy)]
pub struct MethodEntry(fn(MethodSite) -> &'static dyn PyNativeFn);

/// The entry of a getter. Its argument is an instance.
#[derive(Clone, Copy)]
pub struct GetterEntry(fn(&PyObject, &VirtualMachine) -> PyResult);

/// The entry of a setter. Its first argument is an instance.
#[derive(Clone, Copy)]
pub struct SetterEntry(fn(&PyObject, PySetterValue, &VirtualMachine) -> PyResult<()>);

impl ClassOps for RustPython {
    type MethodEntry = MethodEntry;
    type GetterEntry = GetterEntry;
    type SetterEntry = SetterEntry;
    type SlotEntry = SlotEntry;
    type NativeInfo<P: 'static> = NativeInfo<P>;

    fn class_method_entry<C: Class<Self>, F: Function<Self>>(kind: MethodKind) -> MethodEntry {
        match (kind, F::NO_ARGUMENTS) {
            // The VM has checked the receiver.
            (MethodKind::Instance, false) => MethodEntry(|_| static_raw_func(method::<F>)),
            (MethodKind::Instance, true) => MethodEntry(|site| {
                leak(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| {
                    let receiver = first_argument(&arguments, vm)?;
                    VmArguments::method(&arguments).expect_none(site.name, vm)?;
                    result(enter(vm, |py| F::call(py, Some(lend(receiver)), VmArguments::method(&arguments))))
                })
            }),
            (MethodKind::Class, no_arguments) => {
                // Two functions instead of a captured flag, because an entry is a plain function pointer.
                if no_arguments {
                    MethodEntry(|site| leak(class_method::<F, true>(site)))
                } else {
                    MethodEntry(|site| leak(class_method::<F, false>(site)))
                }
            }
            (MethodKind::Static, false) => MethodEntry(|_| {
                static_raw_func(|vm: &VirtualMachine, arguments: FuncArgs, _: Callee| {
                    result(enter(vm, |py| F::call(py, None, VmArguments::function(&arguments))))
                })
            }),
            (MethodKind::Static, true) => MethodEntry(|site| {
                leak(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| {
                    VmArguments::function(&arguments).expect_none(site.name, vm)?;
                    result(enter(vm, |py| F::call(py, None, VmArguments::function(&arguments))))
                })
            }),
        }
    }

    fn class_getter_entry<C: Class<Self>, F: UnaryFn<Self>>() -> GetterEntry {
        GetterEntry(|object, vm| result(enter(vm, |py| F::call(py, lend(object)))))
    }

    fn class_setter_entry<C: Class<Self>, F: SetFn<Self>>() -> SetterEntry {
        SetterEntry(|object, value, vm| {
            let value = match &value {
                PySetterValue::Assign(value) => Some(lend(value)),
                PySetterValue::Delete => None,
            };
            plain_result(enter(vm, |py| F::call(py, lend(object), lend(vm.ctx.none.as_object()), value)))
        })
    }

    fn class_create<'py, C: Class<Self>>(
        py: Attached<'py, Self>,
        spec: ClassSpec<'_, Self>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::Type>> {
        const { Payload::<C>::LAYOUT };
        let vm = vm(py);
        let base = C::Base::type_object(py);
        let layout = Layout {
            size: size_of::<Py<Payload<C>>>(),
            alignment: Payload::<C>::ALIGNMENT,
            native_size: (<C::Base as BaseClass<Self>>::IS_NATIVE && Payload::<C>::INFO.is_known())
                .then_some(size_of::<Py<NativePart<Derived<C>>>>()),
            has_dict: C::HAS_DICT,
            has_weakrefs: C::HAS_WEAKREFS,
            rooted_in_object: Payload::<C>::IS_ROOTED_IN_OBJECT,
        };
        outcome(py, create(payload(base), &layout, spec, vm)).map(|class| own_as(py, class.to_owned()))
    }

    fn class_set_attribute<'py>(
        py: Attached<'py, Self>,
        class: Ref<'_, Self, kind::Type>,
        name: Ref<'_, Self, kind::Str>,
        value: Ref<'_, Self>,
    ) -> Outcome<'py, Self, ()> {
        let Some(name) = payload(name).to_str() else {
            return Err(raise_message(
                py,
                ExceptionType::ValueError,
                "the name of a class attribute must not hold surrogates",
            ));
        };
        let class_payload = payload(class);
        let name = Context::genesis().intern_str(name);
        // Python code cannot change the attributes that describe a type created like this. This entry is only read.
        let describes = ["__module__", "__name__", "__qualname__"].contains(&name.as_str());
        if describes || class_payload.slots().flags.has_feature(PyTypeFlags::IMMUTABLETYPE) {
            class_payload.set_attr(name, object(value).to_owned());
            return Ok(());
        }
        // The setter of the type itself handles special cases, such as the effect of `__hash__ = None` on slots.
        outcome(py, object(class.any()).set_attr(name, object(value).to_owned(), vm(py)))
    }

    #[inline]
    unsafe fn class_allocate<'py, C: Class<Self>>(
        py: Attached<'py, Self>,
        subtype: Ref<'_, Self, kind::Type>,
        values: <Derived<C> as BaseClass<Self>>::Values,
    ) -> Outcome<'py, Self, Owned<'py, Self>> {
        let native = match Payload::<C>::INFO.make {
            Make::Constant(make) => make(),
            Make::WithMachine(make) => outcome(py, make(vm(py)))?,
            Make::Never => {
                let root = payload(<Derived<C> as BaseClass<Self>>::root_type_object(py));
                return outcome(py, Err(refusal(root, vm(py))));
            }
        };
        // The `__dict__` is created on first use.
        let object: PyObjectRef =
            PyRef::new_ref(Payload::<C>::new(native, values), payload(subtype).to_owned(), None).into();
        expose(&object);
        Ok(own(py, object))
    }

    #[inline]
    unsafe fn class_has_memory<C: Class<Self>>(handle: Ref<'_, Self>) -> bool {
        // The constructor of `object` creates objects without a payload. It is reached if Python code leaves a class no
        // other constructor: `del C.__new__`, `C.__new__ = lambda cls: object.__new__(cls)`. The VM refuses to call it
        // for other classes. The constructors of the other native types check the size, which no two of our types
        // share.
        !object(handle).downcastable::<PyBaseObject>()
    }

    #[inline]
    unsafe fn class_payload<'a, C: Class<Self>>(handle: Ref<'a, Self>) -> &'a C::Payload {
        // SAFETY: upheld by the caller.
        unsafe { payload_of::<C>(handle) }
    }
}

/// Creates the type object of a class.
fn create(
    base: &Py<PyType>,
    layout: &Layout,
    spec: ClassSpec<'_, RustPython>,
    vm: &VirtualMachine,
) -> PyResult<&'static Py<PyType>> {
    let ctx = Context::genesis();
    if !base.slots().flags.has_feature(PyTypeFlags::BASETYPE) && !base.is(ctx.types.object_type) {
        return Err(vm.new_type_error(format!("type '{}' is not an acceptable base type", base.slot_name())));
    }
    let base_size = base.slots().basicsize.max(SIZEOF_PYOBJECT_HEAD);
    if layout.native_size.is_some_and(|size| size != base_size) {
        // The base has a payload of its own, which is larger than that of the expected kind.
        return Err(vm.new_type_error(format!(
            "type '{}' cannot be extended: its instances have a layout of their own",
            base.slot_name()
        )));
    }

    let class = make_type(base, base_size, layout, &spec, ctx);
    let doc = class.slots().doc;
    let mut target = Target { class, flags: spec.flags, construct: None };
    let mut specials = Vec::new();
    // First, so that the class's own methods replace these.
    tzinfo::add_methods(class, base, ctx);
    unicode_errors::add_init(class, base, ctx);
    for member in spec.members {
        match member {
            Member::Method { def, kind, entry } => add_method(class, spec.name, &def, kind, entry, ctx),
            Member::Property { name, doc, getter, setter } => add_property(class, name, doc, getter, setter, ctx),
            Member::Slot(SlotEntry(install)) => install(&mut target),
            Member::Unhashable => target.slots().hash.store(Some(hash_not_implemented)),
            Member::Special(special) => specials.push(special),
        }
    }
    if layout.has_dict {
        let dict = ctx.new_static_getset("__dict__", class, object_get_dict, object_generic_set_dict);
        class.set_attr(ctx.intern_str("__dict__"), dict.into());
    }
    let doc = plain_doc(doc).map(|doc| doc_body(spec.name, doc));
    class.set_attr(ctx.intern_str("__doc__"), doc.map_or_else(|| ctx.none(), |doc| ctx.new_str(doc).into()));

    finish_slots(&target, layout, ctx);
    add_specials(class, spec.name, specials, vm)?;
    Ok(class)
}

/// Adds methods that implement protocols. The VM updates its slots from them when an attribute of a class is set.
fn add_specials(
    class: &'static Py<PyType>,
    class_name: &str,
    specials: Vec<Special<RustPython>>,
    vm: &VirtualMachine,
) -> PyResult<()> {
    let ctx = Context::genesis();
    for Special { name, entry } in specials {
        let def = FunctionDef { name, doc: c"", no_arguments: false };
        add_method(class, class_name, &def, MethodKind::Instance, entry, ctx);
        let name = ctx.intern_str(static_text(name));
        if class.slots().flags.has_feature(PyTypeFlags::IMMUTABLETYPE) {
            continue;
        }
        let method = class.get_direct_attr(name);
        if let Some(method) = method {
            class.as_object().set_attr(name, method, vm)?;
        }
    }
    Ok(())
}

/// Creates the type object, without any members.
fn make_type(
    base: &Py<PyType>,
    base_size: usize,
    layout: &Layout,
    spec: &ClassSpec<'_, RustPython>,
    ctx: &'static Context,
) -> &'static Py<PyType> {
    // The VM splits the full name at the last dot and looks up the rest among the interned strings.
    ctx.intern_str(spec.name);
    // CPython puts types without a module into `builtins`, and error messages say so.
    let full_name = format!("{}.{}", spec.module.unwrap_or("builtins"), spec.name);
    let mut slots = PyTypeSlots::new(Box::leak(full_name.into_boxed_str()), type_flags(layout, spec.flags));
    slots.basicsize = announced_size(layout.size.max(base_size + 1));
    slots.itemsize = layout.announced_item_size();
    slots.doc = if spec.doc.is_empty() { ItemDoc::NONE } else { ItemDoc::static_text(static_text(spec.doc)) };
    let made = PyType::new_static(base.to_owned(), Default::default(), slots, ctx.types.type_type.to_owned());
    let class = match made {
        Ok(class) => PyRef::leak(class),
        Err(message) => unreachable!("the VM makes a static type on top of any base: {message}"),
    };
    class.as_object().make_immortal();
    class.set_attr(ctx.intern_str("__module__"), ctx.new_str(spec.module.unwrap_or("builtins")).into());
    class
}

fn type_flags(layout: &Layout, flags: ClassFlags) -> PyTypeFlags {
    let mut bits = PyTypeFlags::empty();
    let wanted = [
        // As on CPython, it is not one of the runtime's static types: an empty doc stays empty, and `__annotations__`
        // exists.
        (true, PyTypeFlags::HEAPTYPE),
        (flags.subclassable, PyTypeFlags::BASETYPE),
        (flags.immutable, PyTypeFlags::IMMUTABLETYPE),
        (flags.mapping, PyTypeFlags::MAPPING),
        (flags.sequence, PyTypeFlags::SEQUENCE),
        (layout.has_dict, PyTypeFlags::HAS_DICT),
        (layout.has_dict, PyTypeFlags::MANAGED_DICT),
        (layout.has_weakrefs, PyTypeFlags::HAS_WEAKREF),
        (layout.has_weakrefs, PyTypeFlags::MANAGED_WEAKREF),
    ];
    for (is_wanted, bit) in wanted {
        if is_wanted {
            bits.insert(bit);
        }
    }
    bits
}

/// Finishes the slots, after the class's own ones are stored.
fn finish_slots(target: &Target, layout: &Layout, ctx: &'static Context) {
    let class = target.class;
    let slots = class.slots();
    if slots.richcompare.load().is_some() && slots.hash.load().is_none() {
        // As in Python, a class that redefines `==` has no hash unless it also defines one.
        slots.hash.store(Some(hash_not_implemented));
    }
    match target.construct {
        None => {
            // The VM has stored the constructor of the base, which creates instances of the base.
            slots.new.store(None);
            slots.flags.insert(PyTypeFlags::DISALLOW_INSTANTIATION);
        }
        Some(construct) => {
            let new =
                leak_definition("__new__", NEW_DOC, PyMethodFlags::STATIC, leak(checked_new(class, slots.new.load())));
            class.set_attr(ctx.intern_str("__new__"), new.build_staticmethod(ctx, class).into());
            if layout.rooted_in_object && slots.call.load().is_none() && slots.init.load().is_none() {
                slots.vectorcall.store(Some(construct));
            }
        }
    }
    add_operators(class, ctx, &[]);
    let bases = class.mro_collect();
    for base in bases.iter().skip(1) {
        for definition in SLOT_DEFS {
            definition.accessor.copyslot_if_none(class, base);
        }
        inherit_right_operators(class, base);
    }
}

/// Returns `C.__new__`, which may be called with any type.
///
/// `make` is the class's own constructor. It is passed in because the type's slot may change: then the slot calls
/// `__new__`, which is this function.
fn checked_new(class: &'static Py<PyType>, make: Option<New>) -> impl PyNativeFn {
    move |vm: &VirtualMachine, mut arguments: FuncArgs, _: Callee| {
        let name = class.slot_name();
        let Some(subtype) = arguments.take_positional() else {
            return Err(vm.new_type_error(format!("{name}.__new__(): not enough arguments")));
        };
        let subtype = subtype.downcast::<PyType>().map_err(|other| {
            vm.new_type_error(format!("{name}.__new__(X): X is not a type object ({})", other.class().name()))
        })?;
        if !subtype.fast_issubclass(class) {
            let other = subtype.slot_name();
            return Err(vm.new_type_error(format!("{name}.__new__({other}): {other} is not a subtype of {name}")));
        }
        // The nearest base that is not written in Python decides the layout of an instance.
        let native = subtype.iter_base_chain().find(|base| base.heaptype_ext().is_none());
        if let Some(native) = native.filter(|native| !native.is(class)) {
            let message =
                format!("{name}.__new__({}) is not safe, use {}.__new__()", subtype.slot_name(), native.slot_name());
            return Err(vm.new_type_error(message));
        }
        match make {
            Some(make) => make(subtype, arguments, vm),
            None => Err(vm.new_type_error(format!("cannot create '{name}' instances"))),
        }
    }
}

fn add_method(
    class: &'static Py<PyType>,
    class_name: &str,
    def: &FunctionDef,
    kind: MethodKind,
    entry: MethodEntry,
    ctx: &'static Context,
) {
    let name = static_text(def.name);
    let full_name = if def.no_arguments { Box::leak(format!("{class_name}.{name}").into_boxed_str()) } else { name };
    let native = (entry.0)(MethodSite { name: full_name, class });
    let binding = match kind {
        MethodKind::Instance => PyMethodFlags::METHOD,
        MethodKind::Class => PyMethodFlags::CLASS,
        MethodKind::Static => PyMethodFlags::STATIC,
    };
    let definition = leak_definition(name, item_doc(def.doc), calling_flags(def.no_arguments).union(binding), native);
    class.set_attr(ctx.intern_str(name), definition.to_proper_method(class, ctx));
}

fn add_property(
    class: &'static Py<PyType>,
    name: &'static CStr,
    doc: &'static CStr,
    getter: Option<GetterEntry>,
    setter: Option<SetterEntry>,
    ctx: &'static Context,
) {
    let name = static_text(name);
    // A property of the VM accepts any receiver.
    let check = move |object: &PyObject, vm: &VirtualMachine| {
        if object.class().is(class) || object.fast_isinstance(class) {
            Ok(())
        } else {
            Err(wrong_receiver(name, class, object, vm))
        }
    };
    let mut property = PyGetSet::new(name, class, ctx).with_doc(item_doc(doc));
    if let Some(GetterEntry(get)) = getter {
        property = property.with_get(move |object: PyObjectRef, vm: &VirtualMachine| -> PyResult {
            check(&object, vm)?;
            get(&object, vm)
        });
    }
    if let Some(SetterEntry(set)) = setter {
        property =
            property.with_set(move |object: PyObjectRef, value: PySetterValue, vm: &VirtualMachine| -> PyResult<()> {
                check(&object, vm)?;
                set(&object, value, vm)
            });
    }
    class.set_attr(ctx.intern_str(name), property.into_ref(ctx).into());
}

#[cold]
fn wrong_receiver(
    name: &str,
    class: &Py<PyType>,
    object: &PyObject,
    vm: &VirtualMachine,
) -> rustpython_vm::builtins::PyBaseExceptionRef {
    let (expected, got) = (class.slot_name(), object.class().slot_name());
    vm.new_type_error(format!("descriptor '{name}' for '{expected}' objects doesn't apply to a '{got}' object"))
}

/// Returns a doc without the text signature at its start.
fn doc_body<'a>(name: &str, doc: &'a str) -> &'a str {
    const END_OF_SIGNATURE: &str = ")\n--\n\n";
    let has_signature = doc.strip_prefix(name).is_some_and(|rest| rest.starts_with('('));
    match doc.find(END_OF_SIGNATURE) {
        Some(end) if has_signature => &doc[end + END_OF_SIGNATURE.len()..],
        _ => doc,
    }
}

fn method<F: Function<RustPython>>(vm: &VirtualMachine, arguments: FuncArgs, _: Callee) -> PyResult {
    let receiver = first_argument(&arguments, vm)?;
    result(enter(vm, |py| F::call(py, Some(lend(receiver)), VmArguments::method(&arguments))))
}

fn class_method<F: Function<RustPython>, const NO_ARGUMENTS: bool>(site: MethodSite) -> impl PyNativeFn {
    move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| {
        let receiver = first_argument(&arguments, vm)?;
        // `__get__` of a class method binds it to any type.
        if !receiver
            .downcast_ref::<PyType>()
            .is_some_and(|class| class.is(site.class) || class.fast_issubclass(site.class))
        {
            return Err(wrong_receiver(site.name, site.class, receiver, vm));
        }
        let arguments = VmArguments::method(&arguments);
        if NO_ARGUMENTS {
            arguments.expect_none(site.name, vm)?;
        }
        result(enter(vm, |py| F::call(py, Some(lend(receiver)), arguments)))
    }
}

#[inline]
fn first_argument<'a>(arguments: &'a FuncArgs, vm: &VirtualMachine) -> PyResult<&'a PyObject> {
    match arguments.args.first() {
        Some(receiver) => Ok(receiver),
        None => Err(vm.new_type_error("an unbound method needs an argument")),
    }
}
