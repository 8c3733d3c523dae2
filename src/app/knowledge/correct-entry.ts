import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { standingOf } from '../../domain/knowledge/standing.ts';
import { TEXT_MAX } from '../../domain/messages/kinds.ts';
import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import { queueMessages } from '../messages/queue-messages.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { KnowledgeBook, VersionHead } from '../ports/knowledge.ts';
import { type CorrectionBook, type CorrectionState, correctedKey } from '../ports/knowledge-corrections.ts';
import type { QuoteBook } from '../ports/knowledge-quotes.ts';
import type { MessageBook } from '../ports/messages.ts';
import type { Database, Transaction } from '../ports/transaction.ts';
import { stopAnswers } from './end-words.ts';

export interface CorrectionDeps {
  readonly database: Database;
  readonly knowledge: KnowledgeBook;
  readonly corrections: CorrectionBook;
  readonly messages: MessageBook;
  readonly quotes: Pick<QuoteBook, 'written'>;
  readonly calendar: CalendarSource;
  readonly now: () => number;
  readonly newId: () => string;
}

const TOLD: readonly string[] = ['published', 'emergency'];

/**
 * 答复更正 (J4): versions were wrong. Every citizen who heard one of them is found by his calls and stands in a work list, to
 * be written to or called. A wrong version that is still told is withdrawn or replaced first: nobody is corrected in the
 * morning and told the same again in the afternoon. What was to be written of it and waits is not written; what is right is
 * told to citizens by now, and no draft.
 *
 * Refuses with `knowledge.unknown`, `knowledge.versionUnknown`, `knowledge.stillTold` and, of the right version,
 * `knowledge.unpublished`, `.expired`, `.withdrawn`, `.replaced`, `.notYetValid`.
 */
export function correctEntry(deps: CorrectionDeps) {
  const stop = stopAnswers(deps);
  return async (asked: {
    readonly id: string;
    readonly entryId: string;
    readonly versions: readonly number[];
    readonly rightVersion: number | null;
    readonly reason: string;
    readonly actor: Actor;
  }): Promise<{ readonly id: string; readonly citizens: number; readonly calls: number }> => {
    const day = await today(deps);
    return deps.database.transact(async (tx) => {
      const { id, entryId, versions, rightVersion, actor } = asked;
      const by = actor.accountId;
      if (by === null) throw new Error('a correction is a person’s');
      const entry = await deps.knowledge.lock(entryId, tx);
      if (entry === null) throw new AppError('knowledge.unknown', { entry: entryId });
      for (const number of versions) {
        const version = entry.versions.find((one) => one.number === number);
        if (version === undefined) throw new AppError('knowledge.versionUnknown', { version: number });
        if (TOLD.includes(version.state)) throw new AppError('knowledge.stillTold', { version: number });
      }
      const right = entry.versions.find(({ number }) => number === rightVersion);
      if (rightVersion !== null && right === undefined) {
        throw new AppError('knowledge.versionUnknown', { version: rightVersion });
      }
      if (right !== undefined) refuseUntold(right, day);
      const message = rightVersion === null ? '' : await messageOf(deps, entryId, rightVersion, tx);
      const at = deps.now();
      const correction = {
        id,
        entryId,
        versions,
        rightVersion,
        reason: asked.reason.trim(),
        message,
        at,
        by,
      };
      const { citizens, calls } = await deps.corrections.add(correction, tx);
      await stop(entryId, versions, 'withdrawn', tx);
      return { id, citizens, calls };
    });
  };
}

const today = async ({ calendar, now }: Pick<CorrectionDeps, 'calendar' | 'now'>): Promise<string> =>
  localDateOf(now(), (await calendar.load()).calendar.zone);

/** What citizens are corrected with is what is told to everybody else. */
function refuseUntold(right: VersionHead, day: string): void {
  const standing = standingOf(right, day);
  if (standing === 'stands') return;
  const code = standing === 'notYet' ? 'knowledge.notYetValid' : `knowledge.${standing}`;
  throw new AppError(code, { version: right.number, state: right.state, validTo: right.validTo });
}

/** Empty: the right version has no words for a message, and each citizen is called. */
async function messageOf(
  deps: CorrectionDeps,
  entryId: string,
  version: number,
  tx: Transaction,
): Promise<string> {
  const words = await deps.knowledge.version(entryId, version, tx);
  if (words === null || words.message === '') return '';
  const { municipality, mainNumber } = await deps.messages.settings(tx);
  return [...`【${municipality}${mainNumber}】您此前咨询的答复有更正：${words.message}`]
    .slice(0, TEXT_MAX)
    .join('');
}

export interface SettledItem {
  readonly id: string;
  readonly state: CorrectionState;
}

/**
 * One citizen of the work list: written to through the outbox, called, or left for a reason. Who cannot be written to stays
 * open, to be called. What is settled stays as it is, unless the message came to nothing. What was right when the list was made and is told no more is written to
 * nobody.
 *
 * Refuses with what `correctEntry` refuses of the right version, `knowledge.itemUnknown`, `knowledge.itemSettled`, `knowledge.messageMissing`, `knowledge.notMobile`,
 * `knowledge.reasonMissing`.
 */
export function settleCorrection(deps: CorrectionDeps) {
  return async (asked: {
    readonly itemId: string;
    readonly how: Exclude<CorrectionState, 'open'>;
    readonly note: string;
    readonly by: string;
  }): Promise<SettledItem> => {
    const day = await today(deps);
    return deps.database.transact(async (tx) => {
      const { itemId: id, how: state, by } = asked;
      const note = asked.note.trim();
      const entryId = await deps.corrections.entryOf(id, tx);
      // Before the item: so does whoever ends these words, and opens it again.
      const entry = entryId === null || state !== 'written' ? null : await deps.knowledge.lock(entryId, tx);
      const item = await deps.corrections.lockItem(id, tx);
      if (item === null) throw new AppError('knowledge.itemUnknown', { item: id });
      if (item.state === state) return { id, state };
      if (item.state !== 'open') throw new AppError('knowledge.itemSettled', { state: item.state });
      if (state === 'written') {
        if (item.message === '') throw new AppError('knowledge.messageMissing', { entry: item.entryId });
        const right = entry?.versions.find(({ number }) => number === item.rightVersion);
        if (right !== undefined) refuseUntold(right, day);
        const { unreachable } = await queueMessages(deps)(
          [
            {
              kind: 'knowledgeCorrected',
              callerNumber: item.callerNumber,
              text: item.message,
              subject: { kind: 'knowledgeEntry', id: item.entryId },
              dedupeKey: correctedKey(item),
            },
          ],
          tx,
        );
        if (unreachable > 0) throw new AppError('knowledge.notMobile', { item: id });
      } else if (note === '') {
        throw new AppError('knowledge.reasonMissing', { item: id });
      }
      await deps.corrections.settle({ id, state, note, by, at: deps.now() }, tx);
      return { id, state };
    });
  };
}
