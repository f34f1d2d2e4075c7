//! Finds the Python to build for, checks it, and passes its configuration to rustc, the linker and dependent build
//! scripts.
//!
//! With `runtime-rustpython`, the configuration is a constant.

use pyo3_build_config::pyo3_build_script_impl::{
    BuildConfig, BuildConfigSource, InterpreterConfig, PythonAbiKind, StableAbi, cargo_env_var, env_var,
    is_linking_libpython_for_target, print_feature_cfgs, print_libpython_rpath_link_args, resolve_build_config,
    target_triple_from_env,
};
use pyo3_build_config::{InterpreterConfigBuilder, PythonAbiBuilder, PythonImplementation, PythonVersion};

type Outcome<T = ()> = Result<T, String>;

/// The oldest and the newest CPython version whose API `src/cpython` declares.
const OLDEST: PythonVersion = version(9);
const NEWEST: PythonVersion = version(15);
/// The oldest free-threaded version whose object layout `src/cpython` declares.
const OLDEST_FREE_THREADED: PythonVersion = version(14);
/// The Python version that RustPython implements, as in its `sys.version_info`. Code for later versions
/// (`cfg(Py_3_15)`) would use missing items.
const RUSTPYTHON: PythonVersion = version(14);

const fn version(minor: u8) -> PythonVersion {
    PythonVersion { major: 3, minor }
}

fn main() {
    pyo3_build_config::print_expected_cfgs();
    println!("cargo:rerun-if-changed=build.rs");
    let done = if cargo_env_var("CARGO_FEATURE_RUNTIME_RUSTPYTHON_WITHOUT_CAPI").is_some() {
        rustpython().and_then(|config| announce(&config))
    } else {
        cpython()
    };
    if let Err(message) = done {
        eprintln!("error: {message}");
        std::process::exit(1);
    }
    print_feature_cfgs();
}

/// Returns RustPython's configuration. Reads nothing, because there may be no Python on the machine.
///
/// The ABI is the stable one of free-threaded builds. `Py_LIMITED_API`, because the layout of objects differs from
/// CPython's, and the C macros that read it have no counterpart here. `Py_GIL_DISABLED`, because threads run at the
/// same time. CPython has this ABI from 3.15 on. Its changes in 3.15 concern how C describes modules and types; here,
/// Rust describes them.
fn rustpython() -> Outcome<InterpreterConfig> {
    let implementation = PythonImplementation::RustPython;
    let abi =
        PythonAbiBuilder::new(implementation, RUSTPYTHON).stable_abi(StableAbi::Abi3t).finalize().map_err(text)?;
    InterpreterConfigBuilder::new(implementation, RUSTPYTHON)
        .target_abi(abi)
        .shared(false)
        .suppress_build_script_link_lines(true)
        .finalize()
        .map_err(text)
}

fn cpython() -> Outcome {
    let target = target_triple_from_env();
    let found = resolve_build_config(&target).map_err(text)?;
    let config = &found.interpreter_config;

    if env_var("PYO3_PRINT_CONFIG").is_some_and(|value| value == "1") {
        return Err(printed(config)?);
    }
    check_version(config)?;
    check_pointer_width(config)?;
    announce(config)?;
    if is_linking_libpython_for_target(&target) && !config.suppress_build_script_link_lines() {
        link(&found)?;
    }
    for line in config.extra_build_script_lines() {
        println!("{line}");
    }
    print_libpython_rpath_link_args(&target, config);
    Ok(())
}

/// Passes the `cfg`s to rustc, and the configuration to dependent build scripts (through `DEP_PYTHON_PYO3_CONFIG`).
fn announce(config: &InterpreterConfig) -> Outcome {
    config.to_cargo_dep_env().map_err(text)?;
    for line in config.build_script_outputs() {
        println!("{line}");
    }
    Ok(())
}

