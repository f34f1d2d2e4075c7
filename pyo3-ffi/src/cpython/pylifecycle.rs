//! `pylifecycle.h`: starting and stopping the interpreter.

use super::*;

fn_types! { PyOS_sighandler_t: fn(signum: c_int); }

#[cfg(all(not(Py_3_13), not(Py_LIMITED_API)))]
inline_capi! { fn Py_IsFinalizing() -> c_int = _Py_IsFinalizing(); }

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
    fn Py_Exit(arg: c_int);
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
