-- One row that needs looking at.
insert into app.import_problems (workspace_id, import_id, seq, file, line, severity, column_name, value, reason, row_values)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
