import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Call } from '../../../src/domain/calls/call.ts';
import type { CallEvent } from '../../../src/domain/calls/call-event.ts';
import { decide } from '../../../src/domain/calls/decide.ts';
import type { CallFact } from '../../../src/domain/calls/facts.ts';
import { HANGUP_REASONS, type HangupReason } from '../../../src/domain/calls/hangup.ts';
import type { Destination } from '../../../src/domain/hotlines/call-plan.ts';
import {
  at,
  born,
  LEG,
  MENU,
  NOTICES,
  offered,
  played,
  press,
  recordingEnded,
  timeout,
  toAsking,
  toCentre,
  toGoodbye,
  toQueue,
  toUnit,
  unheard,
} from './call-life.ts';

// What became of a call and who released it follows from what happened in which order (E9): never from the cause code
// of its last channel, which carriers set as they like (asterisk#963).

type Happening = (call: Call) => CallEvent;
const legOf = (call: Call): string => call.leg?.id ?? LEG;
const happenings: readonly Happening[] = [
  () => ({ type: 'answerDone', outcome: 'done' }),
  played,
  played,
  unheard,
  timeout,
  () => press('1'),
  () => press('6'),
  () => press('#'),
  () => offered,
  () => offered,
  (call) => ({ type: 'legAnswered', leg: legOf(call) }),
  (call) => ({ type: 'legAnswered', leg: legOf(call) }),
  (call) => ({ type: 'connectDone', leg: legOf(call), outcome: 'done' }),
  (call) => ({ type: 'connectDone', leg: legOf(call), outcome: 'done' }),
  (call) => ({ type: 'connectDone', leg: legOf(call), outcome: 'failed' }),
  (call) => ({ type: 'legEnded', leg: legOf(call), reason: 'normal', phoneLost: false }),
  (call) => ({ type: 'legEnded', leg: legOf(call), reason: 'unreachable', phoneLost: true }),
  () => ({ type: 'agentReleases' }),
  () => recordingEnded('silent'),
  () => recordingEnded('hungUp'),
  () => recordingEnded('failed'),
];
const refusing: Destination = { ...toGoodbye, result: 'refused' };
const aCall = fc
  .record({
    destination: fc.constantFrom(toQueue, toAsking, toUnit, toCentre, toGoodbye, refusing),
    menu: fc.constantFrom(null, MENU.code),
    notices: fc.constantFrom([], NOTICES),
  })
  .map(({ destination, menu, notices }) => born(destination, menu, notices).call);
const aStory = fc.array(fc.constantFrom(...happenings), { maxLength: 30 });

/** Lives through the story; then the citizen's channel ends, for whatever reason the carrier names. */
function lived(start: Call, story: readonly Happening[], reason: HangupReason, lost: boolean) {
  let call = start;
  const facts: CallFact[] = [];
  const take = (event: CallEvent, nowMs: number): void => {
    const next = decide(call, event, at(nowMs));
    call = next.call;
    facts.push(...next.facts);
  };
  for (const [nth, happening] of story.entries()) {
    if (call.state !== 'ended') take(happening(call), 1_000 * (nth + 1));
  }
  const before = call;
  if (call.state !== 'ended') take({ type: 'callerEnded', reason, lost }, 100_000);
  const ends = facts.filter((fact) => fact.type === 'callEnded');
  return { before, facts, ends };
}
const outcome = (ends: readonly CallFact[]) =>
  ends.map((end) => (end.type === 'callEnded' ? [end.result, end.releasedBy] : []));

test('whatever cause the carrier names, the outcome and who released it are the same', () => {
  fc.assert(
    fc.property(
      aCall,
      aStory,
      fc.boolean(),
      fc.constantFrom(...HANGUP_REASONS),
      fc.constantFrom(...HANGUP_REASONS),
      (call, story, lost, one, other) => {
        const [first, second] = [lived(call, story, one, lost), lived(call, story, other, lost)];
        expect(outcome(first.ends)).toEqual(outcome(second.ends));
        expect(first.ends).toHaveLength(1);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('whoever reads the facts alone comes to the same outcome', () => {
  fc.assert(
    fc.property(aCall, aStory, fc.boolean(), (call, story, lost) => {
      const { facts, ends } = lived(call, story, 'normal', lost);
      const [end] = ends;
      if (end?.type !== 'callEnded') throw new Error('it did not end');
      const told = (type: CallFact['type']): boolean => facts.some((fact) => fact.type === type);
      const { result, releasedBy } = end;
      expect(/^answeredBy/.test(result)).toBe(told('talkStarted'));
      if (told('talkStarted')) return;
      expect(result === 'messageLeft').toBe(told('messageLeft'));
      if (result === 'refused') expect(told('farewell') || call.plan.destination === refusing).toBe(true);
      if (result === 'lost') expect(releasedBy).not.toBe('caller');
      if (result === 'abandoned' && !told('farewell')) {
        expect(releasedBy === 'caller' || facts.some((fact) => fact.type === 'anomaly')).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('who released it is the first side whose end was told; a citizen who could not be seen leaving did not', () => {
  fc.assert(
    fc.property(aCall, aStory, fc.boolean(), (call, story, lost) => {
      const { before, facts, ends } = lived(call, story, 'normal', lost);
      const [end] = ends;
      if (end?.type !== 'callEnded') throw new Error('it did not end');
      const { releasedBy } = end;
      if (before.state === 'ended') return;
      if (before.releasedBy !== null) expect(releasedBy).toBe(before.releasedBy);
      else expect(releasedBy).toBe(lost ? 'system' : 'caller');
      // Another side can have left first only after a talk with it, or when we had nothing more to say.
      const talked = facts.some((fact) => fact.type === 'talkStarted');
      if (releasedBy !== 'caller' && releasedBy !== 'system') expect(talked).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
