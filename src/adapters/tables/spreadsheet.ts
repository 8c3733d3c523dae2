import { Worker } from 'node:worker_threads';
import { AppError } from '../../app/errors.ts';
import type { Spreadsheets } from '../../app/ports/spreadsheets.ts';

const BYTES_MOST = 32 * 1024 * 1024;
/** 12,000 long entries are 20 MB of it. */
const UNPACKED_MOST = 128 * 1024 * 1024;
const ROWS_MOST = 100_000;
const MEMORY_MOST_MB = 1536;

type Said =
  | { readonly kind: 'rows'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'read' }
  | { readonly kind: 'written'; readonly bytes: Uint8Array }
  | { readonly kind: 'tooLarge'; readonly rows?: number }
  | { readonly kind: 'unreadable'; readonly why: string };

type Task =
  | {
      readonly task: 'read';
      readonly bytes: Uint8Array;
      readonly unpackedMost: number;
      readonly rowsMost: number;
    }
  | { readonly task: 'write'; readonly sheet: string; readonly rows: readonly (readonly string[])[] };

/**
 * xlsx files: what Excel and WPS write, as text; dates as days, numbers without exponents. A thread of its own does the work,
 * one file after the other: two of 20 MB at once would be a gigabyte.
 */
export const spreadsheets: Spreadsheets = {
  async read(file) {
    if (file.length > BYTES_MOST)
      throw new AppError('import.fileTooLarge', { bytes: file.length, most: BYTES_MOST });
    const rows: (readonly string[])[] = [];
    const end = await inTurn(() =>
      inThread({ task: 'read', bytes: file, unpackedMost: UNPACKED_MOST, rowsMost: ROWS_MOST }, (some) => {
        for (const row of some) rows.push(row);
      }),
    );
    switch (end.kind) {
      case 'read':
        return rows;
      case 'tooLarge':
        throw new AppError(
          'import.fileTooLarge',
          end.rows === undefined
            ? { bytes: file.length, most: BYTES_MOST }
            : { rows: end.rows, most: ROWS_MOST },
        );
      case 'unreadable':
        throw new AppError('import.fileUnreadable', { why: end.why });
      case 'written':
      case 'rows':
        throw new Error(`a file that is read is not ${end.kind}`);
      default:
        return end satisfies never;
    }
  },

  async write(sheet, rows) {
    const end = await inTurn(() => inThread({ task: 'write', sheet, rows }, () => undefined));
    if (end.kind !== 'written') throw new Error(`a workbook was not written but ${end.kind}`);
    return end.bytes;
  },
};

let last: Promise<unknown> = Promise.resolve();
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  const done = last.then(work);
  last = done.catch(() => undefined);
  return done;
}

/** The thread's last word; what comes before are rows. */
function inThread(task: Task, onRows: (rows: readonly (readonly string[])[]) => void): Promise<Said> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL('./workbook.mjs', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MOST_MB },
    });
    thread.on('message', (said: Said) => {
      if (said.kind === 'rows') onRows(said.rows);
      else resolve(said);
    });
    thread.on('error', (error) => {
      const isFull = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      if (isFull) resolve({ kind: 'tooLarge' });
      else reject(error);
    });
    // After its last word this says nothing new.
    thread.on('exit', (code) => reject(new Error(`the thread of a workbook ended with ${code}`)));
  });
}
