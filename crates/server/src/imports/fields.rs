//! What a file can become: the tables, and the fields of each.
//!
//! In: nothing. Out: the catalogue that guessing, checking, staging and the wizard share.
//! Invariant: a field is listed once; its slots are columns of the staging table of the same name.

use serde::{Deserialize, Serialize};

/// What the rows of a file are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Table {
    /// People who work here, and their teams.
    Members,
    /// What is sold.
    Products,
    /// Companies.
    Organizations,
    /// People we know.
    Contacts,
    /// Deals.
    Opportunities,
    /// Line items of deals.
    OpportunityItems,
    /// Notes, calls, mails, meetings and tasks.
    Activities,
}

impl Table {
    /// Every table, in the order in which they depend on each other.
    pub const ALL: [Self; 7] = [
        Self::Members,
        Self::Products,
        Self::Organizations,
        Self::Contacts,
        Self::Opportunities,
        Self::OpportunityItems,
        Self::Activities,
    ];

    /// Its name in the database and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Members => "members",
            Self::Products => "products",
            Self::Organizations => "organizations",
            Self::Contacts => "contacts",
            Self::Opportunities => "opportunities",
            Self::OpportunityItems => "opportunity_items",
            Self::Activities => "activities",
        }
    }

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Members => "Members and teams",
            Self::Products => "Products",
            Self::Organizations => "Organizations",
            Self::Contacts => "Contacts",
            Self::Opportunities => "Opportunities",
            Self::OpportunityItems => "Line items",
            Self::Activities => "Activities",
        }
    }

    /// May its records carry custom fields?
    pub fn has_custom_fields(self) -> bool {
        !matches!(self, Self::Members | Self::OpportunityItems)
    }

    /// Its fields.
    pub fn fields(self) -> &'static [Field] {
        match self {
            Self::Members => MEMBERS,
            Self::Products => PRODUCTS,
            Self::Organizations => ORGANIZATIONS,
            Self::Contacts => CONTACTS,
            Self::Opportunities => OPPORTUNITIES,
            Self::OpportunityItems => OPPORTUNITY_ITEMS,
            Self::Activities => ACTIVITIES,
        }
    }

    /// Can no row do without this field?
    pub fn requires(self, field: &Field) -> bool {
        match self {
            Self::Products | Self::Organizations => field.name == "name",
            Self::OpportunityItems => field.name == "opportunity",
            _ => false,
        }
    }

    /// The field of that name.
    pub fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().iter().find(|field| field.name == name)
    }
}

/// What a cell of a field must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Any text.
    Text,
    /// An e-mail address.
    Email,
    /// A whole number, not negative.
    Integer,
    /// A number of at most two decimals, not negative.
    Money,
    /// A number of at most three decimals, above zero.
    Quantity,
    /// 0 to 100, with or without a percent sign.
    Percent,
    /// A day.
    Date,
    /// A day, with or without a time.
    Moment,
    /// Yes or no.
    Boolean,
    /// A currency's three letters.
    Currency,
    /// One of fixed keys.
    Choice(&'static [(&'static str, &'static str)]),
    /// A stage of the default pipeline.
    Stage,
    /// The name, address or external id of a record of another table.
    Link(Table),
    /// Words between commas or semicolons.
    Tags,
    /// A whole name, to be split.
    FullName,
    /// A number for the labelled list of phones.
    Phone(&'static str),
    /// An address for the labelled list of further addresses.
    OtherEmail,
    /// The day a deal closes or closed.
    CloseDate,
    /// The day or moment something is due.
    Due,
}

impl Kind {
    /// Has the column dates in it?
    pub fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::Moment | Self::CloseDate | Self::Due)
    }

    /// As `/api/imports/fields` calls it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Integer | Self::Money | Self::Quantity | Self::Percent => "number",
            Self::Date | Self::CloseDate => "date",
            Self::Moment | Self::Due => "datetime",
            Self::Boolean => "boolean",
            Self::Email | Self::OtherEmail => "email",
            _ => "text",
        }
    }
}

/// A field that a column can become.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// What its cells must be.
    pub kind: Kind,
}

const fn field(name: &'static str, label: &'static str, kind: Kind) -> Field {
    Field { name, label, kind }
}

const EXTERNAL_ID: Field = field("external_id", "Id in the source", Kind::Text);
const OWNER: Field = field("owner", "Owner", Kind::Link(Table::Members));
const CREATED_AT: Field = field("created_at", "Created", Kind::Moment);

/// Roles a file may give; owners and admins are made by people, not by files.
const ROLES: &[(&str, &str)] = &[("manager", "Manager"), ("member", "Member"), ("viewer", "Viewer")];

const MEMBERS: &[Field] = &[
    field("full_name", "Name", Kind::Text),
    field("email", "E-mail", Kind::Email),
    field("job_title", "Job title", Kind::Text),
    field("role", "Role", Kind::Choice(ROLES)),
    field("team", "Team", Kind::Text),
    field("region", "Region", Kind::Text),
    field("manager", "Manager", Kind::Link(Table::Members)),
];

const PRODUCTS: &[Field] = &[
    EXTERNAL_ID,
    field("name", "Name", Kind::Text),
    field("code", "Code", Kind::Text),
    field("description", "Description", Kind::Text),
    field("price", "Price", Kind::Money),
    field("currency", "Currency", Kind::Currency),
    field("is_active", "Active", Kind::Boolean),
    CREATED_AT,
];

