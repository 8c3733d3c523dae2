import type { Configuration } from './configuration.ts';
import { overflowLine, type Sooner } from './overflow-line.ts';
import { OVERFLOWS, UNSTAFFED_RULE } from './overflow-words.ts';
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
      const why = whys(atMs, sooner);
      return {
        step: 'overflow',
        what: `同时在 ${queue} 寻找话务员，话务员 ${seats} 名`,
        reason: why.map(({ zh }) => zh).join('，或'),
        english: {
          what: `sought at ${queue} as well, agents: ${seats}`,
          reason: why.map(({ en }) => en).join(', or '),
        },
      };
    }),
    ...(messageAtMs === null
      ? []
      : [
          {
            step: 'message',
            what: '请市民留言',
            reason: OVERFLOWS.after(messageAtMs / 1000).zh,
            english: {
              what: 'the caller is asked to leave a message',
              reason: OVERFLOWS.after(messageAtMs / 1000).en,
            },
          } as const,
        ]),
  ];
}

/** By what a call is led on: the wait at the latest, and what may come before it. */
function whys(atMs: number, { overflowWaiting, overflowLongestMs, overflowUnstaffed }: Sooner) {
  return [
    OVERFLOWS.after(atMs / 1000),
    ...(overflowWaiting === null ? [] : [OVERFLOWS.waiting(overflowWaiting)]),
    ...(overflowLongestMs === null ? [] : [OVERFLOWS.longest(overflowLongestMs / 1000)]),
    ...(overflowUnstaffed ? [UNSTAFFED_RULE] : []),
  ];
}
