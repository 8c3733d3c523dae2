-- Why an alarm went is told in Chinese and in English, as the alarm itself is: one text for both stood in Chinese on English screens.
-- null: of an earlier release, or a person's own words, which stand in closing_reason.
alter table alarms add column closing_reason_en text;
