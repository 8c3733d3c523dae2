import { listed } from '../../../domain/knowledge/reminders.ts';
import { SYSTEM } from '../../../domain/tickets/ticket.ts';
import type { Today } from '../../ports/knowledge-upkeep.ts';
import { askOwner } from '../ask-owner.ts';
import { endWords } from '../end-words.ts';
import { endedBy, markOutdated } from '../move-version.ts';
import { NOTHING_DONE, type UpkeepDeps, type Upkept } from './upkept.ts';

const BATCH = 200;

/**
 * Brings the states of a unit's versions in step with the day: replaced, expired. For those that are over, with nothing in
 * their place, the unit gets one ticket about all of them.
 */
export function endEntries(deps: UpkeepDeps) {
  const ask = askOwner(deps);
  const end = endWords(deps);
  const mark = (id: string, day: string): Promise<number> =>
    deps.database.transact(async (tx) => {
      const entry = await deps.knowledge.lock(id, tx);
      if (entry === null) return 0;
      const over = await markOutdated(deps, entry, day, tx);
      await end(id, over.map(endedBy), tx);
      return over.length;
    });
  return async (unitCode: string, today: Today): Promise<Upkept> => {
    let marked = 0;
    for (let more = true; more; ) {
      const ids = await deps.upkeep.outdated(unitCode, today.day, BATCH);
      const before = marked;
      for (const id of ids) marked += await mark(id, today.day);
      // Somebody else marks them as well: what is left when nothing moves is his.
      more = ids.length === BATCH && marked > before;
    }
    const ticketsOpened = await deps.database.transact(async (tx) => {
      const over = await deps.upkeep.takeExpired(unitCode, today, tx);
      const [first] = over;
      if (first === undefined) return 0;
      await ask(
        {
          ...{ kind: 'expired', unitCode, key: `expired:${first.id}:${first.version}`, actor: SYSTEM },
          ...(over.length === 1
            ? { entryId: first.id, version: first.version }
            : { entryId: null, version: null }),
          title: `知识条目到期：${over.length} 条已不能用于答复`,
          content: [
            '以下知识条目已过有效期，座席不能再用来答复市民，请更新后送审，或说明不再需要：',
            ...listed(
              over,
              ({ number, question, validTo }) => `${number}（${validTo ?? ''} 到期）${question}`,
            ),
          ].join('\n'),
        },
        tx,
      );
      return 1;
    });
    return { ...NOTHING_DONE, marked, ticketsOpened };
  };
}
