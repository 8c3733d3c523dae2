import { APPEAL_LENGTHS } from '../tickets/opening.ts';

const MOST = APPEAL_LENGTHS.content;
const REST = (left: number): string => `另有 ${left} 行，见知识库。`;
/** Room for the line that tells of the rest. */
const RESERVE = 40;

/**
 * What a ticket asks of a unit, as much of it as a ticket holds: whole lines, and how many did not fit. Seventy long questions
 * that are over on one day must not keep the unit from hearing of any.
 */
export function fittedWords(
  content: string,
  most: number = MOST,
): { readonly words: string; readonly lines: number } {
  const lines = content.split('\n');
  if (lengthOf(content) <= most) return { words: content, lines: lines.length };
  const kept: string[] = [];
  let length = RESERVE;
  for (const line of lines) {
    length += lengthOf(line) + 1;
    if (length > most) break;
    kept.push(line);
  }
  // One line that is longer than a ticket says at least how it begins.
  if (kept.length === 0) return { words: [...content].slice(0, most).join(''), lines: 1 };
  return { words: [...kept, REST(lines.length - kept.length)].join('\n'), lines: kept.length };
}

const lengthOf = (text: string): number => [...text].length;
