import type { Actor } from '../../domain/tickets/ticket.ts';
import { AppError } from '../errors.ts';
import type { KnowledgeBook } from '../ports/knowledge.ts';
import type { DoubtKind } from '../ports/knowledge-care.ts';
import { type AskOwnerDeps, askOwner } from './ask-owner.ts';

const KIND_WORDS: Readonly<Record<DoubtKind, string>> = {
  wrong: '内容有误',
  outOfDate: '内容过时',
  unclear: '市民听不懂',
};
const TITLE_QUESTION = 30;

export interface DoubtedEntry {
  readonly ticketId: string;
  readonly ticketNumber: string;
  /** `opened` a ticket, `joined` one that the unit has before it, `again`: said before in it by the same person, whose new note is kept. */
  readonly outcome: 'opened' | 'joined' | 'again';
}

/**
 * “有误/过时” in one key (J10): a ticket to the entry's owner with a working day. Until the unit has reported that done, whoever
 * says so too is a line more in it; later it would be read by nobody who can mend the entry.
 *
 * Refuses with `knowledge.unknown` and `knowledge.versionUnknown`.
 */
export function doubtEntry(deps: AskOwnerDeps & { readonly knowledge: KnowledgeBook }) {
  const ask = askOwner(deps);
  return async (asked: {
    readonly id: string;
    readonly entryId: string;
    readonly version: number;
    readonly kind: DoubtKind;
    readonly note: string;
    readonly callId: string | null;
    readonly actor: Actor;
  }): Promise<DoubtedEntry> => {
    const { id, entryId, version, kind, callId, actor } = asked;
    const by = actor.accountId;
    if (by === null) throw new Error('a doubt is a person’s');
    const words = await deps.knowledge.version(entryId, version);
    return deps.database.transact(async (tx) => {
      const entry = await deps.knowledge.lock(entryId, tx);
      if (entry === null) throw new AppError('knowledge.unknown', { entry: entryId });
      if (words === null) throw new AppError('knowledge.versionUnknown', { version });
      const note = asked.note.trim();
      const open = await deps.care.openDoubt({ entryId, version }, tx);
      const ticket =
        open ??
        (await ask(
          {
            ...{ kind: 'doubt', unitCode: entry.ownerUnit, key: `doubt:${id}`, entryId, version, actor },
            title: `知识纠错：${[...words.question].slice(0, TITLE_QUESTION).join('')}`,
            content: [
              `知识条目 ${entry.number} 第 ${version} 版，${KIND_WORDS[kind]}。`,
              `问题：${words.question}`,
              ...(note === '' ? [] : [`座席说明：${note}`]),
              '请核对：确有问题的，写新版本送审；没有问题的，说明依据。',
            ].join('\n'),
          },
          tx,
        ));
      if (ticket === null) throw new Error('a new doubt has a key of its own');
      const { ticketId, ticketNumber } = ticket;
      const doubt = { id, entryId, version, kind, note, callId, by, at: deps.now(), ticketId };
      const added = await deps.care.addDoubt(doubt, tx);
      const outcome = added === 'again' ? 'again' : open === null ? 'opened' : 'joined';
      return { ticketId, ticketNumber, outcome };
    });
  };
}
