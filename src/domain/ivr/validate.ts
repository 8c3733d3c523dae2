import type { Condition } from './condition.ts';
import { RETRIES_AT_MOST } from './course.ts';
import { type Found, found, type MenuFinding, type MenuFindingCode, worded } from './finding.ts';
import {
  type Exit,
  isPerson,
  type Menu,
  type MenuNode,
  type PromptRef,
  type Target,
  type TicketStatus,
} from './menu.ts';
import { spokenMs } from './spoken.ts';
import { validateDigits } from './validate-digits.ts';
import { type PromptsAround, validateCondition, validatePrompts } from './validate-prompts.ts';
import { hasWayToPerson, levels, loops, msBeforePerson } from './ways.ts';

/** What a menu may lean on. */
export interface MenuSurroundings extends PromptsAround {
  readonly queues: ReadonlySet<string>;
  /** Asked in any spelling of the number. */
  readonly lines: Pick<ReadonlySet<string>, 'has'>;
  /** null: not known, and not asked. */
  readonly trunks: ReadonlySet<string> | null;
}

export const DEPTH_AT_MOST = 1;
export const BEFORE_PERSON_AT_MOST_MS = 9_000;
const FIRST_DIGIT_MS = [1_000, 15_000] as const;
const NEXT_DIGIT_MS = [500, 6_000] as const;
const MESSAGE_MS = [10_000, 300_000] as const;

export const isPublishable = (findings: readonly MenuFinding[]): boolean =>
  findings.every(({ severity }) => severity !== 'error');

/** Everything that is wrong or doubtful about a menu, in the order of its nodes. Never throws. */
export function validateMenu(menu: Menu, around: MenuSurroundings): readonly MenuFinding[] {
  const known = new Set(menu.nodes.map(({ id }) => id));
  const level = levels(menu);
  const all = [
    ...(known.has(menu.start) ? [] : [found('menu.noStart', null, menu.start)]),
    ...menu.nodes
      .filter(({ id }, at) => menu.nodes.findIndex((other) => other.id === id) !== at)
      .map(({ id }) => found('menu.nodeTwice', `nodes/${id}`, id)),
    ...menu.nodes.flatMap((node) => [
      ...ofNode(node, menu, known, around),
      ...(level.has(node.id) ? [] : [found('menu.unreachableNode', `nodes/${node.id}`)]),
      ...tooDeep(node, level.get(node.id) ?? 1),
    ]),
    ...ofWays(menu, around),
  ];
  return all.map((one) => worded(menu.code, one));
}

function tooDeep(node: MenuNode, level: number): readonly Found[] {
  return level > DEPTH_AT_MOST && node.choices.length > 0
    ? [found('menu.tooDeep', `nodes/${node.id}`, String(level))]
    : [];
}

/** B1: what a caller goes through before a person. `personAfterMs`: null where no way leads to one. */
export function menuMeasures(
  menu: Menu,
  { prompts, nowMs }: Pick<MenuSurroundings, 'prompts' | 'nowMs'>,
): { readonly depth: number; readonly personAfterMs: number | null } {
  const lengthMs = (name: string): number =>
    prompts.get(name)?.durationMs ?? spokenMs(menu.texts[name] ?? '');
  const before = msBeforePerson(menu, lengthMs, nowMs);
  const level = levels(menu);
  const asking = menu.nodes.filter(({ choices }) => choices.length > 0);
  return {
    depth: Math.max(0, ...asking.map(({ id }) => level.get(id) ?? 0)),
    personAfterMs: Number.isFinite(before) ? before : null,
  };
}

function ofWays(menu: Menu, around: MenuSurroundings): readonly Found[] {
  const redirects = (node: MenuNode): readonly Target[] => node.redirects.map(({ to }) => to);
  const before = menuMeasures(menu, around).personAfterMs;
  const seconds = String(Math.ceil((before ?? 0) / 1000));
  return [
    ...loops(menu, redirects).map((ids) => found('menu.redirectLoop', null, ids.join(', '))),
    ...loops(menu)
      .filter((ids) => !menu.nodes.some((node) => ids.includes(node.id) && hasWayToPerson(node)))
      .map((ids) => found('menu.loopWithoutPerson', null, ids.join(', '))),
    ...(before !== null
      ? before > BEFORE_PERSON_AT_MOST_MS
        ? [found('menu.personTooLate', null, seconds)]
        : []
      : [found('menu.noPerson', null)]),
  ];
}

