/**
 * A call that nobody answered, as work (C14): one item for each number, however often it rang in vain. Modes:
 *
 *   open      待回拨 · claimed 处理中: one person holds it for a while, then it is open again
 *   done      已处理 · obsolete 已无需处理: the citizen got through by himself
 */
export const MISSED_CALL_TABLE = {
  open: { claim: ['claimed'], gotThrough: ['obsolete'] },
  claimed: { finish: ['done'], release: ['open'], claim: ['claimed'], gotThrough: ['obsolete'] },
  done: {},
  obsolete: {},
} as const;

export type MissedCallState = keyof typeof MISSED_CALL_TABLE;
export const MISSED_CALL_STATES = Object.keys(MISSED_CALL_TABLE) as readonly MissedCallState[];

export interface MissedCallRules {
  /** Who hung up sooner did not wait for us: listed, and not written to. */
  readonly messageAfterMs: number;
  readonly message: boolean;
  /** Claims in any hour, of the whole house: calls back must not take the agents from who rings in. */
  readonly perHour: number;
}

export const DEFAULT_MISSED_CALL_RULES: MissedCallRules = {
  messageAfterMs: 10_000,
  message: true,
  perHour: 60,
};

/** Rules as they were stored by whatever release: the only place that fills in what it did not know. */
export function storedMissedCallRules(stored: unknown): MissedCallRules {
  const known = typeof stored === 'object' && stored !== null ? (stored as Partial<MissedCallRules>) : {};
  return { ...DEFAULT_MISSED_CALL_RULES, ...known };
}

export type ClaimDecision =
  | { readonly kind: 'claim' }
  /** It is already the asker's: asking twice is asking once. */
  | { readonly kind: 'held' }
  | {
      readonly kind: 'refused';
      readonly code: 'missedCall.taken' | 'missedCall.over' | 'missedCall.quotaUsed';
    };

export function decideClaim(
  item: {
    readonly state: MissedCallState;
    readonly claimedBy: string | null;
    readonly claimedUntilMs: number | null;
  },
  by: {
    readonly accountId: string;
    readonly nowMs: number;
    readonly claimedInHour: number;
    readonly perHour: number;
  },
): ClaimDecision {
  const { state, claimedBy, claimedUntilMs } = item;
  if (state === 'done' || state === 'obsolete') return { kind: 'refused', code: 'missedCall.over' };
  const held = state === 'claimed' && (claimedUntilMs ?? 0) > by.nowMs;
  if (held)
    return claimedBy === by.accountId ? { kind: 'held' } : { kind: 'refused', code: 'missedCall.taken' };
  return by.claimedInHour >= by.perHour
    ? { kind: 'refused', code: 'missedCall.quotaUsed' }
    : { kind: 'claim' };
}

/** 【如东县12345】您好，刚才未能及时接听您的来电…… */
export function missedYouText(input: { readonly municipality: string; readonly mainNumber: string }): string {
  const { municipality, mainNumber } = input;
  return (
    `【${municipality}${mainNumber}】您好！刚才未能及时接听您的来电，十分抱歉。` +
    `我们将尽快与您联系，您也可随时再次拨打${mainNumber}。`
  );
}
