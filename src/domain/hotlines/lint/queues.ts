import { queuesOfMenus } from '../../ivr/ways.ts';
import type { Queue } from '../configuration.ts';
import type { RuleSet } from '../versions/rule-set.ts';
import { type Finding, finding, type LintContext } from './finding.ts';

const at = (key: string, field: string | null = null): Finding['place'] => ({ thing: 'queue', key, field });
const MINUTE_MS = 60_000;

/** Does a caller in the queue find somebody, ever? Mirrors the router: its own agents, then one overflow, no further. */
export function reachesPerson(
  code: string,
  queues: ReadonlyMap<string, Queue>,
  staffed: ReadonlySet<string>,
): boolean {
  if (staffed.has(code)) return true;
  const queue = queues.get(code);
  if (queue === undefined || queue.overflowQueue === null || queue.overflowAfterMs === null) return false;
  return staffed.has(queue.overflowQueue);
}

export function lintQueues(rules: RuleSet, { agents }: LintContext): readonly Finding[] {
  const queues = new Map(rules.queues.map((queue) => [queue.code, queue]));
  const staffed = new Set(agents.flatMap((agent) => agent.queues));
  const { generalQueue } = rules.municipality;
  const used = new Set([
    generalQueue,
    ...rules.lines.map(({ queue }) => queue),
    ...queuesOfMenus(rules.menus),
  ]);
  const overflows = new Set(rules.queues.map(({ overflowQueue }) => overflowQueue));
  const findings: Finding[] = [];
  const say = (...args: Parameters<typeof finding>): void => void findings.push(finding(...args));

  if (!queues.has(generalQueue)) {
    const place = { thing: 'municipality', key: '', field: 'generalQueue' } as const;
    say(
      'queue.unknown',
      place,
      `总席队列 ${generalQueue} 不存在`,
      `the general queue ${generalQueue} does not exist`,
    );
  }
  const seen = new Set<string>();
  for (const queue of rules.queues) {
    const { code, overflowQueue, overflowAfterMs } = queue;
    if (seen.has(code)) say('queue.duplicate', at(code), `队列 ${code} 重复`, `queue ${code} stands twice`);
    seen.add(code);
    findings.push(...lintTimes(queue));
    if ((overflowQueue === null) !== (overflowAfterMs === null)) {
      say(
        'queue.overflowIncomplete',
        at(code),
        `队列 ${code} 的溢出设置不完整`,
        `queue ${code} overflows by half`,
      );
    }
    if (overflowQueue !== null && !queues.has(overflowQueue)) {
      const place = at(code, 'overflowQueue');
      say(
        'queue.overflowUnknown',
        place,
        `溢出队列 ${overflowQueue} 不存在`,
        `no queue ${overflowQueue} exists`,
      );
    }
    if (circles(code, queues)) {
      const place = at(code, 'overflowQueue');
      say(
        'queue.overflowCycle',
        place,
        `队列 ${code} 的溢出绕回自身`,
        `the overflow of ${code} leads back to it`,
      );
    }
    if (used.has(code) && !reachesPerson(code, queues, staffed)) {
      say(
        'queue.losesCalls',
        at(code),
        `队列 ${code} 没有话务员，也不溢出到有话务员的队列，来电将无人接听`,
        `queue ${code} has no agent and overflows to none: its callers wait for nobody`,
      );
    }
    if (!used.has(code) && !overflows.has(code)) {
      say('queue.unused', at(code), `没有号码使用队列 ${code}`, `no number leads to queue ${code}`);
    }
  }
  return findings;
}

/** Following the overflows from `code` comes back to it. */
function circles(code: string, queues: ReadonlyMap<string, Queue>): boolean {
  let next = queues.get(code)?.overflowQueue ?? null;
  for (let steps = 0; next !== null && steps < queues.size; steps += 1) {
    if (next === code) return true;
    next = queues.get(next)?.overflowQueue ?? null;
  }
  return false;
}

function lintTimes({ code, ringTimeoutMs, overflowAfterMs, wrapUpMs }: Queue): readonly Finding[] {
  const bounds = [
    ['ringTimeoutMs', ringTimeoutMs, 1_000, 5 * MINUTE_MS],
    ['overflowAfterMs', overflowAfterMs ?? 0, 0, 60 * MINUTE_MS],
    ['wrapUpMs', wrapUpMs, 0, 60 * MINUTE_MS],
  ] as const;
  return bounds
    .filter(([, value, least, most]) => !(Number.isInteger(value) && value >= least && value <= most))
    .map(([field, value, least, most]) =>
      finding(
        'queue.time',
        at(code, field),
        `队列 ${code} 的时长 ${value} 毫秒不在 ${least} 至 ${most} 之间`,
        `${value} ms of queue ${code} is not between ${least} and ${most}`,
      ),
    );
}
