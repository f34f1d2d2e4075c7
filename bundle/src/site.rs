//! The locations of Python packages.

use rustpython_vm::VirtualMachine;
use rustpython_vm::common::rc::PyRc;

/// Locations that Python searches after the standard library.
#[derive(Default)]
pub(crate) struct Site {
    pub(crate) folders: Vec<&'static str>,
    /// Whether the executable ends with an archive.
    pub(crate) in_executable: bool,
}

impl Site {
    /// Sets `sys.path` to `PYTHONPATH`, the standard library if it is not frozen, and these locations. The virtual
    /// machine's own defaults may belong to an installed Python, so they are dropped.
    pub(crate) fn make_path(self, vm: &mut VirtualMachine, is_frozen: bool) {
        let state = PyRc::get_mut(&mut vm.state).expect("nobody shares the state of a machine that is being built");
        let paths = &mut state.config.paths;
        let mut list = state.config.settings.path_list.clone();
        if !is_frozen {
            list.extend(paths.stdlib_dir.clone());
        }
        if self.in_executable || list.is_empty() {
            // Python's zip importer finds an archive at the end of any file. This asks the system for the executable,
            // since an environment variable can change `sys.executable`. Without an archive the importer finds nothing
            // here, but the virtual machine needs at least one location.
            let file = std::env::current_exe().map(|file| file.display().to_string());
            list.push(file.unwrap_or_else(|_| paths.executable.clone()));
        }
        list.extend(self.folders.iter().map(|&folder| folder.to_owned()));
        paths.module_search_paths = list;
        if is_frozen {
            paths.stdlib_dir = None;
        }
    }
}
