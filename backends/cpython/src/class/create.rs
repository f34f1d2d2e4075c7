//! Creates types from specifications.

use core::ffi::{CStr, c_int, c_ulong, c_void};
use std::ffi::CString;

use pyo3_backend::{ClassFlags, ClassSpec, ErrorOps, ExceptionType, IntOps, Member, MethodKind, Special, StrOps, kind};
use pyo3_ffi as ffi;

use super::blueprint::{Blueprint, Slots};
use super::instance;
use crate::convert::raw;
use crate::protocol::{Role, trampoline};
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

/// `Py_TPFLAGS_IMMUTABLETYPE`, from 3.10 on.
pub(super) const IMMUTABLE: c_ulong = 1 << 8;
/// `Py_TPFLAGS_MAPPING`, from 3.10 on.
const MAPPING: c_ulong = 1 << 6;
/// `Py_TPFLAGS_SEQUENCE`, from 3.10 on.
const SEQUENCE: c_ulong = 1 << 5;
/// `Py_T_PYSSIZET`, a member of the type `Py_ssize_t`.
const SSIZE_MEMBER: c_int = 19;
/// `Py_READONLY`.
const READ_ONLY: c_int = 1;

#[cfg(all(Py_LIMITED_API, not(Py_3_10)))]
use crate::stable39::get_dict;
#[cfg(not(all(Py_LIMITED_API, not(Py_3_10))))]
use pyo3_ffi::PyObject_GenericGetDict as get_dict;

/// Checks that the native part fits into the room reserved for it, with the CPython that runs.
fn check_root<'py>(py: At<'py>, base: Ref<'_, kind::Type>, blueprint: &Blueprint) -> Outcome<'py, ()> {
    let root = (blueprint.root)(py);
    let size = number(py, root, c"__basicsize__")?;
    let item_size = number(py, root, c"__itemsize__")?;
    if size > i64::from(blueprint.root_size) || item_size != 0 {
        return Err(refuse(py, root, "its instances have another layout than this build knows"));
    }
    if !blueprint.extends_object && !slots_of_static_types_are_known() {
        return Err(refuse(py, root, "the limited API can do that from Python 3.10 on"));
    }
    // SAFETY: a type, by its kind.
    if unsafe { ffi::PyType_GetFlags(raw(base).cast()) } & ffi::Py_TPFLAGS_BASETYPE == 0 {
        return Err(refuse(py, base, "it is not an acceptable base type"));
    }
    Ok(())
}

/// Whether slots of static types can be read. With the full API they are fields. `PyType_GetSlot` accepts static types
/// from CPython 3.10 on, so a build for the stable ABI of 3.9 checks the version that runs.
fn slots_of_static_types_are_known() -> bool {
    use pyo3_backend::InterpreterOps;

    if cfg!(any(Py_3_10, not(Py_LIMITED_API))) {
        return true;
    }
    let minor = CPython::interpreter_version().split('.').nth(1).and_then(|minor| minor.parse::<u8>().ok());
    minor.is_some_and(|minor| minor >= 10)
}

fn number<'py>(py: At<'py>, class: Ref<'_, kind::Type>, name: &CStr) -> Outcome<'py, i64> {
    let value: Owned<'py> = owned!(py, unsafe ffi::PyObject_GetAttrString(raw(class), name.as_ptr()))?;
    CPython::int_to_i64(py, value.as_ref())
}

#[cold]
fn refuse<'py>(py: At<'py>, class: Ref<'_, kind::Type>, why: &str) -> Raised<'py> {
    use pyo3_backend::TypeOps;

    let name = match CPython::type_name(py, class) {
        Ok(name) => CPython::str_to_lossy(py, name.as_ref()).into_owned(),
        Err(raised) => return raised,
    };
    let text = CPython::str_from_utf8(py, &format!("cannot extend the type '{name}': {why}"));
    CPython::error_raise_new(py, CPython::exception_type(py, ExceptionType::TypeError).any(), text.as_ref().any())
}

