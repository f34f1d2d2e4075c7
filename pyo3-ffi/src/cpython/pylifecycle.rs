//! `pylifecycle.h`: starting and stopping the interpreter.

use super::*;

fn_types! { PyOS_sighandler_t: fn(signum: c_int); }

#[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))]
inline_capi! { fn Py_IsFinalizing() -> c_int = _Py_IsFinalizing(); }
#[cfg(not(any(Py_3_11, Py_LIMITED_API)))]
inline_capi! {
    fn Py_GETENV(name: *const c_char) -> *mut c_char =
        if (&raw const Py_IgnoreEnvironmentFlag).read() != 0 { core::ptr::null_mut() } else { libc::getenv(name) };
}

#[cfg(not(Py_LIMITED_API))]
capi! {
    fn Py_PreInitialize(src_config: *const PyPreConfig) -> PyStatus;
    fn Py_PreInitializeFromBytesArgs(src_config: *const PyPreConfig, argc: Py_ssize_t, argv: *mut *mut c_char) -> PyStatus;
    fn Py_PreInitializeFromArgs(src_config: *const PyPreConfig, argc: Py_ssize_t, argv: *mut *mut wchar_t) -> PyStatus;
    fn Py_InitializeFromConfig(config: *const PyConfig) -> PyStatus;
    #[cfg(Py_3_14)] fn Py_InitializeFromInitConfig(config: *mut PyInitConfig) -> c_int;
    fn Py_ExitStatusException(err: PyStatus) -> !;
}

#[cfg(all(Py_3_12, not(Py_LIMITED_API)))]
pub use self::subinterpreters::*;

/// The configuration of additional interpreters in the process.
#[cfg(all(Py_3_12, not(Py_LIMITED_API)))]
mod subinterpreters {
    use super::*;

    constants! {
        PyInterpreterConfig_DEFAULT_GIL: c_int = 0;
        PyInterpreterConfig_SHARED_GIL: c_int = 1;
        PyInterpreterConfig_OWN_GIL: c_int = 2;
    }

    structs! {
        struct PyInterpreterConfig {
            use_main_obmalloc: c_int,
            allow_fork: c_int,
            allow_exec: c_int,
            allow_threads: c_int,
            allow_daemon_threads: c_int,
            check_multi_interp_extensions: c_int,
            gil: c_int,
        }
    }

    /// An interpreter that shares as little as possible.
    pub const _PyInterpreterConfig_INIT: PyInterpreterConfig = PyInterpreterConfig {
        use_main_obmalloc: 0,
        allow_fork: 0,
        allow_exec: 0,
        allow_threads: 1,
        allow_daemon_threads: 0,
        check_multi_interp_extensions: 1,
        gil: PyInterpreterConfig_OWN_GIL,
    };

    /// An interpreter like those of `Py_NewInterpreter`.
    pub const _PyInterpreterConfig_LEGACY_INIT: PyInterpreterConfig = PyInterpreterConfig {
        use_main_obmalloc: 1,
        allow_fork: 1,
        allow_exec: 1,
        allow_threads: 1,
        allow_daemon_threads: 1,
        // Without a GIL, modules with process-wide state are not safe.
        check_multi_interp_extensions: cfg!(Py_GIL_DISABLED) as c_int,
        gil: PyInterpreterConfig_SHARED_GIL,
    };

    capi! {
        fn Py_NewInterpreterFromConfig(tstate_p: *mut *mut PyThreadState, config: *const PyInterpreterConfig) -> PyStatus;
    }
}

#[cfg(Py_3_11)]
capi_const_data! { static Py_Version: c_ulong; }

#[cfg(not(Py_LIMITED_API))]
capi_data! {
    static mut Py_DebugFlag: c_int;
    static mut Py_VerboseFlag: c_int;
    static mut Py_QuietFlag: c_int;
    static mut Py_InteractiveFlag: c_int;
    static mut Py_InspectFlag: c_int;
    static mut Py_OptimizeFlag: c_int;
    static mut Py_NoSiteFlag: c_int;
    static mut Py_BytesWarningFlag: c_int;
    static mut Py_FrozenFlag: c_int;
    static mut Py_IgnoreEnvironmentFlag: c_int;
    static mut Py_DontWriteBytecodeFlag: c_int;
    static mut Py_NoUserSiteDirectory: c_int;
    static mut Py_UnbufferedStdioFlag: c_int;
    static mut Py_HashRandomizationFlag: c_int;
    static mut Py_IsolatedFlag: c_int;
}
capi! {
    #[cfg(any(not(Py_LIMITED_API), not(Py_3_10)))] fn Py_FrozenMain(argc: c_int, argv: *mut *mut c_char) -> c_int;
    fn Py_Initialize();
    fn Py_InitializeEx(arg: c_int);
    fn Py_Finalize();
    fn Py_FinalizeEx() -> c_int;
    fn Py_IsInitialized() -> c_int;
    fn Py_NewInterpreter() -> *mut PyThreadState;
    fn Py_EndInterpreter(tstate: *mut PyThreadState);
    fn Py_AtExit(func: Option<unsafe extern "C" fn()>) -> c_int;
    fn Py_Exit(arg: c_int) -> !;
    #[cfg(not(Py_LIMITED_API))] fn Py_RunMain() -> c_int;
    #[cfg(all(Py_3_11, not(Py_LIMITED_API)))] fn Py_GETENV(name: *const c_char) -> *mut c_char;
    fn Py_Main(argc: c_int, argv: *mut *mut wchar_t) -> c_int;
    fn Py_BytesMain(argc: c_int, argv: *mut *mut c_char) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn Py_FdIsInteractive(fp: *mut FILE, s: *const c_char) -> c_int;
    fn Py_SetProgramName(s: *const wchar_t);
    fn Py_GetProgramName() -> *mut wchar_t;
    fn Py_SetPythonHome(s: *const wchar_t);
    fn Py_GetPythonHome() -> *mut wchar_t;
    fn Py_GetProgramFullPath() -> *mut wchar_t;
    fn Py_GetPrefix() -> *mut wchar_t;
    fn Py_GetExecPrefix() -> *mut wchar_t;
    fn Py_GetPath() -> *mut wchar_t;
    fn Py_GetVersion() -> *const c_char;
    fn Py_GetPlatform() -> *const c_char;
    fn Py_GetCopyright() -> *const c_char;
    fn Py_GetCompiler() -> *const c_char;
    fn Py_GetBuildInfo() -> *const c_char;
    fn PyOS_getsig(arg: c_int) -> Option<PyOS_sighandler_t>;
    fn PyOS_setsig(arg: c_int, arg2: Option<PyOS_sighandler_t>) -> Option<PyOS_sighandler_t>;
    #[cfg(Py_3_13)] fn Py_IsFinalizing() -> c_int;
    #[cfg(all(Py_3_13, not(Py_LIMITED_API)))] fn PyUnstable_AtExit(interp: *mut PyInterpreterState, arg: Option<atexit_datacallbackfunc>, arg2: *mut c_void) -> c_int;
    #[cfg(not(Py_LIMITED_API))] fn Py_GetArgcArgv(argc: *mut c_int, argv: *mut *mut *mut wchar_t);
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn Py_SetStandardStreamEncoding(encoding: *const c_char, errors: *const c_char) -> c_int;
    #[cfg(not(Py_3_13))] fn Py_SetPath(s: *const wchar_t);
    #[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))] fn _Py_IsFinalizing() -> c_int;
}
