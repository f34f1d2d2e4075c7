//! Walks one source file: items, attributes, and the tokens inside every macro call and macro definition.
//!
//! syn checks that the file is Rust. The walk uses token trees, because the output of a `macro_rules!` or a `quote!`
//! exists only as tokens, and so the same rules apply to code and macro bodies.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};

use super::paths::{PathSeen, Verdict};
use super::report::{Hit, Rule, Seen};
use super::settings::Door;
use super::{cfgs, escape, paths};

/// Facts about a file that the scan needs.
pub struct FileContext<'a> {
    /// Path from the root of the repository.
    pub file: &'a str,
    /// The names of the C API that this file may use.
    pub door: Option<&'a Door>,
    /// Whether the code makes macro output.
    pub macro_output: bool,
    /// Whether a path from the root is a frontend file.
    pub scanned: &'a dyn Fn(&str) -> bool,
}

/// The findings in one file.
#[derive(Default)]
pub struct Scan {
    pub hits: Vec<Hit>,
    pub seen: Seen,
    /// Names used through the door.
    pub door_used: Vec<String>,
    /// Findings that do not count if `ffi` means the standard library's module in this file.
    maybe: Vec<Hit>,
    standard_ffi: bool,
}

/// Scans the text of a file.
pub fn scan(context: &FileContext<'_>, text: &str) -> syn::Result<Scan> {
    let file = syn::parse_file(text)?;
    let tokens: TokenStream = text.parse()?;
    let mut walker = Walker { context, scan: Scan { seen: Seen { files: 1, ..Seen::default() }, ..Scan::default() } };
    walker.walk(tokens, &[]);
    let mut scan = walker.scan;
    if !scan.standard_ffi {
        scan.hits.append(&mut scan.maybe);
    }
    scan.hits.extend(super::operations::check(&file));
    scan.hits.sort_by_key(|hit| (hit.at, hit.rule));
    Ok(scan)
}

struct Walker<'a> {
    context: &'a FileContext<'a>,
    scan: Scan,
}

