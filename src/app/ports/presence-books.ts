import type { PresencePoint } from '../../domain/agents/intervals.ts';
import type { PresenceRules } from '../../domain/agents/presence-rules.ts';
import type { Transaction } from './transaction.ts';

/** A local day of the municipality, with what is known of an agent in it. */
export interface PresenceDay {
  readonly fromMs: number;
  readonly toMs: number;
  /** In order; the last before the day and the first after it among them, so that no interval is cut. */
  readonly points: readonly (PresencePoint & { readonly byName: string | null })[];
}

export interface KeptPresenceRules {
  /** 0: nobody changed them yet. */
  readonly revision: number;
  readonly rules: PresenceRules;
}

export interface PresenceBooks {
  /** `day`: `YYYY-MM-DD`. */
  day(agentId: string, day: string): Promise<PresenceDay>;
  rules(tx?: Transaction): Promise<KeptPresenceRules>;
  /** False when the rules are no longer at `revision`: nothing was overwritten. */
  replaceRules(
    rules: PresenceRules,
    change: { readonly revision: number; readonly by: string; readonly atMs: number },
    tx: Transaction,
  ): Promise<boolean>;
}
