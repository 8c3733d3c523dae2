-- A hand-over by which nothing went leaves its incident with the unit that had it before: it was written down nowhere, and who joined later was given to nobody.
-- Null: nobody had it; of hand-overs of before it is not known.
alter table incident_hand_overs add column former_unit text references units (code);
