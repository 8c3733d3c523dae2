import type { Call, Decision } from './call.ts';
import type { CallCommand } from './call-command.ts';
import { partyOfAgent } from './conversation/conversation.ts';
import { placedAgain } from './conversation/places.ts';
import { talkOf } from './conversation/talk-of.ts';
import type { CallFact } from './facts.ts';
import { unmutedAgain } from './mute-moves.ts';
import { isOutbound } from './outbound.ts';
import type { RecordingEvent } from './recording-events.ts';
import { PAUSE_AT_MOST_MS, type PauseEvent, type RecordingPause } from './recording-pause.ts';
import { segmentOver, segmentsAgain } from './segment-moves.ts';

/** Absent in calls saved by an earlier release. */
export const pauseOf = ({ recordingPause }: Call): RecordingPause | null => recordingPause ?? null;

/** Only who speaks with the citizen knows what is about to be said. */
export function speaksWith(call: Call, agentId: string): boolean {
  const talk = talkOf(call);
  return talk !== null && partyOfAgent(talk, agentId)?.state === 'in';
}

/** What is told of a recording, or wished for it: the call stays where it is. */
export function recordingStep(call: Call, event: RecordingEvent, nowMs: number): Decision {
  switch (event.type) {
    case 'recordingBegun':
      return begun(call, event.recording, event.fault);
    case 'segmentOver':
      return segmentOver(call, event.segment, event.how);
    case 'switchThere':
      return askedAgain(call);
    default:
      return pauseStep(call, event, nowMs);
  }
}

/** Whether what was asked of the switch before came to be is not known. What is being recorded is not begun anew. */
function askedAgain(call: Call): Decision {
  const talks = talkOf(call);
  const unsaid = isOutbound(call) && call.outbound.recording === undefined;
  // Whom the machine asks is in no bridge; what he says after the tone is not interrupted for it.
  const asked = call.state === 'surveying' && call.survey?.recording == null;
  const commands: CallCommand[] =
    unsaid && (talks !== null || asked)
      ? [{ kind: 'recordCall' }, ...(talks === null ? [] : placedAgain(call, talks, call.channel))]
      : [];
  const all = [...unmutedAgain(call), ...commands, ...segmentsAgain(call)];
  return { call: all.length === 0 ? call : { ...call }, commands: all, facts: [] };
}

/** Told once: what comes in says it with its arrival. */
function begun(call: Call, recording: string, fault: string | null): Decision {
  if (!isOutbound(call) || call.outbound.recording !== undefined) return unmoved(call);
  return {
    call: { ...call, outbound: { ...call.outbound, recording } },
    commands: [],
    facts: [{ type: 'recordingBegan', recording, ...(fault === null ? {} : { recordingFault: fault }) }],
  };
}

/** Asking for what already is changes nothing. */
function pauseStep(call: Call, event: PauseEvent, nowMs: number): Decision {
  const pause = pauseOf(call);
  switch (event.type) {
    case 'pauseRecording': {
      if (pause !== null || !speaksWith(call, event.agentId)) return unmoved(call);
      const untilMs = nowMs + Math.min(event.forMs, PAUSE_AT_MOST_MS);
      const { agentId, reason } = event;
      return {
        call: {
          ...call,
          recordingPause: { sinceMs: nowMs, untilMs, agentId, reason },
          wasPaused: true,
        },
        commands: [{ kind: 'silenceRecording', silent: true }, pauseTimer(untilMs, nowMs)],
        facts: [{ type: 'recordingPaused', by: agentId, reason, untilMs }],
      };
    }
    case 'resumeRecording':
      return pause === null ? unmoved(call) : resumed(call, 'asked');
    case 'recordingPauseOver':
      return pause?.untilMs === event.untilMs ? resumed(call, 'timeUp') : unmoved(call);
    case 'recordingSilenced':
      return pause === null || !event.silent
        ? unmoved(call)
        : { call: { ...call }, commands: [], facts: [{ type: 'recordingSilenced' }] };
    default:
      return event satisfies never;
  }
}

/** After a move of the call: whoever asked for the pause no longer talks, or there is nothing left to record. */
export function keepPause(decision: Decision): Decision {
  const { call, commands, facts } = decision;
  const pause = pauseOf(call);
  if (pause === null) return decision;
  if (call.state === 'ended') {
    const told: CallFact = { type: 'recordingResumed', how: 'callEnded' };
    // Told before the end, which is the last of a call.
    return { call: { ...call, recordingPause: null }, commands, facts: [told, ...facts] };
  }
  if (speaksWith(call, pause.agentId)) return decision;
  const { call: next, commands: silence, facts: told } = resumed(call, 'agentLeft');
  return { call: next, commands: [...commands, ...silence], facts: [...facts, ...told] };
}

/**
 * A process that takes a call up again takes the pause up too; one whose time has passed ends at once. Whether its
 * forerunner came to end the silence it cannot know: that is asked for once more.
 */
export function resumePause(call: Call, nowMs: number): readonly CallCommand[] {
  const pause = pauseOf(call);
  if (pause !== null) return [{ kind: 'silenceRecording', silent: true }, pauseTimer(pause.untilMs, nowMs)];
  return call.wasPaused === true ? [{ kind: 'silenceRecording', silent: false }] : [];
}

const unmoved = (call: Call): Decision => ({ call, commands: [], facts: [] });

const pauseTimer = (untilMs: number, nowMs: number): CallCommand => ({
  kind: 'pauseTimer',
  untilMs,
  afterMs: Math.max(0, untilMs - nowMs),
});

function resumed(call: Call, how: 'asked' | 'timeUp' | 'agentLeft'): Decision {
  return {
    call: { ...call, recordingPause: null },
    commands: [{ kind: 'silenceRecording', silent: false }],
    facts: [{ type: 'recordingResumed', how }],
  };
}
