const NUMBER = /^-?\d+(\.\d+)?$/;
const BEGINS_FORMULA = /^'*[=+\-@\t\r]/;

/** No cell that a spreadsheet would take for a formula and run; a number below nought stays one. */
function written(cell: string): string {
  const safe = BEGINS_FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
  return /[",\r\n\uFEFF]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A table as a spreadsheet opens it: with a byte order mark, and as the server writes its own. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((cells) => `${cells.map(written).join(',') || '""'}\r\n`).join('')}`;
