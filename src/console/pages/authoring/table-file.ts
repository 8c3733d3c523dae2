export interface TableFile {
  readonly format: 'csv' | 'xlsx';
  /** The text of a CSV, or an xlsx in Base64. */
  readonly content: string;
}

/** A table as an office program writes it. CSV comes in UTF-8, or as Excel saves it on a Chinese Windows. Null: neither kind. */
export async function readTable(file: File): Promise<TableFile | null> {
  if (/\.xlsx$/i.test(file.name))
    return { format: 'xlsx', content: base64(new Uint8Array(await file.arrayBuffer())) };
  if (!/\.(csv|txt)$/i.test(file.name)) return null;
  return { format: 'csv', content: textOf(await file.arrayBuffer()) };
}

function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8: what a Chinese Windows calls ANSI.
    return new TextDecoder('gb18030').decode(bytes);
  }
}

const AT_ONCE = 0x8000;

/** By pieces: a function takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let letters = '';
  for (let from = 0; from < bytes.length; from += AT_ONCE)
    letters += String.fromCharCode(...bytes.subarray(from, from + AT_ONCE));
  return btoa(letters);
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

/** A table for an office program, offered to whoever sits here. */
export function saveTable(name: string, rows: readonly (readonly string[])[]): void {
  const text = `\uFEFF${rows.map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`;
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
