//! Contacts: people of an organization's culture, with an address at its domain.
//!
//! In: the world, the organizations' faces. Out: COPY rows.
//! Invariant: no address is given twice.

use rustc_hash::FxHashMap;

use super::dice::Dice;
use super::organizations::{Face, slug};
use super::timeline::stamp;
use super::words::{CULTURES, JOB_TITLES, SOURCES, TAGS};
use super::world::World;
use crate::imports::stage::CopyText;

/// The columns of the rows.
pub(super) const COLUMNS: &str = "workspace_id, id, first_name, last_name, email, phones, job_title, organization_id, \
     assigned_user_id, city, country, source, do_not_contact, tags, created_at, updated_at";

/// How often a name was given at a domain.
#[derive(Debug, Default)]
pub(super) struct Addresses(FxHashMap<(usize, usize, usize), u32>);

/// Writes one row.
pub(super) fn write(
    world: &World,
    faces: &[Face],
    workspace: &str,
    dice: &mut Dice,
    taken: &mut Addresses,
    n: usize,
    text: &mut CopyText,
) {
    let Some(born) = world.contacts.get(n) else { return };
    let employer = world.employers.get(n).copied().flatten();
    let face = employer.and_then(|at| faces.get(at));
    // Most people of a company share its culture, some came from elsewhere.
    let at_home = face.filter(|_| dice.percent(80)).map(|face| face.culture);
    let at = at_home.unwrap_or_else(|| dice.below(CULTURES.len()));
    let culture = CULTURES.get(at).copied().unwrap_or_default();
    let (first_at, last_at) = (dice.below(culture.first.len()), dice.below(culture.last.len()));
    let first = culture.first.get(first_at).copied().unwrap_or_default();
    let last = culture.last.get(last_at).copied().unwrap_or_default();
    let email = dice.percent(96).then(|| {
        let local = format!("{}.{}", slug(first), slug(last));
        match face {
            Some(face) => {
                let key = (employer.unwrap_or_default(), at * 1000 + first_at, last_at);
                let count = taken.0.entry(key).or_insert(0);
                *count += 1;
                if *count == 1 { format!("{local}@{}", face.domain) } else { format!("{local}{count}@{}", face.domain) }
            }
            None => format!("{local}.{n}@mail.example"),
        }
    });
    let number =
        |dice: &mut Dice| format!("{} {} {}", culture.dial, dice.between(20, 999), dice.between(100_000, 9_999_999));
    let work = number(dice);
    let phones = if dice.percent(35) {
        format!(r#"[{{"label": "work", "value": "{work}"}}, {{"label": "mobile", "value": "{}"}}]"#, number(dice))
    } else {
        format!(r#"[{{"label": "work", "value": "{work}"}}]"#)
    };
    let tags = if dice.percent(25) { format!("{{{}}}", dice.pick(TAGS)) } else { "{}".to_owned() };
    let organization = employer.and_then(|at| world.organization(at)).map(|id| id.to_string());
    let row = [
        Some(workspace.to_owned()),
        Some(born.id.to_string()),
        Some(first.to_owned()),
        Some(last.to_owned()),
        email,
        Some(phones),
        Some(dice.pick(JOB_TITLES).to_owned()),
        organization,
        dice.percent(90).then(|| dice.pick(&world.sellers).to_string()),
        Some(dice.pick(culture.cities).to_owned()),
        Some(culture.country.to_owned()),
        Some(dice.pick(SOURCES).to_owned()),
        Some(dice.percent(2).to_string()),
        Some(tags),
        Some(stamp(born.at)),
        Some(stamp(born.at)),
    ];
    text.row(row.iter().map(Option::as_deref));
}
