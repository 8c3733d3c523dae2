import type { PresenceState } from './presence-table.ts';

/** A lead whom an agent hears at his talk, by name, or who has the talk in his stead. */
export interface LeadAtTalk {
  readonly callId: string;
  readonly how: 'whisper' | 'barge' | 'takenOver';
  readonly by: string;
  readonly atMs: number;
}

/** Whom he hears goes with the talk; who took it over is told until his next talk, or the end of the shift. */
export const leadAfter = (lead: LeadAtTalk | null, state: PresenceState): LeadAtTalk | null =>
  lead?.how === 'takenOver' && state !== 'TALKING' && state !== 'SIGNED_OUT' ? lead : null;
