-- Says which rows only repeat an earlier one. {table} is one of ours.
insert into problems (file, line, severity, column_name, value, reason, row_values)
select s.file, s.line, 'warning', null, null, 'repeats line ' || f.line || '; only that line was imported', s.raw
from stage_{table} s
join stage_{table} f on f.seq = s.twin
where s.action = 'twin'
order by s.seq
