//! The life of an instance: its creation, its visits by the collector, its end.

use core::ffi::{c_int, c_void};
use core::ptr::NonNull;

use pyo3_backend::{BaseClass, Class, Derived, kind};
use pyo3_ffi as ffi;

use super::blueprint::{Blueprint, BlueprintOf};
use super::layout::{Memory, native};
use crate::attachment::{Left, entered_quietly};
use crate::convert::{owned, raw};
use crate::error::SavedException;
use crate::{At, CPython, Outcome, Owned, Ref};

/// Returns the slot of a type: one of our own, or one that we extend. The full API has a field for it, the limited API
/// a function.
macro_rules! slot_of {
    ($class:expr, $field:ident, $id:ident: $function:ty) => {{
        let class: *mut ffi::PyTypeObject = $class;
        #[cfg(not(Py_LIMITED_API))]
        let function: Option<$function> = (*class).$field;
        // A slot holds a function of its documented type, or null.
        #[cfg(Py_LIMITED_API)]
        let function: Option<$function> =
            core::mem::transmute::<*mut c_void, Option<$function>>(ffi::PyType_GetSlot(class, ffi::$id));
        function
    }};
}

/// Allocates an instance of a class that extends `object`.
#[inline]
pub(super) fn allocate_plain<'py>(py: At<'py>, subtype: Ref<'_, kind::Type>) -> Outcome<'py, Owned<'py>> {
    let subtype = raw(subtype).cast::<ffi::PyTypeObject>();
    // SAFETY: a type. Its allocator returns a new reference, or null with an exception set.
    unsafe {
        let allocate = slot_of!(subtype, tp_alloc, Py_tp_alloc: ffi::allocfunc).unwrap_or(ffi::PyType_GenericAlloc);
        owned(py, allocate(subtype, 0))
    }
}

/// Allocates an instance of a class that extends another native type, with that type's constructor.
pub(super) fn allocate_native<'py>(
    py: At<'py>,
    subtype: Ref<'_, kind::Type>,
    root: Ref<'_, kind::Type>,
) -> Outcome<'py, Owned<'py>> {
    let no_args: Owned<'py, kind::Tuple> = owned!(py, unsafe ffi::PyTuple_New(0))?;
    // SAFETY: two types. A type that can be extended has a constructor, which creating the class has checked. It
    // returns a new reference, or null with an exception set.
    unsafe {
        let Some(new) = slot_of!(raw(root).cast(), tp_new, Py_tp_new: ffi::newfunc) else {
            let text = c"base type without tp_new";
            return Err(crate::Raised::with_message(py, pyo3_backend::ExceptionType::TypeError, text));
        };
        owned(py, new(raw(subtype).cast(), raw(no_args.as_ref()), core::ptr::null_mut()))
    }
}

/// Whether the native root of `C` is `object`.
pub(super) const fn extends_object<C: Class<CPython>>() -> bool {
    native::<C>().is_object()
}

/// Fills a new instance.
///
/// # Safety
///
/// `this` is a new instance of `C`, or of a type that extends it. Everything behind the native part is zero, except for
/// a `__dict__` that CPython 3.11 or 3.12 has put into its slot.
#[inline]
pub(super) unsafe fn fill<C: Class<CPython>>(
    this: *mut ffi::PyObject,
    values: <Derived<C> as BaseClass<CPython>>::Values,
) {
    // SAFETY: by the caller's promise, the instance has the layout of `C`, or starts with it. The mark is in the native
    // part, behind the fields of the native type.
    unsafe {
        Derived::<C>::fill(&Memory(this), values);
        if let Some(offset) = const { native::<C>().filled_offset() } {
            this.byte_add(offset).cast::<usize>().write(1);
        }
    }
}

impl Blueprint {
    /// Whether an instance has its payloads.
    ///
    /// # Safety
    ///
    /// `this` is an instance of the class.
    #[inline]
    unsafe fn is_filled(&self, this: *mut ffi::PyObject) -> bool {
        match self.mark {
            // SAFETY: inside the instance; the memory is zeroed, or written by `fill`.
            Some(offset) => unsafe { this.byte_add(offset.get() as usize).cast::<usize>().read() != 0 },
            None => true,
        }
    }

