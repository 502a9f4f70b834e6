//! The words of a column's name, whatever the naming style.
//!
//! In: `AccountName`, `Deal - Title`, `account_name`. Out: `account name`, and keys and labels for custom fields.
//! Invariant: pure; the same columns give the same hash in every file.

use sha2::{Digest, Sha256};

use crate::imports::plan::{CustomPlan, CustomType};
use crate::imports::read::FileFacts;

/// The words of a header in lower case, one space between them.
pub fn normalise(header: &str) -> String {
    let mut words = String::with_capacity(header.len() + 4);
    let mut before = ' ';
    for c in header.chars() {
        if !c.is_alphanumeric() {
            before = ' ';
            continue;
        }
        let new_word = !before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase());
        if new_word && !words.is_empty() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
        before = c;
    }
    // A custom field of Salesforce ends in __c.
    words.strip_suffix(" c").map(str::to_owned).unwrap_or(words)
}

/// The header in words, first letter large.
fn label(header: &str) -> String {
    let words = normalise(header);
    let mut letters = words.chars();
    letters.next().map_or_else(|| "Column".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// The custom field that keeps a column; `taken` holds the keys given out so far.
pub(super) fn custom_field(header: &str, kind: CustomType, taken: &mut Vec<String>) -> CustomPlan {
    let mut base: String =
        normalise(header).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).take(56).collect();
    if !base.starts_with(|c: char| c.is_ascii_lowercase()) {
        base.insert_str(0, "field_");
    }
    let mut key = base.clone();
    let mut copy = 2;
    while taken.contains(&key) {
        key = format!("{base}_{copy}");
        copy += 1;
    }
    taken.push(key.clone());
    CustomPlan { key, label: label(header), kind }
}

/// What a file's columns are recognised by.
pub fn header_hash(facts: &FileFacts) -> Vec<u8> {
    let mut hasher = Sha256::new();
    for header in facts.headers() {
        hasher.update(header.trim().to_lowercase().as_bytes());
        hasher.update([0]);
    }
    hasher.finalize().to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_naming_style_gives_the_same_words() {
        for header in
            ["AccountName", "account_name", "Account Name", "ACCOUNT NAME", " account-name ", "Account_Name__c"]
        {
            assert_eq!(normalise(header), "account name", "{header}");
        }
        assert_eq!(normalise("Deal - Title"), "deal title");
        assert_eq!(normalise("E-mail 1"), "e mail 1");
    }

    #[test]
    fn a_custom_field_gets_a_key_of_its_own() {
        let mut taken = Vec::new();
        assert_eq!(custom_field("engage_date", CustomType::Date, &mut taken).key, "engage_date");
        assert_eq!(custom_field("Engage date", CustomType::Date, &mut taken).key, "engage_date_2");
        assert_eq!(custom_field("2nd größe", CustomType::Text, &mut taken).key, "field_2nd_gr__e");
        assert_eq!(custom_field("opportunity_id", CustomType::Text, &mut taken).label, "Opportunity id");
    }
}
