import type { NoticePublisher } from '../live/notices.ts';
import type { Authenticated } from './authenticate.ts';
import type { SeenSessions } from './seen-sessions.ts';

/**
 * Ends this session, here and at every other API, and closes the pages that were opened with it. It is over also while the
 * database is away: who leaves his desk does not leave it to whoever loads the page anew. The database is told later then.
 */
export async function signOut(
  { sessions, publisher }: { readonly sessions: SeenSessions; readonly publisher: NoticePublisher },
  { account, tokenHash, booksAway }: Pick<Authenticated, 'account' | 'tokenHash' | 'booksAway'>,
  nowMs: number,
): Promise<void> {
  if (booksAway) sessions.end(tokenHash);
  else await sessions.remove(tokenHash);
  await publisher.publish({
    ...{ kind: 'sessionsEnded', accountId: account.id, unitCode: null, atMs: nowMs },
    tokenHash: Buffer.from(tokenHash).toString('hex'),
  });
}
