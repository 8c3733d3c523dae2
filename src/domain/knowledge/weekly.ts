import { addDays, weekdayOf } from '../deadlines/local-time.ts';

/** What stands in a unit's list of the week, in the words of whoever reads it on Monday. */
export interface WeekLists {
  readonly endingSoon: readonly Named[];
  readonly stale: readonly Named[];
  readonly neverUsed: readonly Named[];
  readonly mostAsked: readonly (Named & { readonly times: number })[];
  readonly drafts: readonly Named[];
  readonly undrafted: readonly { readonly ticketNumber: string; readonly why: string }[];
  /** Nobody's: the centre's own unit gets them. */
  readonly unanswered: readonly { readonly words: string; readonly times: number }[];
}
interface Named {
  readonly number: string;
  readonly question: string;
  readonly validTo: string | null;
}

const DAY_MS = 86_400_000;
export const SOON_DAYS = 30;
/** Told for longer than this without anybody having looked at it (JY-04: ageing checks). */
export const STALE_DAYS = 180;
/** Behind so many days without a quote an entry counts as never used. */
export const UNUSED_DAYS = 90;

/** By which days and moments the lists are drawn up. */
export const weekBounds = (day: string, now: number) => ({
  day,
  endsBy: addDays(day, SOON_DAYS),
  since: now - UNUSED_DAYS * DAY_MS,
  staleBefore: now - STALE_DAYS * DAY_MS,
  weekSince: now - 7 * DAY_MS,
});

/**
 * 每周清单 (HM-05): null when the unit has nothing to do. What is asked most is told beside the rest, and alone it is
 * nothing to be answered for.
 */
export function weekWords(lists: WeekLists): string | null {
  const parts = [
    part(
      '即将到期，请更新',
      lists.endingSoon,
      ({ number, question, validTo }) => `${number}（${validTo}）${question}`,
    ),
    part(`发布或上次复核已满 ${STALE_DAYS} 天，请核对是否仍然有效`, lists.stale, plain),
    part('草稿未送审，或已退回', lists.drafts, plain),
    part(
      '已结案咨询的答复未能自动生成草稿，请按需自行起草',
      lists.undrafted,
      ({ ticketNumber, why }) => `${ticketNumber}（${why}）`,
    ),
    part(`${UNUSED_DAYS} 天没有用过，请补充市民的问法，或撤回`, lists.neverUsed, plain),
    part('座席搜不到的问题，请补充条目', lists.unanswered, ({ words, times }) => `“${words}” ${times} 次`),
  ].filter((one) => one !== null);
  if (parts.length === 0) return null;
  const asked = part(
    `${UNUSED_DAYS} 天内引用最多（供参考）`,
    lists.mostAsked,
    ({ number, question, times }) => `${number} ${question} ${times} 次`,
  );
  return ['本周知识库清单，请在时限内办理并反馈。', ...parts, ...(asked === null ? [] : [asked])].join(
    '\n\n',
  );
}

const plain = ({ number, question }: Named): string => `${number} ${question}`;

function part<T>(title: string, things: readonly T[], words: (thing: T) => string): string | null {
  return things.length === 0 ? null : [`${title}：`, ...things.map(words)].join('\n');
}

/** The Monday of the week in which a local day lies. */
export const mondayOf = (day: string): string => addDays(day, -((weekdayOf(day) + 6) % 7));
