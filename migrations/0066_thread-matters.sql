-- Appeals of whomever about one matter are looked for by category and time; a citizen's own by his number in any spelling.
create index tickets_by_category on tickets (category_code, accepted_at desc);
create index tickets_by_citizen_key on tickets (citizen_key(citizen_number), accepted_at desc) where citizen_number <> '';
