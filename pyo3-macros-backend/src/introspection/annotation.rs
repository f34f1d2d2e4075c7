//! Annotations in a signature, such as `"dict[str, int] | None"`, converted to JSON.

use super::json::quoted;

/// Parses the expression in `text`. Returns `None` if it is not of a form that annotations have.
pub fn annotation(text: &str) -> Option<String> {
    let mut parser = Parser { rest: text.trim() };
    let found = parser.union()?;
    parser.rest.is_empty().then_some(found)
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    fn eat(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }

    /// Parses `a | b`.
    fn union(&mut self) -> Option<String> {
        let mut left = self.primary()?;
        while self.eat("|") {
            let right = self.primary()?;
            left = format!(r#"{{"type":"binop","op":"bitor","left":{left},"right":{right}}}"#);
        }
        Some(left)
    }

    /// Parses `a.b[c]`.
    fn primary(&mut self) -> Option<String> {
        let mut value = self.atom()?;
        loop {
            if self.eat(".") {
                let attr = quoted(&self.word()?);
                value = format!(r#"{{"type":"attribute","value":{value},"attr":{attr}}}"#);
            } else if self.eat("[") {
                let (mut items, comma) = self.items("]")?;
                let slice = if items.len() == 1 && !comma { items.remove(0) } else { many("tuple", &items) };
                value = format!(r#"{{"type":"subscript","value":{value},"slice":{slice}}}"#);
            } else {
                return Some(value);
            }
        }
    }

    /// Parses expressions up to `end`. Also returns whether there was a comma among them.
    fn items(&mut self, end: &str) -> Option<(Vec<String>, bool)> {
        let (mut items, mut comma) = (Vec::new(), false);
        while !self.eat(end) {
            items.push(self.union()?);
            match self.eat(",") {
                true => comma = true,
                false if self.eat(end) => break,
                false => return None,
            }
        }
        Some((items, comma))
    }

    fn atom(&mut self) -> Option<String> {
        let constant = |rest: &str| format!(r#"{{"type":"constant","kind":{rest}}}"#);
        if self.eat("...") {
            return Some(constant(r#""ellipsis""#));
        }
        if self.eat("[") {
            return self.items("]").map(|(items, _)| many("list", &items));
        }
        if self.eat("(") {
            let (mut items, comma) = self.items(")")?;
            return Some(if items.len() == 1 && !comma { items.remove(0) } else { many("tuple", &items) });
        }
        for quote in ["\"", "'"] {
            if let Some((text, rest)) = self.rest.strip_prefix(quote).and_then(|rest| rest.split_once(quote)) {
                // Escape sequences are not supported.
                if text.contains('\\') {
                    return None;
                }
                self.rest = rest.trim_start();
                return Some(constant(&format!(r#""str","value":{}"#, quoted(text))));
            }
        }
        let word = self.word()?;
        Some(match word.as_str() {
            "None" => constant(r#""none""#),
            "True" => constant(r#""bool","value":true"#),
            "False" => constant(r#""bool","value":false"#),
            digits if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
                constant(&format!(r#""int","value":"{digits}""#))
            }
            number if number.starts_with(|first: char| first.is_ascii_digit()) => return None,
            name => format!(r#"{{"type":"name","id":{}}}"#, quoted(name)),
        })
    }

    fn word(&mut self) -> Option<String> {
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest.trim_start();
        (!word.is_empty()).then(|| word.to_owned())
    }
}

fn many(kind: &str, items: &[String]) -> String {
    format!(r#"{{"type":"{kind}","elts":[{}]}}"#, items.join(","))
}

#[cfg(test)]
mod tests {
    use super::annotation;

    #[test]
    fn annotations_are_expressions() {
        let name = |id: &str| format!(r#"{{"type":"name","id":"{id}"}}"#);
        assert_eq!(annotation("int"), Some(name("int")));
        let none = r#"{"type":"constant","kind":"none"}"#;
        let int = name("int");
        assert_eq!(
            annotation("int | None"),
            Some(format!(r#"{{"type":"binop","op":"bitor","left":{int},"right":{none}}}"#))
        );
        let list = format!(r#"{{"type":"subscript","value":{},"slice":{int}}}"#, name("list"));
        assert_eq!(annotation("list[int]"), Some(list));
        assert!(annotation("a.b.Callable[[int, str], dict[str, tuple[()]]]").is_some());
        assert!(annotation("typing.Literal['a', \"b\", 1]").is_some());
        for wrong in ["", "a b", "list[int", "1x", "a |", "f(x)", "\"\\n\""] {
            assert_eq!(annotation(wrong), None, "{wrong}");
        }
    }
}
