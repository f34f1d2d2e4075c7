//! Builds wheels of patched crates with `maturin build` and `maturin develop`: one crate that uses `pyo3` itself and
//! one that uses a facade, each with `pyo3-ffi`, and also for the stable ABI.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::Totals;
use crate::patch::Plan;
use crate::python::Interpreter;
use crate::runtime::STABLE_ABI;
use crate::sh::{Cmd, root};
use crate::tools;

/// The name of this part for `--only`.
pub const NAME: &str = "wheels";

/// Release lines of PyO3 that the crates require.
const LINES: [&str; 2] = ["0.30", "0.29"];

/// A class that is extracted by value. It uses the option `from_py_object`, so that one source works with every line.
const SOURCE: &str = r#"use pyo3::prelude::*;

#[pyclass(from_py_object)]
#[derive(Clone)]
struct Point {
    #[pyo3(get)]
    x: i64,
}

#[pymethods]
impl Point {
    #[new]
    fn new(x: i64) -> Self {
        Point { x }
    }

    fn plus(&self, other: Point) -> Point {
        Point { x: self.x + other.x }
    }
}

#[pymodule]
mod <name> {
    #[pymodule_export]
    use super::Point;
}
"#;

/// Makes and uses a wheel of each crate. Each wheel and each development installation counts as one test.
///
/// # Errors
///
/// If maturin cannot be installed, or the virtual environment cannot be made.
pub fn check(python: &Interpreter) -> Result<Totals> {
    let maturin = tools::maturin()?;
    let folder = root().join("target/wheels");
    let environment = folder.join(format!("python-{}", python.version));
    Cmd::new(&python.path).args(["-m", "venv", "--clear"]).arg(&environment).run()?;
    let wheels = Wheels { maturin, folder, environment, python };
    let mut totals = Totals::default();
    for line in LINES {
        for feature in [None, Some(STABLE_ABI)] {
            let name = format!("wheel_{}{}", line.replace('.', "_"), if feature.is_some() { "_abi3" } else { "" });
            println!("\n== maturin with PyO3 {line}{}", feature.map(|name| format!(", {name}")).unwrap_or_default());
            for (what, outcome) in wheels.of(&name, line, feature)? {
                match outcome {
                    Ok(()) => totals.passed += 1,
                    Err(error) => {
                        println!("FAILED {name}, {what}: {error:#}");
                        totals.failed += 1;
                    }
                }
            }
        }
    }
    Ok(totals)
}

struct Wheels<'a> {
    maturin: PathBuf,
    folder: PathBuf,
    environment: PathBuf,
    python: &'a Interpreter,
}

impl Wheels<'_> {
    /// Returns the results of `build` and `develop` for one crate.
    fn of(&self, name: &str, line: &str, feature: Option<&str>) -> Result<[(&'static str, Result<()>); 2]> {
        let krate = self.write(name, line, feature)?;
        let build = self.build(&krate, name, feature.is_some());
        Ok([("maturin build", build), ("maturin develop", self.develop(&krate, name))])
    }

    /// Writes a crate that depends on the published PyO3, with the patch.
    fn write(&self, name: &str, line: &str, feature: Option<&str>) -> Result<PathBuf> {
        let krate = self.folder.join(name);
        if krate.exists() {
            fs::remove_dir_all(&krate)?;
        }
        fs::create_dir_all(krate.join("src"))?;
        let features: Vec<&str> = ["extension-module"].into_iter().chain(feature).collect();
        fs::write(
            krate.join("Cargo.toml"),
            format!(
                "[package]\nname = \"{name}\"\nversion = \"1.0.0\"\nedition = \"2021\"\n\n[lib]\ncrate-type = \
                 [\"cdylib\"]\n\n[dependencies]\npyo3 = {{ version = \"{line}\", features = {features:?} }}\npyo3-ffi = \"{line}\"\n\n[workspace]\n"
            ),
        )?;
        fs::write(
            krate.join("pyproject.toml"),
            format!(
                "[build-system]\nrequires = [\"maturin>=1,<2\"]\nbuild-backend = \"maturin\"\n\n[project]\nname = \
                 \"{name}\"\nversion = \"1.0.0\"\n"
            ),
        )?;
        fs::write(krate.join("src/lib.rs"), SOURCE.replace("<name>", name))?;
        let mut plan = Plan::new(&krate, false)?;
        plan.write()?;
        let proof = plan.settle()?;
        let problems: Vec<String> = proof.problems.iter().map(ToString::to_string).collect();
        ensure!(problems.is_empty(), "{}", problems.join("\n"));
        Ok(krate)
    }

    fn build(&self, krate: &Path, name: &str, stable: bool) -> Result<()> {
        let wheels = krate.join("wheels");
        let cmd = self.maturin(krate, "build").arg("--interpreter").arg(&self.python.path).arg("--out").arg(&wheels);
        cmd.run()?;
        let found: Vec<_> = wheels.read_dir()?.flatten().map(|entry| entry.path()).collect();
        let [wheel] = &found[..] else { anyhow::bail!("not one wheel: {found:?}") };
        let file = wheel.file_name().unwrap_or_default().to_string_lossy().into_owned();
        ensure!(file.contains("-abi3-") == stable, "{file} is for another ABI");
        let pip = Cmd::new(self.program("python")).args(["-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]);
        pip.arg(wheel).run()?;
        self.use_it(name)
    }

    fn develop(&self, krate: &Path, name: &str) -> Result<()> {
        let uninstall = ["-m", "pip", "uninstall", "--quiet", "--yes", name];
        Cmd::new(self.program("python")).args(uninstall).run()?;
        self.maturin(krate, "develop").env("VIRTUAL_ENV", &self.environment).run()?;
        self.use_it(name)
    }

    fn maturin(&self, krate: &Path, command: &str) -> Cmd {
        let cmd = Cmd::new(&self.maturin).args([command, "--quiet"]).dir(krate);
        // One folder for all crates, since they share most of their dependencies.
        let cmd = cmd.env("CARGO_TARGET_DIR", self.folder.join("target"));
        self.python.prepare(cmd).without_env("CONDA_PREFIX")
    }

    fn use_it(&self, name: &str) -> Result<()> {
        // maturin puts the library into a package of the same name.
        let script = format!(
            "import {name} as m; assert m.Point(1).plus(m.Point(2)).x == 3; print(getattr(m, '{name}', m).__file__)"
        );
        let printed = Cmd::new(self.program("python")).args(["-c", &script]).dir(&self.folder).read()?;
        println!("{}", printed.trim_end());
        // Make sure that the module is not one that an earlier test left.
        let library = fs::read(printed.trim_end()).with_context(|| format!("cannot read {}", printed.trim_end()))?;
        let holds = |text: &str| library.windows(text.len()).any(|bytes| bytes == text.as_bytes());
        ensure!(holds("pyo3_backend_cpython"), "our packages are not in the module");
        Ok(())
    }

    fn program(&self, name: &str) -> PathBuf {
        self.environment.join(if cfg!(windows) { "Scripts" } else { "bin" }).join(name)
    }
}
