//! Connections for the server's own fixed statements: sign-in, imports, seed.
//!
//! In: a [`Target`]. Out: a pool of driver connections, as `rapport_system` in the product's own database.
//! Invariant: a transaction that is dropped rolls back before the connection is used again.

use std::time::Duration;

use deadpool_postgres::{Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime, Timeouts};
use tokio_postgres::NoTls;

use super::{PgError, Target, Whose};

/// Sign-in and background work need few at a time.
const MOST: usize = 8;

pub(super) fn pool(whose: Whose, target: &Target, wait: Duration) -> Result<Pool, PgError> {
    let recycle = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_config(target.driver_config(), NoTls, recycle);
    let step_down = match whose {
        Whose::Ours => "set role rapport_system; set timezone = 'UTC'",
        Whose::Theirs => "",
    };
    let step_down = Hook::async_fn(move |client: &mut deadpool_postgres::ClientWrapper, _| {
        Box::pin(async move { client.batch_execute(step_down).await.map_err(HookError::Backend) })
    });
    let timeouts = Timeouts { wait: Some(wait), create: Some(wait), recycle: Some(wait) };
    let pool = Pool::builder(manager).max_size(MOST).runtime(Runtime::Tokio1).timeouts(timeouts).post_create(step_down);
    pool.build().map_err(|error| PgError::Unavailable(error.to_string()))
}
