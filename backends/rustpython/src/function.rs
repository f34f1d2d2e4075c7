//! Functions that Python calls.
//!
//! Each [`Function`] becomes a plain `fn` of the VM's native signature. The VM owns the arguments of a call in a vector;
//! the view borrows from it.

use core::ffi::CStr;
use core::ptr::NonNull;
use std::collections::HashMap;
use std::sync::Mutex;

use pyo3_backend::{
    Arguments, Attached, Function, FunctionDef, FunctionOps, KeywordName, ModuleOps, Outcome, Owned, Ref, StrOps, kind,
};
use rustpython_vm::builtins::PyStr;
use rustpython_vm::common::wtf8::Wtf8;
use rustpython_vm::function::{Callee, FuncArgs, ItemDoc, PyMethodDef, PyMethodFlags, PyNativeFn, static_raw_func};
use rustpython_vm::{Context, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::RustPython;
use crate::closure;
use crate::convert::{leak, lend, lend_all, object, own, own_as, result, static_text};
use crate::vm::attached;

/// The name of a keyword argument: text, as the VM stores it.
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

/// The arguments of one call. Two words, so that it travels in registers: what the VM has just written is read piece by
/// piece where it lies, which is faster than copying it.
#[derive(Clone, Copy)]
pub struct VmArguments<'a>(Source<'a>);

