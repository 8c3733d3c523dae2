-- 整体并入 and 设分中心 (国办发〔2020〕53号), hours of a dedicated desk, and what follows a transition that is over.
alter table lines drop constraint lines_mode_check,
  add constraint lines_mode_check check (mode in ('MAIN', 'FORWARD', 'TRANSITION', 'DEDICATED', 'PARALLEL', 'MERGED',
    'SUBCENTER')),
  add column after_end text not null default 'connect' check (after_end in ('connect', 'goodbye')),
  -- As operators write it, e.g. 08:30-17:30 workdays; null: always.
  add column hours text,
  add column centre_address text;
