//! The roles of a workspace, in order of what they may do.

use std::fmt;
use std::str::FromStr;

/// What a member may do. A later one may do everything an earlier one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads.
    Viewer,
    /// Reads and writes records.
    Member,
    /// Also changes shared lists and deletes for good.
    Manager,
    /// Also manages the workspace, its members, teams and pipelines.
    Admin,
    /// Also makes and unmakes owners.
    Owner,
}

impl Role {
    /// The role as the database writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Member => "member",
            Self::Manager => "manager",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    /// The database role its statements run as.
    pub fn db_role(self) -> &'static str {
        match self {
            Self::Viewer => "rapport_viewer",
            _ => "authenticated",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a role is owner, admin, manager, member or viewer")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        match text {
            "viewer" => Ok(Self::Viewer),
            "member" => Ok(Self::Member),
            "manager" => Ok(Self::Manager),
            "admin" => Ok(Self::Admin),
            "owner" => Ok(Self::Owner),
            _ => Err(UnknownRole),
        }
    }
}
