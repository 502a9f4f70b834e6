//! What somebody may have meant: the known name most like a mistyped one.
//!
//! In: the mistyped name and the known ones. Out: the closest, if it is close enough.

/// The known name that shares at least three quarters with `name`, the closest one.
pub(crate) fn most_similar<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    best(name, known, 0.75)
}

/// The closest of those that share at least this much.
fn best<'a>(name: &str, known: impl Iterator<Item = &'a str>, least: f64) -> Option<&'a str> {
    let mut best: Option<(f64, &'a str)> = None;
    let length = name.chars().count();
    for candidate in known {
        let other = candidate.chars().count();
        // Where one is much longer, too much of it must change.
        if share(length.min(other)) / share(length.max(other).max(1)) < least {
            continue;
        }
        let likeness = likeness(name, candidate);
        if likeness >= least && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, name)| name)
}

/// The known name that is closest at all: among those that share three letters in a row, else two, the one with the most
/// in common, a third at least. A name that is known is not mistyped.
pub(crate) fn closest<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    if known.clone().any(|known| known == name) {
        return None;
    }
    [3, 2].into_iter().find_map(|size| {
        let grams = grams(name, size);
        let shares = |known: &&str| self::grams(known, size).iter().any(|gram| grams.contains(gram));
        best(name, known.clone().filter(shares), 0.33)
    })
}

/// Every run of `size` letters, digits, commas and blanks, the ends marked.
fn grams(name: &str, size: usize) -> Vec<Vec<char>> {
    let plain =
        name.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric() || matches!(c, ',' | ' ')).take(128);
    let marked: Vec<char> = std::iter::once('-').chain(plain).chain(std::iter::once('-')).collect();
    marked.windows(size).map(<[char]>::to_vec).collect()
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
    1.0 - share(distance) / share(longest)
}

fn share(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
