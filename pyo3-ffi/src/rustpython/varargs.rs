//! `modsupport.h`: unpacking arguments according to a format.
//!
//! These functions are variadic, so C defines them (`pyo3-ffi-varargs`), and they call the functions here.

use core::ffi::{
    CStr, c_char, c_double, c_float, c_int, c_long, c_longlong, c_short, c_uchar, c_uint, c_ulong, c_ulonglong,
    c_ushort, c_void,
};
use core::slice;
use std::format;
use std::string::String;

use rustpython_vm::builtins::{PyDict, PyStr, PyTuple, PyType};
use rustpython_vm::{AsObject, PyObject, PyResult, VirtualMachine};

use super::vm::{lent, pointer, status};
use crate::{Py_ssize_t, PyTypeObject};

#[expect(improper_ctypes, reason = "C only uses pointers to the object")]
unsafe extern "C" {
    /// Unpacks a tuple according to a format. Returns 1, or 0 with an exception.
    ///
    /// Supported units are `O O! S U s# z# y# b B h H i I l k L K n c C f d p`, then `|`, `:name` and `;text`. Units
    /// for C strings (`s z y`) raise a `SystemError`, because strings here do not end with a nul byte.
    #[link_name = "pyo3_ffi_PyArg_ParseTuple"]
    pub fn PyArg_ParseTuple(args: *mut PyObject, format: *const c_char, ...) -> c_int;

    /// Like `PyArg_ParseTuple`, with keyword arguments. `$` starts keyword-only arguments.
    #[link_name = "pyo3_ffi_PyArg_ParseTupleAndKeywords"]
    pub fn PyArg_ParseTupleAndKeywords(
        args: *mut PyObject,
        keywords: *mut PyObject,
        format: *const c_char,
        names: *const *const c_char,
        ...
    ) -> c_int;

    /// Unpacks a tuple into borrowed references. Returns 1, or 0 with an exception.
    #[link_name = "pyo3_ffi_PyArg_UnpackTuple"]
    pub fn PyArg_UnpackTuple(
        args: *mut PyObject,
        name: *const c_char,
        least: Py_ssize_t,
        most: Py_ssize_t,
        ...
    ) -> c_int;
}

/// Installs the functions that the C functions call.
///
/// # Safety
///
/// No thread calls any of the C functions before this returns.
pub(super) unsafe fn install() {
    static FUNCTIONS: pyo3_ffi_varargs::Functions =
        pyo3_ffi_varargs::Functions { count_destinations, parse: parse_arguments, unpack };
    // SAFETY: upheld by the caller.
    unsafe { pyo3_ffi_varargs::install(&FUNCTIONS) };
}

/// One unit of a format, with its number of destinations.
#[derive(Clone, Copy)]
struct Unit<'a> {
    text: &'a str,
    destinations: usize,
}

/// A parsed format.
struct Format<'a> {
    units: std::vec::Vec<Unit<'a>>,
    /// The number of units before `|`.
    required: usize,
    /// The number of units before `$`.
    positional: usize,
    /// The text after `:`, which is the name of the function for messages.
    name: &'a str,
}

impl<'a> Format<'a> {
    /// Parses a format. `Err` contains a message about an unknown unit.
    fn read(format: &'a str) -> Result<Self, String> {
        let (units_text, name) = match format.find([':', ';']) {
            Some(end) if format[end..].starts_with(':') => (&format[..end], &format[end + 1..]),
            Some(end) => (&format[..end], "function"),
            None => (format, "function"),
        };
        let mut out = Format { units: std::vec::Vec::new(), required: usize::MAX, positional: usize::MAX, name };
        let mut rest = units_text;
        while let Some(first) = rest.chars().next() {
            let (length, destinations) = match first {
                '|' => {
                    out.required = out.units.len();
                    (1, None)
                }
                '$' => {
                    out.positional = out.units.len();
                    (1, None)
                }
                'O' if rest[1..].starts_with('!') => (2, Some(2)),
                's' | 'z' | 'y' if rest[1..].starts_with('#') => (2, Some(2)),
                'O' | 'S' | 'U' | 'b' | 'B' | 'h' | 'H' | 'i' | 'I' | 'l' | 'k' | 'L' | 'K' | 'n' | 'c' | 'C' | 'f'
                | 'd' | 'p' => (1, Some(1)),
                other => return Err(format!("impossible<bad format char: '{other}'>")),
            };
            if let Some(destinations) = destinations {
                out.units.push(Unit { text: &rest[..length], destinations });
            }
            rest = &rest[length..];
        }
        out.required = out.required.min(out.units.len());
        out.positional = out.positional.min(out.units.len());
        Ok(out)
    }
}

