import type {
  IncomingMessage,
  IntakeOutcome,
  LatestOfSender,
  ParkReason,
} from '../../domain/intake/incoming.ts';
import type { Appeal } from '../../domain/tickets/opening.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { Sight } from '../../domain/tickets/visibility.ts';
import type { PageAsked, Paged } from './page.ts';
import type { Transaction } from './transaction.ts';

/** What a form asks beside the words. */
export type FormFields = Partial<Pick<Appeal, 'type' | 'title' | 'place' | 'citizenName' | 'anonymous'>>;

export interface NewIncoming extends IncomingMessage {
  readonly id: string;
  readonly receivedAt: number;
  readonly fields: FormFields;
  /** What the channel signed it with, where that does not cover the words: once used it is good for this message only. */
  readonly proof: string | null;
}

/** What has become of a message. */
export interface IntakeResult {
  readonly outcome: IntakeOutcome;
  readonly ticketId: string | null;
  readonly ticketNumber: string | null;
  readonly reason: ParkReason | null;
}

export const SETTLEMENTS = ['opened', 'dismissed'] as const;
export type Settlement = (typeof SETTLEMENTS)[number];

/** Times are ISO 8601 in UTC; the sender is masked as it leaves. */
export interface IncomingView extends IntakeResult {
  readonly id: string;
  readonly channel: IncomingMessage['channel'];
  readonly sender: string;
  readonly text: string;
  readonly sentAt: string;
  readonly receivedAt: string;
  readonly settled: {
    readonly as: Settlement;
    readonly at: string;
    readonly by: { readonly id: string; readonly displayName: string };
    readonly note: string;
  } | null;
}

export interface IncomingFilter {
  /** Waits for a clerk. */
  readonly waiting?: boolean;
  readonly channel?: IncomingMessage['channel'];
  readonly ticketId?: string;
}

/** What a proof is good for, and nothing else. */
export interface Spending {
  readonly channel: IncomingMessage['channel'];
  readonly proof: string;
  readonly on: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** Of a ticket that a message is about: whom it is kept from. */
export interface AboutTicket {
  readonly ticketId: string;
  readonly confidential: boolean;
  readonly listedOnly: boolean;
  readonly anonymous: boolean;
}

export interface IntakeBook {
  /**
   * Writes it down, not yet decided. `known`: it came before, and what became of it then; who comes at the same moment waits
   * for the first. `proofUsed`: another message came under this proof.
   */
  take(
    message: NewIncoming,
    tx: Transaction,
  ): Promise<
    | { readonly kind: 'taken' }
    | {
        readonly kind: 'known';
        readonly result: IntakeResult;
        readonly sender: string;
        readonly text: string;
        readonly fields: FormFields;
        readonly withoutNumber: boolean;
      }
    | { readonly kind: 'proofUsed' }
  >;
  /** False: it was spent on something else before. Who spends it at the same moment waits for the first. */
  spend(proof: Spending, tx?: Transaction): Promise<boolean>;
  /** Those spent before that moment. Returns how many. */
  forgetProofs(before: number): Promise<number>;
  /** An id for what came under another message's: the same for the same words of the same sender. */
  ownIdOf(message: Pick<IncomingMessage, 'messageId' | 'sender' | 'text'>): string;
  /** One message of a sender at a time, until the transaction ends. */
  inTurn(channel: IncomingMessage['channel'], sender: string, tx: Transaction): Promise<void>;
  /** `messages`: since the last pause of `joinMs`. */
  latestOf(
    channel: IncomingMessage['channel'],
    sender: string,
    times: { readonly since: number; readonly joinMs: number },
    tx: Transaction,
  ): Promise<LatestOfSender | null>;
  /** The latest ticket of this sender that is not over and has no telephone, however old; none of which nothing is told. */
  numberless(channel: IncomingMessage['channel'], sender: string, tx: Transaction): Promise<string | null>;
  /**
   * The ticket of this number where this sender opened it or his telephone stands in it. `unknown`: it is one of ours and not
   * known as his, or told of to nobody. null: it is none of ours.
   */
  quoted(
    message: Pick<IncomingMessage, 'channel' | 'sender'>,
    number: string,
    tx: Transaction,
  ): Promise<{ readonly ticketId: string; readonly state: TicketState } | 'unknown' | null>;
  /** Of a ticket that is locked: fills in his telephone where none stands, and '' nothing. `without`: none stands there after it. */
  giveNumber(ticketId: string, number: string, tx: Transaction): Promise<'given' | 'had' | 'without'>;
  /** Of which ticket a message is that became part of none: the one that it names, else its sender's last; null: of none. */
  about(
    message: Pick<IncomingMessage, 'channel' | 'sender'>,
    numbers: readonly string[],
    tx: Transaction,
  ): Promise<string | null>;
  /** `about`: the ticket that says who may read what waits. */
  decide(
    id: string,
    result: Pick<IntakeResult, 'outcome' | 'ticketId' | 'reason'> & { readonly about: string | null },
    tx: Transaction,
  ): Promise<void>;
  /** Those that wait for a clerk and came before that moment; times are epoch milliseconds. */
  waitingSince(cameBefore: number): Promise<{
    readonly messages: number;
    readonly oldest: { readonly id: string; readonly receivedAt: number } | null;
    readonly lastCameAt: number | null;
  }>;
  /** Of what became part of a ticket, or is about one, only what the reader may see: its words are the ticket's. */
  list(filter: IncomingFilter, sight: Sight, page: PageAsked): Promise<Paged<IncomingView>>;
  one(id: string, sight: Sight): Promise<IncomingView | null>;
  /** Held until the transaction ends; null: there is none that he may see. `about`: what it adds to. */
  lock(
    id: string,
    sight: Sight,
    tx: Transaction,
  ): Promise<(NewIncoming & { readonly waits: boolean; readonly about: AboutTicket | null }) | null>;
  settle(
    id: string,
    settled: {
      readonly as: Settlement;
      readonly at: number;
      readonly by: string;
      readonly note: string;
      readonly ticketId: string | null;
    },
    tx: Transaction,
  ): Promise<void>;
}

/** A delivery as it came over the wire. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Byte for byte, for that is what was signed. */
  readonly body: Uint8Array;
}

export type ChannelRefusal = 'channel.signatureWrong' | 'channel.stale';

export type Reading =
  | {
      readonly kind: 'message';
      readonly message: IncomingMessage;
      readonly proof: string | null;
      /** These words, as the channel takes an answer to this very delivery; null: it takes none. */
      readonly answered: ((words: string, now: number) => string) | null;
    }
  /** Something happened that is no message. `greets`: somebody follows us from now on. */
  | {
      readonly kind: 'event';
      readonly greets: boolean;
      readonly spending: Spending;
      readonly answered: (words: string, now: number) => string;
    }
  | { readonly kind: 'refused'; readonly code: ChannelRefusal };

/** One way by which appeals come: it proves that a delivery is the channel's own and new, and reads it. */
export interface IntakeChannel {
  read(delivery: Delivery, now: number): Reading;
  /** The channel asks whether somebody is there; what is to be answered. */
  handshake?(
    query: Delivery['query'],
    now: number,
  ): { readonly echo: string; readonly spending: Spending } | { readonly code: ChannelRefusal };
}

/** null: nobody gave its secret, and it is off. */
export interface IntakeChannels {
  readonly sms: IntakeChannel | null;
  readonly wechat: IntakeChannel | null;
}
