//! Development tasks: `cargo xtask --help`.

mod artifacts;
mod bench;
mod book;
mod boundary;
mod bundle;
mod c_names;
mod ci;
mod compare;
mod conformance;
mod contract;
mod demo;
mod docs;
mod downstream;
mod features;
mod flags;
mod guide_matrix;
mod guide_page;
mod libtest;
mod macro_reference;
mod memcheck;
mod metadata;
mod patch;
mod python;
mod runtime;
mod sh;
mod stock;
#[cfg(test)]
mod structure;
mod stubs;
mod suite;
mod tools;
mod wasm;

use std::process::ExitCode;

use anyhow::Result;

fn main() -> ExitCode {
    let flags = flags::parse();
    let outcome = match flags.subcommand {
        flags::XtaskCmd::CheckBackendBoundary(options) => check_backend_boundary(&options),
        flags::XtaskCmd::Contract(_) => contract::run(),
        flags::XtaskCmd::MacroReference(options) => macro_reference::run(options.write),
        flags::XtaskCmd::CNames(options) => c_names::run(options.write),
        flags::XtaskCmd::Book(_) => book::run().map(|()| true),
        flags::XtaskCmd::GuideMatrix(options) => guide_matrix::run(options.write),
        flags::XtaskCmd::Test(options) => suite::run(&options).map(|totals| totals.failed == 0),
        flags::XtaskCmd::Conformance(options) => conformance::run(&options),
        flags::XtaskCmd::Bench(options) => bench::run(&options),
        flags::XtaskCmd::Compare(options) => compare::run(&options),
        flags::XtaskCmd::Demo(options) => demo::run(&options),
        flags::XtaskCmd::Valgrind(options) => memcheck::run(&options),
        flags::XtaskCmd::Patch(options) => patch::run(&options),
        flags::XtaskCmd::Bundle(options) => bundle::run(&options),
        flags::XtaskCmd::Features(options) => features::run(&options),
        flags::XtaskCmd::Stubs(options) => stubs::run(&options),
        flags::XtaskCmd::Wasm(options) => wasm::run(&options),
        flags::XtaskCmd::Downstream(options) => downstream::run(&options),
        flags::XtaskCmd::Ci(options) => ci::run(&options),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn check_backend_boundary(options: &flags::CheckBackendBoundary) -> Result<bool> {
    let layers = match (&options.root, &options.fixture) {
        (Some(_), Some(_)) => anyhow::bail!("give --root or --fixture, not both"),
        (Some(root), None) => vec![root.clone()],
        (None, Some(fixture)) => boundary::fixture_layers(&sh::root(), fixture)?,
        (None, None) => vec![sh::root()],
    };
    let report = boundary::check(&layers)?;
    report.print();
    Ok(report.violations.is_empty())
}
