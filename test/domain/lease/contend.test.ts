import { expect, test } from 'vitest';
import {
  type Absence,
  asksSwitch,
  contend,
  type FolderView,
  type LeaseView,
  mayStillAct,
  SIGN_COUNTS_MS,
  STILL_AFTER_MS,
  type WitnessView,
} from '../../../src/domain/lease/contend.ts';
import { LEASE_MS, nextGeneration, type Term } from '../../../src/domain/lease/term.ts';

const term = (id: string, generation = 7): Term => ({ id, folder: 'here', name: `vm:${id}`, generation });
const held = (id: string): LeaseView => ({ kind: 'held', term: term(id) });
const absent = (forMs: number, last: Term | null = null, how: Absence = 'unseen'): LeaseView => ({
  kind: 'absent',
  gap: 'one',
  forMs,
  how,
  last,
});
const vacant: LeaseView = { kind: 'vacant', gap: 'one', last: term('old') };
const folder = (holder: FolderView['holder'], id = 'old', ours = true): FolderView => ({
  term: term(id),
  ours,
  holder,
});
const empty: FolderView = { term: null, ours: false, holder: 'unknown' };

const CASES: readonly [string, LeaseView, FolderView, string][] = [
  ['somebody renews it', held('old'), folder('alive'), 'wait held'],
  ['its holder shares our folder and is dead', held('old'), folder('dead'), 'take holderDied'],
  ['somebody else in our folder is dead', held('new'), folder('dead'), 'wait held'],
  ['its holder is frozen: until it runs out', held('old'), folder('still'), 'wait held'],
  ['its holder is elsewhere', held('far'), folder('unknown', 'far', false), 'wait held'],
  ['it was handed back', vacant, folder('alive'), 'take vacant'],
  ['the very first start', absent(0), empty, 'wait justLost'],
  ['the very first start, or flushed just now', absent(LEASE_MS - 1), empty, 'wait justLost'],
  ['the very first start, a lease later', absent(LEASE_MS), empty, 'take leaseRanOut'],
  ['flushed: its holder lives here', absent(60_000), folder('alive'), 'wait holderAlive'],
  ['flushed, and its holder is frozen', absent(LEASE_MS - 1), folder('still'), 'wait justLost'],
  [
    'ran out, its holder may be back in a moment',
    absent(599, term('old'), 'ranOut'),
    folder('still'),
    'wait justLost',
  ],
  [
    'ran out, and its holder is frozen',
    absent(600, term('old'), 'ranOut'),
    folder('still'),
    'take leaseRanOut',
  ],
  ['ran out before we looked', absent(600, term('old')), folder('still'), 'wait justLost'],
  ['ran out, its holder is known dead', absent(0, term('old')), folder('dead'), 'take holderDied'],
  ['ran out, but whose it was is elsewhere', absent(0, term('far')), folder('dead'), 'wait justLost'],
  [
    'a store that returned empty',
    absent(2_000, null, 'storeReturned'),
    folder('unknown', 'far', false),
    'wait justLost',
  ],
  [
    'a store that returned empty, much later',
    absent(2_600, null, 'storeReturned'),
    folder('unknown', 'far', false),
    'take leaseRanOut',
  ],
  ['store away, nothing known', { kind: 'away' }, empty, 'wait nobodyKnown'],
  ['store away, it is elsewhere', { kind: 'away' }, folder('dead', 'far', false), 'wait heldElsewhere'],
  ['store away, its holder lives', { kind: 'away' }, folder('alive'), 'wait holderAlive'],
  ['store away, its holder is dead', { kind: 'away' }, folder('dead'), 'take holderDied'],
  ['store away, its holder is frozen', { kind: 'away' }, folder('still'), 'take holderStill'],
];

