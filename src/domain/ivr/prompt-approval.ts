import { movesOpen, type OpenMove } from '../moves/open-moves.ts';
import type { PromptVersion } from './prompt-register.ts';

export type ApprovalRefusal =
  | 'prompt.ownWork'
  | 'prompt.approvedAlready'
  | 'prompt.retiredAlready'
  | 'prompt.cannotBeMade'
  | 'prompt.endInThePast';

/**
 * Whether this account may let callers hear the version; null: it may. A voice that a whole city hears is nobody's alone:
 * one account makes it, another listens and says yes. With two operators each approves what the other made.
 */
export function approvalRefusal(
  version: Pick<PromptVersion, 'approvedAtMs' | 'retiredAtMs' | 'state' | 'validUntilMs'>,
  by: { readonly accountId: string; readonly maker: string | null },
  nowMs: number,
): ApprovalRefusal | null {
  if (version.retiredAtMs !== null) return 'prompt.retiredAlready';
  if (version.approvedAtMs !== null) return 'prompt.approvedAlready';
  if (by.accountId === by.maker) return 'prompt.ownWork';
  if (version.state === 'failed') return 'prompt.cannotBeMade';
  return version.validUntilMs !== null && version.validUntilMs <= nowMs ? 'prompt.endInThePast' : null;
}

/** What an account that may approve at all may do with the version as it is. */
export const openApproval = (...asked: Parameters<typeof approvalRefusal>): readonly OpenMove<'approve'>[] =>
  movesOpen<'approve', ApprovalRefusal>(['approve'], () => approvalRefusal(...asked), 'prompt.ownWork');
