import type {
  LiveBoardReader,
  LiveChange,
  LiveListener,
  LivePicture,
  LivePosition,
  LiveSource,
} from '../../app/live/board.ts';
import type { AgentView } from '../../app/ports/agent-view.ts';
import type { CallView } from '../../app/ports/call-view.ts';
import type { QueueTally } from '../../app/ports/live-board.ts';
import { RedisLink, type RedisLog, readJson } from './connection.ts';
import { type BoardChange, type BoardHead, type BoardMessage, HEAD_LIFE_MS } from './live-board.ts';

/**
 * Reader of the API. Modes: away (nobody wrote within the life of the head, or Redis is down) -> reading (the whole
 * picture is on its way, changes wait) -> following (each change is the next one). Any gap leads back to reading;
 * listeners then get the difference, never the same change twice.
 */
export class RedisLiveBoardReader implements LiveBoardReader {
  readonly #feed: RedisLink;
  readonly #store: RedisLink;
  readonly #log: RedisLog;
  readonly #listeners = new Set<LiveListener>();
  readonly #clock: NodeJS.Timeout;
  #agents = new Map<string, AgentView>();
  #calls = new Map<string, CallView>();
  readonly #queues = new Map<string, QueueTally>();
  #source: LiveSource = 'away';
  #seq = 0;
  #head: BoardHead | null = null;
  /** By the monotonic clock: a corrected wall clock must not make call control look absent. */
  #heardAt = 0;
  #heardMs: number | null = null;
  /** The last that is in the picture, also while call control is away. */
  #at: LivePosition | null = null;
  #waiting: BoardMessage[] | null = null;