/// Returns the number of destinations in a format, or 0 for an invalid format, which parsing reports later.
unsafe extern "C" fn count_destinations(format: *const c_char) -> Py_ssize_t {
    // SAFETY: the caller of the C function passes a C string.
    let text = unsafe { CStr::from_ptr(format) }.to_str().unwrap_or("");
    Format::read(text)
        .map_or(0, |format| format.units.iter().map(|unit| unit.destinations).sum::<usize>() as Py_ssize_t)
}

/// Parses arguments. Returns 1, or 0 with an exception.
unsafe extern "C" fn parse_arguments(
    args: *mut c_void,
    keywords: *mut c_void,
    format: *const c_char,
    names: *const *const c_char,
    destinations: *mut *mut c_void,
) -> c_int {
    let done = status(|vm| {
        if format.is_null() {
            return Err(vm.new_system_error("too many arguments in a format"));
        }
        // SAFETY: the caller of the C function passes live objects, C strings, and the destinations for the format,
        // which `count_destinations` has counted.
        unsafe { parse(vm, args.cast(), keywords.cast(), CStr::from_ptr(format), names, destinations) }
    });
    c_int::from(done == 0)
}

/// Parses arguments according to a format.
///
/// # Safety
///
/// The requirements of the C functions apply.
unsafe fn parse(
    vm: &VirtualMachine,
    args: *mut PyObject,
    keywords: *mut PyObject,
    format: &CStr,
    names: *const *const c_char,
    destinations: *mut *mut c_void,
) -> PyResult<()> {
    let text = format.to_str().map_err(|_| vm.new_system_error("a format is not UTF-8"))?;
    let format = Format::read(text).map_err(|error| vm.new_system_error(error))?;
    // SAFETY: upheld by the caller.
    let args = unsafe { lent(args) }
        .downcast_ref::<PyTuple>()
        .ok_or_else(|| vm.new_system_error("new style getargs format but argument is not a tuple"))?
        .as_slice();
    // SAFETY: upheld by the caller.
    let keywords =
        (!keywords.is_null()).then(|| unsafe { lent(keywords) }).and_then(|dict| dict.downcast_ref::<PyDict>());
    if args.len() > format.positional {
        return Err(vm.new_type_error(format!(
            "{}() takes at most {} positional argument{} ({} given)",
            format.name,
            format.positional,
            if format.positional == 1 { "" } else { "s" },
            args.len()
        )));
    }
    let mut used = 0;
    let mut at = destinations;
    for (index, unit) in format.units.iter().enumerate() {
        // SAFETY: `names` is null or has a name for each unit.
        let name = (!names.is_null()).then(|| unsafe { CStr::from_ptr(*names.add(index)) }.to_str().unwrap_or(""));
        let by_name = match (keywords, name) {
            (Some(dict), Some(name)) if !name.is_empty() => dict.get_item_opt(name, vm)?,
            _ => None,
        };
        let value = match (args.get(index), by_name) {
            (Some(_), Some(_)) => {
                let name = name.unwrap_or("");
                return Err(vm.new_type_error(format!(
                    "argument for {}() given by name ('{name}') and position ({})",
                    format.name,
                    index + 1
                )));
            }
            (Some(value), None) => Some(value.clone()),
            (None, Some(value)) => {
                used += 1;
                Some(value)
            }
            (None, None) if index < format.required => {
                return Err(vm.new_type_error(format!(
                    "{}() missing required argument '{}' (pos {})",
                    format.name,
                    name.unwrap_or(""),
                    index + 1
                )));
            }
            (None, None) => None,
        };
        if let Some(value) = value {
            // SAFETY: the destinations of this unit are next, and the tuple or dict keeps the value alive for the
            // caller.
            unsafe { convert(vm, unit, &value, slice::from_raw_parts(at, unit.destinations)) }?;
        }
        // SAFETY: each unit has that many destinations.
        at = unsafe { at.add(unit.destinations) };
    }
    match keywords {
        Some(dict) if dict.__len__() > used => Err(unexpected(vm, &format, dict, names)),
        _ => Ok(()),
    }
}

