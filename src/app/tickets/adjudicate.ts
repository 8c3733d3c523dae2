import type { ReadEntry } from '../../domain/dispatch/read-row.ts';
import { localDate } from '../../domain/hotlines/local-date.ts';
import { decisionMove } from '../../domain/tickets/adjudication.ts';
import { OWN_FRAMES } from '../../domain/tickets/own-reasons.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { type CatalogueDeps, changeInside } from '../dispatch/change-catalogue.ts';
import { matterOf } from '../dispatch/matter-of.ts';
import { AppError } from '../errors.ts';
import type { AdjudicationBook, Party } from '../ports/adjudications.ts';
import type { DispatchLessons } from '../ports/dispatch-lessons.ts';
import type { InterimBook } from '../ports/interim.ts';
import type { SupervisionBook } from '../ports/supervision.ts';
import type { Transaction } from '../ports/transaction.ts';
import { superviseAfter } from '../supervision/after-move.ts';
import { moveTicketInside } from './move-ticket.ts';
import { addPartInside, type PartDeps } from './parts/part-acts.ts';

export type AdjudicateDeps = PartDeps &
  CatalogueDeps & {
    readonly adjudications: AdjudicationBook;
    readonly dispatchLessons: DispatchLessons;
    readonly interim: InterimBook;
    readonly supervision: SupervisionBook;
  };

/** Where a decision holds from now on; an empty field is any. */
export interface RuleScope {
  readonly area: string;
  readonly category: string;
  readonly asset: string;
  /** Local day; null: today. */
  readonly validFrom: string | null;
}

export interface Adjudicated {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  /** Of the catalogue with which it became a rule. */
  readonly ruleVersion: number | null;
}

/**
 * Decides whose a ticket is, between however many units, in ONE transaction: the ticket goes there, helpers are added,
 * the decision is numbered and can be looked up, and becomes a rule of the catalogue where the adjudicator says so.
 * Refuses with `adjudication.nothingToDecide`, and what the move, the parts and the catalogue refuse.
 */
export function adjudicate(deps: AdjudicateDeps) {
  const inside = adjudicateInside(deps);
  return (request: Omit<AdjudicationRequest, 'ended' | 'version'> & { readonly version: number }) =>
    deps.database.transact((tx) => inside({ ...request, ended: 'refuse' }, tx));
}

export interface AdjudicationRequest {
  readonly id: string;
  readonly ticketId: string;
  /** Of the ticket as it was seen; null: it was decided about, however it stands by now. */
  readonly version: number | null;
  readonly leadUnit: string;
  readonly assistUnits: readonly string[];
  readonly parties: readonly Party[];
  readonly reason: string;
  readonly rule: RuleScope | null;
  readonly actor: Actor;
  /** A ticket that nobody works on any more: nothing to decide, or a decision for the like of it. */
  readonly ended: 'refuse' | 'record';
}

/** The same within a transaction of somebody who has more to write. */
export function adjudicateInside(deps: AdjudicateDeps) {
  const move = moveTicketInside(deps);
  const supervise = superviseAfter(deps);
  const add = addPartInside(deps);
  return async (request: AdjudicationRequest, tx: Transaction): Promise<Adjudicated> => {
    const { id, ticketId, version, leadUnit, assistUnits, parties, actor } = request;
    const reason = request.reason.trim();
    if (reason === '') throw new AppError('ticket.reasonMissing', { id: ticketId });
    const by = actor.accountId;
    if (by === null) throw new Error('a decision is a person’s');
    const ticket = await deps.ticketMoves.lock(ticketId, sightOf(actor), tx);
    if (ticket === null) throw new AppError('ticket.unknown', { id: ticketId });
    await refuseUnknownUnits(deps, [leadUnit, ...assistUnits, ...parties.map((one) => one.unitCode)], tx);
    const decided = decisionMove(ticket, leadUnit);
    if (decided === null && request.ended === 'refuse') {
      throw new AppError('adjudication.nothingToDecide', { state: ticket.state });
    }
    if (assistUnits.includes(leadUnit)) throw new AppError('part.sameUnit', { unitCode: leadUnit });
    let { state }: { state: string } = ticket;
    if (decided === 'stay') {
      if (version !== null && ticket.lastMove.seq > version) {
        throw new AppError('ticket.movedMeanwhile', { ...ticket.lastMove, state });
      }
    } else if (decided !== null) {
      const details = decided === 'refuseReturn' ? {} : { unitCode: leadUnit };
      ({ state } = await move({ id: ticketId, move: decided, version, reason, details, actor }, tx));
      await supervise(ticketId, decided, tx);
    }
    const number = await write(deps, { ...request, reason, by }, tx);
    await deps.interim.settle(ticketId, leadUnit, deps.now(), tx);
    // Nobody helps with what is over.
    for (const unitCode of decided === null ? [] : assistUnits) {
      const task = OWN_FRAMES.assists(number, reason);
      await add(
        {
          ticketId,
          id: deps.newId(),
          kind: 'assist',
          parentId: null,
          unitCode,
          task,
          workingDays: null,
          actor,
        },
        tx,
      );
    }
    const ruleVersion =
      request.rule === null
        ? null
        : await becomeRule(deps, { id, number, leadUnit, assistUnits }, request.rule, actor, tx);
    return { id, number, state, ruleVersion };
  };
}

