-- On which set another was made: once that one is rejected or withdrawn, nobody brings it back by approving what was made from it.
-- null: the program's own, or proposed before this was kept.
alter table limit_sets add column base integer references limit_sets (number);
