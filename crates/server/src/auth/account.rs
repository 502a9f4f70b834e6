//! A user as the database keeps them and as clients see them.
//!
//! In: a row of `auth.users`. Out: the dialect's user JSON.
//! Invariant: the password's hash never leaves this type by serialisation.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};
use tokio_postgres::Row;
use uuid::Uuid;

/// A row of `auth.users`.
#[derive(Debug, Clone)]
pub(super) struct Account {
    /// The user.
    pub id: Uuid,
    /// Their address; an imported colleague may have none.
    pub email: Option<String>,
    /// argon2id in PHC form; none while the user is only invited.
    pub encrypted_password: Option<String>,
    /// What the user says about themselves.
    pub user_metadata: Map<String, Value>,
    /// What the server knows about the user.
    pub app_metadata: Map<String, Value>,
    /// Locked until then.
    pub banned_until: Option<DateTime<Utc>>,
    email_confirmed_at: Option<DateTime<Utc>>,
    invited_at: Option<DateTime<Utc>>,
    confirmation_sent_at: Option<DateTime<Utc>>,
    recovery_sent_at: Option<DateTime<Utc>>,
    last_sign_in_at: Option<DateTime<Utc>>,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl Account {
    /// Reads the columns that every statement of this module selects by name.
    pub(super) fn from_row(row: &Row) -> Result<Self, tokio_postgres::Error> {
        Ok(Self {
            id: row.try_get("id")?,
            email: row.try_get("email")?,
            encrypted_password: row.try_get("encrypted_password")?,
            user_metadata: object(row.try_get("user_metadata")?),
            app_metadata: object(row.try_get("app_metadata")?),
            banned_until: row.try_get("banned_until")?,
            email_confirmed_at: row.try_get("email_confirmed_at")?,
            invited_at: row.try_get("invited_at")?,
            confirmation_sent_at: row.try_get("confirmation_sent_at")?,
            recovery_sent_at: row.try_get("recovery_sent_at")?,
            last_sign_in_at: row.try_get("last_sign_in_at")?,
            created_at: row.try_get("created_at")?,
            updated_at: row.try_get("updated_at")?,
        })
    }

    /// May the user not sign in at `now`?
    pub(super) fn is_banned(&self, now: DateTime<Utc>) -> bool {
        self.banned_until.is_some_and(|until| until > now)
    }

    /// The name to call them by.
    pub(super) fn full_name(&self) -> String {
        let said = self.user_metadata.get("full_name").and_then(Value::as_str).map(str::trim).unwrap_or_default();
        if !said.is_empty() {
            return said.to_owned();
        }
        self.email.as_deref().and_then(|email| email.split('@').next()).unwrap_or_default().to_owned()
    }

    /// The user as clients see them. Times that never happened are left out.
    pub(super) fn to_json(&self) -> Value {
        let email = self.email.clone().unwrap_or_default();
        let mut user = Map::new();
        user.insert("id".into(), json!(self.id));
        user.insert("aud".into(), json!("authenticated"));
        user.insert("role".into(), json!("authenticated"));
        user.insert("email".into(), json!(email));
        user.insert("phone".into(), json!(""));
        let times = [
            ("email_confirmed_at", self.email_confirmed_at),
            ("confirmed_at", self.email_confirmed_at),
            ("confirmation_sent_at", self.confirmation_sent_at),
            ("recovery_sent_at", self.recovery_sent_at),
            ("invited_at", self.invited_at),
            ("last_sign_in_at", self.last_sign_in_at),
            ("banned_until", self.banned_until),
        ];
        for (name, time) in times {
            if let Some(time) = time {
                user.insert(name.into(), json!(instant(time)));
            }
        }
        user.insert("app_metadata".into(), json!(self.app_metadata));
        user.insert("user_metadata".into(), json!(self.user_metadata));
        user.insert("identities".into(), json!([self.identity(&email)]));
        user.insert("created_at".into(), json!(instant(self.created_at)));
        user.insert("updated_at".into(), json!(instant(self.updated_at)));
        user.insert("is_anonymous".into(), json!(false));
        Value::Object(user)
    }

    fn identity(&self, email: &str) -> Value {
        json!({
            "identity_id": self.id,
            "id": self.id,
            "user_id": self.id,
            "identity_data": {
                "email": email,
                "email_verified": self.email_confirmed_at.is_some(),
                "phone_verified": false,
                "sub": self.id,
            },
            "provider": "email",
            "last_sign_in_at": instant(self.last_sign_in_at.unwrap_or(self.created_at)),
            "created_at": instant(self.created_at),
            "updated_at": instant(self.updated_at),
            "email": email,
        })
    }
}

/// A time as the dialect writes it.
fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
