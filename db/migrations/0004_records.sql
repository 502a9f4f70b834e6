-- The records of the trade. Every key leads with the workspace, so no reference can cross tenants.

create table public.organizations (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  name text not null,
  domain text,
  website text,
  description text,
  industry text,
  type text not null default 'prospect',
  status text not null default 'active',
  employees integer,
  annual_revenue numeric(18, 2),
  currency text,
  phone text,
  email text,
  billing_street text,
  billing_city text,
  billing_state text,
  billing_postal_code text,
  billing_country text,
  parent_id uuid,
  assigned_user_id uuid,
  tags text[] not null default '{}',
  logo text,
  custom jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  version bigint not null default 1,
  search_text text generated always as (
    app.fold(name || E'\n' || coalesce(domain, '') || E'\n' || coalesce(email, '') || E'\n' || coalesce(app.digits(phone), ''))
  ) stored,
  search_vector tsvector generated always as (
    to_tsvector('simple', name || ' ' || coalesce(description, ''))
  ) stored,
  primary key (workspace_id, id),
  constraint organizations_name_not_blank check (btrim(name) <> ''),
  constraint organizations_type_is_known check (type in ('prospect', 'customer', 'partner', 'supplier', 'other')),
  constraint organizations_status_is_known check (status in ('active', 'inactive', 'archived')),
  constraint organizations_employees_not_negative check (employees >= 0),
  constraint organizations_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
  constraint organizations_not_its_own_parent check (parent_id <> id),
  constraint organizations_parent_id_fkey foreign key (workspace_id, parent_id)
    references public.organizations (workspace_id, id) on delete set null (parent_id),
  constraint organizations_assigned_user_id_fkey foreign key (workspace_id, assigned_user_id)
    references public.memberships (workspace_id, user_id) on delete set null (assigned_user_id)
);
comment on column public.organizations.search_text is '@search What a fragment search looks at: name, domain, mail, phone digits; folded.';
comment on column public.organizations.search_vector is '@search Words of name and description for full-text search.';

create table public.contacts (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  first_name text not null default '',
  last_name text not null default '',
  email text,
  other_emails jsonb not null default '[]',
  phones jsonb not null default '[]',
  job_title text,
  organization_id uuid,
  assigned_user_id uuid,
  street text,
  city text,
  state text,
  postal_code text,
  country text,
  website text,
  linkedin_url text,
  source text,
  do_not_contact boolean not null default false,
  description text,
  tags text[] not null default '{}',
  avatar text,
  custom jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  version bigint not null default 1,
  search_text text generated always as (
    app.fold(
      first_name || ' ' || last_name || E'\n' || coalesce(email, '') || app.labelled_values(other_emails)
      || E'\n' || app.labelled_digits(phones))
  ) stored,
  primary key (workspace_id, id),
  constraint contacts_have_a_name check (btrim(first_name || last_name) <> '' or email is not null),
  constraint contacts_email_looks_right check (email ~ '^[^@[:space:]]+@[^@[:space:]]+$'),
  constraint contacts_other_emails_is_a_list check (jsonb_typeof(other_emails) = 'array'),
  constraint contacts_phones_is_a_list check (jsonb_typeof(phones) = 'array'),
  constraint contacts_organization_id_fkey foreign key (workspace_id, organization_id)
    references public.organizations (workspace_id, id) on delete set null (organization_id),
  constraint contacts_assigned_user_id_fkey foreign key (workspace_id, assigned_user_id)
    references public.memberships (workspace_id, user_id) on delete set null (assigned_user_id)
);
comment on column public.contacts.phones is 'Labelled list: [{"label": "work", "value": "+49 30 1234"}], the first one is the main number.';
comment on column public.contacts.other_emails is 'Labelled list: [{"label": "private", "value": "ann@example.org"}].';
comment on column public.contacts.search_text is '@search What a fragment search looks at: names, mail addresses, phone digits; folded.';

create table public.pipelines (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  name text not null,
  position integer not null default 0,
  is_default boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  version bigint not null default 1,
  primary key (workspace_id, id),
  constraint pipelines_name_not_blank check (btrim(name) <> '')
);

