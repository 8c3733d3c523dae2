import { type Condition, isPast, unreadable } from './condition.ts';
import { DIGITS_AT_MOST, RETRIES_AT_MOST } from './course.ts';
import { type Found, found, type MenuFinding, type MenuFindingCode, worded } from './finding.ts';
import {
  type Choice,
  type Exit,
  isPerson,
  type Menu,
  type MenuNode,
  type PromptRef,
  type Target,
  type TicketStatus,
} from './menu.ts';
import { type PromptOnFile, spokenMs } from './spoken.ts';
import { hasWayToPerson, levels, loops, msBeforePerson } from './ways.ts';

/** What a menu may lean on. */
export interface MenuSurroundings {
  readonly queues: ReadonlySet<string>;
  /** Asked in any spelling of the number. */
  readonly lines: Pick<ReadonlySet<string>, 'has'>;
  /** null: not known, and not asked. */
  readonly trunks: ReadonlySet<string> | null;
  /** Recorded or already generated, by name. */
  readonly prompts: ReadonlyMap<string, PromptOnFile>;
  readonly nowMs: number;
}

export const DEPTH_AT_MOST = 1;
export const BEFORE_PERSON_AT_MOST_MS = 9_000;
const FIRST_DIGIT_MS = [1_000, 15_000] as const;
const NEXT_DIGIT_MS = [500, 6_000] as const;
const MESSAGE_MS = [10_000, 300_000] as const;
const SOON_MS = 7 * 24 * 3_600_000;

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

function ofWays(menu: Menu, around: MenuSurroundings): readonly Found[] {
  const redirects = (node: MenuNode): readonly Target[] => node.redirects.map(({ to }) => to);
  const lengthMs = (name: string): number =>
    around.prompts.get(name)?.durationMs ?? spokenMs(menu.texts[name] ?? '');
  const before = msBeforePerson(menu, lengthMs, around.nowMs);
  const seconds = String(Math.ceil(before / 1000));
  return [
    ...loops(menu, redirects).map((ids) => found('menu.redirectLoop', null, ids.join(', '))),
    ...loops(menu)
      .filter((ids) => !menu.nodes.some((node) => ids.includes(node.id) && hasWayToPerson(node)))
      .map((ids) => found('menu.loopWithoutPerson', null, ids.join(', '))),
    ...(Number.isFinite(before)
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
  const prompts = (refs: readonly PromptRef[], at: string) => ofPrompts(refs, `${place}/${at}`, menu, around);
  const targets = (target: Target | null, at: string) =>
    target === null ? [] : ofTarget(target, `${place}/${at}`, menu, nodes, around);
  const condition = (when: Condition | null, at: string) => ofCondition(when, `${place}/${at}`);
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
    ...ofDigits(node, place, around.nowMs),
  ];
}

function ofDigits({ choices, prompts }: MenuNode, place: string, nowMs: number): readonly Found[] {
  const announced = new Set(prompts.flatMap(({ announces }) => announces));
  const same = (a: Choice, b: Choice): boolean =>
    a.when === null || JSON.stringify(a.when) === JSON.stringify(b.when);
  return [
    ...choices.flatMap((choice, at) => {
      const { digits } = choice;
      const here = `${place}/choices/${digits}`;
      const hidden = choices.slice(0, at).some((other) => other.digits === digits && same(other, choice));
      const begins = choices.some((other) => other.digits !== digits && other.digits.startsWith(digits));
      const unheard = announced.size > 0 && !announced.has(digits);
      return [
        ...(digits.length <= DIGITS_AT_MOST && /^[0-9*#]+$/.test(digits)
          ? []
          : [found('menu.malformedDigits', here, digits)]),
        ...(hidden ? [found('menu.digitsTwice', here, digits)] : []),
        ...(begins ? [found('menu.digitsAmbiguous', here, digits)] : []),
        ...(unheard ? [found('menu.choiceNotAnnounced', here, digits)] : []),
        ...(isPast(choice.when, nowMs) ? [found('menu.choicePast', here, choice.label)] : []),
      ];
    }),
    ...[...announced]
      .filter((digits) => !choices.some((choice) => choice.digits === digits))
      .map((digits) => found('menu.announcedKeyUnknown', `${place}/prompts`, digits)),
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
        ...ofPrompts(target.prompts, place, menu, around),
      ];
    case 'goodbye':
      return ofPrompts(target.prompts, place, menu, around);
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
    ...ofPrompts([...ask, ...notFound], place, menu, around),
  ];
}

function ofPrompts(
  refs: readonly PromptRef[],
  place: string,
  menu: Menu,
  around: MenuSurroundings,
): readonly Found[] {
  return refs.flatMap(({ name, variants, when }) => {
    const lacking = menu.languages.slice(1).filter((language) => variants[language] === undefined);
    return [
      ...[name, ...Object.values(variants)].flatMap((one) => ofFile(one, place, menu, around)),
      ...(lacking.length === 0 ? [] : [found('menu.variantMissing', `${place}/${name}`, lacking.join(', '))]),
      ...ofCondition(when, `${place}/${name}`),
    ];
  });
}

function ofFile(name: string, place: string, menu: Menu, around: MenuSurroundings): readonly Found[] {
  const file = around.prompts.get(name);
  if (file === undefined) {
    return Object.hasOwn(menu.texts, name) ? [] : [found('menu.promptMissing', place, name)];
  }
  if (file.expiresAt === null) return [];
  const left = Date.parse(file.expiresAt) - around.nowMs;
  if (!(left > 0)) return [found('menu.promptExpired', place, name)];
  return left < SOON_MS ? [found('menu.promptExpiresSoon', place, name)] : [];
}

function ofCondition(when: Condition | null, place: string): readonly Found[] {
  const stray = unreadable(when);
  return stray === null ? [] : [found('menu.conditionUnreadable', place, stray)];
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
