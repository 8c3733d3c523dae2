import type { Call } from '../call.ts';
import type { CallContext } from '../call-context.ts';
import type { CallEvent } from '../call-event.ts';
import { CALL_REASONS } from '../call-reasons.ts';
import { endedAbnormally, missReason } from '../hangup.ts';
import type { Step } from '../steps.ts';
import { askedToConfirm } from './confirming.ts';
import {
  type Conversation,
  changed,
  isConnected,
  type Party,
  partyOf,
  partyOfAgent,
  unacceptedIn,
  without,
} from './conversation.ts';
import { dropped, type Gone } from './gone.ts';
import { bridgeAt, placedAgain, placesOf } from './places.ts';
import { hushed, isRejoining, mayRejoin, rejoin } from './rejoining.ts';
import { sideOf, talkOf } from './talk-of.ts';
import { answeredByAnother, joinedFact } from './talked.ts';
import { carry, onward, part } from './turn.ts';

// What the switch tells of a talk: somebody answered, was joined or not, or left.

type Told<E extends CallEvent['type']> = Extract<CallEvent, { readonly type: E }>;
type TalkStep = Step<'talking' | 'queued'>;

export function partyAnswered(
  call: Call,
  { leg }: Told<'legAnswered'>,
  context: CallContext,
): Step<'talking'> | null {
  const talk = talkOf(call);
  const party = partyOf(talk, leg);
  if (talk === null || party?.state !== 'ringing') return null;
  const facts = [{ type: 'legAnswered', leg }] as const;
  if (party.who.kind === 'onCall') {
    const { asks, ...asking } = askedToConfirm(call, party);
    const asked = changed(talk, leg, { state: 'confirming', sinceMs: context.nowMs, asks });
    return onward(call, talk, { talk: asked, ...asking, facts }, context);
  }
  const next = changed(talk, leg, { state: 'joining', sinceMs: context.nowMs });
  return onward(call, talk, { talk: next, commands: hushed(talk, party), facts }, context);
}

export function joinDone(
  call: Call,
  { channel, bridge, outcome }: Told<'joinDone'>,
  context: CallContext,
): TalkStep | null {
  const talk = talkOf(call);
  if (talk === null || bridgeAt(placesOf(call, talk).get(channel) ?? null) !== bridge) return null;
  const party = partyOf(talk, channel);
  const unjoined = talk.unjoined.filter((one) => one !== channel);
  switch (outcome) {
    case 'done':
      if (party?.state === 'joining') return joined(call, { ...talk, unjoined }, party, context);
      return unjoined.length === talk.unjoined.length
        ? null
        : carry(call, talk, { talk: { ...talk, unjoined } }, context);
    case 'gone':
      // Who it was will be told, or is looked up.
      return null;
    case 'failed':
      if (party?.state === 'joining') {
        const gone: Gone = { ...dropped(party, 'connectFailed', null), failed: 'connectFailed' };
        return carry(call, talk, { talk: without(talk, channel), gone: [gone], left: NOT_JOINED }, context);
      }
      // Without music a citizen on hold is still his agent's, and gets it at the next reminder.
      if (bridge === null && talk.unjoined.includes(channel)) return null;
      return notJoined(call, talk, channel, context);
    default:
      return outcome satisfies never;
  }
}

export const CUT_OFF = CALL_REASONS.cutOff().zh;
export const NOT_TAKEN = CALL_REASONS.transferNotTaken().zh;
const NOT_JOINED = CALL_REASONS.notJoined().zh;

/** Once more; then who cannot be joined is let go, and a citizen who cannot gets somebody else: nobody stands in silence. */
function notJoined(call: Call, talk: Conversation, channel: string, context: CallContext): TalkStep {
  if (!talk.unjoined.includes(channel)) {
    const next = { ...talk, unjoined: [...talk.unjoined, channel] };
    return carry(call, talk, { talk: next, commands: placedAgain(call, next, channel) }, context);
  }
  const lost = talk.parties.filter(({ id }) => channel === call.channel || id === channel);
  const gone = lost.map((party) => ({
    ...dropped(party, 'connectFailed', null),
    failed: 'connectFailed' as const,
  }));
  const parties = talk.parties.filter((one) => !lost.includes(one));
  return carry(call, talk, { talk: { ...talk, parties, unjoined: [] }, gone, left: NOT_JOINED }, context);
}

