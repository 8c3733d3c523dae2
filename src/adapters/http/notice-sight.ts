import type { Notice } from '../../app/live/notices.ts';
import type { Account } from '../../app/ports/accounts.ts';

/** Who is told at once; the books have it all for whoever may read them. */
export function noticeConcerns(account: Account, notice: Notice): boolean {
  const { id, roles, unitCode, employer = null } = account;
  const isOutside = unitCode !== null || employer !== null;
  // The house's own business: the pages of that account are looked at, and nobody is told.
  if (notice.kind === 'sessionsEnded') return false;
  // What an agent asks his leads is theirs and his.
  if (notice.kind === 'help') return notice.agentId === id || (!isOutside && roles.includes('lead'));
  // By which codes matters are sorted is no secret, and every page shows them.
  if (notice.kind === 'codeList') return true;
  if (unitCode !== null && unitCode === notice.unitCode) return true;
  if ((notice.kind === 'knowledgeNotice' || notice.kind === 'surgeMode') && roles.includes('agent'))
    return true;
  return !isOutside && roles.some((role) => role !== 'agent' && role !== 'unit');
}
