import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Callback,
  type CallbackEvent,
  type CallbackRequest,
  diallableMs,
  LEASE_MS,
  lookAt,
  moveCallback,
  nextLookMs,
  requestCallback,
} from '../../../src/domain/callbacks/callback.ts';
import { CALLBACK_STATES, CALLBACK_TABLE, isOver } from '../../../src/domain/callbacks/callback-table.ts';
import { DIAL_OUTCOME_NAMES, DIAL_OUTCOMES } from '../../../src/domain/callbacks/dial-outcome.ts';
import { offerDueMs, USUAL_CALLBACK_RULE } from '../../../src/domain/hotlines/callback-rule.ts';

const ZONE = 'Asia/Shanghai';
const at = (text: string): number => Date.parse(`2026-11-25T${text}+08:00`);
const NOON = at('12:00:00');
const REQUEST: CallbackRequest = {
  id: 'callback1',
  number: '13800138000',
  queue: 'general',
  priority: 1,
  sinceMs: NOON - 60_000,
  callId: 'call1',
  line: '12345',
  lineName: '政务服务便民热线',
  ticketId: null,
  rule: USUAL_CALLBACK_RULE,
};
const asked = requestCallback(REQUEST, NOON, ZONE);
const move = (callback: Callback, event: CallbackEvent, nowMs = NOON): Callback =>
  moveCallback(callback, event, { nowMs, zone: ZONE });
const hungUp: CallbackEvent = { type: 'hungUp', callId: 'call1' };
const waiting = move(asked, hungUp);
const dialling = move(waiting, { type: 'matched', callId: 'out1' });

const EVENTS: readonly CallbackEvent[] = [
  { type: 'matched', callId: 'out1' },
  { type: 'quiet' },
  { type: 'reached', callId: 'out1' },
  ...DIAL_OUTCOME_NAMES.map((outcome) => ({ type: 'notReached', callId: 'out1', outcome }) as const),
  { type: 'agentAway', callId: 'out1' },
  { type: 'leaseOver' },
  { type: 'due' },
  { type: 'calledIn', callId: 'in1' },
  { type: 'gotThrough', callId: 'in1' },
  { type: 'hungUp', callId: 'in1' },
  { type: 'cancel' },
  { type: 'expire' },
];
/** One callback in each state, reached by moves alone. */
const IN_STATE: Readonly<Record<keyof typeof CALLBACK_TABLE, Callback>> = {
  waiting,
  dialling,
  resting: move(dialling, { type: 'notReached', callId: 'out1', outcome: 'busy' }),
  onLine: move(waiting, { type: 'calledIn', callId: 'in1' }),
  fulfilled: move(dialling, { type: 'reached', callId: 'out1' }),
  cancelled: move(waiting, { type: 'cancel' }),
  failed: move({ ...dialling, attempts: 2 }, { type: 'notReached', callId: 'out1', outcome: 'busy' }),
  expired: move(waiting, { type: 'expire' }),
};

test.each(CALLBACK_STATES)(
  '%s heeds what the table lists and nothing else, and each way leads where it says',
  (state) => {
    const before = IN_STATE[state];
    expect(before.state).toBe(state);
    const table: Readonly<Record<string, readonly string[]>> = CALLBACK_TABLE[state];
    for (const event of EVENTS) {
      const after = move(before, event);
      const targets = table[event.type];
      if (targets === undefined) expect(after).toBe(before);
      else expect(targets).toContain(after.state);
    }
  },
);

test('what ends is over with its time, and nothing else is', () => {
  for (const callback of Object.values(IN_STATE)) {
    expect(callback.endedMs !== null).toBe(isOver(callback.state));
    expect(nextLookMs(callback, NOON) === null).toBe(isOver(callback.state) || callback.state === 'onLine');
  }
});

test('who is still being told that he will be called is not called yet', () => {
  expect(asked).toMatchObject({ state: 'onLine', inCall: 'call1' });
  expect(move(asked, { type: 'matched', callId: 'out1' })).toBe(asked);
});

test('the place is the citizen’s, not the callback’s', () => {
  expect(waiting).toMatchObject({ sinceMs: NOON - 60_000, priority: 1, requestedMs: NOON });
});

test('after each outcome he is called again by its own spacing, and not more often than promised', () => {
  for (const outcome of DIAL_OUTCOME_NAMES) {
    const after = move(dialling, { type: 'notReached', callId: 'out1', outcome });
    const { counts, againAfterMs } = DIAL_OUTCOMES[outcome];
    expect(after).toMatchObject({
      state: 'resting',
      attempts: counts ? 1 : 0,
      dueMs: NOON + againAfterMs,
      lastOutcome: outcome,
    });
  }
});

test('a fault of ours never uses up his tries', () => {
  const last = { ...dialling, attempts: 2 };
  expect(move(last, { type: 'notReached', callId: 'out1', outcome: 'network' }).state).toBe('resting');
  expect(move(last, { type: 'notReached', callId: 'out1', outcome: 'noAnswer' }).state).toBe('failed');
});

