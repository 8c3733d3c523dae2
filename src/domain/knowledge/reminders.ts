import { STALE_DAYS } from './weekly.ts';

/** 复核提醒 (J3): when the owner of an entry is asked to look at it again, and in which words. */
export const REMIND = {
  /** Before its last day; whoever publishes for a shorter time knows it. */
  daysBeforeEnd: 7,
  /** Since it was published, or since somebody looked at it last. */
  afterDays: STALE_DAYS,
  /** Of the local day. */
  atHour: 9,
} as const;

interface Named {
  readonly number: string;
  readonly question: string;
  readonly validTo: string | null;
}

/** More stand in a ticket by their number alone. */
const NAMED_MOST = 50;

export function listed(entries: readonly Named[], words: (entry: Named) => string): string[] {
  const more = entries.slice(NAMED_MOST).map(({ number }) => number);
  return [
    ...entries.slice(0, NAMED_MOST).map(words),
    ...(more.length === 0 ? [] : [`另有：${more.join('、')}`]),
  ];
}

export function reminderWords(
  ending: readonly Named[],
  stale: readonly Named[],
): { readonly title: string; readonly content: string } {
  const parts = [
    ...(ending.length === 0
      ? []
      : [
          `以下知识条目 ${REMIND.daysBeforeEnd} 天内到期，到期后座席不能再用来答复，请写新版本送审，或说明不再需要：`,
          ...listed(
            ending,
            ({ number, question, validTo }) => `${number}（${validTo ?? ''} 到期）${question}`,
          ),
        ]),
    ...(stale.length === 0
      ? []
      : [
          `以下知识条目发布或上次复核已满 ${REMIND.afterDays} 天，请核对：仍然有效的点“复核无误”，有变化的写新版本送审，不再适用的撤回：`,
          ...listed(stale, ({ number, question }) => `${number} ${question}`),
        ]),
  ];
  return {
    title: `知识复核提醒：${[
      ...(ending.length === 0 ? [] : [`${ending.length} 条将到期`]),
      ...(stale.length === 0 ? [] : [`${stale.length} 条久未核对`]),
    ].join('，')}`,
    content: parts.join('\n'),
  };
}
