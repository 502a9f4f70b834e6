//! What other products call our fields.
//!
//! In: nothing. Out: for each table and field the normalised headers that mean it, the surest first.
//! Invariant: words as [`super::normalise`] writes them.

use crate::imports::fields::Table;

/// Field names with the headers that mean them.
pub(super) type Synonyms = &'static [(&'static str, &'static [&'static str])];

const OWNER: &[&str] = &[
    "owner", "owner name", "record owner", "assigned to", "assigned user", "sales agent", "sales rep", "salesperson",
    "sales person", "rep", "agent", "account owner", "contact owner", "company owner", "deal owner", "opportunity owner",
    "activity assigned to", "owner full name", "owner email", "responsible", "person owner", "organization owner", "user",
];
const CREATED: &[&str] = &[
    "created at", "created", "created date", "create date", "date created", "created time", "creation date", "add time",
    "deal created", "person created", "deal deal created", "person person created",
];
const TAGS: &[&str] = &["tags", "tag", "label", "labels"];
const ORGANIZATION: &[&str] = &[
    "account", "account name", "company", "company name", "organization", "organisation", "organization name",
    "organisation name", "associated company", "customer", "customer name", "client", "client name", "deal organization",
    "person organization", "primary company", "employer", "account id", "organization id", "company id",
    "associated company ids primary", "parent account", "regarding",
];
const CONTACT: &[&str] = &[
    "contact", "contact name", "primary contact", "contact person", "associated contact", "deal contact person", "person",
    "person name", "who id", "contact id", "contact email", "associated contact ids",
];
const PRODUCT: &[&str] = &["product", "product name", "item", "item name", "product id", "sku", "product code"];
const NOTES: &[&str] = &["description", "notes", "note", "comments", "comment", "about", "about us", "details"];
const SOURCE: &[&str] = &["source", "lead source", "original source", "origin", "original traffic source", "deal source"];