create table public.stages (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  pipeline_id uuid not null,
  key text not null,
  name text not null,
  probability_percent smallint not null default 0,
  position integer not null default 0,
  kind text not null default 'open',
  rot_after_days integer,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  version bigint not null default 1,
  primary key (workspace_id, id),
  constraint stages_key_key unique (workspace_id, pipeline_id, key),
  constraint stages_in_pipeline_key unique (workspace_id, pipeline_id, id),
  constraint stages_name_not_blank check (btrim(name) <> ''),
  constraint stages_probability_is_percent check (probability_percent between 0 and 100),
  constraint stages_kind_is_known check (kind in ('open', 'won', 'lost')),
  constraint stages_rot_after_is_positive check (rot_after_days > 0),
  constraint stages_pipeline_id_fkey foreign key (workspace_id, pipeline_id)
    references public.pipelines (workspace_id, id) on delete cascade
);

create table public.opportunities (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  name text not null,
  organization_id uuid,
  pipeline_id uuid not null,
  stage_id uuid not null,
  status text not null default 'open',
  probability_percent smallint not null,
  amount numeric(18, 2) not null default 0,
  currency text not null default 'USD',
  expected_close_date date,
  closed_at timestamptz,
  lost_reason text,
  source text,
  next_step text,
  description text,
  stage_changed_at timestamptz not null default now(),
  board_position text collate "C" not null default app.top_board_position(),
  assigned_user_id uuid,
  tags text[] not null default '{}',
  custom jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  version bigint not null default 1,
  search_text text generated always as (app.fold(name)) stored,
  primary key (workspace_id, id),
  constraint opportunities_name_not_blank check (btrim(name) <> ''),
  constraint opportunities_status_is_known check (status in ('open', 'won', 'lost')),
  constraint opportunities_probability_is_percent check (probability_percent between 0 and 100),
  constraint opportunities_amount_not_negative check (amount >= 0),
  constraint opportunities_currency_is_iso check (currency ~ '^[A-Z]{3}$'),
  constraint opportunities_board_position_is_a_key check (board_position ~ '^[0-9A-Za-z]*[1-9A-Za-z]$'),
  constraint opportunities_organization_id_fkey foreign key (workspace_id, organization_id)
    references public.organizations (workspace_id, id) on delete set null (organization_id),
  constraint opportunities_pipeline_id_fkey foreign key (workspace_id, pipeline_id)
    references public.pipelines (workspace_id, id),
  constraint opportunities_stage_id_fkey foreign key (workspace_id, pipeline_id, stage_id)
    references public.stages (workspace_id, pipeline_id, id),
  constraint opportunities_assigned_user_id_fkey foreign key (workspace_id, assigned_user_id)
    references public.memberships (workspace_id, user_id) on delete set null (assigned_user_id)
);
comment on column public.opportunities.status is 'The kind of the stage (open, won, lost); kept by a trigger, so that indexes can tell open ones.';
comment on column public.opportunities.board_position is 'Fractional key over 0-9A-Za-z, compared byte by byte; never ends in 0.';
comment on column public.opportunities.search_text is '@search What a fragment search looks at: the name; folded.';

create table public.opportunity_contacts (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  opportunity_id uuid not null,
  contact_id uuid not null,
  role text,
  is_primary boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  version bigint not null default 1,
  primary key (workspace_id, opportunity_id, contact_id),
  constraint opportunity_contacts_opportunity_id_fkey foreign key (workspace_id, opportunity_id)
    references public.opportunities (workspace_id, id) on delete cascade,
  constraint opportunity_contacts_contact_id_fkey foreign key (workspace_id, contact_id)
    references public.contacts (workspace_id, id) on delete cascade
);
comment on table public.opportunity_contacts is 'The part a contact plays in an opportunity (decision maker, champion, ...).';

create table public.products (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  name text not null,
  code text,
  description text,
  price numeric(18, 2) not null default 0,
  currency text not null default 'USD',
  is_active boolean not null default true,
  custom jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  version bigint not null default 1,
  primary key (workspace_id, id),
  constraint products_name_not_blank check (btrim(name) <> ''),
  constraint products_price_not_negative check (price >= 0),
  constraint products_currency_is_iso check (currency ~ '^[A-Z]{3}$')
);

