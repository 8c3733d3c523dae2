import type { LeadAtTalk } from '../../domain/agents/lead-at-talk.ts';
import type { Conversation } from '../../domain/calls/conversation/conversation.ts';
import type { AgentDesk } from '../agents/agent-desk.ts';

type Heard = Omit<LeadAtTalk, 'atMs'>;

/** A lead's ear at a talk. */
interface Ear {
  readonly callId: string;
  readonly leadId: string;
  readonly mode: 'monitor' | 'whisper' | 'barge';
  readonly answered: boolean;
  readonly at: { readonly party: string } | null;
}

/** Agents who hear a lead at their talk, and whom: their desks are told as it begins, changes and ends. */
export class HeardLeads {
  readonly #desk: AgentDesk;
  #told: ReadonlyMap<string, Heard> = new Map();

  constructor(desk: AgentDesk) {
    this.#desk = desk;
  }

  /** As the ears are now; `talkIn`: who is in the talk of that call. */
  look(ears: Iterable<Ear>, talkIn: (callId: string) => Conversation | null): void {
    const before = this.#told;
    const now = new Map([...ears].flatMap((ear) => this.#hearersOf(ear, talkIn(ear.callId))));
    this.#told = now;
    for (const [agentId, { callId }] of before) {
      if (!now.has(agentId)) this.#desk.leadLeft(agentId, callId);
    }
    for (const [agentId, heard] of now) {
      const { callId, how, by } = heard;
      const was = before.get(agentId);
      if (was?.callId !== callId || was.how !== how || was.by !== by) this.#desk.leadComes(agentId, heard);
    }
  }

  /** He has left the talk by it, and is told all the same. */
  tookOver(agentId: string | null, { callId, leadId }: Pick<Ear, 'callId' | 'leadId'>): void {
    if (agentId === null) return;
    this.#desk.leadComes(agentId, { callId, how: 'takenOver', by: this.#nameOf(leadId) });
  }

  /** The one he speaks to, or all who are with the citizen; of who only listens nobody learns. */
  #hearersOf(ear: Ear, talk: Conversation | null): (readonly [string, Heard])[] {
    const { callId, leadId, mode, at, answered } = ear;
    if (mode === 'monitor' || !answered || talk === null) return [];
    return talk.parties.flatMap(({ id, who, state }) => {
      const hears = mode === 'barge' ? state === 'in' : id === at?.party;
      if (!hears || who.kind !== 'agent' || who.agentId === null) return [];
      return [[who.agentId, { callId, how: mode, by: this.#nameOf(leadId) }] as const];
    });
  }

  #nameOf(leadId: string): string {
    return this.#desk.profile(leadId)?.displayName ?? leadId;
  }
}
