//! `xtask/boundary.toml`: the folders of the frontend, and its exceptions.

use anyhow::{Context, Result, bail};
use toml::de::{DeTable, DeValue};

use super::paths::is_c_function;
use super::report::{Hit, Position, Rule, Violation};
use super::sources::Sources;

/// The path of the settings, in the repository as in fixtures.
pub const FILE: &str = "xtask/boundary.toml";

pub struct Settings {
    /// Folders with neutral code.
    pub frontend: Vec<String>,
    /// The one frontend file that chooses the runtime.
    pub switch: String,
    /// Folders whose code makes macro output.
    pub macro_output: Vec<String>,
    /// Folders of the backends.
    pub backends: Vec<String>,
    /// Frontend folders whose packages may pass `runtime-rustpython` on to `pyo3`.
    pub forwarders: Vec<String>,
    pub doors: Vec<Door>,
    pub exceptions: Vec<Exception>,
}

/// A file of the compatibility door, and the names below `ffi` that it may use.
pub struct Door {
    pub at: Position,
    pub file: String,
    pub names: Vec<String>,
    /// Whether it may also call them. Only for tests of `pyo3::ffi` itself.
    pub calls: bool,
    pub reason: String,
}

/// A finding that is allowed.
pub struct Exception {
    pub at: Position,
    pub file: String,
    pub rule: String,
    pub what: String,
    pub reason: String,
}

impl Settings {
    pub fn read(sources: &Sources) -> Result<Settings> {
        let text = sources.text(FILE)?;
        Settings::parse(&text).with_context(|| format!("in {FILE}"))
    }

    fn parse(text: &str) -> Result<Settings> {
        let table = DeTable::parse(text)?.into_inner();
        for key in table.keys() {
            if !["frontend", "macro-output", "switch", "backends", "forwarders", "door", "exception"]
                .contains(&key.get_ref().as_ref())
            {
                bail!("unknown key `{}`", key.get_ref());
            }
        }
        let doors = tables(text, &table, "door")?
            .map(|(at, door)| {
                Ok(Door {
                    at,
                    file: string(door, "path")?,
                    names: strings(door, "names")?,
                    calls: door.get("calls").is_some_and(|value| value.get_ref().as_bool() == Some(true)),
                    reason: string(door, "reason")?,
                })
            })
            .collect::<Result<_>>()?;
        let exceptions = tables(text, &table, "exception")?
            .map(|(at, exception)| {
                Ok(Exception {
                    at,
                    file: string(exception, "path")?,
                    rule: string(exception, "rule")?,
                    what: string(exception, "what")?,
                    reason: string(exception, "reason")?,
                })
            })
            .collect::<Result<_>>()?;
        Ok(Settings {
            frontend: strings(&table, "frontend")?,
            macro_output: strings(&table, "macro-output")?,
            switch: string(&table, "switch")?,
            backends: strings(&table, "backends")?,
            forwarders: strings(&table, "forwarders")?,
            doors,
            exceptions,
        })
    }

    /// Removes the allowed findings from `violations`, then adds the problems of the lists themselves.
    pub fn apply(&self, violations: &mut Vec<Violation>) {
        let mut wrong = Vec::new();
        let mut complain = |at, message: String, remedy: &str| {
            let hit = Hit { rule: Rule::Exceptions, at, what: String::new(), message, remedy: remedy.to_owned() };
            wrong.push(Violation { file: FILE.to_owned(), hit });
        };

        for exception in &self.exceptions {
            let before = violations.len();
            violations.retain(|found| {
                found.file != exception.file
                    || found.hit.rule.name() != exception.rule
                    || found.hit.what != exception.what
            });
            let Exception { at, file, rule, what, reason } = exception;
            if Rule::from_name(rule).is_none_or(|rule| rule >= Rule::Exceptions) {
                complain(*at, format!("`{rule}` is not a rule with exceptions"), "use one of the six rules' names");
            } else if before == violations.len() {
                complain(
                    *at,
                    format!("stale exception: nothing in {file} breaks rule `{rule}` with `{what}`"),
                    "remove the entry",
                );
            }
            if reason.trim().is_empty() {
                complain(*at, format!("the exception for `{what}` in {file} has no reason"), "say why it must be");
            }
        }
        for pair in self.exceptions.windows(2) {
            let key = |entry: &Exception| (entry.file.clone(), entry.rule.clone(), entry.what.clone());
            if key(&pair[0]) >= key(&pair[1]) {
                complain(
                    pair[1].at,
                    format!("the exception for `{}` in {} is out of order", pair[1].what, pair[1].file),
                    "sort the entries by path, rule and what, and remove duplicates",
                );
            }
        }
        for door in &self.doors {
            if door.reason.trim().is_empty() {
                complain(door.at, format!("the door {} has no reason", door.file), "say why it must be");
            }
            if door.calls && !door.file.starts_with("tests/") {
                complain(
                    door.at,
                    format!("the door {} may call the C API, but is not a test", door.file),
                    "only tests of `pyo3::ffi` may call it; use an operation of the contract",
                );
            }
            if let Some(name) = door.names.iter().find(|name| !door.calls && is_c_function(name)) {
                complain(
                    door.at,
                    format!("the door {} lists `{name}`, which is a function", door.file),
                    "a door may only name types; use an operation of the contract",
                );
            }
        }
        violations.append(&mut wrong);
    }

    /// Returns the door for `file`, if there is one.
    pub fn door(&self, file: &str) -> Option<&Door> {
        self.doors.iter().find(|door| door.file == file)
    }

    /// Returns door entries that do not occur in `used` (file and name).
    pub fn stale_doors(&self, used: &[(String, String)]) -> Vec<Violation> {
        let mut stale = Vec::new();
        for door in &self.doors {
            for name in &door.names {
                if !used.iter().any(|(file, said)| *file == door.file && said == name) {
                    let hit = Hit {
                        rule: Rule::Exceptions,
                        at: door.at,
                        what: String::new(),
                        message: format!("stale door: {} does not name `{name}`", door.file),
                        remedy: "remove the name, or the entry".to_owned(),
                    };
                    stale.push(Violation { file: FILE.to_owned(), hit });
                }
            }
        }
        stale
    }
}

fn tables<'t, 'i>(
    text: &'t str,
    table: &'t DeTable<'i>,
    key: &str,
) -> Result<impl Iterator<Item = (Position, &'t DeTable<'i>)>> {
    let entries: &[_] = match table.get(key).map(|value| value.get_ref()) {
        None => &[],
        Some(DeValue::Array(entries)) => entries,
        Some(_) => bail!("`{key}` must be an array of tables"),
    };
    Ok(entries
        .iter()
        .filter_map(move |entry| Some((Position::of_offset(text, entry.span().start), entry.get_ref().as_table()?))))
}

fn string(table: &DeTable<'_>, key: &str) -> Result<String> {
    let value = table.get(key).and_then(|value| value.get_ref().as_str());
    Ok(value.with_context(|| format!("`{key}` must be a string"))?.to_owned())
}

fn strings(table: &DeTable<'_>, key: &str) -> Result<Vec<String>> {
    let values = table.get(key).and_then(|value| value.get_ref().as_array());
    let values = values.with_context(|| format!("`{key}` must be an array of strings"))?;
    values
        .iter()
        .map(|value| Ok(value.get_ref().as_str().with_context(|| format!("`{key}` must hold strings"))?.to_owned()))
        .collect()
}
