export interface TableFile {
  readonly format: 'csv' | 'xlsx';
  /** The file in Base64: in which encoding a CSV came is told by the server. */
  readonly content: string;
}

/** A table as an office program writes it. Null: neither kind. */
export async function readTable(file: File): Promise<TableFile | null> {
  const format = /\.xlsx$/i.test(file.name) ? 'xlsx' : /\.(csv|txt)$/i.test(file.name) ? 'csv' : null;
  return format === null ? null : { format, content: base64(new Uint8Array(await file.arrayBuffer())) };
}

const AT_ONCE = 0x8000;

/** By pieces: a function takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  let letters = '';
  for (let from = 0; from < bytes.length; from += AT_ONCE)
    letters += String.fromCharCode(...bytes.subarray(from, from + AT_ONCE));
  return btoa(letters);
}
