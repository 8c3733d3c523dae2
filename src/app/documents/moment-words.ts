import { localDateOf, minuteOfDay } from '../../domain/deadlines/local-time.ts';
import { dateWords } from '../../domain/documents/official-document.ts';

/** 2026年11月25日 10:05 */
export function momentWords(at: number, zone: string): string {
  const minute = minuteOfDay(at, zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${dateWords(localDateOf(at, zone))} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
