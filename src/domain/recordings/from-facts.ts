import { atGatesMs } from './gates.ts';
import type { Pause, SegmentFacts, Stretch } from './judge.ts';
import type { ToldFact } from './told-fact.ts';

/** The switch answers within milliseconds; what it confirms later than this was not silent from the beginning. */
const SILENCED_WITHIN_MS = 1_000;

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/**
 * The citizen's segment: from the arrival to the end of the call; of one that we made, from his answer, when the switch
 * began to write. Facts in their order; null: the call has none.
 */
export function conversationFacts(facts: readonly ToldFact[]): SegmentFacts | null {
  const first = facts.find(({ type }) => type === 'callArrived' || type === 'recordingBegan') ?? facts[0];
  if (first === undefined) return null;
  const endedMs = facts.findLast(({ type }) => type === 'callEnded')?.atMs ?? null;
  return {
    beganMs: first.atMs,
    endedMs,
    talks: talksIn(facts),
    pauses: pausesIn(facts),
    atGatesMs: atGatesMs(facts),
  };
}

/** A segment of staff among themselves; null when nobody told that it began. */
export function internalFacts(facts: readonly ToldFact[], segment: string): SegmentFacts | null {
  const ofIt = facts.filter(({ body }) => body.segment === segment);
  const began = ofIt.find(({ type }) => type === 'segmentBegan');
  if (began === undefined) return null;
  const ended =
    ofIt.find(({ type }) => type === 'segmentEnded') ?? facts.findLast(({ type }) => type === 'callEnded');
  const endedMs = ended?.atMs ?? null;
  const during = (pause: Pause): boolean =>
    pause.toMs > began.atMs && (endedMs === null || pause.fromMs < endedMs);
  return {
    beganMs: began.atMs,
    endedMs,
    talks: endedMs === null ? [] : [{ fromMs: began.atMs, toMs: endedMs }],
    pauses: pausesIn(facts).filter(during),
    // Nobody of staff comes through the dialplan.
    atGatesMs: 0,
  };
}

/** Somebody comes into the talk. */
export const isJoining = (type: string): boolean => type === 'talkStarted' || type === 'partyJoined';

/** From each beginning of a talk to the end of that leg, or of the call. */
function talksIn(facts: readonly ToldFact[]): readonly Stretch[] {
  return facts.flatMap(({ type, atMs, body }, at): Stretch[] => {
    if (!isJoining(type)) return [];
    const end = facts.find(
      (later, index) =>
        index > at &&
        (later.type === 'callEnded' || (later.type === 'legEnded' && later.body.leg === body.leg)),
    );
    return end === undefined ? [] : [{ fromMs: atMs, toMs: end.atMs }];
  });
}

export function pausesIn(facts: readonly ToldFact[]): readonly Pause[] {
  return facts.flatMap(({ type, atMs, body }, at): Pause[] => {
    if (type !== 'recordingPaused') return [];
    const later = facts.slice(at + 1);
    const endAt = later.findIndex((one) => one.type === 'recordingResumed' || one.type === 'callEnded');
    const end = later[endAt];
    const until = typeof body.untilMs === 'number' ? body.untilMs : atMs;
    const silenced = later
      .slice(0, endAt === -1 ? undefined : endAt)
      .some((one) => one.type === 'recordingSilenced' && one.atMs - atMs <= SILENCED_WITHIN_MS);
    return [
      {
        fromMs: atMs,
        toMs: end?.atMs ?? until,
        by: textOf(body.by),
        reason: textOf(body.reason) ?? '',
        silenced,
      },
    ];
  });
}
