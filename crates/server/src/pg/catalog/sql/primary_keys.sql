-- The numbers of every table's primary key columns, in key order.
select conrelid, conkey
from pg_constraint
where contype = 'p'
