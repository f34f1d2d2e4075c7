//! Rust functions that Python calls.

use core::ffi::{CStr, c_int};

use pyo3_backend::{DefinedFunction, Function, FunctionOps, ModuleOps, kind};
use pyo3_ffi as ffi;

use crate::convert::raw_or_null;
use crate::{At, CPython, Outcome, Owned, Ref};

mod arguments;
mod closure;
pub(crate) mod trampoline;

pub use self::arguments::{FastArguments, Keyword, TupleArguments};

/// A function for CPython: a pointer and its calling convention.
#[derive(Clone, Copy)]
pub enum FunctionEntry {
    /// `METH_NOARGS`: CPython refuses arguments itself.
    NoArguments(ffi::PyCFunction),
    /// `METH_FASTCALL | METH_KEYWORDS`: arguments on the caller's stack.
    #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
    Fast(ffi::PyCFunctionFastWithKeywords),
    /// `METH_VARARGS | METH_KEYWORDS`: a tuple and a dict.
    Tuple(ffi::PyCFunctionWithKeywords),
}

impl FunctionEntry {
    /// Returns the entry for `F`. The condition is a constant, so no code is generated for the other entry.
    pub(crate) const fn new<F: Function<CPython>>() -> Self {
        if F::NO_ARGUMENTS {
            return FunctionEntry::NoArguments(trampoline::no_arguments::<F>);
        }
        #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
        return FunctionEntry::Fast(trampoline::fast::<F>);
        #[cfg(not(any(Py_3_10, not(Py_LIMITED_API))))]
        return FunctionEntry::Tuple(trampoline::tuple::<F>);
    }

    /// Returns the definition for CPython. `flags` are added to those of the calling convention.
    pub(crate) const fn method_def(self, name: &'static CStr, doc: &'static CStr, flags: c_int) -> ffi::PyMethodDef {
        let (ml_meth, convention) = match self {
            FunctionEntry::NoArguments(f) => (ffi::PyMethodDefPointer { PyCFunction: f }, ffi::METH_NOARGS),
            #[cfg(any(Py_3_10, not(Py_LIMITED_API)))]
            FunctionEntry::Fast(f) => {
                (ffi::PyMethodDefPointer { PyCFunctionFastWithKeywords: f }, ffi::METH_FASTCALL | ffi::METH_KEYWORDS)
            }
            FunctionEntry::Tuple(f) => {
                (ffi::PyMethodDefPointer { PyCFunctionWithKeywords: f }, ffi::METH_VARARGS | ffi::METH_KEYWORDS)
            }
        };
        ffi::PyMethodDef { ml_name: name.as_ptr(), ml_meth, ml_flags: convention | flags, ml_doc: doc.as_ptr() }
    }
}

impl FunctionOps for CPython {
    type FunctionState = ();

    #[inline]
    fn function_new<'py, F: DefinedFunction<Self>>(
        py: At<'py>,
        module: Option<Ref<'_, kind::Module>>,
    ) -> Outcome<'py, Owned<'py, kind::BuiltinFunction>> {
        struct Constant<F>(core::marker::PhantomData<F>);

        impl<F: DefinedFunction<CPython>> Constant<F> {
            const DEF: &'static ffi::PyMethodDef = &FunctionEntry::new::<F>().method_def(F::DEF.name, F::DEF.doc, 0);
        }

        // CPython takes a mutable pointer, but only reads.
        make(py, core::ptr::from_ref(Constant::<F>::DEF).cast_mut(), module)
    }

    fn function_from_closure<'py, F>(
        py: At<'py>,
        name: &'static CStr,
        doc: &'static CStr,
        closure: F,
    ) -> Outcome<'py, Owned<'py, kind::BuiltinFunction>>
    where
        F: for<'a> Fn(At<'a>, Ref<'a, kind::Tuple>, Option<Ref<'a, kind::Dict>>) -> Outcome<'a, Owned<'a>>
            + Send
            + 'static,
    {
        closure::function(py, name, doc, closure)
    }
}

/// Creates a function object for a definition that lives as long as the process.
fn make<'py>(
    py: At<'py>,
    def: *mut ffi::PyMethodDef,
    module: Option<Ref<'_, kind::Module>>,
) -> Outcome<'py, Owned<'py, kind::BuiltinFunction>> {
    let name = module.map(|module| CPython::module_name(py, module)).transpose()?;
    let name = raw_or_null(name.as_ref().map(|name| name.as_ref()));
    owned!(py, unsafe ffi::PyCFunction_NewEx(def, raw_or_null(module), name))
}
