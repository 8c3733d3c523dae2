import { MAX_WORKING_DAYS } from './due.ts';
import { OWN_LIMITS } from './own-limits.ts';
import { type Limit, type LimitedType, type Preset, URGE_PERCENTS } from './presets.ts';
import { STAGES, type StageLimit, URGENCIES, type Urgency } from './stages.ts';

/** All limits that hold together from an instant on. A ticket keeps those that were in force when it was accepted. */
export interface LimitSet extends Preset {
  /** 1, 2, …; the presets that the program brings are the first. */
  readonly number: number;
  /** Epoch milliseconds. Never before the instant at which it was decided: what was promised is not changed. */
  readonly validFrom: number;
  /**
   * Of each category that has a limit of its own the codes that it speaks for today: below it, and what it became. What became
   * it is none of them: that was promised something else.
   */
  readonly within?: Readonly<Record<string, readonly string[]>>;
}

/** What the county wrote; what it lacks is as in the preset that it was made from. */
export type StoredLimits = Partial<Omit<Preset, 'code' | 'limits' | 'stages'>> & {
  readonly limits?: Partial<Preset['limits']>;
  readonly stages?: Partial<Preset['stages']>;
};

/** The one place where stored limits get what they lack. */
export function limitSetOf(
  row: { readonly number: number; readonly validFrom: number; readonly content: StoredLimits | null },
  base: Preset,
): LimitSet {
  const { number, validFrom, content } = row;
  if (content === null) return { ...base, number, validFrom };
  const limits = { ...base.limits, ...content.limits };
  const stages = { ...base.stages, ...content.stages };
  const whole = { ...base, ...content, limits, stages };
  // Written before there was an archive by itself: what may still be reopened does not go there.
  const archiveAfterDays =
    content.archiveAfterDays ?? Math.max(base.archiveAfterDays, whole.reopenWithinDays);
  // Nor was a unit urged before it was supervised.
  const superviseAfter =
    content.superviseAfter ?? beforeCircular(base.superviseAfter, whole.circularAfterWorkingDays);
  return { ...whole, archiveAfterDays, superviseAfter, code: `local-${number}`, number, validFrom };
}

/** A circular is the last step: where a county sends it early, the order before it comes earlier still. */
function beforeCircular(
  after: Preset['superviseAfter'],
  circularAfter: number | null,
): Preset['superviseAfter'] {
  const { normal } = after;
  if (normal?.unit !== 'workingDays' || circularAfter === null) return after;
  return { ...after, normal: { ...normal, amount: Math.min(normal.amount, circularAfter - 1) } };
}

/** All of a set as it is kept: what a later release brings as a preset changes nothing of what was chosen from this one. */
export function keptContent({ code, number, validFrom, ...content }: LimitSet): StoredLimits {
  return content;
}

/** The set in force at an instant: the latest that had begun, and of those that began together the last decided. */
export function limitsAt(sets: readonly LimitSet[], at: number): LimitSet {
  const [latest] = sets
    .filter(({ validFrom }) => validFrom <= at)
    .sort((one, other) => other.validFrom - one.validFrom || other.number - one.number);
  if (latest === undefined) throw new RangeError('no limits were in force');
  return latest;
}

type LimitedSet = Preset & Pick<LimitSet, 'within'>;

/** What a ticket's limit hangs on. */
export interface LimitedTicket {
  readonly type: LimitedType;
  readonly urgency: Urgency;
  readonly categoryCode: string;
  /** Granted on top, in the unit of the limit. */
  readonly extendedBy: number;
}

/** The citizen's limit: the urgent lane's, else that of the nearest category, else that of the type; with what was granted. */
export function ticketLimit(set: LimitedSet, ticket: LimitedTicket): Limit {
  const base = baseLimit(set, ticket);
  return { ...base, amount: base.amount + ticket.extendedBy };
}

