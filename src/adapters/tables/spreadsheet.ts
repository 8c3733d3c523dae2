import { readSheet } from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import { AppError } from '../../app/errors.ts';
import type { Spreadsheets } from '../../app/ports/spreadsheets.ts';

const BYTES_MOST = 32 * 1024 * 1024;
const UNPACKED_MOST = 256 * 1024 * 1024;
const ROWS_MOST = 100_000;
/** An entry of a zip's directory: its mark, and where the unpacked size stands behind it. */
const ENTRY = 0x02014b50;
const ENTRY_HEAD = 46;

/** xlsx files: what Excel and WPS write, as text; dates as days, numbers without exponents. */
export const spreadsheets: Spreadsheets = {
  async read(file) {
    if (file.length > BYTES_MOST || unpackedSize(file) > UNPACKED_MOST) {
      throw new AppError('import.fileTooLarge', { bytes: file.length, most: BYTES_MOST });
    }
    let rows: readonly (readonly unknown[])[];
    try {
      rows = await readSheet(Buffer.from(file));
    } catch (error) {
      throw new AppError('import.fileUnreadable', {
        why: error instanceof Error ? error.message : String(error),
      });
    }
    if (rows.length > ROWS_MOST)
      throw new AppError('import.fileTooLarge', { rows: rows.length, most: ROWS_MOST });
    return rows.map((row) => row.map(textOf));
  },

  async write(sheet, rows) {
    const cells = rows.map((row) => row.map((value) => ({ value, type: String })));
    return writeXlsxFile(cells, { sheet }).toBuffer();
  },
};

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'number') return Number.isInteger(cell) ? cell.toFixed(0) : String(cell);
  return String(cell);
}

/** What the file says it unpacks to: a small file can hold a mountain, and would be unpacked in memory. */
function unpackedSize(file: Uint8Array): number {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  let size = 0;
  for (let at = 0; at + ENTRY_HEAD <= bytes.length; at += 1) {
    at = bytes.indexOf('PK\x01\x02', at, 'latin1');
    if (at === -1) break;
    if (at + ENTRY_HEAD <= bytes.length && bytes.readUInt32LE(at) === ENTRY)
      size += bytes.readUInt32LE(at + 24);
  }
  return size;
}
