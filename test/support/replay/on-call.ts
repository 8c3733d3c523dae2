import type { TalkWish } from '../../../src/app/ports/talk-commands.ts';
import type { ApiClient } from '../../../src/demo/api-client.ts';

// Who is on call in a day that is lived through twice: the first is called, then the second, each once.

const CODE = 'centre';
const NAME = '中心应急';
const HOUR_MS = 3_600_000;
/** Longer than anybody is let ring: who is called next is what people do, not time. */
const RUNG_AFTER_S = 300;
/** Numbers of no citizen of any day. */
const LADDER = [
  { name: '甲', number: '13700138301' },
  { name: '乙', number: '13700138302' },
] as const;

/** As the API makes it of the duty list. */
export const BRIDGE_WISH: TalkWish = {
  kind: 'emergencyBridge',
  list: NAME,
  rule: { mode: 'ladder', rungAfterMs: RUNG_AFTER_S * 1000, rounds: 1, retryAfterMs: 0 },
  ladder: LADDER,
  note: {},
};

export const BRIDGE_BODY = { list: CODE, reason: '演练规则' } as const;

export async function layDutyList(operator: ApiClient): Promise<void> {
  const rule = { mode: 'ladder', rungAfterSeconds: RUNG_AFTER_S, rounds: 1, retryAfterSeconds: 0 };
  await operator.post('/v1/duty-lists', { code: CODE, name: NAME, rule });
  await operator.post(`/v1/duty-lists/${CODE}/shifts`, {
    from: new Date(Date.now() - HOUR_MS).toISOString(),
    to: new Date(Date.now() + 12 * HOUR_MS).toISOString(),
    ladder: LADDER,
  });
}
