/** As spreadsheets in China write a CSV: UTF-8 with its mark, or GBK (which GB 18030 contains) without a word about it. */
export const CSV_ENCODINGS = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const;
type CsvEncoding = (typeof CSV_ENCODINGS)[number];

export type DecodedCsv =
  | { readonly kind: 'text'; readonly text: string; readonly encoding: CsvEncoding }
  /** It is no text of any of these: an .xls or .xlsx under another name, most often. */
  | { readonly kind: 'notText' };

/**
 * The text of a file. UTF-8 is told by its own form: a text in GBK of more than a few characters is no valid UTF-8.
 */
export function decodeCsv(bytes: Uint8Array): DecodedCsv {
  for (const encoding of orderFor(bytes)) {
    const text = decoded(bytes, encoding);
    if (text !== null && !isBinary(text)) return { kind: 'text', text, encoding };
  }
  return { kind: 'notText' };
}

function orderFor(bytes: Uint8Array): readonly CsvEncoding[] {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return ['utf-16le'];
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return ['utf-16be'];
  return ['utf-8', 'gb18030'];
}

function decoded(bytes: Uint8Array, encoding: CsvEncoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** A zip, or the compound file of old spreadsheets, is full of these. */
const isBinary = (text: string): boolean => text.includes('\u0000');
