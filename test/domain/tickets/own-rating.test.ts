import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { VisitAnswers } from '../../../src/domain/callbacks/visit-answers.ts';
import {
  CORRECTABLE_MS,
  CORRECTIONS_AT_MOST,
  correctableUntil,
  decideOwnRating,
  type GivenRating,
  isRateable,
} from '../../../src/domain/tickets/own-rating.ts';
import { TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';

const FINE = { resolved: true, result: 5, process: 4, words: '' } as const;
const POOR = { resolved: false, result: 1, process: 2, words: '又漏了' } as const;
const given = (over: Partial<GivenRating> = {}): GivenRating => ({
  ...{ id: 'r', at: 0, corrections: 0, answers: FINE },
  ...over,
});

test('a matter is rated once its reply has reached the citizen, and not in the archive', () => {
  expect(TICKET_STATES.filter(isRateable)).toEqual(['returnVisit', 'disputed', 'closed']);
  for (const state of TICKET_STATES) {
    const decided = decideOwnRating({ state, given: null }, FINE, 0);
    if (isRateable(state)) expect(decided).toEqual({ kind: 'first' });
    else {
      const refusal = state === 'archived' ? 'ticketRating.over' : 'ticketRating.notYet';
      expect(decided).toEqual({ kind: 'refused', refusal });
      // Taken up again: what he said of the last time stays as it is.
      expect(decideOwnRating({ state, given: given() }, POOR, 0)).toEqual({ kind: 'refused', refusal });
    }
  }
});

test('sent twice it stands once; corrected within a week, three times', () => {
  const decide = (answers: VisitAnswers, over: Partial<GivenRating>, now: number) =>
    decideOwnRating({ state: 'closed', given: given(over) }, answers, now);
  expect(decide({ ...FINE }, {}, CORRECTABLE_MS * 9)).toEqual({ kind: 'same' });
  expect(decide(POOR, {}, CORRECTABLE_MS)).toEqual({ kind: 'correction', id: 'r', nth: 1 });
  const refused = { kind: 'refused', refusal: 'ticketRating.correctedEnough' };
  expect(decide(POOR, {}, CORRECTABLE_MS + 1)).toEqual(refused);
  expect(decide(POOR, { corrections: CORRECTIONS_AT_MOST }, 0)).toEqual(refused);
  // Words alone are another rating.
  expect(decide({ ...FINE, words: '谢谢' }, { corrections: 2 }, 0)).toMatchObject({
    kind: 'correction',
    nth: 3,
  });
});

test('it can be corrected exactly until what he is told', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 * CORRECTABLE_MS }),
      fc.integer({ min: 0, max: CORRECTIONS_AT_MOST + 1 }),
      (now, corrections) => {
        const rating = given({ corrections });
        const until = correctableUntil(rating, now);
        const decided = decideOwnRating({ state: 'closed', given: rating }, POOR, now);
        expect(decided.kind).toBe(until === null ? 'refused' : 'correction');
        if (until !== null) expect(now).toBeLessThanOrEqual(until);
      },
    ),
  );
});
