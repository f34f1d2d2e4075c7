//! Decides which differences count as worse.

use super::table::{Row, RustPython};
use super::tally::Tally;

/// Lists what is worse in `found` than in `stock`.
pub fn worse(found: &Tally, stock: &Tally) -> Vec<String> {
    let mut list: Vec<String> = found.note.clone().into_iter().collect();
    list.extend(found.failed.difference(&stock.failed).map(|name| format!("fails: {name}")));
    if found.collected() < stock.collected() {
        list.push(format!("{} tests, and {} with stock", found.collected(), stock.collected()));
    }
    if found.skipped > stock.skipped {
        list.push(format!("{} tests are skipped, and {} with stock", found.skipped, stock.skipped));
    }
    if found.passed < stock.passed && list.is_empty() {
        list.push(format!("{} tests pass, and {} with stock", found.passed, stock.passed));
    }
    list
}

/// Like [`worse`], but for RustPython, where the table lists tests that fail. A listed test that passes or is gone
/// counts too, so that the table stays current.
pub fn worse_on_rustpython(found: &Tally, stock: &Tally, row: &Row) -> Vec<String> {
    let known = &row.rustpython;
    let mut list: Vec<String> = found.note.clone().into_iter().collect();
    let unexpected = found.failed.iter().filter(|name| !stock.failed.contains(*name) && pattern(known, name).is_none());
    list.extend(unexpected.map(|name| format!("fails: {name}")));
    let idle = known.fails.keys().filter(|key| !found.failed.iter().any(|name| matches(key, name)));
    list.extend(idle.map(|key| format!("passes, but the table says that it fails: {key}")));
    let more = known.skipped.as_ref().map_or(0, |skipped| skipped.tests);
    if found.skipped > stock.skipped + more {
        let (now, known) = (found.skipped, stock.skipped + more);
        list.push(format!("{now} tests are skipped, but {known} are expected from stock and the table"));
    }
    if known.left_out.is_empty() && found.collected() < stock.collected() {
        list.push(format!("{} tests, and {} with stock", found.collected(), stock.collected()));
    }
    list
}

fn pattern<'a>(known: &'a RustPython, name: &str) -> Option<&'a String> {
    known.fails.keys().find(|key| matches(key, name))
}

/// Whether an entry matches a test: `a.py` means all tests of a file, `a.py::b[*` all names that start with `a.py::b[`.
fn matches(key: &str, name: &str) -> bool {
    match key.strip_suffix('*') {
        Some(start) => name.starts_with(start),
        None => {
            name == key || (!key.contains("::") && name.strip_prefix(key).is_some_and(|rest| rest.starts_with("::")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::downstream::table::Table;

    fn tally(passed: usize, failed: &[&str], skipped: usize) -> Tally {
        Tally { passed, skipped, failed: failed.iter().map(|name| (*name).to_owned()).collect(), note: None }
    }

    #[test]
    fn only_differences_for_the_worse_count() {
        let stock = tally(10, &["a.py::x"], 2);
        assert!(worse(&stock, &stock).is_empty());
        assert!(worse(&tally(13, &[], 0), &stock).is_empty());
        assert_eq!(worse(&tally(10, &["a.py::y"], 2), &stock), ["fails: a.py::y"]);
        assert_eq!(worse(&tally(9, &["a.py::x"], 2), &stock), ["12 tests, and 13 with stock"]);
        assert_eq!(worse(&tally(9, &["a.py::x"], 3), &stock), ["3 tests are skipped, and 2 with stock"]);
        let died = Tally { note: Some("died".to_owned()), ..stock.clone() };
        assert_eq!(worse(&died, &stock), ["died"]);
    }

    #[test]
    fn what_is_known_of_rustpython_must_be_so() {
        let row = "[[crate]]\nname = \"a\"\nversion = \"1\"\nsource = \"pypi\"\nsha256 = \"\"\n\
                   rustpython.fails = { \"a.py::x[*\" = \"why\", \"b.py\" = \"why\" }\n\
                   rustpython.skipped = { tests = 1, reason = \"why\" }\n";
        let table = Table::parse(row).expect("it is a table");
        let row = table.select(&[]).expect("it has a row")[0];
        let stock = tally(5, &[], 0);
        let worse = |found: &Tally| worse_on_rustpython(found, &stock, row);
        assert!(worse(&tally(2, &["a.py::x[1]", "b.py::z"], 1)).is_empty());
        assert_eq!(worse(&tally(1, &["a.py::x[1]", "b.py::z"], 2)).len(), 1);
        assert_eq!(worse(&tally(4, &["a.py::x[1]"], 0)), ["passes, but the table says that it fails: b.py"]);
        assert_eq!(worse(&tally(2, &["a.py::x[1]", "b.py::z", "c.py::y"], 0)), ["fails: c.py::y"]);
    }
}
