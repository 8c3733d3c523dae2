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