    /// Returns the slot of the instance's `__dict__`, if a Rust class declares one.
    ///
    /// # Safety
    ///
    /// `this` is an instance of the class.
    #[inline]
    unsafe fn dict_slot(&self, this: *mut ffi::PyObject) -> Option<*mut *mut ffi::PyObject> {
        // SAFETY: the offset is that of a pointer inside the instance.
        self.dict.map(|offset| unsafe { this.byte_add(offset.get() as usize).cast() })
    }

    /// Returns the native type at the root of the chain, for calling its slots.
    #[inline]
    fn root_type(&self, py: At<'_>) -> *mut ffi::PyTypeObject {
        raw((self.root)(py)).cast()
    }
}

/// `tp_dealloc`.
///
/// # Safety
///
/// Called for an instance of `C` that nothing refers to any more, by CPython itself or by the destructor of a Python
/// class that extends `C`.
pub(super) unsafe extern "C" fn dealloc<C: Class<CPython>>(this: *mut ffi::PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { end(this, BlueprintOf::<C>::BLUEPRINT) }
}

/// # Safety
///
/// As for [`dealloc`]. The blueprint is that of the class.
#[inline(never)]
unsafe extern "C" fn end(this: *mut ffi::PyObject, blueprint: &'static Blueprint) {
    // SAFETY: upheld by the caller. The order is that of CPython's own `subtype_dealloc`.
    unsafe {
        entered_quietly(|py| {
            let class = ffi::Py_TYPE(this);
            if is_collected(class) {
                ffi::PyObject_GC_UnTrack(this.cast());
            }
            if blueprint.has_weakrefs {
                ffi::PyObject_ClearWeakRefs(this);
            }
            if let Some(dispose) = blueprint.dispose
                && blueprint.is_filled(this)
            {
                // Destructors may use Python, which must not disturb an exception that is being propagated.
                let _exception = SavedException::new(py);
                dispose(py, this);
            }
            if let Some(dict) = blueprint.dict_slot(this) {
                ffi::Py_CLEAR(dict);
            }
            if blueprint.extends_object {
                free(this, class);
            } else {
                free_native(this, class, blueprint.root_type(py));
            }
        });
    }
}

/// Whether instances of a type take part in garbage collection.
#[inline]
pub(super) unsafe fn is_collected(class: *mut ffi::PyTypeObject) -> bool {
    // SAFETY: the caller passes a type.
    unsafe { ffi::PyType_HasFeature(class, ffi::Py_TPFLAGS_HAVE_GC) != 0 }
}

/// Frees the memory of an instance and releases its reference to its type, which every instance of a heap type has.
///
/// # Safety
///
/// `this` is an emptied instance of the heap type `class`.
#[inline]
unsafe fn free(this: *mut ffi::PyObject, class: *mut ffi::PyTypeObject) {
    // SAFETY: upheld by the caller; every type inherits a function that frees.
    unsafe {
        if let Some(free) = slot_of!(class, tp_free, Py_tp_free: ffi::freefunc) {
            free(this.cast());
        }
        ffi::Py_DECREF(class.cast());
    }
}

/// Frees an instance like [`free`], but through the destructor of the native base `root`.
///
/// # Safety
///
/// `this` is an instance of the heap type `class`, emptied except for its native part.
unsafe fn free_native(this: *mut ffi::PyObject, class: *mut ffi::PyTypeObject, root: *mut ffi::PyTypeObject) {
    // SAFETY: upheld by the caller. A collected base expects a tracked object. A base that is a heap type releases the
    // object's reference to its type; a static base leaves that to its subtypes.
    unsafe {
        if is_collected(root) {
            ffi::PyObject_GC_Track(this.cast());
        }
        let root_is_static = ffi::PyType_HasFeature(root, ffi::Py_TPFLAGS_HEAPTYPE) == 0;
        if let Some(dealloc) = slot_of!(root, tp_dealloc, Py_tp_dealloc: ffi::destructor) {
            dealloc(this);
        }
        if root_is_static {
            ffi::Py_DECREF(class.cast());
        }
    }
}

