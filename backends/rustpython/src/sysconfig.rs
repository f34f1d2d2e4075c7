//! Variables of `sysconfig` that RustPython leaves out.

use rustpython_vm::{PyResult, VirtualMachine};

/// The folders in which CPython on Unix looks for time zones.
const TIME_ZONES: &str = "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo";

/// Adds the missing variables. Without them, `zoneinfo` finds no time zone.
///
/// An interpreter built by the application may have no `sysconfig`. Then this does nothing.
pub(crate) fn complete(vm: &VirtualMachine) {
    if cfg!(unix) {
        // `sysconfig` reads this on first use. An error means that there is no `sysconfig`.
        drop(set_default(vm, "TZPATH", TIME_ZONES));
    }
}

fn set_default(vm: &VirtualMachine, name: &str, value: &str) -> PyResult<()> {
    let variables = vm.import("_sysconfigdata", 0)?.get_attr("build_time_vars", vm)?;
    if variables.get_item(name, vm).is_err() {
        variables.set_item(name, vm.ctx.new_str(value).into(), vm)?;
    }
    Ok(())
}
