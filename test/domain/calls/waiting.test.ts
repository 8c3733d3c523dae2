import { describe, expect, test } from 'vitest';
import type { Call, Waiting } from '../../../src/domain/calls/call.ts';
import type { CallContext } from '../../../src/domain/calls/call-context.ts';
import { decide, resume } from '../../../src/domain/calls/decide.ts';
import { easesAtMs } from '../../../src/domain/calls/easing.ts';
import { lookAfter } from '../../../src/domain/calls/queue-moves.ts';
import { dueMs, enterQueue, hopsOf, leftFacts } from '../../../src/domain/calls/waiting.ts';
import { QUEUE_BEFORE, type Queue } from '../../../src/domain/hotlines/queue.ts';
import { UNKNOWN_CALLER } from '../../../src/domain/ivr/condition.ts';
import { askOf } from '../../../src/domain/skills/skills.ts';
import { at, inState, offered, timeout } from './call-life.ts';

type Now = Partial<ReturnType<CallContext['queueNow']>>;

/** desk -> night -> general, by what the case says of each. */
function world(
  rules: Readonly<Record<string, Partial<Queue>>>,
  now: Readonly<Record<string, Now>> = {},
  away: readonly string[] = [],
) {
  const next: Readonly<Record<string, string>> = { desk: 'night', night: 'general' };
  return (nowMs: number): CallContext => ({
    ...at(nowMs),
    queueRules: (code) => ({
      ...QUEUE_BEFORE,
      overflowQueue: next[code] ?? null,
      overflowAfterMs: next[code] === undefined ? null : 20_000,
      ringTimeoutMs: 15_000,
      ...rules[code],
    }),
    queueNow: (code) => ({
      waiting: 0,
      longestWaitMs: 0,
      signedIn: 1,
      able: now[code]?.signedIn ?? 1,
      ...now[code],
    }),
    ableAtWork: (code) => (now[code]?.able ?? now[code]?.signedIn ?? 1) > 0,
    withinReach: (agentId) => !away.includes(agentId),
  });
}
const enter = (context: CallContext, call: Call = inState('arrived')) =>
  enterQueue(call, context, { queue: 'desk', priority: 'usual', reason: 'test' });
const waitingOf = (step: ReturnType<typeof enter>): Waiting => {
  const waiting = step.change?.waiting;
  if (waiting == null) throw new Error('nobody waits');
  return waiting;
};
const through = (waiting: Waiting, context: CallContext): readonly string[] =>
  hopsOf(waiting, context).map(({ queue }) => queue);
const queued = (context: CallContext, more: Partial<Call> = {}): Call => {
  const step = enter(context, { ...inState('arrived'), ...more });
  return { ...inState('queued'), ...more, ...step.change, state: 'queued' };
};

