//! Classes written in Rust, as heap types.

use core::ffi::c_void;
use core::mem::ManuallyDrop;

use pyo3_backend::{
    BaseClass, Class, ClassOps, ClassSpec, Derived, ErrorOps, Function, MethodKind, Place, SetFn, UnaryFn, kind,
};
use pyo3_ffi as ffi;

use crate::convert::raw;
use crate::function::FunctionEntry;
use crate::protocol::{SlotEntry, trampoline};
use crate::{At, CPython, Outcome, Owned, Raised, Ref};

mod attribute;
mod blueprint;
mod create;
mod free_list;
mod instance;
mod layout;
mod native;

use self::blueprint::{BlueprintOf, Slots};
use self::layout::Memory;

pub use self::native::NativeInfo;

impl ClassOps for CPython {
    type MethodEntry = FunctionEntry;
    type GetterEntry = ffi::getter;
    type SetterEntry = ffi::setter;
    type SlotEntry = SlotEntry;
    type NativeInfo<P: 'static> = NativeInfo;

    fn class_method_entry<C: Class<Self>, F: Function<Self>>(_kind: MethodKind) -> FunctionEntry {
        // CPython checks the receiver: its descriptors accept instances of their class only. A static method has no
        // receiver.
        FunctionEntry::new::<F>()
    }

    fn class_getter_entry<C: Class<Self>, F: UnaryFn<Self>>() -> ffi::getter {
        trampoline::getter::<F>
    }

    fn class_setter_entry<C: Class<Self>, F: SetFn<Self>>() -> ffi::setter {
        trampoline::setter::<F>
    }

    fn class_create<'py, C: Class<Self>>(
        py: At<'py>,
        spec: ClassSpec<'_, Self>,
    ) -> Outcome<'py, Owned<'py, kind::Type>> {
        create::create(py, C::Base::type_object(py), BlueprintOf::<C>::BLUEPRINT, Slots::of::<C>(), spec)
    }

    fn class_set_attribute<'py>(
        py: At<'py>,
        class: Ref<'_, kind::Type>,
        name: Ref<'_, kind::Str>,
        value: Ref<'_>,
    ) -> Outcome<'py, ()> {
        attribute::set(py, class, name, value)
    }

    #[inline]
    unsafe fn class_allocate<'py, C: Class<Self>>(
        py: At<'py>,
        subtype: Ref<'_, kind::Type>,
        values: <Derived<C> as BaseClass<Self>>::Values,
    ) -> Outcome<'py, Owned<'py>> {
        // In these versions, `object.__new__` creates the `__dict__` of an instance immediately.
        let wants_dict = const { cfg!(all(Py_3_11, not(Py_3_13))) && Derived::<C>::HAS_DICT };
        // Nothing below panics. Held like this, the compiler need not prepare for it.
        let mut values = ManuallyDrop::new(values);
        let made = if const { instance::extends_object::<C>() } && !wants_dict {
            instance::allocate_plain(py, subtype)
        } else {
            instance::allocate_native(py, subtype, C::Base::root_type_object(py))
        };
        match made {
            Ok(object) => {
                let object = object.into_ptr();
                // SAFETY: a new instance of a subtype of `C`, whose only reference this is. Its native part is
                // initialized, and nothing has used the rest.
                unsafe {
                    instance::fill::<C>(object.as_ptr(), ManuallyDrop::into_inner(values));
                    Ok(Owned::from_ptr(object))
                }
            }
            // SAFETY: the values are not used again.
            Err(raised) => Err(unsafe { drop_aside(py, raised, (&raw mut values).cast(), drop_values::<C>) }),
        }
    }

    #[inline]
    unsafe fn class_payload<'a, C: Class<Self>>(object: Ref<'a>) -> &'a C::Payload {
        // SAFETY: by the caller's promise, the object is an instance of `C` with its memory, and alive for `'a`.
        unsafe { &*Memory(raw(object)).payload::<C>() }
    }
}

/// # Safety
///
/// As for `drop_in_place`, of the values for an instance of `C` at this place.
unsafe fn drop_values<C: Class<CPython>>(values: *mut c_void) {
    // SAFETY: upheld by the caller.
    unsafe { values.cast::<<Derived<C> as BaseClass<CPython>>::Values>().drop_in_place() }
}

/// Drops the values for an instance that could not be made. That may run Python, so the exception is put aside.
///
/// # Safety
///
/// `drop` may be called with `values`.
#[cold]
#[inline(never)]
unsafe fn drop_aside<'py>(
    py: At<'py>,
    raised: Raised<'py>,
    values: *mut c_void,
    drop: unsafe fn(*mut c_void),
) -> Raised<'py> {
    let exception = CPython::error_take(py, raised);
    // SAFETY: upheld by the caller.
    unsafe { drop(values) };
    CPython::error_raise(py, exception)
}
