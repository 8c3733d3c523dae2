import { chinaCalendar } from '../../domain/deadlines/china.ts';
import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { dutyAt, onDutyFirst } from '../../domain/knowledge/experts.ts';
import { type OpenState, readHours } from '../../domain/knowledge/places/opening-hours.ts';
import { refusedToWrite } from '../../domain/knowledge/version-move.ts';
import { maskedWords } from '../../domain/privacy/masked.ts';
import { type Actor, SYSTEM } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { AuditEntry, AuditTrail } from '../ports/audit.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { Expert, ExpertBook, ExpertFields } from '../ports/knowledge-experts.ts';
import type { Database } from '../ports/transaction.ts';
import { type WritingDeps, writeEntry } from './write-entry.ts';

export interface ExpertDeps {
  readonly experts: ExpertBook;
  readonly now: () => number;
}

export interface ExpertKeepingDeps extends ExpertDeps {
  readonly database: Database;
  readonly audit: AuditTrail;
  readonly newId: () => string;
}

/** `account` absent: as it is. */
export type ExpertWish = Omit<ExpertFields, 'account'> & Partial<Pick<ExpertFields, 'account'>>;

/**
 * The directory of experts (J11): a unit keeps its own, the centre's editors anybody's; new where `revision` is null. Whose
 * account sees what a call is about is said by the centre alone, and stands on record: a unit would give it to itself.
 *
 * Refuses with `knowledge.moveForbidden`, `knowledge.accountByCentre`, `knowledge.otherUnit`, `knowledge.nameUnknown`, `knowledge.expertUnknown`,
 * `knowledge.changedMeanwhile`, `knowledge.hoursUnreadable`.
 */
export function keepExpert({ experts, database, audit, newId, now }: ExpertKeepingDeps) {
  return async (
    id: string,
    revision: number | null,
    { account: wished, ...rest }: ExpertWish,
    actor: Actor,
    onRecord: Pick<AuditEntry, 'accountId' | 'address' | 'requestId'>,
  ): Promise<Expert> => {
    refuseStranger(rest.unitCode, actor);
    const before = revision === null ? null : await known(experts, id);
    if (before !== null) refuseStranger(before.unitCode, actor);
    const linked = before?.account ?? null;
    const account = wished === undefined ? linked : wished;
    if (account !== linked && actor.unitCode !== null) throw new AppError('knowledge.accountByCentre');
    const fields: ExpertFields = { ...rest, account };
    // Who has left meanwhile keeps nobody from changing the hours.
    const isNew = account !== linked || rest.unitCode !== before?.unitCode;
    const missing = Object.entries(
      await experts.unknownNames({ ...fields, account: isNew ? account : null }),
    ).filter(([, names]) => names.length > 0);
    if (missing.length > 0) throw new AppError('knowledge.nameUnknown', Object.fromEntries(missing));
    const hours = readHours(fields.hours);
    if ('fault' in hours) throw new AppError('knowledge.hoursUnreadable', { ...hours.fault });
    await database.transact(async (tx) => {
      if (revision === null) {
        if ((await experts.add(id, fields, tx)) === 'known') return;
      } else if ((await experts.replace(id, revision, fields, tx)) !== 'replaced') {
        throw new AppError('knowledge.changedMeanwhile', { revision: before?.revision });
      }
      if (account === linked) return;
      await audit.add(
        {
          ...{ ...onRecord, id: newId(), atMs: now(), action: 'expert.accountSet' },
          ...{ subjectKind: 'expert', subjectId: id, reason: `${linked ?? ''} → ${account ?? ''}` },
        },
        tx,
      );
    });
    return known(experts, id);
  };
}

/** The directory as an agent needs it: who can be rung now first, with when each other can be. */
export function findExperts({ experts, calendar, now }: ExpertDeps & { readonly calendar: CalendarSource }) {
  return async (
    filter: Parameters<ExpertBook['list']>[0],
  ): Promise<readonly (Expert & { readonly duty: OpenState })[]> => {
    const working = chinaCalendar((await calendar.load()).calendar);
    const found = await experts.list(filter);
    return onDutyFirst(found.map((one) => ({ ...one, duty: dutyAt(one.hours, working, now()) })));
  };
}

/** Refuses with `knowledge.expertUnknown` and what `keepExpert` refuses of whose it is. */
export function removeExpert({ experts, now }: ExpertDeps) {
  return async (id: string, actor: Actor): Promise<void> => {
    const { unitCode } = await known(experts, id);
    refuseStranger(unitCode, actor);
    await experts.remove(id, now());
  };
}

/**
 * What an expert said in a call becomes the draft of an entry of his unit, one for each call and expert; what an agent notes
 * is checked by the unit like everything else, and told to nobody before.
 */
export function noteExpertAnswer(deps: ExpertDeps & WritingDeps & { readonly calendar: CalendarSource }) {
  const write = writeEntry(deps).alone;
  return async (asked: {
    readonly id: string;
    readonly expertId: string;
    readonly callId: string;
    readonly question: string;
    readonly answer: string;
    readonly category: string;
  }): Promise<{ readonly number: string; readonly outcome: 'added' | 'known' }> => {
    const expert = await known(deps.experts, asked.expertId);
    const { calendar } = await deps.calendar.load();
    return write({
      id: asked.id,
      ownerUnit: expert.unitCode,
      origin: 'expert',
      originRef: `${asked.callId}:${expert.id}`,
      actor: SYSTEM,
      content: {
        question: maskedWords(asked.question),
        otherWays: [],
        answer: maskedWords(asked.answer),
        message: '',
        publicText: '',
        internalText: `${expert.unitName}${expert.post}${expert.name} 在通话中的答复，请核对、补充依据后送审。`,
        isPublic: false,
        basis: [],
        categories: [asked.category],
        areas: [],
        lines: [],
        validFrom: localDateOf(deps.now(), calendar.zone),
        validTo: null,
        attachments: [],
      },
    });
  };
}

async function known(experts: ExpertBook, id: string): Promise<Expert> {
  const expert = await experts.find(id);
  if (expert === null) throw new AppError('knowledge.expertUnknown', { expert: id });
  return expert;
}

/** Whoever may write a unit's entries keeps its experts. */
function refuseStranger(ownerUnit: string, actor: Actor): void {
  const refusal = refusedToWrite(ownerUnit, actor);
  if (refusal !== null) throw new AppError(refusal, { unit: ownerUnit });
}
