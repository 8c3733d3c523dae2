import type { Call, Decision } from './call.ts';
import type { CallCommand } from './call-command.ts';
import { isConnected } from './conversation/conversation.ts';
import { MUSIC, placesOf } from './conversation/places.ts';
import { talkOf } from './conversation/talk-of.ts';
import type { CallFact } from './facts.ts';
import { type InternalSegment, recordingName } from './internal-segment.ts';

/** Absent in calls saved by an earlier release. */
const segmentsOf = ({ internal }: Call): readonly InternalSegment[] => internal ?? [];

/** Nobody consults longer; the recording of a bridge that nobody destroyed ends with it. */
const AT_MOST_MS = 4 * 3_600_000;
/** Where the switch puts what it records by order. */
const FOLDER = 'messages';

interface Together {
  readonly bridge: string;
  readonly legs: readonly string[];
}

/** Bridges in which people of ours, or a unit, hear each other and the citizen does not. */
function withoutCitizen(call: Call): readonly Together[] {
  const talk = talkOf(call);
  if (talk === null) return [];
  const places = placesOf(call, talk);
  const bridges = new Map<string, string[]>();
  for (const party of talk.parties) {
    const place = places.get(party.id) ?? null;
    if (!isConnected(party) || place === null || place === MUSIC) continue;
    if (place === places.get(call.channel)) continue;
    bridges.set(place, [...(bridges.get(place) ?? []), party.id]);
  }
  return [...bridges].flatMap(([bridge, legs]) => (legs.length > 1 ? [{ bridge, legs }] : []));
}

/** After a move of the call: who has come together is recorded, who has parted no longer. */
export function keepSegments(decision: Decision): Decision {
  const { call } = decision;
  const open = segmentsOf(call);
  const together = withoutCitizen(call);
  const over = open.filter(({ bridge }) => !together.some((one) => one.bridge === bridge));
  const fresh = together.filter(({ bridge }) => !open.some((one) => one.bridge === bridge));
  if (over.length + fresh.length === 0) return decision;
  const made = call.internalMade ?? 0;
  const begun = fresh.map(({ bridge, legs }, at) => ({ segment: `i${made + at + 1}`, bridge, legs }));
  const written = over.filter(({ ended }) => ended !== true);
  return {
    call: {
      ...call,
      internal: [
        ...open.filter((one) => !over.includes(one)),
        ...begun.map(({ segment, bridge }) => ({ segment, bridge })),
      ],
      internalMade: made + begun.length,
    },
    commands: [
      ...written.map(({ segment }): CallCommand => stop(call, segment)),
      ...decision.commands,
      ...begun.map(({ segment, bridge }): CallCommand => record(call, segment, bridge)),
    ],
    facts: [
      // Before the end of the call, which is the last that is told of it.
      ...written.map(({ segment }): CallFact => ({ type: 'segmentEnded', segment })),
      ...decision.facts,
      ...begun.map(({ segment, legs }): CallFact => begunFact(call, segment, legs)),
    ],
  };
}

/** The switch did not begin it, or ended it by itself. */
export function segmentOver(call: Call, segment: string, how: 'failed' | 'full'): Decision {
  const one = segmentsOf(call).find((open) => open.segment === segment);
  if (one === undefined || one.ended === true) return { call, commands: [], facts: [] };
  const internal = segmentsOf(call).map((open) => (open === one ? { ...one, ended: true as const } : open));
  return {
    call: { ...call, internal },
    commands: [],
    facts: [{ type: 'segmentEnded', segment, ...(how === 'failed' ? { fault: 'notStarted' } : {}) }],
  };
}

/** One that is written exists, and is not begun anew. */
export const segmentsAgain = (call: Call): readonly CallCommand[] =>
  segmentsOf(call).flatMap(({ segment, bridge, ended }) =>
    ended === true ? [] : [record(call, segment, bridge)],
  );

const record = ({ id }: Call, segment: string, bridge: string): CallCommand => ({
  kind: 'recordBridge',
  bridge,
  segment,
  recording: recordingName(id, segment),
  maxMs: AT_MOST_MS,
});

const stop = ({ id }: Call, segment: string): CallCommand => ({
  kind: 'stopRecording',
  recording: recordingName(id, segment),
});

const begunFact = ({ id }: Call, segment: string, legs: readonly string[]): CallFact => ({
  type: 'segmentBegan',
  segment,
  recording: `${FOLDER}/${recordingName(id, segment)}.wav`,
  legs,
});
