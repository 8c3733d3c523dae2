import { type Ask, NO_ASK, type Skills } from '../skills/skills.ts';
import { Desk, type FreeAgent, type Lane } from './lanes.ts';

const NOBODY: Skills = {};

/** All desks by their queue's code, and who is at them. A desk is made when it is first spoken of. */
export class Desks {
  readonly #desks = new Map<string, Desk>();
  readonly #presentIn = new Map<string, readonly string[]>();

  of(queue: string): Desk {
    let desk = this.#desks.get(queue);
    if (desk === undefined) {
      desk = new Desk(queue);
      this.#desks.set(queue, desk);
    }
    return desk;
  }

  /** Signed in, whatever the agent does. The calls whose reason for waiting is another by this. */
  agentPresent({ agentId, queues, skills = NOBODY }: Omit<FreeAgent, 'sinceMs'>): readonly string[] {
    const left = this.agentAbsent(agentId);
    this.#presentIn.set(agentId, queues);
    return [...left, ...queues.flatMap((queue) => this.of(queue).arrives(agentId, skills)).flatMap(callsOf)];
  }

  agentAbsent(agentId: string): readonly string[] {
    const queues = this.#presentIn.get(agentId) ?? [];
    this.#presentIn.delete(agentId);
    return queues.flatMap((queue) => this.of(queue).leaves(agentId)).flatMap(callsOf);
  }

  presentIn(queue: string): number {
    return this.#desks.get(queue)?.present ?? 0;
  }

  /** Of those the ones who can give this. */
  ableAt(queue: string, ask: Ask = NO_ASK): number {
    return this.of(queue).lanesFor(ask).at(-1)?.present ?? 0;
  }

  /** Whether it is so of any of them. */
  someAt(queue: string, ask: Ask = NO_ASK, isSo: (agentId: string) => boolean): boolean {
    return this.of(queue).able(ask.required).some(isSo);
  }

  /** Signed in at any of these lanes' desks and able to give what is asked for there; once, however many he serves. */
  ableIn(lanes: readonly Lane[]): number {
    const [only, ...others] = lanes;
    if (only === undefined) return 0;
    if (others.length === 0) return only.present;
    return new Set(lanes.flatMap(({ queue, needs }) => this.of(queue).able(needs))).size;
  }

  /** Callers for whom an agent is being sought, now: not the offered ones, nor those who are kept for somebody. */
  waitingIn(queue: string): number {
    return this.#desks.get(queue)?.waiting ?? 0;
  }

  /** Who has been waiting longest of those next in line. */
  longestWaitMs(queue: string, nowMs: number): number {
    let longest = 0;
    for (const { waiting } of this.#desks.get(queue)?.lanes ?? []) {
      longest = Math.max(longest, nowMs - (waiting.first()?.sinceMs ?? nowMs));
    }
    return longest;
  }

  idleIn(queue: string): number {
    return this.#desks.get(queue)?.open.idle.size ?? 0;
  }
}

const callsOf = ({ waiting }: Lane): string[] => [...waiting.items()].map(({ callId }) => callId);
