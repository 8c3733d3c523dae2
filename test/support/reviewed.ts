import type { ReplyChecklist } from '../../src/domain/tickets/reply-checklist.ts';

const met = { finding: 'met' } as const;

/** What a reply was held against, and met. */
export const REVIEWED: ReplyChecklist = { answersEach: met, contactMade: met, evidence: met, tone: met };
/** With which it goes back to its unit. */
export const FAULTED: ReplyChecklist = {
  ...REVIEWED,
  answersEach: { finding: 'unmet', mark: '未答第二问' },
};
