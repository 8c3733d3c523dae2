import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from '../../../src/domain/calls/call.ts';
import type { CallCommand } from '../../../src/domain/calls/call-command.ts';
import type { CallEvent } from '../../../src/domain/calls/call-event.ts';
import type { PartyTarget } from '../../../src/domain/calls/conversation/acts.ts';
import { decide } from '../../../src/domain/calls/decide.ts';
import type { CallFact } from '../../../src/domain/calls/facts.ts';
import { RATING_AT_MOST_MS } from '../../../src/domain/calls/rating-moves.ts';
import {
  at,
  callerEnded,
  inState,
  LEG,
  lead,
  legEnded,
  played,
  press,
  talkingTo,
  timeout,
  toAsking,
  toQueue,
  unheard,
  unitConnecting,
} from './call-life.ts';
import { asks, COLLEAGUE, isJoined, NUMBER, newest, POLICE, picksUp, UNIT } from './talks.ts';

const take = (call: Call, event: CallEvent, nowMs = 2_000) => decide(call, event, at(nowMs));
const said = (commands: readonly CallCommand[]) =>
  commands.flatMap((command) => (command.kind === 'play' ? command.prompts : []));
const ratings = (facts: readonly CallFact[]) => facts.filter(({ type }) => type === 'rating');
const told = (how: string, grade: number | null = null) => [
  { type: 'rating', agentId: 'agent1', leg: LEG, how, grade },
];

test('the agent leaves: asked, graded by key while the words play, thanked, released', () => {
  const asked = take(talkingTo(toAsking), legEnded(LEG));
  expect(asked.call).toMatchObject({ state: 'rating', leg: null, releasedBy: 'agent' });
  expect(asked.commands.map(({ kind }) => kind)).toEqual(['agent', 'destroyBridge', 'play', 'timer']);
  expect(said(asked.commands)).toEqual(['rating-ask']);
  const graded = take(asked.call, press('2'));
  expect(graded.commands[0]).toEqual({ kind: 'stopPlayback', playback: asked.call.playback });
  expect(said(graded.commands)).toEqual(['rating-thanks', 'goodbye']);
  expect(ratings(graded.facts)).toEqual(told('rated', 4));
  const end = take(lead(graded.call, played), callerEnded);
  expect(end.facts).toEqual([expect.objectContaining({ result: 'answeredByAgent', releasedBy: 'agent' })]);
});

test.each([
  ['1', 5],
  ['2', 4],
  ['3', 3],
  ['4', 2],
  ['5', 1],
])('key %s is grade %i, also after the words are over', (key, grade) => {
  const awaiting = lead(inState('rating'), played);
  expect(ratings(take(awaiting, press(key)).facts)).toEqual(told('rated', grade));
});

test('silence and a wrong key are answered once; the second time the good-bye follows', () => {
  const awaiting = lead(inState('rating'), played);
  for (const [event, first, how] of [
    [timeout(awaiting), 'rating-nothing', 'silent'],
    [press('9'), 'rating-wrong', 'invalid'],
  ] as const) {
    const again = take(awaiting, event);
    expect(said(again.commands)).toEqual([first, 'rating-ask']);
    expect(ratings(again.facts)).toEqual([]);
    const waits = lead(again.call, played);
    const over = take(waits, event.type === 'timeout' ? timeout(waits) : event);
    expect(over.call.state).toBe('goodbye');
    expect(said(over.commands)).toEqual(['goodbye']);
    expect(ratings(over.facts)).toEqual(told(how));
  }
});

test('who cannot be asked is not kept; who hangs up has said nothing', () => {
  const asked = inState('rating');
  const unplayed = take(asked, unheard(asked));
  expect(said(unplayed.commands)).toEqual(['goodbye']);
  expect(ratings(unplayed.facts)).toEqual(told('unasked'));
  const left = take(asked, callerEnded);
  expect(ratings(left.facts)).toEqual(told('hungUp'));
  expect(left.facts.at(-1)).toMatchObject({ result: 'answeredByAgent', releasedBy: 'agent' });
});

test('nobody is asked where the rules do not want it, nor who hung up first, nor whose agent was lost', () => {
  expect(take(talkingTo(toQueue), legEnded(LEG)).call.state).toBe('goodbye');
  const talking = talkingTo(toAsking);
  expect(take(talking, { type: 'agentReleases' }).call.state).toBe('rating');
  expect(ratings(take(talking, callerEnded).facts)).toEqual([]);
  expect(take(talking, legEnded(LEG, 'unknown', true)).call.state).toBe('queued');
});

