import type { Call } from '../call.ts';
import type { CallCommand } from '../call-command.ts';
import type { CallContext } from '../call-context.ts';
import { CALL_REASONS } from '../call-reasons.ts';
import type { CallFact } from '../facts.ts';
import { type Conversation, changed, isConnected, type Party } from './conversation.ts';
import type { Turn } from './turned.ts';

// D8: the agent's telephone is gone in the middle of a talk: his page was loaded anew, its network was away. The citizen
// stays in the talk with music and a word, and the same agent is rung as soon as his telephone is back:
//
//   in, aside -> awaited (the telephone is looked for every second) -> ringing -> joining -> in
//                   ^------------------- lost once more ----------------------+----------'
//
// until the time is up; then it is a talk that was cut off like every other.

/** For so long nobody else takes the citizen. */
export const REJOIN_WITHIN_MS = 30_000;
/** How soon it is seen that a telephone is back. */
export const REJOIN_LOOK_MS = 1_000;
/** A ring that comes to nothing is followed by another after so long, and twice as long after each. */
const RING_AGAIN_MS = 1_000;
/** A telephone that takes none of them is not there, whatever the switch says of it: the citizen goes on to somebody else. */
const RINGS_MOST = 5;
/** Who is back by then needs no explanation. */
const TELL_AFTER_MS = 1_500;
const WORDS = ['rejoin-wait'];

/** Is being waited for, or rung again. */
export const isRejoining = ({ role }: Pick<Party, 'role'>): boolean => role === 'rejoining';

/** Whose telephone is waited for: who has the citizen, at a telephone that comes back by itself. */
export function mayRejoin(call: Call, party: Party, context: CallContext): boolean {
  const { who, role } = party;
  if (who.kind !== 'agent' || who.agentId === null) return false;
  if (role === 'rejoining') {
    const isCalled = party.state === 'ringing' || party.state === 'joining';
    return isCalled && (party.rings ?? 0) < RINGS_MOST && (party.untilMs ?? 0) > context.nowMs;
  }
  return role === 'member' && isConnected(party) && phoneOf(call, who.agentId, context) !== undefined;
}

/** undefined: at no telephone that is waited for. null: not there yet. */
const phoneOf = (call: Call, agentId: string, context: CallContext): string | null | undefined =>
  context.rejoinsAt?.(agentId, call.id);

/** Waited for, and rung at once where his telephone is there; but who was lost while he was rung is so at the next look. */
export function rejoin(
  call: Call,
  talk: Conversation,
  party: Party,
  how: string,
  context: CallContext,
): Turn {
  const lost = awaited(call, talk, party, how, context);
  if (isRejoining(party)) return lost;
  const again = rungAgain({ ...call, ...lost.change }, lost.talk, context);
  if (again === null) return lost;
  return {
    talk: again.talk,
    change: { ...lost.change, ...again.change },
    commands: [...(lost.commands ?? []), ...(again.commands ?? [])],
    facts: [...(lost.facts ?? []), ...(again.facts ?? [])],
  };
}

/** The party is lost, not gone. Its next leg has its name from now on: what is still told of the last one is a stranger's. */
function awaited(call: Call, talk: Conversation, party: Party, how: string, { nowMs }: CallContext): Turn {
  const legsMade = call.legsMade + 1;
  const next: Party = {
    ...party,
    id: `${call.id}.a${legsMade}`,
    state: 'awaited',
    role: 'rejoining',
    sinceMs: nowMs,
    untilMs: party.untilMs ?? nowMs + REJOIN_WITHIN_MS,
  };
  return {
    talk: {
      ...talk,
      parties: talk.parties.map((one) => (one === party ? next : one)),
      // Whoever was being consulted is with the citizen now, or has nothing more to do here.
      consultBy: talk.consultBy === party.id ? null : talk.consultBy,
    },
    change: { legsMade },
    commands: [{ kind: 'hangupLeg', leg: party.id, reason: 'unreachable' }],
    facts: [{ type: 'legEnded', leg: party.id, how }],
  };
}

/** His telephone is looked for; found, it rings. Null: nobody is waited for, or there is nothing to do yet. */
export function rungAgain(call: Call, talk: Conversation, context: CallContext): Turn | null {
  const { nowMs } = context;
  for (const party of talk.parties) {
    if (party.state !== 'awaited' || party.who.kind !== 'agent' || party.who.agentId === null) continue;
    const { agentId } = party.who;
    const phone = phoneOf(call, agentId, context) ?? null;
    if (phone !== null && nowMs >= party.sinceMs + restMs(party)) {
      return ringing(call, talk, party, { agentId, phone }, nowMs);
    }
    const lostMs = (party.untilMs ?? nowMs) - REJOIN_WITHIN_MS;
    if (party.asks === undefined && nowMs - lostMs >= TELL_AFTER_MS) return told(call, talk, party);
  }
  return null;
}

const restMs = ({ rings = 0 }: Party): number => (rings === 0 ? 0 : RING_AGAIN_MS * 2 ** (rings - 1));

function ringing(
  call: Call,
  talk: Conversation,
  party: Party,
  { agentId, phone }: { readonly agentId: string; readonly phone: string },
  nowMs: number,
): Turn {
  const ringTimeoutMs = Math.max(REJOIN_LOOK_MS, (party.untilMs ?? nowMs) - nowMs);
  const reason = CALL_REASONS.rejoined().zh;
  const commands: CallCommand[] = [
    {
      kind: 'ringAgent',
      ...{ leg: party.id, agentId, phone, ringTimeoutMs },
      callerName: `通话中断 ${call.plan.whisper}`,
    },
  ];
  const facts: CallFact[] = [{ type: 'legRang', leg: party.id, agentId, number: null, reason }];
  const rung = changed(talk, party.id, {
    ...{ state: 'ringing', sinceMs: nowMs, ringTimeoutMs },
    rings: (party.rings ?? 0) + 1,
  });
  return { talk: rung, commands, facts };
}

/** The citizen hears why nobody speaks, once; in a talk with others they tell him. */
function told(call: Call, talk: Conversation, party: Party): Turn {
  const playback = `${call.id}.p${call.playbacksMade + 1}`;
  const alone = talk.citizen.held !== null;
  return {
    talk: changed(talk, party.id, { asks: playback }),
    change: { playbacksMade: call.playbacksMade + 1 },
    commands: alone ? [{ kind: 'playTo', channel: call.channel, playback, prompts: WORDS }] : [],
  };
}

/** He is back: what was said of it would be said into his first words. */
export function hushed({ citizen }: Conversation, { role, asks }: Party): readonly CallCommand[] {
  const isTold = role === 'rejoining' && asks !== undefined && citizen.held !== null;
  return isTold ? [{ kind: 'stopPlayback', playback: asks }] : [];
}

/** The words took the place of the music. */
export function saidToAwaiting(call: Call, talk: Conversation, playback: string): Turn | null {
  const isOurs = talk.parties.some((party) => isRejoining(party) && party.asks === playback);
  if (!isOurs || talk.citizen.held === null) return null;
  return { talk, commands: [{ kind: 'music', channel: call.channel }] };
}
