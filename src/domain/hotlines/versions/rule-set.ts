import type { Menu } from '../../ivr/menu.ts';
import type { AgentProfile, Configuration, Line, OwnCalendar, Queue } from '../configuration.ts';
import { NOTHING_ENTERED } from '../configuration.ts';
import { hoursOf } from '../register/read-hours.ts';
import { TRUSTED_HEADERS, type TrunkProfile } from '../trunk.ts';
import { canonical } from './content.ts';
import { orderedMenu } from './menu-fields.ts';

/** A line as operators keep it: what routes calls, and whence the entry comes. */
export interface RuleLine extends Omit<Line, 'hours'> {
  /** As written, `08:30-17:30 workdays`; see `readHours`. */
  readonly hours: string | null;
  /** The decision, article or letter the entry rests on. */
  readonly basis: string;
  /** Where the number is published: a county, a town; empty when it is the whole municipality. */
  readonly area: string;
}

/**
 * What operators change and publish as one: the Configuration without its agents, who come and go with personnel and
 * not with rules. Nor with incidents and nuisance callers: announcements and restrictions act at once, without a version.
 */
export interface RuleSet {
  readonly municipality: Configuration['municipality'];
  readonly lines: readonly RuleLine[];
  readonly queues: readonly Queue[];
  readonly menus: readonly Menu[];
  readonly trunks: readonly TrunkProfile[];
}

export const LINE_FIELDS = [
  'number',
  'name',
  'unitCode',
  'unitName',
  'mode',
  'validFrom',
  'validTo',
  'queue',
  'unitNumber',
  'trunk',
  'greeting',
  'menu',
  'afterEnd',
  'hours',
  'centreAddress',
  'skills',
  'basis',
  'area',
] as const satisfies readonly (keyof RuleLine)[];
export const QUEUE_FIELDS = [
  'code',
  'name',
  'overflowQueue',
  'overflowAfterMs',
  'overflowWaiting',
  'overflowLongestMs',
  'overflowUnstaffed',
  'ringTimeoutMs',
  'wrapUpMs',
  'rating',
  'priority',
  'skills',
  'ownerFirstMs',
  'tellsPlace',
  'placeEveryMs',
  'lastResort',
  'lastResortAfterMs',
  'callback',
] as const satisfies readonly (keyof Queue)[];
export const TRUNK_FIELDS = [
  'code',
  'name',
  'carrier',
  'methods',
  'line',
  'dids',
  'trusts',
  'dialledEntry',
] as const satisfies readonly (keyof TrunkProfile)[];
export const MUNICIPALITY_FIELDS = [
  'name',
  'areaCode',
  'timeZone',
  'mainNumber',
  'generalQueue',
] as const satisfies readonly (keyof Configuration['municipality'])[];

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The same rules in their one order, so that equal contents are equal texts. */
export function ordered(rules: RuleSet): RuleSet {
  return {
    ...rules,
    lines: [...rules.lines].sort(
      (a, b) =>
        byText(a.number, b.number) || byText(a.validFrom, b.validFrom) || byText(canonical(a), canonical(b)),
    ),
    queues: [...rules.queues].sort((a, b) => byText(a.code, b.code) || byText(canonical(a), canonical(b))),
    menus: rules.menus
      .map(orderedMenu)
      .sort((a, b) => byText(a.code, b.code) || byText(canonical(a), canonical(b))),
    trunks: rules.trunks
      .map(orderedTrunk)
      .sort((a, b) => byText(a.code, b.code) || byText(canonical(a), canonical(b))),
  };
}

/** The order of the methods means something, that of the rest does not. */
const orderedTrunk = (trunk: TrunkProfile): TrunkProfile => ({
  ...trunk,
  dids: [...trunk.dids].sort((a, b) => byText(a.did, b.did) || byText(a.line, b.line)),
  trusts: TRUSTED_HEADERS.filter((header) => trunk.trusts.includes(header)),
});

/** What call control receives: the rules under their version's number, with today's agents. */
export function configurationOf(
  rules: RuleSet,
  head: { readonly version: number; readonly publishedAt: string },
  agents: readonly AgentProfile[],
  calendar: OwnCalendar = NOTHING_ENTERED,
): Configuration {
  const { municipality, lines, queues, menus, trunks } = ordered(rules);
  return {
    ...head,
    municipality,
    lines: lines.map(routedLine),
    queues,
    agents,
    menus,
    trunks,
    calendar,
  };
}

/** A line as calls go by it. */
export function routedLine({ basis, area, hours, ...line }: RuleLine): Line {
  return { ...line, hours: hoursOf(hours) };
}
