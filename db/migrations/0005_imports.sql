-- An import: what came in, what it made, what it refused, and how to take all of it back.

create table public.imports (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  state text not null default 'draft',
  files jsonb not null default '[]',
  plan jsonb not null default '{}',
  progress jsonb not null default '{}',
  summary jsonb not null default '{}',
  error text,
  started_at timestamptz,
  finished_at timestamptz,
  undone_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  version bigint not null default 1,
  primary key (workspace_id, id),
  constraint imports_state_is_known check (state in ('draft', 'running', 'done', 'failed', 'undoing', 'undone'))
);
comment on column public.imports.files is 'One entry a file: name, bytes, rows, delimiter, encoding, header, columns.';
comment on column public.imports.plan is 'How the files map to records: per file the table, columns, values, date format, duplicates policy.';
comment on column public.imports.summary is 'Per table: created, updated, linked, skipped, refused.';

-- The undo log: one line a row that the import made or changed.
create table app.import_changes (
  workspace_id uuid not null,
  import_id uuid not null,
  seq bigint not null,
  table_name text not null,
  row_id uuid not null,
  before jsonb,
  version_after bigint not null default 1,
  primary key (workspace_id, import_id, seq),
  foreign key (workspace_id, import_id) references public.imports (workspace_id, id) on delete cascade
);
comment on column app.import_changes.before is 'The row as it was; null when the import made it.';
comment on column app.import_changes.version_after is 'The version the import left; a higher one means that somebody has worked on the row since.';

-- Rows that did not go in, whole, with the reason: nothing is lost.
create table app.import_problems (
  workspace_id uuid not null,
  import_id uuid not null,
  seq bigint not null,
  file text not null,
  line bigint not null,
  severity text not null check (severity in ('refused', 'warning')),
  column_name text,
  value text,
  reason text not null,
  row_values jsonb not null,
  primary key (workspace_id, import_id, seq),
  foreign key (workspace_id, import_id) references public.imports (workspace_id, id) on delete cascade
);

-- Mappings people chose, offered again for files with the same columns.
create table app.import_mappings (
  workspace_id uuid not null references public.workspaces (id) on delete cascade,
  header_hash bytea not null,
  plan jsonb not null,
  used_at timestamptz not null default now(),
  primary key (workspace_id, header_hash)
);

grant select, insert, update, delete on app.import_changes, app.import_problems, app.import_mappings to rapport_system;
