//! Running other programs.

use std::ffi::{OsStr, OsString};
use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A command line that can be shown before it runs.
#[derive(Clone, Debug)]
pub struct Cmd {
    program: OsString,
    args: Vec<OsString>,
    dir: Option<PathBuf>,
    env: Vec<(OsString, Option<OsString>)>,
}

impl Cmd {
    pub fn new(program: impl AsRef<OsStr>) -> Cmd {
        Cmd { program: program.as_ref().to_owned(), args: Vec::new(), dir: None, env: Vec::new() }
    }

    /// Returns a command for the cargo of the toolchain that runs this program.
    pub fn cargo() -> Cmd {
        Cmd::new("cargo").dir(root())
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Cmd {
        self.args.push(arg.as_ref().to_owned());
        self
    }

    pub fn args<A: AsRef<OsStr>>(mut self, args: impl IntoIterator<Item = A>) -> Cmd {
        self.args.extend(args.into_iter().map(|arg| arg.as_ref().to_owned()));
        self
    }

    /// Adds one argument that consists of an option and a path, such as `--log-file=PATH`.
    pub fn option(self, option: &str, path: &Path) -> Cmd {
        let mut arg = OsString::from(option);
        arg.push(path);
        self.arg(arg)
    }

    pub fn dir(mut self, dir: impl AsRef<Path>) -> Cmd {
        self.dir = Some(dir.as_ref().to_owned());
        self
    }

    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Cmd {
        self.env.push((name.as_ref().to_owned(), Some(value.as_ref().to_owned())));
        self
    }

    pub fn without_env(mut self, name: impl AsRef<OsStr>) -> Cmd {
        self.env.push((name.as_ref().to_owned(), None));
        self
    }

    /// Returns the program and its arguments, quoted for a shell, without the environment.
    pub fn brief(&self) -> String {
        Cmd { env: Vec::new(), ..self.clone() }.to_string()
    }

    /// Returns the command as the standard library's type.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(&self.args);
        if let Some(dir) = &self.dir {
            command.current_dir(dir);
        }
        for (name, value) in &self.env {
            match value {
                Some(value) => command.env(name, value),
                None => command.env_remove(name),
            };
        }
        command
    }

    /// Runs the command with the input and output of this process.
    ///
    /// # Errors
    ///
    /// If the command cannot be started or does not succeed.
    pub fn run(&self) -> Result<()> {
        let status = self.command().status().with_context(|| format!("cannot start `{self}`"))?;
        if !status.success() {
            bail!("`{self}` failed ({status})");
        }
        Ok(())
    }

    /// Runs the command without input, shows its output as it comes, and returns the lines of standard output.
    ///
    /// # Errors
    ///
    /// If the command cannot be started. Callers check the status themselves.
    pub fn follow(&self) -> Result<(Vec<String>, ExitStatus)> {
        let mut command = self.command();
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start `{self}`"))?;
        let mut lines = Vec::new();
        for line in BufReader::new(child.stdout.take().expect("it is piped")).split(b'\n') {
            let line = String::from_utf8_lossy(&line?).trim_end_matches('\r').to_owned();
            println!("{line}");
            lines.push(line);
        }
        Ok((lines, child.wait()?))
    }

    /// Runs the command and returns its standard output.
    ///
    /// # Errors
    ///
    /// If the command cannot be started, does not succeed, or prints anything but UTF-8.
    pub fn read(&self) -> Result<String> {
        let mut command = self.command();
        let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{self}`"))?;
        if !output.status.success() {
            bail!("`{self}` failed ({})\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim_end());
        }
        String::from_utf8(output.stdout).with_context(|| format!("`{self}` did not print UTF-8"))
    }
}

impl fmt::Display for Cmd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, value) in &self.env {
            match value {
                // Search paths are long and rarely matter.
                Some(value) if !name.to_string_lossy().ends_with("PATH") || name == "PYTHONPATH" => {
                    write!(f, "{}={} ", name.to_string_lossy(), quoted(value))?
                }
                _ => {}
            }
        }
        write!(f, "{}", quoted(&self.program))?;
        self.args.iter().try_for_each(|arg| write!(f, " {}", quoted(arg)))
    }
}

/// The result of a program that ran under a time limit.
pub struct Captured {
    /// `None` if the program was stopped at the limit.
    pub status: Option<ExitStatus>,
    pub stdout: String,
    pub stderr: String,
}

impl Captured {
    /// Describes how the program ended.
    pub fn ending(&self) -> String {
        match self.status {
            None => "timeout".to_owned(),
            Some(status) => status.to_string(),
        }
    }
}

impl Cmd {
    /// Runs the command without input for at most `limit`, and returns its output, whatever its status.
    ///
    /// # Errors
    ///
    /// If the command cannot be started.
    pub fn capture(&self, limit: Duration) -> Result<Captured> {
        let mut command = self.command();
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("cannot start `{self}`"))?;
        let stdout = drain(child.stdout.take());
        let stderr = drain(child.stderr.take());
        let start = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait()? {
                break Some(status);
            }
            if start.elapsed() > limit {
                child.kill().ok();
                child.wait()?;
                break None;
            }
            thread::sleep(Duration::from_millis(5));
        };
        let text =
            |pipe: thread::JoinHandle<Vec<u8>>| String::from_utf8_lossy(&pipe.join().unwrap_or_default()).into_owned();
        Ok(Captured { status, stdout: text(stdout), stderr: text(stderr) })
    }
}

impl Cmd {
    /// Runs the command without input for at most `limit`, and writes standard output and standard error to `file` in
    /// the order in which they come. Returns `None` if the program was stopped at the limit.
    ///
    /// # Errors
    ///
    /// If the command cannot be started, or the file cannot be written.
    pub fn log(&self, file: &Path, limit: Duration) -> Result<Option<ExitStatus>> {
        let log = std::fs::File::create(file).with_context(|| format!("cannot write {}", file.display()))?;
        let mut command = self.command();
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let mut child = command.spawn().with_context(|| format!("cannot start `{self}`"))?;
        let start = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(Some(status));
            }
            if start.elapsed() > limit {
                child.kill().ok();
                child.wait()?;
                return Ok(None);
            }
            thread::sleep(Duration::from_millis(20));
        }
    }
}

/// Reads a pipe to its end on a separate thread, so that the program never blocks on a full pipe.
fn drain(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut pipe) = pipe {
            // A broken pipe ends the output; keep what came before.
            pipe.read_to_end(&mut bytes).ok();
        }
        bytes
    })
}

/// Quotes `text` for a shell if necessary.
fn quoted(text: &OsStr) -> String {
    let text = text.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+%".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text.into_owned() } else { format!("'{text}'") }
}

/// Returns the root of the repository, the folder above this crate.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask is in a folder of the repository").to_owned()
}

/// Returns the first program called `name` on `PATH`.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let name = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&path).map(|folder| folder.join(&name)).find(|file| file.is_file())
}
