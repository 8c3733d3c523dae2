import type { DialOutcome } from '../callbacks/dial-outcome.ts';
import type { OutboundPurpose } from '../callbacks/purposes.ts';

/** What a call out is about: the one thing whose number it dials, and the ticket that the agent sees. */
export interface OutboundSubject {
  readonly callbackId: string | null;
  readonly ticketId: string | null;
  readonly missedCallId: string | null;
}

/**
 * A call that the hotline makes to a citizen. The agent's telephone is rung first and the citizen's when the agent has
 * answered: whoever picks up hears a person at once, and never silence or a queue.
 */
export interface Outbound {
  readonly purpose: OutboundPurpose;
  readonly subject: OutboundSubject;
  /** The number of the ticket, for whoever is brought into the talk (E6). Absent: about none, or an earlier release placed it. */
  readonly ticket?: string;
  readonly trunk: string;
  /** 12345, or a line of the register; never anything else (E12). */
  readonly callerId: string;
  /** Of the citizen's telephone. */
  readonly ringTimeoutMs: number;
  readonly shortWrapUpMs: number;
  /** Of a unit's telephone, where not an agent's is rung first. */
  readonly unitRingMs?: number;
  /** The citizen's telephone is being tried, or was. */
  readonly dialled: boolean;
  /** Agent and citizen share a bridge already: the network's own words, and the first "hello", are heard. */
  readonly joined: boolean;
  /** Where the citizen's channel is recorded; '' when it is not, absent until the switch has said so. */
  readonly recording?: string;
  /** How it went; null while that is open, or when they talked. */
  readonly outcome: DialOutcome | null;
}

export const isOutbound = <T extends { readonly outbound?: Outbound | null }>(
  call: T,
): call is T & { readonly outbound: Outbound } => call.outbound != null;

/** The citizen's channel, as it is named before there is one. */
export const citizenLeg = (callId: string): string => `${callId}.t1`;

/** What is known of these is who is called: his latest ticket is a guess, and may be one of which nobody is to hear. */
const ABOUT_A_PERSON: readonly OutboundPurpose[] = ['queueCallback', 'missedCall'];

/** Of a call about a ticket its number stands last in what the agent's telephone shows. */
export function ticketOf(
  purpose: OutboundPurpose,
  { ticketId }: OutboundSubject,
  about: string,
): Pick<Outbound, 'ticket'> {
  const [last = ''] = about.split(/\s+/).slice(-1);
  return !ABOUT_A_PERSON.includes(purpose) && ticketId !== null && /^[A-Za-z0-9-]{1,64}$/.test(last)
    ? { ticket: last }
    : {};
}
