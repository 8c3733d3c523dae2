import type { Menu } from '../../ivr/menu.ts';
import { leadsStraight, surgePrompt, surgesOf, withoutSurgeKeys } from '../../ivr/surge-key.ts';
import { outsideNumbersOf } from '../../ivr/ways.ts';
import type { Change } from './change.ts';
import { canonical, type FieldValue } from './content.ts';
import { keyedMenus } from './diff.ts';
import { fieldsOfMenu, menuOfFields, readMenuField } from './menu-fields.ts';
import type { RuleLine, RuleSet } from './rule-set.ts';

/** A menu before and after one change; null on a side where there is none, and on both where it concerns no menu. */
export interface MenuSeen {
  readonly before: Menu | null;
  readonly after: Menu | null;
}

export function menuSeen(change: Change, base: RuleSet): MenuSeen {
  const { thing, key } = change.place;
  if (thing !== 'menu') return { before: null, after: null };
  const before = change.kind === 'added' ? null : (keyedMenus(base.menus).get(key) ?? null);
  switch (change.kind) {
    case 'added':
      return { before, after: change.row as Menu };
    case 'removed':
      return { before, after: null };
    case 'changed':
      return {
        before,
        after: before === null ? null : withField(before, change.field, change.to),
      };
    default:
      return change satisfies never;
  }
}

const withField = (menu: Menu, field: string, to: FieldValue): Menu =>
  menuOfFields(menu.code, { ...fieldsOfMenu(menu), [field]: to });

/** JS-05: a key that ends by itself and leaves everything else as it was cannot wait for a second person. */
export function differInSurgeOnly({ before, after }: MenuSeen, now?: number): boolean {
  if (before === null || after === null) return false;
  const usual = (menu: Menu): string => {
    const { texts, ...rest } = withoutSurgeKeys(menu, now);
    return canonical(rest);
  };
  // Words are looked at by themselves, see `speaksAnew`.
  return usual(before) === usual(after);
}

/** Other words than before under a name that is not a surge's own: everybody who hears the menu hears them. */
export function speaksAnew(field: string, before: Menu | null, after: Menu | null, now?: number): boolean {
  const read = readMenuField(field);
  if (read.kind !== 'text') return false;
  const surges = [before, after].flatMap((menu) => (menu === null ? [] : surgesOf(menu, now)));
  return !surges.some((code) => surgePrompt(code) === read.name);
}

/** The same for a number that had no menu: it gets one that leads on as before, beside the surge's key. */
export function becomesSurge(
  seen: {
    readonly field: string;
    readonly before: RuleLine | null;
    readonly after: RuleLine | null;
    readonly lineMenu: Menu | null;
  },
  now?: number,
): boolean {
  const { field, before, after, lineMenu } = seen;
  if (field !== 'menu' || before === null || after === null || before.menu !== null) return false;
  return lineMenu !== null && leadsStraight(lineMenu, after.queue, now);
}

/** Outside telephones to which the menu sends callers and did not before. */
export function newOutsideNumbers({ before, after }: MenuSeen): readonly string[] {
  const known = new Set(outsideNumbers(before));
  return outsideNumbers(after).filter((number) => !known.has(number));
}

const outsideNumbers = (menu: Menu | null): readonly string[] =>
  outsideNumbersOf(menu === null ? [] : [menu]).map(({ trunk, number }) => `${trunk} ${number}`);

/** The menus as they will be: what a line is sent to may come, or become another, with the same changes. */
export function menusAfter(base: RuleSet, changes: readonly Change[]): ReadonlyMap<string, Menu> {
  const menus = keyedMenus(base.menus);
  for (const change of changes) {
    const { thing, key } = change.place;
    if (thing !== 'menu') continue;
    const known = menus.get(key);
    if (change.kind === 'added') menus.set(key, change.row as Menu);
    if (change.kind === 'removed') menus.delete(key);
    if (change.kind === 'changed' && known !== undefined) {
      menus.set(key, withField(known, change.field, change.to));
    }
  }
  return menus;
}