function joined(call: Call, talk: Conversation, party: Party, context: CallContext): TalkStep {
  const { id, role, by, who } = party;
  const apart = role === 'consulted';
  const { untilMs: _until, asks: _asks, rings: _rings, ...settledIn } = party;
  const parties = talk.parties.map((one) => (one === party ? settledIn : one));
  // Who was given the citizen has him: whoever gave him away has no more say.
  const there = { ...talk, parties, sender: role === 'transferred' ? null : talk.sender };
  const next = changed(there, id, {
    state: apart ? 'aside' : 'in',
    role: apart ? 'consulted' : 'member',
    sinceMs: context.nowMs,
  });
  const told = apart
    ? { change: {}, facts: [joinedFact(party, 'consulted', by)] }
    : answeredByAnother(call, party, role, by);
  const answered =
    who.kind === 'agent' && who.agentId !== null
      ? [{ kind: 'agent', agentId: who.agentId, change: { type: 'answered' } } as const]
      : [];
  return carry(call, talk, { talk: next, ...told, commands: answered }, context);
}

export function partyEnded(
  call: Call,
  event: Told<'legEnded'>,
  context: CallContext,
): Step<'talking' | 'rating' | 'queued' | 'goodbye'> | null {
  const talk = talkOf(call);
  const party = partyOf(talk, event.leg);
  if (talk === null || party === null) return null;
  const abnormal = endedAbnormally(event.reason, event.phoneLost);
  if (lostOnly(party, event, abnormal) && mayRejoin(call, party, context))
    return carry(call, talk, rejoin(call, talk, party, event.reason, context), context);
  // An end that nobody told of, or of a phone that vanished: the leg may still be there, or come yet.
  const mayLive = event.phoneLost || event.reason === 'unknown' || (isConnected(party) && abnormal);
  const gone: Gone = {
    party,
    how: event.reason,
    by: null,
    hangup: mayLive ? 'unreachable' : null,
    ...failureOf(party, event, abnormal),
  };
  const turn = {
    talk: without(talk, party.id),
    gone: [gone],
    left: isConnected(party) || isRejoining(party) ? CUT_OFF : NOT_TAKEN,
  };
  const saidGoodbye = party.state === 'in' && talk.citizen.held === null && !abnormal;
  return saidGoodbye
    ? part(call, talk, { ...turn, releasedBy: sideOf(party.who) }, context)
    : carry(call, talk, turn, context);
}

/**
 * Of a telephone that rings again it is enough that it could not be reached, or that nobody saw how its ring came to its
 * end (call control was away): it is not the agent's refusal.
 */
function lostOnly(party: Party, { reason, phoneLost }: Told<'legEnded'>, abnormal: boolean): boolean {
  if (isRejoining(party) && reason === 'unknown') return true;
  return party.state === 'ringing' ? phoneLost || missReason(reason) === 'phoneUnreachable' : abnormal;
}

function failureOf(
  { state, role }: Party,
  { reason, phoneLost }: Told<'legEnded'>,
  abnormal: boolean,
): Pick<Gone, 'failed'> {
  if (state === 'ringing') return { failed: phoneLost ? 'phoneUnreachable' : missReason(reason) };
  const isCutOff = role === 'rejoining' && abnormal;
  if (state === 'joining' && !isCutOff) return { failed: 'missed' };
  return abnormal ? { failed: 'phoneUnreachable' } : {};
}

/** The agent ends the call, for all of them unless another agent is in it: nobody hangs up on a colleague. */
export function agentReleases(
  call: Call,
  { agentId }: Told<'agentReleases'>,
  context: CallContext,
): Step<'talking' | 'rating' | 'goodbye'> | null {
  const talk = talkOf(call);
  if (talk === null) return null;
  const agents = talk.parties.filter((one) => one.who.kind === 'agent' && isConnected(one));
  const actor = agentId === undefined ? (agents[0] ?? talk.parties[0] ?? null) : partyOfAgent(talk, agentId);
  if (actor === null || !(isConnected(actor) || isRejoining(actor))) return null;
  const leaves = agents.some((one) => one !== actor);
  if (!leaves && unacceptedIn(talk) !== null) return null;
  const gone = (leaves ? [actor] : talk.parties).map((one) => dropped(one, 'agentReleased', agentId ?? null));
  const parties = leaves ? talk.parties.filter((one) => one !== actor) : [];
  return part(call, talk, { talk: { ...talk, parties }, gone, releasedBy: sideOf(actor.who) }, context);
}

/** The switch has somebody elsewhere than the talk does: a command was lost, or came to nothing. */
export function misplaced(
  call: Call,
  { channel }: Told<'misplaced'>,
  context: CallContext,
): Step<'talking'> | null {
  const talk = talkOf(call);
  if (talk === null) return null;
  const commands = placedAgain(call, talk, channel);
  return commands.length === 0 ? null : onward(call, talk, { talk, commands }, context);
}
