import type { LocalDate } from './local-time.ts';

/** In this month the General Office of the State Council announces the days off of the year to come (国办发明电). */
const ANNOUNCED_FROM = '-11-01';

/** Years whose days off somebody should have entered by `today`: this one, and from 1 November on the next. */
export function yearsToEnter(known: ReadonlySet<number>, today: LocalDate): readonly number[] {
  const year = Number(today.slice(0, 4));
  const wanted = today.slice(4) >= ANNOUNCED_FROM ? [year, year + 1] : [year];
  return wanted.filter((one) => !known.has(one));
}

/** Why a due time is provisional, as a part of its explanation; nothing when it is certain. */
export function provisionalNote(missingYears: readonly number[]): { readonly note?: string } {
  if (missingYears.length === 0) return {};
  const years = missingYears.map((year) => `${year} 年`).join('、');
  return { note: `暂定：${years}的放假调休安排尚未录入，其间按周一至周五上班计算；录入后自动重新计算` };
}

/** Years in which working time that ends at this day was counted without knowing them. */
export function unknownYears(known: ReadonlySet<number>, from: LocalDate, to: LocalDate): readonly number[] {
  const years: number[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year += 1) {
    if (!known.has(year)) years.push(year);
  }
  return years;
}
