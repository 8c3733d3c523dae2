import { type AskOwnerDeps, askOwner } from './ask-owner.ts';
import type { AfterVersionMove } from './move-version.ts';

/**
 * 补审: what was published at once goes to its owner as a ticket in the same transaction, so that somebody is pressed for
 * the second look. Who confirms it is another person than who wrote or published it.
 */
export function askReview(deps: AskOwnerDeps): AfterVersionMove {
  const ask = askOwner(deps);
  return async ({ entry, version, content, move, actor, reason }, tx) => {
    if (move !== 'publishAtOnce') return;
    await ask(
      {
        ...{ kind: 'review', unitCode: entry.ownerUnit, key: `review:${entry.id}:${version.number}` },
        ...{ entryId: entry.id, version: version.number, actor },
        title: `应急发布补审：${[...content.question].slice(0, 30).join('')}`,
        content: [
          `知识条目 ${entry.number} 第 ${version.number} 版已应急发布，理由：${reason.trim()}`,
          `问题：${content.question}`,
          `口播答复：${content.answer}`,
          '请核对内容：无误的，由没有参与起草和发布的人补审；有误的，写新版本送审或撤回。',
        ].join('\n'),
      },
      tx,
    );
  };
}
