//! Headers that mean the same in several tables.

pub(super) const OWNER: &[&str] = &[
    "owner",
    "owner name",
    "record owner",
    "assigned to",
    "assigned user",
    "sales agent",
    "sales rep",
    "salesperson",
    "sales person",
    "rep",
    "agent",
    "account owner",
    "contact owner",
    "company owner",
    "deal owner",
    "opportunity owner",
    "activity assigned to",
    "owner full name",
    "owner email",
    "responsible",
    "person owner",
    "organization owner",
    "user",
];
pub(super) const CREATED: &[&str] = &[
    "created at",
    "created",
    "created date",
    "create date",
    "date created",
    "created time",
    "creation date",
    "add time",
    "deal created",
    "person created",
    "deal deal created",
    "person person created",
];
pub(super) const TAGS: &[&str] = &["tags", "tag", "label", "labels"];
pub(super) const ORGANIZATION: &[&str] = &[
    "account",
    "account name",
    "company",
    "company name",
    "organization",
    "organisation",
    "organization name",
    "organisation name",
    "associated company",
    "customer",
    "customer name",
    "client",
    "client name",
    "deal organization",
    "person organization",
    "primary company",
    "employer",
    "account id",
    "organization id",
    "company id",
    "associated company ids primary",
    "parent account",
    "regarding",
];
pub(super) const CONTACT: &[&str] = &[
    "contact",
    "contact name",
    "primary contact",
    "contact person",
    "associated contact",
    "deal contact person",
    "person",
    "person name",
    "who id",
    "contact id",
    "contact email",
    "associated contact ids",
];
pub(super) const PRODUCT: &[&str] =
    &["product", "product name", "item", "item name", "product id", "sku", "product code"];
pub(super) const NOTES: &[&str] =
    &["description", "notes", "note", "comments", "comment", "about", "about us", "details"];
pub(super) const SOURCE: &[&str] =
    &["source", "lead source", "original source", "origin", "original traffic source", "deal source"];
