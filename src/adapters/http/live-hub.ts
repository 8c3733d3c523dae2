import type { WebSocket } from 'ws';
import type { LiveBoardReader, LiveChange, LivePosition } from '../../app/live/board.ts';
import { LiveMemory } from '../../app/live/memory.ts';
import type { Notice, NoticeFeed } from '../../app/live/notices.ts';
import type { QueueView } from '../../app/live/queue-board.ts';
import type { Account } from '../../app/ports/accounts.ts';
import type { AgentView } from '../../app/ports/agent-view.ts';
import type { CallView } from '../../app/ports/call-view.ts';
import { keepAlive } from './heartbeat.ts';
import { LiveQueues } from './live-queues.ts';
import { noticeConcerns } from './notice-sight.ts';
import { boardSightOf } from './server.ts';
import { callFor, seesAgent, seesCall, shownPicture } from './shapes/live-sight.ts';

/** Close codes of our own (4000 and up) that a client can act on. */
export const CLOSE = { sessionEnded: 4401, tooSlow: 4408 } as const;
/** Unsent bytes at which a reader is cut: it starts anew with a fresh snapshot rather than ever further behind. */
const BACKLOG_MAX = 1_000_000;
const SESSION_CHECK_MS = 60_000;
/** A page that hears no word for some of these shows what it has as old: a browser does not tell it of pings. */
const WORD_EVERY_MS = 5_000;

export interface LiveTimes {
  readonly beatMs?: number | undefined;
  readonly sessionCheckMs?: number | undefined;
  readonly wordMs?: number | undefined;
}

interface Watcher {
  readonly socket: WebSocket;
  readonly account: Account;
  /** Calls and agents that this watcher was shown and that were not taken back. */
  readonly calls: Set<string>;
  readonly agents: Set<string>;
  /** Closes the connection when its session has ended. */
  readonly check: () => void;
  /** Messages to this watcher, numbered without a gap from the snapshot's 0. */
  n: number;
}

/**
 * Fans the live picture out. A watcher gets `snapshot` first, then every change that concerns it, in order; or, cut off
 * and back, what it missed. `seq` is call control's number of a change, the same at every API: who sees all and was told
 * up to there goes on from there. A `beat` every few seconds tells how fresh the picture is. Who may
 * see only the own call is shown it when it arrives there and told `callGone` when it leaves.
 */
export class LiveHub {
  readonly #board: LiveBoardReader;
  readonly #watchers = new Set<Watcher>();
  readonly #leave: (() => void)[];
  readonly #times: LiveTimes;
  readonly #calls = new Map<string, CallView>();
  readonly #agents = new Map<string, AgentView>();
  readonly #memory: LiveMemory;
  readonly #queues: LiveQueues;
  readonly #words: NodeJS.Timeout;
  /** What many watchers are told alike is written out once. */
  readonly #written = new WeakMap<object, string>();

