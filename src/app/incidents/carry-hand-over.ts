import {
  ASSIST_ACCUSED,
  handOverAgainAt,
  handOverLeftWords,
  LEFT_ALARM,
  leftAlarmKey,
  NONE_LEFT,
} from '../../domain/incidents/hand-over.ts';
import { draftSpecialReport } from '../../domain/incidents/report-draft.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { sightOf } from '../../domain/tickets/visibility.ts';
import { momentWords } from '../documents/moment-words.ts';
import { AppError } from '../errors.ts';
import type { AlarmBook } from '../ports/alarms.ts';
import type { DocumentBook } from '../ports/documents.ts';
import type { IncidentHandOver } from '../ports/incident-hand-overs.ts';
import type { Log } from '../ports/log.ts';
import type { SpecialReportBook } from '../ports/special-reports.ts';
import { DatabaseAway, type Transaction } from '../ports/transaction.ts';
import { type IncidentDeps, incidentBy } from './membership.ts';
import { urgentDispatch } from './urgent-dispatch.ts';

export type HandOverDeps = IncidentDeps & {
  readonly specialReports: SpecialReportBook;
  readonly alarms: AlarmBook;
  readonly documents: Pick<DocumentBook, 'unitName'>;
};

/** What stumbled and is tried again by itself, as its line says. */
const STUMBLED = 'incident.handOverStumbled';
/** What stumbled too often, and is left to people. */
const GIVEN_UP = 'incident.handOverGivenUp';

/**
 * Carries a hand-over on, however often and by whom it was broken off: each appeal goes in a transaction of its own, in which its
 * line is held and settled, so that none goes twice and none is left. An appeal that refuses says why on its line; one over which
 * something unforeseen happens (told to `stumbled`) is tried again later, and given to people after some tries. With the last line
 * the special report is drafted. Any number at once. Stops when `goesOn` says so.
 */
export function carryHandOver(deps: HandOverDeps) {
  const book = deps.incidentHandOvers;
  const dispatch = urgentDispatch(deps);
  const finish = finishHandOver(deps);

  const give = async (
    handOver: IncidentHandOver,
    ticketId: string,
    tx: Transaction,
  ): Promise<string | null> => {
    const { incidentId, decidedBy, decidedAs, demand } = handOver;
    const actor: Actor = { accountId: decidedBy, roles: decidedAs, unitCode: null };
    if ((await deps.ticketMoves.lock(ticketId, sightOf(actor), tx)) === null) {
      throw new AppError('ticket.unknown', { id: ticketId });
    }
    // Who left meanwhile goes his own way.
    if ((await deps.incidents.standing(ticketId, tx))?.incidentId !== incidentId) {
      throw new AppError('incident.notMember', { id: ticketId });
    }
    const leftOut = await dispatch(ticketId, handOver, { actor, reason: demand }, tx);
    return leftOut.length === 0 ? null : ASSIST_ACCUSED;
  };

  const failed = (id: string, ticketId: string, error: unknown): Promise<void> =>
    deps.database.transact(async (tx) => {
      const nowMs = deps.now();
      if (error instanceof AppError) {
        await book.settle({ id, ticketId, outcome: 'refused', code: error.code, nowMs }, tx);
        return;
      }
      const tries = await book.stumbled(id, ticketId, STUMBLED, tx);
      if (tries === 0) return;
      const againAt = handOverAgainAt(tries, nowMs);
      if (againAt === null)
        await book.settle({ id, ticketId, outcome: 'refused', code: GIVEN_UP, nowMs }, tx);
      else await book.postpone(id, ticketId, againAt, tx);
    });

  return async (
    id: string,
    goesOn: () => boolean,
    stumbled: (error: unknown, ticketId: string) => void,
  ): Promise<void> => {
    const handOver = await book.find(id);
    if (handOver === null || handOver.isFinished) return;
    /** False: there is none whose turn it is. */
    const next = async (): Promise<boolean> => {
      const tried: string[] = [];
      try {
        return await deps.database.transact(async (tx) => {
          const ticketId = await book.claim(id, deps.now(), tx);
          if (ticketId === null) return false;
          tried.push(ticketId);
          const code = await give(handOver, ticketId, tx);
          return book.settle({ id, ticketId, outcome: 'done', code, nowMs: deps.now() }, tx);
        });
      } catch (error) {
        const ticketId = tried.at(-1);
        if (ticketId === undefined || error instanceof DatabaseAway) throw error;
        if (!(error instanceof AppError)) stumbled(error, ticketId);
        await failed(id, ticketId, error);
        return true;
      }
    };
    while (goesOn() && (await next()));
    await finish(handOver);
  };
}

const AT_MOST = 20;
/** One large incident does not keep the others waiting. */
const EACH_MS = 10_000;

/** Hand-overs that were broken off, or are too large for one request, a while each. Any number of workers. */
export function carryHandOvers(deps: HandOverDeps & { readonly log: Log }) {
  const carryOn = carryHandOver(deps);
  return async (goesOn: () => boolean): Promise<void> => {
    const failures: unknown[] = [];
    for (const id of await deps.incidentHandOvers.unfinished(AT_MOST)) {
      const untilMs = deps.now() + EACH_MS;
      const stumbled = (err: unknown, ticketId: string) =>
        deps.log.warn({ err, handOver: id, ticketId }, 'an appeal of an incident was not handed over');
      try {
        await carryOn(id, () => goesOn() && deps.now() < untilMs, stumbled);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
}

/** Nothing waits any more: the report is drafted with how many went, once. */
function finishHandOver(deps: HandOverDeps) {
  const book = deps.incidentHandOvers;
  return async ({ id, incidentId, ...decided }: IncidentHandOver): Promise<void> => {
    if ((await book.counts(id)).waiting > 0) return;
    await deps.database.transact(async (tx) => {
      const incident = await incidentBy(deps, incidentId, tx);
      if ((await book.find(id, tx))?.isFinished !== false) return;
      const at = deps.now();
      await book.finish(id, at, tx);
      const given = (await book.counts(id, tx)).done;
      const left = await book.leftBehind(incidentId, tx);
      const key = leftAlarmKey(incidentId);
      if (left > 0) {
        const words = handOverLeftWords(incident.number, left);
        const about = { kind: LEFT_ALARM, key, subject: incidentId } as const;
        await deps.alarms.raise({ id: deps.newId(), ...about, ...words, atMs: at }, tx);
      } else await deps.alarms.settle(key, at, NONE_LEFT, tx);
      if (given === 0) {
        // Each was refused since: there is nothing to tell of, and the incident is with whom it was before. Their lines say why.
        const { unitCode, formerUnit } = decided;
        if (incident.unitCode !== unitCode || formerUnit === unitCode) return;
        const version = incident.version + 1;
        await deps.incidents.save({ ...incident, unitCode: formerUnit, version }, null, tx);
        return;
      }
      const brief = await deps.specialReports.brief(incidentId, tx);
      if (brief === null) throw new Error('an incident that is locked is there');
      const { municipality, zone } = await deps.messages.settings(tx);
      const assists: string[] = [];
      for (const unit of decided.assistUnits) assists.push(await deps.documents.unitName(unit, tx));
      const unit = await deps.documents.unitName(decided.unitCode, tx);
      const ordered = { unit, assists, demand: decided.demand, given, at: decided.decidedAt };
      const text = draftSpecialReport(brief, ordered, municipality, (ms) => momentWords(ms, zone));
      await deps.specialReports.add({ ...text, id, incidentId, by: decided.decidedBy, at }, tx);
    });
  };
}
