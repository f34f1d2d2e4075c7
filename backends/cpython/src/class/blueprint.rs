//! What depends on the Rust class, as constants. All other code of this folder is compiled once for all classes, and
//! reads them from here.

use core::ffi::{c_int, c_void};
use core::marker::PhantomData;
use core::num::NonZero;
use core::ops::ControlFlow;
use core::ptr::NonNull;

use pyo3_backend::{BaseClass, Class, Derived, Stop, kind};
use pyo3_ffi as ffi;

use super::layout::{LayoutOf, Memory, native};
use super::{free_list, instance};
use crate::convert::raw;
use crate::{At, CPython, Ref};

/// The constants of a class.
pub(super) struct Blueprint {
    /// Returns the class that this one extends.
    pub(super) base: for<'py> fn(At<'py>) -> Ref<'py, kind::Type>,
    /// Returns the native type at the root of the chain.
    pub(super) root: for<'py> fn(At<'py>) -> Ref<'py, kind::Type>,
    /// The size that the layout reserves for the fields of the native type.
    pub(super) root_size: usize,
    /// Whether the native type is `object`.
    pub(super) extends_object: bool,
    /// The size of an instance.
    pub(super) size: usize,
    /// The offset of the `__dict__` that this class adds.
    pub(super) own_dict: Option<usize>,
    /// The offset of the list of weak references that this class adds.
    pub(super) own_weakrefs: Option<usize>,
    /// The offset of the `__dict__` that this or another Rust class in the chain adds.
    pub(super) dict: Option<usize>,
    /// Whether a Rust class in the chain adds weak references.
    pub(super) has_weakrefs: bool,
    /// Whether the payloads or a dict may be part of a cycle.
    pub(super) collected: bool,
    /// The offset of the mark that an instance has its payloads, if there is one.
    pub(super) mark: Option<usize>,
    /// What the collector and the end of an instance do with the payloads. `None`: nothing.
    pub(super) visit: Option<Visit>,
    pub(super) clear: Option<Act>,
    pub(super) dispose: Option<Act>,
    /// The functions for the type's slots.
    pub(super) slots: Slots,
}

/// Visits the payloads of an instance that has them.
type Visit = unsafe fn(*mut ffi::PyObject, ffi::visitproc, *mut c_void) -> c_int;
/// Does something with the payloads of an instance that has them.
type Act = unsafe fn(At<'_>, *mut ffi::PyObject);

/// C functions that know their class.
pub(super) struct Slots {
    pub(super) dealloc: ffi::destructor,
    pub(super) traverse: ffi::traverseproc,
    pub(super) clear: ffi::inquiry,
    pub(super) memory: Option<(ffi::allocfunc, ffi::freefunc)>,
}

/// Gives the constants of `C`.
pub(super) struct BlueprintOf<C>(PhantomData<C>);

impl<C: Class<CPython>> BlueprintOf<C> {
    /// The constants.
    pub(super) const BLUEPRINT: &'static Blueprint = &{
        let layout = LayoutOf::<C>::LAYOUT;
        let native = native::<C>();
        let traverses = Derived::<C>::MAY_TRAVERSE;
        Blueprint {
            base: C::Base::type_object,
            root: C::Base::root_type_object,
            root_size: native.room(),
            extends_object: native.is_object(),
            size: layout.size,
            own_dict: if C::HAS_DICT { layout.dict } else { None },
            own_weakrefs: if C::HAS_WEAKREFS { layout.weakrefs } else { None },
            dict: layout.dict,
            has_weakrefs: Derived::<C>::HAS_WEAKREFS,
            collected: traverses || Derived::<C>::HAS_DICT,
            mark: native.filled_offset(),
            visit: if traverses { Some(visit::<C>) } else { None },
            clear: if traverses { Some(clear::<C>) } else { None },
            dispose: if Derived::<C>::MAY_DISPOSE { Some(dispose::<C>) } else { None },
            slots: Slots {
                dealloc: instance::dealloc::<C>,
                traverse: instance::traverse::<C>,
                clear: instance::clear::<C>,
                memory: free_list::SlotsOf::<C>::SLOTS,
            },
        }
    };
}

/// # Safety
///
/// The collector visits `this`, an instance of `C` that has its payloads, and passes the rest.
unsafe fn visit<C: Class<CPython>>(this: *mut ffi::PyObject, visit: ffi::visitproc, arg: *mut c_void) -> c_int {
    // SAFETY: upheld by the caller.
    let payloads = unsafe { Derived::<C>::payloads(&Memory(this)) };
    // SAFETY: as the collector expects: the objects are alive, and `arg` is its own.
    let visited =
        Derived::<C>::traverse(payloads, &mut |object| match NonZero::new(unsafe { visit(raw(object), arg) }) {
            None => ControlFlow::Continue(()),
            Some(answer) => ControlFlow::Break(Stop::new(answer)),
        });
    match visited {
        ControlFlow::Continue(()) => 0,
        ControlFlow::Break(stop) => stop.code().get(),
    }
}

/// # Safety
///
/// `this` is an instance of `C` that has its payloads.
unsafe fn clear<C: Class<CPython>>(py: At<'_>, this: *mut ffi::PyObject) {
    // SAFETY: upheld by the caller.
    unsafe {
        let object = NonNull::new(this).map(|this| Ref::from_ptr(this));
        Derived::<C>::clear(py, object, Derived::<C>::payloads(&Memory(this)));
    }
}

/// # Safety
///
/// `this` is a dying instance of `C` that has its payloads. They are not used again.
unsafe fn dispose<C: Class<CPython>>(py: At<'_>, this: *mut ffi::PyObject) {
    // SAFETY: upheld by the caller.
    unsafe { Derived::<C>::dispose(py, &Memory(this)) }
}
