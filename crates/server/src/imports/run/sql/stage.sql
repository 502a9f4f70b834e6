-- Where the rows of the files wait, typed and checked one by one, until they are linked, matched and written.
-- action: null = to be created, match = the record exists, twin = repeats an earlier row, refused.
-- target_id: the record that the row became or met. Gone with the transaction.
create temp table stage_members (
  seq bigint primary key, file int, line bigint, id uuid, duplicates text, external_key text, external_id text,
  full_name text, email text, job_title text, role text, team text, region text, manager text,
  custom jsonb, raw jsonb, target_id uuid, action text, twin bigint, team_name text
) on commit drop;
create temp table stage_products (
  seq bigint primary key, file int, line bigint, id uuid, duplicates text, external_key text, external_id text,
  name text, code text, description text, price numeric(18, 2), currency text, is_active boolean, created_at timestamptz,
  custom jsonb, raw jsonb, target_id uuid, action text, twin bigint
) on commit drop;
create temp table stage_organizations (
  seq bigint primary key, file int, line bigint, id uuid, duplicates text, external_key text, external_id text,
  name text, domain text, website text, description text, industry text, type text, status text, employees integer,
  annual_revenue numeric(18, 2), currency text, phone text, email text, billing_street text, billing_city text,
  billing_state text, billing_postal_code text, billing_country text, parent text, owner text, tags text[],
  created_at timestamptz,
  custom jsonb, raw jsonb, target_id uuid, action text, twin bigint, owner_id uuid
) on commit drop;
create temp table stage_contacts (
  seq bigint primary key, file int, line bigint, id uuid, duplicates text, external_key text, external_id text,
  first_name text, last_name text, email text, other_emails jsonb, phones jsonb, job_title text, organization text,
  owner text, street text, city text, state text, postal_code text, country text, website text, linkedin_url text,
  source text, do_not_contact boolean, description text, tags text[], created_at timestamptz,
  custom jsonb, raw jsonb, target_id uuid, action text, twin bigint, owner_id uuid, organization_id uuid
) on commit drop;
create temp table stage_opportunities (
  seq bigint primary key, file int, line bigint, id uuid, duplicates text, external_key text, external_id text,
  name text, organization text, contact text, product text, quantity numeric(14, 3), stage text, amount numeric(18, 2),
  currency text, probability_percent smallint, expected_close_date date, closed_at timestamptz, lost_reason text,
  source text, next_step text, description text, owner text, tags text[], created_at timestamptz,
  custom jsonb, raw jsonb, target_id uuid, action text, twin bigint, owner_id uuid, organization_id uuid,
  contact_id uuid, product_id uuid
) on commit drop;
create temp table stage_opportunity_items (
  seq bigint primary key, file int, line bigint, id uuid, duplicates text, external_key text, external_id text,
  opportunity text, product text, name text, quantity numeric(14, 3), unit_price numeric(18, 2),
  custom jsonb, raw jsonb, target_id uuid, action text, twin bigint, opportunity_id uuid, product_id uuid
) on commit drop;
create temp table stage_activities (
  seq bigint primary key, file int, line bigint, id uuid, duplicates text, external_key text, external_id text,
  type text, subject text, body text, occurred_at timestamptz, due_on date, due_at timestamptz, done boolean,
  done_at timestamptz, priority text, duration_minutes integer, direction text, owner text, contact text,
  organization text, opportunity text, created_at timestamptz,
  custom jsonb, raw jsonb, target_id uuid, action text, twin bigint, owner_id uuid, organization_id uuid,
  contact_id uuid, opportunity_id uuid
) on commit drop;
-- What a column that names other records wants when there is no such record.
create temp table stage_links (file int, slot text, header text, missing text) on commit drop;
-- Every name by which some row refers to a record: kind is the table, value the cell, key what names are compared by.
create temp table refs (
  kind text, value text, key text, squashed text, make boolean, rows bigint, id uuid, created boolean not null default false,
  as_manager boolean not null default false,
  primary key (kind, value)
) on commit drop;
create temp table problems (
  seq bigint generated always as identity, file int, line bigint, severity text, column_name text, value text,
  reason text, row_values jsonb
) on commit drop;
create temp sequence change_seq owned by refs.rows;
