import type { CallContext } from '../../domain/calls/call-context.ts';
import { planCall, withoutRestrictions } from '../../domain/hotlines/plan-call.ts';
import type { Edition } from './call-book.ts';
import { momentsOf } from './local-moments.ts';

/** What a menu asks for, in the version that the call was planned by. */
export function menuRoom(
  edition: Edition,
  nowMs: number,
): Pick<CallContext, 'generalQueue' | 'menu' | 'planLine'> {
  const { configuration } = edition;
  const { generalQueue } = configuration.municipality;
  const moment = () => momentsOf(configuration)(nowMs);
  return {
    generalQueue,
    menu(code, caller) {
      const menu = edition.menus.get(code);
      return menu === undefined ? null : { menu, generalQueue, caller, moment: moment() };
    },
    planLine: (dialled, callerNumber) =>
      planCall(
        withoutRestrictions(configuration),
        { dialled, callerNumber, headers: { to: '', diversion: [], historyInfo: [] } },
        moment(),
      ),
  };
}
