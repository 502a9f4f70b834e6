-- The secret that signs tokens; the first node to ask sets it, all others get the same.
-- $1 value text; one row.
insert into app.settings (key, value)
values ('signing_key', to_jsonb($1::text))
on conflict (key) do update set value = settings.value
returning value #>> '{}'
