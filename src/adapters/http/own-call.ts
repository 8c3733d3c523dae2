import type { FastifyRequest } from 'fastify';
import { callerOf } from './guard.ts';
import { Refusal } from './problem-replies.ts';
import type { ApiServices } from './services.ts';

/** Whoever is only rung has not taken it yet. */
const HEARS = ['in', 'aside', 'held'];

/**
 * The call is the asking account's own: it is talked on or wrapped up by him now, as the live picture says before the books
 * do; he took it once, as the books say; or he has written of it, which stands though both be silent. Refuses with
 * `call.notYours`, `call.notYetWritten` where nothing is known of the call yet.
 */
export async function refuseForeignCall(
  services: ApiServices,
  request: FastifyRequest,
  callId: string,
): Promise<void> {
  const { id } = callerOf(request);
  const { agents, calls } = services.board.picture();
  const call = calls.find((one) => one.callId === callId);
  const takesPart =
    call?.talk?.parties.some(({ agentId, state }) => agentId === id && HEARS.includes(state)) === true;
  const own = agents.find(({ agentId }) => agentId === id);
  const atIt = own?.callId === callId && own.state !== 'RINGING';
  if (takesPart || atIt) return;
  const [wrote, took] = await Promise.all([
    services.callDrafts.wrote(callId, id),
    services.calls.tookPart(callId, id),
  ]);
  if (wrote || took === 'yes') return;
  if (took === 'unknown' && call === undefined) throw new Refusal('call.notYetWritten', { callId });
  throw new Refusal('call.notYours');
}
