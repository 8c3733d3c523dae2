import type { HelpAnswer, HelpEvent, HelpState } from '../../domain/help/help-table.ts';
import type { Transaction } from './transaction.ts';

/** Times are ISO 8601 in UTC. */
export interface HelpRequest {
  readonly id: string;
  readonly callId: string;
  readonly agentId: string;
  readonly agentNumber: string | null;
  readonly agentName: string;
  readonly askedAt: string;
  readonly state: HelpState;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly how: HelpAnswer | null;
  /** What was said last in the thread of the call; null: he asked without a word. */
  readonly last: string | null;
}

export interface HelpLine {
  readonly id: string;
  readonly at: string;
  readonly byName: string;
  /** As what its writer said it: who asks, the lead who answers, an expert on the line. */
  readonly from: HelpSpeaker;
  /** Whoever reads is its writer or the agent for whom an expert wrote it: he reads the numbers in it. */
  readonly inFull: boolean;
  readonly text: string;
}

export const HELP_SPEAKERS = ['agent', 'lead', 'expert'] as const;
export type HelpSpeaker = (typeof HELP_SPEAKERS)[number];

export interface HelpThread {
  /** The last that was asked in this call; null: nobody asked. */
  readonly request: HelpRequest | null;
  readonly lines: readonly HelpLine[];
}

export interface HelpBook {
  /** `open`: one of this agent in this call stands already; `known`: one with this id does, whatever became of it. */
  ask(
    request: { readonly id: string; readonly callId: string; readonly agentId: string; readonly at: number },
    tx: Transaction,
  ): Promise<'asked' | 'open' | 'known'>;
  /** `known`: a line with this id stands. */
  say(
    line: {
      readonly id: string;
      readonly callId: string;
      readonly by: string;
      readonly fromLead: boolean;
      readonly at: number;
      readonly text: string;
      /** Told to this agent, who asked nobody here: by an expert whom he has on the line. */
      readonly meantFor?: string;
    },
    tx?: Transaction,
  ): Promise<'said' | 'known'>;
  /** Ends what is open in the call (`agentId`: of this agent alone); returns how many that were. */
  end(
    event: Exclude<HelpEvent, 'callEnded'>,
    of: { readonly callId: string; readonly agentId?: string },
    by: { readonly accountId: string; readonly at: number; readonly how: HelpAnswer | null },
    tx?: Transaction,
  ): Promise<number>;
  /** Ends what is open of calls that are over; returns how many. */
  endOver(at: number, limit: number): Promise<number>;
  /** The oldest first. */
  open(): Promise<readonly HelpRequest[]>;
  /**
   * `of`: of this agent alone, what he asked and what was answered while he asked or before another did; nothing of what others
   * wrote to their leads. What an expert wrote to him is his as well; what he wrote as one, too. `reader`: for whom it is read,
   * where that is not `of`.
   */
  thread(callId: string, of?: string, reader?: string): Promise<HelpThread>;
}