describe('along the chain', () => {
  test('each desk by its own time, counted from the entry; the place in every desk is kept', () => {
    const context = world({ night: { overflowAfterMs: 30_000 } });
    let call = queued(context(0));
    expect(dueMs(waitingOf(enter(context(0))), context(0))).toBe(20_000);
    for (const [nowMs, expected] of [
      [20_000, ['desk', 'night']],
      [49_000, ['desk', 'night']],
      [50_000, ['desk', 'night', 'general']],
      [900_000, ['desk', 'night', 'general']],
    ] as const) {
      call = decide(call, timeout(call), context(nowMs)).call;
      expect(call.waiting && through(call.waiting, context(nowMs)), `${nowMs}`).toEqual(expected);
      expect(call.waiting?.sinceMs).toBe(0);
    }
  });

  test.each<[string, Partial<Queue>, Now, string | null]>([
    ['so many wait', { overflowWaiting: 3 }, { waiting: 3 }, '已有 3 人等待'],
    ['one fewer', { overflowWaiting: 3 }, { waiting: 2 }, null],
    [
      'the first has waited too long',
      { overflowLongestMs: 60_000 },
      { longestWaitMs: 60_000 },
      '队首已等待 60 秒',
    ],
    ['not yet so long', { overflowLongestMs: 60_000 }, { longestWaitMs: 59_999 }, null],
    ['nobody is signed in', { overflowUnstaffed: true }, { signedIn: 0 }, '无话务员签入'],
    ['nobody is, and that is no reason', {}, { signedIn: 0 }, null],
    ['nobody is who can do it', { overflowUnstaffed: true }, { able: 0 }, '签入的话务员均不具备所需技能'],
  ])('at once when %s', (_what, rules, now, why) => {
    const step = enter(world({ desk: rules }, { desk: now })(5_000));
    expect(through(waitingOf(step), world({})(0))).toEqual(why === null ? ['desk'] : ['desk', 'night']);
    const reason = step.facts?.find((fact) => fact.type === 'queueEntered' && fact.queue === 'night');
    if (why !== null) expect(reason).toMatchObject({ reason: `desk ${why}，溢出` });
  });

  test('past a desk that is full to one that is not, in one step', () => {
    const nobody = { overflowUnstaffed: true };
    const step = enter(
      world({ desk: nobody, night: nobody }, { desk: { signedIn: 0 }, night: { signedIn: 0 } })(0),
    );
    expect(through(waitingOf(step), world({})(0))).toEqual(['desk', 'night', 'general']);
  });

  test('who waits when the last agent signs out goes on; thresholds of arrival move nobody who stands there', () => {
    const context = world(
      { desk: { overflowUnstaffed: true, overflowWaiting: 1 } },
      { desk: { waiting: 0 } },
    );
    const call = queued(context(0));
    const crowded = world({ desk: { overflowWaiting: 1 } }, { desk: { waiting: 9 } });
    const same = decide(call, { type: 'lookAround' }, crowded(1_000)).call;
    expect(same.waiting && through(same.waiting, crowded(0))).toEqual(['desk']);
    const empty = world({ desk: { overflowUnstaffed: true } }, { desk: { signedIn: 0 } });
    const on = decide(call, { type: 'lookAround' }, empty(1_000)).call;
    expect(on.waiting && through(on.waiting, empty(0))).toEqual(['desk', 'night']);
  });

  test('a circle is walked once', () => {
    const context = world({ general: { overflowQueue: 'desk', overflowAfterMs: 1 } });
    let call = queued(context(0));
    for (const nowMs of [20_000, 40_000, 60_000, 80_000])
      call = decide(call, timeout(call), context(nowMs)).call;
    expect(call.waiting && through(call.waiting, context(0))).toEqual(['desk', 'night', 'general']);
  });

  test('a call that a release kept which knew one overflow goes on where it was', () => {
    const context = world({})(40_000);
    const { hops, kept, ...waiting } = waitingOf(enter(world({})(0)));
    const before = { ...inState('queued'), waiting: { ...waiting, overflowed: true } };
    expect(resume(before, context).map((one) => [one.kind, 'queue' in one ? one.queue : ''])).toEqual([
      ['joinQueue', 'desk'],
      ['lookAlsoIn', 'night'],
      ['timer', ''],
    ]);
    expect(hopsOf({ ...waiting, overflowed: false }, context)).toEqual([{ queue: 'desk', sinceMs: 0 }]);
  });
});

describe('the last resort', () => {
  const context = world({ desk: { lastResort: 'message', lastResortAfterMs: 300_000 } });
  test('who had nobody along the whole chain may say what it is about', () => {
    const call = queued(context(0));
    const before = decide(call, timeout(call), context(299_000)).call;
    expect(before.state).toBe('queued');
    const asked = decide(before, timeout(before), context(300_000));
    expect(asked.call).toMatchObject({ state: 'askingMessage', waiting: null, message: { queue: 'desk' } });
    expect(asked.commands.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['leaveQueue', 'stopMusic', 'play']),
    );
    expect(asked.facts.filter(({ type }) => type === 'queueLeft').at(-1)).toMatchObject({ how: 'moved' });
  });
});

