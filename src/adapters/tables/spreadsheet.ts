import { inflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import { AppError } from '../../app/errors.ts';
import type { Spreadsheets } from '../../app/ports/spreadsheets.ts';

const BYTES_MOST = 32 * 1024 * 1024;
/** 12,000 long entries are 20 MB of it. */
const UNPACKED_MOST = 128 * 1024 * 1024;
const ROWS_MOST = 100_000;
/** A member of a zip: its mark, and how long its head is without the name and what is added. */
const HEADER = Buffer.from('PK\x03\x04', 'latin1');
const HEADER_BYTES = 30;
const DEFLATED = 8;

/** xlsx files: what Excel and WPS write, as text; dates as days, numbers without exponents. */
export const spreadsheets: Spreadsheets = {
  async read(file) {
    if (file.length > BYTES_MOST || unpacksTo(file, UNPACKED_MOST)) {
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

/**
 * Whether it unpacks to more, whatever its directory says of it: a small file can hold a mountain, and its reader goes from one
 * local header to the next and unpacks in memory. Each is unpacked here first, and no further than the limit.
 */
function unpacksTo(file: Uint8Array, most: number): boolean {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  let left = most;
  for (let at = bytes.indexOf(HEADER); at !== -1; at = bytes.indexOf(HEADER, at + 1)) {
    if (at + HEADER_BYTES > bytes.length) break;
    const from = at + HEADER_BYTES + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (bytes.readUInt16LE(at + 8) !== DEFLATED) continue;
    try {
      left -= inflateRawSync(bytes.subarray(from), { maxOutputLength: Math.max(1, left) }).length;
    } catch (error) {
      if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
        return true;
      // No member of it, or a broken one: its reader says so.
    }
  }
  return left <= 0;
}
