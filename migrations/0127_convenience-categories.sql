-- Which categories are convenience services (JY-05) is the town's to say: those of the sample were meant, and a town with its own counted none.
-- The last that was said holds; who said what when stays. Nothing said: as the sample has them.
create table convenience_categories (
  n bigint generated always as identity primary key,
  codes text[] not null,
  said_at timestamptz not null,
  said_by uuid not null references accounts (id)
);
