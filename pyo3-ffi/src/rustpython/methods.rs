//! `methodobject.h`: functions made from definitions, and how the virtual machine calls them.
//!
//! This does not use `rustpython-capi`. To get an exception raised by C code, its functions clear the slot of the
//! exception being handled. An `except` block that calls C code would then lose the exception that it handles.

use core::ffi::{c_char, c_int};

use rustpython_vm::builtins::{PyTuple, PyType};
use rustpython_vm::function::{Callee, FuncArgs, ItemDoc, KwArgs, PyMethodDef as Definition, PyMethodFlags};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

use super::vm::{lent, object, pointer, take_raised, taken, text};
use super::{PyCFunction_Check, PyTypeObject};
use crate::{
    METH_CLASS, METH_COEXIST, METH_FASTCALL, METH_KEYWORDS, METH_NOARGS, METH_O, METH_STATIC, METH_VARARGS, Py_ssize_t,
    PyCFunction, PyCFunctionFast, PyCFunctionFastWithKeywords, PyCFunctionWithKeywords, PyMethodDef,
};

/// A C function, by its calling convention.
#[derive(Clone, Copy)]
enum Entry {
    Nothing(PyCFunction),
    One(PyCFunction),
    Tuple(PyCFunction),
    TupleAndDict(PyCFunctionWithKeywords),
    Array(PyCFunctionFast),
    ArrayAndNames(PyCFunctionFastWithKeywords),
}

impl Entry {
    /// Returns the function of a definition, or `None` if its flags are invalid in C. `METH_METHOD` is not supported:
    /// this crate declares its convention only for CPython's full API.
    fn of(def: &PyMethodDef) -> Option<Entry> {
        const TUPLE_AND_DICT: c_int = METH_VARARGS | METH_KEYWORDS;
        const ARRAY_AND_NAMES: c_int = METH_FASTCALL | METH_KEYWORDS;

        let function = def.ml_meth;
        // SAFETY: the flags tell which member of the union is set.
        let entry = unsafe {
            match def.ml_flags & !(METH_CLASS | METH_STATIC | METH_COEXIST) {
                METH_NOARGS => Entry::Nothing(function.PyCFunction),
                METH_O => Entry::One(function.PyCFunction),
                METH_VARARGS => Entry::Tuple(function.PyCFunction),
                TUPLE_AND_DICT => Entry::TupleAndDict(function.PyCFunctionWithKeywords),
                METH_FASTCALL => Entry::Array(function.PyCFunctionFast),
                ARRAY_AND_NAMES => Entry::ArrayAndNames(function.PyCFunctionFastWithKeywords),
                _ => return None,
            }
        };
        Some(entry)
    }

    fn takes_keywords(self) -> bool {
        matches!(self, Entry::TupleAndDict(_) | Entry::ArrayAndNames(_))
    }

    /// Returns the corresponding flags of the virtual machine.
    fn flags(self) -> PyMethodFlags {
        match self {
            Entry::Nothing(_) => PyMethodFlags::NOARGS,
            Entry::One(_) => PyMethodFlags::O,
            Entry::Tuple(_) => PyMethodFlags::VARARGS,
            Entry::TupleAndDict(_) => PyMethodFlags::VARARGS.union(PyMethodFlags::KEYWORDS),
            Entry::Array(_) => PyMethodFlags::FASTCALL,
            Entry::ArrayAndNames(_) => PyMethodFlags::FASTCALL.union(PyMethodFlags::KEYWORDS),
        }
    }
}

/// The data of a native function of the virtual machine.
struct Native {
    entry: Entry,
    /// The name with the class, for messages about arguments.
    qualified_name: String,
    /// The `repr` without the address.
    description: String,
    /// Whether the first argument is the receiver. Otherwise, C gets null for it.
    has_receiver: bool,
}

