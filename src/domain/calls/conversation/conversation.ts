import type { PartyState, Phase } from './conversation-table.ts';
import type { EmergencyBridge } from './emergency-bridge.ts';

export type Who =
  /** `agentId` null: found talking after a restart, and nobody knows whose phone it is. */
  | { readonly kind: 'agent'; readonly agentId: string | null }
  | {
      readonly kind: 'unit';
      readonly number: string;
      readonly code: string | null;
      readonly name: string | null;
    }
  | { readonly kind: 'centre'; readonly address: string }
  /**
   * Of the public network; whose it is nobody knows here. `expert`: whom of the directory the agent asked for when he had it
   * dialled: the call's own record, by which that expert sees what he is asked about. Absent: nobody of it.
   */
  | { readonly kind: 'number'; readonly number: string; readonly expert?: string }
  /** On call, rung by an emergency bridge: he comes when he has pressed a key. */
  | { readonly kind: 'onCall'; readonly number: string; readonly name: string }
  /** 110, 119, 120 or 122: the agent stays until it has accepted. */
  | {
      readonly kind: 'emergency';
      readonly desk: string;
      readonly number: string;
      readonly name: string;
      readonly accepted: boolean;
    };

export interface Party {
  /** Its channel: call id, mark and number. */
  readonly id: string;
  readonly who: Who;
  readonly state: PartyState;
  /**
   * As what somebody is rung; whoever has come to the citizen is a `member`. `returning`: a transfer nobody took comes back.
   * `rejoining`: his telephone was lost in the talk.
   */
  readonly role: 'member' | 'consulted' | 'invited' | 'transferred' | 'returning' | 'rejoining';
  /** The agent who brought this party in; null: the queue did. */
  readonly by: string | null;
  readonly sinceMs: number;
  readonly muted: boolean;
  readonly ringTimeoutMs: number;
  /** As of a leg: his telephone was asked to answer by itself. */
  readonly answersItself?: true;
  /** While he is asked to press a key: the words that he hears. Of who is rejoining: those that the citizen does. */
  readonly asks?: string;
  /** Of who is rejoining: then he is waited for no longer. */
  readonly untilMs?: number;
  /** Of who is rejoining: how often he was rung for it. */
  readonly rings?: number;
}

export interface Held {
  readonly why: 'hold' | 'consult' | 'transfer' | 'rejoin';
  readonly by: string | null;
  readonly sinceMs: number;
  /** How often the agent was reminded of him. */
  readonly reminders: number;
}

/** All who talk in one call. The citizen is in it from the first answer to the end; there is one a call. */
export interface Conversation {
  readonly parties: readonly Party[];
  readonly citizen: { readonly muted: boolean; readonly held: Held | null };
  /** The party (an agent's leg) that stepped aside to consult. */
  readonly consultBy: string | null;
  /** Bridge of the latest consultation. A new one each time: the switch takes a moment to be rid of the last. */
  readonly aside: string | null;
  /** Who gave the citizen away, and gets him back when nobody takes him. */
  readonly sender: string | null;
  /** Channels that could not be joined at the first try. */
  readonly unjoined: readonly string[];
  /** Who is on call is being called into it, or was; absent in talks saved by an earlier release. */
  readonly bridge?: EmergencyBridge | null;
}

export const isConnected = ({ state }: Party): boolean =>
  state === 'in' || state === 'aside' || state === 'held';
export const isComing = ({ state }: Party): boolean =>
  state === 'awaited' || state === 'ringing' || state === 'confirming' || state === 'joining';

export const partyOf = (talk: Conversation | null, id: string | null): Party | null =>
  talk?.parties.find((one) => one.id === id) ?? null;

export const partyOfAgent = ({ parties }: Conversation, agentId: string): Party | null =>
  parties.find(({ who }) => who.kind === 'agent' && who.agentId === agentId) ?? null;

export const consultedIn = ({ parties }: Conversation): Party | null =>
  parties.find(({ role }) => role === 'consulted') ?? null;

/** Who answers for the citizen: of the agents who are connected the first, as they came to him. */
export const ownerOf = ({ parties }: Conversation): Party | null =>
  parties.find((one) => one.who.kind === 'agent' && isConnected(one)) ?? null;

/** On the way to a citizen who waits for nobody else. */
export const isHandOver = (party: Party): boolean =>
  isComing(party) && ['transferred', 'returning', 'rejoining'].includes(party.role);

export function phaseOf(conversation: Conversation): Phase {
  const { parties, citizen, consultBy } = conversation;
  const consulted = consultedIn(conversation);
  if (consultBy !== null && consulted !== null) {
    if (isComing(consulted)) return 'calling';
    return consulted.state === 'held' ? 'swapped' : 'consulting';
  }
  if (citizen.held === null) return 'together';
  return parties.some(isHandOver) && !parties.some(isConnected) ? 'transferring' : 'citizenHeld';
}

export const changed = (conversation: Conversation, id: string, change: Partial<Party>): Conversation => ({
  ...conversation,
  parties: conversation.parties.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

export const without = (conversation: Conversation, id: string): Conversation => ({
  ...conversation,
  parties: conversation.parties.filter((one) => one.id !== id),
});

/** An emergency desk that has not accepted yet: until then its agent stays. */
export const unacceptedIn = ({ parties }: Conversation): Party | null =>
  parties.find(({ who }) => who.kind === 'emergency' && !who.accepted) ?? null;
