import type { SignOutReason } from '../../domain/agents/presence-table.ts';
import type { ToldOutcome } from '../../domain/callbacks/dial-outcome.ts';
import { OUTBOUND_REFUSALS } from '../../domain/callbacks/outbound-rules.ts';
import type { OutboundPurpose } from '../../domain/callbacks/purposes.ts';
import type { SurveyMatter } from '../../domain/callbacks/survey/dialogue.ts';
import type { Phase } from '../../domain/calls/conversation/conversation-table.ts';
import type { InvitedState } from '../../domain/calls/conversation/emergency-bridge.ts';
import { ACT_REFUSALS } from '../../domain/calls/conversation/permits.ts';
import type { OutboundSubject } from '../../domain/calls/outbound.ts';
import type { WhyWaiting } from '../../domain/routing/reasons.ts';
import { TARGET_REFUSALS, type TalkWish } from './talk-commands.ts';

/** What an agent (through the API) asks of call control. Idempotent: asking for the present state is `ok`. */
export type AgentCommand =
  /**
   * `heartbeat: 'none'`: at a desk phone without a browser, so that nobody beats. For this shift only: an exemption
   * that belonged to the account would outlive its reason unseen.
   */
  | { readonly kind: 'signIn'; readonly agentId: string; readonly heartbeat?: 'expected' | 'none' }
  /** During a call it is granted and done afterwards. */
  | { readonly kind: 'signOut'; readonly agentId: string }
  /** By a lead, with a reason on record; likewise never in the middle of a call. */
  | {
      readonly kind: 'forceSignOut';
      readonly agentId: string;
      readonly by: { readonly accountId: string; readonly name: string };
      readonly note: string;
    }
  /** `read`: critical notices that he has read by the books; what call control was not told of is no hindrance. */
  | { readonly kind: 'ready'; readonly agentId: string; readonly read?: readonly string[] }
  /** He has read a critical notice; who was held back by it is ready. */
  | { readonly kind: 'noticeRead'; readonly agentId: string; readonly noticeId: string }
  | { readonly kind: 'notReady'; readonly agentId: string; readonly reason: string }
  /** Takes back the break or the sign-out that was asked for during a call. */
  | { readonly kind: 'withdrawRequest'; readonly agentId: string }
  | { readonly kind: 'endWrapUp'; readonly agentId: string }
  /** `extraMs` in all beyond the regular end: asking again for the same adds nothing. */
  | { readonly kind: 'extendWrapUp'; readonly agentId: string; readonly extraMs: number }
  | { readonly kind: 'usePhone'; readonly agentId: string; readonly phone: 'browser' | 'desk' }
  /** Every 30 s from the desk of who is signed in. */
  | { readonly kind: 'heartbeat'; readonly agentId: string }
  /** Every 15 s from the API: words of desks can reach call control, so a silence means something. */
  | { readonly kind: 'wayOpen' }
  /** In the agent's talk; `key` names the wish, however often it is sent. */
  | { readonly kind: 'talk'; readonly agentId: string; readonly key: string; readonly wish: TalkWish }
  /** Sensitive data is about to be said: the recording of the call the agent speaks on goes on in silence. */
  | {
      readonly kind: 'pauseRecording';
      readonly agentId: string;
      readonly reason: string;
      readonly forMs: number;
    }
  | { readonly kind: 'resumeRecording'; readonly agentId: string }
  /** Releases the call the agent is on. */
  | { readonly kind: 'releaseCall'; readonly agentId: string }
  /**
   * Calls a citizen, the agent first. The number comes from the books and never from a screen; `callId` is the call's
   * own id from now on, so that the same wish sent again is the same call (F-17).
   */
  | {
      readonly kind: 'call';
      readonly agentId: string;
      readonly callId: string;
      readonly purpose: OutboundPurpose;
      readonly number: string;
      readonly subject: OutboundSubject;
      readonly line: string | null;
      /** Beside the masked number on the agent's telephone: a ticket's number, a line's name. */
      readonly about: string;
    }
  /** A unit's own person calls the citizen of a ticket, by a telephone of the unit that the books know. */
  | {
      readonly kind: 'callForUnit';
      readonly accountId: string;
      readonly callId: string;
      readonly number: string;
      readonly unitNumber: string;
      readonly ticketId: string;
      readonly line: string | null;
      readonly about: string;
    }
  | SurveyCommand
  | UrgentNoticeCommand
  /** No citizen is at the other end of the call that we made: it ends, and counts as a try. */
  | { readonly kind: 'notReached'; readonly agentId: string; readonly outcome: ToldOutcome }
  | {
      readonly kind: 'cancelCallback';
      readonly callbackId: string;
      readonly by: { readonly accountId: string; readonly name: string };
      readonly reason: string;
    }
  | ListenCommand
  /** Load the published configuration again (new agent, changed line). */
  | { readonly kind: 'reloadConfiguration' };

