//! Activities: what the team wrote down over two years, and what it still has to do.
//!
//! In: the world. Out: COPY rows.
//! Invariant: an activity is about records that existed when it happened.

use chrono::{Duration, Timelike as _};

use super::dice::Dice;
use super::timeline::stamp;
use super::words::{CALLS, EMAILS, MEETINGS, NOTES, TASKS};
use super::world::World;
use crate::imports::stage::CopyText;

/// The columns of the rows.
pub(super) const COLUMNS: &str = "workspace_id, id, type, subject, body, occurred_at, due_on, done_at, priority, \
     duration_minutes, direction, assigned_user_id, contact_id, organization_id, opportunity_id, created_at, updated_at";

/// Writes one row.
pub(super) fn write(world: &World, workspace: &str, dice: &mut Dice, n: usize, text: &mut CopyText) {
    let count = world.recipe.amounts.activities;
    let at = world.timeline.at(n, count, dice);
    // Nobody writes at night.
    let at = at.with_hour(u32::try_from(dice.between(7, 17)).unwrap_or(9)).unwrap_or(at).min(world.timeline.end());
    let older = |among: usize| (n * among / count.max(1)).clamp(1, among.max(1));
    let (contact, organization, opportunity) = if dice.percent(30) && !world.deals.is_empty() {
        let which = dice.below(older(world.deals.len()));
        let deal = world.deals.get(which).copied().unwrap_or_default();
        (Some(deal.contact), Some(deal.organization), world.opportunities.get(which))
    } else {
        let which = dice.below(older(world.contacts.len()));
        (Some(which), world.employers.get(which).copied().flatten(), None)
    };
    let kind = dice.pick(&["note", "note", "call", "call", "call", "email", "email", "meeting", "task", "task"]);
    let (subject, body) = match kind {
        "call" => dice.pick(CALLS),
        "email" => dice.pick(EMAILS),
        "meeting" => dice.pick(MEETINGS),
        "task" => (dice.pick(TASKS), ""),
        _ => dice.pick(NOTES),
    };
    let due = (kind == "task").then(|| at + Duration::days(dice.between(1, 21)));
    let done = due.filter(|due| *due < world.timeline.end() && dice.percent(94));
    let minutes = match kind {
        "call" => Some(dice.between(2, 40)),
        "meeting" => Some(dice.between(2, 8) * 15),
        _ => None,
    };
    let direction = matches!(kind, "call" | "email").then(|| if dice.percent(65) { "outbound" } else { "inbound" });
    let row = [
        Some(workspace.to_owned()),
        Some(dice.id(at).to_string()),
        Some(kind.to_owned()),
        Some(subject.to_owned()),
        (!body.is_empty()).then(|| body.to_owned()),
        Some(stamp(at)),
        due.map(|due| due.date_naive().to_string()),
        done.map(stamp),
        Some(if dice.percent(8) { "high" } else { "normal" }.to_owned()),
        minutes.map(|minutes| minutes.to_string()),
        direction.map(str::to_owned),
        Some(dice.pick(&world.sellers).to_string()),
        contact.and_then(|at| world.contacts.get(at)).map(|born| born.id.to_string()),
        organization.and_then(|at| world.organization(at)).map(|id| id.to_string()),
        opportunity.map(|born| born.id.to_string()),
        Some(stamp(at)),
        Some(stamp(at)),
    ];
    text.row(row.iter().map(Option::as_deref));
}
