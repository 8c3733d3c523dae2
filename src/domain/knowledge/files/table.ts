import { type Advice, advice, type Said } from '../../hotlines/register/advice.ts';
import type { FieldFault } from '../places/place.ts';

/** Names of columns in Chinese, as clerks write them. */
const CHINESE: Readonly<Record<string, string>> = {
  编码: 'code',
  编号: 'code',
  问题: 'question',
  其他问法: 'asks',
  答复: 'answer',
  口播答复: 'answer',
  短信答复: 'message',
  公开内容: 'public_text',
  内部说明: 'internal_text',
  公开: 'public',
  依据: 'basis',
  单位: 'unit',
  分类: 'category',
  区域: 'area',
  线路: 'line',
  生效日: 'valid_from',
  截止日: 'valid_to',
  名称: 'name',
  别名: 'also',
  地址: 'address',
  经度: 'longitude',
  纬度: 'latitude',
  电话: 'telephone',
  开放时间: 'hours',
  维护方: 'keeper',
  备注: 'note',
  核实日期: 'verified_on',
};
const CODE = /^[A-Za-z0-9._-]{1,60}$/;
/** What a spreadsheet shows, and saves, where its formula came to nothing. */
const BROKEN = /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!)$/;

/** Why a cell says nothing that anybody wrote; null: it does. */
export function brokenFormula(cell: string): Advice | null {
  const shown = cell.trim();
  if (!BROKEN.test(shown)) return null;
  const wrong: Said = [`公式出错：${shown}`, `A formula failed: ${shown}`];
  return advice(wrong, ['改好公式，或直接写内容', 'Mend the formula, or write what it should say']);
}

export interface LineRefusal extends FieldFault {
  /** Of the file, from 1; the names of the columns are line 1. */
  readonly line: number;
  readonly code: string;
}

export interface ReadTable<R> {
  /** Without the names and without empty lines. */
  readonly rows: number;
  readonly good: readonly { readonly line: number; readonly code: string; readonly row: R }[];
  readonly refused: readonly LineRefusal[];
  /** The columns that it has: what has none is left as it is. */
  readonly given: readonly string[];
}

/** What is known of a thing already, by its code, as a line of a file would have it. */
export type StandingLines<F extends string> = ReadonlyMap<string, Readonly<Partial<Record<F, string>>>>;

const namesOf = (cells: readonly (readonly string[])[]): readonly string[] =>
  (cells[0] ?? []).map((cell) => CHINESE[cell.trim()] ?? cell.trim());

const isChinese = (cells: readonly (readonly string[])[]): boolean =>
  (cells[0] ?? []).some((cell) => Object.hasOwn(CHINESE, cell.trim()));
const chineseOf = (field: string): string =>
  Object.entries(CHINESE).find(([, name]) => name === field)?.[0] ?? field;

/** A column as this table heads it; where it has none of that name, as it would in its language. */
export function headingIn(cells: readonly (readonly string[])[], field: string): string {
  const at = namesOf(cells).indexOf(field);
  if (at === -1) return isChinese(cells) ? chineseOf(field) : field;
  return (cells[0]?.[at] ?? '').trim();
}

/** The codes by which its lines may be known. */
export function codesIn(cells: readonly (readonly string[])[]): readonly string[] {
  const at = namesOf(cells).indexOf('code');
  const codes = at === -1 ? [] : cells.slice(1).map((record) => (record[at] ?? '').trim());
  return [...new Set(codes)].filter((code) => CODE.test(code));
}

interface TableReading<F extends string, R> {
  readonly fields: readonly F[];
  readonly required: readonly F[];
  readonly standing?: StandingLines<F>;
  readonly read: (
    raw: Partial<Record<F, string>>,
  ) => { readonly row: R } | { readonly faults: readonly FieldFault[] };
}

/**
 * Reads a table whose first line names its columns, each line by itself: a bad one is told and the good ones stay. A line is
 * known by its code; of two with one code the second is refused. A column that is missing says nothing: there a line has what
 * stands already. A line is a step: whoever has others waiting lets them have their turn between two.
 */
export function* tableSteps<F extends string, R>(
  cells: readonly (readonly string[])[],
  { fields, required, standing = new Map(), read }: TableReading<F, R>,
): Generator<void, ReadTable<R>> {
  const names = namesOf(cells);
  const columns = new Map(fields.map((field) => [field, names.indexOf(field)]));
  const given = fields.filter((field) => columns.get(field) !== -1);
  const missing = required.filter((field) => !names.includes(field));
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (missing.length > 0 || twice !== undefined) {
    const called = (field: string): string => headingIn(cells, field);
    const wrong: Said =
      twice === undefined
        ? [`缺少列 ${missing.map(called).join('、')}`, `Missing columns: ${missing.map(called).join(', ')}`]
        : [`列 ${called(twice)} 有两个`, `There are two columns ${called(twice)}`];
    const head = fields.map(called).join(',');
    const right: Said = [`第一行写列名：${head}`, `Name the columns in the first line: ${head}`];
    return {
      rows: 0,
      good: [],
      given,
      refused: [{ line: 1, code: '', field: '', ...advice(wrong, right) }],
    };
  }
  const good: { line: number; code: string; row: R }[] = [];
  const refused: LineRefusal[] = [];
  const seen = new Map<string, number>();
  let rows = 0;
  for (const [at, record] of cells.slice(1).entries()) {
    yield;
    if (record.every((cell) => cell.trim() === '')) continue;
    rows += 1;
    const line = at + 2;
    const code = (record[names.indexOf('code')] ?? '').trim();
    const raw: Partial<Record<F, string>> = { ...standing.get(code) };
    for (const field of given) raw[field] = record[columns.get(field) ?? -1] ?? '';
    const refuse = (fault: FieldFault): void => void refused.push({ line, code, ...fault });
    const before = seen.get(code);
    if (!CODE.test(code)) {
      refuse({
        field: 'code',
        ...advice(
          [`“${code}”不能作编码`, `“${code}” cannot be a code`],
          [
            '1 至 60 个字母、数字、. _ 或 -，全表不重复',
            '1 to 60 letters, digits, . _ or -, each of them once',
          ],
        ),
      });
      continue;
    }
    if (before !== undefined) {
      refuse({
        field: 'code',
        ...advice(
          [`编码 ${code} 在第 ${before} 行已有`, `Line ${before} has the code ${code} already`],
          ['每行的编码不同', 'Each line has a code of its own'],
        ),
      });
      continue;
    }
    seen.set(code, line);
    const broken = given.flatMap((field) => {
      const fault = brokenFormula(raw[field] ?? '');
      return fault === null ? [] : [{ field, ...fault }];
    });
    for (const fault of broken) refuse(fault);
    if (broken.length > 0) continue;
    const read1 = read(raw);
    if ('row' in read1) good.push({ line, code, row: read1.row });
    else for (const fault of read1.faults) refuse(fault);
  }
  return { rows, good, refused, given };
}

/** All steps without a pause. */
export function atOnce<R>(steps: Generator<void, R>): R {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
