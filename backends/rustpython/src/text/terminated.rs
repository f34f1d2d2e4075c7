//! Null-terminated copies of strings, because the VM's own strings have no terminating null.
//!
//! Each string is copied once, on demand. The copy has to live as long as the string, but nothing reports the end of a
//! string, because strings have no weak references. So a table keeps the strings alive together with their copies. When
//! the table has doubled in size, it drops the strings that nothing else refers to.

use core::ffi::{CStr, FromBytesWithNulError};
use std::collections::HashMap;
use std::ffi::CString;

use pyo3_backend::Lock;
use rustpython_vm::builtins::PyStr;
use rustpython_vm::{AsObject, Py, PyRef};

/// A string, and its null-terminated copy.
struct Entry {
    string: PyRef<PyStr>,
    copy: CString,
}

/// The copies, by the addresses of their strings. An entry keeps its string alive, so no other string gets that
/// address.
struct Table {
    entries: HashMap<usize, Entry>,
    /// The number of entries at which to look for unused ones.
    limit: usize,
}

static TABLE: Lock<Option<Table>> = Lock::new(None);

/// The smallest limit.
const SMALL: usize = 64;

/// Returns the text of `string`, null-terminated.
///
/// # Errors
///
/// If there is a null inside the text.
pub(super) fn terminated<'a>(string: &'a Py<PyStr>, text: &str) -> Result<&'a CStr, FromBytesWithNulError> {
    let bytes = [text.as_bytes(), b"\0"].concat();
    let copy = CStr::from_bytes_with_nul(&bytes)?.to_owned();
    let mut table = TABLE.lock();
    let table_now = table.get_or_insert_with(|| Table { entries: HashMap::new(), limit: SMALL });
    let mut gone = Vec::new();
    if table_now.entries.len() >= table_now.limit {
        // One reference belongs to the table. If it is the only one, no other can appear, because only the table could
        // create it.
        gone.extend(table_now.entries.extract_if(|_, entry| entry.string.as_object().strong_count() == 1));
        table_now.limit = SMALL.max(2 * table_now.entries.len());
    }
    let key = string.as_object().get_id();
    let entry = table_now.entries.entry(key).or_insert_with(|| Entry { string: string.to_owned(), copy });
    // SAFETY: the bytes of a `CString` do not move when it is moved. It is dropped after only the table refers to the
    // string, and the caller keeps the string alive for `'a`.
    let found = unsafe { &*core::ptr::from_ref(entry.copy.as_c_str()) };
    drop(table);
    // Outside the lock, because dropping an instance of a subclass of `str` may run Python code.
    drop(gone);
    Ok(found)
}
