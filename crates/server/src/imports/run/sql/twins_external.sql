-- Rows that repeat the source's id of an earlier row. {table} is one of ours.
update stage_{table} s
set action = 'twin', twin = t.first
from (
  select seq, min(seq) over (partition by external_key, external_id) as first
  from stage_{table}
  where external_id is not null and action is null and duplicates <> 'create'
) t
where s.seq = t.seq and t.first < t.seq
