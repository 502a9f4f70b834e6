//! Claims about statements of requests, held against a real PostgreSQL.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed step fails the test")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use server::pg::{Access, Identity, Pg, PgError, Request, Rows, Statement, Target, Verdict};
use testdb::{Database, Workspace};
use uuid::Uuid;

struct Fixture {
    pg: Pg,
    workspace: Workspace,
    identity: Identity,
    database: Database,
}

async fn fixture(pool_size: usize) -> Fixture {
    let database = Database::create().await.unwrap();
    let workspace = database.workspace("Acme").await.unwrap();
    let target = Target::parse(&database.url()).unwrap();
    let pg = Pg::new(target, pool_size, Duration::from_millis(500)).unwrap();
    let identity = Identity {
        db_role: "authenticated",
        user_id: Some(workspace.owner),
        workspace_id: Some(workspace.id),
        workspace_role: Some("owner"),
        claims: Arc::from(r#"{"role":"authenticated"}"#),
    };
    Fixture { pg, workspace, identity, database }
}

fn request(identity: &Identity, access: Access) -> Request<'_> {
    Request {
        identity,
        access,
        method: "GET",
        path: "/contacts",
        headers: "{}".into(),
        search_path: "public, extensions",
        timeout_ms: 5000,
        timezone: None,
        usage: None,
    }
}

fn statement<'a>(sql: &'a str, params: &'a [Option<Bytes>]) -> Statement<'a> {
    Statement { name: "test", sql, params }
}

fn text(value: &str) -> Option<Bytes> {
    Some(Bytes::copy_from_slice(value.as_bytes()))
}

fn single(rows: &[Rows]) -> String {
    rows[0].rows[0][0].as_ref().map(|value| String::from_utf8(value.to_vec()).unwrap()).unwrap_or_default()
}

impl Fixture {
    async fn ask(&self, access: Access, sql: &str) -> Result<Vec<Rows>, PgError> {
        self.pg.run(&request(&self.identity, access), &[statement(sql, &[])]).await
    }

    /// What a request that sets nothing of its own would find on the only connection.
    async fn left_over(&self) -> String {
        let nobody = Identity {
            db_role: "rapport_api",
            user_id: None,
            workspace_id: None,
            workspace_role: None,
            claims: Arc::from(""),
        };
        let sql = "select concat_ws('|', current_user, current_setting('request.jwt.claims', true),
            current_setting('rapport.workspace_id', true), coalesce(current_setting('my.mark', true), ''),
            current_setting('transaction_read_only'), (select count(*) from pg_prepared_statements) < 50)";
        let calls = [statement(sql, &[])];
        let rows = self.pg.run(&Request { search_path: "pg_catalog", ..request(&nobody, Access::Write) }, &calls).await;
        single(&rows.unwrap())
    }
}

const NOTHING_LEFT: &str = "rapport_api||||off|t";

#[tokio::test]
async fn a_request_runs_as_its_role_and_leaves_nothing() {
    let f = fixture(1).await;
    let sql = "select concat_ws('|', current_user, app.workspace_id() = current_setting('rapport.workspace_id')::uuid,
        current_setting('request.jwt.claims')::json->>'role', current_setting('transaction_read_only'),
        set_config('my.mark', 'set', true))";
    assert_eq!(single(&f.ask(Access::Read, sql).await.unwrap()), "authenticated|t|authenticated|on|set");
    assert_eq!(f.left_over().await, NOTHING_LEFT);
    assert!(f.ask(Access::Read, "select set_config('my.mark', 'set', true), 1/0").await.is_err());
    assert_eq!(f.left_over().await, NOTHING_LEFT);
}

#[tokio::test]
async fn a_read_cannot_write() {
    let f = fixture(1).await;
    let error = f.ask(Access::Read, "insert into contacts (last_name) values ('Lovelace')").await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("25006"));
    let rows = f.ask(Access::Write, "insert into contacts (last_name) values ('Lovelace') returning id").await.unwrap();
    assert_eq!((rows[0].affected, rows[0].columns.as_slice()), (1, ["id".to_owned()].as_slice()));
}

