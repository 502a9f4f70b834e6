-- The indexes of fields that there are: their names, and whether they were finished.
select x.relname::text, i.indisvalid
from pg_index i
join pg_class x on x.oid = i.indexrelid
join pg_class t on t.oid = i.indrelid
where t.relnamespace = 'public'::regnamespace
  and x.relname ~ '^[a-z_]+_custom_[0-9a-f]{12}_(text|json)_(asc|desc)_idx$'
