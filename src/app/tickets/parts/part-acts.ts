import { chinaCalendar } from '../../../domain/deadlines/china.ts';
import { decideAddPart } from '../../../domain/tickets/parts/add-part.ts';
import type { Part, PartKind, PartTree } from '../../../domain/tickets/parts/part.ts';
import { decidePartMove, warnAt } from '../../../domain/tickets/parts/part-move.ts';
import type { PartMove } from '../../../domain/tickets/parts/part-table.ts';
import type { Actor } from '../../../domain/tickets/ticket.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { AppError } from '../../errors.ts';
import type { TicketNotice } from '../../live/notices.ts';
import type { CalendarSource } from '../../ports/calendar.ts';
import type { TicketMoves } from '../../ports/ticket-moves.ts';
import type { PartEvent, TicketParts } from '../../ports/ticket-parts.ts';
import type { Database, Transaction } from '../../ports/transaction.ts';

export interface PartDeps {
  readonly database: Database;
  readonly ticketParts: TicketParts;
  readonly ticketMoves: TicketMoves;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}

export interface PartDone {
  readonly id: string;
  readonly number: string;
  readonly state: Part['state'];
  readonly dueAt: string;
  readonly version: number;
}

/**
 * Gives a piece of a ticket to another unit, or to a level within the actor's own. The ticket's row is held, so of two
 * who add at once the second sees the first. Refuses with `ticket.unknown`, `ticket.unitUnknown`, and what
 * `decideAddPart` refuses.
 */
export function addPart(deps: PartDeps) {
  const inside = addPartInside(deps);
  return (request: NewPart): Promise<PartDone> => deps.database.transact((tx) => inside(request, tx));
}

export interface NewPart {
  readonly ticketId: string;
  readonly id: string;
  readonly kind: PartKind;
  readonly parentId: string | null;
  readonly unitCode: string;
  readonly task: string;
  readonly workingDays: number | null;
  readonly actor: Actor;
}

/** The same within a transaction of somebody who has more to write. */
export function addPartInside(deps: PartDeps) {
  return async (request: NewPart, tx: Transaction): Promise<PartDone> => {
    const { ticketId, actor, unitCode, parentId } = request;
    const { ticketParts } = deps;
    const tree = await heldTree(deps, ticketId, actor, tx);
    if (parentId !== null && !tree.parts.some(({ id }) => id === parentId)) {
      throw new AppError('part.unknown', { id: parentId });
    }
    const unit = await ticketParts.unitWithin(unitCode, tx);
    if (unit === null) throw new AppError('ticket.unitUnknown', { unit: unitCode });
    const calendar = chinaCalendar((await deps.calendar.load(tx)).calendar);
    const now = deps.now();
    const decided = decideAddPart({ ...request, tree, within: unit.within, now, calendar });
    if ('refusal' in decided) throw new AppError(decided.refusal, decided.data);
    const { part } = decided;
    const task = request.task.trim();
    const event: PartEvent = { at: now, actorId: actor.accountId, move: 'add', from: null, words: task };
    const { wordsHash } = await ticketParts.add(
      ticketId,
      part,
      { task, warnAt: warnAt(now, part.dueAt, calendar) },
      event,
      tx,
    );
    await onRecord(deps, { ticketId, tree, part, event, wordsHash, withdrawn: [] }, tx);
    return done(part);
  };
}

/** One move of a part. Refuses with `part.unknown`, `part.movedMeanwhile`, and what `decidePartMove` refuses. */
export function movePart(deps: PartDeps) {
  return (request: {
    readonly id: string;
    readonly version: number;
    readonly move: Exclude<PartMove, 'add'>;
    readonly words: string;
    readonly actor: Actor;
  }): Promise<PartDone> =>
    deps.database.transact(async (tx) => {
      const { id, move, actor, version } = request;
      const { ticketParts } = deps;
      const ticketId = await ticketParts.ticketOf(id, tx);
      if (ticketId === null) throw new AppError('part.unknown', { id });
      const tree = await heldTree(deps, ticketId, actor, tx);
      const part = tree.parts.find((one) => one.id === id);
      if (part === undefined) throw new AppError('part.unknown', { id });
      if (part.version !== version) {
        throw new AppError('part.movedMeanwhile', { version: part.version, state: part.state });
      }
      const calendar = chinaCalendar((await deps.calendar.load(tx)).calendar);
      const now = deps.now();
      const decided = decidePartMove({ ...request, tree, part, now, calendar });
      if ('refusal' in decided) throw new AppError(decided.refusal, decided.data);
      const words = request.words.trim();
      const event: PartEvent = { at: now, actorId: actor.accountId, move, from: decided.from, words };
      const again = move === 'reopen';
      const { wordsHash } = await ticketParts.move(
        decided.part,
        {
          reply: decided.reply,
          warnAt: again ? warnAt(now, decided.part.dueAt, calendar) : null,
          reworked: move === 'sendBack' || again,
        },
        event,
        tx,
      );
      for (const below of decided.withdrawn) {
        const from = tree.parts.find((one) => one.id === below.id)?.state ?? null;
        const more = { reply: null, warnAt: null, reworked: false };
        await ticketParts.move(below, more, { ...event, move: 'withdraw', from }, tx);
      }
      const { part: moved, withdrawn } = decided;
      await onRecord(deps, { ticketId, tree, part: moved, event, wordsHash, withdrawn }, tx);
      return done(moved);
    });
}

/** A unit sees the tree that it has a part in; the hotline's people those of the tickets that they see. */
async function heldTree(
  { ticketParts }: PartDeps,
  ticketId: string,
  actor: Actor,
  tx: Transaction,
): Promise<PartTree> {
  const tree = await ticketParts.lockTree(ticketId, tx);
  const unknown = new AppError('ticket.unknown', { id: ticketId });
  if (tree === null) throw unknown;
  if (!(await ticketParts.sees(ticketId, sightOf(actor), tx))) throw unknown;
  return tree;
}

/** The act on the ticket's time line: of what was said within a unit only the hash. */
async function onRecord(
  { ticketMoves, ticketParts, newId }: PartDeps,
  what: {
    readonly ticketId: string;
    readonly tree: PartTree;
    readonly part: Part;
    readonly event: PartEvent;
    readonly wordsHash: string;
    readonly withdrawn: readonly Part[];
  },
  tx: Transaction,
): Promise<void> {
  const { ticketId, tree, part, event, wordsHash, withdrawn } = what;
  const { number, unitCode, kind, state, dueAt } = part;
  await ticketMoves.note(
    ticketId,
    {
      id: newId(),
      at: event.at,
      actorId: event.actorId,
      type: event.move === 'add' ? 'partAdded' : 'partMoved',
      reason: kind === 'assist' ? event.words : '',
      body: {
        part: number,
        of: unitCode,
        kind,
        move: event.move,
        from: event.from,
        to: state,
        dueAt: new Date(dueAt).toISOString(),
        wordsHash,
        ...(withdrawn.length === 0 ? {} : { withdrawn: withdrawn.map((one) => one.number) }),
      },
    },
    tx,
  );
  const notice: TicketNotice = {
    kind: event.move === 'add' ? 'partAdded' : 'partMoved',
    ticketId,
    ticketNumber: tree.ticketNumber,
    unitCode,
    atMs: event.at,
    clock: null,
    level: null,
    part: number,
  };
  await ticketParts.tell(notice, ticketId, tx);
}

const done = ({ id, number, state, dueAt, version }: Part): PartDone => ({
  id,
  number,
  state,
  dueAt: new Date(dueAt).toISOString(),
  version,
});
