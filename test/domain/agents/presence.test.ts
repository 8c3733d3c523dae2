import { describe, expect, test } from 'vitest';
import { callable } from '../../../src/domain/agents/availability.ts';
import {
  PHONE_RETURN_MS,
  type Presence,
  type PresenceState,
  signedOut,
} from '../../../src/domain/agents/presence.ts';
import { nextPresence, type PresenceEvent } from '../../../src/domain/agents/presence-moves.ts';
import {
  type Intention,
  PRESENCE_TABLE,
  type SignOutOrder,
  signOutOrder,
} from '../../../src/domain/agents/presence-table.ts';

const STATES = Object.keys(PRESENCE_TABLE) as PresenceState[];
const FORCED: SignOutOrder = {
  reason: 'forced',
  by: { accountId: 'lead1', name: '班长' },
  note: '交接班',
};
const ORDERS = [signOutOrder('asked'), signOutOrder('silent'), signOutOrder('removed'), FORCED];
const EVENTS: readonly PresenceEvent[] = [
  { type: 'signIn' },
  ...ORDERS.map((order) => ({ type: 'signOut', order }) as const),
  { type: 'ready' },
  { type: 'notReady', reason: 'rest' },
  { type: 'requestWithdrawn' },
  { type: 'heard' },
  { type: 'offered', callId: 'c' },
  { type: 'callsOut', callId: 'c' },
  { type: 'answered', callId: 'c' },
  { type: 'withdrawn', callId: 'c' },
  { type: 'failed', callId: 'c', reason: 'missed' },
  { type: 'failed', callId: 'c', reason: 'undelivered' },
  { type: 'failed', callId: 'c', reason: 'phoneUnreachable' },
  { type: 'taken', callId: 'c', by: null },
  { type: 'callOver', callId: 'c', wrapUpMs: 30_000 },
  { type: 'callOver', callId: 'c', wrapUpMs: 0 },
  { type: 'extendWrapUp', extraMs: 60_000 },
  { type: 'wrapUpOver', callId: 'c' },
  { type: 'adopted', callId: 'c' },
  { type: 'phoneLost' },
  { type: 'phoneBack' },
  { type: 'trialDue' },
  { type: 'legLost' },
];
const INTENTIONS: readonly Intention[] = [
  { to: 'READY' },
  { to: 'NOT_READY', reason: 'rest' },
  ...ORDERS.map((order) => ({ to: 'SIGNED_OUT', order, instead: { to: 'READY' } }) as const),
];
/** Who has no call has come to where he wanted to be. */
const intentionsIn = (state: PresenceState): readonly Intention[] =>
  state === 'READY' || state === 'SIGNED_OUT'
    ? INTENTIONS.slice(0, 1)
    : state === 'NOT_READY'
      ? INTENTIONS.slice(0, 2)
      : INTENTIONS;
const inState = (state: PresenceState, more: Partial<Presence> = {}): Presence => ({
  ...signedOut('agent1', 0),
  state,
  callId: state === 'RINGING' || state === 'TALKING' || state === 'WRAP_UP' ? 'c' : null,
  wrapUp: state === 'WRAP_UP' ? { regularMs: 30_000, untilMs: 30_000, latestMs: 90_000 } : null,
  phoneReachable: true,
  missed: { callId: 'c', misses: 0 },
  ...more,
});
const next = (presence: Presence, event: PresenceEvent, nowMs: number, missesMax = 1): Presence =>
  nextPresence(presence, event, { nowMs, missesMax, wrapUpExtraMaxMs: 60_000 });

describe.each(STATES)('%s', (state) => {
  test.each(EVENTS.map((event) => [event.type, event] as const))('%s', (type, event) => {
    for (const intended of intentionsIn(state)) {
      const before = inState(state, { intended });
      const after = next(before, event, 5);
      const allowed = (PRESENCE_TABLE[state] as Record<string, readonly string[]>)[type];
      if (allowed === undefined) expect(after).toBe(before);
      else expect(allowed).toContain(after.state);
    }
  });
});

