//! Decides whether the first row of a file names its columns.
//!
//! In: the first rows. Out: yes or no, and the names.
//! Invariant: every column has a name, and no two columns of a file the same.

use crate::imports::detect::looks_like_data;

/// Is the first row a header? Yes, unless it holds a value no column is called: a number, a date, an address.
pub(super) fn detect(rows: &[Vec<String>]) -> bool {
    let Some(first) = rows.first() else { return false };
    if first.iter().all(|cell| cell.trim().is_empty()) {
        return false;
    }
    !first.iter().any(|cell| looks_like_data(cell.trim()))
}

/// The columns' names: the header's cells, or `Column 1` and so on; a repeated name gets a number.
pub(super) fn names(first: &[String], has_header: bool) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(first.len());
    for (index, cell) in first.iter().enumerate() {
        let given = cell.trim();
        let base = if has_header && !given.is_empty() { given.to_owned() } else { format!("Column {}", index + 1) };
        let mut name = base.clone();
        let mut copy = 2;
        while names.contains(&name) {
            name = format!("{base} ({copy})");
            copy += 1;
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[&[&str]]) -> Vec<Vec<String>> {
        rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn a_row_of_words_is_a_header_and_a_row_of_values_is_not() {
        assert!(detect(&rows(&[&["name", "email"], &["Ann", "ann@example.com"]])));
        assert!(!detect(&rows(&[&["Ann", "ann@example.com"], &["Bob", "bob@example.com"]])));
        assert!(!detect(&rows(&[&["Acme", "2016-10-20"]])));
        assert!(!detect(&rows(&[&["", ""]])));
    }

    #[test]
    fn no_two_columns_share_a_name() {
        let first: Vec<String> = ["name", "", "name"].map(str::to_owned).into();
        assert_eq!(names(&first, true), ["name", "Column 2", "name (2)"]);
        assert_eq!(names(&first, false), ["Column 1", "Column 2", "Column 3"]);
    }
}
