import type { Configuration } from './configuration.ts';
import { overflowLine, type Sooner } from './overflow-line.ts';
import type { PathStep } from './path-step.ts';

/**
 * The way of a call that waits, told from its entry to the last desk and to what becomes of it where nobody is found (C4).
 * Seconds are counted from the entry; what may lead on sooner stands beside them.
 */
export function queueSteps(
  { queues, agents }: Configuration,
  code: string,
  step: 'queued' | 'return',
  reason: { readonly zh: string; readonly en: string },
): PathStep[] {
  const known = new Map(queues.map((one) => [one.code, one]));
  const seatsOf = (of: string): number => agents.filter((agent) => agent.queues.includes(of)).length;
  const { desks, messageAtMs } = overflowLine(code, known, seatsOf);
  return [
    ...desks.map(({ queue, name, atMs, seats, sooner }): PathStep => {
      if (sooner === null) {
        const english = { what: `into queue ${name} (${queue}), agents: ${seats}`, reason: reason.en };
        return { step, what: `进入队列 ${name}（${queue}），话务员 ${seats} 名`, reason: reason.zh, english };
      }
      return {
        step: 'overflow',
        what: `同时在 ${queue} 寻找话务员，话务员 ${seats} 名`,
        reason: [`${atMs / 1000} 秒内无人接听`, ...earlier(sooner)].join('，或'),
        english: {
          what: `sought at ${queue} as well, agents: ${seats}`,
          reason: [`nobody answered within ${atMs / 1000} s`, ...earlierEnglish(sooner)].join(', or '),
        },
      };
    }),
    ...(messageAtMs === null
      ? []
      : [
          {
            step: 'message',
            what: '请市民留言',
            reason: `${messageAtMs / 1000} 秒内无人接听`,
            english: {
              what: 'the caller is asked to leave a message',
              reason: `nobody answered within ${messageAtMs / 1000} s`,
            },
          } as const,
        ]),
  ];
}

function earlierEnglish({
  overflowWaiting,
  overflowLongestMs,
  overflowUnstaffed,
}: Sooner): readonly string[] {
  return [
    ...(overflowWaiting === null ? [] : [`${overflowWaiting} wait already`]),
    ...(overflowLongestMs === null ? [] : [`the first has waited for ${overflowLongestMs / 1000} s`]),
    ...(overflowUnstaffed ? ['no agent is signed in'] : []),
  ];
}

function earlier({ overflowWaiting, overflowLongestMs, overflowUnstaffed }: Sooner): readonly string[] {
  return [
    ...(overflowWaiting === null ? [] : [`已有 ${overflowWaiting} 人等待`]),
    ...(overflowLongestMs === null ? [] : [`队首已等待 ${overflowLongestMs / 1000} 秒`]),
    ...(overflowUnstaffed ? ['无话务员签入'] : []),
  ];
}
