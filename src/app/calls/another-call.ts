import type { CommandReply } from '../ports/command-reply.ts';
import type { OfCall } from '../ports/commands.ts';

/** The wish names a call, and the agent is not in that one: in another, or in none. */
export const isOfAnother = ({ ofCall }: OfCall, callId: string | null): boolean =>
  ofCall !== undefined && ofCall !== callId;

export const refusedAsOfAnother = ({ ofCall }: OfCall): CommandReply => ({
  ok: false,
  code: 'call.another',
  detail: `meant for ${ofCall}`,
});
