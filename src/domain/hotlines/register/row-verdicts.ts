import { fieldWords } from '../versions/change-words.ts';
import { type FieldValue, sameContent } from '../versions/content.ts';
import { fieldsOf, lineKey } from '../versions/diff.ts';
import type { RuleLine } from '../versions/rule-set.ts';
import { COLUMNS, type Field } from './columns.ts';
import { byNumber, hasEnded } from './period.ts';
import type { ImportReport } from './register-file.ts';

/** What a row that can be taken does to the rules: a number or a period of it that is new, another, or as it was. */
export const ROW_VERDICTS = ['added', 'changed', 'same'] as const;

export interface RowVerdict {
  /** Line of the file. */
  readonly line: number;
  readonly number: string;
  readonly name: string;
  readonly verdict: (typeof ROW_VERDICTS)[number];
  /** Field by field, as an operator reads it; of a new period nothing. */
  readonly changes: readonly string[];
  /** The same in English, by the columns and the codes of a file. */
  readonly changesEn: readonly string[];
}

export interface FileVerdict {
  readonly rows: readonly RowVerdict[];
  /** Periods from `today` on that the file does not name although it names their number: they go. */
  readonly dropped: readonly Pick<RuleLine, 'number' | 'name' | 'mode' | 'validFrom' | 'validTo'>[];
}

/** The file's good rows beside what the rules hold of the same numbers. */
export function rowVerdicts(
  { lines, lineRows }: Pick<ImportReport, 'lines' | 'lineRows'>,
  before: readonly RuleLine[],
  today: string,
): FileVerdict {
  const held = byNumber(before);
  const rows = lines.map((line, nth): RowVerdict => {
    const known = held.get(line.number)?.find(({ validFrom }) => validFrom === line.validFrom);
    const told = known === undefined ? [] : changesOf(known, line);
    const [changes, changesEn] = [told.map(([zh]) => zh), told.map(([, en]) => en)];
    const verdict = known === undefined ? 'added' : changes.length > 0 ? 'changed' : 'same';
    return { line: lineRows[nth] ?? 0, number: line.number, name: line.name, verdict, changes, changesEn };
  });
  const named = new Set(lines.map(lineKey));
  const dropped = [...new Set(lines.map(({ number }) => number))]
    .flatMap((number) => held.get(number) ?? [])
    .filter((line) => !named.has(lineKey(line)) && !hasEnded(line, today))
    .map(({ number, name, mode, validFrom, validTo }) => ({ number, name, mode, validFrom, validTo }));
  return { rows, dropped };
}

function changesOf(before: RuleLine, after: RuleLine): readonly (readonly [zh: string, en: string])[] {
  const [left, right] = [fieldsOf('line', before), fieldsOf('line', after)];
  return Object.keys(right).flatMap((field) => {
    const [from, to] = [left[field] ?? null, right[field] ?? null];
    if (sameContent(from, to)) return [];
    const column = COLUMNS[field as Field];
    return [[fieldWords('line', field, from, to), `${column} from ${inFile(from)} to ${inFile(to)}`]];
  });
}

const inFile = (value: FieldValue): string =>
  value === null || value === '' ? '(none)' : `“${String(value)}”`;
