-- The fields that records are to be found by, of each table in each workspace the first 20: an index costs every write.
select distinct table_name, key, type <> 'number' as as_text
from (
  select f.*, row_number() over (partition by workspace_id, table_name order by position, created_at, id) as nth
  from public.custom_fields f
  where deleted_at is null
    and coalesce(indexed, type <> 'text')
) as wanted
where nth <= 20
order by table_name, key
