//! What somebody may have meant: the known name most like a mistyped one.
//!
//! In: the mistyped name and the known ones. Out: the closest, if it is close enough.

/// The known name that shares at least three quarters with `name`, the closest one.
pub(crate) fn most_similar<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut best: Option<(f64, &'a str)> = None;
    for candidate in known {
        let likeness = likeness(name, candidate);
        if likeness >= 0.75 && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, name)| name)
}

/// One minus the share of characters that must change (Levenshtein), without regard to case.
fn likeness(a: &str, b: &str) -> f64 {
    let a: Vec<char> = a.chars().flat_map(char::to_lowercase).take(128).collect();
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).take(128).collect();
    let longest = a.len().max(b.len());
    if longest == 0 {
        return 1.0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut left = i + 1;
        let mut next = vec![left];
        for ((diagonal, above), y) in row.iter().zip(row.iter().skip(1)).zip(&b) {
            let changed = diagonal + usize::from(x != y);
            left = changed.min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    let distance = row.last().copied().unwrap_or(longest);
    let share = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    1.0 - share(distance) / share(longest)
}
