import { type HoldingNotice, unreadBy } from '../../domain/agents/notice-hold.ts';

/**
 * Critical notices in the memory of call control. As published with the configuration, and since then as agents read them:
 * a receipt is in the books before it is told here, so that a new configuration takes nothing back.
 */
export class NoticeHold {
  #notices: readonly HoldingNotice[] = [];

  use(notices: readonly HoldingNotice[]): void {
    this.#notices = notices;
  }

  read(agentId: string, noticeIds: readonly string[]): void {
    this.#notices = this.#notices.map((one) =>
      noticeIds.includes(one.id) && !one.readBy.includes(agentId)
        ? { ...one, readBy: [...one.readBy, agentId] }
        : one,
    );
  }

  unread(agentId: string, nowMs: number): readonly HoldingNotice[] {
    return unreadBy(this.#notices, agentId, nowMs);
  }
}