test('a try that would come after the promise has run out is not waited for', () => {
  const late = waiting.validUntilMs - 60_000;
  expect(move(dialling, { type: 'notReached', callId: 'out1', outcome: 'noAnswer' }, late).state).toBe(
    'failed',
  );
});

test('word of another call than the present one changes nothing', () => {
  expect(move(dialling, { type: 'reached', callId: 'out0' })).toBe(dialling);
  expect(move(IN_STATE.onLine, { type: 'hungUp', callId: 'in0' })).toBe(IN_STATE.onLine);
});

test('F-18: he rings in, the callback steps aside; he gets through, it is over; he hangs up, it stands where it stood', () => {
  const { onLine } = IN_STATE;
  expect(move(onLine, { type: 'gotThrough', callId: 'in1' }).state).toBe('cancelled');
  const back = move(onLine, { type: 'hungUp', callId: 'in1' });
  expect(back).toMatchObject({
    state: 'waiting',
    sinceMs: waiting.sinceMs,
    priority: waiting.priority,
    inCall: null,
  });
});

test('a second call of his takes the place over from the first', () => {
  const second = move(move(dialling, { type: 'calledIn', callId: 'in1' }), { type: 'hungUp', callId: 'in1' });
  expect(second.state).toBe('waiting');
});

test('at night only who has just asked is called', () => {
  const evening = move(requestCallback(REQUEST, at('21:50:00'), ZONE), hungUp);
  expect(diallableMs(evening, at('22:30:00'), ZONE)).toBe(at('22:30:00'));
  expect(diallableMs(evening, at('23:00:00'), ZONE)).toBe(at('07:00:00') + 86_400_000);
  expect(move(evening, { type: 'quiet' }, at('23:00:00'))).toMatchObject({
    state: 'resting',
    dueMs: at('07:00:00') + 86_400_000,
  });
  // What would have run out at night is still good in the morning.
  expect(evening.validUntilMs).toBe(at('09:00:00') + 86_400_000);
  const atNight = requestCallback(REQUEST, at('23:30:00'), ZONE);
  expect(diallableMs(atNight, at('23:40:00'), ZONE)).toBe(at('23:40:00'));
});

test('its time brings the event that leads it on, and no sooner', () => {
  expect(lookAt(waiting, waiting.validUntilMs - 1)).toBeNull();
  expect(lookAt(waiting, waiting.validUntilMs)).toEqual({ type: 'expire' });
  expect(lookAt(dialling, NOON + LEASE_MS - 1)).toBeNull();
  expect(lookAt(dialling, NOON + LEASE_MS)).toEqual({ type: 'leaseOver' });
  const { resting } = IN_STATE;
  expect(lookAt(resting, (resting.dueMs ?? 0) - 1)).toBeNull();
  expect(lookAt(resting, resting.dueMs ?? 0)).toEqual({ type: 'due' });
});

test('whatever happens in whatever order: it ends by its end at the latest, is tried at most so often, and keeps its place', () => {
  const event = fc.constantFrom(...EVENTS);
  fc.assert(
    fc.property(fc.array(fc.tuple(event, fc.integer({ min: 0, max: 3_600_000 }))), (happenings) => {
      let callback = waiting;
      let nowMs = NOON;
      for (const [what, afterMs] of happenings) {
        nowMs += afterMs;
        const before = callback;
        callback = move(callback, what, nowMs);
        if (callback === before) continue;
        expect(callback.seq).toBe(before.seq + 1);
        expect(isOver(before.state)).toBe(false);
      }
      expect(callback.attempts).toBeLessThanOrEqual(waiting.rule.attempts);
      expect(callback).toMatchObject({
        sinceMs: waiting.sinceMs,
        priority: waiting.priority,
        id: waiting.id,
      });
      // Left alone it comes to its end by its own looks; a call of his is somebody else's to end.
      for (let looks = 0; looks < 20 && !isOver(callback.state) && callback.state !== 'onLine'; looks += 1) {
        nowMs = Math.max(nowMs, nextLookMs(callback, nowMs) ?? nowMs);
        const due = lookAt(callback, nowMs);
        expect(due).not.toBeNull();
        if (due !== null) callback = move(callback, due, nowMs);
      }
      expect(isOver(callback.state) || callback.state === 'onLine').toBe(true);
    }),
  );
});

test('it is offered after a wait, or as soon as the wait is known to be long, and said again', () => {
  const rule = USUAL_CALLBACK_RULE;
  const waits = { sinceMs: NOON, offeredMs: null, estimateMs: null };
  expect(offerDueMs(rule, waits, NOON)).toBe(NOON + 60_000);
  expect(offerDueMs(rule, { ...waits, estimateMs: 180_001 }, NOON + 5)).toBe(NOON + 5);
  expect(offerDueMs({ ...rule, afterWaitMs: null }, { ...waits, estimateMs: 100 }, NOON)).toBeNull();
  expect(offerDueMs(rule, { ...waits, offeredMs: NOON + 60_000 }, NOON)).toBe(NOON + 180_000);
});
