import { localDateOf } from './local-time.ts';

/** 11月28日: a due day as a citizen reads it. */
export function dayWords(at: number, zone: string): string {
  const [, month = '', day = ''] = localDateOf(at, zone).split('-');
  return `${Number(month)}月${Number(day)}日`;
}
