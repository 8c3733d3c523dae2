import { expect, test } from 'vitest';
import {
  contend,
  type FolderView,
  type LeaseView,
  STILL_AFTER_MS,
  type WitnessView,
} from '../../../src/domain/lease/contend.ts';
import { nextGeneration, type Term } from '../../../src/domain/lease/term.ts';

const term = (id: string, generation = 7): Term => ({ id, folder: 'here', name: `vm:${id}`, generation });
const held = (id: string): LeaseView => ({ kind: 'held', term: term(id) });
const absent = (forMs: number, last: Term | null = null, storeReturned = false): LeaseView => ({
  kind: 'absent',
  forMs,
  storeReturned,
  last,
});
const folder = (holder: FolderView['holder'], id = 'old', ours = true): FolderView => ({
  term: term(id),
  ours,
  holder,
});
const empty: FolderView = { term: null, ours: false, holder: 'unknown' };

const CASES: readonly [string, LeaseView, FolderView, string, string | null][] = [
  ['somebody renews it', held('old'), folder('alive'), 'wait held', null],
  ['its holder shares our folder and is dead', held('old'), folder('dead'), 'take holderDied', 'old'],
  ['somebody else in our folder is dead', held('new'), folder('dead'), 'wait held', null],
  ['its holder is frozen: until it runs out', held('old'), folder('still'), 'wait held', null],
  ['its holder is elsewhere', held('far'), folder('unknown', 'far', false), 'wait held', null],
  ['it was handed back', { kind: 'vacant' }, folder('alive'), 'take vacant', null],
  ['the very first start', absent(0), empty, 'wait justLost', null],
  ['the very first start, a moment later', absent(600), empty, 'take leaseRanOut', null],
  ['flushed: its holder lives here', absent(60_000), folder('alive'), 'wait holderAlive', null],
  ['ran out, and its holder is frozen', absent(600), folder('still'), 'take leaseRanOut', null],
  ['ran out, its holder is known dead', absent(0, term('old')), folder('dead'), 'take holderDied', null],
  ['ran out, but whose it was is elsewhere', absent(0, term('far')), folder('dead'), 'wait justLost', null],
  [
    'a store that returned empty',
    absent(2_000, null, true),
    folder('unknown', 'far', false),
    'wait justLost',
    null,
  ],
  [
    'a store that returned empty, much later',
    absent(2_600, null, true),
    folder('unknown', 'far', false),
    'take leaseRanOut',
    null,
  ],
  ['store away, nothing known', { kind: 'away' }, empty, 'wait nobodyKnown', null],
  ['store away, it is elsewhere', { kind: 'away' }, folder('dead', 'far', false), 'wait heldElsewhere', null],
  ['store away, its holder lives', { kind: 'away' }, folder('alive'), 'wait holderAlive', null],
  ['store away, its holder is dead', { kind: 'away' }, folder('dead'), 'take holderDied', null],
  ['store away, its holder is frozen', { kind: 'away' }, folder('still'), 'take holderStill', null],
];

test.for(CASES)('%s: %o', ([, lease, seen, verdict, seized]) => {
  const made = contend(lease, seen);
  expect(`${made.kind} ${made.why}`).toBe(verdict);
  if (made.kind === 'take') expect(made.seized).toBe(seized);
});

test('a generation never goes back: not after a flush, nor with a clock that does', () => {
  const now = Date.UTC(2026, 10, 25);
  const first = nextGeneration(now, []);
  expect(first).toBe(now / 100 + 1);
  expect(nextGeneration(now, [first])).toBe(first + 1);
  // A year back, and no data but one's own.
  expect(nextGeneration(now - 365 * 86_400_000, [first])).toBe(first + 1);
  // Nothing is known any more: the clock is above all terms of before. Who takes over then has waited for a lost lease.
  expect(nextGeneration(now + 600, [])).toBeGreaterThan(first + 1);
});

const elsewhere = folder('unknown', 'far', false);
const signed = (sameForMs: number): WitnessView => ({ kind: 'signed', term: term('far'), sameForMs });
const later: WitnessView = { kind: 'signed', term: term('far', 8), sameForMs: 0 };
const WITNESSED: readonly [string, FolderView, WitnessView, string][] = [
  ['it gives signs', elsewhere, signed(400), 'wait heldElsewhere'],
  ['it gives none any more', elsewhere, signed(STILL_AFTER_MS + 1), 'take holderStill'],
  [
    'it gives none any more, and was never heard of here',
    empty,
    signed(STILL_AFTER_MS + 1),
    'take holderStill',
  ],
  ['the switch has just come back', elsewhere, { kind: 'unsigned', forMs: 400 }, 'wait heldElsewhere'],
  ['nobody signs there', elsewhere, { kind: 'unsigned', forMs: STILL_AFTER_MS + 1 }, 'take holderStill'],
  ['nobody was ever heard of', empty, { kind: 'unsigned', forMs: 60_000 }, 'wait nobodyKnown'],
  ['the switch is away as well', elsewhere, { kind: 'away' }, 'wait heldElsewhere'],
  ['it lives in our folder', folder('alive'), signed(60_000), 'wait holderAlive'],
  ['ours is dead, and one elsewhere has succeeded him', folder('dead'), later, 'wait heldElsewhere'],
];

test.for(WITNESSED)('store away, a holder elsewhere: %s', ([, seen, witness, verdict]) => {
  const made = contend({ kind: 'away' }, seen, witness);
  expect(`${made.kind} ${made.why}`).toBe(verdict);
});

test('a store that answers has the last word, whatever the switch says', () => {
  expect(contend(held('far'), elsewhere, signed(60_000))).toMatchObject({ kind: 'wait', why: 'held' });
});