#[tokio::test]
async fn parameters_are_text_and_find_their_types() {
    let f = fixture(1).await;
    let params = [text("3"), text(r#"{"a": 1}"#), None];
    let sql = "select $1::int + 1, $2::jsonb->'a', $3::uuid is null, '' as empty";
    for _ in 0..3 {
        let rows = f.pg.run(&request(&f.identity, Access::Read), &[statement(sql, &params)]).await.unwrap();
        let values: Vec<_> = rows[0].rows[0].iter().map(|value| value.as_deref().unwrap()).collect();
        assert_eq!(values, [&b"4"[..], b"1", b"t", b""]);
        assert_eq!(rows[0].columns[3], "empty");
    }
}

#[tokio::test]
async fn several_statements_are_one_transaction() {
    let f = fixture(1).await;
    let add = "insert into tags (name, color) values ('vip', '#ff0000')";
    let calls = [statement(add, &[]), statement("select 1/0", &[])];
    let error = f.pg.run(&request(&f.identity, Access::Write), &calls).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("22012"));
    assert_eq!(single(&f.ask(Access::Read, "select count(*) from tags").await.unwrap()), "0");
    let twice = [statement("select 1 as one", &[]), statement("select 1 as one", &[])];
    let rows = f.pg.run(&request(&f.identity, Access::Read), &twice).await.unwrap();
    assert_eq!(rows[0], rows[1]);
    assert_eq!(rows[1].columns, ["one"]);
}

#[tokio::test]
async fn an_error_keeps_every_field() {
    let f = fixture(1).await;
    let add = "insert into contacts (last_name, email) values ('A', 'a@example.org')";
    f.ask(Access::Write, add).await.unwrap();
    let error = f.ask(Access::Write, add).await.unwrap_err();
    let error = error.database().unwrap();
    assert_eq!(error.sqlstate, "23505");
    assert_eq!((error.schema.as_deref(), error.table.as_deref()), (Some("public"), Some("contacts")));
    assert_eq!(error.constraint.as_deref(), Some("contacts_email_key"));
    assert_eq!(error.detail, None, "row-level security hides other rows' values, also in errors");
    let error = f.ask(Access::Read, "select 'x'::interval day(9) foo bar").await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("42601"));
    let raise =
        "do $$ begin raise exception 'm' using errcode = 'P0001', detail = 'd', hint = 'h', column = 'c'; end $$";
    let error = f.ask(Access::Read, raise).await.unwrap_err();
    let error = error.database().unwrap();
    assert_eq!((error.message.as_str(), error.detail.as_deref()), ("m", Some("d")));
    assert_eq!((error.hint.as_deref(), error.column.as_deref()), (Some("h"), Some("c")));
    let error = f.ask(Access::Read, "select nam from contacts").await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("42703"));
    assert_eq!(error.database().unwrap().severity, "ERROR");
}

#[tokio::test]
async fn a_verdict_commits_rolls_back_or_refuses() {
    let f = fixture(1).await;
    let add = [statement("insert into tags (name, color) values ('a', '#ff0000') returning name", &[])];
    let asked = request(&f.identity, Access::Write);
    let count = async || single(&f.ask(Access::Read, "select count(*) from tags").await.unwrap());
    let refused = f.pg.run_deciding(&asked, &add, |_| Verdict::Refuse(406)).await.unwrap();
    assert_eq!((refused, count().await.as_str()), (Err(406), "0"));
    let rolled_back = f.pg.run_deciding(&asked, &add, |_| Verdict::<()>::RollBack).await.unwrap().unwrap();
    assert_eq!((single(&rolled_back).as_str(), count().await.as_str()), ("a", "0"));
    let kept = f.pg.run_deciding(&asked, &add, |rows| {
        assert_eq!(rows[0].affected, 1);
        Verdict::<()>::Commit
    });
    assert_eq!(single(&kept.await.unwrap().unwrap()), "a");
    assert_eq!(count().await, "1");
    let failed = f.pg.run_deciding(&asked, &add, |_| Verdict::<()>::Commit).await.unwrap_err();
    assert_eq!(failed.sqlstate(), Some("23505"));
    assert_eq!(f.left_over().await, NOTHING_LEFT);
}

