import type { Menu } from '../../ivr/menu.ts';
import type { Queue } from '../configuration.ts';
import type { TrunkProfile } from '../trunk.ts';
import type { Change, Fields, Place, Row } from './change.ts';
import { describe } from './change-words.ts';
import { sameContent } from './content.ts';
import { fieldsOfMenu } from './menu-fields.ts';
import {
  LINE_FIELDS,
  MUNICIPALITY_FIELDS,
  ordered,
  QUEUE_FIELDS,
  type RuleLine,
  type RuleSet,
  TRUNK_FIELDS,
} from './rule-set.ts';

/** What turns `a` into `b`: municipality, trunks, queues, menus, lines, each by its key, fields in their order. */
export function diff(a: RuleSet, b: RuleSet): readonly Change[] {
  const [left, right] = [ordered(a), ordered(b)];
  const municipality = { thing: 'municipality', key: '' } as const;
  return [
    ...fieldChanges(municipality, left.municipality, right.municipality),
    ...rowChanges('trunk', keyedTrunks(left.trunks), keyedTrunks(right.trunks)),
    ...rowChanges('queue', keyedQueues(left.queues), keyedQueues(right.queues)),
    ...rowChanges('menu', keyedMenus(left.menus), keyedMenus(right.menus)),
    ...rowChanges('line', ...matchedLines(left.lines, right.lines)),
  ];
}

export const lineKey = ({ number, validFrom }: Pick<RuleLine, 'number' | 'validFrom'>): string =>
  `${number}@${validFrom}`;

/** Keys may stand twice in a draft; the second is told from the first by `#2`. */
function keyed<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T> {
  const found = new Map<string, T>();
  for (const row of rows) {
    let key = keyOf(row);
    for (let nth = 2; found.has(key); nth += 1) key = `${keyOf(row)}#${nth}`;
    found.set(key, row);
  }
  return found;
}
export const keyedQueues = (queues: readonly Queue[]): Map<string, Queue> =>
  keyed(queues, ({ code }) => code);
export const keyedTrunks = (trunks: readonly TrunkProfile[]): Map<string, TrunkProfile> =>
  keyed(trunks, ({ code }) => code);
export const keyedMenus = (menus: readonly Menu[]): Map<string, Menu> => keyed(menus, ({ code }) => code);
export const keyedLines = (lines: readonly RuleLine[]): Map<string, RuleLine> => keyed(lines, lineKey);

/** A period whose first day was moved is the same period, where the number has but one such on either side. */
function matchedLines(
  a: readonly RuleLine[],
  b: readonly RuleLine[],
): readonly [Map<string, RuleLine>, Map<string, RuleLine>] {
  const [left, right] = [keyedLines(a), keyedLines(b)];
  const lone = (some: Map<string, RuleLine>, other: Map<string, RuleLine>): Map<string, string[]> => {
    const byNumber = new Map<string, string[]>();
    for (const [key, { number }] of some) {
      if (!other.has(key)) byNumber.set(number, [...(byNumber.get(number) ?? []), key]);
    }
    return byNumber;
  };
  const arrived = lone(right, left);
  for (const [number, [gone = '', ...others]] of lone(left, right)) {
    const [come, ...more] = arrived.get(number) ?? [];
    const line = come === undefined ? undefined : right.get(come);
    if (come === undefined || line === undefined || others.length > 0 || more.length > 0) continue;
    right.delete(come);
    right.set(gone, line);
  }
  return [left, right];
}

const ROW_FIELDS = {
  municipality: MUNICIPALITY_FIELDS,
  trunk: TRUNK_FIELDS,
  queue: QUEUE_FIELDS,
  line: LINE_FIELDS,
} as const satisfies Partial<Record<Place['thing'], readonly string[]>>;

/** What a thing holds, field by field; a field that is not there holds nothing. */
export function fieldsOf(thing: Place['thing'], row: object): Fields {
  if (thing === 'menu') return fieldsOfMenu(row as Menu);
  const held: Fields = { ...row };
  return Object.fromEntries(ROW_FIELDS[thing].map((field) => [field, held[field] ?? null]));
}

function rowChanges<T extends Row>(
  thing: Exclude<Place['thing'], 'municipality'>,
  left: ReadonlyMap<string, T>,
  right: ReadonlyMap<string, T>,
): Change[] {
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.flatMap((key): Change[] => {
    const place: Place = { thing, key };
    const [from, to] = [left.get(key), right.get(key)];
    if (from !== undefined && to !== undefined) return fieldChanges(place, from, to);
    const row = from ?? to;
    if (row === undefined) return [];
    const change = { kind: to === undefined ? 'removed' : 'added', place, row } as const;
    return [{ ...change, words: describe(change) }];
  });
}

function fieldChanges(place: Place, a: object, b: object): Change[] {
  const [left, right] = [fieldsOf(place.thing, a), fieldsOf(place.thing, b)];
  return Object.keys({ ...left, ...right }).flatMap((field): Change[] => {
    const [from, to] = [left[field] ?? null, right[field] ?? null];
    if (sameContent(from, to)) return [];
    const change = { kind: 'changed', place, field, from, to } as const;
    return [{ ...change, words: describe(change) }];
  });
}
