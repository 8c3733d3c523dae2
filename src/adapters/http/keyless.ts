import type { OperationId } from './policy.ts';

/** Each POST takes an Idempotency-Key, but for these; the reason beside them is what a repetition meets instead. */
export const KEYLESS = {
  /** A key is an account's: links, numbers with telephones and attempts have guards of their own, and words are kept once. */
  'nobody is signed in': [
    'openSession',
    'lodgeAppeal',
    'followTicket',
    'writeToTicket',
    'rateOwnTicket',
    'readVisitLink',
    'answerVisitLink',
  ],
  /** Known by the id that the channel gave it: sent again it is answered as before. */
  'a message has an id of its own': ['receiveSms', 'receiveWechat'],
  /** Asked again it is answered by what holds then. */
  'a question, by which nothing changes': [
    'suggestUnitsForText',
    'suggestSimilar',
    'lintKnowledge',
    'tryRules',
    'replayRules',
    'checkMenu',
  ],
  /** Each look is on record by itself, and of what it showed nothing is kept. */
  'shows a name or a number in full': [
    'revealCaller',
    'revealCitizen',
    'revealSubscribers',
    'revealCallDraft',
  ],
  /** Not even a hash of it is kept. */
  'carries a password alone': ['setPassword'],
  /** Call control answers with the state as it is by then, also while the database is away. */
  'a state that is said: said again it is the same': [
    'agentSignIn',
    'agentSignOut',
    'agentReady',
    'agentNotReady',
    'agentWithdrawRequest',
    'agentEndWrapUp',
    'agentExtendWrapUp',
    'agentHeartbeat',
    'agentReleaseCall',
    'agentUsePhone',
    'forceAgentSignOut',
    'pauseRecording',
    'resumeRecording',
  ],
} as const satisfies Readonly<Record<string, readonly OperationId[]>>;

const NAMED: ReadonlySet<string> = new Set(Object.values(KEYLESS).flat());

export const isKeyless = (operation: string | undefined): boolean =>
  operation === undefined || NAMED.has(operation);
