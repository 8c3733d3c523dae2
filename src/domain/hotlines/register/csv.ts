/** Comma-separated values as RFC 4180 has them, with or without a byte order mark, lines ending in CRLF, LF or CR. */
export interface CsvRecord {
  /** Line of the text on which the record begins, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** Why the record cannot be trusted; its cells are what could be read. */
  readonly fault: 'quoteNotClosed' | 'textAfterQuote' | 'quoteInText' | null;
}

/** Never throws and drops nothing but empty lines. */
export function parseCsv(text: string): readonly CsvRecord[] {
  const records: CsvRecord[] = [];
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const begun = line;
    const cells: string[] = [];
    let fault: CsvRecord['fault'] = null;
    for (let more = true; more; ) {
      const cell = readCell(text, at);
      cells.push(unguarded(cell.value));
      fault ??= cell.fault;
      line += cell.lines;
      at = cell.end;
      more = text[at] === ',';
      if (more) at += 1;
    }
    if (text[at] === '\r' && text[at + 1] === '\n') at += 1;
    at += 1;
    line += 1;
    if (fault !== null || cells.length > 1 || cells[0] !== '') records.push({ line: begun, cells, fault });
  }
  return records;
}

interface Cell {
  readonly value: string;
  readonly end: number;
  readonly lines: number;
  readonly fault: CsvRecord['fault'];
}

function readCell(text: string, from: number): Cell {
  if (text[from] !== '"') {
    const end = endOfPlain(text, from);
    const value = text.slice(from, end);
    return { value, end, lines: 0, fault: value.includes('"') ? 'quoteInText' : null };
  }
  let at = from + 1;
  let value = '';
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) {
      const rest = value + text.slice(at);
      return { value: rest, end: text.length, lines: lineBreaks(rest), fault: 'quoteNotClosed' };
    }
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const end = endOfPlain(text, quote + 1);
      const behind = text.slice(quote + 1, end);
      const fault = behind === '' ? null : 'textAfterQuote';
      return { value: value + behind, end, lines: lineBreaks(value), fault };
    }
    value += '"';
    at = quote + 2;
  }
}

function endOfPlain(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== ',' && text[at] !== '\r' && text[at] !== '\n') at += 1;
  return at;
}

const lineBreaks = (text: string): number => text.match(/\r\n|\r|\n/g)?.length ?? 0;

/** Records ending in CRLF; cells are quoted where they must be, and none is a formula to whoever opens the file. */
export function serialiseCsv(records: readonly (readonly string[])[]): string {
  // A record of one empty cell would read as an empty line.
  return records.map((cells) => `${cells.map(written).join(',') || '""'}\r\n`).join('');
}

const NUMBER = /^-?\d+(\.\d+)?$/;
const BEGINS_FORMULA = /^'*[=+\-@\t\r]/;

/**
 * A spreadsheet takes what begins so for a formula and would run it (=cmd, +…): an apostrophe before it makes it text, and
 * `parseCsv` takes that off again. A number below nought stays one. The console's `elements/csv.ts` writes the same.
 */
function written(cell: string): string {
  const safe = BEGINS_FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  // A byte order mark at the beginning would be taken for the file's.
  return /[",\r\n\uFEFF]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const unguarded = (cell: string): string =>
  cell.startsWith("'") && BEGINS_FORMULA.test(cell) ? cell.slice(1) : cell;