/** Calls a citizen whom the machine asks about his tickets; the same `callId` sent again is the same call. */
export interface SurveyCommand {
  readonly kind: 'survey';
  readonly callId: string;
  readonly number: string;
  readonly ticketId: string;
  readonly line: string | null;
  /** The ticket's number: on the telephone of who takes him when he asks for a person. */
  readonly about: string;
  /** Where that is; null: the general desk. */
  readonly queue: string | null;
  /** Of this ticket first, then of the others that he is asked about in the same call. */
  readonly matters: readonly SurveyMatter[];
}

/** Calls whom a unit has on call, who confirms an urgent ticket by a key; the same `callId` sent again is the same call. */
export interface UrgentNoticeCommand {
  readonly kind: 'urgentNotice';
  readonly callId: string;
  readonly number: string;
  readonly ticketId: string;
  /** The ticket's number. */
  readonly about: string;
  readonly words: readonly string[];
  readonly ringTimeoutMs: number;
}

/** A lead at a talk, by its call; null: no more. `takeOver`: in the agent's place. On record before it is asked for. */
export interface ListenCommand {
  readonly kind: 'listen';
  /** The lead's own account, whose telephone rings. */
  readonly agentId: string;
  readonly callId: string;
  readonly mode: 'monitor' | 'whisper' | 'barge' | 'takeOver' | null;
  readonly reason: string;
}

export type CommandReply =
  /** `call`: after a wish in a talk, the agent's call; null when it is over. */
  | { readonly ok: true; readonly agent: AgentView | null; readonly call?: CallView | null }
  | { readonly ok: false; readonly code: CommandRefusal; readonly detail: string };

export const COMMAND_REFUSALS = [
  ...ACT_REFUSALS,
  ...TARGET_REFUSALS,
  'agent.unknown',
  'agent.signedOut',
  'agent.phoneUnreachable',
  'agent.reasonUnknown',
  'agent.mustSignOut',
  'agent.notInWrapUp',
  'agent.wrapUpTooLong',
  'agent.phoneNone',
  'agent.heartbeatNeeded',
  'knowledge.noticeUnread',
  'call.none',
  'call.notTalking',
  'listening.elsewhere',
  'listening.noPhone',
  'listening.busy',
  'listening.goesOn',
  'listening.listenFirst',
  'call.notOutbound',
  'callback.over',
  'outbound.citizenOnLine',
  'outbound.agentNotFree',
  'outbound.unitPhoneInvalid',
  'outbound.unitPhoneBusy',
  ...OUTBOUND_REFUSALS,
  'callControl.busy',
] as const;
export type CommandRefusal = (typeof COMMAND_REFUSALS)[number];

