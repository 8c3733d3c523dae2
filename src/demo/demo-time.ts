import { DEMONSTRATION_CATEGORY } from '../domain/deadlines/compressed-time.ts';
import { PRESETS } from '../domain/deadlines/presets.ts';
import { Setback } from '../runtime/setback.ts';
import { type ApiClient, ApiRefusal } from './api-client.ts';
import type { Operators } from './demo-rules.ts';
import type { Say } from './demo-target.ts';

/** Five working days are twenty seconds. */
export const DAY_SECONDS = 4;
/** Should the demo be killed, it ends all the same. */
const DEMO_AT_MOST_MS = 10 * 60_000;
const REASON = '演示：压缩时间';

/** Asked before the first call: minutes later the stories could not be told. Nothing is written. */
export async function refuseRealTime(author: ApiClient): Promise<void> {
  const { inForce, sets } = await author.get<{ inForce: number; sets: readonly LimitSetSeen[] }>(
    '/v1/limits',
  );
  const set = sets.find(({ number }) => number === inForce);
  if (set === undefined) return;
  try {
    await author.post('/v1/limits', {
      ...{ preset: presetOf(set), base: inForce, reason: REASON, dryRun: true },
      content: {
        ...set.content,
        compressed: {
          category: DEMONSTRATION_CATEGORY,
          daySeconds: DAY_SECONDS,
          untilMs: Date.now() + 60_000,
        },
      },
    });
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    if (error.code === 'limits.compressedOff') {
      throw new Setback(
        'demo.compressedOff',
        '本实例未开启压缩时间，演示的工单无从在几分钟内走完。Time is not compressed on this instance.',
        '只在演示用的实例上，以 COMPRESSED_TIME=on 重新启动。Start an instance for demonstrations with COMPRESSED_TIME=on.',
      );
    }
    if (error.code === 'ticket.categoryUnknown') {
      throw new Setback(
        'demo.noCategory',
        `本实例没有演示用的分类 ${DEMONSTRATION_CATEGORY}：不是示例数据，或由较早的版本建立。`,
        '请另起一个演示用的实例：npm start -- --detach --port-base 13000，再 npm run demo -- --port-base 13000',
      );
    }
    // Whatever else is in the way may be gone by then, and is said then.
  }
}

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
    compressed: { category: DEMONSTRATION_CATEGORY, daySeconds: DAY_SECONDS, untilMs },
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
  const preset = presetOf(from);
  const content = { ...from.content, ...part };
  const asked = await author.post<{ number: number; state: string }>('/v1/limits', {
    ...{ preset, base, content, reason: REASON },
  });
  if (asked.state === 'proposed') await approve(second, asked.number);
  return asked.number;
}

const presetOf = (from: LimitSetSeen): string =>
  PRESETS.find(({ code }) => code === from.preset)?.code ?? PRESETS[0].code;

async function approve(second: ApiClient, number: number): Promise<void> {
  await second.post(`/v1/limits/${number}/decisions`, { decision: 'approve', reason: REASON });
}