test.for(CASES)('%s: %o', ([, lease, seen, verdict]) => {
  const made = contend(lease, seen);
  expect(`${made.kind} ${made.why}`).toBe(verdict);
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
const laterStill: WitnessView = { ...later, sameForMs: STILL_AFTER_MS + 1 };
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

const AFTER_ALL: readonly [string, LeaseView, FolderView, WitnessView, string][] = [
  [
    'ours died, one elsewhere took office without the store',
    absent(0, term('old')),
    folder('dead'),
    later,
    'wait heldElsewhere',
  ],
  [
    'ours died, and what is signed there is his',
    absent(0, term('old')),
    folder('dead'),
    signed(0),
    'take holderDied',
  ],
  [
    'the later one gives no signs any more',
    absent(0, term('old')),
    folder('dead'),
    laterStill,
    'take holderDied',
  ],
  ['handed back, then taken without the store', vacant, elsewhere, later, 'wait heldElsewhere'],
  [
    'handed back, then taken here without the store',
    vacant,
    { ...folder('alive'), term: term('new', 8) },
    later,
    'wait holderAlive',
  ],
  ['lost, and nobody is heard of but at the switch', absent(60_000), empty, later, 'wait heldElsewhere'],
  ['lost, and whoever signed last does so no more', absent(60_000), empty, laterStill, 'take leaseRanOut'],
];

test.for(AFTER_ALL)('what the store cannot know: %s', ([, lease, seen, witness, verdict]) => {
  expect(asksSwitch(lease, seen)).toBe(true);
  const made = contend(lease, seen, witness);
  expect(`${made.kind} ${made.why}`).toBe(verdict);
});

test('the switch is not asked of who renews his lease and shares our folder, and of everybody else', () => {
  expect(asksSwitch(held('old'), folder('alive'))).toBe(false);
  expect(asksSwitch(held('far'), elsewhere)).toBe(true);
  expect(asksSwitch({ kind: 'away' }, folder('alive'))).toBe(true);
  expect(asksSwitch(absent(600, term('old'), 'ranOut'), folder('still'))).toBe(true);
});

test('a store that answers has the last word, whatever the switch says', () => {
  expect(contend(held('far'), elsewhere, signed(60_000))).toMatchObject({ kind: 'wait', why: 'held' });
});

const far = { ...term('far', 9), folder: 'there' };
const signedBy = (one: Term, sameForMs: number): WitnessView => ({ kind: 'signed', term: one, sameForMs });
const silent: WitnessView = { kind: 'away' };

test.for<[string, LeaseView, FolderView, WitnessView, boolean]>([
  ['nobody was ever there', absent(2_000), empty, silent, false],
  ['handed back', vacant, folder('alive'), silent, false],
  ['dead, and shares our folder', absent(0, term('old')), folder('dead'), silent, false],
  ['frozen, and shares our folder', absent(600, term('old'), 'ranOut'), folder('still'), silent, false],
  ['who died here is not whose lease it was', absent(600, far, 'ranOut'), folder('dead'), silent, true],
  ['elsewhere, and the switch cannot be asked', absent(600, far, 'ranOut'), elsewhere, silent, true],
  ['elsewhere, with a sign just now', absent(600, far, 'ranOut'), elsewhere, signedBy(far, 0), true],
  ['a sign that may count', absent(600, far), elsewhere, signedBy(far, SIGN_COUNTS_MS - 1), true],
  ['a sign that counts no more', absent(600, far), elsewhere, signedBy(far, SIGN_COUNTS_MS), false],
  ['a switch that has just restarted', absent(600, far), elsewhere, { kind: 'unsigned', forMs: 0 }, true],
  ['nor signs there', absent(600, far), elsewhere, { kind: 'unsigned', forMs: SIGN_COUNTS_MS }, false],
  ['a later one than who died here signs', { kind: 'away' }, folder('dead'), signedBy(far, 10), true],
])('whose lease is taken may still act: %s', ([, lease, seen, witness, may]) => {
  expect(mayStillAct(lease, seen, witness)).toBe(may);
});
