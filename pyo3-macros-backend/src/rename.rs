//! `rename_all`: changing the letter case of fields and enum variants.

use heck::{ToKebabCase, ToLowerCamelCase, ToShoutyKebabCase, ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use syn::LitStr;

/// The renaming rules, which have the same names as serde's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RenamingRule {
    /// `camelCase`.
    Camel,
    /// `kebab-case`.
    Kebab,
    /// `lowercase`.
    Lower,
    /// `PascalCase`.
    Pascal,
    /// `SCREAMING-KEBAB-CASE`.
    ScreamingKebab,
    /// `SCREAMING_SNAKE_CASE`.
    ScreamingSnake,
    /// `snake_case`.
    Snake,
    /// `UPPERCASE`.
    Upper,
}

impl RenamingRule {
    /// Parses the rule that `literal` names.
    ///
    /// # Errors
    /// If there is no such rule; the message lists all rules.
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

    /// Converts `name` to this rule's case. A word begins after an underscore, at a capital after a small letter or
    /// digit, and at the last of several capitals; `lowercase` and `UPPERCASE` keep underscores.
    pub fn apply(self, name: &str) -> String {
        match self {
            Self::Camel => name.to_lower_camel_case(),
            Self::Kebab => name.to_kebab_case(),
            Self::Lower => name.to_lowercase(),
            Self::Pascal => name.to_upper_camel_case(),
            Self::ScreamingKebab => name.to_shouty_kebab_case(),
            Self::ScreamingSnake => name.to_shouty_snake_case(),
            Self::Snake => name.to_snake_case(),
            Self::Upper => name.to_uppercase(),
        }
    }
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
        assert_eq!(ScreamingSnake.apply("Rgb8Unorm"), "RGB8_UNORM");
    }
}
