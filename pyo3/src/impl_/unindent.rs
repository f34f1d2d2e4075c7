//! Removing the indentation of Python code in Rust literals.
//!
//! At the path where the published PyO3 has it: its tests call it, and so may others.

/// Removes the indentation that all lines but the first have in common. The first line starts right after the quote of
/// its literal, so its indentation does not count.
pub fn unindent(code: &str) -> String {
    let Some((first, rest)) = code.split_once('\n') else { return code.trim_start().to_owned() };
    let blank = |line: &str| line.trim().is_empty();
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let common = rest.lines().filter(|line| !blank(line)).map(indent).min().unwrap_or(0);
    let mut text = String::with_capacity(code.len());
    if !blank(first) {
        text.push_str(first);
        text.push('\n');
    }
    for line in rest.lines() {
        text.push_str(line.get(common..).unwrap_or_else(|| line.trim_start()));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::unindent;

    #[test]
    fn common_indentation_goes() {
        assert_eq!(unindent("\n    if x:\n        y\n\n    z\n    "), "if x:\n    y\n\nz\n\n");
        assert_eq!(unindent("  a"), "a");
        assert_eq!(unindent("import x\n    x.y()"), "import x\nx.y()\n");
    }
}
