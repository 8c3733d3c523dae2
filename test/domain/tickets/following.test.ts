import { expect, test } from 'vitest';
import {
  CITIZEN_ADDS,
  CITIZEN_URGE_PAUSE_MS,
  type CitizenLine,
  followRefusal,
  inWhoseHands,
  saidAlready,
  showsReply,
  urgeAgainAt,
} from '../../../src/domain/tickets/following.ts';
import { TICKET_STATES } from '../../../src/domain/tickets/transitions.ts';

const NOW = 1_800_000_000_000;
const urged = (ago: number): CitizenLine => ({ at: NOW - ago, wish: 'urge', words: '', piece: false });
const added = (ago: number, words = '又漏了'): CitizenLine => ({
  at: NOW - ago,
  wish: 'add',
  words,
  piece: false,
});
const ticket = (...lines: CitizenLine[]) => ({ state: 'handling' as const, lines });
const URGE = { wish: 'urge', words: '' } as const;
const ADD = { wish: 'add', words: '又漏了' } as const;

test('a matter is pressed once a day, with or without words', () => {
  expect(followRefusal(ticket(), URGE, NOW)).toBeNull();
  expect(followRefusal(ticket(urged(CITIZEN_URGE_PAUSE_MS - 1)), URGE, NOW)).toBe('follow.urgedLately');
  expect(followRefusal(ticket(urged(CITIZEN_URGE_PAUSE_MS)), URGE, NOW)).toBeNull();
  expect(urgeAgainAt(ticket(added(5)), NOW)).toBeNull();
  expect(urgeAgainAt(ticket(urged(5)), NOW)).toBe(NOW - 5 + CITIZEN_URGE_PAUSE_MS);
});

test('an addition has words, and so many a day are enough', () => {
  expect(followRefusal(ticket(), { wish: 'add', words: '' }, NOW)).toBe('follow.wordsMissing');
  const many = Array.from({ length: CITIZEN_ADDS.most }, (_, nth) => added(nth + 1));
  expect(followRefusal(ticket(...many.slice(1)), ADD, NOW)).toBeNull();
  expect(followRefusal(ticket(...many), ADD, NOW)).toBe('follow.addedEnough');
  expect(followRefusal(ticket(...many.slice(1), added(CITIZEN_ADDS.withinMs)), ADD, NOW)).toBeNull();
  // The pieces in which he wrote his appeal take none of them.
  const pieces = many.map((line) => ({ ...line, piece: true }));
  expect(followRefusal(ticket(...pieces, ...many.slice(1)), ADD, NOW)).toBeNull();
});

test('the same words sent twice are one wish; the same words another day are another', () => {
  expect(saidAlready(ticket(added(1_000)), ADD, NOW)).toBe(true);
  expect(saidAlready(ticket(added(1_000, '路灯不亮')), ADD, NOW)).toBe(false);
  expect(saidAlready(ticket(added(3_600_000)), ADD, NOW)).toBe(false);
  expect(saidAlready(ticket(urged(1_000)), URGE, NOW)).toBe(true);
});

test('in every state somebody has it or it is over; only what is over takes no words; a reply is shown once it is let go', () => {
  const hands = Object.fromEntries(TICKET_STATES.map((state) => [state, inWhoseHands(state)]));
  expect(hands).toEqual({
    ...{ registered: 'hotline', underReview: 'hotline', outOfScope: 'hotline' },
    ...{ dispatched: 'unit', signedFor: 'unit', returned: 'hotline', inContact: 'unit', handling: 'unit' },
    ...{ longTerm: 'unit', reportedDone: 'hotline', replyReview: 'hotline', returnVisit: 'hotline' },
    ...{ disputed: 'hotline' },
    ...{ withdrawn: 'nobody', closed: 'nobody', archived: 'nobody' },
  });
  for (const state of TICKET_STATES) {
    expect(followRefusal({ state, lines: [] }, ADD, NOW)).toBe(
      inWhoseHands(state) === 'nobody' ? 'follow.over' : null,
    );
  }
  expect(TICKET_STATES.filter(showsReply)).toEqual(['returnVisit', 'disputed', 'closed', 'archived']);
});
