import type { Queue } from '../configuration.ts';
import { describe } from './change-words.ts';
import {
  LINE_FIELDS,
  MUNICIPALITY_FIELDS,
  ordered,
  QUEUE_FIELDS,
  type RuleLine,
  type RuleSet,
} from './rule-set.ts';

export type FieldValue = string | number | null;
type Fields = Readonly<Record<string, FieldValue>>;

/** Where something stands: a line's key is `number@validFrom`, a queue's its code, the municipality's empty. */
export interface Place {
  readonly thing: 'municipality' | 'queue' | 'line';
  readonly key: string;
}
export type Change =
  | {
      readonly kind: 'changed';
      readonly place: Place;
      readonly field: string;
      readonly from: FieldValue;
      readonly to: FieldValue;
      readonly words: string;
    }
  | {
      readonly kind: 'added' | 'removed';
      readonly place: Place;
      readonly row: RuleLine | Queue;
      readonly words: string;
    };

/** What turns `a` into `b`, municipality first, then queues, then lines, each by its key, fields in their order. */
export function diff(a: RuleSet, b: RuleSet): readonly Change[] {
  const [left, right] = [ordered(a), ordered(b)];
  return [
    ...fieldChanges(
      { thing: 'municipality', key: '' },
      MUNICIPALITY_FIELDS,
      left.municipality,
      right.municipality,
    ),
    ...rowChanges('queue', QUEUE_FIELDS, keyedQueues(left.queues), keyedQueues(right.queues)),
    ...rowChanges('line', LINE_FIELDS, ...matchedLines(left.lines, right.lines)),
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

function rowChanges<T extends RuleLine | Queue>(
  thing: 'queue' | 'line',
  fields: readonly (keyof T & string)[],
  left: Map<string, T>,
  right: Map<string, T>,
): Change[] {
  const keys = [...new Set([...left.keys(), ...right.keys()])].sort();
  return keys.flatMap((key): Change[] => {
    const place: Place = { thing, key };
    const [from, to] = [left.get(key), right.get(key)];
    if (from !== undefined && to !== undefined) return fieldChanges(place, fields, from, to);
    const row = from ?? to;
    if (row === undefined) return [];
    const change = { kind: to === undefined ? 'removed' : 'added', place, row } as const;
    return [{ ...change, words: describe(change) }];
  });
}

function fieldChanges<T extends object>(
  place: Place,
  fields: readonly (keyof T & string)[],
  a: T,
  b: T,
): Change[] {
  return fields.flatMap((field): Change[] => {
    const [from, to] = [heldIn(a, field), heldIn(b, field)];
    if (from === to) return [];
    const change = { kind: 'changed', place, field, from, to } as const;
    return [{ ...change, words: describe(change) }];
  });
}

export interface Applied {
  readonly rules: RuleSet;
  /** Changes that were left out: their place no longer holds what they start from. */
  readonly conflicts: readonly Change[];
}

/**
 * The rules with the changes made. A line, a queue or the municipality takes all of its changes or none: half a change
 * (the mode without the queue) would be nobody's intention.
 */
export function applyChanges(rules: RuleSet, changes: readonly Change[]): Applied {
  const start = ordered(rules);
  const queues = keyedQueues(start.queues);
  const lines = keyedLines(start.lines);
  let { municipality } = start;
  const conflicts: Change[] = [];
  for (const group of byPlace(changes)) {
    const { thing, key } = group[0].place;
    const present = thing === 'municipality' ? municipality : (thing === 'line' ? lines : queues).get(key);
    if (group.every((one) => isMade(one, present))) continue;
    if (!group.every((one) => isMade(one, present) || startsFrom(one, present))) conflicts.push(...group);
    else if (thing === 'municipality') municipality = changed(municipality, group);
    else if (thing === 'line') change(lines, key, group);
    else change(queues, key, group);
  }
  const next = { ...start, municipality, queues: [...queues.values()], lines: [...lines.values()] };
  return { rules: ordered(next), conflicts };
}

type Group = readonly [Change, ...Change[]];

function byPlace(changes: readonly Change[]): readonly Group[] {
  const groups = new Map<string, [Change, ...Change[]]>();
  for (const change of changes) {
    const at = `${change.place.thing} ${change.place.key}`;
    const group = groups.get(at);
    if (group === undefined) groups.set(at, [change]);
    else group.push(change);
  }
  return [...groups.values()];
}

const changed = <T extends object>(row: T, group: Group): T =>
  Object.assign({}, row, ...group.map((one) => (one.kind === 'changed' ? { [one.field]: one.to } : {}))) as T;

function change<T extends RuleLine | Queue>(table: Map<string, T>, key: string, group: Group): void {
  const [first] = group;
  const present = table.get(key);
  if (first.kind === 'removed') table.delete(key);
  else if (first.kind === 'added') table.set(key, first.row as T);
  else if (present !== undefined) table.set(key, changed(present, group));
}

function startsFrom(change: Change, present: object | undefined): boolean {
  if (change.kind === 'changed')
    return present !== undefined && heldIn(present, change.field) === change.from;
  return change.kind === 'added' ? present === undefined : isRow(change, present);
}

/** Somebody else made the same change already. */
function isMade(change: Change, present: object | undefined): boolean {
  if (change.kind === 'changed') return present !== undefined && heldIn(present, change.field) === change.to;
  return change.kind === 'removed' ? present === undefined : isRow(change, present);
}

function isRow({ place, row }: Change & { kind: 'added' | 'removed' }, present: object | undefined): boolean {
  const fields = place.thing === 'line' ? LINE_FIELDS : QUEUE_FIELDS;
  return present !== undefined && fields.every((field) => heldIn(row, field) === heldIn(present, field));
}

const heldIn = (row: object, field: string): FieldValue => (row as Fields)[field] ?? null;
