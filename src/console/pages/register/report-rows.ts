import type { AnswerOf } from '../../api/answer-of.ts';
import type { paths } from '../../api/contract.ts';
import type { useAdvice } from '../../elements/advice.ts';

export type Report = AnswerOf<paths['/v1/rules/versions/{version}/register']['post']>['report'];
export type Verdict = Report['verdicts'][number]['verdict'] | 'refused' | 'dropped' | 'headings';

/** A line of the file and what becomes of it; or a period that goes because the file lacks it. */
export interface ReportRow {
  readonly id: string;
  /** Of the file, from 1; null: it is not in the file. */
  readonly line: number | null;
  readonly verdict: Verdict;
  readonly number: string;
  readonly name: string;
  /** What it changes, or what is wrong with it. */
  readonly what: readonly string[];
  /** What would be right; beside notes of lines that are taken as well. */
  readonly right: readonly string[];
}

/** As the register's columns are called in its file. */
const COLUMNS: ReadonlySet<string> = new Set([
  ...[
    'number',
    'name',
    'unit_code',
    'unit',
    'mode',
    'valid_from',
    'valid_to',
    'queue',
    'unit_number',
    'trunk',
  ],
  ...['greeting', 'menu', 'after_end', 'hours', 'centre_address', 'skills', 'basis', 'area'],
]);
/** A column of ours by its name; a heading that means nothing as it stands there. */
const nameOf = (field: string, columnName: (column: string) => string): string =>
  COLUMNS.has(field) ? columnName(field) : field;

/** In the reader's language. */
export interface ReportWords {
  readonly columnName: (column: string) => string;
  /** Words behind the name of the column that they are about. */
  readonly placed: (column: string, words: string) => string;
  readonly said: ReturnType<typeof useAdvice>;
  readonly isEnglish: boolean;
}

/** In the order of the file; what the file says as a whole stands first. */
export function reportRows(
  { verdicts, refused, remarks, dropped }: Report,
  { columnName, placed, said, isEnglish }: ReportWords,
): readonly ReportRow[] {
  const told = new Map<number, Report['remarks'][number][]>();
  for (const remark of remarks) told.set(remark.line, [...(told.get(remark.line) ?? []), remark]);
  const words = (line: number) => {
    const own = told.get(line) ?? [];
    return {
      wrong: own.map((one) => {
        const { wrong } = said(one);
        return one.field === null ? wrong : placed(nameOf(one.field, columnName), wrong);
      }),
      right: own.map((one) => said(one).right).filter((one) => one !== ''),
    };
  };
  const rows: ReportRow[] = [
    ...verdicts.map(({ line, number, name, verdict, changes, changesEn }): ReportRow => {
      const { wrong, right } = words(line);
      const what = [...(isEnglish ? changesEn : changes), ...wrong];
      return { id: `${line}`, line, verdict, number, name, what, right };
    }),
    ...refused.map(({ line, cells }): ReportRow => {
      const { wrong, right } = words(line);
      const [number = '', name = ''] = cells;
      return { id: `${line}`, line, verdict: 'refused', number, name, what: wrong, right };
    }),
  ];
  // The headings are no line of the register: what is wrong with them refuses every line.
  const known = new Set(rows.map(({ line }) => line));
  const ofHeadings = [...told.keys()].filter((line) => !known.has(line));
  return [
    ...ofHeadings.map((line): ReportRow => {
      const { wrong, right } = words(line);
      const refuses = told.get(line)?.some(({ severity }) => severity === 'refused') ?? false;
      const verdict = refuses ? 'refused' : 'headings';
      return { id: `${line}`, line, verdict, number: '', name: '', what: wrong, right };
    }),
    ...rows.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    ...dropped.map(
      ({ number, name, validFrom }, nth): ReportRow => ({
        ...{ id: `dropped ${nth}`, line: null, verdict: 'dropped', number, name },
        ...{ what: [validFrom], right: [] },
      }),
    ),
  ];
}
