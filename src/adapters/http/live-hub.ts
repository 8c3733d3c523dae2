import type { WebSocket } from 'ws';
import type { LiveBoardReader, LiveChange } from '../../app/live/board.ts';
import type { NoticeFeed, TicketNotice } from '../../app/live/notices.ts';
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
  readonly #beatMs: number | undefined;

  constructor(board: LiveBoardReader, notices: NoticeFeed, beatMs?: number) {
    this.#board = board;
    this.#beatMs = beatMs;
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
    }, SESSION_CHECK_MS);
    this.#watchers.add(watcher);
    keepAlive(socket, this.#beatMs);
    socket.once('close', () => {
      clearInterval(checks);
      this.#watchers.delete(watcher);
    });
    socket.on('error', () => socket.terminate());
    this.#send(watcher, 'snapshot', picture);
  }

  /** Stops listening to the board; the connections end with the server. */
  close(): void {
    for (const leave of this.#leave) leave();
  }

  #changed(change: LiveChange): void {
    for (const watcher of this.#watchers) this.#tell(watcher, change);
  }

  #tell(watcher: Watcher, change: LiveChange): void {
    const { id, seesAll } = boardSightOf(watcher.account);
    switch (change.kind) {
      case 'source':
        this.#send(watcher, 'source', { source: change.source });
        break;
      case 'agent':
        if (!seesAll && change.agent.agentId !== id) break;
        this.#send(watcher, 'agent', { agent: change.agent });
        // The call may have been shown on the board before the agent at whom it now rings.
        if (!seesAll) this.#review(watcher, change.agent.callId);
        break;
      case 'agentGone':
        if (seesAll || change.agentId === id) {
          this.#send(watcher, 'agentGone', { agentId: change.agentId });
        }
        break;
      case 'call':
        this.#showCall(watcher, change.call);
        break;
      case 'callGone':
        if (watcher.calls.delete(change.call.callId)) {
          this.#send(watcher, 'callGone', { callId: change.call.callId });
        }
        break;
      default:
        change satisfies never;
    }
  }

  #review(watcher: Watcher, callId: string | null): void {
    const call = this.#board.picture().calls.find((one) => one.callId === callId);
    if (call !== undefined && !watcher.calls.has(call.callId)) this.#showCall(watcher, call);
  }

  #showCall(watcher: Watcher, call: CallView): void {
    const { id, seesAll } = boardSightOf(watcher.account);
    const mine =
      call.agentId === id ||
      this.#board.picture().agents.some((agent) => agent.agentId === id && agent.callId === call.callId);
    if (seesAll || mine) {
      watcher.calls.add(call.callId);
      this.#send(watcher, 'call', { call: shownCall(call) });
    } else if (watcher.calls.delete(call.callId)) {
      this.#send(watcher, 'callGone', { callId: call.callId });
    }
  }

  #noticed(notice: TicketNotice): void {
    for (const watcher of this.#watchers) {
      const { roles, unitCode } = watcher.account;
      const own = unitCode !== null && unitCode === notice.unitCode;
      const hotline = unitCode === null && roles.some((role) => role !== 'agent' && role !== 'unit');
      if (own || hotline) this.#send(watcher, 'notice', { notice });
    }
  }

  #send(watcher: Watcher, type: string, content: object): void {
    if (watcher.socket.bufferedAmount > BACKLOG_MAX) {
      // A close frame would wait behind the backlog for ever.
      this.#watchers.delete(watcher);
      watcher.socket.terminate();
      return;
    }
    watcher.n += 1;
    watcher.socket.send(JSON.stringify({ n: watcher.n, type, ...content }), (error) => {
      if (error !== undefined && error !== null) watcher.socket.terminate();
    });
  }
}