/** The agent as call control sees it now: the only truth a screen may show. */
export interface AgentView {
  readonly agentId: string;
  readonly number: string;
  readonly displayName: string;
  /** Whose the agent is today; absent in a picture of an earlier release. */
  readonly employer?: string;
  readonly state: 'SIGNED_OUT' | 'NOT_READY' | 'READY' | 'RINGING' | 'TALKING' | 'WRAP_UP';
  readonly reason: string | null;
  readonly sinceMs: number;
  /** What comes when the present call lets go of the agent: a break, or the end of the shift. */
  readonly intended: {
    readonly state: 'NOT_READY' | 'SIGNED_OUT';
    readonly reason: string;
    readonly by: string | null;
    readonly note: string | null;
  } | null;
  /** How long this reason may last; `overLimit` is told at the moment it becomes true. */
  readonly limitMs: number | null;
  readonly overLimit: boolean;
  /** Offers in a row that were not taken. */
  readonly misses: number;
  /** Not ready by no fault of his: when he is offered calls again by himself. */
  readonly readyAgainMs: number | null;
  readonly wrapUpUntilMs: number | null;
  /** As far as it may be extended. */
  readonly wrapUpLatestMs: number | null;
  /** SIGNED_OUT: why, and for a lead's order whose and in which words. */
  readonly signOut: {
    readonly reason: SignOutReason;
    readonly by: string | null;
    readonly note: string | null;
  } | null;
  readonly phone: string;
  readonly phoneKind: 'browser' | 'desk';
  /** The phone to which the agent changes when the present call is over. */
  readonly nextPhone: string | null;
  readonly heartbeat: 'expected' | 'none';
  readonly phoneReachable: boolean;
  /** Whether the phone's persistent leg is up; null: the phone is rung for each call. */
  readonly persistentLeg: 'down' | 'ringing' | 'up' | null;
  /** The call that a lead listens to: while he does, no call comes to him. */
  readonly listensTo: string | null;
  /**
   * He answered in the moment in which the call went to another, and has not missed it (F-16): who has it, by name; null
   * where nobody has yet. Until his next move.
   */
  readonly taken: { readonly callId: string; readonly by: string | null; readonly atMs: number } | null;
  /** A call on the phone that is not ours (of the fallback queue, or direct): not idle, whatever `state` says. */
  readonly onForeignCall: boolean;
  /** Call that rings, is being talked on, or is being wrapped up. */
  readonly callId: string | null;
  readonly queues: readonly string[];
  /** Those of them that are his only while a surge lasts; absent: none. */
  readonly lent?: readonly string[];
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
  /** Who leads the talk. */
  /** Set while an agent is being sought. */
  readonly waiting?: {
    /** The desks that he waits at, his own first. */
    readonly queues: readonly string[];
    readonly sinceMs: number;
    readonly priority: number;
    readonly why: WhyWaiting['kind'];
    /** The same, as a lead reads it. */
    readonly words: string;
    readonly keptFor: string | null;
    /** Absent in a picture of an earlier release. Callers before him, up to 101; null: not in line now. */
    readonly ahead?: number | null;
    /** How long he still waits, as seen when this was told; null: it cannot be believed, `words` say why. */
    readonly estimateMs?: number | null;
    /** What he was told last; null: nothing. */
    readonly told?: {
      readonly ahead: number | null;
      readonly minutes: number | null;
      readonly atMs: number | null;
    } | null;
  } | null;
  readonly agentId: string | null;
  readonly sinceMs: number;
  readonly arrivedMs: number;
  /** Since when it holds its place in `queue`; null: it holds none. */
  readonly waitingSinceMs?: number | null;
  /** Absent in a picture of an earlier release, null outside of a talk. */
  readonly talk?: TalkView | null;
  /** Sensitive data is being said: until then nothing is recorded. Null: it is. */
  readonly recordingPausedUntilMs?: number | null;
  /** A call that we make: why, and about which ticket; null: one that came in. */
  readonly about?: {
    readonly purpose: OutboundPurpose;
    readonly ticketId: string | null;
    readonly callbackId: string | null;
  } | null;
}

/** A talk as call control has it: what is not in here is not so, whatever an agent asked for. */
export interface TalkView {
  readonly phase: Phase;
  readonly citizen: {
    readonly muted: boolean;
    readonly held: {
      readonly why: 'hold' | 'consult' | 'transfer' | 'rejoin';
      readonly sinceMs: number;
    } | null;
  };
  readonly parties: readonly TalkPartyView[];
  /** The agent who gave the citizen away and may take that back while it rings. */
  readonly sender: string | null;
  /** Who is on call is being called into it, or was; absent or null: nobody was. */
  readonly bridge?: {
    readonly by: string;
    readonly list: string;
    readonly state: 'calling' | 'confirmed' | 'exhausted' | 'calledOff';
    readonly people: readonly {
      readonly name: string;
      readonly number: string;
      readonly state: InvitedState;
      readonly tries: number;
      readonly party: string | null;
    }[];
  } | null;
}

export interface TalkPartyView {
  readonly id: string;
  readonly kind: 'agent' | 'unit' | 'centre' | 'number' | 'emergency' | 'onCall';
  readonly agentId: string | null;
  readonly number: string | null;
  readonly name: string | null;
  /** Of an emergency desk: whether it has taken over. */
  readonly accepted: boolean | null;
  readonly state: 'awaited' | 'ringing' | 'confirming' | 'joining' | 'in' | 'aside' | 'held';
  readonly role: 'member' | 'consulted' | 'invited' | 'transferred' | 'returning' | 'rejoining';
  readonly by: string | null;
  readonly sinceMs: number;
  readonly muted: boolean;
}

/** What one queue took on a local day. offered = answered + abandoned + elsewhere + those who wait. */
export interface QueueTally {
  readonly code: string;
  readonly name: string;
  readonly day: string;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Went on to another queue. */
  readonly elsewhere: number;
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
  queue(tally: QueueTally): void;
  queueGone(code: string): void;
  /** Whether the telephone switch is there: without it what is told of calls is from before. */
  switchSeen(isThere: boolean): void;
}