test('every edge of the table can be walked, and every state reached', () => {
  const walked = new Set<string>();
  for (const state of STATES)
    for (const intended of intentionsIn(state))
      for (const missesMax of [1, 2])
        for (const event of EVENTS) {
          if (!(event.type in PRESENCE_TABLE[state])) continue;
          for (const reason of ['phoneUnreachable', 'missed']) {
            const before = inState(state, { intended, reason });
            const tried = next({ ...before, trial: { number: 1, atMs: 1 } }, event, 1, missesMax);
            walked.add(`${state} ${event.type} ${tried.state}`);
            walked.add(`${state} ${event.type} ${next(before, event, 1, missesMax).state}`);
          }
        }
  const listed = Object.entries(PRESENCE_TABLE).flatMap(([state, on]) =>
    Object.entries(on).flatMap(([event, to]) =>
      (to as readonly string[]).map((one) => `${state} ${event} ${one}`),
    ),
  );
  expect([...walked].sort()).toEqual(listed.sort());
  expect(new Set(listed.map((edge) => edge.split(' ')[2]))).toEqual(new Set(STATES));
});

test('whatever happens, a call and a state that has one come and go together, and so do wrap-up and sign-out', () => {
  for (const state of STATES)
    for (const intended of intentionsIn(state))
      for (const event of EVENTS) {
        const after = next(inState(state, { intended }), event, 1);
        expect(after.callId !== null).toBe(['RINGING', 'TALKING', 'WRAP_UP'].includes(after.state));
        expect(after.wrapUp !== null).toBe(after.state === 'WRAP_UP');
        if (after.state !== 'SIGNED_OUT') expect(after.signOut).toBeNull();
        if (after.state === 'READY') expect(after.intended).toEqual({ to: 'READY' });
      }
});

test('an event of another call changes nothing', () => {
  for (const state of ['RINGING', 'TALKING', 'WRAP_UP'] as const) {
    const before = inState(state);
    for (const event of EVENTS) {
      if (!('callId' in event) || ['offered', 'callsOut', 'adopted'].includes(event.type)) continue;
      expect(next(before, { ...event, callId: 'other' }, 1)).toBe(before);
    }
  }
});

const walk = (presence: Presence, ...events: readonly PresenceEvent[]): Presence =>
  events.reduce((before, event, index) => next(before, event, index + 1), presence);
const OVER = [
  { type: 'answered', callId: 'c' },
  { type: 'callOver', callId: 'c', wrapUpMs: 10 },
  { type: 'wrapUpOver', callId: 'c' },
] as const;

test('a break that is asked for while it rings comes after call and wrap-up, and can be withdrawn', () => {
  const asked = next(inState('RINGING'), { type: 'notReady', reason: 'meal' }, 1);
  expect(asked).toMatchObject({ state: 'RINGING', intended: { to: 'NOT_READY', reason: 'meal' } });
  expect(next(asked, { type: 'notReady', reason: 'meal' }, 2)).toBe(asked);
  expect(walk(asked, OVER[0], OVER[1])).toMatchObject({ state: 'WRAP_UP', callId: 'c' });
  expect(walk(asked, ...OVER)).toMatchObject({ state: 'NOT_READY', reason: 'meal', callId: null });
  expect(walk(asked, { type: 'requestWithdrawn' }, ...OVER)).toMatchObject({ state: 'READY' });
  expect(walk(asked, { type: 'ready' }, ...OVER)).toMatchObject({ state: 'READY' });
});

test('a sign-out during a call is done after it, and can be withdrawn, but not the one a lead orders', () => {
  const asked = next(inState('TALKING'), { type: 'signOut', order: signOutOrder('asked') }, 1);
  expect(asked).toMatchObject({ state: 'TALKING', intended: { to: 'SIGNED_OUT' } });
  expect(next(asked, { type: 'signOut', order: signOutOrder('asked') }, 2)).toBe(asked);
  expect(walk(asked, OVER[1], OVER[2])).toMatchObject({ state: 'SIGNED_OUT', reason: 'asked' });
  expect(walk(asked, { type: 'requestWithdrawn' }, OVER[1], OVER[2]).state).toBe('READY');

  const forced = next(asked, { type: 'signOut', order: FORCED }, 2);
  for (const word of [
    { type: 'ready' },
    { type: 'notReady', reason: 'rest' },
    { type: 'requestWithdrawn' },
    { type: 'heard' },
    { type: 'signOut', order: signOutOrder('asked') },
    { type: 'signOut', order: { ...FORCED, note: 'again' } },
  ] as const) {
    expect(next(forced, word, 3)).toBe(forced);
  }
  expect(walk(forced, OVER[1], { type: 'ready' })).toMatchObject({ state: 'SIGNED_OUT', signOut: FORCED });
  expect(next(inState('WRAP_UP'), { type: 'signOut', order: FORCED }, 1)).toMatchObject({
    state: 'SIGNED_OUT',
    reason: 'forced',
    signOut: FORCED,
  });
});

