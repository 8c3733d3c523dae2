import type { QuietHours } from '../../domain/deadlines/quiet-hours.ts';
import type { MessageKind } from '../../domain/messages/kinds.ts';
import type { MessageState } from '../../domain/messages/life.ts';
import type { Attempt } from '../../domain/messages/sending.ts';
import type { Transaction } from './transaction.ts';

/** What a message speaks of: `line` 12328, `incident` …; to find, count and cancel what belongs together. */
export interface MessageSubject {
  readonly kind: string;
  readonly id: string;
}

/** Ready to be written; times are epoch milliseconds. `app/messages/queue-messages` makes these. */
export interface NewMessage {
  readonly id: string;
  readonly createdAt: number;
  readonly kind: MessageKind;
  readonly number: string;
  readonly text: string;
  readonly subject: MessageSubject;
  readonly notBefore: number;
  /** Of two with the same key only the first is ever written. */
  readonly dedupeKey: string;
}

/** A message that one worker holds for a while; `attempt` is the proof that it is still this holder's. */
export interface ClaimedMessage extends NewMessage {
  readonly attempt: number;
  readonly failures: number;
  /** When it was queued, or retried by a person: from then on it grows stale. */
  readonly wantedAt: number;
}

export interface MessageView {
  readonly id: string;
  readonly createdAt: string;
  readonly kind: MessageKind;
  readonly number: string;
  readonly text: string;
  readonly subject: MessageSubject;
  readonly notBefore: string;
  readonly state: MessageState;
  readonly attempts: number;
  readonly driver: string | null;
  readonly proof: string | null;
  /** SHA-256, in hexadecimal, of the text as the driver got it; null: never sent, or before this was kept. */
  readonly textHash: string | null;
  /** Why the last attempt came to nothing, or why it was cancelled. */
  readonly failure: string | null;
  readonly finishedAt: string | null;
}

export interface MessageFilter {
  readonly state?: MessageState;
  readonly kind?: MessageKind;
  readonly subjectKind?: string;
  readonly subjectId?: string;
}

export interface MessageSettings {
  readonly quietHours: QuietHours;
  /** Whether who dials a merged number is told the new one. */
  readonly retraining: boolean;
  /** Whether citizens are told of each step of their tickets, and units of theirs. */
  readonly ticketSteps: boolean;
}

/** A call that may earn its caller the new number. */
export interface RetrainingCall {
  readonly callId: string;
  readonly callerNumber: string;
  readonly line: string;
  readonly lineName: string;
}

export interface MessageBook {
  /** The municipality's words and rules that messages need. Code: rules.none without a municipality. */
  settings(tx?: Transaction): Promise<
    MessageSettings & {
      readonly zone: string;
      readonly areaCode: string;
      readonly mainNumber: string;
      readonly municipality: string;
    }
  >;
  saveSettings(settings: MessageSettings, tx?: Transaction): Promise<void>;

  /** Writes those whose dedupe key is new; returns their ids. */
  add(messages: readonly NewMessage[], tx?: Transaction): Promise<readonly string[]>;
  /** Pending ones whose time has come, oldest first, held until `until`: pending -> sending. */
  claim(now: number, until: number, limit: number): Promise<readonly ClaimedMessage[]>;
  /** These four write only while the claim is still the holder's; `lost` otherwise. */
  deliver(claimed: ClaimedMessage, at: number, driver: string, proof: string): Promise<'written' | 'lost'>;
  putBack(
    claimed: ClaimedMessage,
    until: number,
    failure: { readonly driver: string; readonly why: string } | null,
  ): Promise<'written' | 'lost'>;
  fail(
    claimed: ClaimedMessage,
    at: number,
    driver: string,
    why: string,
    tx?: Transaction,
  ): Promise<'written' | 'lost'>;
  cancel(claimed: ClaimedMessage, at: number, why: string, tx?: Transaction): Promise<'written' | 'lost'>;
  /** Claims that ran out (their worker died) are pending again and count as a failure; returns how many. */
  releaseExpired(now: number, limit: number): Promise<number>;

  /**
   * Pending ones about a subject, of a kind, or of kinds about a subject, are not sent any more; returns how many. One that is
   * named by its dedupe key leaves it free: nothing was ever sent under it.
   */
  cancelPending(
    about:
      | { readonly dedupeKey: string }
      | { readonly subject: MessageSubject; readonly kinds?: readonly MessageKind[] }
      | { readonly kind: MessageKind },
    at: number,
    why: string,
    tx?: Transaction,
  ): Promise<number>;
  /** Pending ones that no gateway turned down wait for their hour no longer: whoever claims them asks the rules anew. */
  askAgain(at: number, tx: Transaction): Promise<void>;
  /** failed -> pending, with all its attempts before it; null when there is none, else the state that it has now. */
  retry(id: string, notBefore: number, tx: Transaction): Promise<'retried' | MessageState | null>;

  list(
    filter: MessageFilter,
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly messages: readonly MessageView[]; readonly next: string | null }>;

  /** One at a time plans retraining, until the transaction ends; false: somebody else does. */
  lockRetraining(tx: Transaction): Promise<boolean>;
  /**
   * Calls to numbers in these modes that ended since, one for each caller and line, to whom nothing was written about
   * that line since `writtenSince`. Only callers who may have a mobile number.
   */
  retrainingCalls(
    asked: {
      readonly modes: readonly string[];
      readonly endedSince: number;
      readonly writtenSince: number;
      readonly limit: number;
    },
    tx: Transaction,
  ): Promise<readonly RetrainingCall[]>;
}

/** How a message is given up: `write` says so in its book, beside whatever else is to be said of it. */
export type GiveUp = (
  message: ClaimedMessage,
  why: 'stale' | 'failed',
  write: (tx?: Transaction) => Promise<'written' | 'lost'>,
) => Promise<void>;

/** A way to citizens: SMS gateway, WeChat, a file. Bears being asked twice for one id as far as the way allows. */
export interface MessageDriver {
  readonly name: string;
  /** Never rejects for the gateway's sake: what went wrong is the attempt's outcome. */
  send(message: ClaimedMessage): Promise<Attempt>;
}
