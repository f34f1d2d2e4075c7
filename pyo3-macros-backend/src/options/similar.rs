//! Suggestions for misspelt options.

/// Returns the most similar of `names` to `text`, if any is similar enough.
pub fn similar<'a>(text: &str, names: &[&'a str]) -> Option<&'a str> {
    let nearest = names.iter().map(|name| (distance(text, name), *name)).min()?;
    // Up to a third of the letters may differ. With more, it is another word.
    if nearest.0 <= text.len().max(3) / 3 {
        return Some(nearest.1);
    }
    // Otherwise, one word may be a prefix of the other.
    let begins = |name: &&&str| text.len().min(name.len()) >= 3 && (name.starts_with(text) || text.starts_with(**name));
    names.iter().find(begins).copied()
}

/// Returns how many letters must be inserted, deleted, replaced or swapped with their neighbour to turn `a` into `b`.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::similar;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let names = ["frozen", "freelist", "name", "get_all"];
        assert_eq!(similar("frozne", &names), Some("frozen"));
        assert_eq!(similar("nmae", &names), Some("name"));
        assert_eq!(similar("getall", &names), Some("get_all"));
        assert_eq!(similar("get", &names), Some("get_all"));
        assert_eq!(similar("names_of_all", &names), Some("name"));
        assert_eq!(similar("g", &names), None);
        assert_eq!(similar("colour", &names), None);
    }
}
