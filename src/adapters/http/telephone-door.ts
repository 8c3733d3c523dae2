import { type Authenticated, authenticate } from '../../app/organisation/authenticate.ts';
import { DatabaseAway } from '../../app/ports/transaction.ts';
import type { OperationId } from './policy.ts';
import type { ApiServices } from './services.ts';

/** A database that has not answered by then is away to a telephone, as it is to `/readyz`: nobody holds a citizen so long. */
const PATIENCE_MS = 1500;

/**
 * What the telephone needs and no book: it goes on while the database is away. What looks something up in a book first
 * (a place's number, a duty list, a ticket to call about), or must be on record there before it is done (a forced sign-out,
 * listening in, the emergency bridge), is refused with `database.away`. What agents do is told in the facts of the call.
 */
const OF_THE_TELEPHONE: ReadonlySet<OperationId> = new Set<OperationId>([
  'agentSignIn',
  'agentSignOut',
  'agentReady',
  'agentNotReady',
  'agentEndWrapUp',
  'agentExtendWrapUp',
  'agentWithdrawRequest',
  'agentAnswer',
  'agentReleaseCall',
  'agentNotReached',
  'agentHeartbeat',
  'agentUsePhone',
  'talkHold',
  'talkResume',
  'talkReconnect',
  'talkMute',
  'talkUnmute',
  'talkDigits',
  'talkTransfer',
  'talkConsult',
  'talkInvite',
  'talkSwap',
  'talkCancel',
  'talkComplete',
  'talkMerge',
  'talkRemove',
  'talkAccepted',
  'talkLeave',
  'pauseRecording',
  'resumeRecording',
  'endListening',
  'listAgents',
  'listLiveCalls',
  'watchLive',
  'connectPhone',
  // A page that is loaded anew has its telephone from these.
  'readSession',
  'openOtherPhone',
  // And who leaves his desk does not leave it open to the next who loads the page.
  'closeSession',
]);

/** Whose token this is; null when nobody's. Rejects with `DatabaseAway`, but for a telephone whose owner was seen lately. */
export async function whoAsks(
  services: ApiServices,
  operation: OperationId,
  token: string,
): Promise<Authenticated | null> {
  const asked = authenticate(services, token, services.now());
  if (!OF_THE_TELEPHONE.has(operation)) return asked;
  const known = (): Authenticated | null => {
    const tokenHash = services.mint.hashToken(token);
    const session = services.sessions.lately(tokenHash, services.now());
    return session === null ? null : { ...session, tokenHash, booksAway: true };
  };
  const answered = asked.catch((error: unknown) => {
    const session = error instanceof DatabaseAway ? known() : null;
    if (session === null) throw error;
    return session;
  });
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silence'>((resolve) => {
    timer = setTimeout(() => resolve('silence'), PATIENCE_MS);
  });
  try {
    const first = await Promise.race([answered, silence]);
    // Whom nobody has seen waits for what the database says.
    return first === 'silence' ? (known() ?? (await answered)) : first;
  } finally {
    clearTimeout(timer);
  }
}
