//! Logging in: who we are, how we prove it, and down to the powerless role.
//!
//! In: a fresh stream. Out: an idle [`Connection`]; in the product's own database it holds no privilege.
//! Invariant: there, a connection that cannot step down to `rapport_api` is not handed out.

use bytes::BytesMut;
use postgres_protocol::authentication::md5_hash;
use postgres_protocol::authentication::sasl::{ChannelBinding, SCRAM_SHA_256, ScramSha256};
use postgres_protocol::message::frontend;

use super::{Call, CancelKey, Connection, Message, PgError, Prepared, open};
use crate::pg::{Target, Whose};

/// What a connection to the product's database is between two requests.
const STEP_DOWN: &str = "set role rapport_api";

impl Connection {
    /// Connects, logs in and, in our own database, steps down.
    pub(in crate::pg) async fn open(whose: Whose, target: &Target) -> Result<Self, PgError> {
        let mut connection = Self {
            stream: open(target).await?,
            incoming: BytesMut::with_capacity(16 * 1024),
            outgoing: BytesMut::with_capacity(8 * 1024),
            prepared: Prepared::default(),
            keeps_statements: false,
            key: CancelKey { process: 0, secret: 0 },
        };
        connection.log_in(whose, target).await?;
        match whose {
            Whose::Ours => {
                connection.simple(STEP_DOWN).await?;
                connection.keeps_statements = true;
            }
            Whose::Theirs => connection.keeps_statements = connection.reaches_the_server().await?,
        }
        Ok(connection)
    }

    /// Is this the server itself and no pooler in front of it. A pooler such as PgBouncer hands out cancel keys of its
    /// own, so that the process it names is not the one that runs statements.
    async fn reaches_the_server(&mut self) -> Result<bool, PgError> {
        let asked = Call { role: "", sql: "select pg_catalog.pg_backend_pid()", params: &[] };
        let rows = self.run(&[asked]).await??;
        let process = rows.first().and_then(|rows| rows.rows.first()?.first()?.clone()).unwrap_or_default();
        Ok(process == self.key.process.to_string())
    }

    async fn log_in(&mut self, whose: Whose, target: &Target) -> Result<(), PgError> {
        let parameters = [
            ("user", target.user.as_str()),
            ("database", target.database.as_str()),
            ("application_name", "rapport"),
            ("client_encoding", "UTF8"),
        ];
        // A parameter given here beats what the owner of a foreign database has set for it.
        let ours = [("DateStyle", "ISO, MDY"), ("TimeZone", "UTC")].into_iter().filter(|_| whose == Whose::Ours);
        frontend::startup_message(parameters.into_iter().chain(ours), &mut self.outgoing)?;
        self.send().await?;
        loop {
            let message = self.receive().await?;
            match message.tag {
                b'R' => self.prove(target, &message).await?,
                b'K' => {
                    let (process, secret) = message.cancel_key()?;
                    self.key = CancelKey { process, secret };
                }
                b'Z' => return Ok(()),
                b'E' => return Err(PgError::refused(message.error())),
                _ => return Err(PgError::Protocol("an unknown message during login")),
            }
        }
    }

    async fn prove(&mut self, target: &Target, request: &Message) -> Result<(), PgError> {
        let (kind, body) = request.authentication()?;
        if kind == 0 {
            return Ok(());
        }
        let missing = || PgError::Unavailable(format!("the {target} wants a password and the URL has none"));
        let password = target.password.as_deref().ok_or_else(missing)?;
        match kind {
            3 => frontend::password_message(password, &mut self.outgoing)?,
            5 => {
                let salt = body.first_chunk::<4>().ok_or(PgError::Protocol("a salt is missing"))?;
                let hash = md5_hash(target.user.as_bytes(), password, *salt);
                frontend::password_message(hash.as_bytes(), &mut self.outgoing)?;
            }
            10 => return self.prove_scram(password).await,
            _ => return Err(PgError::Unavailable(format!("the {target} wants a login method this server lacks"))),
        }
        self.send().await
    }

    async fn prove_scram(&mut self, password: &[u8]) -> Result<(), PgError> {
        let mut scram = ScramSha256::new(password, ChannelBinding::unsupported());
        frontend::sasl_initial_response(SCRAM_SHA_256, scram.message(), &mut self.outgoing)?;
        self.send().await?;
        scram.update(&self.sasl_step(11).await?)?;
        frontend::sasl_response(scram.message(), &mut self.outgoing)?;
        self.send().await?;
        Ok(scram.finish(&self.sasl_step(12).await?)?)
    }

    async fn sasl_step(&mut self, expected: i32) -> Result<bytes::Bytes, PgError> {
        let message = self.receive().await?;
        match message.tag {
            b'R' => match message.authentication()? {
                (kind, body) if kind == expected => Ok(body),
                _ => Err(PgError::Protocol("a login step out of order")),
            },
            b'E' => Err(PgError::refused(message.error())),
            _ => Err(PgError::Protocol("an unknown message during login")),
        }
    }
}
