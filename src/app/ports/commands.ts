import type { ToldOutcome } from '../../domain/callbacks/dial-outcome.ts';
import type { OutboundPurpose } from '../../domain/callbacks/purposes.ts';
import type { SurveyMatter } from '../../domain/callbacks/survey/dialogue.ts';
import type { OutboundSubject } from '../../domain/calls/outbound.ts';
import type { CommandReply } from './command-reply.ts';
import type { TalkWish } from './talk-commands.ts';

/** The call that the asker had before him. A wish that was held up on its way is not of whichever call he is in by then. */
export interface OfCall {
  readonly ofCall?: string;
}

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
  /**
   * `read`: critical notices that he has read by the books; what call control was not told of is no hindrance. `booksAway`:
   * nobody can read one now.
   */
  | {
      readonly kind: 'ready';
      readonly agentId: string;
      readonly read?: readonly string[];
      readonly booksAway?: true;
    }
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
  | ({
      readonly kind: 'talk';
      readonly agentId: string;
      readonly key: string;
      readonly wish: TalkWish;
    } & OfCall)
  /** Sensitive data is about to be said: the recording of the call the agent speaks on goes on in silence. */
  | ({
      readonly kind: 'pauseRecording';
      readonly agentId: string;
      readonly reason: string;
      readonly forMs: number;
    } & OfCall)
  | ({ readonly kind: 'resumeRecording'; readonly agentId: string } & OfCall)
  /** Takes the call that rings at the agent's desk telephone; `key` names the wish, however often it is sent. */
  | AnswerCommand
  /** Releases the call the agent is on; a call that he is on no more is released already. */
  | ({ readonly kind: 'releaseCall'; readonly agentId: string } & OfCall)
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
  | ({ readonly kind: 'notReached'; readonly agentId: string; readonly outcome: ToldOutcome } & OfCall)
  | {
      readonly kind: 'cancelCallback';
      readonly callbackId: string;
      readonly by: { readonly accountId: string; readonly name: string };
      readonly reason: string;
    }
  | ListenCommand
  /** Load the published configuration again (new agent, changed line). */
  | { readonly kind: 'reloadConfiguration' };

export interface AnswerCommand extends OfCall {
  readonly kind: 'answer';
  readonly agentId: string;
  readonly key: string;
}

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

/** Side of the API: sends a command and waits for the reply. */
export interface CommandSender {
  /** Rejects with `CallControlAway` when nobody answers within the time. */
  send(command: AgentCommand): Promise<CommandReply>;
}
/** Side of call control. */
export interface CommandReceiver {
  onCommand(handler: (command: AgentCommand) => Promise<CommandReply>): void;
}
