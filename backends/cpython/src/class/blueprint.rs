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

/// The constants of a class. Small, since there is one for each: offsets and sizes are those of instances, which CPython
/// limits to the range of a C `int`. No offset is zero.
pub(super) struct Blueprint {
    /// Returns the native type at the root of the chain.
    pub(super) root: for<'py> fn(At<'py>) -> Ref<'py, kind::Type>,
    /// What the collector and the end of an instance do with the payloads. `None`: nothing.
    pub(super) visit: Option<Visit>,
    pub(super) clear: Option<Act>,
    pub(super) dispose: Option<Act>,
    /// The size that the layout reserves for the fields of the native type.
    pub(super) root_size: u32,
    /// The size of an instance.
    pub(super) size: u32,
    /// The offset of the `__dict__` that this class adds.
    pub(super) own_dict: Offset,
    /// The offset of the list of weak references that this class adds.
    pub(super) own_weakrefs: Offset,
    /// The offset of the `__dict__` that this or another Rust class in the chain adds.
    pub(super) dict: Offset,
    /// The offset of the mark that an instance has its payloads, if there is one.
    pub(super) mark: Offset,
    /// Whether a Rust class in the chain adds weak references.
    pub(super) has_weakrefs: bool,
    /// Whether the payloads or a dict may be part of a cycle.
    pub(super) collected: bool,
    /// Whether the native type is `object`.
    pub(super) extends_object: bool,
}

/// The offset of something that an instance may have.
pub(super) type Offset = Option<NonZero<u32>>;

const fn number(size: usize) -> u32 {
    assert!(size <= i32::MAX as usize, "a class is too large for CPython");
    size as u32
}

const fn offset(offset: Option<usize>) -> Offset {
    match offset {
        Some(offset) => NonZero::new(number(offset)),
        None => None,
    }
}

/// Visits the payloads of an instance that has them.
type Visit = unsafe fn(*mut ffi::PyObject, ffi::visitproc, *mut c_void) -> c_int;
/// Does something with the payloads of an instance that has them.
type Act = unsafe fn(At<'_>, *mut ffi::PyObject);

/// The functions for a type's slots: C functions that know their class. They are only needed when the type is made.
pub(super) struct Slots {
    pub(super) dealloc: ffi::destructor,
    pub(super) traverse: ffi::traverseproc,
    pub(super) clear: ffi::inquiry,
    pub(super) memory: Option<(ffi::allocfunc, ffi::freefunc)>,
}

impl Slots {
    /// Returns the functions for `C`.
    pub(super) fn of<C: Class<CPython>>() -> Self {
        Slots {
            dealloc: instance::dealloc::<C>,
            traverse: instance::traverse::<C>,
            clear: instance::clear::<C>,
            memory: free_list::SlotsOf::<C>::SLOTS,
        }
    }
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
            root: C::Base::root_type_object,
            visit: if traverses { Some(visit::<C>) } else { None },
            clear: if traverses { Some(clear::<C>) } else { None },
            dispose: if Derived::<C>::MAY_DISPOSE { Some(dispose::<C>) } else { None },
            root_size: number(native.room()),
            size: number(layout.size),
            own_dict: if C::HAS_DICT { offset(layout.dict) } else { None },
            own_weakrefs: if C::HAS_WEAKREFS { offset(layout.weakrefs) } else { None },
            dict: offset(layout.dict),
            mark: offset(native.filled_offset()),
            has_weakrefs: Derived::<C>::HAS_WEAKREFS,
            collected: traverses || Derived::<C>::HAS_DICT,
            extends_object: native.is_object(),
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
