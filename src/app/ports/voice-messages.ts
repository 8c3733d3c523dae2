import type { CallOutcome } from './calls.ts';

/** A message that a citizen left on the telephone: a draft until it has become a ticket, or was closed otherwise. */
export interface VoiceMessage {
  /** The call's: one message a call. */
  readonly callId: string;
  /** ISO 8601 in UTC. */
  readonly leftAt: string;
  readonly queue: string;
  readonly line: string | null;
  readonly callerNumber: string;
  /** null: nobody saw the end of it; the recording tells. */
  readonly durationMs: number | null;
  readonly spokenMs: number | null;
  readonly outcome: CallOutcome | null;
  readonly ticketId: string | null;
}

export interface VoiceMessages {
  /** Newest first; `open`: only those that nobody has dealt with, or only the others. */
  list(
    filter: { readonly open?: boolean; readonly queue?: string },
    page: { readonly limit: number; readonly after?: string },
  ): Promise<{ readonly messages: readonly VoiceMessage[]; readonly next: string | null }>;
  /** Name of its file in the folder of messages, without ending; null when there is no such message. */
  recording(callId: string): Promise<string | null>;
}
