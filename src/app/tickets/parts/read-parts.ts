import { childrenOf, descendantsOf, type PartTree } from '../../../domain/tickets/parts/part.ts';
import { type OpenPartMove, openPartMoves } from '../../../domain/tickets/parts/part-move.ts';
import { partSight } from '../../../domain/tickets/parts/part-sight.ts';
import { isOpen } from '../../../domain/tickets/parts/part-table.ts';
import type { Actor } from '../../../domain/tickets/ticket.ts';
import { sightOf } from '../../../domain/tickets/visibility.ts';
import { AppError } from '../../errors.ts';
import type { PartAppeal, PartRow, TicketParts } from '../../ports/ticket-parts.ts';

export interface PartView extends Omit<PartRow, 'task' | 'reply' | 'returned' | 'givenBy'> {
  /** null for who sees only that it goes on. */
  readonly task: string | null;
  readonly reply: string | null;
  /** Of all that lies under it. */
  readonly progress: { readonly open: number; readonly done: number; readonly overdue: number };
  /** What the reader can do with it now. */
  readonly moves: readonly OpenPartMove[];
}

export interface PartsView {
  readonly leadUnit: string | null;
  /**
   * 首接负责: the unit that first received the ticket answers for it until another has signed for it; a return alone
   * does not free it.
   */
  readonly firstReceiver: { readonly unitCode: string; readonly answers: boolean } | null;
  readonly parts: readonly PartView[];
}

type Read = NonNullable<Awaited<ReturnType<TicketParts['readTree']>>>;

/** Who is on a ticket and how far each is, as far as the actor may see. Refuses with `ticket.unknown`. */
export function readParts(deps: { readonly ticketParts: TicketParts }) {
  return async (ticketId: string, actor: Actor): Promise<PartsView> => {
    const read = await deps.ticketParts.readTree(ticketId);
    const unknown = new AppError('ticket.unknown', { id: ticketId });
    if (read === null) throw unknown;
    if (!(await deps.ticketParts.sees(ticketId, sightOf(actor)))) throw unknown;
    return { leadUnit: read.tree.leadUnit, firstReceiver: firstReceiver(read), parts: viewsOf(read, actor) };
  };
}

/** One part with the appeal it is about, for its own unit and those above. Refuses with `part.unknown`. */
export function readPart(deps: { readonly ticketParts: TicketParts }) {
  const { ticketParts } = deps;
  return async (
    id: string,
    actor: Actor,
  ): Promise<{
    readonly part: PartView;
    readonly below: readonly PartView[];
    readonly appeal: PartAppeal;
  }> => {
    const unknown = new AppError('part.unknown', { id });
    const ticketId = await ticketParts.ticketOf(id);
    const read = ticketId === null ? null : await ticketParts.readTree(ticketId);
    if (ticketId === null || read === null) throw unknown;
    if (!(await ticketParts.sees(ticketId, sightOf(actor)))) throw unknown;
    const parts = viewsOf(read, actor);
    const part = parts.find((one) => one.id === id);
    if (part === undefined) throw unknown;
    const children = new Set(childrenOf(read.tree, id).map((one) => one.id));
    return {
      part,
      below: parts.filter((one) => children.has(one.id)),
      appeal: await ticketParts.appeal(ticketId),
    };
  };
}

function viewsOf({ tree, rows }: Read, actor: Actor): readonly PartView[] {
  return rows.flatMap((row): PartView[] => {
    const part = tree.parts.find(({ id }) => id === row.id);
    const sight = part === undefined ? 'none' : partSight(tree, part, actor);
    if (part === undefined || sight === 'none') return [];
    const { returned, givenBy, ...shown } = row;
    const words = sight === 'words' ? {} : { task: null, reply: null };
    const moves = openPartMoves(tree, part, actor);
    return [{ ...shown, ...words, progress: progressOf(tree, rows, row.id), moves }];
  });
}

function progressOf(tree: PartTree, rows: readonly PartRow[], id: string): PartView['progress'] {
  const below = descendantsOf(tree, id).filter(({ state }) => state !== 'withdrawn');
  const late = new Set(rows.filter(({ overdue }) => overdue).map((row) => row.id));
  const open = below.filter(({ state }) => isOpen(state));
  return {
    open: open.length,
    done: below.length - open.length,
    overdue: open.filter((one) => late.has(one.id)).length,
  };
}

function firstReceiver({ tree, firstUnit }: Read): PartsView['firstReceiver'] {
  if (firstUnit === null) return null;
  const unsigned = tree.ticketState === 'dispatched' || tree.ticketState === 'returned';
  const answers = firstUnit === tree.leadUnit ? tree.ticketState !== 'withdrawn' : unsigned;
  return { unitCode: firstUnit, answers: answers && !['closed', 'archived'].includes(tree.ticketState) };
}
