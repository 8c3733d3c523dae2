import type { LiveChange, LivePicture } from '../../app/live/board.ts';
import { QueueBoard, type QueueView } from '../../app/live/queue-board.ts';
import type { AgentView } from '../../app/ports/agent-view.ts';
import { type LiveSight, seesAgent } from './shapes/live-sight.ts';

/** Of the changes of a busy second a screen needs the last: what a queue looks like is told so often at most. */
const TOLD_EVERY_MS = 200;

/** What queues look like now, told to `tell` a moment after they changed; and which queues an agent belongs to. */
export class LiveQueues {
  readonly #board: QueueBoard;
  readonly #tell: (view: QueueView) => void;
  readonly #changed = new Set<string>();
  readonly #agents = new Map<string, AgentView>();
  #timer: NodeJS.Timeout | null = null;

  constructor(picture: LivePicture, tell: (view: QueueView) => void) {
    this.#board = new QueueBoard(picture);
    this.#tell = tell;
    for (const agent of picture.agents) this.#agents.set(agent.agentId, agent);
  }

  take(change: LiveChange): void {
    if (change.kind === 'agent') this.#agents.set(change.agent.agentId, change.agent);
    if (change.kind === 'agentGone') this.#agents.delete(change.agentId);
    for (const code of this.#board.take(change)) this.#changed.add(code);
    if (this.#changed.size === 0) return;
    this.#timer ??= setTimeout(() => this.#tellChanged(), TOLD_EVERY_MS).unref();
  }

  /** Who leads sees every queue, an agent those that he serves, a vendor's supervisor those that his people serve. */
  sees(code: string, sight: LiveSight): boolean {
    if (sight.seesAll) return true;
    if (sight.employer === null) return this.#agents.get(sight.id)?.queues.includes(code) ?? false;
    for (const agent of this.#agents.values()) {
      if (seesAgent(sight, agent) && agent.queues.includes(code)) return true;
    }
    return false;
  }

  seenBy(sight: LiveSight): readonly QueueView[] {
    return this.#board.views().filter(({ code }) => this.sees(code, sight));
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  #tellChanged(): void {
    this.#timer = null;
    const changed = [...this.#changed];
    this.#changed.clear();
    for (const code of changed) {
      const view = this.#board.view(code);
      if (view !== null) this.#tell(view);
    }
  }
}
