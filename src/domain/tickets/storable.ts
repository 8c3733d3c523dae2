/**
 * A text as it can be kept: line ends as `\n`, without control characters. A database cannot keep NUL, and half a surrogate
 * pair, as a paste cut in the middle of a sign leaves it, is no character. Spaces at its ends stay: somebody may still type.
 */
export const storable = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '');

/** Nobody sees anything of it: spaces of any width, and signs that have none. */
export const isBlank = (text: string): boolean => !/[^\p{Z}\p{Cf}\s]/u.test(text);
