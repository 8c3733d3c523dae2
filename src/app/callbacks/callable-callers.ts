import { callableNumber } from '../../domain/callbacks/callable.ts';
import type { Call } from '../../domain/calls/call.ts';
import { isOutbound } from '../../domain/calls/outbound.ts';
import type { CallbackRule } from '../../domain/hotlines/callback-rule.ts';
import type { Configuration } from '../../domain/hotlines/configuration.ts';
import type { Log } from '../ports/log.ts';
import { ownNumbers } from './own-numbers.ts';

/** The number at which who calls can be called back, in the one spelling; null: at none. */
export function callBackNumber(call: Call, configuration: Configuration, log: Log): string | null {
  const { id: callId, callerNumber } = call;
  try {
    const own = ownNumbers(configuration);
    const { areaCode } = configuration.municipality;
    const found = callableNumber(callerNumber, { areaCode, isOwn: (number) => own.has(number) });
    return found.kind === 'callable' ? found.number : null;
  } catch (err) {
    // Rules that cannot be read cost nobody his call: he is merely not called back.
    log.error({ err, callId }, 'whether a citizen can be called could not be told');
    return null;
  }
}

/** The queue's rule, if this citizen may be called back at all; null: not he, or not from this queue. */
export function callbackRuleFor(
  call: Call,
  rule: CallbackRule | null,
  configuration: Configuration,
  log: Log,
): CallbackRule | null {
  if (rule === null || isOutbound(call)) return null;
  const { onRecord } = call.plan;
  // Whose calls are limited is not called on top of it.
  if (onRecord != null && (onRecord.counts || onRecord.refusedBy !== null)) return null;
  return callBackNumber(call, configuration, log) === null ? null : rule;
}
