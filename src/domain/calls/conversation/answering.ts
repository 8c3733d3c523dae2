import { rungAnew } from '../answer-moves.ts';
import type { Call } from '../call.ts';
import type { CallContext } from '../call-context.ts';
import type { CallEvent } from '../call-event.ts';
import type { Step } from '../steps.ts';
import { changed, partyOfAgent } from './conversation.ts';
import { talkOf } from './talk-of.ts';
import { onward } from './turn.ts';

/** As `answerWanted`, of an agent who is rung for a talk: to be consulted, to join it, or to take the citizen over. */
export function answerInTalk(
  call: Call,
  event: Extract<CallEvent, { readonly type: 'answerWanted' }>,
  context: CallContext,
): Step<'talking'> | null {
  const talk = talkOf(call);
  const party = talk === null ? null : partyOfAgent(talk, event.agentId);
  if (talk === null || party?.state !== 'ringing' || party.answersItself === true) return null;
  const { id, ...told } = rungAnew(call, party, event);
  const next = changed(talk, party.id, { id, answersItself: true });
  return onward(call, talk, { talk: next, change: { legsMade: call.legsMade + 1 }, ...told }, context);
}
