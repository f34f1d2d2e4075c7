//! Functions that Python calls.
//!
//! Each [`Function`] becomes a plain `fn` with the VM's native signature. The VM owns the arguments of a call in a
//! vector, and the view borrows from it.

use core::ffi::CStr;
use std::collections::BTreeMap;

use pyo3_backend::{
    Arguments, Attached, DefinedFunction, Function, FunctionDef, FunctionOps, KeywordName, Lock, ModuleOps, Outcome,
    Owned, Ref, StrOps, kind,
};
use rustpython_vm::builtins::{PyModule, PyStr};
use rustpython_vm::common::wtf8::Wtf8;
use rustpython_vm::function::{Callee, FuncArgs, ItemDoc, PyMethodDef, PyMethodFlags, PyNativeFn, static_raw_func};
use rustpython_vm::{Context, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::RustPython;
use crate::closure;
use crate::convert::{leak, lend, lend_all, object, outcome, own, own_as, result, static_text};
use crate::vm::{enter, vm};

/// The name of a keyword argument, as the VM stores it.
pub struct Keyword<'a>(&'a Wtf8);

impl KeywordName<RustPython> for Keyword<'_> {
    #[inline]
    fn text(&self, _py: Attached<'_, RustPython>) -> Option<&str> {
        self.0.as_str().ok()
    }

    fn to_object<'py>(&self, py: Attached<'py, RustPython>) -> Owned<'py, RustPython, kind::Str> {
        own_as(py, Context::genesis().new_str(self.0))
    }
}

/// The arguments of one call. It has two words, so it is passed in registers. The arguments are read one by one from
/// where the VM has just written them, which is faster than copying them.
#[derive(Clone, Copy)]
pub struct VmArguments<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    /// The arguments that the VM passes to a native function.
    Function(&'a FuncArgs),
    /// The same without the first argument, the receiver.
    Method(&'a FuncArgs),
    Vector(&'a VectorArguments<'a>),
}

/// The arguments that the VM passes to a vectorcall: the positional ones, then a value for each name.
pub(crate) struct VectorArguments<'a> {
    positional: &'a [PyObjectRef],
    /// `str` objects.
    names: &'a [PyObjectRef],
    values: &'a [PyObjectRef],
}

impl<'a> VectorArguments<'a> {
    #[inline]
    pub(crate) fn new(arguments: &'a [PyObjectRef], positional: usize, names: &'a [PyObjectRef]) -> Self {
        let (positional, values) = arguments.split_at(positional);
        VectorArguments { positional, names, values }
    }
}

impl<'a> VmArguments<'a> {
    /// Creates the view of the arguments that the VM passes to a native function.
    #[inline]
    pub(crate) fn function(arguments: &'a FuncArgs) -> Self {
        VmArguments(Source::Function(arguments))
    }

    /// Creates the view of the arguments of a method. There must be a first argument, the receiver.
    #[inline]
    pub(crate) fn method(arguments: &'a FuncArgs) -> Self {
        VmArguments(Source::Method(arguments))
    }

    /// Creates the view of the arguments that the VM passes to a vectorcall.
    #[inline]
    pub(crate) fn vectorcall(arguments: &'a VectorArguments<'a>) -> Self {
        VmArguments(Source::Vector(arguments))
    }

    #[inline]
    fn objects(self) -> &'a [PyObjectRef] {
        match self.0 {
            Source::Function(arguments) => &arguments.args,
            Source::Method(arguments) => &arguments.args[1..],
            Source::Vector(arguments) => arguments.positional,
        }
    }

    /// Raises an error with CPython's message if there are any arguments.
    #[inline]
    pub(crate) fn expect_none(self, name: &str, vm: &VirtualMachine) -> PyResult<()> {
        if self.keyword_count() == 0 && self.objects().is_empty() { Ok(()) } else { Err(self.unexpected(name, vm)) }
    }

    #[cold]
    fn unexpected(self, name: &str, vm: &VirtualMachine) -> rustpython_vm::builtins::PyBaseExceptionRef {
        vm.new_type_error(if self.keyword_count() == 0 {
            format!("{name}() takes no arguments ({} given)", self.objects().len())
        } else {
            format!("{name}() takes no keyword arguments")
        })
    }
}