/// Creates the type of a class.
pub(super) fn create<'py>(
    py: At<'py>,
    base: Ref<'_, kind::Type>,
    blueprint: &Blueprint,
    functions: Slots,
    spec: ClassSpec<'_, CPython>,
) -> Outcome<'py, Owned<'py, kind::Type>> {
    check_root(py, base, blueprint)?;
    let Ok(name) = CString::new(format!("{}.{}", spec.module.unwrap_or("builtins"), spec.name)) else {
        return Err(Raised::with_message(py, ExceptionType::ValueError, c"null byte in the name of a class"));
    };
    // SAFETY: a type, by its kind.
    let base_flags = unsafe { ffi::PyType_GetFlags(raw(base).cast()) };
    let collected = blueprint.collected || base_flags & ffi::Py_TPFLAGS_HAVE_GC != 0;

    let doc = spec.doc;
    let mut parts = Parts::with_room_for(&spec.members);
    parts.slot(ffi::Py_tp_base, raw(base).cast());
    parts.slot(ffi::Py_tp_dealloc, functions.dealloc as *mut c_void);
    // Needed even if this class is not collected: a collected subtype calls it, and so do tools.
    parts.slot(ffi::Py_tp_traverse, functions.traverse as *mut c_void);
    if collected {
        parts.slot(ffi::Py_tp_clear, functions.clear as *mut c_void);
    }
    if let Some((allocate, free)) = functions.memory {
        parts.slot(ffi::Py_tp_alloc, allocate as *mut c_void);
        parts.slot(ffi::Py_tp_free, free as *mut c_void);
    } else if !blueprint.extends_object {
        // `datetime` and `time` have an allocator that reserves space for an instance of their own, whatever the type.
        // It would be inherited.
        parts.slot(ffi::Py_tp_alloc, ffi::PyType_GenericAlloc as *mut c_void);
    }
    if !doc.is_empty() {
        parts.slot(ffi::Py_tp_doc, doc.as_ptr().cast_mut().cast());
    }
    if let Some(offset) = blueprint.own_dict {
        let offset = offset.get() as usize;
        parts.offset(c"__dictoffset__", offset);
        parts.properties.push(ffi::PyGetSetDef {
            name: c"__dict__".as_ptr(),
            get: Some(get_dict),
            set: Some(ffi::PyObject_GenericSetDict),
            doc: core::ptr::null(),
            // Only `stable39` reads this.
            closure: core::ptr::without_provenance_mut(offset),
        });
    }
    if let Some(offset) = blueprint.own_weakrefs {
        parts.offset(c"__weaklistoffset__", offset.get() as usize);
    }
    for member in spec.members {
        parts.member(member, spec.flags);
    }
    if !parts.has(ffi::Py_tp_new) {
        parts.slot(ffi::Py_tp_new, instance::no_constructor as *mut c_void);
    }
    let specials = core::mem::take(&mut parts.specials);
    let mut slots = parts.finish();

    let mut flags = ffi::Py_TPFLAGS_DEFAULT;
    let mut set = |condition: bool, flag: c_ulong| flags |= if condition { flag } else { 0 };
    set(spec.flags.subclassable, ffi::Py_TPFLAGS_BASETYPE);
    set(collected, ffi::Py_TPFLAGS_HAVE_GC);
    set(cfg!(Py_3_10) && spec.flags.immutable, IMMUTABLE);
    set(cfg!(Py_3_10) && spec.flags.mapping, MAPPING);
    set(cfg!(Py_3_10) && spec.flags.sequence, SEQUENCE);

    let basicsize = c_int::try_from(blueprint.size).expect("the blueprint has checked it");
    let flags = flags.try_into().expect("the flags fit into 32 bits");
    let mut spec = ffi::PyType_Spec {
        // CPython before 3.11 keeps the pointer.
        name: name.into_raw(),
        basicsize,
        itemsize: 0,
        flags,
        slots: slots.as_mut_ptr(),
    };
    let class: Owned<'py, kind::Type> = owned!(py, unsafe ffi::PyType_FromSpec(&mut spec))?;
    #[cfg(not(any(Py_3_10, Py_LIMITED_API)))]
    restore_signature(&class, doc);
    for name in specials {
        // CPython updates the slots of a class from its methods only when an attribute of the class is set.
        let method: Owned<'py> = owned!(py, unsafe ffi::PyObject_GetAttrString(raw(class.as_ref()), name.as_ptr()))?;
        status!(py, unsafe ffi::PyObject_SetAttrString(raw(class.as_ref()), name.as_ptr(), raw(method.as_ref())))?;
    }
    Ok(class)
}

/// Restores the full doc. CPython 3.9 copies it without the text signature, and so cannot find the signature later.
#[cfg(not(any(Py_3_10, Py_LIMITED_API)))]
fn restore_signature(class: &Owned<'_, kind::Type>, doc: &CStr) {
    if doc.is_empty() {
        return;
    }
    let bytes = doc.to_bytes_with_nul();
    // SAFETY: a new heap type, which owns its doc. The doc is memory of this allocator, and the type frees it when it
    // dies.
    unsafe {
        let class = raw(class.as_ref()).cast::<ffi::PyTypeObject>();
        let copy = ffi::PyObject_Malloc(bytes.len());
        if copy.is_null() {
            crate::convert::out_of_memory();
        }
        copy.copy_from_nonoverlapping(bytes.as_ptr().cast(), bytes.len());
        ffi::PyObject_Free((*class).tp_doc.cast_mut().cast());
        (*class).tp_doc = copy.cast();
    }
}

/// The parts of a specification. Its tables are leaked, because types keep pointers to them and live as long as the
/// process.
#[derive(Default)]
struct Parts {
    slots: Vec<ffi::PyType_Slot>,
    methods: Vec<ffi::PyMethodDef>,
    properties: Vec<ffi::PyGetSetDef>,
    members: Vec<ffi::PyMemberDef>,
    /// Names of the methods that implement a protocol.
    specials: Vec<&'static CStr>,
}

