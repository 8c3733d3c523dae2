import { DEFAULT_PRESENCE_RULES } from '../../agents/presence-rules.ts';
import type { Call } from '../call.ts';
import type { CallCommand } from '../call-command.ts';
import type { CallContext } from '../call-context.ts';
import { CALL_TABLE } from '../call-table.ts';
import type { CallFact } from '../facts.ts';
import { RING_GRACE_MS, type Step } from '../steps.ts';
import { CONFIRM_WITHIN_MS } from './confirming.ts';
import { type Conversation, changed, consultedIn, isComing, type Party, partyOf } from './conversation.ts';
import { bridgeDueMs } from './emergency-bridge.ts';
import { dropped, type Gone } from './gone.ts';
import { isRejoining, REJOIN_LOOK_MS, rungAgain } from './rejoining.ts';
import { CUT_OFF, NOT_TAKEN } from './talk-events.ts';
import { talkOf } from './talk-of.ts';
import { carry } from './turn.ts';
import type { Turn } from './turned.ts';

/** A citizen on hold is spoken of to his agent so many times (E1); then the agent is brought back to him. */
export const REMINDERS_MOST = 10;
const JOINING_MOST_MS = 6_000;

function dueOf({ state, sinceMs, ringTimeoutMs, untilMs }: Party): number | null {
  switch (state) {
    case 'awaited':
      return untilMs ?? sinceMs;
    case 'ringing':
      return sinceMs + ringTimeoutMs + RING_GRACE_MS;
    case 'confirming':
      return sinceMs + CONFIRM_WITHIN_MS;
    case 'joining':
      return sinceMs + JOINING_MOST_MS;
    case 'in':
    case 'aside':
    case 'held':
      return null;
    default:
      return state satisfies never;
  }
}

const isAwaited = ({ state }: Party): boolean => state === 'awaited';

function reminderDue({ citizen: { held } }: Conversation, context: CallContext): number | null {
  const { holdReminderMs = DEFAULT_PRESENCE_RULES.holdReminderMs } = context;
  if (held === null || held.why === 'transfer' || held.why === 'rejoin') return null;
  return held.sinceMs + holdReminderMs * (held.reminders + 1);
}

/** After how long a talk is looked at again. */
export function talkTimeoutMs(call: Call, context: CallContext): number {
  const { nowMs } = context;
  const talk = talkOf(call);
  if (talk === null) return CALL_TABLE.talking.timeoutMs;
  const dues = [
    ...talk.parties.map(dueOf),
    reminderDue(talk, context),
    bridgeDueMs(talk.bridge, nowMs),
    talk.parties.some(isAwaited) ? nowMs + REJOIN_LOOK_MS : null,
  ].filter((one) => one !== null);
  return Math.max(0, Math.min(nowMs + CALL_TABLE.talking.timeoutMs, ...dues) - nowMs);
}

/** What is due in a talk; when nothing is, both sides are compared. */
export function talkTime(call: Call, context: CallContext): Step<'talking' | 'queued'> {
  const talk = talkOf(call);
  const { nowMs } = context;
  if (talk === null) return { to: 'talking', commands: [{ kind: 'verify' }] };
  const late = talk.parties.filter((party) => (dueOf(party) ?? Number.POSITIVE_INFINITY) <= nowMs);
  if (late.length > 0) {
    const parties = talk.parties.filter((one) => !late.includes(one));
    const turn = {
      talk: { ...talk, parties },
      gone: late.map(notTaken),
      left: late.some(isRejoining) ? CUT_OFF : NOT_TAKEN,
    };
    return carry(call, talk, turn, context);
  }
  const reminder = reminderDue(talk, context);
  if (reminder !== null && reminder <= nowMs) return carry(call, talk, reminded(call, talk), context);
  if (talk.parties.some(isAwaited)) {
    return carry(call, talk, rungAgain(call, talk, context) ?? { talk }, context);
  }
  if ((bridgeDueMs(talk.bridge, nowMs) ?? nowMs + 1) <= nowMs) return carry(call, talk, { talk }, context);
  return { to: 'talking', commands: [{ kind: 'verify' }] };
}

function notTaken(party: Party): Gone {
  if (party.state === 'awaited') {
    return { ...dropped(party, 'unreachable', null), hangup: null, failed: 'phoneUnreachable' };
  }
  if (party.state === 'confirming') return dropped(party, 'noKey', null);
  return party.state === 'ringing'
    ? { ...dropped(party, 'noAnswer', null), hangup: 'noAnswer', failed: 'missed' }
    : { ...dropped(party, 'connectFailed', null), failed: 'connectFailed' };
}

function reminded(call: Call, talk: Conversation): Turn {
  const { held } = talk.citizen;
  if (held === null) return { talk };
  const reminders = held.reminders + 1;
  if (reminders > REMINDERS_MOST) return broughtBack(talk);
  const agents = talk.parties.filter(
    ({ who, state, id }) => who.kind === 'agent' && (state === 'in' || id === talk.consultBy),
  );
  const played = agents.map(
    ({ id }, nth): CallCommand => ({
      kind: 'playTo',
      channel: id,
      playback: `${call.id}.p${call.playbacksMade + nth + 1}`,
      prompts: ['hold-reminder'],
    }),
  );
  const facts: CallFact[] = [{ type: 'holdReminded', nth: reminders, by: held.by }];
  return {
    talk: { ...talk, citizen: { ...talk.citizen, held: { ...held, reminders } } },
    change: { playbacksMade: call.playbacksMade + agents.length },
    // Once more, should it have stopped.
    commands: [{ kind: 'music', channel: call.channel }, ...played],
    facts,
  };
}

/** Nobody is forgotten on hold: the agent hears the citizen again, and whoever was consulted waits. */
function broughtBack(talk: Conversation): Turn {
  const free = { ...talk, citizen: { ...talk.citizen, held: null } };
  const [consulted, sender] = [consultedIn(talk), partyOf(talk, talk.consultBy)];
  if (consulted === null || sender === null) return { talk: free };
  const back = changed(free, sender.id, { state: 'in' });
  if (!isComing(consulted)) return { talk: changed(back, consulted.id, { state: 'held' }) };
  const parties = back.parties.filter(({ id }) => id !== consulted.id);
  return { talk: { ...back, parties }, gone: [dropped(consulted, 'cancelled', null)] };
}
