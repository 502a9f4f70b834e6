//! The columns of the staging tables that a file can fill.
//!
//! In: a table. Out: its slots, in the order of the COPY text.
//! Invariant: the same names as in `run/sql/stage.sql`; a run against a real database holds them together.

use crate::imports::fields::Table;

/// The columns before the slots.
pub const FRAME: [&str; 9] =
    ["seq", "file", "line", "id", "duplicates", "external_key", "external_id", "custom", "raw"];

/// The slots of the table, without frame.
pub fn columns(table: Table) -> &'static [&'static str] {
    match table {
        Table::Members => &["full_name", "email", "job_title", "role", "team", "region", "manager"],
        Table::Products => &["name", "code", "description", "price", "currency", "is_active", "created_at"],
        Table::Organizations => &[
            "name",
            "domain",
            "website",
            "description",
            "industry",
            "type",
            "status",
            "employees",
            "annual_revenue",
            "currency",
            "phone",
            "email",
            "billing_street",
            "billing_city",
            "billing_state",
            "billing_postal_code",
            "billing_country",
            "parent",
            "owner",
            "tags",
            "created_at",
        ],
        Table::Contacts => &[
            "first_name",
            "last_name",
            "email",
            "other_emails",
            "phones",
            "job_title",
            "organization",
            "owner",
            "street",
            "city",
            "state",
            "postal_code",
            "country",
            "website",
            "linkedin_url",
            "source",
            "do_not_contact",
            "description",
            "tags",
            "created_at",
        ],
        Table::Opportunities => &[
            "name",
            "organization",
            "contact",
            "product",
            "quantity",
            "stage",
            "amount",
            "currency",
            "probability_percent",
            "expected_close_date",
            "closed_at",
            "lost_reason",
            "source",
            "next_step",
            "description",
            "owner",
            "tags",
            "created_at",
        ],
        Table::OpportunityItems => &["opportunity", "product", "name", "quantity", "unit_price"],
        Table::Activities => &[
            "type",
            "subject",
            "body",
            "occurred_at",
            "due_on",
            "due_at",
            "done",
            "done_at",
            "priority",
            "duration_minutes",
            "direction",
            "owner",
            "contact",
            "organization",
            "opportunity",
            "created_at",
        ],
    }
}