  constructor(url: string, log: RedisLog) {
    this.#log = log;
    this.#store = new RedisLink(url, 'command', log);
    this.#feed = new RedisLink(url, 'subscriber', log);
    this.#feed.client.on('message', (_channel, text) => {
      const message = readJson<BoardMessage>(text);
      if (message !== null) this.#heard(message);
    });
    this.#feed.client.on('ready', () => {
      this.#feed.client.subscribe(this.#feed.name('board')).then(
        () => this.#read(),
        (err: Error) => this.#feed.startOver(err, 'could not listen to the live board'),
      );
    });
    this.#feed.client.on('close', () => {
      this.#head = null;
      this.#turn('away');
    });
    this.#store.client.on('ready', () => this.#read());
    this.#clock = setInterval(() => this.#check(), 1000);
    this.#clock.unref();
  }

  picture(): LivePicture {
    return {
      seq: this.#seq,
      at: this.#at,
      source: this.#source,
      heardMs: this.#heardMs,
      agents: [...this.#agents.values()],
      calls: [...this.#calls.values()],
      queues: [...this.#queues.values()],
    };
  }

  onChange(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearInterval(this.#clock);
    await Promise.all([this.#feed.close(), this.#store.close()]);
  }

  #check(): void {
    if (this.#source !== 'away' && performance.now() - this.#heardAt > HEAD_LIFE_MS) {
      this.#head = null;
      this.#turn('away');
    }
  }

  #heard(message: BoardMessage): void {
    this.#heardNow();
    if (this.#waiting !== null) {
      this.#waiting.push(message);
      return;
    }
    const head = this.#head;
    const { epoch, seq, changes } = message;
    if (head === null || changes === null || epoch !== head.epoch) {
      this.#read();
    } else if (seq === head.seq) {
      // A heartbeat: nothing was missed.
      this.#turn(sourceOf(message));
    } else if (seq === head.seq + changes.length) {
      this.#head = { epoch, seq };
      for (const [nth, change] of changes.entries()) {
        this.#at = { epoch, seq: head.seq + nth + 1 };
        this.#apply(change, this.#at);
      }
      this.#turn(sourceOf(message));
    } else if (seq > head.seq) {
      this.#read();
    }
  }

  /** Reads the whole picture; one reading at a time, changes that come meanwhile are held back for after it. */
  #read(): void {
    if (this.#waiting !== null || !this.#store.ready || !this.#feed.ready) return;
    this.#waiting = [];
    this.#fetch()
      .catch((err: unknown) => this.#log.warn({ err }, 'the live board could not be read'))
      .finally(() => {
        const held = this.#waiting ?? [];
        this.#waiting = null;
        for (const message of held) this.#heard(message);
      });
  }

  async #fetch(): Promise<void> {
    const results = await this.#store.client
      .multi()
      .get(this.#store.name('board:head'))
      .hgetall(this.#store.name('board:agents'))
      .hgetall(this.#store.name('board:calls'))
      .hgetall(this.#store.name('board:queues'))
      .exec();
    // The feed broke off meanwhile: what was read may be old by the time it is back, and it will be read again then.
    if (!this.#feed.ready) return;
    const head = readJson<BoardHead>((results?.[0]?.[1] ?? null) as string | null);
    if (head === null) {
      this.#turn('away');
      return;
    }
    const { epoch, seq } = head;
    this.#head = head;
    this.#heardNow();
    this.#at = { epoch, seq };
    this.#replace(
      values<AgentView>(results?.[1]?.[1]),
      values<CallView>(results?.[2]?.[1]),
      values<QueueTally>(results?.[3]?.[1]),
    );
    this.#turn(sourceOf(head));
  }

  #replace(agents: readonly AgentView[], calls: readonly CallView[], queues: readonly QueueTally[]): void {
    const agentIds = new Set(agents.map((one) => one.agentId));
    const callIds = new Set(calls.map((one) => one.callId));
    const codes = new Set(queues.map((one) => one.code));
    for (const old of [...this.#calls.keys()]) {
      if (!callIds.has(old)) this.#apply({ kind: 'callGone', callId: old }, null);
    }
    for (const old of [...this.#agents.keys()]) {
      if (!agentIds.has(old)) {
        this.#agents.delete(old);
        this.#tell({ kind: 'agentGone', agentId: old }, null);
      }
    }
    for (const old of [...this.#queues.keys()]) {
      if (!codes.has(old)) this.#apply({ kind: 'queueGone', code: old }, null);
    }
    for (const queue of queues) this.#apply({ kind: 'queue', queue }, null);
    for (const agent of agents) this.#apply({ kind: 'agent', agent }, null);
    for (const call of calls) this.#apply({ kind: 'call', call }, null);
  }

  #apply(change: BoardChange, at: LivePosition | null): void {
    switch (change.kind) {
      case 'agent':
        if (isNews(this.#agents, change.agent.agentId, change.agent, at)) this.#tell(change, at);
        return;
      case 'call':
        if (isNews(this.#calls, change.call.callId, change.call, at)) this.#tell(change, at);
        return;
      case 'callGone': {
        const call = this.#calls.get(change.callId);
        if (call === undefined) return;
        this.#calls.delete(change.callId);
        this.#tell({ kind: 'callGone', call }, at);
        return;
      }
      case 'queue':
        if (isNews(this.#queues, change.queue.code, change.queue, at)) this.#tell(change, at);
        return;
      case 'queueGone':
        if (this.#queues.delete(change.code)) this.#tell(change, at);
        return;
      default:
        change satisfies never;
    }
  }

  #turn(source: LiveSource): void {
    if (this.#source === source) return;
    this.#source = source;
    this.#tell({ kind: 'source', source }, null);
  }

  #heardNow(): void {
    this.#heardAt = performance.now();
    this.#heardMs = Date.now();
  }

  #tell(change: LiveChange, at: LivePosition | null): void {
    this.#seq += 1;
    for (const listener of this.#listeners) listener(this.#seq, change, at);
  }
}

const sourceOf = ({ blind }: BoardHead): LiveSource => (blind === true ? 'switchAway' : 'live');

/** Keeps it. What has a number of call control's is told also when it changes nothing: no number is left out. */
function isNews<T extends object>(
  kept: Map<string, T>,
  key: string,
  value: T,
  at: LivePosition | null,
): boolean {
  const known = kept.get(key);
  kept.set(key, value);
  return at !== null || !same(known, value);
}

function same(one: object | undefined, other: object): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

function values<T extends object>(hash: unknown): T[] {
  if (typeof hash !== 'object' || hash === null) return [];
  return Object.values(hash as Record<string, string>).flatMap((text) => readJson<T>(text) ?? []);
}
