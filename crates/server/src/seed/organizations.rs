//! Organizations: a culture, a family or a place, a trade.
//!
//! In: the world. Out: COPY rows and, by ordinal, the domain their people write from.

use super::dice::Dice;
use super::timeline::stamp;
use super::words::{CULTURES, TAGS, TRADES};
use super::world::{ORGANIZATIONS, World};
use crate::imports::stage::CopyText;

/// The columns of the rows.
pub(super) const COLUMNS: &str = "workspace_id, id, name, domain, website, industry, type, status, employees, annual_revenue, \
     currency, phone, email, billing_city, billing_country, parent_id, assigned_user_id, tags, created_at, updated_at";

/// What a contact needs to know about their employer.
#[derive(Debug, Clone, Default)]
pub(super) struct Face {
    pub(super) name: String,
    pub(super) domain: String,
    pub(super) culture: usize,
}

/// Name and domain of every organization.
pub(super) fn faces(world: &World) -> Vec<Face> {
    let mut dice = Dice::new(world.recipe.random_seed, ORGANIZATIONS + 1000);
    (0..world.organizations.len())
        .map(|n| {
            let at = dice.below(CULTURES.len());
            let culture = CULTURES.get(at).copied().unwrap_or_default();
            let (trade, _) = trade(n);
            let root = if dice.percent(70) { dice.pick(culture.last) } else { dice.pick(culture.cities) };
            let partner = if dice.percent(15) { format!(" {}", dice.pick(culture.last)) } else { String::new() };
            let name = format!("{root}{partner} {trade} {}", dice.pick(culture.forms));
            Face { domain: format!("{}-{}{n}.example", slug(root), trade.to_lowercase(),), name, culture: at }
        })
        .collect()
}

fn trade(n: usize) -> (&'static str, &'static str) {
    TRADES.get(n * 7 % TRADES.len()).copied().unwrap_or_default()
}

/// ASCII letters and digits of a name.
pub(super) fn slug(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    name.nfd()
        .flat_map(char::to_lowercase)
        .filter_map(|c| match c {
            'ł' => Some('l'),
            'đ' => Some('d'),
            'ı' => Some('i'),
            'ø' => Some('o'),
            'ß' => Some('s'),
            c => c.is_ascii_alphanumeric().then_some(c),
        })
        .collect()
}

/// Writes the rows `from..to`.
pub(super) fn write(world: &World, faces: &[Face], workspace: &str, dice: &mut Dice, n: usize, text: &mut CopyText) {
    let (Some(born), Some(face)) = (world.organizations.get(n), faces.get(n)) else { return };
    let culture = CULTURES.get(face.culture).copied().unwrap_or_default();
    let (_, industry) = trade(n);
    let employees = dice.between(1, 9).pow(u32::try_from(dice.between(1, 4)).unwrap_or(1)) + dice.between(1, 40);
    let revenue = employees * dice.between(60_000, 240_000);
    let parent = (n > 20 && dice.percent(6)).then(|| world.organization(dice.below(n))).flatten();
    let kind = dice.pick(&["prospect", "prospect", "prospect", "customer", "customer", "partner", "supplier", "other"]);
    let status = if dice.percent(94) { "active" } else { "inactive" };
    let owner = dice.percent(92).then(|| dice.pick(&world.sellers).to_string());
    let tags = if dice.percent(20) { format!("{{{}}}", dice.pick(TAGS)) } else { "{}".to_owned() };
    let phone = format!("{} {} {}", culture.dial, dice.between(20, 999), dice.between(100_000, 9_999_999));
    let row = [
        Some(workspace.to_owned()),
        Some(born.id.to_string()),
        Some(face.name.clone()),
        Some(face.domain.clone()),
        Some(format!("https://{}", face.domain)),
        Some(industry.to_owned()),
        Some(kind.to_owned()),
        Some(status.to_owned()),
        Some(employees.to_string()),
        Some(revenue.to_string()),
        Some(world.recipe.currency.clone()),
        Some(phone),
        Some(format!("info@{}", face.domain)),
        Some(dice.pick(culture.cities).to_owned()),
        Some(culture.country.to_owned()),
        parent.map(|id| id.to_string()),
        owner,
        Some(tags),
        Some(stamp(born.at)),
        Some(stamp(born.at)),
    ];
    text.row(row.iter().map(Option::as_deref));
}
