-- Rows that refer to a record which does not exist, and is not to be made: refused, or let in with an empty link.
-- {table} and {slot} are ours, {kind} is the table referred to.
with open as materialized (
  select s.seq, s.file, s.line, s.{slot} as value, s.raw, coalesce(l.missing, 'empty') as missing, l.header
  from stage_{table} s
  join refs r on r.kind = '{kind}' and r.value = s.{slot}
  left join stage_links l on l.file = s.file and l.slot = '{slot}'
  where r.id is null and s.action is distinct from 'refused'
), refused as (
  update stage_{table} s
  set action = 'refused'
  from open o
  where s.seq = o.seq and o.missing = 'refuse'
)
insert into problems (file, line, severity, column_name, value, reason, row_values)
select file, line, case when missing = 'refuse' then 'refused' else 'warning' end, header, value,
  case when missing = 'refuse' then 'there is no such record among the {kind}'
       else 'there is no such record among the {kind}; the link was left empty' end, raw
from open
order by seq
