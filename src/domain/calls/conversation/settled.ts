import {
  type Conversation,
  changed,
  consultedIn,
  isComing,
  isConnected,
  partyOf,
  without,
} from './conversation.ts';
import type { Gone } from './gone.ts';
import { isRejoining } from './rejoining.ts';

/**
 * Whatever happened to whom: a consultation without its two is none, the citizen hears music only while somebody means
 * to come to him, and an agent who is left with him has him. `alone`: nobody is there, and nobody comes.
 */
export function settled(
  conversation: Conversation,
  already: readonly Gone[],
  nowMs: number,
): { readonly talk: Conversation; readonly gone: readonly Gone[]; readonly alone: boolean } {
  const { talk: left, gone } = consultation(conversation);
  const talk = audible(left);
  const all = [...already, ...gone];
  const { citizen, parties, consultBy } = talk;
  const { held } = citizen;
  const hold = (why: 'consult' | 'transfer' | 'rejoin', by: string | null): Conversation => ({
    ...talk,
    citizen: { ...citizen, held: { by, sinceMs: nowMs, reminders: 0, ...held, why } },
  });
  if (parties.some(({ state }) => state === 'in')) {
    const agents = parties.some((one) => isConnected(one) && one.who.kind === 'agent');
    const stays = held === null || (held.why === 'hold' && agents);
    return { talk: stays ? talk : { ...talk, citizen: { ...citizen, held: null } }, gone: all, alone: false };
  }
  if (consultBy !== null) {
    const sender = partyOf(talk, consultBy)?.who;
    const by = sender?.kind === 'agent' ? sender.agentId : null;
    return { talk: hold('consult', by), gone: all, alone: false };
  }
  if (!parties.some(isComing)) return { talk, gone: all, alone: true };
  // Who was to come to the two comes to the one.
  const coming = parties.map((one) =>
    one.role === 'invited' ? { ...one, role: 'transferred' as const } : one,
  );
  const why = coming.some(isRejoining) ? 'rejoin' : 'transfer';
  return { talk: { ...hold(why, talk.sender), parties: coming }, gone: all, alone: false };
}

/** Without an agent nobody is there who could let them speak again; who comes back comes back as he was. */
function audible(talk: Conversation): Conversation {
  if (talk.parties.some((one) => isConnected(one) && one.who.kind === 'agent')) return talk;
  const parties = talk.parties.map((one) =>
    one.muted && !isRejoining(one) ? { ...one, muted: false } : one,
  );
  return { ...talk, parties, citizen: { ...talk.citizen, muted: false } };
}

function consultation(talk: Conversation): { readonly talk: Conversation; readonly gone: readonly Gone[] } {
  const consulted = consultedIn(talk);
  const sender = partyOf(talk, talk.consultBy);
  if (consulted !== null && sender !== null) return { talk, gone: [] };
  const over = { ...talk, consultBy: null };
  if (sender !== null) return { talk: changed(over, sender.id, { state: 'in' }), gone: [] };
  if (consulted === null) return { talk: over, gone: [] };
  // A person of the hotline who knows of the citizen is better than the queue; whoever is outside has not asked for him.
  // But nobody hangs up on an emergency desk: the citizen is brought to it, or it to him when it answers.
  const { kind } = consulted.who;
  if (isConnected(consulted) && (kind === 'agent' || kind === 'emergency')) {
    return { talk: changed(over, consulted.id, { state: 'in', role: 'member' }), gone: [] };
  }
  if (kind === 'emergency') return { talk: changed(over, consulted.id, { role: 'transferred' }), gone: [] };
  const dropped: Gone = { party: consulted, how: 'consultOver', by: null, hangup: 'normal' };
  return { talk: without(over, consulted.id), gone: [dropped] };
}
