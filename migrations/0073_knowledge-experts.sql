-- 专家: whom an agent calls when the books have no answer (J11), by kind of matter; what they say becomes a draft.
create table knowledge_experts (
  id uuid primary key,
  unit_code text not null references units (code),
  name text not null check (char_length(name) between 1 and 60),
  -- The duty of the post and not of a person: 医保待遇科.
  post text not null default '' check (char_length(post) <= 100),
  number text not null check (number ~ '^[0-9]{3,20}$'),
  categories text[] not null,
  -- In words, for the agent: 工作日 9:00-17:00.
  hours text not null default '' check (char_length(hours) <= 100),
  revision integer not null default 1,
  removed_at timestamptz
);
create index knowledge_experts_by_unit on knowledge_experts (unit_code, name) where removed_at is null;
