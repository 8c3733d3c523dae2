import type { Employer, Employment } from '../../domain/employers/employer.ts';
import type { Transaction } from './transaction.ts';

export interface KeptEmployment extends Employment {
  readonly reason: string;
  /** Who entered it; null: with the agent himself, or before there was a list. */
  readonly by: string | null;
  /** Routing goes by it. */
  readonly effective: boolean;
}

export interface EmployerBook {
  list(tx?: Transaction): Promise<readonly Employer[]>;
  byCode(code: string, tx?: Transaction): Promise<Employer | null>;
  add(employer: Employer, tx?: Transaction): Promise<'added' | 'taken'>;
  /** `hasMembers`: an agent is its, or is going to be. */
  end(code: string, at: number, tx: Transaction): Promise<'ended' | 'hasMembers' | 'unknown'>;

  /** Oldest first. */
  employments(agentId: string, tx?: Transaction): Promise<readonly KeptEmployment[]>;
  /** Holds the agent until the transaction ends; false: there is none. */
  lockAgent(agentId: string, tx: Transaction): Promise<boolean>;
  /** In place of what was entered for the same day. */
  employ(
    entry: Employment & { readonly agentId: string; readonly reason: string; readonly by: string },
    at: number,
    tx: Transaction,
  ): Promise<void>;
  /** Signed in or rung on that local day. */
  workedOn(agentId: string, day: string, tx: Transaction): Promise<boolean>;
  /** Of those whose day has come, how many were not in effect yet; now they are. */
  takeEffect(today: string, at: number, tx: Transaction): Promise<number>;

  /** An agent who was this employer's on that local day. */
  employs(employer: string, agentId: string, day: string): Promise<boolean>;
  /** By call: those who were rung in it and were this employer's on that day. */
  agentsIn(employer: string, callIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** What staff say in that call is said by this employer's agents, as of that day, and by nobody else. */
  speaksAlone(employer: string, callId: string): Promise<boolean>;
}
