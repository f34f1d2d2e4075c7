//! The findings of a check, and how they are shown.

use std::fmt;

/// The rules of the boundary, in the order of ARCHITECTURE.md.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// 1: conditional compilation on something that is not neutral.
    Cfg,
    /// 2: a path, an identifier or a string that names a runtime.
    RuntimePath,
    /// 3: a frontend manifest that names a runtime.
    Manifest,
    /// 4: code or cfgs from a place that no rule checks.
    Escape,
    /// 5: a backend that depends on the frontend or on another backend.
    BackendManifest,
    /// 6: a build plan with the wrong runtime in it.
    BuildPlan,
    /// In addition to the six: macro output that names anything of `pyo3` but `impl_`.
    MacroOutput,
    /// In addition to the six: an operation of the contract with incomplete documentation.
    OperationDoc,
    /// In addition to the six: an operation of the contract whose name does not start with its family.
    OperationName,
    /// The list of exceptions itself: unsorted, without a reason, or stale.
    Exceptions,
    /// The check did not see something that must be there.
    Sight,
}

impl Rule {
    pub const ALL: [Rule; 11] = [
        Rule::Cfg,
        Rule::RuntimePath,
        Rule::Manifest,
        Rule::Escape,
        Rule::BackendManifest,
        Rule::BuildPlan,
        Rule::MacroOutput,
        Rule::OperationDoc,
        Rule::OperationName,
        Rule::Exceptions,
        Rule::Sight,
    ];

    /// The name used in messages, in `boundary.toml` and for the fixture folders.
    pub fn name(self) -> &'static str {
        match self {
            Rule::Cfg => "cfg",
            Rule::RuntimePath => "runtime-path",
            Rule::Manifest => "manifest",
            Rule::Escape => "escape",
            Rule::BackendManifest => "backend-manifest",
            Rule::BuildPlan => "build-plan",
            Rule::MacroOutput => "macro-output",
            Rule::OperationDoc => "operation-doc",
            Rule::OperationName => "operation-name",
            Rule::Exceptions => "exceptions",
            Rule::Sight => "sight",
        }
    }

    pub fn from_name(name: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A place in a file; both numbers start at 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

impl Position {
    pub const START: Position = Position { line: 1, column: 1 };

    /// Returns the position of `offset` (in bytes) in `text`.
    pub fn of_offset(text: &str, offset: usize) -> Position {
        let before = &text.as_bytes()[..offset.min(text.len())];
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let start = before.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        Position { line, column: before.len() - start + 1 }
    }
}

impl From<proc_macro2::Span> for Position {
    fn from(span: proc_macro2::Span) -> Position {
        let start = span.start();
        Position { line: start.line, column: start.column + 1 }
    }
}

/// One finding, before its file is known.
#[derive(Clone, Debug)]
pub struct Hit {
    pub rule: Rule,
    pub at: Position,
    /// The text that was found, spelled as in an exception.
    pub what: String,
    pub message: String,
    pub remedy: String,
}

/// A finding in a file, relative to the root of the repository.
#[derive(Clone, Debug)]
pub struct Violation {
    pub file: String,
    pub hit: Hit,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Violation { file, hit } = self;
        writeln!(f, "{file}:{}:{}: [{}] {}", hit.at.line, hit.at.column, hit.rule, hit.message)?;
        write!(f, "  remedy: {}", hit.remedy)
    }
}

/// What the check has read. A check that reads nothing must not count as a success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    pub files: usize,
    pub cfgs: usize,
    pub paths: usize,
    pub macros: usize,
    /// Paths of `pyo3` in macro output.
    pub outputs: usize,
    pub manifests: usize,
}

impl std::ops::AddAssign for Seen {
    fn add_assign(&mut self, other: Seen) {
        self.files += other.files;
        self.cfgs += other.cfgs;
        self.paths += other.paths;
        self.macros += other.macros;
        self.outputs += other.outputs;
        self.manifests += other.manifests;
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Seen { files, cfgs, paths, macros, outputs, manifests } = self;
        write!(
            f,
            "{files} files and {manifests} manifests read; {cfgs} cfgs, {paths} paths, {macros} macro calls and \
             {outputs} paths in macro output seen"
        )
    }
}
