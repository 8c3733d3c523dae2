import { localDate } from '../../domain/hotlines/local-date.ts';
import { addDays } from '../../domain/hotlines/register/period.ts';
import { openSurgeKeys, type SurgeKey, surgeCounter } from '../../domain/ivr/surge-key.ts';
import type { PackBook } from '../ports/knowledge-packs.ts';
import type { MenuCounters } from '../ports/menu-counters.ts';
import type { RuleBooks } from '../ports/rules.ts';

export interface OpenSurgeKey extends SurgeKey {
  readonly queueName: string;
  readonly menu: string;
  /** Whose callers hear it. */
  readonly numbers: readonly string[];
  /** The knowledge pack that came with it. */
  readonly pack: string | null;
  readonly callsToday: number;
  /** Within the last `SURGE_DAYS`. */
  readonly calls: number;
}

/** As far back as keys are counted. */
export const SURGE_DAYS = 92;

/** The surge keys in force with their own figures (JS-05), the next to end first. */
export function listSurgeKeys(deps: {
  readonly rules: Pick<RuleBooks, 'published'>;
  readonly packs: Pick<PackBook, 'open'>;
  readonly menuCounters: MenuCounters;
  readonly now: () => number;
}) {
  return async (): Promise<readonly OpenSurgeKey[]> => {
    const published = await deps.rules.published();
    if (published === null) return [];
    const { menus, lines, queues, municipality } = published.rules;
    const open = menus.flatMap((menu) =>
      openSurgeKeys(menu, deps.now()).map((key) => ({ ...key, menu: menu.code })),
    );
    if (open.length === 0) return [];
    const today = localDate(deps.now(), municipality.timeZone);
    const packs = new Map((await deps.packs.open()).map(({ surge, pack }) => [surge, pack]));
    const counts = new Map(
      await Promise.all(
        [...new Set(open.map(({ menu }) => menu))].map(
          async (menu) =>
            [menu, await deps.menuCounters.count(menu, addDays(today, 1 - SURGE_DAYS), today)] as const,
        ),
      ),
    );
    return open
      .map((key) => {
        const own = (counts.get(key.menu) ?? []).filter(({ counter }) => counter === surgeCounter(key.code));
        const sum = (days: typeof own): number => days.reduce((total, { calls }) => total + calls, 0);
        return {
          ...key,
          queueName: queues.find(({ code }) => code === key.queue)?.name ?? key.queue,
          numbers: [...new Set(lines.flatMap(({ menu, number }) => (menu === key.menu ? [number] : [])))],
          pack: packs.get(key.code) ?? null,
          callsToday: sum(own.filter(({ day }) => day === today)),
          calls: sum(own),
        };
      })
      .toSorted((a, b) => Date.parse(a.until) - Date.parse(b.until));
  };
}
