//! Claims about imports, held against a real PostgreSQL and the sample export.

mod policies;
mod refusals;
mod sample;
mod support;
