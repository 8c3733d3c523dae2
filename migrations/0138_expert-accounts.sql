-- An expert who is asked in a call sees what it is about, while he is on the line, under his own account (D10).
alter table knowledge_experts add column account_id uuid references accounts (id);
create index knowledge_experts_by_account on knowledge_experts (account_id) where account_id is not null and removed_at is null;