/// `tp_traverse`.
///
/// # Safety
///
/// Called by the collector for an instance of `C`.
pub(super) unsafe extern "C" fn traverse<C: Class<CPython>>(
    this: *mut ffi::PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
) -> c_int {
    // SAFETY: upheld by the caller.
    unsafe { visit_all(this, visit, arg, BlueprintOf::<C>::BLUEPRINT) }
}

/// # Safety
///
/// As for [`traverse`]. The blueprint is that of the class.
#[inline(never)]
unsafe extern "C" fn visit_all(
    this: *mut ffi::PyObject,
    visit: ffi::visitproc,
    arg: *mut c_void,
    blueprint: &'static Blueprint,
) -> c_int {
    // Nothing is released meanwhile: `has_entered` is false.
    let _left = Left::new();
    // SAFETY: CPython called this, so the thread is attached. Nothing here changes a reference count or runs Python.
    unsafe {
        let py = At::assume();
        // An instance of a heap type has to visit its type.
        let mut answer = visit(ffi::Py_TYPE(this).cast(), arg);
        if answer != 0 {
            return answer;
        }
        if !blueprint.extends_object
            && let Some(base) = slot_of!(blueprint.root_type(py), tp_traverse, Py_tp_traverse: ffi::traverseproc)
        {
            answer = base(this, visit, arg);
            if answer != 0 {
                return answer;
            }
        }
        let dict = blueprint.dict_slot(this).map_or(core::ptr::null_mut(), |dict| *dict);
        if !dict.is_null() {
            answer = visit(dict, arg);
            if answer != 0 {
                return answer;
            }
        }
        match blueprint.visit {
            Some(payloads) if blueprint.is_filled(this) => payloads(this, visit, arg),
            _ => 0,
        }
    }
}

/// `tp_clear`.
///
/// # Safety
///
/// Called by the collector for an instance of `C` that is part of a dead cycle.
pub(super) unsafe extern "C" fn clear<C: Class<CPython>>(this: *mut ffi::PyObject) -> c_int {
    // SAFETY: upheld by the caller.
    unsafe { clear_all(this, BlueprintOf::<C>::BLUEPRINT) }
}

/// # Safety
///
/// As for [`clear`]. The blueprint is that of the class.
#[inline(never)]
unsafe extern "C" fn clear_all(this: *mut ffi::PyObject, blueprint: &'static Blueprint) -> c_int {
    // SAFETY: upheld by the caller.
    unsafe {
        entered_quietly(|py| {
            if let Some(clear) = blueprint.clear
                && blueprint.is_filled(this)
            {
                clear(py, this);
            }
            if let Some(dict) = blueprint.dict_slot(this) {
                ffi::Py_CLEAR(dict);
            }
            if !blueprint.extends_object
                && let Some(base) = slot_of!(blueprint.root_type(py), tp_clear, Py_tp_clear: ffi::inquiry)
            {
                return base(this);
            }
            0
        })
    }
}

/// `tp_new` of a class without a constructor.
///
/// # Safety
///
/// Called by CPython.
pub(super) unsafe extern "C" fn no_constructor(
    subtype: *mut ffi::PyTypeObject,
    _args: *mut ffi::PyObject,
    _kwargs: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    use pyo3_backend::{ErrorOps, ExceptionType, StrOps, TypeOps};

    // SAFETY: CPython calls this attached, with no exception set, and the type is alive for the call.
    unsafe {
        crate::attachment::entered(|py| {
            let Some(subtype) = NonNull::new(subtype.cast()) else { return core::ptr::null_mut() };
            let subtype: Ref<'_, kind::Type> = Ref::from_ptr(subtype);
            let name = match CPython::type_name(py, subtype) {
                Ok(name) => CPython::str_to_lossy(py, name.as_ref()).into_owned(),
                Err(raised) => {
                    CPython::error_discard(raised);
                    String::from("<unknown>")
                }
            };
            let text = CPython::str_from_utf8(py, &format!("No constructor defined for {name}"));
            let class = CPython::exception_type(py, ExceptionType::TypeError);
            CPython::error_raise_new(py, class.any(), text.as_ref().any()).leave();
            core::ptr::null_mut()
        })
    }
}
