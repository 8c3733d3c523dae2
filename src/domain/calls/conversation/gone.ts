import type { Call } from '../call.ts';
import type { AgentChange, CallCommand } from '../call-command.ts';
import type { CallContext } from '../call-context.ts';
import type { CallFact } from '../facts.ts';
import type { HangupReason } from '../hangup.ts';
import { agentChange, homeQueue } from '../steps.ts';
import { type Conversation, isConnected, type Party } from './conversation.ts';
import { bridgesGone } from './places.ts';

/** Somebody who is in the talk no more. */
export interface Gone {
  readonly party: Party;
  readonly how: string;
  /** Who ended it; null: nobody of ours. */
  readonly by: string | null;
  /** The leg may still be there and is to be ended so; null: it has ended. */
  readonly hangup: HangupReason | null;
  /** Of an agent who had not taken it: why not, if that was his or his phone's doing. */
  readonly failed?: Extract<AgentChange, { readonly type: 'failed' }>['reason'];
}

/** Let go by us, or by an agent. */
export const dropped = (party: Party, how: string, by: string | null): Gone => ({
  party,
  how,
  by,
  hangup: 'normal',
});

/** What is to be done about somebody who left. */
export function clearing(
  call: Pick<Call, 'plan' | 'givenTo'>,
  { party, hangup, failed }: Gone,
  context: CallContext,
): CallCommand[] {
  // Whose telephone was lost was talking all the while.
  const change: AgentChange =
    isConnected(party) || party.role === 'rejoining'
      ? failed === undefined
        ? { type: 'callOver', queue: homeQueue(call, context) }
        : { type: 'failed', reason: failed }
      : failed === undefined
        ? { type: 'withdrawn' }
        : { type: 'failed', reason: failed };
  const { id, who } = party;
  return [
    ...(hangup === null ? [] : [{ kind: 'hangupLeg', leg: id, reason: hangup } as const]),
    ...(who.kind === 'agent' ? agentChange(who.agentId, change) : []),
  ];
}

/** What is told of those who left. Who was waited for had no leg yet: the end of his last one has been told. */
export const leaving = (gone: readonly Gone[]): CallFact[] =>
  gone.flatMap(({ party, how, by }) =>
    party.state === 'awaited'
      ? []
      : [{ type: 'legEnded', leg: party.id, how, ...(by === null ? {} : { by }) } as const],
  );

/** The citizen is gone: so is the talk, for all who were in it or on their way. */
export function leftBehind(
  call: Call,
  talk: Conversation,
  how: string,
  context: CallContext,
): { readonly commands: readonly CallCommand[]; readonly facts: readonly CallFact[] } {
  const gone = talk.parties.map((party): Gone => ({ party, how, by: null, hangup: 'normal' }));
  return {
    commands: [...gone.flatMap((one) => clearing(call, one, context)), ...bridgesGone(call, talk)],
    facts: leaving(gone),
  };
}
