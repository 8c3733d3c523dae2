import type { Menu } from '../../ivr/menu.ts';
import type { Change, Place, Row } from './change.ts';
import { type FieldValue, sameContent } from './content.ts';
import { fieldsOf, keyedLines, keyedMenus, keyedQueues, keyedTrunks } from './diff.ts';
import { fieldsOfMenu, menuOfFields } from './menu-fields.ts';
import { ordered, type RuleSet } from './rule-set.ts';

export interface Applied {
  readonly rules: RuleSet;
  /** Changes that were left out: their place no longer holds what they start from. */
  readonly conflicts: readonly Change[];
}

/**
 * The rules with the changes made. A line, a queue, a menu or the municipality takes all of its changes or none: half a
 * change (the mode without the queue, the key without the node it leads to) would be nobody's intention.
 */
export function applyChanges(rules: RuleSet, changes: readonly Change[]): Applied {
  const start = ordered(rules);
  const tables = {
    trunk: keyedTrunks(start.trunks),
    queue: keyedQueues(start.queues),
    menu: keyedMenus(start.menus),
    line: keyedLines(start.lines),
  };
  let { municipality } = start;
  const conflicts: Change[] = [];
  for (const group of byPlace(changes)) {
    const { thing, key } = group[0].place;
    const present = thing === 'municipality' ? municipality : tables[thing].get(key);
    if (group.every((one) => isMade(one, present))) continue;
    if (!group.every((one) => isMade(one, present) || startsFrom(one, present))) conflicts.push(...group);
    else if (thing === 'municipality') municipality = changed(thing, municipality, group);
    else change<Row>(tables[thing] as Map<string, Row>, key, group);
  }
  const next = {
    ...start,
    municipality,
    trunks: [...tables.trunk.values()],
    queues: [...tables.queue.values()],
    menus: [...tables.menu.values()],
    lines: [...tables.line.values()],
  };
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

function changed<T extends object>(thing: Place['thing'], row: T, group: Group): T {
  const patch: Record<string, FieldValue> = {};
  for (const one of group) if (one.kind === 'changed') patch[one.field] = one.to;
  if (thing !== 'menu') return { ...row, ...patch };
  const menu = row as unknown as Menu;
  return menuOfFields(menu.code, { ...fieldsOfMenu(menu), ...patch }) as unknown as T;
}

function change<T extends Row>(table: Map<string, T>, key: string, group: Group): void {
  const [first] = group;
  const present = table.get(key);
  if (first.kind === 'removed') table.delete(key);
  else if (first.kind === 'added') table.set(key, first.row as T);
  else if (present !== undefined) table.set(key, changed(first.place.thing, present, group));
}

const heldIn = (change: Change & { kind: 'changed' }, present: object): FieldValue =>
  fieldsOf(change.place.thing, present)[change.field] ?? null;

function startsFrom(change: Change, present: object | undefined): boolean {
  if (change.kind === 'changed') {
    return present !== undefined && sameContent(heldIn(change, present), change.from);
  }
  return change.kind === 'added' ? present === undefined : isRow(change, present);
}

/** Somebody else made the same change already. */
function isMade(change: Change, present: object | undefined): boolean {
  if (change.kind === 'changed') {
    return present !== undefined && sameContent(heldIn(change, present), change.to);
  }
  return change.kind === 'removed' ? present === undefined : isRow(change, present);
}

function isRow({ place, row }: Change & { kind: 'added' | 'removed' }, present: object | undefined): boolean {
  if (present === undefined) return false;
  return sameContent(fieldsOf(place.thing, row), fieldsOf(place.thing, present));
}
