-- An alarm is told in Chinese and in English, each with the same facts: one text for both had them in the Chinese half alone.
-- null: of an earlier release, which stands in detail with both.
alter table alarms add column detail_en text;
