//! Runs a script in programs that end in different ways, each with a time limit.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The time limit of a program. Most take less than a second. On a busy machine, programs with many threads that
/// compete for the interpreter take much longer.
const LIMIT: Duration = Duration::from_secs(180);

/// The program that runs a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Host {
    /// A Rust program that starts the interpreter and never finalizes it.
    Initialize,
    /// A Rust program with `with_embedded_python_interpreter`.
    Embedded,
    /// Like `Embedded`, twice in a row.
    Twice,
    /// The interpreter that loads extension modules. If the runtime has none, modules are linked into a Rust program,
    /// and this is the same as `Embedded`.
    Interpreter,
}

impl Host {
    /// Whether the interpreter is finalized before the process ends.
    pub fn finalizes(self) -> bool {
        self != Host::Initialize
    }

    fn command(self, script: &str) -> Command {
        let name = match (self, option_env!("PYO3_TESTS_PYTHON")) {
            (Host::Interpreter, Some(interpreter)) => {
                let mut command = Command::new(interpreter);
                command.args(["-c", script]).env("PYTHONPATH", extension());
                return command;
            }
            (Host::Interpreter | Host::Embedded, _) => "embedded",
            (Host::Initialize, _) => "initialize",
            (Host::Twice, _) => "twice",
        };
        let mut command = Command::new(env!("CARGO_BIN_EXE_process-ends-host"));
        command.args([name, script]);
        command
    }

    /// Runs a script until the program ends.
    pub fn run(self, script: &str) -> Ended {
        let mut command = self.command(script);
        // An interpreter that is not finalized does not write what it has buffered.
        command.env("PYTHONUNBUFFERED", "1");
        command.env("RUST_BACKTRACE", "0").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap_or_else(|error| panic!("cannot start {command:?}: {error}"));
        let (stdout, stderr) = (collect(child.stdout.take()), collect(child.stderr.take()));
        let start = Instant::now();
        let status = loop {
            match child.try_wait().expect("a child can be waited for") {
                Some(status) => break Some(status),
                None if start.elapsed() > LIMIT => {
                    child.kill().expect("a child can be killed");
                    child.wait().expect("a child can be waited for");
                    break None;
                }
                None => thread::sleep(Duration::from_millis(2)),
            }
        };
        Ended {
            host: self,
            status,
            stdout: stdout.join().expect("reading does not panic"),
            stderr: stderr.join().expect("reading does not panic"),
        }
    }
}

/// Reads a pipe on a thread, so that the program never blocks on output.
fn collect(pipe: Option<impl Read + Send + 'static>) -> JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.expect("it is piped").read_to_end(&mut bytes).ok();
        String::from_utf8_lossy(&bytes).replace("\r\n", "\n")
    })
}

/// Returns the folder with the extension module, under the name that the interpreter expects.
fn extension() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let (from, to) = match () {
            () if cfg!(windows) => ("process_ends_extension.dll", "process_ends.pyd"),
            () if cfg!(target_os = "macos") => ("libprocess_ends_extension.dylib", "process_ends.so"),
            () => ("libprocess_ends_extension.so", "process_ends.so"),
        };
        let host = Path::new(env!("CARGO_BIN_EXE_process-ends-host"));
        let built = host.with_file_name("examples").join(from);
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("process_ends-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("there is a place for temporary files");
        let module = folder.join(to);
        if let Err(error) = fs::hard_link(&built, &module).or_else(|_| fs::copy(&built, &module).map(drop)) {
            panic!("no {}: {error}\nremedy: cargo build -p pyo3-tests --examples", built.display());
        }
        folder
    })
}

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    host: Host,
    /// `None` if the program had to be killed.
    status: Option<ExitStatus>,
    stdout: String,
    stderr: String,
}

impl Ended {
    /// Asserts the status, the output, and that the standard error is empty.
    #[track_caller]
    pub fn quietly(&self, code: i32, stdout: &str) {
        self.with(code, stdout);
        assert_eq!(self.stderr, "", "standard error; {}", self.explained());
    }

    /// Asserts the status, that the standard error is empty, and what `check` asserts about the output.
    #[track_caller]
    pub fn quietly_with(&self, code: i32, check: impl FnOnce(&str)) {
        self.status(code);
        assert_eq!(self.stderr, "", "standard error; {}", self.explained());
        eprintln!("{}", self.explained());
        check(&self.stdout);
    }

    /// Asserts the status and the output.
    #[track_caller]
    pub fn with(&self, code: i32, stdout: &str) {
        self.status(code);
        assert_eq!(self.stdout, stdout, "standard output; {}", self.explained());
    }

    /// Asserts that the program ended with a `KeyboardInterrupt`, by its exit status or by the signal itself.
    #[track_caller]
    pub fn interrupted(&self) {
        assert!(!self.ended().success(), "success; {}", self.explained());
        let last = self.stderr.trim_end().lines().last();
        assert!(last.is_some_and(|line| line.starts_with("KeyboardInterrupt")), "{}", self.explained());
    }

    #[track_caller]
    fn status(&self, code: i32) {
        assert!(self.ended().code() == Some(code), "status {code} expected; {}", self.explained());
    }

    #[track_caller]
    fn ended(&self) -> ExitStatus {
        self.status.unwrap_or_else(|| {
            panic!("the program hangs: it did not end in {LIMIT:?}; {}", self.explained());
        })
    }

    /// Asserts that each line of the standard error contains one of the texts.
    #[track_caller]
    pub fn complains_only_of(&self, texts: &[&str]) {
        for line in self.stderr.lines().filter(|line| !line.is_empty()) {
            assert!(texts.iter().any(|text| line.contains(text)), "complaint {line:?}; {}", self.explained());
        }
    }

    fn explained(&self) -> String {
        let Ended { host, status, stdout, stderr } = self;
        let status = status.map_or_else(|| String::from("killed"), |status| status.to_string());
        format!("{host:?}, {status}\n--- standard output\n{stdout}--- standard error\n{stderr}---")
    }
}
