/** What never begins a line (行首禁则), and what never ends one (行尾禁则). */
const NOT_FIRST = /^[，。、；：？！）】》〉」』”’〕％…—,.;:?!)\]}%]/u;
const NOT_LAST = /[（【《〈「『“‘〔([{]$/u;
/** Numbers, words and dates of digits are not torn apart. */
const PIECES = /[0-9A-Za-z_.:/+*#@-]+|\s+|./gsu;

/**
 * Lines of a text, at most `width` wide by `widthOf`, as a Chinese page is set: anywhere between characters, but for
 * punctuation and for runs of digits and letters, which are torn only when one is wider than a line. Joined again they are the text.
 */
export function breakLines(
  text: string,
  width: number,
  widthOf: (text: string) => number,
  firstIndent = 0,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  let used = firstIndent;
  const end = (): void => {
    lines.push(line);
    line = '';
    used = 0;
  };
  const put = (piece: string, wide: number): void => {
    line += piece;
    used += wide;
  };
  for (const [piece] of text.matchAll(PIECES)) {
    const wide = widthOf(piece);
    if (used + wide <= width) put(piece, wide);
    // One mark of punctuation hangs over the edge rather than begin a line.
    else if (NOT_FIRST.test(piece) && line !== '' && used <= width && [...piece].length === 1)
      put(piece, wide);
    else if (wide > width) {
      for (const one of piece) {
        const step = widthOf(one);
        if (used + step > width && line !== '') end();
        put(one, step);
      }
    } else {
      const opening = NOT_LAST.exec(line)?.[0] ?? '';
      if (opening !== '' && line.length > opening.length) {
        line = line.slice(0, -opening.length);
        end();
        put(opening, widthOf(opening));
      } else if (line !== '') end();
      put(piece, wide);
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line);
  return lines;
}