impl Native {
    fn call(&self, vm: &VirtualMachine, mut arguments: FuncArgs) -> PyResult {
        let receiver = if self.has_receiver {
            let needed = || vm.new_type_error(format!("unbound method {}() needs an argument", self.qualified_name));
            Some(arguments.take_positional().ok_or_else(needed)?)
        } else {
            None
        };
        let (mut values, names) = (arguments.args, arguments.kwargs);
        if !names.is_empty() && !self.entry.takes_keywords() {
            return Err(vm.new_type_error(format!("{}() takes no keyword arguments", self.qualified_name)));
        }
        let count = values.len();
        let receiver = receiver.as_deref().map_or(core::ptr::null_mut(), pointer);
        let null = core::ptr::null_mut();
        // SAFETY: the author of the definition guarantees the calling conventions of its functions. The thread is
        // attached, and the receiver, the arguments and all objects created here stay alive during the call. A
        // `PyObjectRef` is a pointer to an object, so the vector has the layout of the array that C expects.
        let result = unsafe {
            match self.entry {
                Entry::Nothing(_) if count != 0 => {
                    let text = format!("{}() takes no arguments ({count} given)", self.qualified_name);
                    return Err(vm.new_type_error(text));
                }
                Entry::Nothing(function) => function(receiver, null),
                Entry::One(_) if count != 1 => {
                    let text = format!("{}() takes exactly one argument ({count} given)", self.qualified_name);
                    return Err(vm.new_type_error(text));
                }
                Entry::One(function) => function(receiver, pointer(&values[0])),
                Entry::Tuple(function) => {
                    let values = vm.ctx.new_tuple(values);
                    function(receiver, pointer(values.as_object()))
                }
                Entry::TupleAndDict(function) => {
                    let values = vm.ctx.new_tuple(values);
                    // As on CPython, an empty dict is passed as null.
                    let dict = (!names.is_empty()).then(|| vm.ctx.new_dict());
                    for (name, value) in names {
                        dict.iter().try_for_each(|dict| dict.set_item(&*name, value.clone(), vm))?;
                    }
                    function(receiver, pointer(values.as_object()), or_null(dict.as_ref()))
                }
                Entry::Array(function) => function(receiver, values.as_mut_ptr().cast(), count as Py_ssize_t),
                Entry::ArrayAndNames(function) => {
                    let names = append(&mut values, names, vm);
                    function(receiver, array(&values), count as Py_ssize_t, or_null(names.as_ref()))
                }
            }
        };
        // SAFETY: a C function returns null or an owned reference.
        unsafe { answer(vm, result, &self.description) }
    }
}

/// Returns the objects as a C array.
fn array(values: &[PyObjectRef]) -> *const *mut PyObject {
    values.as_ptr().cast()
}

fn or_null<T: PyPayload>(object: Option<&PyRef<T>>) -> *mut PyObject {
    object.map_or(core::ptr::null_mut(), |object| pointer(object.as_object()))
}

/// Appends the values of keyword arguments to the others. Returns their names, if there are any.
fn append(values: &mut Vec<PyObjectRef>, keywords: KwArgs, vm: &VirtualMachine) -> Option<PyRef<PyTuple>> {
    let mut names = Vec::with_capacity(keywords.len());
    for (name, value) in keywords {
        names.push(vm.ctx.new_str(name).into());
        values.push(value);
    }
    (!names.is_empty()).then(|| vm.ctx.new_tuple(names))
}

/// Converts the result of C code: an object, or null with an exception set. `who` names the function in messages about
/// other results.
///
/// # Safety
/// The thread is attached, and `result` is null or an owned reference that the caller does not use again.
pub(super) unsafe fn answer(vm: &VirtualMachine, result: *mut PyObject, who: &str) -> PyResult {
    // SAFETY: upheld by the caller.
    match (unsafe { taken(result) }, take_raised(vm)) {
        (Some(object), None) => Ok(object),
        (None, Some(raised)) => Err(raised),
        (None, None) => Err(vm.new_system_error(format!("{who} returned NULL without setting an exception"))),
        (Some(_), Some(raised)) => {
            let error = vm.new_system_error(format!("{who} returned a result with an exception set"));
            error.set_context(Some(raised.clone()));
            error.set_cause(Some(raised));
            Err(error)
        }
    }
}

/// Creates a definition of the virtual machine, which is never freed.
///
/// # Safety
/// `def` is a definition of C. It and the data it points to are never freed.
///
/// # Errors
/// Returns a `SystemError` if the flags contradict each other, or a `ValueError` if a string is not UTF-8.
pub(super) unsafe fn define(vm: &VirtualMachine, def: &PyMethodDef, kind: Kind) -> PyResult<&'static Definition> {
    /// The docs fields of a definition depend on features of the virtual machine, so only its constructor can fill
    /// them. It needs a function.
    fn placeholder(vm: &VirtualMachine, _: FuncArgs, _: Callee) -> PyResult {
        Err(vm.new_system_error("a native function without a body"))
    }

    // SAFETY: upheld by the caller.
    let (name, doc) = unsafe { (text(def.ml_name, vm)?, documentation(def.ml_doc, vm)?) };
    let Some(entry) = Entry::of(def) else {
        return Err(vm.new_system_error(format!("{name}() method: bad call flags")));
    };
    let (flags, has_receiver, prefix) = match kind {
        Kind::Function { has_receiver: true } if def.ml_flags & METH_STATIC != 0 => {
            (PyMethodFlags::STATIC, false, None)
        }
        Kind::Function { has_receiver } => (PyMethodFlags::empty(), has_receiver, None),
        Kind::Method(class) => (PyMethodFlags::METHOD, true, Some(class)),
        Kind::ClassMethod(class) => (PyMethodFlags::CLASS, true, Some(class)),
    };
    let (qualified_name, description) = match prefix {
        None => (name.to_string(), format!("<built-in function {name}>")),
        Some(class) => {
            let class = class.name();
            (format!("{class}.{name}"), format!("<method '{name}' of '{class}' objects>"))
        }
    };
    let native = Native { entry, qualified_name, description, has_receiver };
    let mut definition = Definition::new_raw_const(name, placeholder, entry.flags().union(flags), doc);
    definition.func =
        Box::leak(Box::new(move |vm: &VirtualMachine, arguments: FuncArgs, _: Callee| native.call(vm, arguments)));
    Ok(Box::leak(Box::new(definition)))
}

