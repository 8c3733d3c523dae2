import type { WebSocket } from 'ws';
import type { LiveBoardReader, LiveChange } from '../../app/live/board.ts';
import type { Notice, NoticeFeed } from '../../app/live/notices.ts';
import type { Account } from '../../app/ports/accounts.ts';
import type { CallView } from '../../app/ports/commands.ts';
import { keepAlive } from './heartbeat.ts';
import { boardSightOf } from './server.ts';
import { shownCall, shownPicture } from './shapes/live.ts';

/** Close codes of our own (4000 and up) that a client can act on. */
export const CLOSE = { sessionEnded: 4401, tooSlow: 4408 } as const;
/** Unsent bytes at which a reader is cut: it starts anew with a fresh snapshot rather than ever further behind. */
const BACKLOG_MAX = 1_000_000;
const SESSION_CHECK_MS = 60_000;

export interface LiveTimes {
  readonly beatMs?: number | undefined;
  readonly sessionCheckMs?: number | undefined;
}

interface Watcher {
  readonly socket: WebSocket;
  readonly account: Account;
  /** Calls that this watcher was shown and that were not taken back. */
  readonly calls: Set<string>;
  /** Messages to this watcher, numbered without a gap from the snapshot's 0. */
  n: number;
}

/**
 * Fans the live picture out. A watcher gets `snapshot` first, then every change that concerns it, in order. Who may
 * see only the own call is shown it when it arrives there and told `callGone` when it leaves.
 */
export class LiveHub {
  readonly #board: LiveBoardReader;
  readonly #watchers = new Set<Watcher>();
  readonly #leave: (() => void)[];
  readonly #times: LiveTimes;
  readonly #calls = new Map<string, CallView>();
  /** Which call an agent has, by agent. */
  readonly #callAt = new Map<string, string | null>();
  /** What many watchers are told alike is written out once. */
  readonly #written = new WeakMap<object, string>();

  constructor(board: LiveBoardReader, notices: NoticeFeed, times: LiveTimes = {}) {
    this.#board = board;
    this.#times = times;
    const { agents, calls } = board.picture();
    for (const call of calls) this.#calls.set(call.callId, call);
    for (const agent of agents) this.#callAt.set(agent.agentId, agent.callId);
    this.#leave = [
      board.onChange((_seq, change) => this.#changed(change)),
      notices.onNotice((notice) => this.#noticed(notice)),
    ];
  }

  /** `stillValid` is asked now and then; an ended session ends the connection, never the call. */
  add(socket: WebSocket, account: Account, stillValid: () => Promise<boolean>): void {
    const picture = shownPicture(this.#board.picture(), boardSightOf(account));
    const watcher: Watcher = {
      socket,
      account,
      calls: new Set(picture.calls.map((call) => call.callId)),
      n: -1,
    };
    const checks = setInterval(() => {
      stillValid().then(
        (valid) => {
          if (!valid) socket.close(CLOSE.sessionEnded, 'session ended');
        },
        // The database is away: nobody is thrown out for that.
        () => undefined,
      );
    }, this.#times.sessionCheckMs ?? SESSION_CHECK_MS);
    this.#watchers.add(watcher);
    keepAlive(socket, this.#times.beatMs);
    socket.once('close', () => {
      clearInterval(checks);
      this.#watchers.delete(watcher);
    });
    socket.on('error', () => socket.terminate());
    this.#send(watcher, body('snapshot', picture));
  }

  /** Stops listening to the board; the connections end with the server. */
  close(): void {
    for (const leave of this.#leave) leave();
  }

  #changed(change: LiveChange): void {
    if (change.kind === 'agent') this.#callAt.set(change.agent.agentId, change.agent.callId);
    else if (change.kind === 'agentGone') this.#callAt.delete(change.agentId);
    else if (change.kind === 'call') this.#calls.set(change.call.callId, change.call);
    else if (change.kind === 'callGone') this.#calls.delete(change.call.callId);
    for (const watcher of this.#watchers) this.#tell(watcher, change);
  }

  #tell(watcher: Watcher, change: LiveChange): void {
    const { id, seesAll } = boardSightOf(watcher.account);
    switch (change.kind) {
      case 'source':
        this.#send(watcher, body('source', { source: change.source }));
        break;
      case 'agent': {
        const { agent } = change;
        if (!seesAll && agent.agentId !== id) break;
        this.#send(
          watcher,
          this.#once(agent, () => body('agent', { agent })),
        );
        // The call may have been shown on the board before the agent at whom it now rings.
        const call = agent.callId === null ? undefined : this.#calls.get(agent.callId);
        if (!seesAll && call !== undefined && !watcher.calls.has(call.callId)) this.#showCall(watcher, call);
        break;
      }
      case 'agentGone':
        if (seesAll || change.agentId === id) {
          this.#send(watcher, body('agentGone', { agentId: change.agentId }));
        }
        break;
      case 'call':
        this.#showCall(watcher, change.call);
        break;
      case 'callGone':
        this.#hideCall(watcher, change.call.callId);
        break;
      default:
        change satisfies never;
    }
  }

  #showCall(watcher: Watcher, call: CallView): void {
    const { id, seesAll } = boardSightOf(watcher.account);
    if (seesAll || call.agentId === id || this.#callAt.get(id) === call.callId) {
      watcher.calls.add(call.callId);
      this.#send(
        watcher,
        this.#once(call, () => body('call', { call: shownCall(call) })),
      );
    } else {
      this.#hideCall(watcher, call.callId);
    }
  }

  #hideCall(watcher: Watcher, callId: string): void {
    if (watcher.calls.delete(callId)) this.#send(watcher, body('callGone', { callId }));
  }

  #noticed(notice: Notice): void {
    for (const watcher of this.#watchers) {
      const { roles, unitCode } = watcher.account;
      const own = unitCode !== null && unitCode === notice.unitCode;
      const hotline = unitCode === null && roles.some((role) => role !== 'agent' && role !== 'unit');
      if (own || hotline) this.#send(watcher, body('notice', { notice }));
    }
  }

  #once(view: object, write: () => string): string {
    const written = this.#written.get(view) ?? write();
    this.#written.set(view, written);
    return written;
  }

  #send(watcher: Watcher, message: string): void {
    if (watcher.socket.bufferedAmount > BACKLOG_MAX) {
      // A close frame would wait behind the backlog for ever.
      this.#watchers.delete(watcher);
      watcher.socket.terminate();
      return;
    }
    watcher.n += 1;
    watcher.socket.send(`{"n":${watcher.n},${message}`, (error) => {
      if (error !== undefined && error !== null) watcher.socket.terminate();
    });
  }
}

/** A message but for its number, which is each watcher's own. */
function body(type: string, content: object): string {
  return JSON.stringify({ type, ...content }).slice(1);
}
