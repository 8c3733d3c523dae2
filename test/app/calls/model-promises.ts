import { expect } from 'vitest';
import type { Fact } from '../../../src/app/ports/facts.ts';
import { isOver } from '../../../src/domain/callbacks/callback-table.ts';
import type { House } from './harness.ts';

// What citizens are owed in the days of the model: a call back, an answer to a message, a call that we make, its record. Each
// is told once, and comes to one end.

type CallbackFact = Extract<Fact, { readonly type: 'callback' }>;
type OfCall = Extract<Fact, { readonly callId: string }>;

/** Facts of each call, in the order in which they were told. */
function byCall(house: House): ReadonlyMap<string, readonly OfCall[]> {
  const calls = new Map<string, OfCall[]>();
  for (const fact of house.facts) {
    if (fact.callId === null) continue;
    const told = calls.get(fact.callId);
    if (told === undefined) calls.set(fact.callId, [fact]);
    else told.push(fact);
  }
  return calls;
}

const count = (facts: readonly Fact[], type: Fact['type']): number =>
  facts.filter((fact) => fact.type === type).length;

/** When the last citizen is gone, and whoever was promised a call was called or told that he will not be. */
export function checkPromises(house: House, day: { readonly interrupted: boolean }): void {
  checkCallbacks(house);
  const calls = byCall(house);
  const messages = new Set<string>();
  for (const [callId, facts] of calls) {
    const told = `${callId}: ${facts.map(({ type }) => type).join(' ')}`;
    for (const fact of facts) {
      if (fact.type !== 'messageLeft') continue;
      // A message is work of its own: told twice it would be two.
      expect(messages.has(fact.recording), `${fact.recording} of ${told}`).toBe(false);
      messages.add(fact.recording);
    }
    if (count(facts, 'callPlaced') > 0) checkPlaced(callId, facts, told);
    checkPauses(facts, told);
    if (!day.interrupted) checkSegments(facts, told);
  }
}

/** A promise is made once, moves one step after the other, and ends once; after that nothing moves it any more. */
function checkCallbacks(house: House): void {
  const lives = new Map<string, CallbackFact[]>();
  for (const fact of house.facts) {
    if (fact.type === 'callback') lives.set(fact.callback.id, [...(lives.get(fact.callback.id) ?? []), fact]);
  }
  for (const [id, moves] of lives) {
    const told = `${id}: ${moves.map(({ move }) => move).join(' ')}`;
    expect(moves.map(({ move }) => move).lastIndexOf('promised'), told).toBe(0);
    expect(
      moves.map(({ callback }) => callback.seq),
      told,
    ).toEqual(moves.map((_move, at) => at + 1));
    expect(
      moves.map(({ callback }) => isOver(callback.state)),
      told,
    ).toEqual(moves.map((_move, at) => at === moves.length - 1));
  }
  // Whoever heard that he will be called is: by a callback of that desk which stood then.
  for (const fact of house.facts) {
    if (fact.type !== 'callbackPromised') continue;
    const stands = [...lives.values()].some((moves) => {
      const [first] = moves;
      const last = moves.at(-1);
      return (
        first?.callback.queue === fact.queue && first.atMs <= fact.atMs && (last?.atMs ?? 0) >= fact.atMs
      );
    });
    expect(stands, `the promise made in ${fact.callId}`).toBe(true);
  }
}

/** A call that we made: one beginning, one end, and of the machine's one result. */
function checkPlaced(callId: string, facts: readonly OfCall[], told: string): void {
  expect(count(facts, 'callPlaced'), told).toBe(1);
  const ends = facts.filter(({ type }) => type === 'callEnded');
  expect(ends.length, told).toBe(1);
  expect(facts.at(-1)?.type, told).toBe('callEnded');
  expect(count(facts, 'recordingBegan'), told).toBeLessThanOrEqual(1);
  expect(count(facts, 'citizenDialled'), told).toBeLessThanOrEqual(1);
  const placed = facts.find((fact) => fact.type === 'callPlaced');
  const isSurvey = placed?.type === 'callPlaced' && placed.purpose === 'survey';
  expect(count(facts, 'surveyEnded'), told).toBe(isSurvey ? 1 : 0);
  // What came of it is said once, and does not contradict itself: whoever was not reached has not been spoken with.
  for (const end of ends) {
    if (end.type !== 'callEnded') continue;
    const dialled = facts.find((fact) => fact.type === 'citizenDialled');
    const survey = facts.find((fact) => fact.type === 'surveyEnded');
    // Whoever pressed a key was there; what was told in a call before does not say so.
    const answered = survey?.type === 'surveyEnded' && ['refused', 'wrongPerson'].includes(survey.how);
    if (dialled !== undefined) expect(end.result, told).toBe('notReached');
    else if (count(facts, 'talkStarted') > 0 || answered)
      expect(end.result, `${callId} ${told}`).toBe('reached');
  }
}

/** Each pause of a recording ends, once, before the call does. */
function checkPauses(facts: readonly OfCall[], told: string): void {
  let paused = false;
  for (const { type } of facts) {
    if (type === 'recordingPaused') {
      expect(paused, told).toBe(false);
      paused = true;
    }
    if (type === 'recordingResumed') {
      expect(paused, told).toBe(true);
      paused = false;
    }
    if (type === 'recordingSilenced') expect(paused, told).toBe(true);
    if (type === 'callEnded') expect(paused, told).toBe(false);
  }
}

/** What staff say among themselves is recorded from one moment to another. */
function checkSegments(facts: readonly OfCall[], told: string): void {
  const open = new Set<string>();
  const seen = new Set<string>();
  for (const fact of facts) {
    if (fact.type === 'segmentBegan') {
      expect(seen.has(fact.segment), told).toBe(false);
      seen.add(fact.segment);
      open.add(fact.segment);
    }
    if (fact.type === 'segmentEnded') expect(open.delete(fact.segment), told).toBe(true);
  }
  expect([...open], told).toEqual([]);
}
