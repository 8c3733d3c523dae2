import { type Static, Type } from '@fastify/type-provider-typebox';
import { registerText } from '../../../app/rules/import-register.ts';
import { serialiseCsv } from '../../../domain/hotlines/register/csv.ts';
import { Refusal } from '../problem-replies.ts';
import type { ApiServices } from '../services.ts';
import { exactly, oneOf } from './elements.ts';

/** A table as somebody has it: typed or pasted as CSV, or the file that an office program saved. */
export const tableFields = (lengthMost: number, columns: string) => ({
  csv: Type.Optional(
    Type.String({ maxLength: lengthMost, description: `CSV 全文，列 ${columns}（或中文列名）` }),
  ),
  file: Type.Optional(
    exactly({
      format: oneOf(['csv', 'xlsx']),
      content: Type.String({
        maxLength: lengthMost,
        pattern: '^[A-Za-z0-9+/]*={0,2}$',
        description: '或：文件本身，Base64；CSV 为 UTF-8 或 GBK，由服务器识别',
      }),
    }),
  ),
});
const Fields = exactly(tableFields(0, ''));

/**
 * The same as CSV text, with the lines counted as in the file: what breaks a line within a cell of a spreadsheet is a space
 * here. Codes: import.tableTwice, rules.csvInvalid, rules.csvNotText, import.fileTooLarge, import.fileUnreadable.
 */
export async function csvOf(
  { spreadsheets }: Pick<ApiServices, 'spreadsheets'>,
  { csv, file }: Static<typeof Fields>,
): Promise<string> {
  if (file === undefined) {
    if (csv === undefined) throw new Refusal('rules.csvInvalid');
    return csv;
  }
  // Which of the two was meant nobody can tell.
  if (csv !== undefined) throw new Refusal('import.tableTwice');
  const bytes = Buffer.from(file.content, 'base64');
  if (file.format === 'csv') return registerText(bytes).text;
  const rows = await spreadsheets.read(bytes);
  const width = (rows[0] ?? []).findLastIndex((cell) => cell !== '') + 1;
  return serialiseCsv(rows.map((row) => cellsOf(row, width)));
}

/** As many cells as the heading has; what stands beside them stays, to be told of. */
function cellsOf(row: readonly string[], width: number): readonly string[] {
  const cells = row.map((cell) => cell.replaceAll(/\s*[\r\n]+\s*/g, ' '));
  // An empty line is none.
  if (cells.every((cell) => cell === '')) return [];
  while (cells.length > width && cells.at(-1) === '') cells.pop();
  return [...cells, ...Array.from({ length: Math.max(0, width - cells.length) }, () => '')];
}
