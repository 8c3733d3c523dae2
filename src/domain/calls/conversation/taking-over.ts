import type { Call } from '../call.ts';
import type { CallContext } from '../call-context.ts';
import type { CallEvent } from '../call-event.ts';
import type { Step } from '../steps.ts';
import { type Party, partyOf, without } from './conversation.ts';
import { dropped } from './gone.ts';
import { talkOf } from './talk-of.ts';
import { joinedFact } from './talked.ts';
import { onward } from './turn.ts';

/** A lead who listened takes the agent's place: his leg is there already, so that the citizen waits for nobody. */
export function takenOver(
  call: Call,
  { leg, by, from }: Extract<CallEvent, { readonly type: 'takenOver' }>,
  context: CallContext,
): Step<'talking'> | null {
  const talk = talkOf(call);
  const agent = partyOf(talk, from);
  if (talk === null || agent?.state !== 'in' || partyOf(talk, leg) !== null) return null;
  const lead: Party = {
    id: leg,
    who: { kind: 'agent', agentId: by },
    state: 'in',
    role: 'member',
    by,
    sinceMs: context.nowMs,
    muted: false,
    ringTimeoutMs: 0,
  };
  const rest = without(talk, from);
  return onward(
    call,
    talk,
    {
      talk: { ...rest, parties: [lead, ...rest.parties] },
      gone: [dropped(agent, 'takenOver', by)],
      facts: [joinedFact(lead, 'takenOver', by), { type: 'talkStarted', leg, agentId: by }],
    },
    context,
  );
}
