import { addDays } from '../hotlines/register/period.ts';
import { checkMapping, type MappingFacts } from './check-mapping.ts';
import { checkTerms } from './check-terms.ts';
import type { CodeListId } from './code-list.ts';
import { type CodeFinding, finding } from './finding.ts';

const dayAfter = (day: string): string => addDays(day, 1);

export interface EditionDays {
  readonly number: number;
  /** Local days, both included; null: until another begins. */
  readonly validFrom: string;
  readonly validTo: string | null;
}

export interface CheckFacts extends MappingFacts {
  readonly days: Omit<EditionDays, 'number'>;
  /** Of this list, published or in force, in the order of their days. */
  readonly standing: readonly EditionDays[];
  readonly others: ReadonlyMap<CodeListId, ReadonlySet<string>>;
  readonly today: string;
}

/** All that is wrong with a draft at once; with an error it is not published. */
export function checkList(facts: CheckFacts): readonly CodeFinding[] {
  return [
    ...checkDays(facts),
    ...checkTerms(facts.list, facts.draft.terms, facts.others),
    ...checkMapping(facts),
  ];
}

function checkDays({ days: { validFrom, validTo }, standing, today }: CheckFacts): readonly CodeFinding[] {
  const found: CodeFinding[] = [];
  if (validFrom < today) {
    found.push(
      finding(
        'startPassed',
        'error',
        [],
        [`生效日 ${validFrom} 已过`, `Its first day, ${validFrom}, has passed`],
        [
          `最早自 ${today} 起：当日工单保留当日的代码`,
          `From ${today} at the earliest: tickets keep the code of their day`,
        ],
      ),
    );
  }
  const last = standing.at(-1);
  if (last === undefined) return found;
  // The one in force gives way on the day itself; one that waits, or was laid down to a day, has its days to itself.
  const taken =
    last.validTo !== null ? validFrom <= last.validTo : validFrom <= last.validFrom && last.validFrom > today;
  if (taken || (validTo !== null && validTo < validFrom)) {
    found.push(
      finding(
        'twoInForce',
        'error',
        [],
        [
          `第 ${last.number} 版自 ${last.validFrom} ${last.validTo === null ? '起' : `至 ${last.validTo}`} 有效，与本版（自 ${validFrom}${validTo === null ? '' : ` 至 ${validTo}`}）重叠`,
          `Edition ${last.number} holds from ${last.validFrom}${last.validTo === null ? '' : ` to ${last.validTo}`}: two would be in force at once`,
        ],
        ['改在其后生效，或先撤回那一版', 'Begin after it, or withdraw it first'],
      ),
    );
  } else if (last.validTo !== null && dayAfter(last.validTo) < validFrom) {
    found.push(
      finding(
        'gapInTime',
        'error',
        [],
        [
          `第 ${last.number} 版止于 ${last.validTo}，到 ${validFrom} 之前没有代码表有效`,
          `Edition ${last.number} ends on ${last.validTo}; until ${validFrom} no list would be in force`,
        ],
        [`自 ${dayAfter(last.validTo)} 起生效`, `Begin on ${dayAfter(last.validTo)}`],
      ),
    );
  }
  return found;
}
