//! `cargo xtask wasm`: runs this crate on WebAssembly (`wasm32-wasip1`), under node's WASI.
//!
//! Compares the output with that of a native build, so that differences between the targets show up.

mod site;
mod suite;
pub mod toolchain;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context, Result, bail};

use self::toolchain::{TARGET, Toolchain};
use crate::bundle::stdlib::Stdlib;
use crate::bundle::wasm::Style;
use crate::runtime::Pythonless;
use crate::sh::{Cmd, on_path, root};
use crate::{bundle, flags, metadata};

/// The folder of the example.
const PLAYGROUND: &str = "examples/playground";
/// The time limit for one run.
const LIMIT: Duration = Duration::from_secs(300);
/// The number of calls of a reactor that must not make it grow.
const ROUNDS: usize = 1000;
/// The allowed growth of its memory, in percent.
const GROWTH: f64 = 10.0;

/// Does what the options ask for. Returns `true` if everything succeeded.
///
/// # Errors
///
/// If there is no node, or something does not compile, or (except for `--check`) there is no toolchain.
pub fn run(options: &flags::Wasm) -> Result<bool> {
    if options.check {
        return check();
    }
    if let Some(folder) = &options.write_reference {
        return write_reference(folder).map(|()| true);
    }
    let toolchain = toolchain::require()?;
    println!("{} for {TARGET}", toolchain.version);
    if options.suite {
        return suite::run(&toolchain, &options.test);
    }
    if let Some(folder) = &options.site {
        return site::write(folder).map(|()| true);
    }
    demo(&toolchain, options.reference.as_deref())
}

/// Checks that the target compiles. Without a toolchain, prints a notice and succeeds.
///
/// # Errors
///
/// If cargo cannot be started.
pub fn check() -> Result<bool> {
    let Some(toolchain) = toolchain::find() else {
        println!("skipped: {}", toolchain::missing());
        return Ok(true);
    };
    println!("{} for {TARGET}", toolchain.version);
    // Builds instead of checking, so that this and the demonstration can reuse each other's output.
    let cmd = build(&toolchain)?.arg("--lib").args(["-p", "pyo3", "-p", "playground", "-p", "pyo3-bundle"]);
    cmd.args(["--features", "pyo3/runtime-rustpython,playground/runtime-rustpython"]).run()?;
    Ok(true)
}

/// Returns a cargo command that compiles for the target, in the shared folder and with the shared profile.
fn build(toolchain: &Toolchain) -> Result<Cmd> {
    let cmd = toolchain.cargo().args(["build", "--release", "--target", TARGET]);
    let cmd = cmd.args(["--config", "profile.release.opt-level=\"s\""]);
    Ok(cmd.arg("--target-dir").arg(Toolchain::target_folder()?))
}

/// Returns a command that runs modules.
///
/// # Errors
///
/// If node is not installed.
fn node() -> Result<Cmd> {
    let program = on_path("node").context(
        "node is not on PATH, which modules of WebAssembly run under\n  remedy: install Node.js, version 20 or later",
    )?;
    // Without the option, node warns that its WASI is experimental.
    Ok(Cmd::new(program).args(["--no-warnings", "--stack-size=4000"]).arg(root().join("xtask/src/wasm/run.mjs")))
}

/// The crates in the bundles: the example, and an unmodified one from PyPI.
fn crates() -> Vec<String> {
    vec![root().join(PLAYGROUND).display().to_string(), "rpds-py@2026.9.1".to_owned()]
}

/// The script to run on both targets: a title, which also names a file, and the file in the example's folder.
const APPLICATION: (&str, &str) = ("application", "tour.py");
const BUNDLE: (&str, &str) = ("bundle", "persistent.py");
/// The script that the reactor runs repeatedly.
const ROUND: &str = "rounds.py";

fn demo(toolchain: &Toolchain, reference: Option<&Path>) -> Result<bool> {
    node()?;
    let scripts = root().join(PLAYGROUND).join("scripts");
    let work = Toolchain::target_folder()?.join("demo");
    fs::create_dir_all(&work)?;

    println!("\n== an application with a module in Rust, and all of the standard library");
    build(toolchain)?
        .args(["-p", "playground", "--bin", "playground-host"])
        .args(["--features", "playground/runtime-rustpython,playground/freeze-stdlib"])
        .run()?;
    let application = Toolchain::target_folder()?.join(TARGET).join("release/playground-host.wasm");

    println!("\n== bundles: the same module and rpds-py, with the minimal standard library");
    let bundle = |style: Style, name: &str| -> Result<PathBuf> {
        let output = work.join(name);
        let options = flags::Bundle {
            output: Some(output.clone()),
            target: Some(toolchain::TARGET.to_owned()),
            style: Some(style),
            stdlib: Some(Stdlib::default()),
            ..bundle::options(crates())
        };
        bundle::run(&options)?;
        Ok(output)
    };
    let command = bundle(Style::Command, "python.wasm")?;
    let reactor = bundle(Style::Reactor, "reactor.wasm")?;

    let expected = match reference {
        Some(folder) => {
            let read = |(title, _): (&str, &str)| {
                let file = folder.join(title).with_extension("txt");
                fs::read_to_string(&file).with_context(|| {
                    format!("cannot read {}\n  remedy: `cargo xtask wasm --write-reference` writes it", file.display())
                })
            };
            [read(APPLICATION)?, read(BUNDLE)?]
        }
        None => native(&scripts)?,
    };
    let mut good = true;
    for (((title, script), module), expected) in
        [(APPLICATION, &application), (BUNDLE, &command)].into_iter().zip(&expected)
    {
        good &= compare(title, module, &scripts.join(script), expected)?;
    }
    good &= repeated(&reactor, &scripts)?;

    println!("\n{:34} {:>10} {:>10} {:>10}", "sizes, in MB", "as it is", "gzip", "brotli");
    for (name, file) in [
        ("application, full library", &application),
        ("bundle, minimal library", &command),
        ("reactor, minimal library", &reactor),
    ] {
        let text = node()?.arg("--sizes").arg(file).read()?;
        let sizes: Vec<f64> = text.split_whitespace().filter_map(|size| size.parse().ok()).collect();
        let [raw, gzip, brotli] = sizes[..] else { bail!("node did not say how large {} is", file.display()) };
        println!("{name:34} {:>10.2} {:>10.2} {:>10.2}", raw / 1e6, gzip / 1e6, brotli / 1e6);
    }
    Ok(good)
}

