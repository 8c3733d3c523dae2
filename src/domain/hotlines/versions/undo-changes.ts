import type { Menu } from '../../ivr/menu.ts';
import { surgesOf } from '../../ivr/surge-key.ts';
import { outsideNumbersOf, queuesOfMenus } from '../../ivr/ways.ts';
import { byNumber, overlap } from '../register/period.ts';
import { type Applied, applyChanges } from './apply-changes.ts';
import type { Change } from './change.ts';
import type { RuleSet } from './rule-set.ts';

/**
 * The rules with a temporary change undone by `changes`. Nobody looks at the result before it goes out, so what others
 * have built upon it since stays: a desk, menu or trunk that is still led to, the way to a menu that meanwhile holds
 * another surge's key, a number that was entered anew for the same days. It is among the conflicts.
 */
export function undoChanges(rules: RuleSet, changes: readonly Change[]): Applied {
  const kept: Change[] = [];
  let left = changes;
  for (;;) {
    const applied = applyChanges(rules, left);
    const stuck = [...kept, ...applied.conflicts];
    const crowded = crowdedNumbers(applied.rules);
    const stays = (one: Change): boolean =>
      isLedTo(one, applied.rules) || leavesSurge(one, stuck, rules.menus) || isOf(crowded, one.place);
    const places = new Set(left.filter(stays).map(placeOf));
    if (places.size === 0) return { rules: applied.rules, conflicts: stuck };
    kept.push(...left.filter((one) => places.has(placeOf(one))));
    left = left.filter((one) => !places.has(placeOf(one)));
  }
}

const placeOf = ({ place: { thing, key } }: Change): string => `${thing} ${key}`;

/** Numbers of which two periods share a day. */
function crowdedNumbers({ lines }: RuleSet): ReadonlySet<string> {
  const crowded = new Set<string>();
  for (const [number, periods] of byNumber(lines)) {
    const sorted = [...periods].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    if (sorted.some((one, at) => at > 0 && overlap(sorted[at - 1] ?? one, one))) crowded.add(number);
  }
  return crowded;
}

const isOf = (numbers: ReadonlySet<string>, { thing, key }: Change['place']): boolean =>
  thing === 'line' && numbers.has(key.slice(0, key.indexOf('@')));

/** It takes away what the rules lead to all the same. */
function isLedTo({ kind, place: { thing, key } }: Change, after: RuleSet): boolean {
  if (kind !== 'removed') return false;
  const { lines, queues, menus, municipality } = after;
  switch (thing) {
    case 'queue':
      return (
        municipality.generalQueue === key ||
        lines.some(({ queue }) => queue === key) ||
        queues.some(({ overflowQueue }) => overflowQueue === key) ||
        queuesOfMenus(menus).includes(key)
      );
    case 'menu':
      return lines.some(({ menu }) => menu === key) && !menus.some(({ code }) => code === key);
    case 'trunk':
      return (
        lines.some(({ trunk }) => trunk === key) || outsideNumbersOf(menus).some(({ trunk }) => trunk === key)
      );
    case 'line':
    case 'municipality':
      return false;
    default:
      return thing satisfies never;
  }
}

/** It leads a number away from the menu that came with the change and has got another surge's key since. */
function leavesSurge(change: Change, stuck: readonly Change[], menus: readonly Menu[]): boolean {
  if (change.kind !== 'changed' || change.place.thing !== 'line' || change.field !== 'menu') return false;
  const came = stuck.find(
    ({ kind, place }) => kind === 'removed' && place.thing === 'menu' && place.key === change.from,
  );
  const present = menus.find(({ code }) => code === change.from);
  if (came === undefined || came.kind === 'changed' || present === undefined) return false;
  const own = surgesOf(came.row as Menu);
  return surgesOf(present).some((code) => !own.includes(code));
}
