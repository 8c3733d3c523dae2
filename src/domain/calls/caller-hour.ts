import type { Call } from './call.ts';
import type { CallCommand } from './call-command.ts';
import type { CallState } from './call-table.ts';

// C15: a limited number has so many calls an hour that reach a person. What uses one up is a person's turn: a place in
// a queue, or a unit's telephone that rings. Who hangs up in the greeting, leaves by the menu or hears a good-bye took
// nobody's time. The place is held from the arrival on all the same, or ten calls at once would all come through where
// one may; it is given back when the call ends without having come to a person.

const TAKES_A_PERSON: ReadonlySet<CallState> = new Set([
  'queued',
  'ringingAgent',
  'ringingOutside',
  'connecting',
  'talking',
  'returning',
]);

const counts = ({ plan }: Call): boolean => plan.onRecord?.counts === true;

/** At the arrival of a limited number's call. */
export function holdHour(call: Call): CallCommand[] {
  const { onRecord } = call.plan;
  return onRecord == null || !counts(call)
    ? []
    : [{ kind: 'holdCallerHour', number: onRecord.number, atMs: call.arrivedMs }];
}

/** Whether the call has come to a person by the time it enters the state. */
export const cameToPerson = (call: Call, state: CallState): boolean =>
  call.cameToPerson === true || TAKES_A_PERSON.has(call.state) || TAKES_A_PERSON.has(state);

/** At its end. */
export function leaveHour(call: Call): CallCommand[] {
  const { onRecord } = call.plan;
  return onRecord == null || !counts(call) || call.state !== 'ended' || call.cameToPerson === true
    ? []
    : [{ kind: 'giveCallerHourBack', number: onRecord.number, atMs: call.arrivedMs }];
}
