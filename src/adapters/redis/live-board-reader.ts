import type { LiveBoardReader, LiveChange, LivePicture, LiveSource } from '../../app/live/board.ts';
import type { AgentView, CallView } from '../../app/ports/commands.ts';
import { RedisLink, type RedisLog, readJson } from './connection.ts';
import { type BoardChange, type BoardHead, type BoardMessage, HEAD_LIFE_MS } from './live-board.ts';

type Listener = (seq: number, change: LiveChange) => void;

/**
 * Reader of the API. Modes: away (nobody wrote within the life of the head, or Redis is down) -> reading (the whole
 * picture is on its way, changes wait) -> following (each change is the next one). Any gap leads back to reading;
 * listeners then get the difference, never the same change twice.
 */
export class RedisLiveBoardReader implements LiveBoardReader {
  readonly #feed: RedisLink;
  readonly #store: RedisLink;
  readonly #log: RedisLog;
  readonly #listeners = new Set<Listener>();
  readonly #clock: NodeJS.Timeout;
  #agents = new Map<string, AgentView>();
  #calls = new Map<string, CallView>();
  #source: LiveSource = 'away';
  #seq = 0;
  #head: BoardHead | null = null;
  /** By the monotonic clock: a corrected wall clock must not make call control look absent. */
  #heardAt = 0;
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
      source: this.#source,
      agents: [...this.#agents.values()],
      calls: [...this.#calls.values()],
    };
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    clearInterval(this.#clock);
    await Promise.all([this.#feed.close(), this.#store.close()]);
  }

  #check(): void {
    if (this.#source === 'live' && performance.now() - this.#heardAt > HEAD_LIFE_MS) {
      this.#head = null;
      this.#turn('away');
    }
  }

  #heard(message: BoardMessage): void {
    this.#heardAt = performance.now();
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
    } else if (seq === head.seq + 1 && changes.length > 0) {
      this.#head = { epoch, seq };
      for (const change of changes) this.#apply(change);
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
      .exec();
    // The feed broke off meanwhile: what was read may be old by the time it is back, and it will be read again then.
    if (!this.#feed.ready) return;
    const head = readJson<BoardHead>((results?.[0]?.[1] ?? null) as string | null);
    if (head === null) {
      this.#turn('away');
      return;
    }
    this.#head = head;
    this.#heardAt = performance.now();
    this.#replace(values<AgentView>(results?.[1]?.[1]), values<CallView>(results?.[2]?.[1]));
    this.#turn('live');
  }

  #replace(agents: readonly AgentView[], calls: readonly CallView[]): void {
    const agentIds = new Set(agents.map((one) => one.agentId));
    const callIds = new Set(calls.map((one) => one.callId));
    for (const old of [...this.#calls.keys()]) {
      if (!callIds.has(old)) this.#apply({ kind: 'callGone', callId: old });
    }
    for (const old of [...this.#agents.keys()]) {
      if (!agentIds.has(old)) {
        this.#agents.delete(old);
        this.#tell({ kind: 'agentGone', agentId: old });
      }
    }
    for (const agent of agents) this.#apply({ kind: 'agent', agent });
    for (const call of calls) this.#apply({ kind: 'call', call });
  }

  #apply(change: BoardChange): void {
    if (change.kind === 'agent') {
      if (same(this.#agents.get(change.agent.agentId), change.agent)) return;
      this.#agents.set(change.agent.agentId, change.agent);
      this.#tell(change);
    } else if (change.kind === 'call') {
      if (same(this.#calls.get(change.call.callId), change.call)) return;
      this.#calls.set(change.call.callId, change.call);
      this.#tell(change);
    } else {
      const call = this.#calls.get(change.callId);
      if (call === undefined) return;
      this.#calls.delete(change.callId);
      this.#tell({ kind: 'callGone', call });
    }
  }

  #turn(source: LiveSource): void {
    if (this.#source === source) return;
    this.#source = source;
    this.#tell({ kind: 'source', source });
  }

  #tell(change: LiveChange): void {
    this.#seq += 1;
    for (const listener of this.#listeners) listener(this.#seq, change);
  }
}

function same(one: object | undefined, other: object): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

function values<T extends object>(hash: unknown): T[] {
  if (typeof hash !== 'object' || hash === null) return [];
  return Object.values(hash as Record<string, string>).flatMap((text) => readJson<T>(text) ?? []);
}
