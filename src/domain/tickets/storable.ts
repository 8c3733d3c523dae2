/**
 * A text as it can be kept: line ends as `\n`, without control characters. A database cannot keep NUL, and half a surrogate
 * pair, as a paste cut in the middle of a sign leaves it, is no character. Spaces at its ends stay: somebody may still type.
 */
export const storable = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]|\p{Cs}/gu, '');

/**
 * A sign of which somebody sees something, as the pattern of a field that may not be empty (with the flag `u`): no space of any
 * width, none that has no width, and none that is drawn as nothing, as the filler of Hangul and the empty cell of Braille are.
 */
export const VISIBLE = '[^\\s\\p{Z}\\p{Cc}\\p{Cf}\\p{Cs}\\p{DI}\\u2800]';
const SEEN = new RegExp(VISIBLE, 'u');

/** Nobody sees anything of it. */
export const isBlank = (text: string): boolean => !SEEN.test(text);

/** As it is kept for good: what is storable of it without the spaces at its ends, and nothing where nobody would see anything. */
export const tidyText = (text: string): string => (isBlank(text) ? '' : storable(text).trim());
