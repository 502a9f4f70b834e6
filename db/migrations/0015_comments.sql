-- What every table and column of the data API is for. The comments are what the API's own description and its page in the
-- web app say; they change nothing else.
comment on schema public is 'Rapport data API
Everything a workspace holds. A caller sees their own workspace and nothing else.';

comment on table public.contacts is 'People the workspace knows.';
comment on table public.organizations is 'Companies and other organizations that contacts belong to.';
comment on table public.opportunities is 'Deals on their way through a pipeline.';
comment on table public.opportunity_items is 'Products that an opportunity is about, with quantity and price.';
comment on table public.activities is 'Calls, meetings, mails, notes and tasks; together they are the timeline.';
comment on table public.products is 'What is sold.';
comment on table public.tags is 'Names and colours of the tags that records carry.';
comment on table public.pipelines is 'Ways that opportunities go, each with its stages.';
comment on table public.stages is 'Steps of a pipeline. Moving an opportunity sets its status and probability.';
comment on table public.teams is 'Groups of members.';
comment on table public.workspaces is 'The workspace itself: name, currency, time zone.';
comment on table public.imports is 'Imports of other systems'' exports.';

-- What all record tables have in common says the same everywhere.
do $$
declare
  meaning record;
begin
  for meaning in
    select c.oid::regclass as table_name, a.attname as column_name, words.text
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    join (values
      ('workspace_id', 'The workspace it belongs to; filled in by the server, never sent.'),
      ('id', 'Made by the server when left out; its order is the time of birth.'),
      ('created_at', 'When it was made; kept by the server.'),
      ('updated_at', 'When it last changed; kept by the server.'),
      ('created_by', 'The user who made it; kept by the server.'),
      ('updated_by', 'The user who last changed it; kept by the server.'),
      ('deleted_at', 'Set to delete it, null to bring it back; lists ask for null.'),
      ('version', 'Counts its changes; kept by the server.'),
      ('custom', 'Values of the workspace''s own fields by key; custom_fields says what they mean.'),
      ('tags', 'Names of its tags.'),
      ('assigned_user_id', 'The user who looks after it.'),
      ('currency', 'Three letters, such as USD.')
    ) as words (name, text) on words.name = a.attname
    where c.relnamespace = 'public'::regnamespace
      and c.relkind = 'r'
      and col_description(c.oid, a.attnum) is null
    order by c.relname, a.attnum
  loop
    execute format('comment on column %s.%I is %L', meaning.table_name, meaning.column_name, meaning.text);
  end loop;
end $$;

comment on column public.contacts.email is 'The main mail address; no other contact has the same.';
comment on column public.contacts.organization_id is 'Where the person works.';
comment on column public.contacts.source is 'Where the contact came from.';
comment on column public.contacts.do_not_contact is 'Asked not to be contacted.';
comment on column public.contacts.avatar is 'Address of a picture.';

comment on column public.organizations.type is 'prospect, customer, partner, supplier or other.';
comment on column public.organizations.status is 'active, inactive or archived.';
comment on column public.organizations.employees is 'How many people work there.';
comment on column public.organizations.parent_id is 'The organization it is a part of.';
comment on column public.organizations.logo is 'Address of a picture.';

comment on column public.opportunities.organization_id is 'The organization that may buy.';
comment on column public.opportunities.pipeline_id is 'The pipeline it goes through; the default one when left out.';
comment on column public.opportunities.stage_id is 'Where it stands; the first stage when left out.';
comment on column public.opportunities.probability_percent is 'How likely it is to be won; follows the stage unless sent.';
comment on column public.opportunities.amount is 'What it is worth.';
comment on column public.opportunities.expected_close_date is 'When the decision is expected.';
comment on column public.opportunities.closed_at is 'When it was won or lost; follows the stage.';
comment on column public.opportunities.lost_reason is 'Why it was lost.';
comment on column public.opportunities.stage_changed_at is 'When it came to its stage; kept by the server.';

comment on column public.opportunity_contacts.opportunity_id is 'The opportunity.';
comment on column public.opportunity_contacts.contact_id is 'The person.';
comment on column public.opportunity_contacts.role is 'Their part, such as decision maker.';
comment on column public.opportunity_contacts.is_primary is 'The person to talk to first.';

comment on column public.opportunity_items.opportunity_id is 'The opportunity it is part of.';
comment on column public.opportunity_items.product_id is 'The product, when it is one of the list.';
comment on column public.opportunity_items.position is 'Its place in the list, from 0.';

comment on column public.activities.type is 'note, call, email, meeting or task.';
comment on column public.activities.subject is 'What it is about, in a line.';
comment on column public.activities.body is 'The text.';
comment on column public.activities.remind_at is 'When to remind of it.';
comment on column public.activities.done_at is 'When it was done; null while it is open.';
comment on column public.activities.priority is 'low, normal or high.';
comment on column public.activities.direction is 'inbound or outbound.';
comment on column public.activities.contact_id is 'The person it is about.';
comment on column public.activities.organization_id is 'The organization it is about.';
comment on column public.activities.opportunity_id is 'The opportunity it is about.';

comment on column public.products.code is 'A short code; no other product has the same.';
comment on column public.products.is_active is 'Is it offered.';

comment on column public.tags.color is 'Name of a colour.';
comment on column public.pipelines.position is 'Its place among the pipelines, from 0.';
comment on column public.pipelines.is_default is 'New opportunities start in it.';
comment on column public.stages.pipeline_id is 'The pipeline it is a step of.';
comment on column public.stages.key is 'A name for programs; unique within the pipeline.';
comment on column public.stages.probability_percent is 'How likely an opportunity here is to be won.';
comment on column public.stages.position is 'Its place in the pipeline, from 0.';
comment on column public.stages.kind is 'open, won or lost.';
comment on column public.stages.rot_after_days is 'After how many days without movement an opportunity counts as stale.';
comment on column public.teams.manager_user_id is 'The user who leads it.';

comment on column public.memberships.user_id is 'The user.';
comment on column public.memberships.role is 'owner, admin, manager, member or viewer.';
comment on column public.memberships.status is 'invited, active or disabled.';
comment on column public.memberships.full_name is 'The name that colleagues see.';
comment on column public.memberships.team_id is 'The team they belong to.';

comment on column public.workspaces.timezone is 'Reports count days in it, such as Europe/Berlin.';

comment on column public.custom_fields.table_name is 'contacts, organizations, opportunities, activities, products or teams.';
comment on column public.custom_fields.key is 'Its key inside custom.';
comment on column public.custom_fields.label is 'What people see.';
comment on column public.custom_fields.type is 'text, number, date, boolean or select.';
comment on column public.custom_fields.options is 'Values to choose from.';
comment on column public.custom_fields.position is 'Its place in forms, from 0.';

comment on column public.imports.state is 'draft, running, done, failed, undoing or undone.';
comment on column public.imports.progress is 'What is being done at the moment.';
comment on column public.imports.error is 'Why it failed.';
comment on column public.imports.undone_at is 'When it was undone.';
