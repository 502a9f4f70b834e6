-- Which transactions a statement that begins now would see. One row.
select pg_current_snapshot()::text
