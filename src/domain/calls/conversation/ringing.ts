import type { Call } from '../call.ts';
import type { CallCommand } from '../call-command.ts';
import type { CallContext } from '../call-context.ts';
import { CALL_REASONS } from '../call-reasons.ts';
import type { CallFact } from '../facts.ts';
import type { PartyTarget } from './acts.ts';
import type { Conversation, Party, Who } from './conversation.ts';

/** The mark in a leg's id, by which a restart knows what it is. */
const MARKS = { agent: 'a', unit: 'u', number: 'o', emergency: 'e', onCall: 'd' } as const satisfies Partial<
  Record<Who['kind'], string>
>;

export interface Rung {
  readonly talk: Conversation;
  readonly change: Partial<Call>;
  readonly commands: readonly CallCommand[];
  readonly facts: readonly CallFact[];
  readonly party: Party;
}

/** One more is rung, and is in the talk from now on, seen by all who are in it. */
export function rung(
  call: Call,
  talk: Conversation,
  target: PartyTarget,
  as: Pick<Party, 'role' | 'by'>,
  nowMs: number,
): Rung {
  const legsMade = call.legsMade + 1;
  const who: Who = target.kind === 'agent' ? { kind: 'agent', agentId: target.agentId } : target.who;
  const { ringTimeoutMs, reason } = target;
  const id = `${call.id}.${MARKS[who.kind as keyof typeof MARKS]}${legsMade}`;
  const party: Party = { id, who, ...as, state: 'ringing', sinceMs: nowMs, muted: false, ringTimeoutMs };
  const number = target.kind === 'agent' ? null : target.who.number;
  const agentId = target.kind === 'agent' ? target.agentId : null;
  return {
    talk: { ...talk, parties: [...talk.parties, party] },
    change: { legsMade },
    commands: ring(id, target),
    facts: [
      { type: 'legRang', leg: id, agentId, number, reason },
      ...(who.kind === 'emergency'
        ? [{ type: 'emergencyCalled', leg: id, desk: who.desk, by: as.by } as const]
        : []),
    ],
    party,
  };
}

function ring(leg: string, target: PartyTarget): CallCommand[] {
  const { ringTimeoutMs } = target;
  if (target.kind === 'outside') {
    const { trunk, who, shows, headers } = target;
    return [{ kind: 'ringUnit', leg, trunk, number: who.number, ringTimeoutMs, shows, headers }];
  }
  const { agentId, phone, callerName } = target;
  return [
    { kind: 'agent', agentId, change: { type: 'offered' } },
    { kind: 'ringAgent', leg, agentId, phone, callerName, ringTimeoutMs },
  ];
}

/** Nobody took the citizen: whoever gave him away is asked, once, if he can be. */
export function returning(call: Call, talk: Conversation, context: CallContext): Rung | null {
  const { sender } = talk;
  const phone = sender === null ? null : context.ringable(sender, call.id);
  if (sender === null || phone === null) return null;
  const target = {
    kind: 'agent',
    agentId: sender,
    phone,
    callerName: `转接未成功 ${call.plan.whisper}`,
    ringTimeoutMs: RETURN_RING_MS,
    reason: CALL_REASONS.returned().zh,
  } as const;
  const held = {
    why: 'transfer',
    by: sender,
    sinceMs: context.nowMs,
    reminders: 0,
    ...talk.citizen.held,
  } as const;
  const waiting = { ...talk, sender: null, citizen: { ...talk.citizen, held } };
  return rung(call, waiting, target, { role: 'returning', by: sender }, context.nowMs);
}

/** The sender has the citizen's story in his ear: he answers soon, or not at all. */
const RETURN_RING_MS = 15_000;
