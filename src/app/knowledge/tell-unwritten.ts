import type { Unwritable } from '../../domain/knowledge/quoting.ts';
import { SYSTEM } from '../../domain/tickets/ticket.ts';
import type { KnowledgeBook } from '../ports/knowledge.ts';
import type { Transaction } from '../ports/transaction.ts';
import { type AskOwnerDeps, askOwner } from './ask-owner.ts';

export interface TellUnwrittenDeps extends AskOwnerDeps {
  readonly knowledge: KnowledgeBook;
}

const WHY_WORDS: Readonly<Record<Unwritable, string>> = { expired: '已到期', withdrawn: '已撤回' };
const TITLE_QUESTION = 30;

/**
 * Citizens were told words and were to have them in writing, which they have not: whoever owns them is asked to say what is
 * right, by a ticket about the version; what happens while it has not answered that is in it, and later there is another. Nobody
 * else would hear of it: the agent has the next citizen by then.
 */
export function tellUnwritten(deps: TellUnwrittenDeps) {
  const ask = askOwner(deps);
  return async (
    {
      entryId,
      version,
      why,
    }: { readonly entryId: string; readonly version: number; readonly why: Unwritable },
    tx: Transaction,
  ): Promise<void> => {
    // Of two messages at once the second finds the ticket of the first.
    const entry = await deps.knowledge.lock(entryId, tx);
    const words = await deps.knowledge.version(entryId, version, tx);
    if (entry === null || words === null) return;
    const key = `unwritten:${entryId}:${version}`;
    const { times, waits } = await deps.care.asked({ entryId, version, key }, tx);
    if (waits) return;
    await ask(
      {
        ...{
          kind: 'expired',
          unitCode: entry.ownerUnit,
          key: times === 0 ? key : `${key}:${times + 1}`,
          actor: SYSTEM,
        },
        ...{ entryId, version },
        title: `短信答复未发出：${[...words.question].slice(0, TITLE_QUESTION).join('')}`,
        content: [
          `知识条目 ${entry.number} 第 ${version} 版${WHY_WORDS[why]}。等待发给市民的短信（答复或更正）已停发，市民没有收到。`,
          `问题：${words.question}`,
          '请核对现行口径：写新版本送审，或说明不再需要；此前的答复有误的，请热线登记“答复更正”，逐一告知市民。',
        ].join('\n'),
      },
      tx,
    );
  };
}
