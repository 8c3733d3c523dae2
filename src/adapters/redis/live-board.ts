import { randomUUID } from 'node:crypto';
import type { AgentView } from '../../app/ports/agent-view.ts';
import type { CallView } from '../../app/ports/call-view.ts';
import type { LiveBoard, QueueTally } from '../../app/ports/live-board.ts';
import { RedisLink, type RedisLog } from './connection.ts';

export type BoardChange =
  | { readonly kind: 'agent'; readonly agent: AgentView }
  | { readonly kind: 'call'; readonly call: CallView }
  | { readonly kind: 'callGone'; readonly callId: string }
  | { readonly kind: 'queue'; readonly queue: QueueTally }
  | { readonly kind: 'queueGone'; readonly code: string };

/**
 * What travels on the channel. `changes` bring the picture to `seq`, each by one; null means: read the whole again;
 * an empty list is a heartbeat at the present `seq`. A new `epoch` is a new writer, or one that was cut off.
 */
export interface BoardMessage extends BoardHead {
  readonly changes: readonly BoardChange[] | null;
}
/** Where the stored picture stands; it dies when no heartbeat renews it, which is how one sees that nobody writes. */
export interface BoardHead {
  readonly epoch: string;
  readonly seq: number;
  /** Call control has lost the telephone switch. */
  readonly blind?: true;
}

/** What comes sooner after a write waits for company: nobody sees a picture change more often. */
const GATHER_MS = 50;
export const BEAT_MS = 2000;
export const HEAD_LIFE_MS = 6000;
/** Batches on their way that Redis has not yet confirmed; beyond, the picture is sent whole later. */
const IN_FLIGHT_MAX = 20;

/**
 * Writer of call control. Modes: whole (the picture must be sent whole) <-> following (changes are enough). Its
 * methods cost a map entry and never wait or throw: while Redis is away the changes are dropped, the picture is kept
 * here in memory and goes out whole when Redis is back.
 */
export class RedisLiveBoard implements LiveBoard {
  readonly #link: RedisLink;
  readonly #log: RedisLog;
  readonly #holds: () => boolean;
  readonly #agents = new Map<string, AgentView>();
  readonly #calls = new Map<string, CallView>();
  readonly #queues = new Map<string, QueueTally>();
  readonly #beat: NodeJS.Timeout;
  #epoch = randomUUID();
  #seq = 0;
  #blind = true;
  #whole = true;
  #scheduled = false;
  #lastWrite = Number.NEGATIVE_INFINITY;
  #inFlight = 0;
  #changes: BoardChange[] = [];

  /** `holds`: false while another call control may be the active one, and the picture is not ours to draw. */
  constructor(url: string, log: RedisLog, holds: () => boolean = () => true) {
    this.#log = log;
    this.#holds = holds;
    this.#link = new RedisLink(url, 'command', log);
    this.#link.client.on('ready', () => {
      this.#whole = true;
      this.#flush();
    });
    this.#beat = setInterval(() => this.#flush(), BEAT_MS);
    this.#beat.unref();
  }

  agent(view: AgentView): void {
    this.#agents.set(view.agentId, view);
    this.#note({ kind: 'agent', agent: view });
  }

  call(view: CallView): void {
    this.#calls.set(view.callId, view);
    this.#note({ kind: 'call', call: view });
  }

  callGone(callId: string): void {
    if (this.#calls.delete(callId)) this.#note({ kind: 'callGone', callId });
  }

  queue(tally: QueueTally): void {
    this.#queues.set(tally.code, tally);
    this.#note({ kind: 'queue', queue: tally });
  }

  queueGone(code: string): void {
    if (this.#queues.delete(code)) this.#note({ kind: 'queueGone', code });
  }

  switchSeen(isThere: boolean): void {
    if (this.#blind === !isThere) return;
    this.#blind = !isThere;
    // The next word says so; a quiet house would say it with its next beat only.
    this.#flush();
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    // Without its head the picture is known to be nobody's at once, not after its life.
    if (this.#link.ready) {
      const farewell: BoardMessage = { epoch: this.#epoch, seq: this.#seq, changes: null };
      await this.#link.client
        .multi()
        .del(this.#link.name('board:head'))
        .publish(this.#link.name('board'), JSON.stringify(farewell))
        .exec()
        .catch((err: Error) => this.#log.warn({ err }, 'the board could not be taken down'));
    }
    await this.#link.close();
  }

  #note(change: BoardChange): void {
    if (this.#whole || !this.#link.ready) {
      this.#whole = true;
      this.#changes = [];
      return;
    }
    this.#changes.push(change);
    if (this.#scheduled) return;
    this.#scheduled = true;
    const flush = (): void => {
      this.#scheduled = false;
      if (this.#changes.length > 0) this.#flush();
    };
    const rest = this.#lastWrite + GATHER_MS - performance.now();
    if (rest > 0) setTimeout(flush, rest).unref();
    else setImmediate(flush);
  }

  #flush(): void {
    if (!this.#link.ready || !this.#holds()) {
      this.#whole = true;
      this.#changes = [];
      return;
    }
    if (this.#inFlight >= IN_FLIGHT_MAX) {
      this.#whole = true;
      return;
    }
    this.#inFlight += 1;
    this.#write()
      .then((kept) => {
        // The head was gone: Redis lost what it knew, or we were silent for too long.
        if (!kept) this.#whole = true;
      })
      .catch((err: unknown) => {
        this.#whole = true;
        this.#log.warn({ err }, 'the live board could not be written');
      })
      .finally(() => {
        this.#inFlight -= 1;
      });
  }

  async #write(): Promise<boolean> {
    this.#lastWrite = performance.now();
    const whole = this.#whole;
    const changes = this.#changes;
    this.#whole = false;
    this.#changes = [];
    if (whole) this.#epoch = randomUUID();
    this.#seq += whole ? 1 : changes.length;

    const batch = this.#link.client.multi();
    const head = this.#link.name('board:head');
    const [agents, calls, queues] = ['board:agents', 'board:calls', 'board:queues'].map((key) =>
      this.#link.name(key),
    ) as [string, string, string];
    const seen: Partial<BoardHead> = this.#blind ? { blind: true } : {};
    const now: BoardHead = { epoch: this.#epoch, seq: this.#seq, ...seen };
    if (whole) {
      batch.set(head, JSON.stringify(now), 'PX', HEAD_LIFE_MS).del(agents, calls, queues);
      for (const view of this.#agents.values()) batch.hset(agents, view.agentId, JSON.stringify(view));
      for (const view of this.#calls.values()) batch.hset(calls, view.callId, JSON.stringify(view));
      for (const tally of this.#queues.values()) batch.hset(queues, tally.code, JSON.stringify(tally));
    } else {
      batch.set(head, JSON.stringify(now), 'PX', HEAD_LIFE_MS, 'XX');
      for (const change of changes) {
        switch (change.kind) {
          case 'agent':
            batch.hset(agents, change.agent.agentId, JSON.stringify(change.agent));
            break;
          case 'call':
            batch.hset(calls, change.call.callId, JSON.stringify(change.call));
            break;
          case 'callGone':
            batch.hdel(calls, change.callId);
            break;
          case 'queue':
            batch.hset(queues, change.queue.code, JSON.stringify(change.queue));
            break;
          case 'queueGone':
            batch.hdel(queues, change.code);
            break;
          default:
            change satisfies never;
        }
      }
    }
    const message: BoardMessage = { ...now, changes: whole ? null : changes };
    batch.publish(this.#link.name('board'), JSON.stringify(message));
    const results = await batch.exec();
    return results?.[0]?.[1] === 'OK';
  }
}
