import type { TalkQuality } from '../../domain/calls/talk-quality.ts';

/** Times are ISO 8601 in UTC. */
export interface MeasuredTalk extends TalkQuality {
  readonly leg: string;
  readonly agentId: string;
  readonly agentNumber: string | null;
  readonly measuredAt: string;
  readonly bad: boolean;
}

export interface TalkQualityBook {
  /** Whether this agent talked on this leg; `unknown`: the books do not have the leg (yet). */
  talkedOn(leg: {
    readonly callId: string;
    readonly leg: string;
    readonly agentId: string;
  }): Promise<'yes' | 'no' | 'unknown'>;
  /** Once a leg: what is told again changes nothing. */
  add(
    talk: TalkQuality & {
      readonly callId: string;
      readonly leg: string;
      readonly agentId: string;
      readonly at: number;
      readonly bad: boolean;
    },
  ): Promise<void>;
  ofCall(callId: string): Promise<readonly MeasuredTalk[]>;
}