function baseLimit(set: LimitedSet, { type, urgency, categoryCode }: LimitedTicket): Limit {
  if (urgency === 'urgent' && set.urgent !== null) return set.urgent;
  const nearest = nearestOf(set.categories, categoryCode, set.within) ?? nearestOf(OWN_LIMITS, categoryCode);
  return nearest?.limit ?? set.limits[type];
}

/** The category itself, or the nearest that it lies in. */
function nearestOf(
  limits: Preset['categories'],
  categoryCode: string,
  within: LimitSet['within'] = {},
): Preset['categories'][number] | undefined {
  // Of two that both speak for it the one that speaks for fewer is the nearer.
  const breadth = (category: string): number => within[category]?.length ?? 0;
  return limits
    .filter(
      ({ category }) =>
        categoryCode === category ||
        categoryCode.startsWith(`${category}.`) ||
        within[category]?.includes(categoryCode),
    )
    .sort(
      (one, other) =>
        Number(other.category === categoryCode) - Number(one.category === categoryCode) ||
        breadth(one.category) - breadth(other.category) ||
        other.category.length - one.category.length,
    )[0];
}

/** The set and what it rests on, for whoever asks why a deadline is when it is. */
export function sourceOf(set: LimitSet, extendedBy: number): string {
  if (extendedBy !== 0) return sourceText(set, `；含批准延长 ${extendedBy}`);
  const known = plainSources.get(set) ?? sourceText(set, '');
  plainSources.set(set, known);
  return known;
}

const sourceText = (set: LimitSet, more: string): string =>
  `${set.name}（${set.basis}；时限第 ${set.number} 版${more}）`;
/** Every new ticket asks for it. */
const plainSources = new WeakMap<LimitSet, string>();

export interface LimitFault {
  /** Where, e.g. `limits.HELP` or `stages.sign.urgent`. */
  readonly field: string;
  readonly why: 'range' | 'urgentSlower' | 'twice' | 'orderless';
}

const LONGEST: Readonly<Record<Limit['unit'], number>> = {
  workingDays: MAX_WORKING_DAYS,
  closeOfWorkingDay: MAX_WORKING_DAYS,
  calendarDays: MAX_WORKING_DAYS,
  hours: 24 * 90,
};
/** Two weeks; a stage that may take longer is counted in days. */
const STAGE_LONGEST: Readonly<Record<StageLimit['unit'], number>> = {
  minutes: 20_160,
  workingMinutes: 20_160,
  workingDays: 60,
};

const whole = (value: number, from: number, to: number): boolean =>
  Number.isInteger(value) && value >= from && value <= to;

/** All that is wrong with a set; empty when it can be used. */
export function limitFaults(set: Omit<Preset, 'code'>): readonly LimitFault[] {
  const faults: LimitFault[] = [];
  const check = (field: string, limit: Limit): void => {
    if (!whole(limit.amount, 1, LONGEST[limit.unit])) faults.push({ field, why: 'range' });
  };
  for (const [type, limit] of Object.entries(set.limits)) check(`limits.${type}`, limit);
  const { urgent } = set;
  if (urgent !== null) {
    check('urgent', urgent);
    const slower = Object.values(set.limits).some((usual) => isSlower(urgent, usual));
    if (slower) faults.push({ field: 'urgent', why: 'urgentSlower' });
  }
  const seen = new Set<string>();
  for (const { category, limit } of set.categories) {
    check(`categories.${category}`, limit);
    if (seen.has(category)) faults.push({ field: `categories.${category}`, why: 'twice' });
    seen.add(category);
  }
  for (const stage of STAGES) {
    for (const urgency of URGENCIES) {
      const limit = set.stages[stage][urgency];
      const least = limit?.unit === 'workingDays' ? 0 : 1;
      if (limit !== null && !whole(limit.amount, least, STAGE_LONGEST[limit.unit])) {
        faults.push({ field: `stages.${stage}.${urgency}`, why: 'range' });
      }
    }
    if (isSlower(set.stages[stage].urgent, set.stages[stage].normal)) {
      faults.push({ field: `stages.${stage}.urgent`, why: 'urgentSlower' });
    }
  }
  faults.push(...escalationFaults(set));
  if (!whole(set.superviseWorkingDays, 1, 30)) faults.push({ field: 'superviseWorkingDays', why: 'range' });
  if (set.circularAfterWorkingDays !== null && !whole(set.circularAfterWorkingDays, 1, 60)) {
    faults.push({ field: 'circularAfterWorkingDays', why: 'range' });
  }
  if (!whole(set.reopenWithinDays, 1, 365)) faults.push({ field: 'reopenWithinDays', why: 'range' });
  if (!whole(set.archiveAfterDays, 1, 3650)) faults.push({ field: 'archiveAfterDays', why: 'range' });
  // What is in the archive is not reopened: the citizen would lose days that he was promised.
  else if (set.archiveAfterDays < set.reopenWithinDays) {
    faults.push({ field: 'archiveAfterDays', why: 'orderless' });
  }
  const { times, askWorkingDaysBefore, longest } = set.extension;
  if (!whole(times, 0, 5)) faults.push({ field: 'extension.times', why: 'range' });
  if (!whole(askWorkingDaysBefore, 0, 30))
    faults.push({ field: 'extension.askWorkingDaysBefore', why: 'range' });
  if (!whole(longest, 1, MAX_WORKING_DAYS)) faults.push({ field: 'extension.longest', why: 'range' });
  return faults;
}

