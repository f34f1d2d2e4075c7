//! Text settings from the environment of the process, as CPython reads them when it starts.

use std::ffi::OsStr;

use rustpython_vm::Settings;

/// Completes the settings that the VM leaves open, and sets the user's locale in the C library, which
/// `locale.getencoding` and system messages depend on.
///
/// UTF-8 mode is on unless `PYTHONUTF8=0`: `sys.flags` says so already, but the files of the VM follow the setting.
pub(crate) fn settle(settings: &mut Settings) {
    if settings.utf8_mode < 0 {
        let may_ask = !settings.ignore_environment && !settings.isolated;
        let asked = may_ask.then(|| std::env::var_os("PYTHONUTF8")).flatten();
        settings.utf8_mode = i8::from(asked.as_deref() != Some(OsStr::new("0")));
    }
    #[cfg(any(unix, windows))]
    // SAFETY: the name is a C string. Like CPython at its start, this relies on no other thread using the locale at the
    // same time. A program with such threads has to start the interpreter on the thread that manages the locale.
    unsafe {
        libc::setlocale(libc::LC_CTYPE, c"".as_ptr());
    }
}
