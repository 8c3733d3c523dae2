import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { KnowledgeBook } from '../ports/knowledge.ts';
import { type AskOwnerDeps, askOwner } from './ask-owner.ts';
import { type EndWordsDeps, endWords } from './end-words.ts';
import { endedBy, markOutdated } from './move-version.ts';

const BATCH = 200;
/** More stand in the ticket by their number alone. */
const NAMED_MOST = 50;

export interface KeptEntries {
  readonly marked: number;
  readonly ticketsOpened: number;
  readonly alarmsRaised: number;
}

/**
 * Brings the states of versions in step with the day: replaced, expired. Whose entries are over, with nothing in their
 * place, gets one ticket about all of them; what was published at once and not looked at in time raises an alarm. Any
 * number of workers may do it, and however often.
 */
export function keepEntries(
  deps: AskOwnerDeps &
    EndWordsDeps & {
      readonly knowledge: KnowledgeBook;
      readonly alarms: AlarmBook;
      readonly calendar: CalendarSource;
    },
) {
  const ask = askOwner(deps);
  const end = endWords(deps);
  return async (): Promise<KeptEntries> => {
    const { calendar } = await deps.calendar.load();
    const today = localDateOf(deps.now(), calendar.zone);
    let marked = 0;
    for (const id of await deps.knowledge.outdated(today, BATCH)) {
      marked += await deps.database.transact(async (tx) => {
        const entry = await deps.knowledge.lock(id, tx);
        if (entry === null) return 0;
        const over = await markOutdated(deps, entry, today, tx);
        await end(id, over.map(endedBy), tx);
        return over.length;
      });
    }
    let ticketsOpened = 0;
    for (const unitCode of await deps.care.unitsWithExpired(today)) {
      ticketsOpened += await deps.database.transact(async (tx) => {
        const at = deps.now();
        const over = await deps.care.takeExpired(unitCode, today, at, tx);
        const [first] = over;
        if (first === undefined) return 0;
        const lines = over
          .slice(0, NAMED_MOST)
          .map(({ number, question, validTo }) => `${number}（${validTo ?? ''} 到期）${question}`);
        const more = over.slice(NAMED_MOST).map(({ number }) => number);
        await ask(
          {
            ...{ kind: 'expired', unitCode, key: `expired:${first.id}:${first.version}`, actor: SYSTEM },
            ...(over.length === 1
              ? { entryId: first.id, version: first.version }
              : { entryId: null, version: null }),
            title: `知识条目到期：${over.length} 条已不能用于答复`,
            content: [
              '以下知识条目已过有效期，座席不能再用来答复市民，请更新后送审，或说明不再需要：',
              ...lines,
              ...(more.length === 0 ? [] : [`另有：${more.join('、')}`]),
            ].join('\n'),
          },
          tx,
        );
        return 1;
      });
    }
    const alarmsRaised = await deps.database.transact(async (tx) => {
      const at = deps.now();
      const late = await deps.care.takeLateReviews(at, tx);
      for (const { id, number, question, version } of late) {
        const detail = `应急发布的 ${number} 第 ${version} 版逾期未补审：${question} Published at once and not reviewed in time`;
        const key = reviewAlarmKey(id, version);
        await deps.alarms.raise(
          { id: deps.newId(), kind: 'knowledge.reviewLate', key, subject: id, detail, atMs: at },
          tx,
        );
      }
      return late.length;
    });
    for (const { id, version } of await deps.database.transact(deps.care.takeReviewed)) {
      await deps.alarms.settle(
        reviewAlarmKey(id, version),
        deps.now(),
        '已补审或已不再使用 reviewed, or told no more',
      );
    }
    return { marked, ticketsOpened, alarmsRaised };
  };
}

const reviewAlarmKey = (entryId: string, version: number): string =>
  `knowledge.reviewLate:${entryId}:${version}`;