#[derive(Clone, Copy)]
enum Source<'a> {
    /// All that the VM hands to a native function.
    Function(&'a FuncArgs),
    /// The same without the receiver, which is the first.
    Method(&'a FuncArgs),
    Vector(&'a VectorArguments<'a>),
}

/// What the VM hands to a vectorcall: positional arguments first, then a value for each name.
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
    /// What the VM hands to a native function.
    #[inline]
    pub(crate) fn function(arguments: &'a FuncArgs) -> Self {
        VmArguments(Source::Function(arguments))
    }

    /// The same for a method: the first argument is the receiver. There is one.
    #[inline]
    pub(crate) fn method(arguments: &'a FuncArgs) -> Self {
        VmArguments(Source::Method(arguments))
    }

    /// What the VM hands to a vectorcall.
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

    /// Refuses any arguments, in CPython's words.
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
                    // The VM builds the names itself, from identifiers and checked `str` keys.
                    if let Some(name) = name.downcast_ref::<PyStr>() {
                        visit(&Keyword(name.as_wtf8()), lend(value))?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Where a function is defined: what its native form has to remember.
pub(crate) struct Site {
    /// What error messages call it.
    pub(crate) name: &'static str,
    /// The module that is its receiver.
    pub(crate) module: Option<ModulePointer>,
}

/// The module of a function. The function object keeps it alive, so whoever is called through that object may use it.
#[derive(Clone, Copy)]
pub(crate) struct ModulePointer(NonNull<PyObject>);

// SAFETY: the pointer is only followed on attached threads, during a call of a function object that keeps the module.
unsafe impl Send for ModulePointer {}
// SAFETY: as above.
unsafe impl Sync for ModulePointer {}

impl ModulePointer {
    /// # Safety
    ///
    /// The module outlives `'a`.
    #[inline]
    unsafe fn lend<'a>(self) -> Ref<'a, RustPython> {
        // SAFETY: the caller's promise.
        unsafe { Ref::from_ptr(self.0) }
    }
}

/// The entry of a function: makes its native form.
#[derive(Clone, Copy)]
pub struct FunctionEntry(fn(Site) -> &'static dyn PyNativeFn);

impl FunctionOps for RustPython {
    type FunctionEntry = FunctionEntry;

    fn function_entry<F: Function<Self>>(no_arguments: bool) -> FunctionEntry {
        if no_arguments {
            return FunctionEntry(|site| {
                leak(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| {
                    VmArguments::function(&arguments).expect_none(site.name, vm)?;
                    call::<F>(site.module, &arguments, vm)
                })
            });
        }
        FunctionEntry(|site| match site.module {
            None => {
                static_raw_func(|vm: &VirtualMachine, arguments: FuncArgs, _: Callee| call::<F>(None, &arguments, vm))
            }
            Some(module) => {
                leak(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| call::<F>(Some(module), &arguments, vm))
            }
        })
    }

    fn function_new<'py>(
        py: Attached<'py, Self>,
        def: &'static FunctionDef,
        entry: FunctionEntry,
        module: Option<Ref<'_, Self, kind::Module>>,
    ) -> Outcome<'py, Self, Owned<'py, Self, kind::BuiltinFunction>> {
        let ctx = Context::genesis();
        let function = match module {
            None => definition(def, entry, None).to_function(),
            Some(module) => {
                let name = Self::module_name(py, module)?;
                let module_name = Self::str_to_utf8(py, name.as_ref())?;
                let method = definition(def, entry, Some((module, module_name)));
                method
                    .to_function()
                    .with_module(ctx.intern_str(module_name))
                    .with_module_object(object(module).to_owned())
            }
        };
        // SAFETY: `into_ref` makes a `builtin_function_or_method`.
        Ok(unsafe { own(py, function.into_ref(ctx).into()).assume_kind() })
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

/// Calls `F` with arguments that hold no receiver.
#[inline(always)]
fn call<F: Function<RustPython>>(module: Option<ModulePointer>, arguments: &FuncArgs, vm: &VirtualMachine) -> PyResult {
    // SAFETY: the VM is calling a function object, which it keeps alive for the call and which keeps its module.
    let receiver = module.map(|module| unsafe { module.lend() });
    result(F::call(attached(vm), receiver, VmArguments::function(arguments)))
}

/// The doc of a definition.
pub(crate) fn item_doc(doc: &'static CStr) -> ItemDoc {
    if doc.is_empty() { ItemDoc::NONE } else { ItemDoc::static_text(static_text(doc)) }
}

/// A definition that lives for good.
pub(crate) fn leak_definition(
    name: &'static str,
    doc: ItemDoc,
    flags: PyMethodFlags,
    native: &'static dyn PyNativeFn,
) -> &'static PyMethodDef {
    // The fields for docs differ with the VM's features: only its constructor knows them all.
    fn placeholder(vm: &VirtualMachine, _: FuncArgs, _: Callee) -> PyResult {
        Err(vm.new_system_error("a native function without a body"))
    }
    let mut definition = PyMethodDef::new_raw_const(name, placeholder, flags, doc);
    definition.func = native;
    leak(definition)
}

/// How the VM may call a function of this kind.
pub(crate) fn calling_flags(no_arguments: bool) -> PyMethodFlags {
    if no_arguments { PyMethodFlags::NOARGS } else { PyMethodFlags::FASTCALL.union(PyMethodFlags::KEYWORDS) }
}

/// The VM's definition of a function, made once for each module it is put in.
fn definition(
    def: &'static FunctionDef,
    entry: FunctionEntry,
    module: Option<(Ref<'_, RustPython, kind::Module>, &str)>,
) -> &'static PyMethodDef {
    type Key = (usize, usize, usize);
    static DEFINITIONS: Mutex<Option<HashMap<Key, &'static PyMethodDef>>> = Mutex::new(None);

    // A module that dies may leave its address to another one. The definition then serves that one just as well: it
    // only knows the address.
    let pointer = module.map(|(module, _)| ModulePointer(module.as_ptr()));
    let key = (core::ptr::from_ref(def).addr(), entry.0 as usize, pointer.map_or(0, |module| module.0.addr().get()));
    let mut definitions = DEFINITIONS.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
    definitions.get_or_insert_default().entry(key).or_insert_with(|| {
        let name = static_text(def.name);
        let full_name = match module {
            Some((_, module)) if def.no_arguments => Box::leak(format!("{module}.{name}").into_boxed_str()),
            _ => name,
        };
        let site = Site { name: full_name, module: pointer };
        leak_definition(name, item_doc(def.doc), calling_flags(def.no_arguments), (entry.0)(site))
    })
}