function ofNode(
  node: MenuNode,
  menu: Menu,
  nodes: ReadonlySet<string>,
  around: MenuSurroundings,
): readonly Found[] {
  const place = `nodes/${node.id}`;
  const waits = node.choices.length > 0;
  const prompts = (refs: readonly PromptRef[], at: string) =>
    validatePrompts(refs, `${place}/${at}`, menu, around);
  const targets = (target: Target | null, at: string) =>
    target === null ? [] : ofTarget(target, `${place}/${at}`, menu, nodes, around);
  const condition = (when: Condition | null, at: string) => validateCondition(when, `${place}/${at}`);
  return [
    ...(node.exit === null
      ? [found('menu.noDefaultExit', place)]
      : isPerson(node.exit)
        ? []
        : [found('menu.exitNotPerson', place, node.exit.kind)]),
    ...targets(node.exit, 'exit'),
    ...range('menu.retriesOutOfRange', node.retries, [0, RETRIES_AT_MOST], place),
    ...(waits ? range('menu.timeoutOutOfRange', node.timeoutMs, FIRST_DIGIT_MS, place) : []),
    ...(waits ? range('menu.timeoutOutOfRange', node.digitTimeoutMs, NEXT_DIGIT_MS, place) : []),
    ...(waits && node.prompts.length === 0 ? [found('menu.noPrompt', place)] : []),
    ...prompts(node.prompts, 'prompts'),
    ...prompts(node.onWrong.prompts, 'onWrong'),
    ...prompts(node.onNothing.prompts, 'onNothing'),
    ...targets(node.onWrong.to, 'onWrong'),
    ...targets(node.onNothing.to, 'onNothing'),
    ...node.redirects.flatMap(({ when, to }, at) => [
      ...condition(when, `redirects/${at}`),
      ...targets(to, `redirects/${at}`),
    ]),
    ...node.choices.flatMap((choice) => [
      ...condition(choice.when, `choices/${choice.digits}`),
      ...targets(choice.target, `choices/${choice.digits}`),
    ]),
    ...validateDigits(node, place, around.nowMs),
  ];
}

function ofTarget(
  target: Target,
  place: string,
  menu: Menu,
  nodes: ReadonlySet<string>,
  around: MenuSurroundings,
): readonly Found[] {
  const among = (known: Pick<ReadonlySet<string>, 'has'> | null, wanted: string) =>
    known === null || known.has(wanted) ? [] : [found('menu.unknownTarget', place, wanted)];
  switch (target.kind) {
    case 'node':
      return among(nodes, target.node);
    case 'queue':
      return among(around.queues, target.queue);
    case 'line':
      return among(around.lines, target.number);
    case 'number':
      return [
        ...(/^\d{3,20}$/.test(target.number) ? [] : [found('menu.malformedNumber', place, target.number)]),
        ...among(around.trunks, target.trunk),
        ...among(around.queues, target.returnQueue),
      ];
    case 'message':
      return [
        ...among(around.queues, target.queue),
        ...range('menu.timeoutOutOfRange', target.maxMs, MESSAGE_MS, place),
        ...validatePrompts(target.prompts, place, menu, around),
      ];
    case 'goodbye':
      return validatePrompts(target.prompts, place, menu, around);
    case 'ticketStatus':
      return ofDialogue(target, place, menu, nodes, around);
    default:
      return target satisfies never;
  }
}

function ofDialogue(
  { ask, notFound, timeoutMs, retries, afterwards, exit }: TicketStatus,
  place: string,
  menu: Menu,
  nodes: ReadonlySet<string>,
  around: MenuSurroundings,
): readonly Found[] {
  const ends: readonly Exit[] = exit === null ? [afterwards] : [afterwards, exit];
  return [
    ...(exit === null ? [found('menu.noDefaultExit', place)] : []),
    ...(exit === null || isPerson(exit) ? [] : [found('menu.exitNotPerson', place, exit.kind)]),
    ...ends.flatMap((end) => ofTarget(end, place, menu, nodes, around)),
    ...range('menu.timeoutOutOfRange', timeoutMs, FIRST_DIGIT_MS, place),
    ...range('menu.retriesOutOfRange', retries, [0, RETRIES_AT_MOST], place),
    ...validatePrompts([...ask, ...notFound], place, menu, around),
  ];
}

function range(
  code: MenuFindingCode,
  value: number,
  [least, most]: readonly [number, number],
  place: string,
): readonly Found[] {
  const fits = Number.isInteger(value) && value >= least && value <= most;
  return fits ? [] : [found(code, place, String(value))];
}
