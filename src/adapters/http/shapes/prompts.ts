import { Type } from '@fastify/type-provider-typebox';
import type { Role } from '../../../app/ports/accounts.ts';
import type { PromptEntry } from '../../../app/ports/prompt-books.ts';
import type { NamedPrompt } from '../../../domain/hotlines/prompt-names.ts';
import { openApproval } from '../../../domain/ivr/prompt-approval.ts';
import { onTheShelves } from '../../../domain/ivr/prompt-register.ts';
import { mayUse, POLICY } from '../policy.ts';
import { exactly, Instant, nullable, oneOf } from './elements.ts';
import { openMovesShape } from './open-moves.ts';

export const PromptName = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
  description: '语音名',
  examples: ['greeting-main'],
});
export const PromptNameParams = exactly({ name: PromptName });
export const Basis = Type.Optional(Type.String({ maxLength: 100, description: '依据：批准文件、来函' }));
export const Language = Type.String({ maxLength: 20, default: 'zh-CN', description: '语言，如 zh-CN' });

export const PromptShape = exactly({
  id: Type.String(),
  name: Type.String(),
  version: Type.Integer(),
  kind: oneOf(['spoken', 'recorded'], { description: '合成，或录音' }),
  language: Type.String(),
  text: Type.String(),
  validUntil: nullable(Instant),
  basis: Type.String({ description: '依据' }),
  approvedAt: nullable(Instant),
  approvedBy: nullable(Type.String({ description: '批准人：制作人以外的账号' })),
  approverNoted: nullable(Type.String({ description: '启用批准之前的历史记录所写的批准人' })),
  state: oneOf(['waiting', 'ready', 'failed']),
  failure: nullable(Type.String({ description: '未能制作的原因' })),
  durationMs: nullable(Type.Integer()),
  madeBy: Type.String(),
  madeAt: Instant,
  readyAt: nullable(Instant),
  retiredAt: nullable(Instant),
  retiredBy: nullable(Type.String()),
  retiredBecause: nullable(Type.String()),
  heard: Type.Boolean({ description: '现在播放的是此版本' }),
  moves: openMovesShape(['approve']),
});

export const NamedPromptShape = exactly({
  name: Type.String(),
  text: nullable(Type.String({ description: '没有登记的版本时所说的文字；null 为没有' })),
  from: nullable(oneOf(['product', 'menu'], { description: '系统自带，或菜单自有的文字' })),
  uses: Type.Array(exactly({ thing: oneOf(['line', 'menu']), key: Type.String(), name: Type.String() }), {
    description: '现行规则中的用处：号码的问候语、菜单',
  }),
});
export const shownName = ({ uses, ...same }: NamedPrompt) => ({
  ...same,
  uses: uses.map((use) => ({ ...use })),
});

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** Whether this version is what callers hear. `all`: every version of its name. */
export function isHeard(entry: PromptEntry, all: readonly PromptEntry[], nowMs: number): boolean {
  const shelf = onTheShelves(all, nowMs).filter(
    ({ name, state }) => name === entry.name && state === 'ready',
  );
  const top = shelf.find(({ kind }) => kind === 'recorded') ?? shelf[0];
  return top?.id === entry.id;
}

/** As the account sees it that asks. */
export function shownPrompt(
  entry: PromptEntry,
  all: readonly PromptEntry[],
  nowMs: number,
  { id, roles }: { readonly id: string; readonly roles: readonly Role[] },
) {
  const { validUntilMs, madeAtMs, readyAtMs, retiredAtMs, approvedAtMs, makerId: maker, ...same } = entry;
  const approves = mayUse(POLICY.approvePrompt, roles);
  return {
    ...same,
    validUntil: iso(validUntilMs),
    madeAt: new Date(madeAtMs).toISOString(),
    readyAt: iso(readyAtMs),
    approvedAt: iso(approvedAtMs),
    retiredAt: iso(retiredAtMs),
    heard: isHeard(entry, all, nowMs),
    moves: approves ? [...openApproval(entry, { accountId: id, maker }, nowMs)] : [],
  };
}
