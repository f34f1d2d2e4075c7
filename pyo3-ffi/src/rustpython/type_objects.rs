//! `object.h` and `cpython/object.h`: type objects, and the fields of C's structure that code reads.

use core::ffi::c_ulong;
use core::ops::Deref;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use rustpython_vm::builtins::{PyDict, PyStr, PyTuple, PyType, PyTypeRef};
use rustpython_vm::function::{FuncArgs, KwArgs};
use rustpython_vm::{Py, PyObject, PyResult, VirtualMachine};

use super::vm::{lent, object};
use crate::newfunc;

/// C API type `PyTypeObject`: a type of the virtual machine.
///
/// Its memory is not that of C's structure. Code that reads a field of C's structure (`(*ty).tp_base`) reads it from a
/// [`PyTypeFields`], which has those that RustPython has an answer for. Nothing can be written.
///
/// The compiler sees that such a read makes a reference, and denies that by default in the crate that is compiled
/// (`dangerous_implicit_autorefs`). The reference is sound if the type is alive. Write `(&*ty).tp_base`, which works on
/// every runtime, or allow the lint.
#[repr(transparent)]
pub struct PyTypeObject(Py<PyType>);

/// The fields of C's `PyTypeObject` that can be read on RustPython.
#[derive(Clone, Copy, Debug)]
pub struct PyTypeFields {
    /// The flags, as [`PyType_GetFlags`](super::PyType_GetFlags) returns them.
    pub tp_flags: c_ulong,
    /// The base class, or null for `object`.
    pub tp_base: *mut PyTypeObject,
    /// The function that makes instances, if there is one.
    pub tp_new: Option<newfunc>,
}

/// What tells one answer from another: the flags, and the addresses of the base class and the constructor.
type Key = (c_ulong, usize, usize);

impl Deref for PyTypeObject {
    type Target = PyTypeFields;

    /// Returns the values of the fields now.
    ///
    /// The reference could outlive the answer, so each different answer is kept forever. Types that have the same base
    /// mostly share one.
    fn deref(&self) -> &PyTypeFields {
        static ANSWERS: LazyLock<Mutex<HashMap<Key, Answer>>> = LazyLock::new(Mutex::default);
        let base: Option<&Py<PyType>> = self.0.base.deref();
        let fields = PyTypeFields {
            tp_flags: c_ulong::from(self.0.slots.flags.load().bits() as u32),
            tp_base: base.map_or(core::ptr::null_mut(), |base| core::ptr::from_ref(base).cast_mut().cast()),
            tp_new: self.0.slots.new.load().map(constructors::in_c),
        };
        let key = (fields.tp_flags, fields.tp_base.addr(), fields.tp_new.map_or(0, |new| new as usize));
        // No Python code runs while it is locked, and it is never left half-written.
        let mut answers = ANSWERS.lock().unwrap_or_else(PoisonError::into_inner);
        answers.entry(key).or_insert_with(|| Answer(Box::leak(Box::new(fields)))).0
    }
}

/// An answer, for all threads.
struct Answer(&'static PyTypeFields);

// SAFETY: the fields never change, and the pointer among them is an address that nothing here reads through.
unsafe impl Send for Answer {}

/// Returns the type behind a pointer.
///
/// # Safety
/// `ty` points to a type that stays alive for `'a`.
#[inline]
pub(super) unsafe fn class<'a>(ty: *mut PyTypeObject) -> &'a Py<PyType> {
    // SAFETY: upheld by the caller.
    unsafe { &(*ty.cast_const()).0 }
}

/// Returns a pointer to a type that something else keeps alive.
#[inline]
pub(super) fn type_pointer(class: &Py<PyType>) -> *mut PyTypeObject {
    core::ptr::from_ref(class).cast_mut().cast()
}

/// Functions of C's type for the constructors of the virtual machine.
mod constructors {
    use super::*;

    /// A constructor of the virtual machine.
    type Constructor = fn(PyTypeRef, FuncArgs, &VirtualMachine) -> PyResult;

    /// The constructors that have a C function of their own.
    static NUMBERED: Mutex<Vec<Constructor>> = Mutex::new(Vec::new());

    macro_rules! numbered {
        ($($number:literal)*) => { [$(call::<$number>),*] };
    }

    /// As many as the classes of a program that C code makes instances of in this way are likely to have.
    const IN_C: [newfunc; 64] = numbered! {
        0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40
        41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63
    };

    /// Returns a C function that does what `constructor` does: for the class that it is given, which may be derived from
    /// the one whose field was read, and may have a constructor of its own.
    pub(super) fn in_c(constructor: Constructor) -> newfunc {
        let mut numbered = NUMBERED.lock().unwrap_or_else(PoisonError::into_inner);
        let known = numbered.iter().position(|known| *known as usize == constructor as usize);
        let index = known.unwrap_or(numbered.len());
        match IN_C.get(index) {
            Some(function) => {
                if known.is_none() {
                    numbered.push(constructor);
                }
                *function
            }
            None => call_own,
        }
    }

    unsafe extern "C" fn call<const N: usize>(
        ty: *mut PyTypeObject,
        args: *mut PyObject,
        kwargs: *mut PyObject,
    ) -> *mut PyObject {
        let constructor = NUMBERED.lock().unwrap_or_else(PoisonError::into_inner)[N];
        // SAFETY: the caller passes a live type, and what calls take, as the type of this function requires.
        object(|vm| unsafe { constructor(class(ty).to_owned(), arguments(vm, args, kwargs)?, vm) })
    }

    /// Calls the constructor of the class that it is given.
    unsafe extern "C" fn call_own(ty: *mut PyTypeObject, args: *mut PyObject, kwargs: *mut PyObject) -> *mut PyObject {
        object(|vm| {
            // SAFETY: the caller passes a live type, as the type of this function requires.
            let class = unsafe { class(ty) };
            let Some(constructor) = class.slots.new.load() else {
                return Err(vm.new_type_error(format!("cannot create '{}' instances", class.name())));
            };
            // SAFETY: likewise for the arguments.
            constructor(class.to_owned(), unsafe { arguments(vm, args, kwargs) }?, vm)
        })
    }

    /// Reads the arguments of a call.
    ///
    /// # Safety
    /// `args` points to a live object, and `kwargs` too if it is not null.
    unsafe fn arguments(vm: &VirtualMachine, args: *mut PyObject, kwargs: *mut PyObject) -> PyResult<FuncArgs> {
        // SAFETY: upheld by the caller.
        let args = unsafe { lent(args) };
        let args = args.downcast_ref::<PyTuple>().ok_or_else(|| vm.new_system_error("the arguments are no tuple"))?;
        let mut named = KwArgs::default();
        // SAFETY: upheld by the caller.
        if let Some(kwargs) = unsafe { kwargs.as_ref() } {
            let kwargs = kwargs.downcast_ref::<PyDict>();
            for (key, value) in kwargs.ok_or_else(|| vm.new_system_error("the keyword arguments are no dict"))? {
                let key = key.downcast_ref::<PyStr>().ok_or_else(|| vm.new_type_error("keywords must be strings"))?;
                named.insert(key.as_wtf8().to_owned(), value);
            }
        }
        Ok(FuncArgs::new(args.as_slice().to_vec(), named))
    }
}