#[tokio::test]
async fn a_statement_that_takes_too_long_is_stopped() {
    let f = fixture(1).await;
    let slow = [statement("select pg_sleep(60)", &[])];
    let asked = Request { timeout_ms: 50, ..request(&f.identity, Access::Read) };
    let begun = Instant::now();
    let error = f.pg.run(&asked, &slow).await.unwrap_err();
    assert_eq!(error.sqlstate(), Some("57014"));
    assert!(begun.elapsed() < Duration::from_secs(30));
    assert_eq!(f.left_over().await, NOTHING_LEFT);
}

#[tokio::test]
async fn a_request_that_is_dropped_stops_its_statement() {
    let f = fixture(1).await;
    let sleeping = "select count(*) from pg_stat_activity where query like '%pg_sleep(60)%' and state = 'active'
        and datname = current_database() and pid <> pg_backend_pid()";
    let observer = f.database.client().await.unwrap();
    let busy = async || observer.query_one(sleeping, &[]).await.unwrap().get::<_, i64>(0);
    let begun = Instant::now();
    let dropped = tokio::time::timeout(Duration::from_millis(200), f.ask(Access::Write, "select pg_sleep(60)"));
    assert!(dropped.await.is_err());
    while busy().await > 0 {
        assert!(begun.elapsed() < Duration::from_secs(30), "the statement goes on");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(f.left_over().await, NOTHING_LEFT);
    let asked = request(&f.identity, Access::Write);
    let calls = [
        statement("insert into tags (name, color) values ('x', '#ff0000')", &[]),
        statement("select pg_sleep(60)", &[]),
    ];
    let deciding = f.pg.run_deciding(&asked, &calls, |_| Verdict::<()>::Commit);
    assert!(tokio::time::timeout(Duration::from_millis(200), deciding).await.is_err());
    assert_eq!(single(&f.ask(Access::Read, "select count(*) from tags").await.unwrap()), "0");
}

#[tokio::test]
async fn a_killed_connection_is_replaced() {
    let f = fixture(1).await;
    let pid = single(&f.ask(Access::Read, "select pg_backend_pid()").await.unwrap());
    let observer = f.database.client().await.unwrap();
    observer.batch_execute(&format!("select pg_terminate_backend({pid}, 1000)")).await.unwrap();
    let next = single(&f.ask(Access::Read, "select pg_backend_pid()").await.unwrap());
    assert_ne!(pid, next);
    // And in the middle of a statement.
    let pg = f.pg.clone();
    let identity = f.identity.clone();
    let running = tokio::spawn(async move {
        pg.run(&request(&identity, Access::Read), &[statement("select pg_sleep(9)", &[])]).await
    });
    tokio::time::sleep(Duration::from_millis(200)).await;
    observer.batch_execute(&format!("select pg_terminate_backend({next}, 1000)")).await.unwrap();
    let error = running.await.unwrap().unwrap_err();
    assert!(matches!(&error, PgError::Lost(why) if why.contains("terminating connection")), "{error}");
    assert_eq!(f.left_over().await, NOTHING_LEFT);
}

#[tokio::test]
async fn a_changed_table_does_not_break_its_prepared_statements() {
    let f = fixture(1).await;
    let owner = f.database.client().await.unwrap();
    let setup = "create table public.thing (a int); grant select on public.thing to authenticated";
    owner.batch_execute(setup).await.unwrap();
    assert_eq!(f.ask(Access::Read, "select * from thing").await.unwrap()[0].columns, ["a"]);
    owner.batch_execute("alter table public.thing add column b text").await.unwrap();
    assert_eq!(f.ask(Access::Read, "select * from thing").await.unwrap()[0].columns, ["a", "b"]);
    owner.batch_execute("alter table public.thing add column c text").await.unwrap();
    let asked = request(&f.identity, Access::Write);
    let calls = [statement("select * from thing", &[])];
    let rows = f.pg.run_deciding(&asked, &calls, |_| Verdict::<()>::Commit).await.unwrap().unwrap();
    assert_eq!(rows[0].columns, ["a", "b", "c"]);
}

#[tokio::test]
async fn waiting_for_a_connection_ends() {
    let f = fixture(1).await;
    let (slow, waiting) = tokio::join!(f.ask(Access::Read, "select pg_sleep(1)"), f.ask(Access::Read, "select 1"));
    assert!(slow.is_ok());
    assert!(matches!(waiting, Err(PgError::PoolTimeout)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_requests_at_once_each_see_their_own_claims() {
    let f = fixture(8).await;
    let mut running = tokio::task::JoinSet::new();
    for n in 0..64 {
        let (pg, mut identity) = (f.pg.clone(), f.identity.clone());
        identity.user_id = Some(Uuid::from_u128(n));
        running.spawn(async move {
            for turn in 0..20 {
                let sql = if turn % 5 == 0 { "select 1/0" } else { "select app.user_id()" };
                match pg.run(&request(&identity, Access::Read), &[statement(sql, &[])]).await {
                    Ok(rows) => assert_eq!(single(&rows), Uuid::from_u128(n).to_string()),
                    Err(error) => assert_eq!(error.sqlstate(), Some("22012")),
                }
            }
        });
    }
    while let Some(done) = running.join_next().await {
        done.unwrap();
    }
    assert_eq!(f.pg.available(), 8);
}

#[tokio::test]
async fn large_values_travel_both_ways() {
    let f = fixture(1).await;
    let long = "x".repeat(3_000_000);
    let params = [text(&long)];
    let calls = [statement("select $1::text", &params), statement("select length($1::text)", &params)];
    let rows = f.pg.run(&request(&f.identity, Access::Read), &calls).await.unwrap();
    assert_eq!(rows[0].rows[0][0].as_ref().unwrap().len(), long.len());
    assert_eq!(rows[1].rows[0][0].as_deref().unwrap(), b"3000000");
}

#[tokio::test]
async fn a_deferred_constraint_is_reported_as_an_error() {
    let f = fixture(1).await;
    let owner = f.database.client().await.unwrap();
    let setup = "create table public.thing (a int unique deferrable initially deferred);
        grant select, insert on public.thing to authenticated";
    owner.batch_execute(setup).await.unwrap();
    let twice = "insert into thing values (1), (1)";
    assert_eq!(f.ask(Access::Write, twice).await.unwrap_err().sqlstate(), Some("23505"));
    let asked = request(&f.identity, Access::Write);
    let decided = f.pg.run_deciding(&asked, &[statement(twice, &[])], |_| Verdict::<()>::Commit).await;
    assert_eq!(decided.unwrap_err().sqlstate(), Some("23505"));
    assert_eq!(f.left_over().await, NOTHING_LEFT);
}

#[tokio::test]
async fn the_servers_own_connections_are_the_system_role() {
    let f = fixture(1).await;
    let client = f.pg.system().await.unwrap();
    let role: String = client.query_one("select current_user::text", &[]).await.unwrap().get(0);
    assert_eq!(role, "rapport_system");
    let seen: i64 = client
        .query_one("select count(*) from public.memberships where workspace_id = $1", &[&f.workspace.id])
        .await
        .unwrap()
        .get(0);
    assert_eq!(seen, 5);
}

#[tokio::test]
async fn a_password_is_proved_in_every_way_a_server_may_ask() {
    let f = fixture(1).await;
    let admin = f.database.client().await.unwrap();
    let identity = &f.identity;
    for (role, stored) in [("needs_scram", "scram-sha-256"), ("needs_md5", "md5"), ("needs_password", "scram-sha-256")]
    {
        let setup = format!(
            "set password_encryption = '{stored}'; drop role if exists {role}; create role {role} login password 'p%w d';
             grant rapport_api, authenticated to {role}"
        );
        admin.batch_execute(&setup).await.unwrap();
        let with = |password: &str| {
            let socket = f.database.socket_dir().display().to_string();
            let url = format!("postgresql:///{}?host={socket}&user={role}{password}", f.database.name());
            Pg::new(Target::parse(&url).unwrap(), 1, Duration::from_secs(5)).unwrap()
        };
        let who = [statement("select session_user", &[])];
        let asked = request(identity, Access::Read);
        let rows = with("&password=p%25w%20d").run(&asked, &who).await.unwrap();
        assert_eq!(single(&rows), role);
        let wrong = with("&password=wrong").run(&asked, &who).await.unwrap_err().to_string();
        assert!(wrong.contains("password authentication failed"), "{wrong}");
        let missing = with("").run(&asked, &who).await.unwrap_err().to_string();
        assert!(missing.contains("wants a password and the URL has none"), "{missing}");
        admin.batch_execute(&format!("drop role {role}")).await.unwrap();
    }
}
