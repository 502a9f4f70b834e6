-- References by the source's own id. {table} is one of ours.
update refs r
set id = s.target_id
from (select external_id, (array_agg(target_id order by seq))[1] as target_id from stage_{table}
      where external_id is not null and target_id is not null group by external_id) s
where r.kind = '{table}' and r.id is null and r.value = s.external_id
