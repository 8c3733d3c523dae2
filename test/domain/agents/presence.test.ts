import { describe, expect, test } from 'vitest';
import {
  callable,
  nextPresence,
  PHONE_RETURN_MS,
  PRESENCE_TABLE,
  type Presence,
  type PresenceEvent,
  type PresenceState,
  signedOut,
} from '../../../src/domain/agents/presence.ts';

const STATES = Object.keys(PRESENCE_TABLE) as PresenceState[];
const EVENTS: readonly PresenceEvent[] = [
  { type: 'signIn' },
  { type: 'signOut' },
  { type: 'ready' },
  { type: 'notReady', reason: 'rest' },
  { type: 'offered', callId: 'c' },
  { type: 'answered', callId: 'c' },
  { type: 'withdrawn', callId: 'c' },
  { type: 'failed', callId: 'c', reason: 'missed' },
  { type: 'callOver', callId: 'c', wrapUpMs: 30_000 },
  { type: 'wrapUpOver', callId: 'c' },
  { type: 'adopted', callId: 'c' },
  { type: 'phoneLost' },
  { type: 'phoneBack' },
];
const inState = (state: PresenceState, more: Partial<Presence> = {}): Presence => ({
  ...signedOut('agent1', 0),
  state,
  callId: state === 'RINGING' || state === 'TALKING' || state === 'WRAP_UP' ? 'c' : null,
  phoneReachable: true,
  ...more,
});

describe.each(STATES)('%s', (state) => {
  test.each(EVENTS.map((event) => [event.type, event] as const))('%s', (type, event) => {
    const before = inState(state);
    const after = nextPresence(before, event, 5);
    const allowed = (PRESENCE_TABLE[state] as Record<string, readonly string[]>)[type];
    if (allowed === undefined) expect(after).toBe(before);
    else expect(allowed).toContain(after.state);
  });
});

test('every edge of the table can be walked, and every state reached', () => {
  const walked = new Set<string>();
  const intentions = [{ to: 'READY' }, { to: 'NOT_READY', reason: 'rest' }] as const;
  for (const state of STATES)
    for (const intended of intentions)
      for (const wrapUpMs of [0, 1])
        for (const event of EVENTS) {
          const told = event.type === 'callOver' ? { ...event, wrapUpMs } : event;
          if (!(event.type in PRESENCE_TABLE[state])) continue;
          const before = inState(state, { intended, reason: 'phoneUnreachable' });
          walked.add(`${state} ${event.type} ${nextPresence(before, told, 1).state}`);
        }
  const listed = Object.entries(PRESENCE_TABLE).flatMap(([state, on]) =>
    Object.entries(on).flatMap(([event, to]) =>
      (to as readonly string[]).map((one) => `${state} ${event} ${one}`),
    ),
  );
  expect([...walked].sort()).toEqual(listed.sort());
  expect(new Set(listed.map((edge) => edge.split(' ')[2]))).toEqual(new Set(STATES));
});

test('an event of another call changes nothing', () => {
  for (const state of ['RINGING', 'TALKING', 'WRAP_UP'] as const) {
    const before = inState(state);
    for (const event of EVENTS) {
      if (!('callId' in event) || event.type === 'offered' || event.type === 'adopted') continue;
      expect(nextPresence(before, { ...event, callId: 'other' }, 1)).toBe(before);
    }
  }
});

test('what is asked for during a call is done after it', () => {
  let presence = inState('RINGING');
  presence = nextPresence(presence, { type: 'notReady', reason: 'meal' }, 1);
  expect(presence.state).toBe('RINGING');
  presence = nextPresence(presence, { type: 'answered', callId: 'c' }, 2);
  presence = nextPresence(presence, { type: 'callOver', callId: 'c', wrapUpMs: 10 }, 3);
  expect(presence).toMatchObject({ state: 'WRAP_UP', callId: 'c' });
  presence = nextPresence(presence, { type: 'wrapUpOver', callId: 'c' }, 4);
  expect(presence).toMatchObject({ state: 'NOT_READY', reason: 'meal', callId: null });
});

test('who misses a call is not ready, and is asked again only after saying ready', () => {
  const missed = nextPresence(inState('RINGING'), { type: 'failed', callId: 'c', reason: 'missed' }, 1);
  expect(missed).toMatchObject({ state: 'NOT_READY', reason: 'missed', callId: null });
  expect(nextPresence(missed, { type: 'ready' }, 2)).toMatchObject({ state: 'READY', reason: null });
});

test('a phone that stays away makes not ready; back in time it makes ready, later or for other reasons it does not', () => {
  const lost = nextPresence(inState('READY', { phoneReachable: false }), { type: 'phoneLost' }, 100);
  expect(lost).toMatchObject({ state: 'NOT_READY', reason: 'phoneUnreachable', sinceMs: 100 });
  const back = { type: 'phoneBack' } as const;
  expect(nextPresence(lost, back, 100 + PHONE_RETURN_MS)).toMatchObject({ state: 'READY', reason: null });
  expect(nextPresence(lost, back, 101 + PHONE_RETURN_MS)).toBe(lost);
  const failed = { type: 'failed', callId: 'c', reason: 'phoneUnreachable' } as const;
  const others = [
    nextPresence(lost, { type: 'notReady', reason: 'rest' }, 200),
    nextPresence(inState('RINGING'), failed, 200),
    nextPresence(inState('SIGNED_OUT'), { type: 'signIn' }, 200),
  ];
  for (const other of others) expect(nextPresence(other, back, 201)).toBe(other);
});

test('an offer that was taken back does not cost the place among the idle', () => {
  const ready = inState('READY', { idleSinceMs: 100 });
  const ringing = nextPresence(ready, { type: 'offered', callId: 'c' }, 200);
  const back = nextPresence(ringing, { type: 'withdrawn', callId: 'c' }, 300);
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
