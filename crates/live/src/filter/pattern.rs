//! LIKE patterns: `%` and `*` stand for any text, `_` for one character, `\` takes the next one as it is.

/// A pattern made ready once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    parts: Vec<Part>,
    fold: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Any,
    One,
    Char(char),
}

impl Pattern {
    pub(super) fn new(text: &str, fold: bool) -> Self {
        let mut parts = Vec::new();
        let mut chars = text.chars();
        while let Some(char) = chars.next() {
            match char {
                '%' | '*' if parts.last() == Some(&Part::Any) => {}
                '%' | '*' => parts.push(Part::Any),
                '_' => parts.push(Part::One),
                '\\' => push_char(&mut parts, chars.next().unwrap_or('\\'), fold),
                char => push_char(&mut parts, char, fold),
            }
        }
        Self { parts, fold }
    }

    /// Linear but for one step back to the last `%`, so no pattern takes longer than the product of both lengths.
    pub(super) fn matches(&self, text: &str) -> bool {
        let text: Vec<char> =
            if self.fold { text.chars().flat_map(char::to_lowercase).collect() } else { text.chars().collect() };
        let (mut at, mut part) = (0, 0);
        let mut retry = None;
        while at < text.len() {
            match self.parts.get(part) {
                Some(Part::Any) => {
                    part += 1;
                    retry = Some((at, part));
                    continue;
                }
                Some(Part::One) => {
                    (at, part) = (at + 1, part + 1);
                    continue;
                }
                Some(Part::Char(wanted)) if text.get(at) == Some(wanted) => {
                    (at, part) = (at + 1, part + 1);
                    continue;
                }
                _ => {}
            }
            let Some((from, after)) = retry else { return false };
            (at, part) = (from + 1, after);
            retry = Some((from + 1, after));
        }
        self.parts.get(part..).unwrap_or_default().iter().all(|part| *part == Part::Any)
    }
}

fn push_char(parts: &mut Vec<Part>, char: char, fold: bool) {
    if fold {
        parts.extend(char.to_lowercase().map(Part::Char));
    } else {
        parts.push(Part::Char(char));
    }
}
