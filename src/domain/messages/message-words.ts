import { TEXT_MAX } from './kinds.ts';

// Words of a message: in one line, of a length that a telephone shows whole.

const chars = (text: string): readonly string[] => [...text];
export const clipped = (text: string, max: number): string =>
  chars(text).length <= max
    ? text
    : `${chars(text)
        .slice(0, max - 1)
        .join('')}…`;
export const plain = (text: unknown): string =>
  typeof text === 'string' ? text.replace(/[\p{Cc}\s]+/gu, ' ').trim() : '';
const stop = (text: string): string => (/[。！？…]$/.test(text) ? text : `${text}。`);

/** 2026-11-28 -> 11月28日. */
export const dayInWords = (day: string): string =>
  `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;

/** Words around somebody's own, so that both fit; the whole is at most `TEXT_MAX` characters. */
export function around(before: string, words: string, after: string): string {
  const room = TEXT_MAX - chars(before).length - chars(after).length - 1;
  return `${before}${stop(clipped(words, Math.max(1, room)))}${after}`;
}