test('who falls silent during a call leaves after its wrap-up, unless heard again; then what was asked for holds', () => {
  const silent = { type: 'signOut', order: signOutOrder('silent') } as const;
  const resting = inState('TALKING', { intended: { to: 'NOT_READY', reason: 'rest' } });
  const gone = next(resting, silent, 1);
  expect(walk(gone, OVER[1]).state).toBe('WRAP_UP');
  expect(walk(gone, OVER[1], OVER[2])).toMatchObject({ state: 'SIGNED_OUT', reason: 'silent' });
  expect(next(gone, { type: 'heard' }, 2).intended).toEqual(resting.intended);
  expect(walk(next(inState('WRAP_UP'), silent, 1), { type: 'heard' }, OVER[2]).state).toBe('READY');
  expect(next(inState('READY'), silent, 1)).toMatchObject({ state: 'SIGNED_OUT', reason: 'silent' });
});

test('who misses as many offers in a row as allowed is not ready, and begins anew after saying ready', () => {
  const missed = { type: 'failed', callId: 'c', reason: 'missed' } as const;
  const rejected = { type: 'failed', callId: 'c', reason: 'rejected' } as const;
  const offered = { type: 'offered', callId: 'c' } as const;
  const twice = (presence: Presence, event: PresenceEvent): Presence => next(presence, event, 9, 2);
  const once = twice(inState('RINGING', { idleSinceMs: 1 }), missed);
  // At the end of the line: others come first.
  expect(once).toMatchObject({ state: 'READY', misses: 1, idleSinceMs: 9, callId: null });
  const paused = twice(twice(once, offered), rejected);
  expect(paused).toMatchObject({ state: 'NOT_READY', reason: 'rejected', misses: 2 });
  expect(twice(paused, { type: 'ready' })).toMatchObject({ state: 'READY', reason: null, misses: 0 });
  expect(twice(twice(once, offered), { type: 'answered', callId: 'c' })).toMatchObject({ misses: 0 });
  // The caller gave up first: nobody's miss, and no pardon either.
  expect(twice(twice(once, offered), { type: 'withdrawn', callId: 'c' })).toMatchObject({ misses: 1 });
  expect(next(inState('RINGING'), missed, 1)).toMatchObject({ state: 'NOT_READY', reason: 'missed' });
});

test('a phone that fails is no miss, and makes not ready at once', () => {
  const failed = { type: 'failed', callId: 'c', reason: 'phoneUnreachable' } as const;
  expect(next(inState('RINGING'), failed, 1, 5)).toMatchObject({
    state: 'NOT_READY',
    reason: 'phoneUnreachable',
    misses: 0,
  });
});

test('the same reason again is the same break; another one begins a new one', () => {
  const resting = next(inState('READY'), { type: 'notReady', reason: 'rest' }, 100);
  expect(next(resting, { type: 'notReady', reason: 'rest' }, 200)).toBe(resting);
  expect(next(resting, { type: 'notReady', reason: 'meal' }, 200)).toMatchObject({
    state: 'NOT_READY',
    reason: 'meal',
    sinceMs: 200,
  });
});

