import type { Call, Leg } from '../call.ts';
import type { Conversation } from './conversation.ts';
import { talkOfLegs } from './talk-of.ts';

/** A leg that was found with a citizen; whose it is, as far as the switch or presence can say. */
export interface LegFound {
  readonly leg: string;
  readonly agentId: string | null;
}

/** All who were found with a citizen of whom nothing else is known, as they go on talking. */
export const foundTalk = (
  call: Pick<Call, 'id' | 'plan'>,
  legs: readonly LegFound[],
  nowMs: number,
): Conversation =>
  talkOfLegs(
    legs.map((one) => legFound(call, one)),
    nowMs,
  );

/** The mark before a leg's number tells what it is. */
function legFound({ id, plan }: Pick<Call, 'id' | 'plan'>, { leg, agentId }: LegFound): Leg {
  const { destination } = plan;
  // What else is outside: another number, an emergency desk, who is on call.
  if ([`${id}.o`, `${id}.e`, `${id}.d`].some((mark) => leg.startsWith(mark))) {
    return { kind: 'unit', id: leg, number: '' };
  }
  if (leg.startsWith(`${id}.u`)) {
    return { kind: 'unit', id: leg, number: destination.kind === 'unit' ? destination.number : '' };
  }
  if (leg.startsWith(`${id}.c`)) {
    const address = destination.kind === 'centre' ? destination.address : '';
    return { kind: 'centre', id: leg, address };
  }
  return { kind: 'agent', id: leg, agentId, ringTimeoutMs: 0 };
}