fn check_version(config: &InterpreterConfig) -> Outcome {
    // For porting this crate to a new Python version.
    if env_var("UNSAFE_PYO3_SKIP_VERSION_CHECK").is_some_and(|value| value == "1") {
        return Ok(());
    }
    let abi = config.target_abi();
    let implementation = abi.implementation();
    if implementation != PythonImplementation::CPython {
        return Err(format!(
            "{implementation} is not supported\n\
             = help: set PYO3_PYTHON to a CPython interpreter, or enable the feature `runtime-rustpython`"
        ));
    }
    if config.version() < OLDEST {
        return Err(format!(
            "Python {} is older than the oldest supported version, {OLDEST}\n\
             = help: set PYO3_PYTHON to a newer interpreter",
            config.version()
        ));
    }
    let stable_abi_forced = ["PYO3_USE_STABLE_ABI_FORWARD_COMPATIBILITY", "PYO3_USE_ABI3_FORWARD_COMPATIBILITY"]
        .iter()
        .any(|name| env_var(name).is_some_and(|value| value == "1"));
    if abi.version() > NEWEST && !stable_abi_forced {
        return Err(format!(
            "Python {} is newer than the newest supported version, {NEWEST}\n\
             = help: set PYO3_PYTHON to an older interpreter\n\
             = help: or set PYO3_USE_STABLE_ABI_FORWARD_COMPATIBILITY=1 to build for the stable ABI anyway",
            abi.version()
        ));
    }
    if abi.kind().is_free_threaded() && abi.version() < OLDEST_FREE_THREADED {
        return Err(format!(
            "the free-threaded build of Python {} is not supported, only {OLDEST_FREE_THREADED} and later\n\
             = help: set PYO3_PYTHON to a newer interpreter or to one with a GIL",
            abi.version()
        ));
    }
    if matches!(abi.kind(), PythonAbiKind::Stable(StableAbi::Abi3t)) && abi.version() < NEWEST {
        return Err(format!(
            "the stable ABI of free-threaded builds (abi3t) starts with Python {NEWEST}, not {}\n\
             = help: enable the feature `abi3t-py315`, or no `abi3t` feature",
            abi.version()
        ));
    }
    Ok(())
}

fn check_pointer_width(config: &InterpreterConfig) -> Outcome {
    let target = cargo_env_var("CARGO_CFG_TARGET_POINTER_WIDTH").unwrap_or_default();
    match config.pointer_width() {
        Some(width) if width.to_string() != target => Err(format!(
            "the Rust target has {target}-bit pointers but the Python interpreter has {width}-bit ones\n\
             = help: choose a Rust target or an interpreter (PYO3_PYTHON) that matches the other"
        )),
        _ => Ok(()),
    }
}

fn link(found: &BuildConfig) -> Outcome {
    let config = &found.interpreter_config;
    let name = config.lib_name().ok_or(
        "this build links to libpython, but the configuration has no `lib_name`\n\
         = help: add `lib_name` to the file PYO3_CONFIG_FILE names",
    )?;
    let kind = if config.shared() { "" } else { "static=" };
    // On Windows, imports need a library name. The declarations use `link(name = "pythonXY")`.
    let alias = if cargo_env_var("CARGO_CFG_TARGET_OS").as_deref() == Some("windows") { "pythonXY:" } else { "" };
    println!("cargo:rustc-link-lib={kind}{alias}{name}");
    if let Some(folder) = config.lib_dir() {
        println!("cargo:rustc-link-search=native={folder}");
    } else if matches!(found.source, BuildConfigSource::CrossCompile) {
        println!("cargo:warning=PYO3_CROSS_LIB_DIR is not set: the linker must find libpython of the target by itself");
    }
    Ok(())
}

/// Formats the configuration for `PYO3_PRINT_CONFIG=1`, which stops the build so that cargo shows it.
fn printed(config: &InterpreterConfig) -> Outcome<String> {
    let mut shown = Vec::new();
    config.to_writer(&mut shown).map_err(text)?;
    Ok(format!(
        "PYO3_PRINT_CONFIG=1 is set, so the build stops after showing the configuration:\n\n{}\n\
         = help: unset PYO3_PRINT_CONFIG to build",
        String::from_utf8_lossy(&shown)
    ))
}

/// Formats an error with its causes.
fn text(error: pyo3_build_config::pyo3_build_script_impl::errors::Error) -> String {
    error.report().to_string()
}
