//! Groups of benchmarks: the beginning of a benchmark's name says what it is about.

use std::collections::BTreeMap;

use super::{Pair, median};

/// The beginnings of names, and the titles.
const FAMILIES: [(&str, &str); 13] = [
    ("rs", "the basics, from Rust"),
    ("py", "functions, called from Python"),
    ("pc", "classes, used from Python"),
    ("ca", "calls from Rust"),
    ("cl", "classes, used from Rust"),
    ("co", "containers"),
    ("cv", "conversions"),
    ("er", "exceptions"),
    ("ha", "handles"),
    ("mo", "modules, capsules, code"),
    ("ob", "any object"),
    ("tx", "text, bytes, buffers"),
    ("ty", "other types"),
];

/// The ratios of a family, in ascending order.
#[derive(Debug, PartialEq)]
pub struct Family {
    pub title: &'static str,
    pub ratios: Vec<f64>,
}

/// Sorts the results into families. Leaves out families without results.
pub fn group(pairs: &BTreeMap<String, Pair>) -> Vec<Family> {
    let of = |prefix: &str| {
        let ratios = pairs.iter().filter(|(name, _)| name.split('_').next() == Some(prefix));
        let mut ratios: Vec<f64> = ratios.map(|(_, pair)| pair.ratio).collect();
        ratios.sort_by(f64::total_cmp);
        ratios
    };
    let all = FAMILIES.iter().map(|&(prefix, title)| Family { title, ratios: of(prefix) });
    all.filter(|family| !family.ratios.is_empty()).collect()
}

/// Formats a table in Markdown, for the guide.
pub fn table(families: &[Family]) -> String {
    let mut text = String::from("| family | benchmarks | lowest | median | highest |\n|---|---|---|---|---|\n");
    for Family { title, ratios } in families {
        let (first, last) = (ratios.first().copied().unwrap_or_default(), ratios.last().copied().unwrap_or_default());
        let middle = median(ratios.iter().copied());
        text += &format!("| {title} | {} | {first:.2} | {middle:.2} | {last:.2} |\n", ratios.len());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_grouped_and_sorted() {
        let pair = |ratio| Pair { ours: ratio, stock: 1.0, ratio };
        let pairs = [("cv_b", 2.0), ("cv_a", 1.0), ("cv_c", 0.5), ("er_a", 0.25)];
        let families = group(&pairs.map(|(name, ratio)| (name.to_owned(), pair(ratio))).into());
        assert_eq!(families[0], Family { title: "conversions", ratios: vec![0.5, 1.0, 2.0] });
        assert_eq!(families.len(), 2);
        assert!(table(&families).ends_with("| exceptions | 1 | 0.25 | 0.25 | 0.25 |\n"), "{}", table(&families));
    }
}