impl Walker<'_> {
    /// Walks `tokens`. In a `use` group, `prefix` is the path in front of it.
    fn walk(&mut self, tokens: TokenStream, prefix: &[String]) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            at += match &trees[at] {
                TokenTree::Punct(punct) if punct.as_char() == '#' => self.attribute(&trees[at..]),
                TokenTree::Ident(_) => {
                    self.macro_output(&trees, at);
                    self.path(&trees[at..], prefix)
                }
                TokenTree::Punct(punct) if punct.as_char() == '*' && !prefix.is_empty() => {
                    self.path(&trees[at..], prefix)
                }
                TokenTree::Group(group) => {
                    self.walk(group.stream(), &[]);
                    1
                }
                TokenTree::Literal(literal) => {
                    self.literal(literal);
                    1
                }
                // A lifetime is not part of a path, even if a path follows: `&'static ::core::ffi::CStr`.
                TokenTree::Punct(punct) if punct.as_char() == '\'' => 2,
                TokenTree::Punct(_) => 1,
            };
        }
    }

    /// Requires that `#krate::..` or `pyo3::..` in a `quote!` continues with `impl_`.
    fn macro_output(&mut self, trees: &[TokenTree], at: usize) {
        let interpolated = at > 0 && is_punct(&trees[at - 1], '#');
        let root = match trees[at].to_string().as_str() {
            "krate" => interpolated,
            "pyo3" => !interpolated,
            _ => false,
        };
        if !self.context.macro_output || !root || !is_pair(&trees[at + 1..], ':', ':') {
            return;
        }
        self.scan.seen.outputs += 1;
        let next = trees.get(at + 3).map(ToString::to_string).unwrap_or_default();
        if next != "impl_" {
            self.scan.hits.push(Hit {
                rule: Rule::MacroOutput,
                at: trees[at].span().into(),
                what: next.clone(),
                message: format!("macro output names `{next}` of pyo3"),
                remedy: "re-export what the output needs from pyo3/src/impl_, and name it there".to_owned(),
            });
        }
    }

    /// Checks `#[..]` or `#![..]`. Returns the number of token trees.
    fn attribute(&mut self, trees: &[TokenTree]) -> usize {
        let inner = usize::from(matches!(trees.get(1), Some(TokenTree::Punct(punct)) if punct.as_char() == '!'));
        match trees.get(1 + inner) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => {
                self.attribute_content(group.stream());
                2 + inner
            }
            _ => 1,
        }
    }

    fn attribute_content(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let name = trees.first().map(ToString::to_string).unwrap_or_default();
        match (name.as_str(), trees.get(1)) {
            ("cfg", Some(TokenTree::Group(group))) => self.cfg(group.stream()),
            ("cfg_attr", Some(TokenTree::Group(group))) => {
                let mut parts = cfgs::split(group.stream(), ',').into_iter();
                if let Some(predicate) = parts.next() {
                    self.cfg(predicate);
                }
                parts.for_each(|part| self.attribute_content(part));
            }
            ("path", Some(TokenTree::Punct(punct))) if punct.as_char() == '=' => {
                let value: TokenStream = trees[2..].iter().cloned().collect();
                if let Some(target) = cfgs::literal(value) {
                    let span = trees[0].span();
                    self.scan.hits.extend(escape::check_path(&target, span, self.context.file, self.context.scanned));
                }
            }
            // Prose may name runtimes.
            ("doc" | "expect" | "allow" | "deprecated", _) => {}
            _ => self.walk(tokens, &[]),
        }
    }

    fn cfg(&mut self, predicates: TokenStream) {
        self.scan.seen.cfgs += cfgs::check(predicates, &mut self.scan.hits);
    }

    /// Checks `name!(..)`.
    fn macro_call(&mut self, name: &str, body: &Group, span: Span) {
        self.scan.seen.macros += 1;
        match name {
            "cfg" => self.cfg(body.stream()),
            "cfg_select" | "cfg_match" => self.arms(body.stream()),
            "include" => {
                let hit = escape::check_include(body.stream(), span, self.context.file, self.context.scanned);
                self.scan.hits.extend(hit);
            }
            // In other macros such as `cfg_if!`, conditions are attributes.
            _ => self.walk(body.stream(), &[]),
        }
    }

    /// Checks any number of arms `condition => { .. }` or `condition => expression,`.
    fn arms(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        let mut at = 0;
        while at < trees.len() {
            let arrow = (at..trees.len()).find(|&i| is_pair(&trees[i..], '=', '>')).unwrap_or(trees.len());
            let predicate: TokenStream = trees[at..arrow].iter().cloned().collect();
            if predicate.to_string() != "_" {
                self.cfg(predicate);
            }
            at = arrow + 2;
            let end = match trees.get(at) {
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => at + 1,
                _ => (at..trees.len()).find(|&i| is_punct(&trees[i], ',')).unwrap_or(trees.len()),
            };
            if at < end {
                self.walk(trees[at..end].iter().cloned().collect(), &[]);
            }
            at = end + usize::from(trees.get(end).is_some_and(|tree| is_punct(tree, ',')));
        }
    }

    /// Checks a path that starts with an identifier. Returns the number of token trees.
    fn path(&mut self, trees: &[TokenTree], prefix: &[String]) -> usize {
        let span = trees[0].span();
        let mut segments = prefix.to_vec();
        let mut at = 0;
        let mut group = None;
        loop {
            match trees.get(at) {
                Some(TokenTree::Ident(segment)) => {
                    let segment = segment.to_string();
                    let segment = segment.strip_prefix("r#").unwrap_or(&segment);
                    self.scan.hits.extend(escape::check_identifier(segment, trees[at].span()));
                    // `use a::{self}` names `a`.
                    if segment != "self" || segments.is_empty() {
                        segments.push(segment.to_owned());
                    }
                    at += 1;
                }
                Some(TokenTree::Punct(star)) if star.as_char() == '*' => {
                    segments.push("*".to_owned());
                    at += 1;
                }
                Some(TokenTree::Group(body)) if body.delimiter() == Delimiter::Brace => {
                    group = Some(body);
                    at += 1;
                }
                _ => {}
            }
            let keyword = segments.last().is_some_and(|segment| ends_path(segment));
            if keyword || group.is_some() || !is_pair(&trees[at.min(trees.len())..], ':', ':') {
                break;
            }
            at += 2;
        }
        if segments.len() > 1 {
            self.scan.seen.paths += 1;
        }
        if let Some(group) = group {
            self.walk(group.stream(), &segments);
            return at;
        }
        match &trees[at..] {
            [TokenTree::Punct(bang), TokenTree::Group(body), ..] if bang.as_char() == '!' => {
                self.verdict(&segments, span, true);
                self.macro_call(segments.last().map_or("", String::as_str), body, span);
                at + 2
            }
            [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Parenthesis => {
                // A partial attribute, which a macro takes or makes to stand between `#[` and `]`.
                if segments == ["cfg"] || segments == ["cfg_attr"] {
                    self.attribute_content(trees[at - 1..=at].iter().cloned().collect());
                    return at + 1;
                }
                self.verdict(&segments, span, true);
                at
            }
            _ => {
                self.verdict(&segments, span, false);
                at
            }
        }
    }

    fn verdict(&mut self, segments: &[String], span: Span, called: bool) {
        if let [root, module] = segments {
            self.scan.standard_ffi |= module == "ffi" && ["std", "core", "alloc"].contains(&root.as_str());
        }
        match paths::check(&PathSeen { segments, span, called, door: self.context.door }) {
            Verdict::Neutral => {}
            Verdict::Door(name) => self.scan.door_used.push(name),
            Verdict::Forbidden(hit) => self.scan.hits.push(hit),
            Verdict::Unless(hit) => self.scan.maybe.push(hit),
        }
    }

    fn literal(&mut self, literal: &proc_macro2::Literal) {
        let span = literal.span();
        let value = match syn::Lit::new(literal.clone()) {
            syn::Lit::Str(value) => value.value(),
            syn::Lit::ByteStr(value) => String::from_utf8_lossy(&value.value()).into_owned(),
            syn::Lit::CStr(value) => value.value().to_string_lossy().into_owned(),
            _ => return,
        };
        self.scan.hits.extend(paths::check_string(&value, span));
        self.scan.hits.extend(escape::check_string(&value, span));
    }
}

/// Whether a path with a leading `::` after this keyword is a new path, as in `as ::core::ffi::c_int`.
fn ends_path(word: &str) -> bool {
    !["crate", "self", "super", "Self", "*"].contains(&word) && syn::parse_str::<syn::Ident>(word).is_err()
}

fn is_punct(tree: &TokenTree, wanted: char) -> bool {
    matches!(tree, TokenTree::Punct(punct) if punct.as_char() == wanted)
}

/// Whether `trees` start with the two-character operator `first second`.
fn is_pair(trees: &[TokenTree], first: char, second: char) -> bool {
    match trees {
        [TokenTree::Punct(one), two, ..] => {
            one.as_char() == first && one.spacing() == Spacing::Joint && is_punct(two, second)
        }
        _ => false,
    }
}