/// Creates the exception for a keyword that matches no unit.
fn unexpected(
    vm: &VirtualMachine,
    format: &Format<'_>,
    keywords: &rustpython_vm::Py<PyDict>,
    names: *const *const c_char,
) -> rustpython_vm::builtins::PyBaseExceptionRef {
    let known = |name: &str| {
        (0..format.units.len()).any(|index| {
            // SAFETY: `names` has a name for each unit.
            !names.is_null() && unsafe { CStr::from_ptr(*names.add(index)) }.to_bytes() == name.as_bytes()
        })
    };
    for (key, _) in keywords {
        let Some(key) = key.downcast_ref::<PyStr>() else {
            return vm.new_type_error("keywords must be strings");
        };
        let name = key.to_string_lossy();
        if !known(&name) {
            return vm.new_type_error(format!("{}() got an unexpected keyword argument '{name}'", format.name));
        }
    }
    vm.new_type_error(format!("{}() got too many keyword arguments", format.name))
}

/// Converts one argument and stores it.
///
/// # Safety
///
/// `to` holds the destinations of the unit.
unsafe fn convert(vm: &VirtualMachine, unit: &Unit<'_>, value: &PyObject, to: &[*mut c_void]) -> PyResult<()> {
    /// Writes a value to a destination.
    ///
    /// # Safety
    ///
    /// `to` is valid for writing a `T`.
    unsafe fn put<T>(to: *mut c_void, value: T) {
        // SAFETY: upheld by the caller.
        unsafe { to.cast::<T>().write(value) };
    }
    // SAFETY: the destination of each unit is a pointer to the C type that is written, as the C functions require.
    unsafe {
        match unit.text {
            "O" => put(to[0], pointer(value)),
            "O!" => {
                let class = lent(to[0].cast::<PyTypeObject>().cast::<PyObject>());
                let class = class.downcast_ref::<PyType>().ok_or_else(|| vm.new_system_error("O! wants a type"))?;
                if !value.fast_isinstance(class) {
                    return Err(vm.new_type_error(format!(
                        "argument must be {}, not {}",
                        class.name(),
                        value.class().name()
                    )));
                }
                put(to[1], pointer(value));
            }
            "S" => put(to[0], pointer(expect::<rustpython_vm::builtins::PyBytes>(vm, value, "bytes")?)),
            "U" => put(to[0], pointer(expect::<PyStr>(vm, value, "str")?)),
            "s#" | "z#" | "y#" => {
                let bytes: &[u8] = if unit.text == "z#" && vm.is_none(value) {
                    put::<*const u8>(to[0], core::ptr::null());
                    put::<Py_ssize_t>(to[1], 0);
                    return Ok(());
                } else if let (Some(text), true) = (value.downcast_ref::<PyStr>(), unit.text != "y#") {
                    text.to_str().ok_or_else(|| vm.new_value_error("surrogates not allowed"))?.as_bytes()
                } else {
                    let bytes = value.downcast_ref::<rustpython_vm::builtins::PyBytes>().ok_or_else(|| {
                        vm.new_type_error(format!("a bytes-like object is required, not '{}'", value.class().name()))
                    })?;
                    bytes.as_bytes()
                };
                put(to[0], bytes.as_ptr());
                put(to[1], bytes.len() as Py_ssize_t);
            }
            "b" => put(to[0], integer::<c_uchar>(vm, value)?),
            "h" => put(to[0], integer::<c_short>(vm, value)?),
            "i" => put(to[0], integer::<c_int>(vm, value)?),
            "l" => put(to[0], integer::<c_long>(vm, value)?),
            "L" => put(to[0], integer::<c_longlong>(vm, value)?),
            "n" => put(to[0], integer::<Py_ssize_t>(vm, value)?),
            // Without an overflow check, as in C.
            "B" => put(to[0], wrapped(vm, value)? as c_uchar),
            "H" => put(to[0], wrapped(vm, value)? as c_ushort),
            "I" => put(to[0], wrapped(vm, value)? as c_uint),
            "k" => put(to[0], wrapped(vm, value)? as c_ulong),
            "K" => put(to[0], wrapped(vm, value)? as c_ulonglong),
            "f" => put(to[0], value.try_float(vm)?.to_f64() as c_float),
            "d" => put::<c_double>(to[0], value.try_float(vm)?.to_f64()),
            "p" => put(to[0], c_int::from(value.to_owned().try_to_bool(vm)?)),
            "c" => {
                let bytes = expect::<rustpython_vm::builtins::PyBytes>(vm, value, "a byte string of length 1")?;
                let bytes =
                    bytes.downcast_ref::<rustpython_vm::builtins::PyBytes>().map_or(&[][..], |bytes| bytes.as_bytes());
                let [byte] = bytes else {
                    return Err(vm.new_type_error("argument must be a byte string of length 1"));
                };
                put(to[0], *byte as c_char);
            }
            "C" => {
                let text = value.downcast_ref::<PyStr>().and_then(|text| text.to_str());
                let mut characters = text.unwrap_or("").chars();
                let (Some(character), None) = (characters.next(), characters.next()) else {
                    return Err(vm.new_type_error("argument must be a unicode character"));
                };
                put(to[0], character as c_int);
            }
            other => return Err(vm.new_system_error(format!("impossible<bad format char: '{other}'>"))),
        }
    }
    Ok(())
}

