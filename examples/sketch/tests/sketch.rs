//! Tests the program with drawings, mistakes and limits.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

/// Runs a script. Returns the output of the program and the path of the drawing.
fn sketch(script: &Path, options: &[&str]) -> (Output, PathBuf) {
    let stem = script.file_stem().and_then(|stem| stem.to_str()).expect("a script has a name");
    let drawing = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{stem}.svg"));
    std::fs::remove_file(&drawing).ok();
    let mut command = Command::new(env!("CARGO_BIN_EXE_sketch"));
    let output = command.arg(script).arg("-o").arg(&drawing).args(options).output().expect("the program starts");
    (output, drawing)
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts").join(name)
}

/// Writes a script to a temporary file.
fn written(name: &str, source: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, source).expect("the folder for temporary files can be written to");
    path
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn a_script_draws() {
    let (output, drawing) = sketch(&example("tree.py"), &[]);
    assert!(output.status.success(), "{}", errors(&output));
    let printed = String::from_utf8(output.stdout).expect("text");
    let svg = std::fs::read_to_string(drawing).expect("the drawing is there");
    let shapes = ["<line ", "<circle ", "<text "].map(|tag| svg.matches(tag).count());
    assert!(shapes[0] > 100 && shapes[1] > 100 && shapes[2] == 1, "{shapes:?}");
    assert_eq!(printed.trim(), format!("<canvas of 400 by 300 with {} shapes>", shapes.iter().sum::<usize>()));
}

#[test]
fn a_mistake_has_a_traceback_and_no_drawing() {
    let script = written("mistake.py", "from sketch import canvas\n\ncanvas.circle((1, 2), radius=-3)\n");
    let (output, drawing) = sketch(&script, &[]);
    assert_eq!(output.status.code(), Some(1));
    let text = errors(&output);
    assert!(text.contains("mistake.py\", line 3"), "{text}");
    assert!(text.contains("ValueError: radius must be more than 0, not -3"), "{text}");
    assert!(!drawing.exists());
}

#[test]
#[cfg(unix)]
fn an_endless_loop_ends() {
    let start = Instant::now();
    let (output, drawing) = sketch(&example("endless.py"), &["--seconds", "0.3"]);
    assert_eq!(output.status.code(), Some(1));
    let text = errors(&output);
    assert!(text.contains("sketch.LimitExceeded: more than 0.3 seconds"), "{text}");
    assert!(!drawing.exists() && start.elapsed() < Duration::from_secs(30));
}

#[test]
#[cfg(unix)]
fn a_script_that_does_not_want_to_stop_is_stopped() {
    let source = "
def work():
    while True: len([])
while True:
    try: work()
    except BaseException as error: print(error, flush=True)
";
    let (output, _) = sketch(&written("stubborn.py", source), &["--seconds", "0.2"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "more than 0.2 seconds");
    assert!(errors(&output).contains("the script does not stop"), "{}", errors(&output));
}

#[test]
#[cfg(unix)]
fn a_script_that_takes_too_much_memory_ends() {
    let (output, _) = sketch(&example("greedy.py"), &["--megabytes", "50"]);
    assert_eq!(output.status.code(), Some(1));
    let text = errors(&output);
    assert!(text.contains("sketch.LimitExceeded: more than 50 MB of memory"), "{text}");
}