impl<'a> Arguments<'a, RustPython> for VmArguments<'a> {
    type Name = Keyword<'a>;

    #[inline]
    fn positional(self) -> &'a [Ref<'a, RustPython>] {
        lend_all(self.objects())
    }

    #[inline]
    fn keyword_count(self) -> usize {
        match self.0 {
            Source::Function(arguments) | Source::Method(arguments) => arguments.kwargs.len(),
            Source::Vector(arguments) => arguments.names.len(),
        }
    }

    #[inline]
    fn each_keyword<E>(
        self,
        _py: Attached<'_, RustPython>,
        mut visit: impl FnMut(&Keyword<'a>, Ref<'a, RustPython>) -> Result<(), E>,
    ) -> Result<(), E> {
        match self.0 {
            Source::Function(arguments) | Source::Method(arguments) => {
                for (name, value) in arguments.kwargs.iter() {
                    visit(&Keyword(name), lend(value))?;
                }
            }
            Source::Vector(arguments) => {
                for (name, value) in arguments.names.iter().zip(arguments.values) {
                    // The VM creates the names itself, from identifiers and from keys that it has checked to be `str`.
                    if let Some(name) = name.downcast_ref::<PyStr>() {
                        visit(&Keyword(name.as_wtf8()), lend(value))?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The place where a function is defined, which its native form remembers.
pub(crate) struct Site {
    /// The name of the function in error messages.
    pub(crate) name: &'static str,
    /// The module that the function belongs to.
    pub(crate) module: Option<ModuleAddress>,
}

/// The address of a module, which may be gone.
#[derive(Clone, Copy)]
pub(crate) struct ModuleAddress(usize);

impl ModuleAddress {
    fn of(module: Ref<'_, RustPython, kind::Module>) -> Self {
        ModuleAddress(module.as_ptr().addr().get())
    }

    /// Whether this object is that module, or one that has been allocated at the same address.
    #[inline]
    fn is(self, object: &PyObject) -> bool {
        object.as_raw().addr() == self.0 && object.downcastable::<PyModule>()
    }
}

/// The VM's definitions of one function, by the addresses of the modules that they depend on. Address 0 stands for no
/// module.
///
/// A function object refers to its definition forever. A module may be allocated at the address of one that died.
/// Sharing the definition is then correct, because it contains only the address.
#[derive(Default)]
pub struct Definitions(Lock<BTreeMap<usize, &'static PyMethodDef>>);

impl FunctionOps for RustPython {
    type FunctionState = Definitions;

    fn function_new<'py, F: DefinedFunction<Self>>(
        py: Attached<'py, Self>,
        module: Option<Ref<'_, Self, kind::Module>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::BuiltinFunction>> {
        make(py, F::DEF, F::state().get_or_init(Definitions::default), native::<F>, F::TAKES_MODULE, module)
    }

    fn function_from_closure<'py, F>(
        py: Attached<'py, Self>,
        name: &'static CStr,
        doc: &'static CStr,
        closure: F,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::BuiltinFunction>>
    where
        F: for<'a> Fn(
                Attached<'a, Self>,
                Ref<'a, Self, kind::Tuple>,
                Option<Ref<'a, Self, kind::Dict>>,
            ) -> Outcome<'a, Self, Owned<'a, Self>>
            + Send
            + 'static,
    {
        Ok(closure::function(py, name, doc, closure))
    }
}

/// Creates the native form of a function.
fn native<F: Function<RustPython>>(site: Site) -> &'static dyn PyNativeFn {
    match (F::TAKES_MODULE, F::NO_ARGUMENTS) {
        (true, true) => leak(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| {
            call_bound::<F, true>(&site, &arguments, vm)
        }),
        (true, false) => leak(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| {
            call_bound::<F, false>(&site, &arguments, vm)
        }),
        (false, true) => leak(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| {
            VmArguments::function(&arguments).expect_none(site.name, vm)?;
            call::<F>(&arguments, vm)
        }),
        (false, false) => {
            static_raw_func(|vm: &VirtualMachine, arguments: FuncArgs, _: Callee| call::<F>(&arguments, vm))
        }
    }
}

/// Creates a function object. `is_bound` says whether the object is bound to its module, which the VM then passes as the
/// first argument.
fn make<'py>(
    py: Attached<'py, RustPython>,
    def: &'static FunctionDef,
    definitions: &Definitions,
    native: fn(Site) -> &'static dyn PyNativeFn,
    is_bound: bool,
    module: Option<Ref<'_, RustPython, kind::Module>>,
) -> Outcome<'py, RustPython, Owned<'py, RustPython, kind::BuiltinFunction>> {
    let ctx = Context::genesis();
    let function: PyObjectRef = match module {
        None => definitions.get(def, native, None).build_function(ctx).into(),
        Some(module) => {
            let name = RustPython::module_name(py, module)?;
            let module_name = RustPython::str_to_utf8(py, name.as_ref())?;
            // Only such functions need to know their module.
            let site = (is_bound || def.no_arguments).then_some((module, module_name));
            let definition = definitions.get(def, native, site);
            let module_name = ctx.intern_str(module_name);
            let module = object(module.any()).to_owned();
            if is_bound {
                let function: PyObjectRef = definition.build_bound_function(ctx, module).into();
                let named = function.set_attr(ctx.intern_str("__module__"), module_name.to_owned(), vm(py));
                outcome(py, named)?;
                function
            } else {
                definition.to_function().with_module(module_name).with_module_object(module).into_ref(ctx).into()
            }
        }
    };
    // SAFETY: all three ways create a `builtin_function_or_method`.
    Ok(unsafe { own(py, function).assume_kind() })
}

impl Definitions {
    /// Returns the definition for a function of a module, which is created once.
    fn get(
        &self,
        def: &'static FunctionDef,
        native: fn(Site) -> &'static dyn PyNativeFn,
        module: Option<(Ref<'_, RustPython, kind::Module>, &str)>,
    ) -> &'static PyMethodDef {
        let address = module.map(|(module, _)| ModuleAddress::of(module));
        self.0.lock().entry(address.map_or(0, |module| module.0)).or_insert_with(|| {
            let name = static_text(def.name);
            let full_name = match module {
                Some((_, module)) if def.no_arguments => Box::leak(format!("{module}.{name}").into_boxed_str()),
                _ => name,
            };
            let site = Site { name: full_name, module: address };
            leak_definition(name, item_doc(def.doc), calling_flags(def.no_arguments), native(site))
        })
    }
}

/// Calls `F` with arguments that include no receiver.
#[inline(always)]
fn call<F: Function<RustPython>>(arguments: &FuncArgs, vm: &VirtualMachine) -> PyResult {
    result(enter(vm, |py| F::call(py, None, VmArguments::function(arguments))))
}

/// Calls `F` with its module as the receiver.
fn call_bound<F: Function<RustPython>, const NO_ARGUMENTS: bool>(
    site: &Site,
    arguments: &FuncArgs,
    vm: &VirtualMachine,
) -> PyResult {
    let Some(module) = site.module else {
        if NO_ARGUMENTS {
            VmArguments::function(arguments).expect_none(site.name, vm)?;
        }
        return call::<F>(arguments, vm);
    };
    // The collector removes the module from a function object in a cycle, and the dict, which the VM needs, from the
    // module. A destructor may still call the function after that, which is too late.
    let Some(receiver) = arguments.args.first().filter(|first| module.is(first) && first.dict().is_some()) else {
        return Err(vm.new_runtime_error(format!("{}() is called after the end of its module", site.name)));
    };
    let arguments = VmArguments::method(arguments);
    if NO_ARGUMENTS {
        arguments.expect_none(site.name, vm)?;
    }
    result(enter(vm, |py| F::call(py, Some(lend(receiver)), arguments)))
}

/// Returns the doc of a definition.
pub(crate) fn item_doc(doc: &'static CStr) -> ItemDoc {
    if doc.is_empty() { ItemDoc::NONE } else { ItemDoc::static_text(static_text(doc)) }
}

/// Creates a definition that lives as long as the process.
pub(crate) fn leak_definition(
    name: &'static str,
    doc: ItemDoc,
    flags: PyMethodFlags,
    native: &'static dyn PyNativeFn,
) -> &'static PyMethodDef {
    leak(new_definition(name, doc, flags, native))
}

/// Creates a definition.
pub(crate) fn new_definition(
    name: &'static str,
    doc: ItemDoc,
    flags: PyMethodFlags,
    native: &'static dyn PyNativeFn,
) -> PyMethodDef {
    // The fields for docs depend on the VM's features, and only its constructor sets all of them.
    fn placeholder(vm: &VirtualMachine, _: FuncArgs, _: Callee) -> PyResult {
        Err(vm.new_system_error("a native function without a body"))
    }
    let mut definition = PyMethodDef::new_raw_const(name, placeholder, flags, doc);
    definition.func = native;
    definition
}

/// Returns the calling convention for a function.
pub(crate) fn calling_flags(no_arguments: bool) -> PyMethodFlags {
    if no_arguments { PyMethodFlags::NOARGS } else { PyMethodFlags::FASTCALL.union(PyMethodFlags::KEYWORDS) }
}
