//! Runs the check on this repository and on every fixture.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::report::Rule;
use super::sources::Sources;
use super::{FIXTURES, Report, check, fixture_layers};
use crate::sh::root;

/// The number of violations of a rule by `(file, line)`.
type Places = BTreeMap<(String, usize), usize>;

fn found(report: &Report) -> Places {
    let mut places = Places::new();
    for violation in &report.violations {
        *places.entry((violation.file.clone(), violation.hit.at.line)).or_default() += 1;
    }
    places
}

/// Returns the lines of a fixture that carry `~` marks, one mark for each violation.
fn marked(layer: &Path) -> Places {
    let sources = Sources::read(&[layer.to_owned()]).expect("the fixture is there");
    let mut places = Places::new();
    for file in sources.all() {
        for (index, line) in sources.text(file).expect("the file is text").lines().enumerate() {
            let marks = line.matches("//~").count() + line.matches("#~").count();
            if marks > 0 {
                places.insert((file.to_owned(), index + 1), marks);
            }
        }
    }
    places
}

fn describe(report: &Report) -> String {
    report.violations.iter().map(|violation| format!("{violation}\n")).collect()
}

#[test]
fn repository_keeps_the_boundary() {
    let report = check(&[root()]).expect("the check runs");
    assert!(report.violations.is_empty(), "{}", describe(&report));
}

#[test]
fn clean_fixture_passes() {
    let layers = fixture_layers(&root(), "clean").expect("the fixture is there");
    let report = check(&layers).expect("the check runs");
    assert!(report.violations.is_empty(), "{}", describe(&report));
    assert!(report.seen.cfgs > 10 && report.seen.paths > 10 && report.seen.macros > 2, "{}", report.seen);
}

#[test]
fn every_fixture_fails_where_it_is_marked() {
    let mut wrong = String::new();
    for rule in Rule::ALL {
        let cases: Vec<_> = fs::read_dir(root().join(FIXTURES).join(rule.name()))
            .unwrap_or_else(|_| panic!("rule {rule} has fixtures"))
            .map(|entry| entry.expect("readable").file_name().into_string().expect("a plain name"))
            .collect();
        assert!(!cases.is_empty(), "rule {rule} has a fixture");
        for case in cases {
            wrong += &compare(rule, &format!("{rule}/{case}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Describes how the result for a fixture differs from its marks. Empty if it does not.
fn compare(rule: Rule, name: &str) -> String {
    let layers = fixture_layers(&root(), name).expect("the fixture is there");
    let report = check(&layers).unwrap_or_else(|error| panic!("{name}: {error:#}"));
    let mut expected = marked(&layers[1]);
    // A violation that belongs to no line cannot be marked.
    match name {
        "sight/moved" => drop(expected.insert(("suite".to_owned(), 1), 1)),
        "sight/no-output" => drop(expected.insert((super::settings::FILE.to_owned(), 1), 1)),
        _ => {}
    }
    assert!(!expected.is_empty(), "{name} marks what must fail");
    let found = found(&report);
    let other = report.violations.iter().any(|violation| violation.hit.rule != rule);
    if found == expected && !other {
        return String::new();
    }
    let missing: Vec<_> = expected.iter().filter(|(place, count)| found.get(place) != Some(count)).collect();
    let extra: Vec<_> = found.iter().filter(|(place, count)| expected.get(place) != Some(count)).collect();
    format!("{name}: marked {missing:?}, found {extra:?}; all of it:\n{}\n", describe(&report))
}
