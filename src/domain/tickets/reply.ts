import {
  findPersonalData,
  type KnownCitizen,
  type PersonalDatum,
  type PersonalKind,
} from '../privacy/personal-data.ts';
import { barrierOf } from './moving.ts';
import type { Actor, Role } from './ticket.ts';
import type { TicketMove, TicketState } from './transitions.ts';

// The public reply (公开答复) is what the citizen hears and reads; the internal one (内部答复) stays in the house. A public
// reply that may tell who somebody is is held: nothing leads on to the citizen until a person confirms or mends it.

/** The moves with which a reply reaches the citizen, or is no longer held back. */
const RELEASES: readonly TicketMove[] = ['visit', 'closeUnvisited'];
export const releasesReply = (move: TicketMove, from: TicketState): boolean =>
  RELEASES.includes(move) && REPLIED.includes(from);

/** Where a reply lies that has not reached the citizen yet. */
const REPLIED: readonly TicketState[] = ['reportedDone', 'replyReview'];

/** What goes on the time line with a public reply: where something personal stands, and never what. */
export function replyBody(
  reply: string,
  citizen: KnownCitizen | undefined,
): { readonly personalData?: readonly PersonalDatum[] } {
  const personalData = findPersonalData(reply, citizen);
  return personalData.length === 0 ? {} : { personalData };
}

/** Lines that say how the reply stands; the last one holds. */
export const SAID_OF_REPLY: readonly string[] = ['reportDone', 'replyMended', 'replyConfirmed'];

/** Why a reply does not go on to the citizen: what of his may stand in it. None: it is not held, or there is none. */
export function heldFor(
  state: TicketState,
  lines: readonly { readonly type: string; readonly body: Readonly<Record<string, unknown>> }[],
): readonly PersonalKind[] {
  if (!REPLIED.includes(state)) return [];
  const found = lines.filter(({ type }) => SAID_OF_REPLY.includes(type)).at(-1)?.body.personalData;
  return Array.isArray(found)
    ? [...new Set((found as readonly PersonalDatum[]).map(({ kind }) => kind))]
    : [];
}

const CONFIRMERS: readonly Role[] = ['reviewer', 'operator', 'lead'];

export type ReplyRefusal =
  | 'reply.none'
  | 'reply.notHeld'
  | 'ticket.moveForbidden'
  | 'ticket.ownUnit'
  | 'ticket.otherUnit';

/** Confirming is the hotline's; mending also its own author's, as long as nobody has released it. */
export function replyRefusal(
  act: 'confirm' | 'mend',
  ticket: { readonly state: TicketState; readonly unitCode: string | null; readonly replyHeld: boolean },
  actor: Actor,
): ReplyRefusal | null {
  if (!REPLIED.includes(ticket.state)) return 'reply.none';
  const byUnit = act === 'mend' && actor.unitCode !== null;
  const barrier = barrierOf(
    byUnit ? { by: ['unit'], side: 'unit' } : { by: CONFIRMERS, side: 'hotline' },
    actor,
    ticket.unitCode,
  );
  if (barrier !== null) return barrier;
  return act === 'confirm' && !ticket.replyHeld ? 'reply.notHeld' : null;
}
