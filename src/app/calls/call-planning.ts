import type { CallPlan } from '../../domain/hotlines/call-plan.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { ReachedInHour } from '../../domain/hotlines/notices.ts';
import { planCall, unplanned } from '../../domain/hotlines/plan-call.ts';
import type { Log } from '../ports/log.ts';
import type { IncomingCall } from '../ports/switch.ts';
import { asBelieved } from './call-view.ts';
import { momentsOf } from './local-moments.ts';

// The citizen is ours when he is planned for: nobody else would take him. So rules that cannot be applied, by a fault of
// theirs or of ours, lead to the general desk and never into silence.

export function planOf(
  configuration: Configuration,
  incoming: IncomingCall,
  by: { readonly nowMs: number; readonly reached?: ReachedInHour; readonly log: Log },
): CallPlan {
  const { nowMs, reached, log } = by;
  try {
    return planCall(configuration, incoming, momentsOf(configuration)(nowMs), reached);
  } catch (err) {
    log.error({ err, callId: incoming.callId }, 'a call could not be planned: the general desk takes it');
    return unplanned(configuration, incoming.dialled);
  }
}

/** The call with the number of whoever calls, as far as its trunk is believed. */
export function believed(configuration: Configuration, announced: IncomingCall, log: Log): IncomingCall {
  try {
    return asBelieved(configuration, announced);
  } catch (err) {
    log.error({ err, callId: announced.callId }, 'who calls could not be told: taken as withheld');
    return { ...announced, callerNumber: '' };
  }
}
