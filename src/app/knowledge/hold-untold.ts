import { localDateOf } from '../../domain/deadlines/local-time.ts';
import { unwritable } from '../../domain/knowledge/quoting.ts';
import type { CalendarSource } from '../ports/calendar.ts';
import type { CorrectionBook } from '../ports/knowledge-corrections.ts';
import type { ClaimedMessage, MessageBook } from '../ports/messages.ts';
import { quotedBy } from './quote-entry.ts';
import { type TellUnwrittenDeps, tellUnwritten } from './tell-unwritten.ts';

export interface HoldUntoldDeps extends TellUnwrittenDeps {
  readonly corrections: Pick<CorrectionBook, 'correctedWith' | 'reopen'>;
  readonly messages: Pick<MessageBook, 'cancel'>;
  readonly calendar: CalendarSource;
}

/**
 * Asked of each message as it is about to leave: words of an entry that is over or was withdrawn go to nobody, whoever should
 * have stopped them and has not come to it, and when they were tried anew by hand. True: it is held, the list of messages says
 * why, and the owner is told in the same transaction; who was to be put right stands in the list of corrections again. A
 * correction that failed and is tried anew by hand goes to nobody who is in that list: whoever works it off tells him.
 */
export function holdUntold(deps: HoldUntoldDeps) {
  const tell = tellUnwritten(deps);
  return async (message: ClaimedMessage): Promise<boolean> => {
    const at = deps.now();
    const told = await wordsOf(deps, message);
    if (told === 'overtaken') {
      await deps.messages.cancel(message, at, 'superseded');
      return true;
    }
    if (told === null) return false;
    const head = await deps.knowledge.head(told.entryId);
    const version = head?.versions.find(({ number }) => number === told.version);
    if (version === undefined) return false;
    const { calendar } = await deps.calendar.load();
    const why = unwritable(version, localDateOf(at, calendar.zone));
    if (why === null) return false;
    await deps.database.transact(async (tx) => {
      // Before the message: so does whoever ends these words.
      await deps.knowledge.lock(told.entryId, tx);
      // Whose claim ran out meanwhile tells nobody: whoever has it now does.
      if ((await deps.messages.cancel(message, at, why, tx)) === 'lost') return;
      await deps.corrections.reopen(message.dedupeKey, why, tx);
      await tell({ ...told, why }, tx);
    });
    return true;
  };
}

/** Which words of which entry it writes; null: it writes none. `overtaken`: whom it would put right is put right otherwise. */
async function wordsOf(
  { corrections }: Pick<HoldUntoldDeps, 'corrections'>,
  { kind, dedupeKey, subject }: ClaimedMessage,
): Promise<{ readonly entryId: string; readonly version: number } | 'overtaken' | null> {
  if (kind === 'knowledgeAnswer') return quotedBy(dedupeKey);
  if (kind !== 'knowledgeCorrected') return null;
  const corrected = await corrections.correctedWith(dedupeKey);
  if (corrected === null) return null;
  if (!corrected.counted) return 'overtaken';
  return corrected.version === null ? null : { entryId: subject.id, version: corrected.version };
}