/// The headers that mean each field of the table.
pub(super) fn of(table: Table) -> Synonyms {
    match table {
        Table::Members => &[
            ("full_name", &["name", "full name", "sales agent", "agent", "user", "user name", "sales rep", "salesperson", "rep", "employee", "member", "owner"]),
            ("email", &["email", "e mail", "email address", "mail", "user email", "username"]),
            ("job_title", &["title", "job title", "position"]),
            ("role", &["role", "user role", "profile", "permission"]),
            ("team", &["team", "team name", "group", "department"]),
            ("region", &["region", "regional office", "territory", "office", "area"]),
            ("manager", &["manager", "sales manager", "team lead", "supervisor", "reports to", "manager name"]),
        ],
        Table::Products => &[
            ("external_id", &["product id", "id", "record id", "product2 id"]),
            ("name", &["product", "product name", "name", "item", "item name", "title"]),
            ("code", &["product code", "code", "sku", "item number", "article number"]),
            ("description", NOTES),
            ("price", &["sales price", "price", "unit price", "list price", "standard price", "amount"]),
            ("currency", &["currency", "currency code", "currency iso code"]),
            ("is_active", &["active", "is active", "product active", "enabled"]),
            ("created_at", CREATED),
        ],
        Table::Organizations => &[
            ("external_id", &["account id", "company id", "organization id", "organisation id", "id", "record id", "record id hs object id", "organization organization id"]),
            ("name", &["account name", "company name", "organization name", "organisation name", "account", "company", "organization", "organisation", "name", "customer", "client"]),
            ("domain", &["domain", "company domain name", "domain name", "email domain"]),
            ("website", &["website", "website url", "web site", "url", "homepage", "web", "company website"]),
            ("description", NOTES),
            ("industry", &["industry", "sector", "vertical", "branch", "line of business"]),
            ("type", &["type", "account type", "company type", "organization type", "relationship"]),
            ("status", &["status", "account status", "company status"]),
            ("employees", &["employees", "number of employees", "no of employees", "employee count", "headcount", "company size", "num employees"]),
            ("annual_revenue", &["annual revenue", "revenue", "turnover", "yearly revenue", "sales"]),
            ("currency", &["currency", "currency code", "currency iso code"]),
            ("phone", &["phone", "phone number", "telephone", "main phone", "company phone"]),
            ("email", &["email", "e mail", "email address", "mail"]),
            ("billing_street", &["billing street", "street", "address", "street address", "street address 1", "address line 1", "billing address"]),
            ("billing_city", &["billing city", "city", "town"]),
            ("billing_state", &["billing state", "state", "state region", "province", "billing state province", "county", "billing state province text only"]),
            ("billing_postal_code", &["billing postal code", "billing zip postal code", "postal code", "zip", "zip code", "postcode", "billing code", "billing zip"]),
            ("billing_country", &["billing country", "country", "country region", "office location"]),
            ("parent", &["parent", "parent account", "parent company", "parent organization", "subsidiary of", "parent account name", "parent name", "parent account id", "parent id", "parent company name", "holding"]),
            ("owner", OWNER),
            ("tags", TAGS),
            ("created_at", CREATED),
        ],
        Table::Contacts => &[
            ("external_id", &["contact id", "person id", "lead id", "id", "record id", "record id hs object id", "person person id"]),
            ("first_name", &["first name", "firstname", "given name", "forename", "person first name"]),
            ("last_name", &["last name", "lastname", "surname", "family name", "person last name"]),
            ("full_name", &["full name", "name", "contact name", "person name", "contact", "person", "display name"]),
            ("email", &["email", "e mail", "email address", "mail", "primary email", "work email", "person email", "email work", "person email work", "e mail 1 value", "e mail address"]),
            ("other_email", &["secondary email", "other email", "email 2", "personal email", "private email", "additional email addresses", "person email home", "person email other", "e mail 2 value", "email home", "email other"]),
            ("phone", &["phone", "phone number", "telephone", "work phone", "business phone", "office phone", "person phone", "person phone work", "phone work", "phone 1 value", "direct phone", "tel"]),
            ("mobile", &["mobile", "mobile phone", "mobile phone number", "cell", "cell phone", "cellphone", "person phone mobile", "phone mobile", "mobile number"]),
            ("home_phone", &["home phone", "private phone", "person phone home", "phone home", "other phone"]),
            ("job_title", &["title", "job title", "position", "role", "function", "person job title"]),
            ("organization", ORGANIZATION),
            ("owner", OWNER),
            ("street", &["mailing street", "street", "address", "street address", "address line 1", "primary address street"]),
            ("city", &["mailing city", "city", "town"]),
            ("state", &["mailing state", "state", "state region", "province", "mailing state province", "county"]),
            ("postal_code", &["mailing zip postal code", "mailing postal code", "postal code", "zip", "zip code", "postcode", "mailing zip"]),
            ("country", &["mailing country", "country", "country region"]),
            ("website", &["website", "website url", "web site", "url", "homepage"]),
            ("linkedin_url", &["linkedin", "linkedin url", "linked in", "linkedin profile", "linkedin bio", "linkedin profile url"]),
            ("source", SOURCE),
            ("do_not_contact", &["do not contact", "do not call", "email opt out", "unsubscribed", "opt out", "has opted out of email", "do not email"]),
            ("description", NOTES),
            ("tags", TAGS),
            ("created_at", CREATED),
        ],
        Table::Opportunities => &[
            ("external_id", &["opportunity id", "deal id", "id", "record id", "record id hs object id", "potential id", "deal deal id"]),
            ("name", &["opportunity name", "deal name", "deal title", "title", "potential name", "name", "opportunity", "deal", "subject"]),
            ("organization", ORGANIZATION),
            ("contact", CONTACT),
            ("product", PRODUCT),
            ("quantity", &["quantity", "qty", "total opportunity quantity"]),
            ("stage", &["deal stage", "stage", "sales stage", "pipeline stage", "status", "stage name", "deal status"]),
            ("amount", &["amount", "close value", "value", "deal value", "deal amount", "opportunity amount", "total", "revenue", "expected revenue", "deal size"]),
            ("currency", &["currency", "currency code", "currency iso code", "currency of value", "deal currency of value", "deal currency"]),
            ("probability_percent", &["probability", "probability percent", "deal probability", "win probability", "confidence"]),
            ("close_date", &["close date", "closing date", "closed date", "expected close date", "expected close", "deal expected close date", "estimated close date", "deal close date", "date closed"]),
            ("lost_reason", &["lost reason", "loss reason", "closed lost reason", "reason lost", "reason for loss", "deal lost reason"]),
            ("source", SOURCE),
            ("next_step", &["next step", "next steps", "next action"]),
            ("description", NOTES),
            ("owner", OWNER),
            ("tags", TAGS),
            ("created_at", CREATED),
        ],
        Table::OpportunityItems => &[
            ("opportunity", &["opportunity", "opportunity id", "opportunity name", "deal", "deal id", "deal name", "deal title"]),
            ("product", PRODUCT),
            ("name", &["line item", "line item name", "name", "description"]),
            ("quantity", &["quantity", "qty", "count"]),
            ("unit_price", &["unit price", "price", "sales price", "list price", "item price"]),
        ],
        Table::Activities => &[
            ("external_id", &["activity id", "task id", "event id", "call id", "note id", "id", "record id"]),
            ("type", &["type", "activity type", "task type", "task subtype", "event type"]),
            ("subject", &["subject", "title", "activity subject", "task name", "name", "call subject", "task title"]),
            ("body", &["body", "note", "notes", "description", "text", "content", "full comments", "comments", "note body", "note content"]),
            ("occurred_at", &["date", "activity date", "occurred at", "start", "start date", "start time", "start date time", "call date", "call start time", "activity date time"]),
            ("due", &["due date", "due", "due at", "due on", "deadline", "date due only"]),
            ("done", &["done", "completed", "is closed", "closed", "finished"]),
            ("done_at", &["done at", "completed at", "completed date", "marked as done time", "completed date time"]),
            ("priority", &["priority", "importance"]),
            ("duration_minutes", &["duration", "duration minutes", "minutes", "duration in minutes", "call duration"]),
            ("direction", &["direction", "call direction", "call type"]),
            ("owner", OWNER),
            ("contact", CONTACT),
            ("organization", ORGANIZATION),
            ("opportunity", &["opportunity", "opportunity name", "deal", "deal name", "deal title", "opportunity id", "deal id", "related to", "what id"]),
            ("created_at", CREATED),
        ],
    }
}
