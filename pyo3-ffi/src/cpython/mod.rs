//! The C API of CPython, one file per header (or per family of small headers).
//!
//! Rows are in C's order. A `cfg` on a row tells which versions of the header have it, and for which API: `Py_3_12`
//! means 3.12 or later (for the limited API: as the oldest supported version), `Py_LIMITED_API` the stable ABI.

#[macro_use]
mod macros;

mod abstract_;
mod boolobject;
mod builtin_objects;
mod bytearrayobject;
mod bytesobject;
mod ceval;
#[cfg(not(Py_LIMITED_API))]
mod code;
mod codecs;
mod complexobject;
#[cfg(not(Py_LIMITED_API))]
mod context;
#[cfg(not(Py_LIMITED_API))]
mod datetime;
mod descrobject;
mod dictobject;
mod ended;
#[cfg(not(Py_LIMITED_API))]
mod exception_layouts;
mod fileobject;
mod floatobject;
#[cfg(not(Py_LIMITED_API))]
mod funcobject;
#[cfg(not(Py_LIMITED_API))]
mod genobject;
mod import;
#[cfg(not(Py_LIMITED_API))]
mod initconfig;
mod iterobject;
mod listobject;
#[cfg(any(all(Py_3_13, not(Py_LIMITED_API)), Py_3_15))]
mod lock;
mod longobject;
#[cfg(not(Py_LIMITED_API))]
mod marshal;
mod memoryobject;
mod methodobject;
mod modsupport;
mod moduleobject;
mod object;
mod objimpl;
mod osmodule;
#[cfg(not(any(Py_3_10, Py_LIMITED_API)))]
mod parser;
#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
mod pybuffer;
mod pycapsule;
mod pyerrors;
mod pyframe;
mod pyhash;
mod pylifecycle;
mod pymem;
mod pyport;
mod pystate;
mod pythonrun;
mod pythread;
#[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
mod pytime;
mod rangeobject;
mod refcount;
mod setobject;
mod sliceobject;
mod structseq;
mod sysmodule;
mod traceback;
mod tupleobject;
#[cfg(not(Py_LIMITED_API))]
mod typeobject;
#[cfg(not(Py_LIMITED_API))]
mod unicode_layout;
mod unicodeobject;
mod warnings;
mod weakrefobject;

// Names that all files use, just as the C headers include each other.
use crate::tables::*;
#[cfg(not(Py_LIMITED_API))]
use core::ffi::c_uchar;
use core::ffi::{c_char, c_double, c_int, c_long, c_longlong, c_uint, c_ulong, c_ulonglong, c_void};

pub use self::abstract_::*;
pub use self::boolobject::*;
pub use self::builtin_objects::*;
pub use self::bytearrayobject::*;
pub use self::bytesobject::*;
pub use self::ceval::*;
#[cfg(not(Py_LIMITED_API))]
pub use self::code::*;
pub use self::codecs::*;
pub use self::complexobject::*;
#[cfg(not(Py_LIMITED_API))]
pub use self::context::*;
#[cfg(not(Py_LIMITED_API))]
pub use self::datetime::*;
pub use self::descrobject::*;
pub use self::dictobject::*;
#[cfg(not(Py_LIMITED_API))]
pub use self::exception_layouts::*;
pub use self::fileobject::*;
pub use self::floatobject::*;
#[cfg(not(Py_LIMITED_API))]
pub use self::funcobject::*;
#[cfg(not(Py_LIMITED_API))]
pub use self::genobject::*;
pub use self::import::*;
#[cfg(not(Py_LIMITED_API))]
pub use self::initconfig::*;
pub use self::iterobject::*;
pub use self::listobject::*;
#[cfg(any(all(Py_3_13, not(Py_LIMITED_API)), Py_3_15))]
pub use self::lock::*;
pub use self::longobject::*;
#[cfg(not(Py_LIMITED_API))]
pub use self::marshal::*;
pub use self::memoryobject::*;
pub use self::methodobject::*;
pub use self::modsupport::*;
pub use self::moduleobject::*;
pub use self::object::*;
pub use self::objimpl::*;
pub use self::osmodule::*;
#[cfg(not(any(Py_3_10, Py_LIMITED_API)))]
pub use self::parser::*;
#[cfg(any(not(Py_LIMITED_API), Py_3_11))]
pub use self::pybuffer::*;
pub use self::pycapsule::*;
pub use self::pyerrors::*;
pub use self::pyframe::*;
pub use self::pyhash::*;
pub use self::pylifecycle::*;
pub use self::pymem::*;
pub use self::pyport::*;
pub use self::pystate::*;
pub use self::pythonrun::*;
pub use self::pythread::*;
#[cfg(all(Py_3_13, not(Py_LIMITED_API)))]
pub use self::pytime::*;
pub use self::rangeobject::*;
pub use self::refcount::*;
pub use self::setobject::*;
pub use self::sliceobject::*;
pub use self::structseq::*;
pub use self::sysmodule::*;
pub use self::traceback::*;
pub use self::tupleobject::*;
#[cfg(not(Py_LIMITED_API))]
pub use self::typeobject::*;
pub use self::unicodeobject::*;
pub use self::warnings::*;
pub use self::weakrefobject::*;
