-- Custom fields in which earlier imports keep the source's own ids of a table. $1 table.
select distinct c #>> '{custom,key}'
from public.imports i
cross join lateral jsonb_path_query(
  i.plan, '$.files[*] ? (@.table == $wanted).columns[*] ? (@.field == "external_id")', jsonb_build_object('wanted', $1::text)) c
where i.workspace_id = app.workspace_id() and i.state = 'done' and c #>> '{custom,key}' is not null