create table public.opportunity_items (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  opportunity_id uuid not null,
  product_id uuid,
  name text not null,
  quantity numeric(14, 3) not null default 1,
  unit_price numeric(18, 2) not null default 0,
  position integer not null default 0,
  custom jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  version bigint not null default 1,
  primary key (workspace_id, id),
  constraint opportunity_items_name_not_blank check (btrim(name) <> ''),
  constraint opportunity_items_quantity_is_positive check (quantity > 0),
  constraint opportunity_items_unit_price_not_negative check (unit_price >= 0),
  constraint opportunity_items_opportunity_id_fkey foreign key (workspace_id, opportunity_id)
    references public.opportunities (workspace_id, id) on delete cascade,
  constraint opportunity_items_product_id_fkey foreign key (workspace_id, product_id)
    references public.products (workspace_id, id) on delete set null (product_id)
);

create table public.activities (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  type text not null,
  subject text not null default '',
  body text,
  occurred_at timestamptz not null default now(),
  due_on date,
  due_at timestamptz,
  remind_at timestamptz,
  done_at timestamptz,
  priority text not null default 'normal',
  duration_minutes integer,
  direction text,
  assigned_user_id uuid,
  contact_id uuid,
  organization_id uuid,
  opportunity_id uuid,
  custom jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  version bigint not null default 1,
  primary key (workspace_id, id),
  constraint activities_type_is_known check (type in ('note', 'call', 'email', 'meeting', 'task')),
  constraint activities_say_something check (btrim(subject) <> '' or btrim(coalesce(body, '')) <> ''),
  constraint activities_priority_is_known check (priority in ('low', 'normal', 'high')),
  constraint activities_direction_is_known check (direction in ('inbound', 'outbound')),
  constraint activities_duration_not_negative check (duration_minutes >= 0),
  constraint activities_due_time_has_a_day check (due_at is null or due_on is not null),
  constraint activities_assigned_user_id_fkey foreign key (workspace_id, assigned_user_id)
    references public.memberships (workspace_id, user_id) on delete set null (assigned_user_id),
  constraint activities_contact_id_fkey foreign key (workspace_id, contact_id)
    references public.contacts (workspace_id, id) on delete set null (contact_id),
  constraint activities_organization_id_fkey foreign key (workspace_id, organization_id)
    references public.organizations (workspace_id, id) on delete set null (organization_id),
  constraint activities_opportunity_id_fkey foreign key (workspace_id, opportunity_id)
    references public.opportunities (workspace_id, id) on delete set null (opportunity_id)
);
comment on column public.activities.occurred_at is 'When it happened or was noted; the order of every timeline.';
comment on column public.activities.due_on is 'The calendar day it is due, whatever the time zone.';
comment on column public.activities.due_at is 'The instant it is due, when a time of day was given too.';

create table public.tags (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  name text not null,
  color text not null default 'gray',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  custom jsonb not null default '{}',
  version bigint not null default 1,
  primary key (workspace_id, id),
  constraint tags_name_not_blank check (btrim(name) <> '')
);

create table public.custom_fields (
  workspace_id uuid not null default app.workspace_id() references public.workspaces (id) on delete cascade,
  id uuid not null default app.uuid_v7(),
  table_name text not null,
  key text not null,
  label text not null,
  type text not null default 'text',
  options jsonb not null default '[]',
  position integer not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  created_by uuid default app.user_id(),
  updated_by uuid default app.user_id(),
  deleted_at timestamptz,
  version bigint not null default 1,
  primary key (workspace_id, id),
  constraint custom_fields_key_key unique (workspace_id, table_name, key),
  constraint custom_fields_table_is_known check (table_name in ('contacts', 'organizations', 'opportunities', 'activities', 'products', 'teams')),
  constraint custom_fields_key_is_a_name check (key ~ '^[a-z][a-z0-9_]{0,62}$'),
  constraint custom_fields_label_not_blank check (btrim(label) <> ''),
  constraint custom_fields_type_is_known check (type in ('text', 'number', 'date', 'boolean', 'select'))
);
comment on table public.custom_fields is 'What the keys inside a record''s custom object mean.';