test('a wrap-up is extended to what is asked for, not by it, and never beyond its latest end or backwards', () => {
  const wrapping = inState('WRAP_UP');
  const extend = (presence: Presence, extraMs: number): Presence =>
    next(presence, { type: 'extendWrapUp', extraMs }, 5);
  const longer = extend(wrapping, 40_000);
  expect(longer.wrapUp).toMatchObject({ untilMs: 70_000 });
  expect(extend(longer, 40_000)).toBe(longer);
  expect(extend(longer, 10_000)).toBe(longer);
  expect(extend(longer, 500_000).wrapUp).toMatchObject({ untilMs: 90_000 });
  expect(longer.sinceMs).toBe(wrapping.sinceMs);
});

test('a phone that stays away makes not ready; back in time it makes ready, later or for other reasons it does not', () => {
  const lost = next(inState('READY', { phoneReachable: false }), { type: 'phoneLost' }, 100);
  expect(lost).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable', sinceMs: 100 });
  const back = { type: 'phoneBack' } as const;
  expect(next(lost, back, 100 + PHONE_RETURN_MS)).toMatchObject({ state: 'READY', reason: null });
  expect(next(lost, back, 101 + PHONE_RETURN_MS)).toBe(lost);
  const failed = { type: 'failed', callId: 'c', reason: 'phoneUnreachable' } as const;
  const others = [
    next(lost, { type: 'notReady', reason: 'rest' }, 200),
    next(inState('RINGING'), failed, 200),
    next(inState('SIGNED_OUT'), { type: 'signIn' }, 200),
  ];
  for (const other of others) expect(next(other, back, 201)).toBe(other);
});

test('who is found talking talks: one who had left leaves after it, one who was never there says himself what he wants', () => {
  const found = (presence: Presence): Presence => next(presence, { type: 'adopted', callId: 'c' }, 1);
  const never = found(inState('SIGNED_OUT'));
  expect(never).toMatchObject({ state: 'TALKING', callId: 'c' });
  expect(walk(never, OVER[1], OVER[2])).toMatchObject({ state: 'NOT_READY', reason: 'signedIn' });
  expect(walk(never, OVER[1], { type: 'ready' })).toMatchObject({ state: 'READY' });
  const left = found(inState('SIGNED_OUT', { reason: 'forced', signOut: FORCED }));
  expect(left).toMatchObject({ state: 'TALKING', callId: 'c', signOut: null });
  expect(walk(left, OVER[1], OVER[2])).toMatchObject({ state: 'SIGNED_OUT', signOut: FORCED });
  expect(found(inState('READY')).intended).toEqual({ to: 'READY' });
  // Found where he was believed; or in another call than that.
  const talks = inState('TALKING');
  expect(found(talks)).toBe(talks);
  expect(found({ ...talks, callId: 'other' })).toMatchObject({ state: 'TALKING', callId: 'c', sinceMs: 1 });
});

test('an offer that was taken back does not cost the place among the idle', () => {
  const ready = inState('READY', { idleSinceMs: 100 });
  const ringing = next(ready, { type: 'offered', callId: 'c' }, 200);
  const back = next(ringing, { type: 'withdrawn', callId: 'c' }, 300);
  expect(back).toMatchObject({ state: 'READY', idleSinceMs: 100, sinceMs: 300 });
});

test.each([
  [{}, true],
  [{ state: 'NOT_READY' }, false],
  [{ phoneReachable: false }, false],
  [{ foreignChannels: 1 }, false],
  [{ callId: 'c' }, false],
] as const)('callable only when ready, reachable, alone on the phone and free: %j', (change, expected) => {
  expect(callable(inState('READY', change))).toBe(expected);
});

test('what could not be delivered is nobody’s miss: forgiven once, then the telephone gets no more', () => {
  const undelivered = { type: 'failed', callId: 'c', reason: 'undelivered' } as const;
  const once = next(inState('RINGING'), undelivered, 1);
  expect(once).toMatchObject({ state: 'READY', misses: 1 });
  expect(next({ ...inState('RINGING'), misses: 1 }, undelivered, 1)).toMatchObject({
    state: 'NOT_READY',
    reason: 'undelivered',
  });
});

