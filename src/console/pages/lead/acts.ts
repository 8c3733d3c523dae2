import type { AgentSeen } from '../../live/messages.ts';

export type ListenMode = 'monitor' | 'whisper' | 'barge' | 'takeOver';

/** From far to near, with the word of each. */
export const LISTEN_MODES: readonly (readonly [ListenMode, string])[] = [
  ['monitor', 'listen'],
  ['whisper', 'whisper'],
  ['barge', 'barge'],
  ['takeOver', 'takeOver'],
];

/** What a lead is about to do; asked about once, with the reason that goes on record. */
export type Act = { readonly key: string } & (
  | { readonly kind: 'listen'; readonly callId: string; readonly mode: ListenMode }
  | { readonly kind: 'signOut'; readonly agent: AgentSeen }
  | { readonly kind: 'queues'; readonly agent: AgentSeen }
);
