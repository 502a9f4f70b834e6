-- What became of the rows of one table. {table} is one of ours, {links} counts the links that were found.
select
  (select count(*) from stage_{table} where action is null)
    + (select count(distinct id) from refs where kind = '{table}' and created) as created,
  count(*) filter (where action = 'match' and duplicates = 'update') as updated,
  count(*) filter (where action = 'twin' or (action = 'match' and duplicates <> 'update')) as skipped,
  count(*) filter (where action = 'refused') as refused,
  coalesce(sum({links}) filter (where action is distinct from 'refused'), 0)::bigint as linked
from stage_{table}