describe('what is asked, and in which order', () => {
  test('desk, number, key and language add up; a language is a wish', () => {
    const context = world({ desk: { skills: 'wu' } })(0);
    const call: Call = {
      ...inState('arrived'),
      caller: { ...UNKNOWN_CALLER, language: 'en' },
    };
    const line = { ...call.plan.recognition.line, skills: '@env?' } as NonNullable<
      Call['plan']['recognition']['line']
    >;
    const plan = {
      ...call.plan,
      recognition: { ...call.plan.recognition, line },
      destination: { kind: 'queue', queue: 'desk', reason: '', skills: 'tax:3' } as const,
    };
    const [, join] = enter(context, { ...call, plan }).commands ?? [];
    expect(join).toMatchObject({ kind: 'joinQueue', ask: askOf('wu, tax:3, @env?, en?') });
    const mandarin = { ...inState('arrived'), caller: { ...UNKNOWN_CALLER, language: 'zh-CN' } };
    expect(enter(world({})(0), mandarin).commands?.[1]).not.toHaveProperty('ask');
  });

  test('who is in need goes before the usual, who talked before everybody', () => {
    const needy = { ...inState('arrived'), caller: { ...UNKNOWN_CALLER, vulnerable: true } };
    expect(waitingOf(enter(world({})(0), needy)).priority).toBe(2);
    expect(waitingOf(enter(world({ desk: { priority: 1 } })(0), needy)).priority).toBe(1);
    expect(waitingOf(enter(world({ desk: { priority: 7 } })(0))).priority).toBe(7);
    const place = { queue: 'desk', priority: 'cutOff', reason: '' } as const;
    expect(waitingOf(enterQueue(needy, world({})(0), place)).priority).toBe(0);
  });
});

describe('kept for the agent who knows him', () => {
  const caller = { ...UNKNOWN_CALLER, ownerAgentId: 'owner', lastAgentId: 'last' };
  const rules = { desk: { ownerFirstMs: 20_000, overflowAfterMs: 60_000 } };
  const keptBy = (away: readonly string[]) =>
    waitingOf(enter(world(rules, {}, away)(1_000), { ...inState('arrived'), caller })).kept;

  test('whoever has the case, else whoever talked with him last, else nobody; only who can be had', () => {
    expect(keptBy([])).toEqual({ agentId: 'owner', untilMs: 21_000 });
    expect(keptBy(['owner'])).toEqual({ agentId: 'last', untilMs: 21_000 });
    expect(keptBy(['owner', 'last'])).toBeNull();
    expect(waitingOf(enter(world({})(0), { ...inState('arrived'), caller })).kept).toBeNull();
  });

  test('no longer than twenty seconds by a version that says a minute', () => {
    const longer = world({ desk: { ownerFirstMs: 60_000 } });
    expect(waitingOf(enter(longer(1_000), { ...inState('arrived'), caller })).kept?.untilMs).toBe(21_000);
  });

  test('for so long and no longer, or until that agent leaves', () => {
    const context = world(rules);
    const call = queued(context(0), { caller });
    expect(dueMs(call.waiting as Waiting, context(0))).toBe(20_000);
    const early = decide(call, { type: 'lookAround' }, context(19_000));
    expect(early.call.waiting?.kept).not.toBeNull();
    const late = decide(call, timeout(call), context(20_000));
    expect(late.call.waiting?.kept).toBeNull();
    expect(late.commands.map(({ kind }) => kind)).toContain('openToAll');
    const gone = lookAfter(call, world(rules, {}, ['owner'])(2_000));
    expect(gone.commands?.map(({ kind }) => kind)).toContain('openToAll');
  });
});

