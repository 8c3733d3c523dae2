import {
  decideIntake,
  type IncomingMessage,
  isNumberOnly,
  JOIN_MS,
  type ParkReason,
  quotedNumbers,
  senderKey,
  unfitFor,
} from '../../domain/intake/incoming.ts';
import { APPEAL_LENGTHS, type Appeal } from '../../domain/tickets/opening.ts';
import { storable } from '../../domain/tickets/storable.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { FormFields, IntakeBook, IntakeResult, NewIncoming } from '../ports/intake.ts';
import type { Log } from '../ports/log.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { type OpenTicketDeps, openTicket } from '../tickets/open-ticket.ts';
import { type CitizenLineDeps, writeCitizenLine } from '../tickets/write-to-ticket.ts';

/** Which nobody has sorted: the review does, as it does with what a clerk could not. */
export const UNSORTED = 'uncategorised';

export interface ReceiveDeps extends OpenTicketDeps, CitizenLineDeps {
  readonly database: Database;
  readonly intake: Omit<IntakeBook, 'list' | 'one' | 'lock' | 'settle' | 'waitingSince' | 'forgetProofs'>;
}

export interface Received extends IntakeResult {
  /** It came before; nothing was done again. */
  readonly again: boolean;
  /** It has a ticket, in which no telephone of his stands. */
  readonly withoutNumber: boolean;
}
type Decided = Omit<Received, 'again'>;

/** What a channel delivered, with what its form asks beside the words. */
export interface Delivered {
  readonly message: IncomingMessage;
  readonly fields?: FormFields;
  readonly proof?: string | null;
}

/**
 * A message becomes a ticket, part of one, or work for a clerk, in one transaction with its own row: whatever dies meanwhile, it
 * is there whole or comes again. What comes twice is answered as the first time; other words under an id that is known wait. Refuses with `channel.replayed` another message
 * under the same proof, and with `idempotency.otherRequest` another form of the website under the same key.
 */
export function receiveMessage(deps: ReceiveDeps & { readonly log: Log }) {
  return async ({ message, fields = {}, proof = null }: Delivered): Promise<Received> => {
    const text = storable(message.text);
    const sender = storable(senderKey(message.channel, message.sender));
    const incoming: NewIncoming = {
      ...{ ...message, text, sender, fields, proof },
      id: deps.newId(),
      receivedAt: deps.now(),
    };
    const taking = (decide: Decide): Promise<Received> =>
      deps.database.transact(async (tx) => {
        await spent(deps, incoming, tx);
        return took(deps, incoming, tx, decide);
      });
    const received = await taking((taken, tx) => decided(deps, taken, tx)).catch((error: unknown) => {
      // What may not become a ticket for a reason of its own must not be sent in vain for ever: a clerk looks.
      if (!(error instanceof AppError) || OF_THE_SENDER.has(error.code)) throw error;
      deps.log.warn({ channel: message.channel, code: error.code }, 'an incoming message opened no ticket');
      return taking(async () => parked('refused'));
    });
    const { outcome, reason, ticketId, again } = received;
    deps.log.info({ channel: message.channel, outcome, reason, ticketId, again }, 'a message came in');
    return received;
  };
}

const OF_THE_SENDER: ReadonlySet<string> = new Set(['channel.replayed', 'idempotency.otherRequest']);
const parked = (reason: ParkReason): Decided => ({
  ...{ outcome: 'parked', reason, ticketId: null, ticketNumber: null, withoutNumber: false },
});

type Decide = (incoming: NewIncoming, tx: Transaction) => Promise<Decided>;

async function spent(
  { intake }: ReceiveDeps,
  { channel, messageId, proof, receivedAt }: NewIncoming,
  tx: Transaction,
): Promise<void> {
  if (proof === null) return;
  const spending = { channel, proof, on: `message:${messageId}`, at: receivedAt };
  if (!(await intake.spend(spending, tx))) throw new AppError('channel.replayed');
}

