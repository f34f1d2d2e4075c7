//! What `sysconfig` should know of the system and RustPython leaves out.

use rustpython_vm::{PyResult, VirtualMachine};

/// Where Unix systems keep time zones, as CPython is built to look for them.
const TIME_ZONES: &str = "/usr/share/zoneinfo:/usr/lib/zoneinfo:/usr/share/lib/zoneinfo:/etc/zoneinfo";

/// Adds what is missing. Without it, `zoneinfo` finds no time zone.
///
/// An interpreter of the application's own making may have no `sysconfig`; it is left as it is then.
pub(crate) fn complete(vm: &VirtualMachine) {
    if cfg!(unix) {
        // `sysconfig` reads this when it is first asked; an error means that there is nobody to ask.
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
