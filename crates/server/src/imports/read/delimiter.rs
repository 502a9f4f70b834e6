//! Finds the character between the cells.
//!
//! In: the beginning of a file as text. Out: `,` `;` tab or `|`.
//! Invariant: a delimiter inside quotes counts for nothing.

/// What may stand between two cells, the most usual first.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];

/// The delimiter under which most records have the same number of cells, and more than one.
pub(super) fn detect(sample: &str) -> u8 {
    let mut best = (0_usize, b',');
    for candidate in CANDIDATES {
        let score = score(sample, candidate);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    best.1
}

/// How well the delimiter explains the sample: records of the usual width in per mille, then their width.
fn score(sample: &str, delimiter: u8) -> usize {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(sample.as_bytes());
    let widths: Vec<usize> = reader.records().take(100).flatten().map(|record| record.len()).collect();
    let Some(&first) = widths.first() else { return 0 };
    if first < 2 {
        return 0;
    }
    // The last record of a sample may be cut off.
    let whole = widths.len().saturating_sub(1).max(1);
    let same = widths.iter().take(whole).filter(|width| **width == first).count();
    same * 1000 / whole * 1000 + first.min(999)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_that_explains_the_file_wins() {
        assert_eq!(detect("a,b\n1,2\n"), b',');
        assert_eq!(detect("a;b\n\"1,5\";2\n3,7;4\n"), b';');
        assert_eq!(detect("a\tb\nx, y\tz\n"), b'\t');
        assert_eq!(detect("a|b\n1|2\n"), b'|');
        assert_eq!(detect("name\nAnn\n"), b',');
        assert_eq!(detect("name,notes\nAnn,\"a;b;c\"\nBob,\"d;e\"\n"), b',');
    }
}
