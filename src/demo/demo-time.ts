import { PRESETS } from '../domain/deadlines/presets.ts';
import { Setback } from '../runtime/setback.ts';
import type { ApiClient } from './api-client.ts';
import type { Operators } from './demo-rules.ts';
import type { Say } from './demo-target.ts';

/** The stories' own category, so that no other ticket's time is touched. */
export const DEMO_CATEGORY = 'environment.dust';
/** Five working days are twenty seconds. */
export const DAY_SECONDS = 4;
/** Should the demo be killed, it ends all the same. */
const DEMO_AT_MOST_MS = 10 * 60_000;
const REASON = '演示：压缩时间';

interface LimitSetSeen {
  readonly number: number;
  readonly preset: string;
  readonly state: string;
  readonly content: object;
}

/**
 * Publishes, through the limits' own API and by two persons, that tickets of the demo's category count a day as seconds: same limits,
 * same jobs, same clocks. Returns what takes it back.
 */
export async function compressTime({ author, second }: Operators, say: Say): Promise<() => Promise<void>> {
  const { inForce, sets } = await author.get<{ inForce: number; sets: readonly LimitSetSeen[] }>(
    '/v1/limits',
  );
  const latest = sets.find(({ state }) => state !== 'rejected' && state !== 'withdrawn');
  const before = sets.find(({ number }) => number === inForce);
  if (latest === undefined || before === undefined || latest.number !== inForce) {
    throw new Setback(
      'demo.limitsUnderWay',
      `时限规定第 ${latest?.number ?? '—'} 版待批或待生效，演示不在其上另提一版。`,
      '请先批准、撤回或等其生效，再演示。',
    );
  }
  const untilMs = Date.now() + DEMO_AT_MOST_MS;
  const shown = await publish({ author, second }, before, inForce, {
    compressed: { category: DEMO_CATEGORY, daySeconds: DAY_SECONDS, untilMs },
  });
  say(`时限第 ${shown} 版：演示分类的工单一日按 ${DAY_SECONDS} 秒计，其余不变，到时自行恢复。`);
  return async () => {
    const back = await publish({ author, second }, before, shown, { compressed: null });
    say(`时限已恢复（第 ${back} 版）。`);
  };
}

async function publish(
  { author, second }: Operators,
  from: LimitSetSeen,
  base: number,
  part: object,
): Promise<number> {
  const preset = PRESETS.find(({ code }) => code === from.preset)?.code ?? PRESETS[0].code;
  const content = { ...from.content, ...part };
  const asked = await author.post<{ number: number; state: string }>('/v1/limits', {
    ...{ preset, base, content, reason: REASON },
  });
  if (asked.state === 'proposed') await approve(second, asked.number);
  return asked.number;
}

async function approve(second: ApiClient, number: number): Promise<void> {
  await second.post(`/v1/limits/${number}/decisions`, { decision: 'approve', reason: REASON });
}
