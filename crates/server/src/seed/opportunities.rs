//! Opportunities with a history: old ones are won or lost, young ones are on their way.
//!
//! In: the world. Out: COPY rows of opportunities, their line items and contact roles.
//! Invariant: status, probability and closing agree with the stage, as the database's trigger would have it.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use super::dice::Dice;
use super::organizations::Face;
use super::timeline::stamp;
use super::words::{LOST_REASONS, NEXT_STEPS, PRODUCTS, SOURCES};
use super::world::World;
use crate::imports::stage::CopyText;

/// The columns of opportunities, of line items and of contact roles.
pub(super) const COLUMNS: &str = "workspace_id, id, name, organization_id, pipeline_id, stage_id, status, probability_percent, \
     amount, currency, expected_close_date, closed_at, lost_reason, source, next_step, stage_changed_at, board_position, \
     assigned_user_id, created_at, updated_at";
pub(super) const ITEM_COLUMNS: &str =
    "workspace_id, id, opportunity_id, product_id, name, quantity, unit_price, position, created_at, updated_at";
pub(super) const ROLE_COLUMNS: &str =
    "workspace_id, opportunity_id, contact_id, role, is_primary, created_at, updated_at";

/// A stage of the workspace's pipeline.
#[derive(Debug, Clone)]
pub(super) struct Stage {
    pub(super) id: Uuid,
    pub(super) pipeline_id: Uuid,
    pub(super) kind: String,
    pub(super) probability: i16,
}

/// Where a deal stands.
struct Standing<'a> {
    stage: &'a Stage,
    changed: DateTime<Utc>,
    closes: DateTime<Utc>,
}

fn standing<'a>(dice: &mut Dice, stages: &'a [Stage], born: DateTime<Utc>, now: DateTime<Utc>) -> Option<Standing<'a>> {
    let of = |kind: &str| stages.iter().filter(|stage| stage.kind == kind).collect::<Vec<_>>();
    let length = Duration::days(dice.between(12, 140));
    let ended = born + length < now && dice.percent(93);
    if ended {
        let kind = if dice.percent(42) { "won" } else { "lost" };
        let stage = of(kind).first().copied().or_else(|| stages.first())?;
        return Some(Standing { stage, changed: born + length, closes: born + length });
    }
    let open = of("open");
    let reached = dice.below(open.len()).min(dice.below(open.len() + 1));
    let stage = open.get(reached).copied().or_else(|| stages.first())?;
    let age = (now - born).num_days().max(0);
    let changed = born + Duration::days(dice.between(0, age));
    Some(Standing { stage, changed, closes: now + Duration::days(dice.between(-10, 110)) })
}

/// Rows of the three tables.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) opportunities: CopyText,
    pub(super) items: CopyText,
    pub(super) roles: CopyText,
}

/// Writes one opportunity with what belongs to it.
pub(super) fn write(
    world: &World,
    faces: &[Face],
    stages: &[Stage],
    workspace: &str,
    dice: &mut Dice,
    n: usize,
    rows: &mut Rows,
) {
    let (Some(born), Some(deal)) = (world.opportunities.get(n), world.deals.get(n)) else { return };
    let Some(standing) = standing(dice, stages, born.at, world.timeline.end()) else { return };
    let product_at = dice.below(PRODUCTS.len());
    let (product, _, price) = PRODUCTS.get(product_at).copied().unwrap_or_default();
    let quantity = dice.between(1, 6);
    let discount = dice.between(0, 15);
    let amount = price * quantity * (100 - discount) / 100;
    let owner = faces.get(deal.organization).map_or("", |face| face.name.as_str());
    let name = if owner.is_empty() { product.to_owned() } else { format!("{owner} – {product}") };
    let closed = standing.stage.kind != "open";
    let at = u64::try_from(world.timeline.start().timestamp_micros()).unwrap_or(0) + n as u64;
    let row = [
        Some(workspace.to_owned()),
        Some(born.id.to_string()),
        Some(name),
        world.organization(deal.organization).map(|id| id.to_string()),
        Some(standing.stage.pipeline_id.to_string()),
        Some(standing.stage.id.to_string()),
        Some(standing.stage.kind.clone()),
        Some(standing.stage.probability.to_string()),
        Some(amount.to_string()),
        Some(world.recipe.currency.clone()),
        Some(standing.closes.date_naive().to_string()),
        closed.then(|| stamp(standing.closes)),
        (standing.stage.kind == "lost").then(|| dice.pick(LOST_REASONS).to_owned()),
        Some(dice.pick(SOURCES).to_owned()),
        (!closed && dice.percent(60)).then(|| dice.pick(NEXT_STEPS).to_owned()),
        Some(stamp(standing.changed)),
        Some(format!("{:014x}h", 9_007_199_254_740_991_u64.saturating_sub(at))),
        dice.percent(95).then(|| dice.pick(&world.sellers).to_string()),
        Some(stamp(born.at)),
        Some(stamp(standing.changed)),
    ];
    rows.opportunities.row(row.iter().map(Option::as_deref));
    let stamp = stamp(born.at);
    let (id, item, opportunity) = (workspace, dice.id(born.at).to_string(), born.id.to_string());
    let product_id = world.products.get(product_at).map(Uuid::to_string);
    let (quantity, price) = (quantity.to_string(), price.to_string());
    rows.items.row(
        [
            Some(id),
            Some(&item),
            Some(&opportunity),
            product_id.as_deref(),
            Some(product),
            Some(&quantity),
            Some(&price),
            Some("0"),
            Some(&stamp),
            Some(&stamp),
        ]
        .into_iter(),
    );
    if let Some(contact) = world.contacts.get(deal.contact) {
        let role = dice.pick(&["Decision maker", "Champion", "Buyer", "Technical contact"]);
        rows.roles.row(
            [
                Some(id),
                Some(&opportunity),
                Some(&contact.id.to_string()),
                Some(role),
                Some("true"),
                Some(&stamp),
                Some(&stamp),
            ]
            .into_iter(),
        );
    }
}