  constructor(board: LiveBoardReader, notices: NoticeFeed, times: LiveTimes = {}) {
    this.#board = board;
    this.#times = times;
    const picture = board.picture();
    const { agents, calls } = picture;
    this.#memory = new LiveMemory(picture.at);
    this.#queues = new LiveQueues(picture, (queue) => this.#tellQueue(queue));
    this.#words = setInterval(() => this.#beat(), times.wordMs ?? WORD_EVERY_MS).unref();
    for (const call of calls) this.#calls.set(call.callId, call);
    for (const agent of agents) this.#agents.set(agent.agentId, agent);
    this.#leave = [
      board.onChange((_seq, change, at) => this.#changed(change, at)),
      notices.onNotice((notice) => this.#noticed(notice)),
    ];
  }

  /** `stillValid` is asked now and then; an ended session ends the connection, never the call. */
  add(
    socket: WebSocket,
    account: Account,
    stillValid: () => Promise<boolean>,
    from: LivePosition | null = null,
  ): void {
    const sight = boardSightOf(account);
    const now = this.#board.picture();
    const picture = shownPicture(now, sight);
    const check = (): void => {
      stillValid().then(
        (valid) => {
          if (!valid) socket.close(CLOSE.sessionEnded, 'session ended');
        },
        // The database is away: nobody is thrown out for that.
        () => undefined,
      );
    };
    const watcher: Watcher = {
      ...{ socket, account, check },
      calls: new Set(picture.calls.map((call) => call.callId)),
      agents: new Set(picture.agents.map((agent) => agent.agentId)),
      n: -1,
    };
    const checks = setInterval(check, this.#times.sessionCheckMs ?? SESSION_CHECK_MS);
    this.#watchers.add(watcher);
    keepAlive(socket, this.#times.beatMs);
    socket.once('close', () => {
      clearInterval(checks);
      this.#watchers.delete(watcher);
    });
    socket.on('error', () => socket.terminate());
    const missed = from === null || !sight.seesAll ? null : this.#memory.since(from);
    const queues = this.#queues.seenBy(sight);
    if (from === null || missed === null) {
      this.#send(watcher, body('snapshot', { ...positionOf(now.at), ...picture, queues }));
      return;
    }
    this.#send(watcher, body('resumed', { ...positionOf(now.at), source: now.source, heardMs: now.heardMs }));
    for (const change of missed) if (change.kind === 'callGone') watcher.calls.add(change.call.callId);
    for (const [nth, change] of missed.entries()) this.#tell(watcher, change, from.seq + nth + 1);
    for (const queue of queues) this.#send(watcher, body('queue', { queue }));
  }

  /** Stops listening to the board; the connections end with the server. */
  close(): void {
    for (const leave of this.#leave) leave();
    clearInterval(this.#words);
    this.#queues.close();
  }

  #changed(change: LiveChange, at: LivePosition | null): void {
    if (at !== null) this.#memory.note(at, change);
    // What a comparison found has no numbers: from here on is remembered anew.
    else if (change.kind !== 'source') this.#memory.restart(null);
    this.#queues.take(change);
    if (change.kind === 'agent') this.#agents.set(change.agent.agentId, change.agent);
    else if (change.kind === 'agentGone') this.#agents.delete(change.agentId);
    else if (change.kind === 'call') this.#calls.set(change.call.callId, change.call);
    else if (change.kind === 'callGone') this.#calls.delete(change.call.callId);
    for (const watcher of this.#watchers) this.#tell(watcher, change, at?.seq ?? null);
  }

  #tell(watcher: Watcher, change: LiveChange, seq: number | null): void {
    const sight = boardSightOf(watcher.account);
    const { seesAll } = sight;
    switch (change.kind) {
      case 'source':
        this.#send(watcher, body('source', { source: change.source }));
        break;
      case 'agent': {
        const { agent } = change;
        if (!seesAgent(sight, agent)) {
          // He was his employer's until now.
          this.#hideAgent(watcher, agent.agentId, seq);
          break;
        }
        watcher.agents.add(agent.agentId);
        this.#send(
          watcher,
          this.#once(agent, () => body('agent', { agent })),
          seq,
        );
        // The call may have been shown on the board before the agent at whom it now rings.
        const call = agent.callId === null ? undefined : this.#calls.get(agent.callId);
        if (!seesAll && call !== undefined && !watcher.calls.has(call.callId))
          this.#showCall(watcher, call, null);
        break;
      }
      case 'agentGone':
        if (seesAll) watcher.agents.add(change.agentId);
        this.#hideAgent(watcher, change.agentId, seq);
        break;
      case 'call':
        this.#showCall(watcher, change.call, seq);
        break;
      case 'callGone':
        this.#hideCall(watcher, change.call.callId, seq);
        break;
      case 'queue':
        // Told with what else the queue looks like.
        break;
      case 'queueGone':
        if (seesAll) this.#send(watcher, body('queueGone', { code: change.code }), seq);
        break;
      default:
        change satisfies never;
    }
  }

  #showCall(watcher: Watcher, call: CallView, seq: number | null): void {
    const sight = boardSightOf(watcher.account);
    if (seesCall(sight, call, this.#agents)) {
      watcher.calls.add(call.callId);
      const write = (): string => body('call', { call: callFor(sight, call, this.#agents) });
      // What is cut to an employer is for his eyes alone.
      this.#send(watcher, sight.employer === null ? this.#once(call, write) : write(), seq);
    } else {
      this.#hideCall(watcher, call.callId, seq);
    }
  }

  #hideAgent(watcher: Watcher, agentId: string, seq: number | null): void {
    if (watcher.agents.delete(agentId)) this.#send(watcher, body('agentGone', { agentId }), seq);
  }

  #hideCall(watcher: Watcher, callId: string, seq: number | null): void {
    if (watcher.calls.delete(callId)) this.#send(watcher, body('callGone', { callId }), seq);
  }

  #tellQueue(queue: QueueView): void {
    for (const watcher of this.#watchers) {
      if (!this.#queues.sees(queue.code, boardSightOf(watcher.account))) continue;
      this.#send(
        watcher,
        this.#once(queue, () => body('queue', { queue })),
      );
    }
  }

  #beat(): void {
    const { at, source, heardMs } = this.#board.picture();
    const word = body('beat', { ...positionOf(at), source, heardMs });
    for (const watcher of this.#watchers) this.#send(watcher, word);
  }

  #noticed(notice: Notice): void {
    for (const watcher of this.#watchers) {
      if (notice.kind === 'sessionsEnded' && notice.accountId === watcher.account.id) watcher.check();
      if (noticeConcerns(watcher.account, notice)) this.#send(watcher, body('notice', { notice }));
    }
  }

  #once(view: object, write: () => string): string {
    const written = this.#written.get(view) ?? write();
    this.#written.set(view, written);
    return written;
  }

  #send(watcher: Watcher, message: string, seq: number | null = null): void {
    if (watcher.socket.bufferedAmount > BACKLOG_MAX) {
      // A close frame would wait behind the backlog for ever.
      this.#watchers.delete(watcher);
      watcher.socket.terminate();
      return;
    }
    watcher.n += 1;
    const number = seq === null ? '' : `"seq":${seq},`;
    watcher.socket.send(`{"n":${watcher.n},${number}${message}`, (error) => {
      if (error !== undefined && error !== null) watcher.socket.terminate();
    });
  }
}

const positionOf = (at: LivePosition | null) => ({ epoch: at?.epoch ?? null, seq: at?.seq ?? null });

/** A message but for its number, which is each watcher's own. */
function body(type: string, content: object): string {
  return JSON.stringify({ type, ...content }).slice(1);
}