/** The agent left him with the unit: out of a talk of three, or by a transfer that the unit took. */
const leftWithUnit = {
  'who stayed behind': () =>
    lead(
      talkingTo(toAsking),
      asks({ kind: 'invite', target: UNIT }),
      picksUp,
      isJoined(),
      asks({ kind: 'leave' }),
    ),
  'who was transferred': () =>
    lead(talkingTo(toAsking), asks({ kind: 'transfer', target: UNIT }), picksUp, isJoined()),
};
test.each(Object.entries(leftWithUnit))(
  '%s: asked of the agent when the unit says good-bye',
  (_who, left) => {
    const withUnit = left();
    expect(withUnit).toMatchObject({ state: 'talking', leg: { kind: 'unit' } });
    const asked = take(withUnit, legEnded(newest(withUnit)));
    expect(asked.call).toMatchObject({ state: 'rating', releasedBy: 'unit' });
    expect(said(asked.commands)).toEqual(['rating-ask']);
    expect(ratings(take(asked.call, press('1')).facts)).toEqual(told('rated', 5));
    // Who hangs up on the unit is written to: the books see that he went first, after an agent's talk.
    const { facts } = take(withUnit, callerEnded);
    expect(ratings(facts)).toEqual([]);
    expect(facts.at(-1)).toMatchObject({ result: 'answeredByAgent', releasedBy: 'caller' });
  },
);

test.each<[string, PartyTarget]>([
  ['an emergency desk', POLICE],
  ['a number of whom nobody knows whose it is', NUMBER],
])('left with %s: bidden farewell when it hangs up, and not asked for a grade', (_whom, whom) => {
  const left = lead(
    talkingTo(toAsking),
    asks({ kind: 'invite', target: whom }),
    picksUp,
    isJoined(),
    ...(whom === POLICE ? [asks({ kind: 'accepted', party: null })] : []),
    asks({ kind: 'leave' }),
  );
  expect(left).toMatchObject({ state: 'talking', leg: { kind: 'unit' } });
  expect(take(left, legEnded(newest(left))).call.state).toBe('goodbye');
});

test('of several agents the last is judged; a unit that nobody of ours talked for is not', () => {
  const colleague = lead(
    talkingTo(toAsking),
    asks({ kind: 'transfer', target: COLLEAGUE }),
    picksUp,
    isJoined(),
    asks({ kind: 'transfer', target: UNIT }, 'agent2'),
    picksUp,
    isJoined(),
  );
  const asked = take(colleague, legEnded(newest(colleague))).call;
  expect(asked).toMatchObject({ state: 'rating', rating: { agentId: 'agent2' } });
  const units = lead(unitConnecting(), { type: 'connectDone', leg: 'c.u1', outcome: 'done' });
  const asking = (nowMs: number) => ({ ...at(nowMs), queueRules: () => at(nowMs).queueRules('asking') });
  expect(decide(units, legEnded('c.u1'), asking(2_000)).call.state).toBe('goodbye');
});

test('whatever happens, it is over in time, and told once', () => {
  const happening = fc.constantFrom<(call: Call) => CallEvent>(
    played,
    unheard,
    timeout,
    () => press('1'),
    () => press('7'),
    () => press('#'),
    (call) => ({ type: 'playbackEnded', playback: `${call.id}.p1`, end: 'finished' }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(happening, fc.nat(4_000)), { maxLength: 40 }), (story) => {
      const entered = take(talkingTo(toAsking), legEnded(LEG));
      let { call } = entered;
      let [nowMs, dueMs] = [2_000, 2_000];
      const facts: CallFact[] = [];
      const heed = ({ commands }: { readonly commands: readonly CallCommand[] }): void => {
        for (const command of commands) if (command.kind === 'timer') dueMs = nowMs + command.afterMs;
      };
      const run = (event: CallEvent): void => {
        const next = take(call, event, nowMs);
        heed(next);
        call = next.call;
        facts.push(...next.facts);
      };
      const timesUp = (untilMs: number): void => {
        while (call.state === 'rating' && dueMs <= untilMs) {
          nowMs = dueMs;
          run(timeout(call));
        }
      };
      heed(entered);
      for (const [event, afterMs] of story) {
        timesUp(nowMs + afterMs);
        if (call.state !== 'rating') break;
        nowMs += afterMs;
        run(event(call));
      }
      timesUp(Number.MAX_SAFE_INTEGER);
      expect(call.state).toBe('goodbye');
      expect(ratings(facts)).toHaveLength(1);
      expect(nowMs - 2_000).toBeLessThanOrEqual(RATING_AT_MOST_MS);
    }),
  );
});
