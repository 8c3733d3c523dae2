import { spokenHours } from '../../../domain/knowledge/places/spoken-hours.ts';
import { TEXT_MAX } from '../../../domain/messages/kinds.ts';
import type { TicketType } from '../../../domain/tickets/ticket.ts';
import { AppError } from '../../errors.ts';
import { queueMessages } from '../../messages/queue-messages.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { QuoteBook } from '../../ports/knowledge-quotes.ts';
import type { MessageBook } from '../../ports/messages.ts';
import type { Place, PlaceBook } from '../../ports/places.ts';
import type { CallOutcomeKind } from '../../ports/tickets.ts';
import type { Database } from '../../ports/transaction.ts';
import { answeredCall } from '../answered-call.ts';

export const ADDRESS_MESSAGES = ['queued', 'known', 'unreachable'] as const;

export interface ToldAddress {
  readonly message: (typeof ADDRESS_MESSAGES)[number];
  /** What the call counts as; null: as nothing yet. */
  readonly outcome: CallOutcomeKind | null;
}

/**
 * 短信发送地址: to who rang, once a call and place, in the transaction that says so. The agent never sees the number. With it
 * the citizen has his answer: the call is answered on the spot, with the place as its evidence (D6, RD-23), unless it became a
 * ticket. A citizen whom no message reaches has nothing in writing, and the call is closed by what he is told.
 *
 * Refuses with what `answeredCall` refuses (`place.tooLate`), `call.outcomeExists`, `place.unknown`, `place.closed`,
 * `place.notPublic`.
 */
export function tellAddress(deps: {
  readonly database: Database;
  readonly places: Pick<PlaceBook, 'byId'>;
  readonly quotes: Pick<QuoteBook, 'call' | 'placeStands' | 'addPlace' | 'close'>;
  readonly messages: MessageBook;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (asked: {
    readonly id: string;
    readonly placeId: string;
    readonly callId: string;
    readonly agentId: string;
    readonly type: TicketType;
  }): Promise<ToldAddress> => {
    const { forgottenCallMinutes: minutes } = await deps.calendar.load();
    const at = deps.now();
    return deps.database.transact(async (tx) => {
      const { id, placeId, callId, agentId, type } = asked;
      // A call of last month is no way to write to whoever rang then.
      const limit = { minutes, late: 'place.tooLate' } as const;
      const call = answeredCall(await deps.quotes.call(callId, tx), { callId, agentId, at, ...limit });
      const place = tellable(await deps.places.byId(placeId, tx), placeId);
      if (call.outcome?.kind === 'invalid')
        throw new AppError('call.outcomeExists', { callId, kind: 'invalid' });
      const { municipality, mainNumber } = await deps.messages.settings(tx);
      const { name, address, telephone, hours } = place;
      const told = [
        `${name}：${address}`,
        ...(telephone === '' ? [] : [`电话${telephone}`]),
        ...(hours === '' ? [] : [`开放时间${spokenHours(hours)}`]),
      ].join('，');
      const text = [...`【${municipality}${mainNumber}】${told}。`].slice(0, TEXT_MAX).join('');
      const { queued, unreachable } = await queueMessages(deps)(
        [
          {
            kind: 'placeAddress',
            callerNumber: call.callerNumber,
            text,
            subject: { kind: 'place', id: placeId },
            dedupeKey: addressKey(asked),
          },
        ],
        tx,
      );
      if (unreachable > 0) return { message: 'unreachable', outcome: call.outcome?.kind ?? null };
      const message = queued > 0 ? 'queued' : 'known';
      if (await deps.quotes.placeStands(asked, tx))
        return { message, outcome: call.outcome?.kind ?? 'answeredOnSpot' };
      const quote = { id, callId, placeId, revision: place.revision, at, agentId, message } as const;
      await deps.quotes.addPlace(quote, tx);
      return { message, outcome: await deps.quotes.close({ quote, type, category: place.category }, tx) };
    });
  };
}

/** Of the message with the address. */
export const addressKey = ({ callId, placeId }: { readonly callId: string; readonly placeId: string }) =>
  `place:${callId}:${placeId}`;

function tellable(place: Place | null, placeId: string): Place {
  if (place === null) throw new AppError('place.unknown', { place: placeId });
  if (place.closedOn !== null) throw new AppError('place.closed', { closedOn: place.closedOn });
  // A refuge, a store of rescue goods: colleagues find it, and nobody has its address in writing.
  if (!place.isPublic) throw new AppError('place.notPublic', { place: placeId });
  return place;
}
