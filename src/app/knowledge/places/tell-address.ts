import { TEXT_MAX } from '../../../domain/messages/kinds.ts';
import { AppError } from '../../errors.ts';
import { queueMessages } from '../../messages/queue-messages.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { MessageBook } from '../../ports/messages.ts';
import type { PlaceBook } from '../../ports/places.ts';
import type { Database } from '../../ports/transaction.ts';

/**
 * 短信发送地址: to who rang, once a call and place, in the transaction that says so. The agent never sees the number.
 * Refuses with `call.unknown`, `call.notYours`, `place.tooLate`, `place.unknown`, `place.closed`, `place.notPublic`.
 */
export function tellAddress(deps: {
  readonly database: Database;
  readonly places: PlaceBook;
  readonly messages: MessageBook;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}) {
  return async (asked: {
    readonly placeId: string;
    readonly callId: string;
    readonly agentId: string;
  }): Promise<'queued' | 'known' | 'unreachable'> => {
    const { forgottenCallMinutes: minutes } = await deps.calendar.load();
    return deps.database.transact(async (tx) => {
      const { placeId, callId, agentId } = asked;
      const caller = await deps.places.caller(callId, tx);
      if (caller === null) throw new AppError('call.unknown', { callId });
      if (!caller.agentIds.includes(agentId)) throw new AppError('call.notYours', { callId });
      // A call of last month is no way to write to whoever rang then.
      if (caller.endedAt !== null && deps.now() > caller.endedAt + minutes * 60_000)
        throw new AppError('place.tooLate', { callId, minutes });
      const place = await deps.places.byId(placeId, tx);
      if (place === null) throw new AppError('place.unknown', { place: placeId });
      if (place.closedOn !== null) throw new AppError('place.closed', { closedOn: place.closedOn });
      // A refuge, a store of rescue goods: colleagues find it, and nobody has its address in writing.
      if (!place.isPublic) throw new AppError('place.notPublic', { place: placeId });
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
            callerNumber: caller.number,
            text,
            subject: { kind: 'place', id: placeId },
            dedupeKey: `place:${callId}:${placeId}`,
          },
        ],
        tx,
      );
      if (unreachable > 0) return 'unreachable';
      return queued > 0 ? 'queued' : 'known';
    });
  };
}

const WORDS: readonly [RegExp, string][] = [
  [/24h/g, '全天'],
  [/daily/g, '每天'],
  [/workdays/g, '工作日'],
  [/restdays/g, '休息日'],
  [/holidays/g, '节假日'],
  [/closed/g, '休息'],
  ...(['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const).map((day, at): [RegExp, string] => [
    new RegExp(day, 'g'),
    `周${'日一二三四五六'.charAt(at)}`,
  ]),
];

/** Hours as a citizen reads them. */
const spokenHours = (hours: string): string =>
  WORDS.reduce((so, [pattern, word]) => so.replace(pattern, word), hours).replaceAll(';', '；');
