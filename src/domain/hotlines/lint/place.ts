import { PLACE_PROMPTS } from '../../ivr/queue-prompts.ts';
import type { Queue } from '../queue.ts';
import { type Finding, finding, type LintContext } from './finding.ts';

/** Shorter, and a citizen hears more of us than of the music. */
const TOO_OFTEN_MS = 30_000;

/** What a queue tells its waiting citizens, and by what it offers to call them back. */
export function lintPlace(queue: Queue, { prompts, nowMs }: LintContext): readonly Finding[] {
  const { code, tellsPlace, placeEveryMs, callback } = queue;
  const at = (field: string): Finding['place'] => ({ thing: 'queue', key: code, field });
  const findings: Finding[] = [];
  if (callback !== null && callback.aboveEstimateMs !== null && callback.afterWaitMs === null) {
    const zh = `队列 ${code} 只在预计等待过长时提示回呼`;
    const en = `queue ${code} offers a callback by the estimate alone`;
    findings.push(finding('queue.estimateUnused', at('callback'), zh, en));
  }
  if (!tellsPlace) return findings;
  if (placeEveryMs >= 15_000 && placeEveryMs < TOO_OFTEN_MS) {
    const zh = `队列 ${code} 每 ${placeEveryMs / 1000} 秒播报一次位置`;
    const en = `queue ${code} tells the place every ${placeEveryMs / 1000} s`;
    findings.push(finding('queue.placeTooOften', at('placeEveryMs'), zh, en));
  }
  if (prompts === undefined) return findings;
  const gone = Object.keys(PLACE_PROMPTS).filter((name) => {
    const there = prompts.get(name);
    return there === undefined || (there.expiresAt !== null && Date.parse(there.expiresAt) <= nowMs);
  });
  if (gone.length > 0) {
    const zh = `队列 ${code} 播报位置所需的语音缺失或已到期：${gone.join('、')}`;
    const en = `prompts that queue ${code} tells the place by are missing or expired: ${gone.join(', ')}`;
    findings.push(finding('queue.placeUntold', at('tellsPlace'), zh, en));
  }
  return findings;
}
