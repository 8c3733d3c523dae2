import { FIELD_NAMES } from '../versions/change-words.ts';
import { LINE_FIELDS, type RuleLine } from '../versions/rule-set.ts';

/** A register's column for each field of a line, in the order in which they are written. */
export const COLUMNS = {
  number: 'number',
  name: 'name',
  unitCode: 'unit_code',
  unitName: 'unit',
  mode: 'mode',
  validFrom: 'valid_from',
  validTo: 'valid_to',
  queue: 'queue',
  unitNumber: 'unit_number',
  trunk: 'trunk',
  greeting: 'greeting',
  menu: 'menu',
  afterEnd: 'after_end',
  hours: 'hours',
  centreAddress: 'centre_address',
  skills: 'skills',
  basis: 'basis',
  area: 'area',
} as const satisfies Record<keyof RuleLine, string>;

export type Field = keyof RuleLine;
/** Without these nothing can be said of a number; of `unit` and `unit_code` one is enough. */
export const REQUIRED: readonly Field[] = ['number', 'name', 'mode', 'validFrom'];

/** The field that a heading means: `valid_from`, `validFrom` or 生效日期. */
export function fieldOf(heading: string): Field | null {
  const text = heading.trim().toLowerCase();
  return (
    LINE_FIELDS.find(
      (field) =>
        COLUMNS[field] === text || field.toLowerCase() === text || FIELD_NAMES.line[field] === heading.trim(),
    ) ?? null
  );
}
