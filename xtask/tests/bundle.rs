//! Builds real bundles: one that behaves like `python`, and an application, each in a separate folder without other
//! files.
//!
//! The tests compile RustPython in release mode, so they run only on request:
//! `cargo test -p xtask --test bundle -- --ignored`.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

const MANIFEST: &str = "[package]
name = \"greetings\"
version = \"1.2.3\"
edition = \"2021\"

[lib]
crate-type = [\"cdylib\"]

[dependencies]
pyo3 = { version = \"0.30\", features = [\"abi3-py39\"] }

[workspace]
";

const SOURCE: &str = "use pyo3::prelude::*;

/// Greets.
#[pyfunction]
fn greet(name: &str) -> String {
    format!(\"Grüß Gott, {name}!\")
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add(\"__version__\", env!(\"CARGO_PKG_VERSION\"))?;
    module.add_function(wrap_pyfunction!(greet, module)?)
}
";

const APPLICATION: &str = "import argparse
import sys

from greetings import greet

parser = argparse.ArgumentParser(prog='greet')
parser.add_argument('-c', '--count', type=int, default=1)
parser.add_argument('name')
arguments = parser.parse_args()
for _ in range(arguments.count):
    print(greet(arguments.name))
sys.exit(7)
";

/// A folder with the crate, and the executable made from it.
struct Made {
    executable: PathBuf,
    folder: PathBuf,
}

/// Makes a bundle of an ordinary crate, and moves it into a folder without other files.
fn make(name: &str, options: &[&str]) -> Made {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is in a folder of the repository");
    let source = root.join("target/bundle-tests").join(name);
    let write = |path: &str, contents: &str| {
        let file = source.join(path);
        fs::create_dir_all(file.parent().expect("it is in a folder")).expect("folders can be made");
        fs::write(file, contents).expect("files can be written");
    };
    write("Cargo.toml", MANIFEST);
    write("src/lib.rs", SOURCE);
    write(
        "pyproject.toml",
        "[project]\nname = \"greetings\"\ndynamic = [\"version\"]\n[tool.maturin]\nmodule-name = \"greetings._native\"\npython-source = \"python\"\n",
    );
    write("python/greetings/__init__.py", "from ._native import greet, __version__\n");
    write("greet.py", APPLICATION);
    let folder = env::temp_dir().join(format!("bundle-{name}-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("folders can be made");
    let executable = folder.join(format!("greetings{}", env::consts::EXE_SUFFIX));
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["bundle", "--frozen", "--with"]).arg(&source).arg("-o").arg(&executable);
    for option in options {
        // Options may name files in the crate's folder.
        if option.ends_with(".py") {
            command.arg(source.join(option))
        } else {
            command.arg(option)
        };
    }
    assert!(command.status().expect("it can be started").success());
    Made { executable, folder }
}

impl Made {
    /// Runs it in its folder with an empty environment. Returns status, standard output and standard error.
    fn run(&self, arguments: &[&str], variables: &[(&str, &str)], input: &str) -> (i32, String, String) {
        let mut command = Command::new(&self.executable);
        command.args(arguments).env_clear().envs(variables.iter().copied()).current_dir(&self.folder);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("it can be started");
        child.stdin.take().expect("it is piped").write_all(input.as_bytes()).expect("it reads");
        let output = child.wait_with_output().expect("it ends");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it writes UTF-8").replace('\r', "");
        (output.status.code().unwrap_or(-1), text(output.stdout), text(output.stderr))
    }

    #[track_caller]
    fn prints(&self, arguments: &[&str], expected: &str) {
        assert_eq!(self.run(arguments, &[], ""), (0, expected.to_owned(), String::new()), "{arguments:?}");
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}

#[test]
#[ignore = "compiles RustPython in release"]
fn a_bundle_behaves_as_python_does() {
    let made = make("python", &[]);
    made.prints(
        &["-c", "import greetings; print(greetings.greet('Ada'), greetings.__version__)"],
        "Grüß Gott, Ada! 1.2.3\n",
    );
    made.prints(
        &["-c", "import sys, greetings._native as n; print(n.__name__, n.__name__ in sys.builtin_module_names)"],
        "greetings._native True\n",
    );
    made.prints(&["-c", "from importlib.metadata import version; print(version('greetings'))"], "1.2.3\n");
    made.prints(&["-c", "import sys; print(sys.argv)", "a", "-b"], "['-c', 'a', '-b']\n");

    // The bundle uses its own standard library and nothing of another Python.
    made.prints(
        &["-c", "import sys, json, decimal, ctypes; print(sys.path == ['', sys.executable], json.dumps([decimal.MAX_PREC > 9]))"],
        "True [true]\n",
    );
    let own = "import subprocess, sys; print(subprocess.run([sys.executable, '-c', 'print(6 * 7)'], capture_output=True).stdout)";
    made.prints(&["-c", own], "b'42\\n'\n");

    // Files, folders, modules, standard input.
    fs::write(
        made.folder.join("script.py"),
        "import sys, beside\nprint(__file__ == sys.argv[0] or sys.argv, beside.VALUE)\n",
    )
    .expect("files can be written");
    fs::write(made.folder.join("beside.py"), "VALUE = 'ü'\n").expect("files can be written");
    made.prints(&["script.py", "x"], "['script.py', 'x'] ü\n");
    made.prints(&["-m", "beside"], "");
    assert_eq!(made.run(&["-m", "json.tool", "--compact"], &[], "[1, 2]").1, "[1,2]\n");
    assert_eq!(made.run(&["-", "x"], &[], "import sys; print(sys.argv)").1, "['-', 'x']\n");
    assert_eq!(made.run(&[], &[], "print('ü')\nprint(2)").1, "ü\n2\n");
    let elsewhere = made.folder.join("elsewhere");
    fs::create_dir_all(&elsewhere).expect("folders can be made");
    fs::write(elsewhere.join("found.py"), "print('found')\n").expect("files can be written");
    let path = elsewhere.to_str().expect("it is UTF-8").to_owned();
    assert_eq!(made.run(&["-m", "found"], &[("PYTHONPATH", &path)], "").1, "found\n");
    assert_eq!(made.run(&["-E", "-m", "found"], &[("PYTHONPATH", &path)], "").0, 1);

    // Exit statuses.
    assert_eq!(made.run(&["-c", "raise SystemExit(3)"], &[], "").0, 3);
    assert_eq!(made.run(&["-c", "import sys; sys.exit('why')"], &[], ""), (1, String::new(), "why\n".to_owned()));
    let (status, _, text) = made.run(&["-c", "1 / 0"], &[], "");
    assert!(status == 1 && text.ends_with("ZeroDivisionError: division by zero\n"), "{status} {text}");
    let (status, _, text) = made.run(&["missing.py"], &[], "");
    assert!(status == 2 && text.contains("can't open file") && text.contains("[Errno 2]"), "{status} {text}");
    let (status, _, text) = made.run(&["--no-such-option"], &[], "");
    assert!(status == 2 && text.contains("usage: "), "{status} {text}");
    let (status, output, _) =
        made.run(&["-c", "import atexit; atexit.register(print, 'end'); raise SystemExit(4)"], &[], "");
    assert_eq!((status, output.as_str()), (4, "end\n"));
    #[cfg(unix)]
    {
        use std::os::unix::process::ExitStatusExt;
        let code = "import os, signal; os.kill(os.getpid(), signal.SIGINT)\nwhile True: pass";
        let output = Command::new(&made.executable).args(["-c", code]).output().expect("it can be started");
        assert_eq!(output.status.signal(), Some(2), "a shell learns that it was interrupted");
        assert!(String::from_utf8_lossy(&output.stderr).ends_with("KeyboardInterrupt\n"));
    }
}

#[test]
#[ignore = "compiles RustPython in release"]
fn an_application_runs_its_script_and_nothing_else() {
    let made = make("application", &["--script", "greet.py"]);
    let run =
        |arguments: &[&str]| made.run(arguments, &[("PYTHONPATH", "."), ("PYTHONSTARTUP", "missing")], "print('no')");
    assert_eq!(run(&["Ada"]), (7, "Grüß Gott, Ada!\n".to_owned(), String::new()));
    // The application receives the options of `python` as its own.
    assert_eq!(run(&["-c", "2", "Eve"]).1, "Grüß Gott, Eve!\nGrüß Gott, Eve!\n");
    let (status, output, text) = run(&["-c", "print(1)"]);
    assert_eq!((status, output.as_str()), (2, ""));
    assert!(text.starts_with("usage: greet [-h] [-c COUNT] name\n"), "{text}");
}
