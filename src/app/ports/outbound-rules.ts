import type { OutboundRules } from '../../domain/callbacks/outbound-rules.ts';
import type { Transaction } from './transaction.ts';

export interface KeptOutboundRules {
  /** 0: nobody changed them yet. */
  readonly revision: number;
  readonly rules: OutboundRules;
}

export interface OutboundRulesBook {
  read(tx?: Transaction): Promise<KeptOutboundRules>;
  /** False when the rules are no longer at `revision`: nothing was overwritten. */
  replace(
    rules: OutboundRules,
    change: { readonly revision: number; readonly by: string; readonly atMs: number },
    tx: Transaction,
  ): Promise<boolean>;
  /**
   * With the first start: nothing that somebody has changed is touched, but for what his rules cannot say, because a
   * release of before kept it elsewhere. False: nothing was to do.
   */
  begin(rules: OutboundRules, atMs: number): Promise<boolean>;
}
