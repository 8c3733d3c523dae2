import type { AgentView } from '../ports/agent-view.ts';

type Seen = Pick<AgentView, 'agentId' | 'state' | 'queues'>;

const AWAY: ReadonlySet<AgentView['state']> = new Set(['SIGNED_OUT', 'NOT_READY']);

/** How many agents work at each queue now, on a call or between two; who is on a break takes nobody. */
export class Staffing {
  readonly #seats = new Map<string, readonly string[]>();
  readonly #atWork = new Map<string, number>();

  seen({ agentId, state, queues }: Seen): void {
    const seat = AWAY.has(state) ? [] : queues;
    this.#count(this.#seats.get(agentId) ?? [], -1);
    this.#count(seat, 1);
    this.#seats.set(agentId, seat);
  }

  atWork(queue: string): number {
    return this.#atWork.get(queue) ?? 0;
  }

  #count(queues: readonly string[], by: 1 | -1): void {
    for (const queue of queues) this.#atWork.set(queue, this.atWork(queue) + by);
  }
}
