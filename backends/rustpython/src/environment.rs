//! How the process's environment decides about text, as CPython does when it starts.

use std::ffi::OsStr;

use rustpython_vm::Settings;

/// Settles what the VM leaves open, and lets the C library know of the user's locale, which `locale.getencoding` and
/// messages of the system go by.
///
/// UTF-8 mode is on unless `PYTHONUTF8=0` says otherwise: `sys.flags` tells so, but the VM's files go by the setting.
pub(crate) fn settle(settings: &mut Settings) {
    if settings.utf8_mode < 0 {
        let may_ask = !settings.ignore_environment && !settings.isolated;
        let asked = may_ask.then(|| std::env::var_os("PYTHONUTF8")).flatten();
        settings.utf8_mode = i8::from(asked.as_deref() != Some(OsStr::new("0")));
    }
    #[cfg(any(unix, windows))]
    // SAFETY: the name is a C string. Like CPython at its start, this counts on nobody else reading or setting the locale at the
    // same time; who does embeds an interpreter on the thread that deals with it.
    unsafe {
        libc::setlocale(libc::LC_CTYPE, c"".as_ptr());
    }
}