describe('not ready by no fault of his', () => {
  const failed = (reason: 'connectFailed' | 'phoneUnreachable') =>
    ({ type: 'failed', callId: 'c', reason }) as const;
  const due = { type: 'trialDue' } as const;

  test('is tried again by itself, more and more seldom, until he talks or says that he is ready', () => {
    let presence = inState('RINGING');
    const waits: number[] = [];
    for (let nowMs = 0; waits.length < 8; nowMs = presence.trial?.atMs ?? Number.NaN) {
      presence = next({ ...presence, state: 'RINGING', callId: 'c' }, failed('connectFailed'), nowMs);
      expect(presence).toMatchObject({
        state: 'NOT_READY',
        reason: 'connectFailed',
        intended: { to: 'READY' },
      });
      waits.push((presence.trial?.atMs ?? Number.NaN) - nowMs);
      const again = next(presence, due, presence.trial?.atMs ?? 0);
      expect(again).toMatchObject({ state: 'READY', reason: null, misses: 0 });
      presence = again;
    }
    expect(waits.map((ms) => ms / 1_000)).toEqual([10, 20, 40, 80, 160, 300, 300, 300]);
    const talks = next(
      inState('RINGING', { trial: presence.trial ?? null }),
      { type: 'answered', callId: 'c' },
      9,
    );
    const says = next(inState('NOT_READY', { trial: presence.trial ?? null }), { type: 'ready' }, 9);
    for (const anew of [talks, says]) expect(anew.trial).toBeNull();
  });

  test('waits for a phone that is away: with its reason, and not for ever', () => {
    const held = next(inState('RINGING'), failed('phoneUnreachable'), 0);
    const away = { ...held, phoneReachable: false };
    expect(next(away, due, 10_000)).toBe(away);
    const back = { type: 'phoneBack' } as const;
    expect(next(away, back, 9_999)).toBe(away);
    const there = { ...away, phoneReachable: true };
    expect(next(there, back, 12_000)).toMatchObject({ state: 'READY', reason: null, misses: 0 });
    const late = 10_001 + PHONE_RETURN_MS;
    for (const event of [back, due]) {
      const left = next(there, event, late);
      expect(left).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable', trial: null });
      expect(next(left, due, late)).toBe(left);
    }
  });

  test('a wish of his stands over it: a break, the end of the shift, and what he asked for while it rang', () => {
    const held = next(inState('RINGING'), failed('phoneUnreachable'), 1);
    const rests = next(held, { type: 'notReady', reason: 'rest' }, 2);
    expect(next(rests, due, 10_001)).toBe(rests);
    const asked = inState('RINGING', { intended: { to: 'NOT_READY', reason: 'rest' } });
    const after = next(asked, failed('connectFailed'), 1);
    expect(after).toMatchObject({ state: 'NOT_READY', reason: 'rest' });
    expect(next(after, due, 10_001)).toBe(after);
  });

  test('what he did himself is not tried: not answering, refusing, a phone that stays away', () => {
    for (const reason of ['missed', 'rejected'] as const) {
      const after = next(inState('RINGING'), { type: 'failed', callId: 'c', reason }, 1);
      expect(next(after, due, 10_001)).toBe(after);
    }
    const away = next(inState('READY', { trial: { number: 1, atMs: 5 } }), { type: 'phoneLost' }, 100);
    expect(next(away, due, 100)).toBe(away);
  });

  test('a call that he places himself brings him back to being tried, not to a break', () => {
    const held = next(inState('RINGING'), failed('connectFailed'), 1);
    const dialling = next(held, { type: 'callsOut', callId: 'd' }, 2);
    const given = next(dialling, { type: 'withdrawn', callId: 'd' }, 3);
    expect(given).toMatchObject({ state: 'READY' });
  });
});

test('F-16: who answered in the moment in which the offer went on did not miss it', () => {
  const ringing = inState('RINGING', { missed: null });
  const missed = next(ringing, { type: 'failed', callId: 'c', reason: 'missed' }, 1);
  expect(missed).toMatchObject({ state: 'NOT_READY', reason: 'missed', misses: 1 });
  expect(next(missed, { type: 'taken', callId: 'c', by: '王小明' }, 2)).toMatchObject({
    state: 'READY',
    misses: 0,
    missed: null,
    taken: { callId: 'c', by: '王小明', atMs: expect.any(Number) },
  });
  expect(next(missed, { type: 'taken', callId: 'other', by: null }, 2)).toBe(missed);
});
