import type { Configuration } from './configuration.ts';
import { reached } from './lint/queues.ts';
import type { PathStep } from './path-step.ts';
import type { Queue } from './queue.ts';

/**
 * The way of a call that waits, drawn from its entry to the last desk and to what becomes of it where nobody is found (C4).
 * Seconds are counted from the entry; what may lead on sooner stands beside them.
 */
export function queueSteps(
  { queues, agents }: Configuration,
  code: string,
  step: 'queued' | 'return',
  reason: string,
): PathStep[] {
  const known = new Map(queues.map((one) => [one.code, one]));
  const seats = (of: string): number => agents.filter((agent) => agent.queues.includes(of)).length;
  const home = known.get(code);
  const steps: PathStep[] = [
    { step, what: `进入队列 ${home?.name ?? code}（${code}），话务员 ${seats(code)} 名`, reason },
  ];
  let atMs = 0;
  for (const [nth, next] of reached(code, known).slice(1).entries()) {
    const from = known.get(reached(code, known)[nth] ?? '');
    if (from === undefined) break;
    atMs += from.overflowAfterMs ?? 0;
    const what = `同时在 ${next} 寻找话务员，话务员 ${seats(next)} 名`;
    steps.push({
      step: 'overflow',
      what,
      reason: [`${atMs / 1000} 秒内无人接听`, ...sooner(from)].join('，或'),
    });
  }
  if (home?.lastResort === 'message' && home.lastResortAfterMs !== null) {
    steps.push({
      step: 'message',
      what: '请市民留言',
      reason: `${home.lastResortAfterMs / 1000} 秒内无人接听`,
    });
  }
  return steps;
}

function sooner({ overflowWaiting, overflowLongestMs, overflowUnstaffed }: Queue): readonly string[] {
  return [
    ...(overflowWaiting === null ? [] : [`已有 ${overflowWaiting} 人等待`]),
    ...(overflowLongestMs === null ? [] : [`队首已等待 ${overflowLongestMs / 1000} 秒`]),
    ...(overflowUnstaffed ? ['无话务员签入'] : []),
  ];
}
