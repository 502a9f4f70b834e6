//! Headers of files about what is sold, and what was done about it.

use super::Synonyms;
use super::shared::{CONTACT, CREATED, NOTES, ORGANIZATION, OWNER, PRODUCT, SOURCE, TAGS};

pub(super) const PRODUCTS: Synonyms = &[
    ("external_id", &["product id", "id", "record id", "product2 id"]),
    ("name", &["product", "product name", "name", "item", "item name", "title"]),
    ("code", &["product code", "code", "sku", "item number", "article number"]),
    ("description", NOTES),
    ("price", &["sales price", "price", "unit price", "list price", "standard price", "amount"]),
    ("currency", &["currency", "currency code", "currency iso code"]),
    ("is_active", &["active", "is active", "product active", "enabled"]),
    ("created_at", CREATED),
];

pub(super) const OPPORTUNITIES: Synonyms = &[
    (
        "external_id",
        &["opportunity id", "deal id", "id", "record id", "record id hs object id", "potential id", "deal deal id"],
    ),
    (
        "name",
        &[
            "opportunity name",
            "deal name",
            "deal title",
            "title",
            "potential name",
            "name",
            "opportunity",
            "deal",
            "subject",
        ],
    ),
    ("organization", ORGANIZATION),
    ("contact", CONTACT),
    ("product", PRODUCT),
    ("quantity", &["quantity", "qty", "total opportunity quantity"]),
    ("stage", &["deal stage", "stage", "sales stage", "pipeline stage", "status", "stage name", "deal status"]),
    (
        "amount",
        &[
            "amount",
            "close value",
            "value",
            "deal value",
            "deal amount",
            "opportunity amount",
            "total",
            "revenue",
            "expected revenue",
            "deal size",
        ],
    ),
    (
        "currency",
        &[
            "currency",
            "currency code",
            "currency iso code",
            "currency of value",
            "deal currency of value",
            "deal currency",
        ],
    ),
    (
        "probability_percent",
        &["probability", "probability percent", "deal probability", "win probability", "confidence"],
    ),
    (
        "close_date",
        &[
            "close date",
            "closing date",
            "closed date",
            "expected close date",
            "expected close",
            "deal expected close date",
            "estimated close date",
            "deal close date",
            "date closed",
        ],
    ),
    (
        "lost_reason",
        &["lost reason", "loss reason", "closed lost reason", "reason lost", "reason for loss", "deal lost reason"],
    ),
    ("source", SOURCE),
    ("next_step", &["next step", "next steps", "next action"]),
    ("description", NOTES),
    ("owner", OWNER),
    ("tags", TAGS),
    ("created_at", CREATED),
];

pub(super) const OPPORTUNITY_ITEMS: Synonyms = &[
    (
        "opportunity",
        &["opportunity", "opportunity id", "opportunity name", "deal", "deal id", "deal name", "deal title"],
    ),
    ("product", PRODUCT),
    ("name", &["line item", "line item name", "name", "description"]),
    ("quantity", &["quantity", "qty", "count"]),
    ("unit_price", &["unit price", "price", "sales price", "list price", "item price"]),
];

pub(super) const ACTIVITIES: Synonyms = &[
    ("external_id", &["activity id", "task id", "event id", "call id", "note id", "id", "record id"]),
    ("type", &["type", "activity type", "task type", "task subtype", "event type"]),
    ("subject", &["subject", "title", "activity subject", "task name", "name", "call subject", "task title"]),
    (
        "body",
        &[
            "body",
            "note",
            "notes",
            "description",
            "text",
            "content",
            "full comments",
            "comments",
            "note body",
            "note content",
        ],
    ),
    (
        "occurred_at",
        &[
            "date",
            "activity date",
            "occurred at",
            "start",
            "start date",
            "start time",
            "start date time",
            "call date",
            "call start time",
            "activity date time",
        ],
    ),
    ("due", &["due date", "due", "due at", "due on", "deadline", "date due only"]),
    ("done", &["done", "completed", "is closed", "closed", "finished"]),
    ("done_at", &["done at", "completed at", "completed date", "marked as done time", "completed date time"]),
    ("priority", &["priority", "importance"]),
    ("duration_minutes", &["duration", "duration minutes", "minutes", "duration in minutes", "call duration"]),
    ("direction", &["direction", "call direction", "call type"]),
    ("owner", OWNER),
    ("contact", CONTACT),
    ("organization", ORGANIZATION),
    (
        "opportunity",
        &[
            "opportunity",
            "opportunity name",
            "deal",
            "deal name",
            "deal title",
            "opportunity id",
            "deal id",
            "related to",
            "what id",
        ],
    ),
    ("created_at", CREATED),
];
