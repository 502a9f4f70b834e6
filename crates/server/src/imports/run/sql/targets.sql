-- What each row became: itself if it was created, the first of its kind if it repeats one. {table} is one of ours.
update stage_{table} set target_id = id where action is null;
update stage_{table} s set target_id = f.target_id from stage_{table} f where s.action = 'twin' and f.seq = s.twin