impl Parts {
    /// Returns tables that need not grow.
    fn with_room_for(members: &[Member<CPython>]) -> Self {
        let count = |wanted: fn(&Member<CPython>) -> bool| members.iter().filter(|member| wanted(member)).count();
        let methods = count(|member| matches!(member, Member::Method { .. } | Member::Special(_)));
        let properties = count(|member| matches!(member, Member::Property { .. }));
        // One more for the entry that ends a table; `__dict__`; up to two slots for a member, and a dozen for the type.
        Parts {
            slots: Vec::with_capacity(2 * members.len() + 12),
            methods: Vec::with_capacity(methods + 1),
            properties: Vec::with_capacity(properties + 2),
            ..Parts::default()
        }
    }

    fn slot(&mut self, slot: c_int, pfunc: *mut c_void) {
        self.slots.push(ffi::PyType_Slot { slot, pfunc });
    }

    fn has(&self, slot: c_int) -> bool {
        self.slots.iter().any(|known| known.slot == slot)
    }

    /// Adds a member from which CPython reads an offset of the type.
    fn offset(&mut self, name: &'static CStr, offset: usize) {
        self.members.push(ffi::PyMemberDef {
            name: name.as_ptr(),
            type_code: SSIZE_MEMBER,
            offset: crate::convert::to_ssize(offset),
            flags: READ_ONLY,
            doc: core::ptr::null(),
        });
    }

    fn member(&mut self, member: Member<CPython>, flags: ClassFlags) {
        match member {
            Member::Method { def, kind, entry } => {
                let binding = match kind {
                    MethodKind::Instance => 0,
                    MethodKind::Class => ffi::METH_CLASS,
                    MethodKind::Static => ffi::METH_STATIC,
                };
                self.methods.push(entry.method_def(def.name, def.doc, binding));
            }
            Member::Property { name, doc, getter, setter } => self.properties.push(ffi::PyGetSetDef {
                name: name.as_ptr(),
                get: getter,
                set: setter,
                // An empty doc would show as `''` instead of `None`.
                doc: if doc.is_empty() { core::ptr::null() } else { doc.as_ptr() },
                closure: core::ptr::null_mut(),
            }),
            Member::Unhashable => self.slot(ffi::Py_tp_hash, ffi::PyObject_HashNotImplemented as *mut c_void),
            Member::Special(Special { name, entry }) => {
                self.methods.push(entry.method_def(name, c"", 0));
                self.specials.push(name);
            }
            Member::Slot(entry) => match entry.role {
                Role::Slot(slot) => self.slot(slot, entry.function),
                Role::Buffer { release } => {
                    self.slot(ffi::Py_bf_getbuffer, entry.function);
                    if let Some(release) = release {
                        self.slot(ffi::Py_bf_releasebuffer, release);
                    }
                }
                Role::Length if flags.sequence => self.slot(ffi::Py_sq_length, entry.function),
                Role::Length => self.slot(ffi::Py_mp_length, entry.function),
                Role::GetItem => {
                    self.slot(ffi::Py_mp_subscript, entry.function);
                    if !flags.mapping {
                        self.slot(ffi::Py_sq_item, trampoline::sequence_item as *mut c_void);
                    }
                }
                Role::SetItem => {
                    self.slot(ffi::Py_mp_ass_subscript, entry.function);
                    if !flags.mapping {
                        self.slot(ffi::Py_sq_ass_item, trampoline::sequence_set_item as *mut c_void);
                    }
                }
            },
        }
    }

    /// Returns the slots, terminated by an empty one. Leaks the tables.
    fn finish(mut self) -> Vec<ffi::PyType_Slot> {
        let methods = terminated(core::mem::take(&mut self.methods));
        let properties = terminated(core::mem::take(&mut self.properties));
        let members = terminated(core::mem::take(&mut self.members));
        for (slot, table) in
            [(ffi::Py_tp_methods, methods), (ffi::Py_tp_getset, properties), (ffi::Py_tp_members, members)]
        {
            if !table.is_null() {
                self.slot(slot, table);
            }
        }
        self.slot(0, core::ptr::null_mut());
        self.slots
    }
}

/// Returns a table for C, terminated by an entry of zeros. Returns null for an empty one.
fn terminated<T: Zeroed>(mut table: Vec<T>) -> *mut c_void {
    if table.is_empty() {
        return core::ptr::null_mut();
    }
    table.push(T::ZERO);
    Box::into_raw(table.into_boxed_slice()).cast()
}

/// Plain data, with an entry that terminates tables of it.
trait Zeroed {
    const ZERO: Self;
}

macro_rules! zeroed {
    ($($name:ident)*) => {
        $(
            impl Zeroed for ffi::$name {
                // SAFETY: plain data of numbers and nullable pointers, for which zero is valid.
                const ZERO: Self = unsafe { core::mem::zeroed() };
            }
        )*
    };
}

zeroed! { PyGetSetDef PyMemberDef }

impl Zeroed for ffi::PyMethodDef {
    const ZERO: Self = ffi::PyMethodDef::zeroed();
}
