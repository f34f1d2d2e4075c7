//! `initconfig.h`: the configuration of the interpreter at its start. Full API only.

use super::*;

/// The kind of a [`PyStatus`] (an anonymous enumeration in C).
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum _PyStatus_TYPE {
    /// Success.
    _PyStatus_TYPE_OK = 0,
    /// An error.
    _PyStatus_TYPE_ERROR = 1,
    /// A request to exit the process.
    _PyStatus_TYPE_EXIT = 2,
}

structs! {
    #[derive(Clone, Copy)]
    struct PyStatus { _type: _PyStatus_TYPE, func: *const c_char, err_msg: *const c_char, exitcode: c_int, }
    #[derive(Clone, Copy)]
    struct PyWideStringList { length: Py_ssize_t, items: *mut *mut wchar_t, }
    #[derive(Clone, Copy)]
    struct PyPreConfig {
        _config_init: c_int,
        parse_argv: c_int,
        isolated: c_int,
        use_environment: c_int,
        configure_locale: c_int,
        coerce_c_locale: c_int,
        coerce_c_locale_warn: c_int,
        #[cfg(windows)] legacy_windows_fs_encoding: c_int,
        utf8_mode: c_int,
        dev_mode: c_int,
        allocator: c_int,
    }
    // Interpreters built with `--enable-pystats` have an additional field at the end.
    #[derive(Clone, Copy)]
    struct PyConfig {
        _config_init: c_int,
        isolated: c_int,
        use_environment: c_int,
        dev_mode: c_int,
        install_signal_handlers: c_int,
        use_hash_seed: c_int,
        hash_seed: c_ulong,
        faulthandler: c_int,
        #[cfg(not(Py_3_10))] _use_peg_parser: c_int,
        tracemalloc: c_int,
        #[cfg(Py_3_12)] perf_profiling: c_int,
        #[cfg(Py_3_14)] remote_debug: c_int,
        import_time: c_int,
        #[cfg(Py_3_11)] code_debug_ranges: c_int,
        show_ref_count: c_int,
        dump_refs: c_int,
        #[cfg(Py_3_11)] dump_refs_file: *mut wchar_t,
        malloc_stats: c_int,
        #[cfg(Py_3_15)] pymalloc_hugepages: c_int,
        filesystem_encoding: *mut wchar_t,
        filesystem_errors: *mut wchar_t,
        pycache_prefix: *mut wchar_t,
        parse_argv: c_int,
        #[cfg(Py_3_10)] orig_argv: PyWideStringList,
        argv: PyWideStringList,
        #[cfg(not(Py_3_10))] program_name: *mut wchar_t,
        xoptions: PyWideStringList,
        warnoptions: PyWideStringList,
        site_import: c_int,
        bytes_warning: c_int,
        #[cfg(Py_3_10)] warn_default_encoding: c_int,
        inspect: c_int,
        interactive: c_int,
        optimization_level: c_int,
        parser_debug: c_int,
        write_bytecode: c_int,
        verbose: c_int,
        quiet: c_int,
        user_site_directory: c_int,
        configure_c_stdio: c_int,
        buffered_stdio: c_int,
        stdio_encoding: *mut wchar_t,
        stdio_errors: *mut wchar_t,
        #[cfg(windows)] legacy_windows_stdio: c_int,
        check_hash_pycs_mode: *mut wchar_t,
        #[cfg(Py_3_11)] use_frozen_modules: c_int,
        #[cfg(Py_3_11)] safe_path: c_int,
        #[cfg(Py_3_12)] int_max_str_digits: c_int,
        #[cfg(Py_3_14)] thread_inherit_context: c_int,
        #[cfg(Py_3_14)] context_aware_warnings: c_int,
        #[cfg(all(Py_3_14, target_vendor = "apple"))] use_system_logger: c_int,
        #[cfg(Py_3_13)] cpu_count: c_int,
        #[cfg(all(Py_3_13, Py_GIL_DISABLED))] enable_gil: c_int,
        #[cfg(all(Py_3_14, Py_GIL_DISABLED))] tlbc_enabled: c_int,
        #[cfg(Py_3_15)] lazy_imports: c_int,
        pathconfig_warnings: c_int,
        #[cfg(Py_3_10)] program_name: *mut wchar_t,
        pythonpath_env: *mut wchar_t,
        home: *mut wchar_t,
        #[cfg(Py_3_10)] platlibdir: *mut wchar_t,
        module_search_paths_set: c_int,
        module_search_paths: PyWideStringList,
        #[cfg(Py_3_11)] stdlib_dir: *mut wchar_t,
        executable: *mut wchar_t,
        base_executable: *mut wchar_t,
        prefix: *mut wchar_t,
        base_prefix: *mut wchar_t,
        exec_prefix: *mut wchar_t,
        base_exec_prefix: *mut wchar_t,
        #[cfg(not(Py_3_10))] platlibdir: *mut wchar_t,
        skip_source_first_line: c_int,
        run_command: *mut wchar_t,
        run_module: *mut wchar_t,
        run_filename: *mut wchar_t,
        #[cfg(Py_3_13)] sys_path_0: *mut wchar_t,
        _install_importlib: c_int,
        _init_main: c_int,
        #[cfg(not(Py_3_12))] _isolated_interpreter: c_int,
        #[cfg(not(Py_3_10))] _orig_argv: PyWideStringList,
        #[cfg(Py_3_11)] _is_python_build: c_int,
        #[cfg(all(Py_3_13, py_sys_config = "Py_DEBUG"))] run_presite: *mut wchar_t,
    }
}

