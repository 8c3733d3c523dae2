import { expect } from 'vitest';
import { conversationFacts, internalFacts } from '../../../src/domain/recordings/from-facts.ts';
import { type FileLook, lookAt, verdictOn } from '../../../src/domain/recordings/judge.ts';
import {
  type RecordingEvent,
  type RecordingState,
  recordingLeads,
} from '../../../src/domain/recordings/recording-table.ts';
import type { ToldFact } from '../../../src/domain/recordings/told-fact.ts';
import type { House } from './harness.ts';

// What becomes of the recordings of a day of the model: the facts say that one began, or why not; the file is there in time, comes
// late, holds too little, or never comes.

/** Of a file, as the worker finds it after the call. */
export type FileFate = 'whole' | 'late' | 'short' | 'never';
const FATES: readonly FileFate[] = ['whole', 'whole', 'late', 'short', 'never'];
const AFTER_MS = 3_600_000;

interface Told {
  readonly state: RecordingState;
  readonly told: readonly RecordingState[];
}

/** Walks the table as the books do; what leads nowhere changes nothing. */
class Life {
  #states: RecordingState[] = ['notRequested'];

  take(event: RecordingEvent, to: RecordingState): void {
    if (recordingLeads(this.state, event).includes(to)) this.#states.push(to);
  }

  get state(): RecordingState {
    return this.#states.at(-1) ?? 'notRequested';
  }

  get all(): Told {
    return { state: this.state, told: this.#states };
  }
}

function comesTo(facts: readonly ToldFact[], segment: string, fate: FileFate): Told | null {
  const of = segment === 'main' ? conversationFacts(facts) : internalFacts(facts, segment);
  const began = facts.find(
    ({ type, body }) =>
      type === 'callArrived' ||
      type === 'recordingBegan' ||
      (type === 'segmentBegan' && body.segment === segment),
  );
  if (of === null || began === undefined) return null;
  const life = new Life();
  if (began.body.recording === '') {
    life.take('answeredUnrecorded', 'failed');
    return life.all;
  }
  life.take('begun', 'started');
  const { beganMs, endedMs } = of;
  const end = endedMs ?? beganMs;
  const look = (file: FileLook | null, nowMs: number): void => {
    const found = lookAt(of, file, nowMs);
    if (found.kind === 'missing') life.take('missing', 'failed');
    if (found.kind !== 'seal') return;
    const durationMs = fate === 'short' ? 0 : found.endedMs - beganMs;
    // Somebody is heard in it, however late it began.
    const verdict = verdictOn(of, { durationMs, heardMs: [Math.max(1, durationMs)] }, found);
    life.take('sealed', verdict.state);
  };
  const file: FileLook = { bytes: 1_000, quietMs: AFTER_MS };
  // At the end of the call, when it should be there, and much later.
  look(fate === 'whole' || fate === 'short' ? { ...file, quietMs: 0 } : null, end);
  look(fate === 'whole' || fate === 'short' ? file : null, end + AFTER_MS);
  look(fate === 'never' ? null : file, end + 5 * AFTER_MS);
  return life.all;
}

const bodyOf = (fact: object): ToldFact => {
  const { atMs, type, ...body } = fact as { atMs: number; type: string } & Record<string, unknown>;
  return { atMs, type, body };
};

/** Each recording that was told of comes to one state in which it stays, and says so. */
export function checkRecordings(house: House): void {
  const calls = new Map<string, ToldFact[]>();
  for (const fact of house.facts) {
    if (fact.callId === null) continue;
    calls.set(fact.callId, [...(calls.get(fact.callId) ?? []), bodyOf(fact)]);
  }
  let nth = 0;
  for (const [callId, facts] of calls) {
    const internal = facts.flatMap(({ type, body }) =>
      type === 'segmentBegan' && typeof body.segment === 'string' ? [body.segment] : [],
    );
    for (const segment of ['main', ...internal]) {
      nth += 1;
      const fate = FATES[nth % FATES.length] ?? 'whole';
      const life = comesTo(facts, segment, fate);
      if (life === null) continue;
      const told = `${callId} ${segment} ${fate}: ${life.told.join(' ')}`;
      expect(['stored', 'partial', 'failed'], told).toContain(life.state);
      if (life.told.length === 2 && life.told.includes('failed')) continue;
      if (fate === 'never') expect(life.state, told).toBe('failed');
      if (fate === 'late') expect(life.told.slice(-2), told).toEqual(['failed', life.state]);
      if (fate === 'whole') expect(life.state, told).toBe('stored');
    }
  }
}
