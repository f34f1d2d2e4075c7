//! Texts with a null behind them, which the VM's own strings have not.
//!
//! A copy is made once for each string that is asked for one. It has to stay until the string is gone, and nobody is told
//! when that is: strings have no weak references. So a table keeps the strings alive together with their copies, and when
//! it has grown to twice its size, those go that nobody but the table has.

use core::ffi::{CStr, FromBytesWithNulError};
use std::collections::HashMap;
use std::ffi::CString;

use pyo3_backend::Lock;
use rustpython_vm::builtins::PyStr;
use rustpython_vm::{AsObject, Py, PyRef};

/// A string, and its copy with a null.
struct Entry {
    string: PyRef<PyStr>,
    copy: CString,
}

/// Copies by the address of their string, which is nobody else's while the entry keeps it alive.
struct Table {
    entries: HashMap<usize, Entry>,
    /// How many entries there may be before it is time to look for old ones.
    limit: usize,
}

static TABLE: Lock<Option<Table>> = Lock::new(None);

/// The fewest entries that are looked through.
const SMALL: usize = 64;

/// The text of `string`, with a null behind it.
///
/// # Errors
///
/// Where there is a null inside.
pub(super) fn terminated<'a>(string: &'a Py<PyStr>, text: &str) -> Result<&'a CStr, FromBytesWithNulError> {
    let bytes = [text.as_bytes(), b"\0"].concat();
    let copy = CStr::from_bytes_with_nul(&bytes)?.to_owned();
    let mut table = TABLE.lock();
    let table_now = table.get_or_insert_with(|| Table { entries: HashMap::new(), limit: SMALL });
    let mut gone = Vec::new();
    if table_now.entries.len() >= table_now.limit {
        // One reference is the table's own. Whoever has none left cannot get another: only the table could give it.
        gone.extend(table_now.entries.extract_if(|_, entry| entry.string.as_object().strong_count() == 1));
        table_now.limit = SMALL.max(2 * table_now.entries.len());
    }
    let key = string.as_object().get_id();
    let entry = table_now.entries.entry(key).or_insert_with(|| Entry { string: string.to_owned(), copy });
    // SAFETY: the bytes of a `CString` stay where they are when it is moved. It is dropped when nobody but the table has the
    // string any more, and whoever lent it to us for `'a` has it for as long.
    let found = unsafe { &*core::ptr::from_ref(entry.copy.as_c_str()) };
    drop(table);
    // Without the lock: an instance of a subclass of `str` may run Python code when it goes.
    drop(gone);
    Ok(found)
}
