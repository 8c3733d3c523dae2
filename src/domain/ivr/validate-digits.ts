import { isPast } from './condition.ts';
import { DIGITS_AT_MOST } from './course.ts';
import { type Found, found } from './finding.ts';
import type { Choice, MenuNode } from './menu.ts';
import { leadsToPerson } from './ways.ts';

/** The keys of one node: whether each can be pressed, is told, and leads where a caller expects. */
export function validateDigits(
  { choices, prompts }: MenuNode,
  place: string,
  nowMs: number,
): readonly Found[] {
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
        ...(coversPerson(choice, choices.slice(at + 1), nowMs)
          ? [found('menu.personKeyCovered', here, digits)]
          : []),
      ];
    }),
    ...[...announced]
      .filter((digits) => !choices.some((choice) => choice.digits === digits))
      .map((digits) => found('menu.announcedKeyUnknown', `${place}/prompts`, digits)),
  ];
}

/** While its condition holds, who presses the key for a person gets something else. */
function coversPerson({ digits, when, target }: Choice, later: readonly Choice[], nowMs: number): boolean {
  if (when === null || isPast(when, nowMs) || leadsToPerson(target)) return false;
  return later.some((other) => other.digits === digits && leadsToPerson(other.target));
}
