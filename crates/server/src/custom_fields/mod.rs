//! A workspace's own fields: records are filtered and sorted by them at any size, because the server keeps their indexes.
//!
//! In: rows of `custom_fields`, and word that they changed. Out: indexes of the record tables.

mod field_index;
mod keep;

pub use keep::{CustomFields, keep_indexes};
