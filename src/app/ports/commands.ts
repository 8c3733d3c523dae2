/** What an agent (through the API) asks of call control. Idempotent: asking for the present state is `ok`. */
export type AgentCommand =
  | { readonly kind: 'signIn'; readonly agentId: string }
  | { readonly kind: 'signOut'; readonly agentId: string }
  | { readonly kind: 'ready'; readonly agentId: string }
  | { readonly kind: 'notReady'; readonly agentId: string; readonly reason: string }
  | { readonly kind: 'endWrapUp'; readonly agentId: string }
  /** Releases the call the agent is on. */
  | { readonly kind: 'releaseCall'; readonly agentId: string }
  /** Load the published configuration again (new agent, changed line). */
  | { readonly kind: 'reloadConfiguration' };

export type CommandReply =
  | { readonly ok: true; readonly agent: AgentView | null }
  | { readonly ok: false; readonly code: CommandRefusal; readonly detail: string };

export const COMMAND_REFUSALS = [
  'agent.unknown',
  'agent.signedOut',
  'agent.talking',
  'agent.phoneUnreachable',
  'agent.reasonUnknown',
  'call.none',
  'callControl.busy',
] as const;
export type CommandRefusal = (typeof COMMAND_REFUSALS)[number];

/** The agent as call control sees it now: the only truth a screen may show. */
export interface AgentView {
  readonly agentId: string;
  readonly number: string;
  readonly displayName: string;
  readonly state: 'SIGNED_OUT' | 'NOT_READY' | 'READY' | 'RINGING' | 'TALKING' | 'WRAP_UP';
  readonly reason: string | null;
  readonly sinceMs: number;
  readonly phone: string;
  readonly phoneReachable: boolean;
  /** A call on the phone that is not ours (of the fallback queue, or direct): not idle, whatever `state` says. */
  readonly onForeignCall: boolean;
  /** Call that rings, is being talked on, or is being wrapped up. */
  readonly callId: string | null;
  readonly queues: readonly string[];
}

/** Live view of one call, for the agent's screen and the board. */
export interface CallView {
  readonly callId: string;
  readonly state: string;
  readonly dialled: string;
  readonly line: string | null;
  readonly lineName: string | null;
  readonly mode: string;
  readonly queue: string | null;
  readonly callerNumber: string;
  /** What is on record of the number, for the agent's eyes. */
  readonly note?: string | null;
  readonly agentId: string | null;
  readonly sinceMs: number;
  readonly arrivedMs: number;
}

/** Nobody at call control answered in time, or the way to it is down. The command may or may not have happened. */
export class CallControlAway extends Error {
  readonly code = 'callControl.away';
}

/** Side of the API: sends a command and waits for the reply. */
export interface CommandSender {
  /** Rejects with `CallControlAway` when nobody answers within the time. */
  send(command: AgentCommand): Promise<CommandReply>;
}
/** Side of call control. */
export interface CommandReceiver {
  onCommand(handler: (command: AgentCommand) => Promise<CommandReply>): void;
}

/** Live pictures, fanned out to the API's WebSockets and kept for reading; losing them loses nothing that must last. */
export interface LiveBoard {
  agent(view: AgentView): void;
  call(view: CallView): void;
  callGone(callId: string): void;
}
