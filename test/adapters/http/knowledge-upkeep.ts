import { randomUUID } from 'node:crypto';
import { knowledgeUpkeepBooks } from '../../../src/adapters/pg/knowledge-upkeep.ts';
import { doUpkeep } from '../../../src/app/knowledge/upkeep/do-upkeep.ts';
import { todayOf } from '../../../src/app/knowledge/upkeep/enqueue-upkeep.ts';
import { settleReviewAlarms } from '../../../src/app/knowledge/upkeep/review-alarms.ts';
import { NOTHING_DONE, type Upkept } from '../../../src/app/knowledge/upkeep/upkept.ts';
import type { KnowledgeJob } from '../../../src/app/ports/knowledge-upkeep.ts';
import type { Counter } from './counter.ts';

/** What the worker does in the knowledge base, by the clock of a counter and without its job store. */
export function knowledgeUpkeep(counter: Counter) {
  const deps = { ...counter.services, upkeep: knowledgeUpkeepBooks(counter.reached), newId: randomUUID };
  const due = async (withinMs = 0): Promise<readonly KnowledgeJob[]> => {
    const today = await todayOf(deps);
    return deps.upkeep.due(today.now + withinMs, today);
  };
  /** All that is due now, each as a job of its own. */
  const keep = async (): Promise<Upkept> => {
    let sum = NOTHING_DONE;
    for (const job of await due()) {
      const done = await doUpkeep(deps)(job);
      sum = {
        marked: sum.marked + done.marked,
        ticketsOpened: sum.ticketsOpened + done.ticketsOpened,
        alarmsRaised: sum.alarmsRaised + done.alarmsRaised,
      };
    }
    await settleReviewAlarms(deps)();
    return sum;
  };
  return { due, keep };
}
