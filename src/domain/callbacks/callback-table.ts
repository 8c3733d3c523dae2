/**
 * The life of a queue callback (排队回呼): the place that a citizen kept in the queue when he hung up. Modes:
 *
 *   onLine     来电中: the citizen is on the line, asking for it or having rung in himself; his call has the place
 *   waiting    排队中: stands in the router where the citizen stood
 *   dialling   回呼中: an agent and the citizen are being called, one after the other; leased to that one call
 *   resting    待重拨: between two tries, or over the night; stands nowhere
 *   fulfilled  已回呼 · cancelled 已取消 · failed 未能接通 · expired 已过期
 *
 * Whoever rings in and hangs up before anybody answered gets the callback back: he has lost nothing by trying.
 */
export const CALLBACK_TABLE = {
  onLine: {
    gotThrough: ['cancelled'],
    hungUp: ['waiting'],
    cancel: ['cancelled'],
  },
  waiting: {
    matched: ['dialling'],
    quiet: ['resting'],
    calledIn: ['onLine'],
    cancel: ['cancelled'],
    expire: ['expired'],
  },
  dialling: {
    reached: ['fulfilled'],
    notReached: ['resting', 'failed'],
    agentAway: ['waiting'],
    calledIn: ['onLine'],
    leaseOver: ['waiting'],
    cancel: ['cancelled'],
  },
  resting: {
    due: ['waiting'],
    calledIn: ['onLine'],
    cancel: ['cancelled'],
    expire: ['expired'],
  },
  fulfilled: {},
  cancelled: {},
  failed: {},
  expired: {},
} as const;

export type CallbackState = keyof typeof CALLBACK_TABLE;
export const CALLBACK_STATES = Object.keys(CALLBACK_TABLE) as readonly CallbackState[];

export const isOver = (state: CallbackState): boolean => Object.keys(CALLBACK_TABLE[state]).length === 0;
