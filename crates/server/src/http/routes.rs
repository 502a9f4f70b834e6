//! Every route on one page, each with who may use it.
//!
//! In: the [`App`]. Out: a router.
//! Invariant: the router is built from [`table`] alone, and an entry cannot be written without its policy.

use axum::Router;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};

use super::dialect::{Dialect, Refusal};
use super::extract::authenticate;
use super::timing::{Phase, Timing};
use super::{health, layers};
use crate::app::App;
use crate::assets;
use crate::auth;
use crate::dashboard;
use crate::data;
use crate::imports::http as imports;
use crate::members::{self, Role};
use crate::realtime;
use crate::search;

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Anybody: it signs people in, or says only what everybody may know.
    Public,
    /// Anybody with a live session, even without a workspace.
    Session,
    /// An active member of a workspace; row policies and grants decide the rest.
    Member,
    /// A member with at least this role.
    AtLeast(Role),
}

/// A route.
pub struct Route {
    /// Its method. GET answers HEAD too.
    pub method: Method,
    /// Its path.
    pub path: &'static str,
    /// Who may use it.
    pub policy: Policy,
    handler: MethodRouter<App>,
}

/// Every route there is, apart from the pages and files of the web app.
pub fn table() -> Vec<Route> {
    use Policy::{AtLeast, Member, Public, Session};
    const GET: Method = Method::GET;
    const DELETE: Method = Method::DELETE;
    const OPTIONS: Method = Method::OPTIONS;
    const POST: Method = Method::POST;
    const PATCH: Method = Method::PATCH;
    const PUT: Method = Method::PUT;
    vec![
        // Operation.
        route(GET, "/livez", Public, health::live),
        route(GET, "/readyz", Public, health::ready),
        // Sign-in, in the GoTrue dialect.
        route(GET, "/auth/v1/health", Public, auth::health),
        route(GET, "/auth/v1/settings", Public, auth::settings),
        route(GET, "/auth/v1/.well-known/jwks.json", Public, auth::jwks),
        route(POST, "/auth/v1/signup", Public, auth::sign_up),
        route(POST, "/auth/v1/token", Public, auth::token),
        route(POST, "/auth/v1/recover", Public, auth::recover),
        route(POST, "/auth/v1/verify", Public, auth::verify),
        route(GET, "/auth/v1/verify", Public, auth::follow_link),
        route(GET, "/auth/v1/user", Session, auth::read_user),
        route(PUT, "/auth/v1/user", Session, auth::change_user),
        route(POST, "/auth/v1/logout", Session, auth::sign_out),
        // Data, in the PostgREST dialect. Row policies and grants decide what a member may see and change.
        route(GET, "/rest/v1/", Member, data::read_root::<App>),
        route(GET, "/rest/v1/{relation}", Member, data::read_rows::<App>),
        route(OPTIONS, "/rest/v1/{relation}", Member, data::describe_relation::<App>),
        route(POST, "/rest/v1/{relation}", Member, data::write_rows::<App>),
        route(PATCH, "/rest/v1/{relation}", Member, data::write_rows::<App>),
        route(PUT, "/rest/v1/{relation}", Member, data::write_rows::<App>),
        route(DELETE, "/rest/v1/{relation}", Member, data::write_rows::<App>),
        route(GET, "/rest/v1/rpc/{function}", Member, data::call_function::<App>),
        route(POST, "/rest/v1/rpc/{function}", Member, data::call_function::<App>),
        route(PUT, "/rest/v1/rpc/{function}", Member, data::call_function::<App>),
        route(PATCH, "/rest/v1/rpc/{function}", Member, data::call_function::<App>),
        route(DELETE, "/rest/v1/rpc/{function}", Member, data::call_function::<App>),
        route(OPTIONS, "/rest/v1/rpc/{function}", Member, data::describe_function::<App>),
        // Sockets, in the Realtime dialect. A channel proves its session itself, when it joins.
        route(GET, "/realtime/v1/websocket", Public, realtime::open_socket),
        route(POST, "/realtime/v1/api/broadcast", Member, realtime::broadcast_messages),
        route(POST, "/realtime/v1/api/broadcast/{topic}/events/{event}", Member, realtime::broadcast_event),
        // The domain.
        route(GET, "/api/session", Member, members::read_session),
        route(PUT, "/api/session", Member, members::choose_workspace),
        route(GET, "/api/dashboard/metrics", Member, dashboard::read_metrics),
        route(GET, "/api/search", Member, search::read_hits),
        route(POST, "/api/members/invite", AtLeast(Role::Admin), members::invite),
        route(POST, "/api/members/recovery", AtLeast(Role::Admin), members::recover_member),
        // Imports; members their own, curators any.
        route(GET, "/api/imports/fields", AtLeast(Role::Member), imports::read_fields),
        route(GET, "/api/imports", AtLeast(Role::Member), imports::list),
        route(POST, "/api/imports", AtLeast(Role::Member), imports::create),
        route(GET, "/api/imports/{id}", AtLeast(Role::Member), imports::read),
        route(DELETE, "/api/imports/{id}", AtLeast(Role::Member), imports::delete),
        route(PUT, "/api/imports/{id}/plan", AtLeast(Role::Member), imports::save_plan),
        route(POST, "/api/imports/{id}/dry-run", AtLeast(Role::Member), imports::dry_run),
        route(POST, "/api/imports/{id}/run", AtLeast(Role::Member), imports::run),
        route(GET, "/api/imports/{id}/undo", AtLeast(Role::Member), imports::preview_undo),
        route(POST, "/api/imports/{id}/undo", AtLeast(Role::Member), imports::undo),
        route(GET, "/api/imports/{id}/problems", AtLeast(Role::Member), imports::read_problems),
        route(GET, "/api/imports/{id}/problems.csv", AtLeast(Role::Member), imports::download_problems),
    ]
}

