import type { Call, Decision } from './call.ts';
import type { CallCommand } from './call-command.ts';
import { partyOfAgent } from './conversation/conversation.ts';
import { talkOf } from './conversation/talk-of.ts';
import type { CallFact } from './facts.ts';
import { PAUSE_AT_MOST_MS, type PauseEvent, type RecordingPause } from './recording-pause.ts';

/** Absent in calls saved by an earlier release. */
export const pauseOf = ({ recordingPause }: Call): RecordingPause | null => recordingPause ?? null;

/** Only who speaks with the citizen knows what is about to be said. */
export function speaksWith(call: Call, agentId: string): boolean {
  const talk = talkOf(call);
  return talk !== null && partyOfAgent(talk, agentId)?.state === 'in';
}

/** Asking for what already is changes nothing. */
export function pauseStep(call: Call, event: PauseEvent, nowMs: number): Decision {
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
