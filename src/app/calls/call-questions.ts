import type { CallEvent, TicketFound } from '../../domain/calls/call-event.ts';
import { type CallerNumber, callerNumberOf } from '../../domain/hotlines/spellings.ts';
import type { PromptName } from '../../domain/ivr/prompts.ts';
import type { TicketState } from '../../domain/tickets/transitions.ts';
import type { CallerBooks, SpokenTicket } from '../ports/caller-books.ts';
import type { Log } from '../ports/log.ts';
import type { PromptStore } from '../ports/prompts.ts';
import type { LiveCall } from './call-book.ts';

export interface QuestionParts {
  readonly books: CallerBooks;
  readonly prompts: PromptStore;
  readonly log: Log;
  /** Brings an answer into the one line of events. */
  answer(callId: string, event: CallEvent): void;
}

/** More than these at once only when the books do not answer: then nothing is asked. */
const UNDER_WAY_AT_MOST = 50;

/**
 * Questions to the books, asked when they come up and never waited for: the caller's while the greeting plays, a
 * ticket's within the time that its dialogue gives. Asked and not kept in memory, so that what an agent notes counts
 * from the next call on and a register of any size costs nothing here; without the books nobody is known, and a ticket
 * is a person's to look up.
 */
export class CallQuestions {
  readonly #parts: QuestionParts;
  #underWay = 0;

  constructor(parts: QuestionParts) {
    this.#parts = parts;
  }

  /** A menu asks for it, and the queue: who has his case, whether he is in need. */
  whoCalls({ call, edition }: LiveCall): void {
    const { areaCode } = edition.configuration.municipality;
    const caller = callerNumberOf(call.callerNumber, areaCode);
    if (caller === null || this.#underWay >= UNDER_WAY_AT_MOST) return;
    this.#ask(
      this.#parts.books.known(caller).then((known) => ({ type: 'callerKnown', caller: known }) as const),
      call.id,
      null,
    );
  }

  lookUpTicket(
    { call, edition }: LiveCall,
    { lookup, lastFour }: { readonly lookup: string; readonly lastFour: string },
  ): void {
    const lookedUp = (found: TicketFound): CallEvent => ({ type: 'ticketLookedUp', lookup, found });
    const caller = callerNumberOf(call.callerNumber, edition.configuration.municipality.areaCode);
    const failed = lookedUp({ kind: 'failed' });
    if (caller === null) this.#parts.answer(call.id, lookedUp({ kind: 'notFound' }));
    else if (this.#underWay >= UNDER_WAY_AT_MOST) this.#parts.answer(call.id, failed);
    else this.#ask(this.#find(caller, lastFour).then(lookedUp), call.id, failed);
  }

  async #find(caller: CallerNumber, lastFour: string): Promise<TicketFound> {
    const ticket = await this.#parts.books.ticketOf(caller, lastFour);
    return ticket === null ? { kind: 'notFound' } : { kind: 'found', prompts: this.#spoken(ticket) };
  }

  /** The state, which says with whom the ticket is; the unit's name where somebody has recorded it. */
  #spoken({ state, unitCode }: SpokenTicket): readonly string[] {
    const name = `unit-${unitCode ?? ''}`;
    const named = WITH_UNIT.has(state) && unitCode !== null && this.#parts.prompts.media(name) !== null;
    return [...(named ? [name] : []), TICKET_PROMPTS[state], 'ticket-person'];
  }

  #ask(answer: Promise<CallEvent>, callId: string, failed: CallEvent | null): void {
    this.#underWay += 1;
    answer
      .catch((err: unknown) => {
        this.#parts.log.warn({ err, callId }, 'the books did not answer; the call goes on without');
        return failed;
      })
      .then((event) => {
        this.#underWay -= 1;
        if (event !== null) this.#parts.answer(callId, event);
      })
      .catch((err: unknown) => this.#parts.log.error({ err, callId }, 'an answer could not be used'));
  }
}

const TICKET_PROMPTS = {
  registered: 'ticket-registered',
  underReview: 'ticket-registered',
  outOfScope: 'ticket-out-of-scope',
  dispatched: 'ticket-dispatched',
  signedFor: 'ticket-signed-for',
  returned: 'ticket-returned',
  inContact: 'ticket-in-contact',
  handling: 'ticket-handling',
  longTerm: 'ticket-long-term',
  reportedDone: 'ticket-reported-done',
  replyReview: 'ticket-reported-done',
  returnVisit: 'ticket-return-visit',
  // The hotline holds what was done against what he says, as it does with a report.
  disputed: 'ticket-reported-done',
  withdrawn: 'ticket-withdrawn',
  closed: 'ticket-closed',
  archived: 'ticket-closed',
} as const satisfies Record<TicketState, PromptName>;

const WITH_UNIT: ReadonlySet<TicketState> = new Set([
  'dispatched',
  'signedFor',
  'inContact',
  'handling',
  'longTerm',
]);