/** Written down first, so that of two at once only one is decided about. */
async function took(
  deps: ReceiveDeps,
  incoming: NewIncoming,
  tx: Transaction,
  decide: Decide,
): Promise<Received> {
  const taken = await deps.intake.take(incoming, tx);
  switch (taken.kind) {
    case 'proofUsed':
      throw new AppError('channel.replayed');
    case 'known':
      if (isSame(incoming, taken)) {
        const { result, withoutNumber } = taken;
        return { ...result, withoutNumber, again: true };
      }
      if (incoming.channel === 'website') throw new AppError('idempotency.otherRequest');
      // A gateway whose ids begin anew, or who guesses one: answered like a repetition, its words would stand nowhere.
      return took(deps, { ...incoming, messageId: deps.intake.ownIdOf(incoming) }, tx, async () =>
        parked('sameId'),
      );
    case 'taken': {
      const result = await decide(incoming, tx);
      const about =
        result.outcome === 'parked' && incoming.channel !== 'website'
          ? await deps.intake.about(incoming, quotedNumbers(incoming.text), tx)
          : null;
      await deps.intake.decide(incoming.id, { ...result, about }, tx);
      return { ...result, again: false };
    }
    default:
      return taken satisfies never;
  }
}

const isSame = (one: Pick<NewIncoming, 'sender' | 'text' | 'fields'>, other: typeof one): boolean =>
  one.sender === other.sender &&
  one.text === other.text &&
  one.fields.type === other.fields.type &&
  one.fields.title === other.fields.title &&
  one.fields.place === other.fields.place &&
  one.fields.citizenName === other.fields.citizenName &&
  one.fields.anonymous === other.fields.anonymous;

async function decided(deps: ReceiveDeps, incoming: NewIncoming, tx: Transaction): Promise<Decided> {
  const { channel, sender, text } = incoming;
  await deps.intake.inTurn(channel, sender, tx);
  const now = deps.now();
  const alone = channel === 'website' || unfitFor(incoming) !== null;
  let quoted: Awaited<ReturnType<IntakeBook['quoted']>> = null;
  for (const number of alone ? [] : quotedNumbers(text)) {
    quoted = await deps.intake.quoted(incoming, number, tx);
    if (quoted !== null) break;
  }
  const latest =
    alone || quoted !== null
      ? null
      : await deps.intake.latestOf(channel, sender, { since: now - JOIN_MS, joinMs: JOIN_MS }, tx);
  const asks = quoted === null && !alone && isNumberOnly(incoming);
  const numberless = asks ? await deps.intake.numberless(channel, sender, tx) : null;
  const intake = decideIntake(incoming, { quoted, latest, numberless }, now);
  switch (intake.kind) {
    case 'park':
      return parked(intake.reason);
    case 'open': {
      const { type, citizenNumber } = intake;
      const appeal = appealOf(incoming, { type, citizenNumber });
      const opened = await openTicket(deps)({ appeal, callId: null, actor: SYSTEM }, tx);
      const ticket = { ticketId: opened.id, ticketNumber: opened.number };
      return { outcome: 'opened', ...ticket, reason: null, withoutNumber: citizenNumber === '' };
    }
    case 'joined':
    case 'supplemented': {
      const { kind, ticketId, citizenNumber } = intake;
      const piece = kind === 'joined';
      const said = { wish: 'add', words: text.trim() } as const;
      const written = await writeCitizenLine(deps)({ ticketId, said, piece }, tx);
      if (written.kind === 'refused') return parked(written.why === 'follow.over' ? 'over' : 'tooMany');
      const came = await deps.intake.giveNumber(ticketId, citizenNumber, tx);
      if (came === 'given') {
        // That he gave it, and not what: the number stands where it is masked.
        const note = { id: deps.newId(), at: deps.now(), actorId: null, type: 'citizenNumberGiven' } as const;
        await deps.ticketMoves.note(ticketId, { ...note, reason: '', body: { channel } }, tx);
      }
      const ticket = { ticketId, ticketNumber: written.number };
      return { outcome: kind, ...ticket, reason: null, withoutNumber: came === 'without' };
    }
    default:
      return intake satisfies never;
  }
}

/** As a clerk would have written it down, who was told no more than this. */
export function appealOf(
  { channel, text, fields }: Pick<NewIncoming, 'channel' | 'text' | 'fields'>,
  read: Pick<Appeal, 'type' | 'citizenNumber'>,
): Appeal {
  return {
    type: fields.type ?? read.type,
    categoryCode: UNSORTED,
    title: fields.title ?? '',
    content: text,
    place: fields.place ?? '',
    confidential: false,
    anonymous: fields.anonymous ?? false,
    urgency: 'normal',
    citizenName: fields.citizenName ?? '',
    citizenNumber: read.citizenNumber.slice(0, APPEAL_LENGTHS.citizenNumber),
    unitCode: null,
    writtenBy: channel,
  };
}