/// Returns the object if it has the type of the unit.
fn expect<'a, T: rustpython_vm::PyPayload>(
    vm: &VirtualMachine,
    value: &'a PyObject,
    wanted: &str,
) -> PyResult<&'a PyObject> {
    match value.downcast_ref::<T>() {
        Some(_) => Ok(value),
        None => Err(vm.new_type_error(format!("argument must be {wanted}, not {}", value.class().name()))),
    }
}

/// Converts an integer that must fit the type.
fn integer<T: TryFrom<i64>>(vm: &VirtualMachine, value: &PyObject) -> PyResult<T> {
    let number = value.try_index(vm)?;
    let number: i64 = number.try_to_primitive(vm)?;
    T::try_from(number).map_err(|_| vm.new_overflow_error("integer is out of the range of the C type"))
}

/// Returns the lower 64 bits of an integer.
fn wrapped(vm: &VirtualMachine, value: &PyObject) -> PyResult<u64> {
    Ok(value.try_index(vm)?.as_u64_mask())
}

/// Unpacks a tuple. Returns 1, or 0 with an exception.
unsafe extern "C" fn unpack(
    args: *mut c_void,
    name: *const c_char,
    least: Py_ssize_t,
    most: Py_ssize_t,
    destinations: *mut *mut c_void,
) -> c_int {
    let done = status(|vm| {
        // SAFETY: the caller of the C function passes a live object.
        let Some(items) = unsafe { lent(args.cast()) }.downcast_ref::<PyTuple>().map(|tuple| tuple.as_slice()) else {
            return Err(vm.new_system_error("PyArg_UnpackTuple() argument list is not a tuple"));
        };
        let given = items.len() as Py_ssize_t;
        if given < least || given > most {
            // SAFETY: `name` is null or a C string.
            let name = if name.is_null() { c"unpacked tuple" } else { unsafe { CStr::from_ptr(name) } };
            let (word, bound) = if given < least { ("at least", least) } else { ("at most", most) };
            return Err(
                vm.new_type_error(format!("{} expected {word} {bound} arguments, got {given}", name.to_string_lossy()))
            );
        }
        for (index, item) in items.iter().enumerate() {
            // SAFETY: there is a destination for each of `most` items.
            unsafe { destinations.add(index).write(pointer(item).cast()) };
        }
        Ok(())
    });
    c_int::from(done == 0)
}
