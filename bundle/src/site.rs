//! Where Python packages are.

use rustpython_vm::VirtualMachine;
use rustpython_vm::common::rc::PyRc;

/// Places that are searched after the standard library.
#[derive(Default)]
pub(crate) struct Site {
    pub(crate) folders: Vec<&'static str>,
    /// Whether the executable ends with an archive.
    pub(crate) in_executable: bool,
}

impl Site {
    /// Makes `sys.path`: `PYTHONPATH`, the standard library where it is not frozen, and these places. What the machine would
    /// search besides are places of another Python that may be installed.
    pub(crate) fn make_path(self, vm: &mut VirtualMachine, is_frozen: bool) {
        let state = PyRc::get_mut(&mut vm.state).expect("nobody shares the state of a machine that is being built");
        let paths = &mut state.config.paths;
        let mut list = state.config.settings.path_list.clone();
        if !is_frozen {
            list.extend(paths.stdlib_dir.clone());
        }
        if self.in_executable || list.is_empty() {
            // Python's importer for archives finds one that begins anywhere, from its end. The variable of the environment
            // that `sys.executable` goes by does not count. Without an archive nothing is found there; the machine wants
            // to have some place to search.
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
