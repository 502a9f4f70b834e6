-- Names that were read as a record with a slightly different one.
select r.kind || ': "' || r.value || '" was read as "' || p.name || '" (' || to_char(r.rows, 'FM999,999,999') || ' rows)'
from refs r
join public.products p on p.workspace_id = app.workspace_id() and p.id = r.id
where r.kind = 'products' and not r.created and app.fold(p.name) <> r.key and lower(p.code) is distinct from r.key
order by r.rows desc
limit 50
