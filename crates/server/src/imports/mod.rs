//! Imports of files from other systems: draft, dry run, run, undo.
//!
//! In: files and a plan. Out: records, a report of problems, and a way back.
//! Invariant: a row is imported, or reported; never lost.
