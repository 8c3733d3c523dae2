import type { LiveChange, LivePicture } from '../../app/live/board.ts';
import { QueueBoard, type QueueView } from '../../app/live/queue-board.ts';

/** Of the changes of a busy second a screen needs the last: what a queue looks like is told so often at most. */
const TOLD_EVERY_MS = 200;

/** What queues look like now, told to `tell` a moment after they changed; and which queues an agent belongs to. */
export class LiveQueues {
  readonly #board: QueueBoard;
  readonly #tell: (view: QueueView) => void;
  readonly #changed = new Set<string>();
  readonly #ofAgents = new Map<string, readonly string[]>();
  #timer: NodeJS.Timeout | null = null;

  constructor(picture: LivePicture, tell: (view: QueueView) => void) {
    this.#board = new QueueBoard(picture);
    this.#tell = tell;
    for (const { agentId, queues } of picture.agents) this.#ofAgents.set(agentId, queues);
  }

  take(change: LiveChange): void {
    if (change.kind === 'agent') this.#ofAgents.set(change.agent.agentId, change.agent.queues);
    if (change.kind === 'agentGone') this.#ofAgents.delete(change.agentId);
    for (const code of this.#board.take(change)) this.#changed.add(code);
    if (this.#changed.size === 0) return;
    this.#timer ??= setTimeout(() => this.#tellChanged(), TOLD_EVERY_MS).unref();
  }

  /** Who leads sees every queue, an agent those that he serves, everybody else none. */
  sees(code: string, who: { readonly id: string; readonly seesAll: boolean }): boolean {
    return who.seesAll || (this.#ofAgents.get(who.id)?.includes(code) ?? false);
  }

  seenBy(who: { readonly id: string; readonly seesAll: boolean }): readonly QueueView[] {
    return this.#board.views().filter(({ code }) => this.sees(code, who));
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
