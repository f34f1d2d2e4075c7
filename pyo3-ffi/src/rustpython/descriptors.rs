//! `descrobject.h`: descriptors made from definitions.

use core::ffi::c_void;

use rustpython_vm::builtins::{PyGetSet, PyType};
use rustpython_vm::function::PySetterValue;
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyResult, VirtualMachine};

use super::PyTypeObject;
use super::methods::{Kind, answer, define, documentation, immortal};
use super::vm::{object, pointer, reporting, take_raised, text};
use crate::{PyGetSetDef, PyMemberDef, PyMethodDef};

const _: () = assert!(size_of::<PyMemberDef>() == size_of::<rustpython_capi::descrobject::PyMemberDef>());

/// Creates a descriptor for a method.
///
/// # Safety
/// The thread is attached, `ty` is a live type, and `def` and the data it points to are never freed.
pub unsafe fn PyDescr_NewMethod(ty: *mut PyTypeObject, def: *mut PyMethodDef) -> *mut PyObject {
    object(|vm| {
        // SAFETY: upheld by the caller.
        let (class, def) = unsafe { (immortal(ty), &*def) };
        // SAFETY: upheld by the caller.
        let definition = unsafe { define(vm, def, Kind::Method(class)) }?;
        Ok(definition.build_method(&vm.ctx, class))
    })
}

/// Creates a descriptor for a class method.
///
/// # Safety
/// As [`PyDescr_NewMethod`].
pub unsafe fn PyDescr_NewClassMethod(ty: *mut PyTypeObject, def: *mut PyMethodDef) -> *mut PyObject {
    object(|vm| {
        // SAFETY: upheld by the caller.
        let (class, def) = unsafe { (immortal(ty), &*def) };
        // SAFETY: upheld by the caller.
        let definition = unsafe { define(vm, def, Kind::ClassMethod(class)) }?;
        Ok(definition.build_classmethod(&vm.ctx, class))
    })
}

/// Creates a descriptor for an attribute with a getter and a setter.
///
/// # Safety
/// As [`PyDescr_NewMethod`].
pub unsafe fn PyDescr_NewGetSet(ty: *mut PyTypeObject, def: *mut PyGetSetDef) -> *mut PyObject {
    object(|vm| {
        // SAFETY: upheld by the caller.
        let (class, def) = unsafe { (immortal(ty), &*def) };
        // SAFETY: upheld by the caller; the strings are never freed.
        let (name, doc) = unsafe { (text(def.name, vm)?, documentation(def.doc, vm)?) };
        let name: &'static str = name;
        // Closures must be `Send` and `Sync`, which an address is, but a pointer is not.
        let closure = def.closure.expose_provenance();
        let get = def.get;
        let getter = move |receiver: PyObjectRef, vm: &VirtualMachine| {
            let Some(get) = get else {
                let class = class.name();
                return Err(vm.new_attribute_error(format!("attribute '{name}' of '{class}' objects is not readable")));
            };
            check(vm, name, class, &receiver)?;
            let closure = core::ptr::with_exposed_provenance_mut::<c_void>(closure);
            // SAFETY: the author of the definition guarantees a getter for instances of the class, and the receiver is
            // one.
            unsafe { answer(vm, get(pointer(&receiver), closure), &describe("getter", name, class)) }
        };
        let descriptor = PyGetSet::new(name, class, &vm.ctx).with_doc(doc).with_get(getter);
        let Some(set) = def.set else { return Ok(descriptor.into_ref(&vm.ctx)) };
        let setter = move |receiver: PyObjectRef, value: PySetterValue, vm: &VirtualMachine| -> PyResult<()> {
            check(vm, name, class, &receiver)?;
            let closure = core::ptr::with_exposed_provenance_mut::<c_void>(closure);
            let value = match &value {
                PySetterValue::Assign(value) => pointer(value),
                // In C, null deletes the attribute.
                PySetterValue::Delete => core::ptr::null_mut(),
            };
            // SAFETY: the same as for the getter. The value stays alive during the call.
            let code = unsafe { set(pointer(&receiver), value, closure) };
            match (code, take_raised(vm)) {
                (0, None) => Ok(()),
                (0, Some(raised)) | (_, Some(raised)) => Err(raised),
                (_, None) => {
                    let who = describe("setter", name, class);
                    Err(vm.new_system_error(format!("{who} failed without setting an exception")))
                }
            }
        };
        Ok(descriptor.with_set(setter).into_ref(&vm.ctx))
    })
}

fn describe(what: &str, name: &str, class: &Py<PyType>) -> String {
    format!("the {what} of attribute '{name}' of '{}' objects", class.name())
}

/// C functions rely on the class of the receiver, and the virtual machine does not check it.
fn check(vm: &VirtualMachine, name: &str, class: &Py<PyType>, receiver: &PyObject) -> PyResult<()> {
    if receiver.fast_isinstance(class) {
        return Ok(());
    }
    let (class, other) = (class.name(), receiver.class().name());
    let text = format!("descriptor '{name}' for '{class}' objects doesn't apply to a '{other}' object");
    Err(vm.new_type_error(text))
}

/// Creates a descriptor for a field of an instance of a C class.
///
/// # Safety
/// As [`PyDescr_NewMethod`].
pub unsafe fn PyDescr_NewMember(ty: *mut PyTypeObject, def: *mut PyMemberDef) -> *mut PyObject {
    // SAFETY: upheld by the caller; the two types have the same layout.
    reporting(|| unsafe { rustpython_capi::descrobject::PyDescr_NewMember(ty.cast(), def.cast()) })
}
