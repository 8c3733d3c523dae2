/** When waiting citizens of a queue are offered to be called back, and how far the hotline goes to reach them. */
export interface CallbackRule {
  /** Offered to who has waited for so long; null: not for that. */
  readonly afterWaitMs: number | null;
  /** Offered as soon as the wait is estimated above this; null: not for that. */
  readonly aboveEstimateMs: number | null;
  /** Said again to who waits on; the key counts from the first time on. */
  readonly repeatEveryMs: number;
  /** A promise that is not kept by then is not kept any more: the citizen goes to the list of missed calls. */
  readonly validMs: number;
  /** Calls to the citizen's telephone before it is given up. */
  readonly attempts: number;
  /** Minutes of the local day in which nobody is called who did not just ask for it. */
  readonly quietHours: { readonly fromMinute: number; readonly toMinute: number };
}

/** For an operator who only says when. */
export const USUAL_CALLBACK_RULE: CallbackRule = {
  afterWaitMs: 60_000,
  aboveEstimateMs: 180_000,
  repeatEveryMs: 120_000,
  validMs: 4 * 3_600_000,
  attempts: 3,
  quietHours: { fromMinute: 22 * 60, toMinute: 7 * 60 },
};

/** When the offer is due for who waits since then; null: never, as things stand. `offeredMs`: the last time it was said. */
export function offerDueMs(
  rule: CallbackRule,
  waits: { readonly sinceMs: number; readonly offeredMs: number | null; readonly estimateMs: number | null },
  nowMs: number,
): number | null {
  const { sinceMs, offeredMs, estimateMs } = waits;
  if (offeredMs !== null) return offeredMs + rule.repeatEveryMs;
  if (rule.aboveEstimateMs !== null && estimateMs !== null && estimateMs > rule.aboveEstimateMs) return nowMs;
  return rule.afterWaitMs === null ? null : sinceMs + rule.afterWaitMs;
}

/** As an operator reads it. */
export function callbackWords(rule: CallbackRule): string {
  const { afterWaitMs, aboveEstimateMs, attempts, validMs } = rule;
  const when = [
    ...(afterWaitMs === null ? [] : [`等待 ${afterWaitMs / 1000} 秒后`]),
    ...(aboveEstimateMs === null ? [] : [`预计等待超过 ${aboveEstimateMs / 1000} 秒时`]),
  ].join('或');
  return `${when === '' ? '不主动提示' : `${when}提示`}，最多回拨 ${attempts} 次，${validMs / 60_000} 分钟内有效`;
}