capi! {
    fn PyStatus_Ok() -> PyStatus;
    fn PyStatus_Error(err_msg: *const c_char) -> PyStatus;
    fn PyStatus_NoMemory() -> PyStatus;
    fn PyStatus_Exit(exitcode: c_int) -> PyStatus;
    fn PyStatus_IsError(err: PyStatus) -> c_int;
    fn PyStatus_IsExit(err: PyStatus) -> c_int;
    fn PyStatus_Exception(err: PyStatus) -> c_int;
    fn PyWideStringList_Append(list: *mut PyWideStringList, item: *const wchar_t) -> PyStatus;
    fn PyWideStringList_Insert(list: *mut PyWideStringList, index: Py_ssize_t, item: *const wchar_t) -> PyStatus;
    fn PyPreConfig_InitPythonConfig(config: *mut PyPreConfig);
    fn PyPreConfig_InitIsolatedConfig(config: *mut PyPreConfig);
    fn PyConfig_InitPythonConfig(config: *mut PyConfig);
    fn PyConfig_InitIsolatedConfig(config: *mut PyConfig);
    fn PyConfig_Clear(config: *mut PyConfig);
    fn PyConfig_SetString(config: *mut PyConfig, config_str: *mut *mut wchar_t, str: *const wchar_t) -> PyStatus;
    fn PyConfig_SetBytesString(config: *mut PyConfig, config_str: *mut *mut wchar_t, str: *const c_char) -> PyStatus;
    fn PyConfig_Read(config: *mut PyConfig) -> PyStatus;
    fn PyConfig_SetBytesArgv(config: *mut PyConfig, argc: Py_ssize_t, argv: *mut *const c_char) -> PyStatus;
    fn PyConfig_SetArgv(config: *mut PyConfig, argc: Py_ssize_t, argv: *mut *const wchar_t) -> PyStatus;
    fn PyConfig_SetWideStringList(config: *mut PyConfig, list: *mut PyWideStringList, length: Py_ssize_t, items: *mut *mut wchar_t) -> PyStatus;
}

// The configuration of the running interpreter.
#[cfg(Py_3_14)]
capi! {
    fn PyConfig_Get(name: *const c_char) -> *mut PyObject;
    fn PyConfig_GetInt(name: *const c_char, value: *mut c_int) -> c_int;
    fn PyConfig_Names() -> *mut PyObject;
    fn PyConfig_Set(name: *const c_char, value: *mut PyObject) -> c_int;
}

// The opaque configuration for starting an interpreter.
#[cfg(Py_3_14)]
opaque! { PyInitConfig; }
#[cfg(Py_3_14)]
capi! {
    fn PyInitConfig_Create() -> *mut PyInitConfig;
    fn PyInitConfig_Free(config: *mut PyInitConfig);
    fn PyInitConfig_GetError(config: *mut PyInitConfig, err_msg: *mut *const c_char) -> c_int;
    fn PyInitConfig_GetExitCode(config: *mut PyInitConfig, exitcode: *mut c_int) -> c_int;
    fn PyInitConfig_HasOption(config: *mut PyInitConfig, name: *const c_char) -> c_int;
    // Signed numbers in C.
    fn PyInitConfig_GetInt(config: *mut PyInitConfig, name: *const c_char, value: *mut u64) -> c_int;
    fn PyInitConfig_GetStr(config: *mut PyInitConfig, name: *const c_char, value: *mut *mut c_char) -> c_int;
    fn PyInitConfig_GetStrList(config: *mut PyInitConfig, name: *const c_char, length: *mut usize, items: *mut *mut *mut c_char) -> c_int;
    fn PyInitConfig_FreeStrList(length: usize, items: *mut *mut c_char);
    fn PyInitConfig_SetInt(config: *mut PyInitConfig, name: *const c_char, value: u64) -> c_int;
    fn PyInitConfig_SetStr(config: *mut PyInitConfig, name: *const c_char, value: *const c_char) -> c_int;
    fn PyInitConfig_SetStrList(config: *mut PyInitConfig, name: *const c_char, length: usize, items: *mut *const c_char) -> c_int;
    fn PyInitConfig_AddModule(config: *mut PyInitConfig, name: *const c_char, initfunc: unsafe extern "C" fn() -> *mut PyObject) -> c_int;
}
