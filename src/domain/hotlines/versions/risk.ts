import type { Menu } from '../../ivr/menu.ts';
import type { Queue } from '../configuration.ts';
import { type Protected, protectionOf } from '../register/protected.ts';
import type { Change } from './change.ts';
import { keyedLines, keyedQueues } from './diff.ts';
import { type Fates, NO_FATES } from './fates.ts';
import {
  becomesSurge,
  differInSurgeOnly,
  type MenuSeen,
  menuSeen,
  menusAfter,
  newOutsideNumbers,
  speaksAnew,
} from './menu-risk.ts';
import { APPROVAL_LEVELS, type ApprovalLevel, RISKS, type RiskCode } from './risks.ts';
import type { RuleLine, RuleSet } from './rule-set.ts';

export interface RiskContext {
  readonly listed: readonly Protected[];
  /** Whether the units work at the moment from which the change applies. */
  readonly workingHours: boolean;
  /** When it is looked at; without it every end of a surge is near enough. */
  readonly now?: number;
  /** What becomes of the numbers; without it only what each change says by itself. */
  readonly fates?: Fates;
}
export interface RatedChange {
  readonly change: Change;
  readonly level: ApprovalLevel;
  readonly risks: readonly RiskCode[];
}

/** One change, with the row it makes of which. */
interface Seen {
  readonly kind: Change['kind'];
  readonly thing: Change['place']['thing'];
  readonly field: string;
  readonly lines: readonly RuleLine[];
  readonly before: RuleLine | null;
  readonly after: RuleLine | null;
  readonly queue: Queue | null;
  readonly menu: MenuSeen;
  /** It with all the changes made. */
  readonly menuAtLast: Menu | null;
  /** The menu that the line is sent to, as it would be. */
  readonly lineMenu: Menu | null;
  readonly to: unknown;
  readonly base: RuleSet;
}

const ROUTING_FIELDS = [
  'number',
  'mode',
  'validFrom',
  'validTo',
  'queue',
  'unitNumber',
  'trunk',
  'menu',
  'afterEnd',
  'hours',
  'centreAddress',
];
const routes = (seen: Seen): boolean => seen.kind !== 'changed' || ROUTING_FIELDS.includes(seen.field);
const isDesk = (seen: Seen): boolean =>
  seen.base.lines.some(({ mode, queue }) => mode === 'DEDICATED' && queue === seen.queue?.code);

type Applies = (
  seen: Seen,
  rule: (line: RuleLine) => Protected['rule'] | null,
  context: RiskContext,
) => boolean;
const APPLIES: Readonly<Record<RiskCode, Applies>> = {
  'protected.never': ({ after }, rule) => after !== null && rule(after) === 'never',
  'protected.excluded': ({ lines }, rule) => lines.some((line) => rule(line) === 'two-approvers'),
  'main.number': (seen, _, { now }) =>
    seen.thing === 'municipality'
      ? seen.field === 'mainNumber'
      : seen.lines.some(({ mode }) => mode === 'MAIN') && routes(seen) && !becomesSurge(seen, now),
  'general.queue': ({ thing, kind, field, queue, base }) =>
    thing === 'municipality'
      ? field === 'generalQueue'
      : kind !== 'added' && field !== 'name' && queue?.code === base.municipality.generalQueue,
  'number.reading': ({ thing, field }) =>
    thing === 'municipality' && (field === 'areaCode' || field === 'timeZone'),
  'main.greeting': ({ field, lines }) => field === 'greeting' && lines.some(({ mode }) => mode === 'MAIN'),
  'line.removed': ({ thing, kind, field, before }, _, { fates = NO_FATES }) =>
    thing === 'line' &&
    (kind === 'removed' || (field === 'validTo' && before !== null && fates.ended.has(before.number))),
  'past.rewritten': ({ lines }, _, { fates = NO_FATES }) =>
    lines.some(({ number }) => fates.rewritten.has(number)),
  'queue.removed': ({ thing, kind }) => thing === 'queue' && kind === 'removed',
  'overflow.removed': ({ field, to }) => field.startsWith('overflow') && to === null,
  'desk.workingHours': (seen, _, { workingHours }) =>
    workingHours &&
    (seen.thing === 'queue'
      ? isDesk(seen) && seen.field !== 'name'
      : seen.before?.mode === 'DEDICATED' && routes(seen)),
  'parallel.target': ({ kind, field, after }) =>
    after?.mode === 'PARALLEL' && (kind === 'added' || ['mode', 'unitNumber', 'trunk'].includes(field)),
  'menu.main': ({ menu, menuAtLast, field, base }, _, { now }) =>
    base.lines.some((line) => line.mode === 'MAIN' && line.menu === menu.before?.code) &&
    (!differInSurgeOnly(menu, now) || speaksAnew(field, menu.before, menuAtLast, now)),
  'menu.outside': ({ menu }) => newOutsideNumbers(menu).length > 0,
  'centre.target': ({ kind, field, after }) =>
    after?.mode === 'SUBCENTER' && (kind === 'added' || ['mode', 'centreAddress', 'trunk'].includes(field)),
  'number.cancelled': ({ kind, field, after }) =>
    after?.mode === 'MERGED' && (kind === 'added' || field === 'mode'),
  'end.goodbye': ({ kind, field, after }) =>
    after?.mode === 'TRANSITION' &&
    after.afterEnd === 'goodbye' &&
    (kind === 'added' || ['mode', 'afterEnd'].includes(field)),
  'transition.term': ({ kind, field, before, after, base }) =>
    kind === 'added'
      ? after?.mode === 'TRANSITION' &&
        base.lines.some(({ number, mode }) => mode === 'TRANSITION' && number === after.number)
      : before?.mode === 'TRANSITION' && (field === 'validTo' || field === 'validFrom'),
  'trunk.recognition': ({ thing, field }) => thing === 'trunk' && field !== 'name' && field !== 'carrier',
};

