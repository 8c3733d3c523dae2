import { localDate } from '../../domain/hotlines/local-date.ts';
import {
  type ModeChange,
  type ModeRow,
  modeCalendar,
  modeChanges,
  type Stage,
} from '../../domain/hotlines/register/mode-calendar.ts';
import { byNumber } from '../../domain/hotlines/register/period.ts';
import { openEnd } from '../../domain/hotlines/register/transition.ts';
import { effectDay, takingEffect } from '../../domain/hotlines/versions/taking-effect.ts';
import type { RuleVersion } from '../../domain/hotlines/versions/version.ts';
import { type RuleDeps, versionBy } from './rule-change.ts';

export interface ModeCalendar {
  readonly today: string;
  readonly rows: readonly (ModeRow & {
    /** The last day of its transition that may be extended today: nothing follows it, planned versions included. */
    readonly openEnd: string | null;
  })[];
  readonly changes: readonly ModeChange[];
  /** Versions with their day: those that are planned, the one that is looked at, and the end of one for a time. */
  readonly versions: readonly {
    readonly number: number;
    readonly title: string;
    readonly day: string;
    readonly what: 'takesEffect' | 'wouldTakeEffect' | 'isUndone';
  }[];
}

/** Planned versions that are looked for; more are not planned at once. */
const VERSIONS_LOOKED_AT = 200;

/**
 * How each number is handled from day to day: in force, and by what is planned. `draft`: a version that is not planned
 * yet is drawn from the day on which it would take effect. Code: version.unknown.
 */
export function readModeCalendar(deps: Pick<RuleDeps, 'rules' | 'now'>) {
  return async (asked: {
    readonly from: string;
    readonly to: string;
    readonly draft: string | null;
  }): Promise<ModeCalendar> => {
    const current = await versionBy(deps, 'published');
    const now = deps.now();
    const { timeZone } = current.rules.municipality;
    const dayOf = (at: number): string => localDate(at, timeZone);
    const ahead = await plannedVersions(deps, asked.draft, current);
    const stages: Stage[] = [{ version: null, fromDay: dayOf(now), lines: current.rules.lines }];
    let base = current.rules;
    for (const version of ahead) {
      base = takingEffect(version, base, now);
      stages.push({ version: version.number, fromDay: effectDay(version, base, now), lines: base.lines });
    }
    const rows = modeCalendar(stages, asked.from, asked.to);
    const today = dayOf(now);
    const registers = stages.map(({ lines }) => byNumber(lines));
    const openEndOf = (number: string): string | null => {
      const ends = registers.map((periods) => openEnd(periods.get(number) ?? [], today));
      return ends.every((end) => end === ends[0]) ? (ends[0] ?? null) : null;
    };
    const takes = ahead.map((version) => ({
      ...{ number: version.number, title: version.title, day: effectDay(version, base, now) },
      what: version.state === 'scheduled' ? ('takesEffect' as const) : ('wouldTakeEffect' as const),
    }));
    const undone = [current, ...ahead].flatMap(({ number, title, revertAt }) =>
      revertAt === null ? [] : [{ number, title, day: dayOf(revertAt), what: 'isUndone' as const }],
    );
    const versions = [...takes, ...undone].sort((a, b) => (a.day < b.day ? -1 : 1));
    return {
      today,
      rows: rows.map((row) => ({ ...row, openEnd: openEndOf(row.number) })),
      changes: modeChanges(rows, today, asked.to),
      versions,
    };
  };
}

/** In the order in which they take effect. */
async function plannedVersions(
  deps: Pick<RuleDeps, 'rules' | 'now'>,
  draft: string | null,
  current: RuleVersion,
): Promise<readonly RuleVersion[]> {
  const list = await deps.rules.list(VERSIONS_LOOKED_AT, null);
  const ids = list.filter(({ state }) => state === 'scheduled').map(({ id }) => id);
  const looked = draft === null ? null : await versionBy(deps, draft);
  const isAhead = looked !== null && looked.id !== current.id && looked.publishedAt === null;
  if (isAhead && !ids.includes(looked.id)) ids.push(looked.id);
  const planned = (await Promise.all(ids.map((id) => deps.rules.byId(id)))).filter((one) => one !== null);
  const at = ({ effectiveAt }: RuleVersion): number => Math.max(effectiveAt ?? 0, deps.now());
  return planned.sort((a, b) => at(a) - at(b));
}
