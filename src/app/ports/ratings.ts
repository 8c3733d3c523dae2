import type { Transaction } from './transaction.ts';

/** How the talks of one agent in a period were judged. Days are local, both included. */
export interface AgentRatings {
  readonly agentId: string;
  readonly number: string;
  readonly displayName: string;
  /** Citizens who were asked at the end of a talk, whatever they answered. */
  readonly asked: number;
  /** How often each grade was given, from 5 (very satisfied) down to 1. */
  readonly given: readonly [number, number, number, number, number];
}

/** A talk whose citizen hung up before he could be asked. */
export interface UnratedCall {
  readonly callId: string;
  readonly callerNumber: string;
  /** Work number of the agent who talked with him last. */
  readonly agent: string;
}

export interface RatingBooks {
  ofAgents(period: { readonly from: string; readonly to: string }): Promise<readonly AgentRatings[]>;
  /** To desks that write to such citizens, ended since; only mobile numbers, and nobody who was written to. */
  unrated(
    asked: { readonly endedSince: number; readonly limit: number },
    tx: Transaction,
  ): Promise<readonly UnratedCall[]>;
}