/** 催办, 督办, 通报: in this order. */
function escalationFaults({
  urgeAtPercent,
  superviseAfter,
  circularAfterWorkingDays,
}: Omit<Preset, 'code'>): readonly LimitFault[] {
  const faults: LimitFault[] = [];
  // A number of days that is none is a fault of its own.
  const circularAfter = circularAfterWorkingDays ?? 0;
  if (urgeAtPercent !== null && !URGE_PERCENTS.includes(urgeAtPercent)) {
    faults.push({ field: 'urgeAtPercent', why: 'range' });
  }
  for (const urgency of URGENCIES) {
    const field = `superviseAfter.${urgency}`;
    const limit = superviseAfter[urgency];
    if (limit === null) continue;
    const days = limit.unit === 'workingDays';
    if (!whole(limit.amount, days ? 0 : 1, STAGE_LONGEST[limit.unit])) faults.push({ field, why: 'range' });
    else if (days && circularAfter > 0 && limit.amount >= circularAfter) {
      faults.push({ field, why: 'orderless' });
    }
  }
  if (isSlower(superviseAfter.urgent, superviseAfter.normal)) {
    faults.push({ field: 'superviseAfter.urgent', why: 'urgentSlower' });
  }
  return faults;
}

/** Only what is counted alike can be compared. */
function isSlower<L extends Limit | StageLimit>(urgent: L | null, normal: L | null): boolean {
  if (urgent === null || normal === null) return urgent === null && normal !== null;
  return urgent.unit === normal.unit && urgent.amount > normal.amount;
}

/** Which of the citizen's limits differ: to shorten or lengthen what citizens are promised takes a second person. */
export function citizenLimitChanges(before: Preset, after: Omit<Preset, 'code'>): readonly string[] {
  const types = (Object.keys(after.limits) as LimitedType[])
    .filter((type) => !sameValue(before.limits[type], after.limits[type]))
    .map((type) => `limits.${type}`);
  const lists = (['urgent', 'categories', 'extension'] as const).filter(
    (part) => !sameValue(before[part], after[part]),
  );
  const compressed = sameValue(before.compressed ?? null, after.compressed ?? null) ? [] : ['compressed'];
  return [...types, ...lists, ...compressed];
}

/** jsonb reorders members, so that texts cannot be compared. */
export function sameValue(one: unknown, other: unknown): boolean {
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return one === other;
  const [mine, theirs] = [new Map(Object.entries(one)), new Map(Object.entries(other))];
  return mine.size === theirs.size && [...mine].every(([key, value]) => sameValue(value, theirs.get(key)));
}
