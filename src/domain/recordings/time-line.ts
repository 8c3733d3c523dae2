import { isJoining, pausesIn } from './from-facts.ts';
import type { ToldFact } from './told-fact.ts';

export const PARTICIPANTS = ['citizen', 'agent', 'unit', 'centre', 'outside', 'emergency', 'lead'] as const;

/** Somebody who could be heard. Offsets from the call's arrival, ms; `toMs` null: still. */
export interface Participant {
  readonly who: (typeof PARTICIPANTS)[number];
  /** null: the citizen. */
  readonly leg: string | null;
  readonly agentId: string | null;
  readonly number: string | null;
  /** On which side of a conversation's recording. */
  readonly side: 'citizen' | 'staff';
  readonly fromMs: number;
  readonly toMs: number | null;
}

/** What explains a stretch of the recording: music while held, silence by order, staff among themselves. */
export interface TimeMark {
  readonly what: 'held' | 'paused' | 'internal';
  readonly fromMs: number;
  readonly toMs: number | null;
  readonly reason: string;
  /** Of staff among themselves: who. */
  readonly legs: readonly string[];
}

export interface TimeLine {
  /** Epoch ms of offset 0. */
  readonly arrivedMs: number;
  readonly endedMs: number | null;
  readonly participants: readonly Participant[];
  readonly marks: readonly TimeMark[];
}

/** As a fact says it, else by the mark in the leg's id. */
const WHO: Readonly<Record<string, Participant['who']>> = {
  a: 'agent',
  agent: 'agent',
  u: 'unit',
  unit: 'unit',
  c: 'centre',
  centre: 'centre',
  emergency: 'emergency',
  l: 'lead',
};

/** Of a call that we make: the citizen's channel, by its mark. */
const isCitizens = (leg: unknown): boolean => typeof leg === 'string' && /\.t\d+$/.test(leg);

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** One time line of a call from its facts, in their order. Null: there are none. */
export function timeLineOf(facts: readonly ToldFact[]): TimeLine | null {
  const first = facts.find(({ type }) => type === 'callArrived') ?? facts[0];
  if (first === undefined) return null;
  const arrivedMs = first.atMs;
  const endedMs = facts.findLast(({ type }) => type === 'callEnded')?.atMs ?? null;
  const offset = (atMs: number): number => Math.max(0, atMs - arrivedMs);
  const end = endedMs === null ? null : offset(endedMs);
  /** The first fact after `at` that closes what began there. */
  const closed = (at: number, closes: (fact: ToldFact) => boolean): number | null => {
    const found = facts.find((fact, index) => index > at && (fact.type === 'callEnded' || closes(fact)));
    return found === undefined ? null : offset(found.atMs);
  };

  // Whom we call comes in when he answers; one who never did could not be heard.
  const answered = facts.find(({ type, body }) => type === 'legAnswered' && isCitizens(body.leg));
  const placed = first.type === 'callPlaced';
  const citizen: readonly Participant[] =
    placed && answered === undefined
      ? []
      : [
          {
            who: 'citizen',
            leg: null,
            agentId: null,
            number: null,
            side: 'citizen',
            fromMs: placed && answered !== undefined ? offset(answered.atMs) : 0,
            toMs: end,
          },
        ];
  const rung = facts.filter(({ type }) => type === 'legRang');
  const numbers = new Map(rung.map(({ body }) => [text(body.leg), text(body.number)] as const));
  const kinds = new Map(
    facts.filter(({ type }) => type === 'partyJoined').map(({ body }) => [text(body.leg), text(body.kind)]),
  );
  const begun = new Set<string>();
  const staff = facts.flatMap(({ type, atMs, body }, at): Participant[] => {
    const leg = text(body.leg);
    // One who joins and takes over is told twice; he came in once.
    // A lead is heard by the citizen only when he barges in.
    const barges = type === 'listenedIn' && body.how === 'barge';
    if (leg === null || !(barges || (isJoining(type) && !begun.has(leg)))) return [];
    begun.add(leg);
    const mark = leg.slice(leg.lastIndexOf('.') + 1, leg.lastIndexOf('.') + 2);
    return [
      {
        who: WHO[kinds.get(leg) ?? mark] ?? 'outside',
        leg,
        agentId: text(barges ? body.by : body.agentId),
        number: numbers.get(leg) ?? null,
        side: 'staff',
        fromMs: offset(atMs),
        toMs: closed(
          at,
          (fact) => (fact.type === 'legEnded' || fact.type === 'listenedIn') && fact.body.leg === leg,
        ),
      },
    ];
  });
  const marks = facts.flatMap(({ type, atMs, body }, at): TimeMark[] => {
    if (type === 'citizenHeld') {
      const toMs = closed(at, (fact) => fact.type === 'citizenResumed' || fact.type === 'queueEntered');
      return [{ what: 'held', fromMs: offset(atMs), toMs, reason: text(body.why) ?? '', legs: [] }];
    }
    if (type !== 'segmentBegan') return [];
    const toMs = closed(at, (fact) => fact.type === 'segmentEnded' && fact.body.segment === body.segment);
    return [
      {
        what: 'internal',
        fromMs: offset(atMs),
        toMs,
        reason: text(body.segment) ?? '',
        legs: texts(body.legs),
      },
    ];
  });
  const paused = pausesIn(facts).map(
    ({ fromMs, toMs, reason }): TimeMark => ({
      what: 'paused',
      fromMs: offset(fromMs),
      toMs: offset(toMs),
      reason,
      legs: [],
    }),
  );
  return {
    arrivedMs,
    endedMs,
    participants: [...citizen, ...staff],
    marks: [...marks, ...paused].sort((a, b) => a.fromMs - b.fromMs),
  };
}
