-- Users, their sessions and refresh tokens. Nothing here is reachable through the data API.

create table auth.users (
  id uuid primary key default app.uuid_v7(),
  email text,
  encrypted_password text,
  email_confirmed_at timestamptz,
  invited_at timestamptz,
  confirmation_sent_at timestamptz,
  recovery_sent_at timestamptz,
  last_sign_in_at timestamptz,
  user_metadata jsonb not null default '{}',
  app_metadata jsonb not null default '{"provider": "email", "providers": ["email"]}',
  current_workspace_id uuid,
  banned_until timestamptz,
  deleted_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint users_email_not_blank check (email <> '')
);
comment on column auth.users.encrypted_password is 'argon2id in PHC form; null while the user is only invited.';
comment on column auth.users.current_workspace_id is 'The workspace that new sessions of this user open.';
create unique index users_email_key on auth.users (lower(email)) where deleted_at is null;

create table auth.sessions (
  id uuid primary key default app.uuid_v7(),
  user_id uuid not null references auth.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  refreshed_at timestamptz not null default now(),
  user_agent text
);
create index sessions_user_id_idx on auth.sessions (user_id);

create table auth.refresh_tokens (
  id bigint generated always as identity primary key,
  token_hash bytea not null unique,
  session_id uuid not null references auth.sessions (id) on delete cascade,
  parent_id bigint references auth.refresh_tokens (id) on delete cascade,
  revoked_at timestamptz,
  created_at timestamptz not null default now()
);
comment on column auth.refresh_tokens.token_hash is 'SHA-256 of the token; the token itself is known to the client only.';
create index refresh_tokens_session_id_idx on auth.refresh_tokens (session_id);
create index refresh_tokens_parent_id_idx on auth.refresh_tokens (parent_id);

-- Links and codes sent by mail.
create table auth.one_time_tokens (
  id uuid primary key default app.uuid_v7(),
  user_id uuid not null references auth.users (id) on delete cascade,
  purpose text not null check (purpose in ('signup', 'invite', 'recovery', 'magiclink', 'email_change')),
  token_hash bytea not null unique,
  expires_at timestamptz not null,
  used_at timestamptz,
  created_at timestamptz not null default now()
);
create index one_time_tokens_user_id_idx on auth.one_time_tokens (user_id);

grant select, insert, update, delete on all tables in schema auth to rapport_system;
grant usage on all sequences in schema auth to rapport_system;
grant select, insert, update, delete on app.settings to rapport_system;