/// The kind of function that a definition describes.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A function, possibly with a receiver.
    Function { has_receiver: bool },
    /// A method of a class.
    Method(&'static Py<PyType>),
    /// A class method.
    ClassMethod(&'static Py<PyType>),
}

/// Converts the doc of a definition.
///
/// # Safety
/// `doc` is null or a C string that is never freed.
///
/// # Errors
/// Returns a `ValueError` if it is not UTF-8.
pub(super) unsafe fn documentation(doc: *const c_char, vm: &VirtualMachine) -> PyResult<ItemDoc> {
    if doc.is_null() {
        return Ok(ItemDoc::NONE);
    }
    // SAFETY: upheld by the caller.
    let doc: &'static str = unsafe { text(doc, vm) }?;
    Ok(if doc.is_empty() { ItemDoc::NONE } else { ItemDoc::static_text(doc) })
}

/// Keeps a class alive forever, because descriptors refer to their class by address.
///
/// # Safety
/// The thread is attached and `class` points to a live type.
pub(super) unsafe fn immortal(class: *mut PyTypeObject) -> &'static Py<PyType> {
    // SAFETY: upheld by the caller. The type stays alive, because the reference created here is never released.
    unsafe {
        let class = super::type_objects::class(class);
        core::mem::forget(class.to_owned());
        class
    }
}

/// Creates a function object.
///
/// `module` becomes its `__module__`, and is usually a name. `class` must be null: it is for definitions with
/// `METH_METHOD`, which are not supported. Returns null with a `SystemError` if flags and arguments contradict each
/// other.
///
/// # Safety
/// The thread is attached; `def` and the data it points to are never freed; `receiver`, `module` and `class` are null
/// or alive.
pub unsafe fn PyCMethod_New(
    def: *mut PyMethodDef,
    receiver: *mut PyObject,
    module: *mut PyObject,
    class: *mut PyTypeObject,
) -> *mut PyObject {
    object(|vm| {
        // SAFETY: upheld by the caller.
        let def = unsafe { &*def };
        if !class.is_null() {
            let text = "attempting to create PyCFunction with class but no METH_METHOD flag";
            return Err(vm.new_system_error(text));
        }
        let has_receiver = !receiver.is_null();
        // SAFETY: upheld by the caller.
        let definition = unsafe { define(vm, def, Kind::Function { has_receiver }) }?;
        let function = if has_receiver {
            // SAFETY: upheld by the caller.
            definition.build_bound_function(&vm.ctx, unsafe { lent(receiver) }.to_owned())
        } else {
            definition.build_function(&vm.ctx)
        };
        let function = PyObjectRef::from(function);
        // SAFETY: upheld by the caller.
        if let Some(module) = unsafe { module.as_ref() } {
            function.set_attr(vm.ctx.intern_str("__module__"), module.to_owned(), vm)?;
        }
        Ok(function)
    })
}

/// Calls [`PyCMethod_New`] without a class.
///
/// # Safety
/// As [`PyCMethod_New`].
pub unsafe fn PyCFunction_NewEx(ml: *mut PyMethodDef, slf: *mut PyObject, module: *mut PyObject) -> *mut PyObject {
    // SAFETY: upheld by the caller.
    unsafe { PyCMethod_New(ml, slf, module, core::ptr::null_mut()) }
}

/// Calls [`PyCFunction_NewEx`] without a module.
///
/// # Safety
/// As [`PyCMethod_New`].
pub unsafe fn PyCFunction_New(ml: *mut PyMethodDef, slf: *mut PyObject) -> *mut PyObject {
    // SAFETY: upheld by the caller.
    unsafe { PyCFunction_NewEx(ml, slf, core::ptr::null_mut()) }
}

/// Returns the calling convention of a function. It always includes positional and keyword arguments, because
/// RustPython has only one convention. Returns -1 with a `SystemError` if `op` is not a native function.
///
/// # Safety
/// The thread is attached and `op` points to a live object.
pub unsafe fn PyCFunction_GetFlags(op: *mut PyObject) -> c_int {
    // SAFETY: upheld by the caller.
    if unsafe { PyCFunction_Check(op) } == 0 {
        return super::vm::status(|vm| Err(vm.new_system_error("bad argument to internal function")));
    }
    METH_VARARGS | METH_KEYWORDS
}