/** The changes that lead away from `base`, each with what makes it risky. */
export function rate(
  base: RuleSet,
  changes: readonly Change[],
  context: RiskContext,
): readonly RatedChange[] {
  const lines = keyedLines(base.lines);
  const queues = keyedQueues(base.queues);
  const menus = menusAfter(base, changes);
  const ruleOf = protectionOf(context.listed, base.municipality.areaCode);
  const rule = ({ number }: RuleLine): Protected['rule'] | null => ruleOf(number)?.rule ?? null;
  return changes.map((change) => {
    const seen = see(change, base, lines, queues, menus);
    const risks = RISKS.filter(({ code }) => APPLIES[code](seen, rule, context));
    return { change, level: highest(risks.map(({ level }) => level)), risks: risks.map(({ code }) => code) };
  });
}

/** The strictest level that any of the changes asks for. */
export function approvalLevel(rated: readonly RatedChange[]): ApprovalLevel {
  return highest(rated.map(({ level }) => level));
}

function highest(levels: readonly ApprovalLevel[]): ApprovalLevel {
  return (
    APPROVAL_LEVELS[Math.max(0, ...levels.map((level) => APPROVAL_LEVELS.indexOf(level)))] ?? 'forbidden'
  );
}

function see(
  change: Change,
  base: RuleSet,
  lines: ReadonlyMap<string, RuleLine>,
  queues: ReadonlyMap<string, Queue>,
  menus: ReadonlyMap<string, Menu>,
): Seen {
  const { thing, key } = change.place;
  const row = change.kind === 'changed' ? null : change.row;
  const line = row !== null && 'mode' in row ? row : null;
  const before = change.kind === 'removed' ? line : (lines.get(key) ?? null);
  const isChanged = change.kind === 'changed';
  const after =
    isChanged && thing === 'line' && before !== null ? { ...before, [change.field]: change.to } : line;
  const queueRow = row !== null && !('mode' in row || 'nodes' in row || 'methods' in row) ? row : null;
  return {
    kind: change.kind,
    thing,
    field: isChanged ? change.field : '',
    to: isChanged ? change.to : undefined,
    before: thing === 'line' && change.kind !== 'added' ? before : null,
    after: change.kind === 'removed' ? null : after,
    lines: [before, after].filter((one) => one !== null),
    queue: thing === 'queue' ? (queueRow ?? queues.get(key) ?? null) : null,
    menu: menuSeen(change, base),
    menuAtLast: thing === 'menu' ? (menus.get(key) ?? null) : null,
    lineMenu: thing === 'line' ? (menus.get(after?.menu ?? '') ?? null) : null,
    base,
  };
}
