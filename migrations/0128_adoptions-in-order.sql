-- What was adopted in a year is read without an account: the words that hold are counted in the order of one index, and the list begins with what stands on it.
create index ticket_adoptions_in_order on ticket_adoptions (ticket_id, side, at desc, id desc) include (outcome);
create index ticket_adoptions_listed on ticket_adoptions (at, id)
  where side = 'hotline' and summary <> '' and outcome <> 'notAdopted';