/** A decision of before that is to hold for the like of it. Refuses with `adjudication.unknown`, `adjudication.isRule`. */
export function makeRule(deps: AdjudicateDeps) {
  return (id: string, scope: RuleScope, actor: Actor): Promise<{ readonly ruleVersion: number }> =>
    deps.database.transact(async (tx) => {
      const decision = await deps.adjudications.lock(id, tx);
      if (decision === null) throw new AppError('adjudication.unknown', { id });
      const { number, ruleVersion: before } = decision;
      if (before !== null) throw new AppError('adjudication.isRule', { number, ruleVersion: before });
      return { ruleVersion: await becomeRule(deps, { id, ...decision }, scope, actor, tx) };
    });
}

async function refuseUnknownUnits(
  { ticketMoves }: AdjudicateDeps,
  codes: readonly string[],
  tx: Transaction,
): Promise<void> {
  for (const unit of new Set(codes)) {
    if (!(await ticketMoves.unitKnown(unit, tx))) throw new AppError('ticket.unitUnknown', { unit });
  }
}

/** The decision, by its number, with a line on the ticket's time line. */
async function write(
  deps: AdjudicateDeps,
  decision: {
    readonly id: string;
    readonly ticketId: string;
    readonly leadUnit: string;
    readonly assistUnits: readonly string[];
    readonly parties: readonly Party[];
    readonly reason: string;
    readonly by: string;
    readonly actor: Actor;
  },
  tx: Transaction,
): Promise<string> {
  const { id, ticketId, leadUnit, assistUnits, parties, reason, by } = decision;
  const { numberPrefix: prefix, calendar } = await deps.calendar.load(tx);
  const at = deps.now();
  const text = await deps.dispatchLessons.ofTicket(ticketId, sightOf(decision.actor), tx);
  if (text === null) throw new AppError('ticket.unknown', { id: ticketId });
  const matter = await matterOf(deps.dispatchCatalogue, text, {}, tx);
  const key = {
    category: text.categoryCode,
    area: matter.areas[0] ?? '',
    asset: matter.assets[0] ?? '',
  };
  const day = localDate(at, calendar.zone);
  const { number } = await deps.adjudications.add(
    { id, ticketId, at, by, leadUnit, assistUnits, parties, reason, ...key },
    { prefix, day },
    tx,
  );
  await deps.ticketMoves.note(
    ticketId,
    {
      id: deps.newId(),
      at,
      actorId: by,
      type: 'adjudicated',
      reason,
      body: { number, leadUnit, assistUnits, heard: parties.map(({ unitCode }) => unitCode) },
    },
    tx,
  );
  return number;
}

async function becomeRule(
  deps: AdjudicateDeps,
  decision: {
    readonly id: string;
    readonly number: string;
    readonly leadUnit: string;
    readonly assistUnits: readonly string[];
  },
  scope: RuleScope,
  actor: Actor,
  tx: Transaction,
): Promise<number> {
  const { dispatchCatalogue: book, calendar, now } = deps;
  const { id, number, leadUnit, assistUnits } = decision;
  const { area, category, asset } = scope;
  // A rule for everything everywhere would swallow the catalogue.
  if (area === '' && category === '' && asset === '') throw new AppError('adjudication.ruleTooWide');
  for (const [field, code, known] of [
    ['category', category, await book.categories(tx)],
    ['area', area, await book.names('area', tx)],
    ['asset', asset, await book.names('asset', tx)],
  ] as const) {
    if (code !== '' && !known.some((one) => one.code === code)) {
      throw new AppError('adjudication.scopeUnknown', { field, code });
    }
  }
  const today = localDate(now(), (await calendar.load(tx)).calendar.zone);
  const entry: ReadEntry = {
    area,
    category,
    asset,
    leadUnit,
    assistUnits,
    validFrom: scope.validFrom ?? today,
    validTo: null,
    basis: `裁定 ${number}`,
  };
  const { version } = await changeInside(deps)(
    {
      version: null,
      reason: OWN_FRAMES.becameRule(number),
      entries: [entry],
      remove: [],
      end: [],
      areas: [],
      assets: [],
      actor,
      origin: 'adjudication',
      source: { source: 'adjudication', sourceRef: number },
    },
    tx,
  );
  await deps.adjudications.becameRule(id, version, tx);
  return version;
}
