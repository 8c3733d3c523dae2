// Runs in a thread of its own (spreadsheet.ts starts it): a workbook of 20 MB takes seconds to unpack or to pack, and whoever
// asks the API meanwhile is answered. Plain JavaScript, since a thread is started from a file.
import { parentPort, workerData } from 'node:worker_threads';
import { inflateRawSync } from 'node:zlib';
import { readSheet } from 'read-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';

/** So many rows a message: each is unwrapped by the one who waits, between other people's requests. */
const ROWS_AT_ONCE = 500;
/** A member of a zip: its mark, and how long its head is without the name and what is added. */
const HEADER = Buffer.from('PK\x03\x04', 'latin1');
const HEADER_BYTES = 30;
const DEFLATED = 8;

function textOf(cell) {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'number') return Number.isInteger(cell) ? cell.toFixed(0) : String(cell);
  return String(cell);
}

/**
 * Whether it unpacks to more, whatever its directory says of it: a small file can hold a mountain, and its reader goes from one
 * local header to the next and unpacks in memory. Each is unpacked here first, and no further than the limit.
 */
function unpacksTo(bytes, most) {
  let left = most;
  for (let at = bytes.indexOf(HEADER); at !== -1; at = bytes.indexOf(HEADER, at + 1)) {
    if (at + HEADER_BYTES > bytes.length) break;
    const from = at + HEADER_BYTES + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (bytes.readUInt16LE(at + 8) !== DEFLATED) continue;
    try {
      left -= inflateRawSync(bytes.subarray(from), { maxOutputLength: Math.max(1, left) }).length;
    } catch (error) {
      if (error instanceof RangeError && error.code === 'ERR_BUFFER_TOO_LARGE') return true;
      // No member of it, or a broken one: its reader says so.
    }
  }
  return left <= 0;
}

async function read({ bytes, unpackedMost, rowsMost }) {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (unpacksTo(file, unpackedMost)) return { kind: 'tooLarge' };
  let rows;
  try {
    rows = await readSheet(file);
  } catch (error) {
    return { kind: 'unreadable', why: error instanceof Error ? error.message : String(error) };
  }
  if (rows.length > rowsMost) return { kind: 'tooLarge', rows: rows.length };
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    parentPort.postMessage({
      kind: 'rows',
      rows: rows.slice(from, from + ROWS_AT_ONCE).map((row) => row.map(textOf)),
    });
  }
  return { kind: 'read' };
}

async function write({ sheet, rows }) {
  const cells = rows.map((row) => row.map((value) => ({ value, type: String })));
  return { kind: 'written', bytes: new Uint8Array(await writeXlsxFile(cells, { sheet }).toBuffer()) };
}

parentPort.postMessage(await (workerData.task === 'read' ? read(workerData) : write(workerData)));