describe('asks for what nobody can do', () => {
  const asks = { night: { skills: 'law:2', overflowQueue: null }, desk: { skills: 'law:2' } };
  const nobody = world(asks, { desk: { able: 0 }, night: { able: 0 } });
  const atLast = (): Call => {
    const call = queued(nobody(0));
    return decide(call, timeout(call), nobody(20_000)).call;
  };

  test('at the last desk a minute, and then anybody who is there, in the place that he has', () => {
    const call = atLast();
    expect(call.waiting && through(call.waiting, nobody(0))).toEqual(['desk', 'night']);
    const early = decide(call, { type: 'lookAround' }, nobody(79_999));
    expect(early.call.waiting?.eased).toBeUndefined();
    const late = decide(call, timeout(call), nobody(80_000));
    expect(late.call.waiting).toMatchObject({ eased: true, sinceMs: 0, priority: 5 });
    expect(late.commands.filter(({ kind }) => /Queue|AlsoIn/.test(kind))).toEqual([
      { kind: 'leaveQueue' },
      { kind: 'joinQueue', queue: 'desk', priority: 5, sinceMs: 0, ask: askOf('law:2?') },
      { kind: 'lookAlsoIn', queue: 'night', ask: askOf('law:2?') },
    ]);
    expect(late.facts.filter(({ type }) => type === 'askEased')).toEqual([
      {
        type: 'askEased',
        queues: ['desk', 'night'],
        reason: '60 秒内没有具备 law≥2 的话务员签入，改由其他话务员受理',
      },
    ]);
    const again = decide(late.call, { type: 'lookAround' }, nobody(90_000));
    expect(again.facts.filter(({ type }) => type === 'askEased')).toEqual([]);
    expect(again.commands.filter(({ kind }) => kind === 'joinQueue')).toMatchObject([
      { ask: askOf('law:2?') },
    ]);
  });

  test('by its own timer; none is set once it is over', () => {
    const call = atLast();
    const due = (context: CallContext): number => easesAtMs(call, call.waiting as Waiting, context);
    expect(due(nobody(20_000))).toBe(80_000);
    expect(due(nobody(80_000))).toBe(80_000);
    // Whoever could do it may go for a break, which tells nobody.
    expect(due(world(asks, { desk: { able: 1 } })(80_000))).toBe(140_000);
    expect(easesAtMs(queued(nobody(0)), waitingOf(enter(nobody(0))), nobody(0))).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  test('not while somebody who can do it is signed in, at whichever of his desks; at once when he leaves', () => {
    const there = world(asks, { desk: { able: 1 }, night: { able: 0 } });
    const call = atLast();
    expect(decide(call, timeout(call), there(300_000)).call.waiting?.eased).toBeUndefined();
    expect(decide(call, { type: 'lookAround' }, nobody(300_000)).call.waiting?.eased).toBe(true);
  });

  test('who asks for nothing is left as he is', () => {
    const plain = world({ night: { overflowQueue: null } }, { desk: { able: 0 }, night: { able: 0 } });
    let call = queued(plain(0));
    for (const nowMs of [20_000, 80_000, 300_000])
      call = decide(call, { type: 'lookAround' }, plain(nowMs)).call;
    expect(call.waiting?.eased).toBeUndefined();
  });
});

describe('counted in every desk that he came through (C16)', () => {
  const context = world({})(0);
  const waiting: Waiting = {
    queue: 'desk',
    sinceMs: 0,
    priority: 5,
    comfortedMs: 0,
    hops: ['desk', 'night', 'general'].map((queue) => ({ queue, sinceMs: 0 })),
  };
  test.each([
    ['answered', 'desk', ['answered', 'answeredElsewhere', 'answeredElsewhere']],
    ['answered', 'night', ['overflowed', 'answered', 'answeredElsewhere']],
    ['answered', 'general', ['overflowed', 'overflowed', 'answered']],
    ['answered', undefined, ['answered', 'answeredElsewhere', 'answeredElsewhere']],
    ['abandoned', 'desk', ['overflowed', 'overflowed', 'abandoned']],
    ['moved', undefined, ['overflowed', 'overflowed', 'moved']],
  ] as const)('%s, met in %s', (how, offeredIn, expected) => {
    const facts = leftFacts({ ...waiting, ...(offeredIn === undefined ? {} : { offeredIn }) }, context, how);
    expect(facts.map((fact) => (fact.type === 'queueLeft' ? fact.how : ''))).toEqual(expected);
  });

  test('the queue of an offer is kept with the place', () => {
    const call = queued(world({})(0));
    const event = { ...offered, queue: 'night' };
    expect(decide(call, event, world({})(1)).call.waiting).toMatchObject({ offeredIn: 'night' });
  });
});