const ORGANIZATIONS: &[Field] = &[
    EXTERNAL_ID,
    field("name", "Name", Kind::Text),
    field("domain", "Domain", Kind::Text),
    field("website", "Website", Kind::Text),
    field("description", "Description", Kind::Text),
    field("industry", "Industry", Kind::Text),
    field(
        "type",
        "Type",
        Kind::Choice(&[
            ("prospect", "Prospect"),
            ("customer", "Customer"),
            ("partner", "Partner"),
            ("supplier", "Supplier"),
            ("other", "Other"),
        ]),
    ),
    field(
        "status",
        "Status",
        Kind::Choice(&[("active", "Active"), ("inactive", "Inactive"), ("archived", "Archived")]),
    ),
    field("employees", "Employees", Kind::Integer),
    field("annual_revenue", "Annual revenue", Kind::Money),
    field("currency", "Currency", Kind::Currency),
    field("phone", "Phone", Kind::Text),
    field("email", "E-mail", Kind::Text),
    field("billing_street", "Street", Kind::Text),
    field("billing_city", "City", Kind::Text),
    field("billing_state", "State", Kind::Text),
    field("billing_postal_code", "Postal code", Kind::Text),
    field("billing_country", "Country", Kind::Text),
    field("parent", "Parent organization", Kind::Link(Table::Organizations)),
    OWNER,
    field("tags", "Tags", Kind::Tags),
    CREATED_AT,
];

const CONTACTS: &[Field] = &[
    EXTERNAL_ID,
    field("full_name", "Full name", Kind::FullName),
    field("first_name", "First name", Kind::Text),
    field("last_name", "Last name", Kind::Text),
    field("email", "E-mail", Kind::Email),
    field("other_email", "Further e-mail", Kind::OtherEmail),
    field("phone", "Phone", Kind::Phone("work")),
    field("mobile", "Mobile phone", Kind::Phone("mobile")),
    field("home_phone", "Home phone", Kind::Phone("home")),
    field("job_title", "Job title", Kind::Text),
    field("organization", "Organization", Kind::Link(Table::Organizations)),
    OWNER,
    field("street", "Street", Kind::Text),
    field("city", "City", Kind::Text),
    field("state", "State", Kind::Text),
    field("postal_code", "Postal code", Kind::Text),
    field("country", "Country", Kind::Text),
    field("website", "Website", Kind::Text),
    field("linkedin_url", "LinkedIn", Kind::Text),
    field("source", "Source", Kind::Text),
    field("do_not_contact", "Do not contact", Kind::Boolean),
    field("description", "Description", Kind::Text),
    field("tags", "Tags", Kind::Tags),
    CREATED_AT,
];

const OPPORTUNITIES: &[Field] = &[
    EXTERNAL_ID,
    field("name", "Name", Kind::Text),
    field("organization", "Organization", Kind::Link(Table::Organizations)),
    field("contact", "Contact", Kind::Link(Table::Contacts)),
    field("product", "Product", Kind::Link(Table::Products)),
    field("quantity", "Quantity", Kind::Quantity),
    field("stage", "Stage", Kind::Stage),
    field("amount", "Amount", Kind::Money),
    field("currency", "Currency", Kind::Currency),
    field("probability_percent", "Probability", Kind::Percent),
    field("close_date", "Close date", Kind::CloseDate),
    field("lost_reason", "Lost reason", Kind::Text),
    field("source", "Source", Kind::Text),
    field("next_step", "Next step", Kind::Text),
    field("description", "Description", Kind::Text),
    OWNER,
    field("tags", "Tags", Kind::Tags),
    CREATED_AT,
];

const OPPORTUNITY_ITEMS: &[Field] = &[
    field("opportunity", "Opportunity", Kind::Link(Table::Opportunities)),
    field("product", "Product", Kind::Link(Table::Products)),
    field("name", "Name", Kind::Text),
    field("quantity", "Quantity", Kind::Quantity),
    field("unit_price", "Unit price", Kind::Money),
];

const ACTIVITIES: &[Field] = &[
    EXTERNAL_ID,
    field(
        "type",
        "Type",
        Kind::Choice(&[
            ("note", "Note"),
            ("call", "Call"),
            ("email", "E-mail"),
            ("meeting", "Meeting"),
            ("task", "Task"),
        ]),
    ),
    field("subject", "Subject", Kind::Text),
    field("body", "Text", Kind::Text),
    field("occurred_at", "When", Kind::Moment),
    field("due", "Due", Kind::Due),
    field("done", "Done", Kind::Boolean),
    field("done_at", "Done at", Kind::Moment),
    field("priority", "Priority", Kind::Choice(&[("low", "Low"), ("normal", "Normal"), ("high", "High")])),
    field("duration_minutes", "Minutes", Kind::Integer),
    field("direction", "Direction", Kind::Choice(&[("inbound", "Inbound"), ("outbound", "Outbound")])),
    OWNER,
    field("contact", "Contact", Kind::Link(Table::Contacts)),
    field("organization", "Organization", Kind::Link(Table::Organizations)),
    field("opportunity", "Opportunity", Kind::Link(Table::Opportunities)),
    CREATED_AT,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_listed_once() {
        for table in Table::ALL {
            for field in table.fields() {
                assert_eq!(table.fields().iter().filter(|other| other.name == field.name).count(), 1, "{}", field.name);
            }
        }
    }
}
