//! `rename_all`: changes of letter case, for fields and enum variants.

use syn::LitStr;

/// The rules serde made familiar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenamingRule {
    /// `camelCase`
    Camel,
    /// `kebab-case`
    Kebab,
    /// `lowercase`
    Lower,
    /// `PascalCase`
    Pascal,
    /// `SCREAMING-KEBAB-CASE`
    ScreamingKebab,
    /// `SCREAMING_SNAKE_CASE`
    ScreamingSnake,
    /// `snake_case`
    Snake,
    /// `UPPERCASE`
    Upper,
}

impl RenamingRule {
    /// The rule that `literal` names.
    ///
    /// # Errors
    /// Where there is no such rule; the message lists them.
    pub fn parse(literal: &LitStr) -> syn::Result<Self> {
        Ok(match literal.value().as_str() {
            "camelCase" => Self::Camel,
            "kebab-case" => Self::Kebab,
            "lowercase" => Self::Lower,
            "PascalCase" => Self::Pascal,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            "SCREAMING_SNAKE_CASE" => Self::ScreamingSnake,
            "snake_case" => Self::Snake,
            "UPPERCASE" => Self::Upper,
            _ => {
                return Err(syn::Error::new(
                    literal.span(),
                    "unknown renaming rule; use one of \"camelCase\", \"kebab-case\", \"lowercase\", \"PascalCase\", \
                     \"SCREAMING-KEBAB-CASE\", \"SCREAMING_SNAKE_CASE\", \"snake_case\", \"UPPERCASE\"",
                ));
            }
        })
    }

    /// `name` in this rule's case.
    pub fn apply(self, name: &str) -> String {
        let words = words(name);
        let lower = || words.iter().map(|word| word.to_lowercase());
        let upper = || words.iter().map(|word| word.to_uppercase());
        match self {
            Self::Camel => words
                .iter()
                .enumerate()
                .map(|(index, word)| if index == 0 { word.to_lowercase() } else { capital(word) })
                .collect(),
            Self::Pascal => words.iter().map(|word| capital(word)).collect(),
            Self::Kebab => lower().collect::<Vec<_>>().join("-"),
            Self::Snake => lower().collect::<Vec<_>>().join("_"),
            Self::ScreamingKebab => upper().collect::<Vec<_>>().join("-"),
            Self::ScreamingSnake => upper().collect::<Vec<_>>().join("_"),
            Self::Lower => name.to_lowercase(),
            Self::Upper => name.to_uppercase(),
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters.as_str().to_lowercase().chars()).collect())
}

/// Splits at underscores, dashes, and where a capital follows a small letter or begins a word after an acronym.
fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let letters: Vec<char> = name.chars().collect();
    for (index, &letter) in letters.iter().enumerate() {
        if letter == '_' || letter == '-' {
            words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
            continue;
        }
        let previous = index.checked_sub(1).map(|before| letters[before]);
        let next_is_small = letters.get(index + 1).is_some_and(|next| next.is_lowercase());
        let boundary = letter.is_uppercase()
            && previous.is_some_and(|previous| previous.is_lowercase() || (previous.is_uppercase() && next_is_small));
        if boundary && !word.is_empty() {
            words.push(std::mem::take(&mut word));
        }
        word.push(letter);
    }
    words.extend((!word.is_empty()).then_some(word));
    words
}

#[cfg(test)]
mod tests {
    use super::RenamingRule::*;

    #[test]
    fn every_rule() {
        let cases = [
            (Camel, "fieldName"),
            (Kebab, "field-name"),
            (Lower, "field_name"),
            (Pascal, "FieldName"),
            (ScreamingKebab, "FIELD-NAME"),
            (ScreamingSnake, "FIELD_NAME"),
            (Snake, "field_name"),
            (Upper, "FIELD_NAME"),
        ];
        for (rule, expected) in cases {
            assert_eq!(rule.apply("field_name"), expected);
        }
        assert_eq!(ScreamingSnake.apply("VariantOne"), "VARIANT_ONE");
        assert_eq!(Snake.apply("HTTPServer"), "http_server");
    }
}
