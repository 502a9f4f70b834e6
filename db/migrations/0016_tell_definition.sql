-- A changed definition is told on the channel that servers listen to: they read it again without a restart.
-- Temporary tables, which every import makes, are nobody else's business.
create function app.tell_definition() returns event_trigger
  language plpgsql set search_path = ''
as $$
begin
  if tg_event = 'sql_drop' then
    perform from pg_catalog.pg_event_trigger_dropped_objects() as gone where not gone.is_temporary;
  else
    perform from pg_catalog.pg_event_trigger_ddl_commands() as done where done.schema_name is distinct from 'pg_temp';
  end if;
  if found then
    notify pgrst, 'reload schema';
  end if;
end
$$;
comment on function app.tell_definition() is 'Tells servers that the definition has changed: notify pgrst, ''reload schema''.';

-- Only a superuser may make event triggers. Elsewhere an operator notifies by hand, or restarts, after such a change.
do $$
begin
  if (select rolsuper from pg_roles where rolname = current_user) then
    create event trigger rapport_tell_definition on ddl_command_end execute function app.tell_definition();
    create event trigger rapport_tell_dropped on sql_drop execute function app.tell_definition();
  end if;
end
$$;