/// The router with every layer.
pub fn router(app: App) -> Router {
    let mut router = Router::new();
    for route in table() {
        let gate = Gate { app: app.clone(), policy: route.policy };
        router = router.route(route.path, route.handler.route_layer(middleware::from_fn_with_state(gate, guard)));
    }
    let router = router.fallback(assets::serve).method_not_allowed_fallback(unknown_method);
    layers::apply(router, &app).with_state(app)
}

fn route<H, T>(method: Method, path: &'static str, policy: Policy, handler: H) -> Route
where
    H: Handler<T, App>,
    T: 'static,
{
    // Every method in the table is one that a filter exists for; GET stands in for one that is not.
    let filter = MethodFilter::try_from(method.clone()).unwrap_or(MethodFilter::GET);
    Route { method, path, policy, handler: on(filter, handler) }
}

#[derive(Clone)]
struct Gate {
    app: App,
    policy: Policy,
}

/// Lets a request through to its handler, or refuses it, as the route's policy says.
async fn guard(State(gate): State<Gate>, mut request: Request, next: Next) -> Response {
    if gate.policy == Policy::Public {
        return next.run(request).await;
    }
    let dialect = Dialect::of(request.uri().path());
    let started = std::time::Instant::now();
    let caller = authenticate(&gate.app, request.headers()).await;
    if let Some(timing) = request.extensions().get::<Timing>() {
        timing.add(Phase::Auth, started.elapsed());
    }
    let caller = match caller {
        Ok(caller) => caller,
        Err(refusal) => return dialect.refuse(refusal),
    };
    match (gate.policy, caller.membership) {
        (Policy::Public | Policy::Session, _) => {}
        (Policy::Member | Policy::AtLeast(_), None) => return dialect.refuse(Refusal::NoWorkspace),
        (Policy::AtLeast(least), Some(membership)) if membership.role < least => {
            return dialect.refuse(Refusal::RoleTooLow);
        }
        (Policy::Member | Policy::AtLeast(_), Some(_)) => {}
    }
    request.extensions_mut().insert(caller);
    layers::mark_authenticated(next.run(request).await)
}

async fn unknown_method(request: Request) -> Response {
    Dialect::of(request.uri().path()).refuse(Refusal::NoMethod(request.method().clone()))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_route_is_listed_twice() {
        let mut seen = HashSet::new();
        for route in table() {
            assert!(seen.insert((route.method.clone(), route.path)), "{} {}", route.method, route.path);
        }
    }

    #[test]
    fn every_method_in_the_table_has_a_filter() {
        for route in table() {
            assert!(MethodFilter::try_from(route.method.clone()).is_ok(), "{} {}", route.method, route.path);
        }
    }
}