/// Writes the native output of the programs.
fn write_reference(folder: &Path) -> Result<()> {
    let texts = native(&root().join(PLAYGROUND).join("scripts"))?;
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    for ((title, _), text) in [APPLICATION, BUNDLE].into_iter().zip(texts) {
        let file = folder.join(title).with_extension("txt");
        fs::write(&file, &text).with_context(|| format!("cannot write {}", file.display()))?;
        println!("{}: {} lines", file.display(), text.lines().count());
    }
    Ok(())
}

/// Returns what both scripts print in a native bundle.
fn native(scripts: &Path) -> Result<[String; 2]> {
    println!("\n== the same on this machine");
    let output = Toolchain::target_folder()?.join("demo").join(format!("python{}", std::env::consts::EXE_SUFFIX));
    bundle::run(&flags::Bundle { output: Some(output.clone()), ..bundle::options(crates()) })?;
    let environment = Pythonless::new()?;
    let printed = |(title, script): (&str, &str)| {
        let program = environment.prepare(Cmd::new(&output).dir(scripts)).arg(scripts.join(script));
        let captured = program.capture(LIMIT)?;
        if !captured.status.is_some_and(|status| status.success()) {
            bail!("{title}: ended on this machine by {}\n{}", captured.ending(), captured.stderr);
        }
        Ok(captured.stdout)
    };
    Ok([printed(APPLICATION)?, printed(BUNDLE)?])
}

/// Runs a program on WebAssembly. Returns whether it printed what is expected.
fn compare(title: &str, module: &Path, script: &Path, expected: &str) -> Result<bool> {
    println!("\n== {title}");
    let folder = script.parent().context("a script is in a folder")?;
    let guest = format!("/scripts/{}", script.file_name().unwrap_or_default().to_string_lossy());
    let dir = format!("/scripts={}", folder.display());
    let wasm = node()?.args(["--dir", &dir, "--times"]).arg(module).arg(guest).capture(LIMIT)?;
    print!("{}", wasm.stdout);
    eprint!("{}", wasm.stderr);
    if !wasm.status.is_some_and(|status| status.success()) {
        println!("{title}: ended by {}", wasm.ending());
        return Ok(false);
    }
    let (here, there): (Vec<_>, Vec<_>) = (expected.lines().collect(), wasm.stdout.lines().collect());
    if here == there {
        println!("{title}: both targets printed the same {} lines", here.len());
        return Ok(true);
    }
    println!("{title}: the targets differ (- natively, + WebAssembly):");
    for index in 0..here.len().max(there.len()) {
        if here.get(index) != there.get(index) {
            here.get(index).into_iter().for_each(|line| println!("-{line}"));
            there.get(index).into_iter().for_each(|line| println!("+{line}"));
        }
    }
    Ok(false)
}

/// Calls a reactor repeatedly. Returns whether its memory stays within the limit.
fn repeated(reactor: &Path, scripts: &Path) -> Result<bool> {
    println!("\n== a reactor, called {ROUNDS} times");
    let calls = scripts.join(ROUND);
    let cmd = node()?.args(["--times", "--repeat", &ROUNDS.to_string(), "--calls"]).arg(calls).arg(reactor);
    let captured = cmd.capture(LIMIT * 2)?;
    eprint!("{}", captured.stderr);
    let grown = captured.stderr.rsplit("grown by ").next().and_then(|rest| rest.split(' ').next()?.parse::<f64>().ok());
    let mut counts = std::collections::BTreeMap::new();
    captured.stdout.lines().for_each(|line| *counts.entry(line).or_insert(0) += 1);
    let same = !counts.is_empty() && counts.values().all(|count| count % ROUNDS == 0);
    Ok(match grown {
        Some(grown) if captured.status.is_some_and(|status| status.success()) => {
            println!("memory has grown by {grown} %, each run printed the same: {same}");
            same && grown <= GROWTH
        }
        _ => {
            println!("ended: {}\n{}", captured.ending(), captured.stdout.lines().last().unwrap_or_default());
            false
        }
    })
}

/// Returns a command that runs tests as if they were programs: node, and a folder with the standard library.
fn test_runner() -> Result<Cmd> {
    let lib = metadata::package_folder(&root(), "rustpython-pylib", "0.6.0")?.join("Lib");
    let cmd = node()?.arg("--dir").arg(format!("/lib={}", lib.display())).arg("--dir").arg("/tmp=/tmp");
    Ok(cmd.env("PYO3_RUSTPYTHON_STDLIB", "/lib").env("RUST_BACKTRACE", "0"))
}
