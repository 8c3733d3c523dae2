import { reminderWords } from '../../../domain/knowledge/reminders.ts';
import { SYSTEM } from '../../../domain/tickets/ticket.ts';
import type { Today } from '../../ports/knowledge-upkeep.ts';
import { askOwner } from '../ask-owner.ts';
import { NOTHING_DONE, type UpkeepDeps, type Upkept } from './upkept.ts';

/** 复核提醒 (J3): what ends soon and what nobody has looked at for long, in one ticket with a limit to whoever owns it. */
export function remindOwner(deps: UpkeepDeps) {
  const ask = askOwner(deps);
  return (unitCode: string, today: Today): Promise<Upkept> =>
    deps.database.transact(async (tx) => {
      const ending = await deps.upkeep.takeEnding(unitCode, today, tx);
      const stale = await deps.upkeep.takeStale(unitCode, today, tx);
      const [first] = [...ending, ...stale];
      if (first === undefined) return NOTHING_DONE;
      const single = ending.length + stale.length === 1;
      // The day as well: what somebody looked at is asked for again when its time is over once more.
      const key = `remind:${first.id}:${first.version}:${today.day}:${ending.length > 0 ? 'ending' : 'stale'}`;
      const asked = await ask(
        {
          ...{ kind: 'remind', unitCode, key, actor: SYSTEM },
          ...(single ? { entryId: first.id, version: first.version } : { entryId: null, version: null }),
          ...reminderWords(ending, stale),
        },
        tx,
      );
      return { ...NOTHING_DONE, ticketsOpened: asked === null ? 0 : 1 };
    });
}
