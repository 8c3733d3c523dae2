import { computed, type Ref, ref, shallowRef } from 'vue';
import type { AnswerOf, BodyOf } from '../../../api/answer-of.ts';
import { answer, api } from '../../../api/client.ts';
import type { paths } from '../../../api/contract.ts';
import { Problem } from '../../../api/problem.ts';
import { useIntentions } from '../../../elements/intention.ts';
import { onceWritten } from '../../../elements/once-written.ts';
import { type Asking, useAsking } from '../../../elements/refusal.ts';
import type { AppealDraft, TicketBody } from './appeal.ts';
import { belong } from './belonging.ts';

export type OutcomeKind = NonNullable<AnswerOf<paths['/v1/calls/{id}']['get']>['outcome']>;
export type Quote = AnswerOf<paths['/v1/calls/{id}/quotes']['get']>['quotes'][number];
export type PlaceQuote = AnswerOf<paths['/v1/calls/{id}/quotes']['get']>['places'][number];
type QuoteBody = BodyOf<paths['/v1/calls/{id}/quotes']['post']>;
type OutcomeBody = BodyOf<paths['/v1/calls/{id}/outcome']['post']>;

export interface CallOutcome {
  readonly kind: Ref<OutcomeKind | null>;
  /** Our call has reached nobody: there is nothing that could have come of it. */
  readonly reachedNobody: Ref<boolean>;
  readonly ticket: Ref<{ readonly id: string; readonly number: string } | null>;
  /** What was answered with, as it stands. */
  readonly quotes: Ref<readonly Quote[]>;
  /** Places whose address was written to the citizen. */
  readonly places: Ref<readonly PlaceQuote[]>;
  readonly asking: Asking;
  readonly look: () => Promise<void>;
  readonly open: (body: TicketBody) => Promise<true | undefined>;
  readonly close: (body: OutcomeBody) => Promise<true | undefined>;
  readonly quote: (body: QuoteBody) => Promise<true | undefined>;
  readonly retract: (quoteId: string, reason: string) => Promise<true | undefined>;
  /** Why the incident would not take the ticket. */
  readonly notJoined: Ref<string | null>;
  /** Puts the ticket where it belongs. */
  readonly join: (draft: AppealDraft, reason: string) => Promise<true | undefined>;
}

/** Exactly one outcome of a call: a ticket, answered on the spot, or invalid. What the server says counts. */
export function useOutcome(callId: string): CallOutcome {
  const kind = ref<OutcomeKind | null>(null);
  const ticket = shallowRef<{ readonly id: string; readonly number: string } | null>(null);
  const all = shallowRef<readonly Quote[]>([]);
  const allPlaces = shallowRef<readonly PlaceQuote[]>([]);
  const reachedNobody = ref(false);
  const notJoined = ref<string | null>(null);
  const asking = useAsking();
  /** What the page asks by itself does not stand in the way of what the agent asks. */
  const looking = useAsking();
  const wishes = useIntentions();
  const path = { id: callId };

  async function read(): Promise<void> {
    const [call, quoted] = await Promise.all([
      answer(api.GET('/v1/calls/{id}', { params: { path } })),
      answer(api.GET('/v1/calls/{id}/quotes', { params: { path } })),
    ]);
    all.value = quoted.quotes;
    allPlaces.value = quoted.places;
    kind.value = call.outcome;
    reachedNobody.value = call.result === 'notReached';
    if (call.outcome !== 'ticket') ticket.value = null;
    else if (ticket.value === null) {
      const query = { callId, limit: 1 };
      const found = await answer(api.GET('/v1/tickets', { params: { query } }));
      ticket.value = found.tickets[0] ?? null;
    }
  }
  /** A call that is not in the books yet has no outcome. */
  async function look(): Promise<void> {
    await looking.ask(async () => {
      await read().catch((error: unknown) => {
        if (!(error instanceof Problem) || error.document.status >= 500) throw error;
      });
    });
  }

  /** Under one key until it was carried out or refused: pressed again without an answer it is the same wish. */
  const under = (wish: string, work: (header: { 'idempotency-key': string }) => Promise<unknown>) =>
    asking.ask(async (): Promise<true> => {
      try {
        await onceWritten(() => work({ 'idempotency-key': wishes.keyOf(wish) }));
      } catch (error) {
        wishes.refused(wish, error);
        // Another window was quicker: what it did is shown.
        if (error instanceof Problem && error.code === 'call.outcomeExists') await read();
        throw error;
      }
      wishes.done(wish);
      await read();
      return true;
    });

  return {
    ...{ kind, reachedNobody, ticket, asking, look, notJoined },
    quotes: computed(() => all.value.filter(({ retractedAt }) => retractedAt === null)),
    places: computed(() => allPlaces.value.filter(({ retractedAt }) => retractedAt === null)),
    open: (body) =>
      under(`ticket ${JSON.stringify(body)}`, async (header) => {
        const { id, number } = await answer(api.POST('/v1/tickets', { params: { header }, body }));
        ticket.value = { id, number };
      }),
    close: (body) =>
      under(`close ${JSON.stringify(body)}`, (header) =>
        api.POST('/v1/calls/{id}/outcome', { params: { path, header }, body }),
      ),
    quote: (body) =>
      under(`quote ${JSON.stringify(body)}`, (header) =>
        api.POST('/v1/calls/{id}/quotes', { params: { path, header }, body }),
      ),
    retract: (quoteId, reason) =>
      under(`retract ${quoteId}`, () =>
        api.POST('/v1/calls/{id}/quotes/{quoteId}/retraction', {
          params: { path: { id: callId, quoteId } },
          body: { reason },
        }),
      ),
    join: (draft, reason) => {
      const [opened, { belongs }] = [ticket.value, draft];
      if (opened === null || belongs === null) return Promise.resolve(undefined);
      // Also after a reload it is the same wish: two of the same matter become one incident once.
      const header = { 'idempotency-key': `join-${opened.id}-${belongs.id}` };
      return under(`join ${belongs.id}`, async () => {
        notJoined.value = await belong(opened.id, belongs, draft, { header, reason });
      });
    },
  };
}
